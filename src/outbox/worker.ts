import { type Clock, later, minutes } from '../clock.js';
import type { Database } from '../db/database.js';
import type { Outbox as Row } from '../generated/prisma/client.js';
import type { Logger } from '../logger.js';
import { jitter } from '../secrets/random.js';
import type { SealedBox } from '../secrets/sealed-box.js';
import { Refused } from '../transports/refused.js';
import type { Message } from '../messages/message.js';
import { placeOf } from './queue.js';

/** Carries one message out of the house. Rejects when it could not be handed over. */
export type Deliver = (id: string, createdAt: Date, message: Message) => Promise<void>;

/** Delivers what is queued. */
export interface OutboxWorker {
  start(): void;
  /** Looks for work soon. */
  nudge(): void;
  /** Delivers what is due now, and resolves when it is done. */
  deliverDue(): Promise<void>;
  /** Finishes what is in flight and gives the leases of the rest back. */
  stop(): Promise<void>;
}

interface World {
  readonly clock: Clock;
  readonly db: Database;
  readonly box: SealedBox;
  readonly log: Logger;
  readonly deliver: Deliver;
}

/** As many as the mail server is spoken to at once: each must be done, time-outs and all, before its lease ends. */
const batch = 2;
const leaseSeconds = minutes(1);
const mostAttempts = 12;
const firstRetrySeconds = 5;
const longestRetrySeconds = minutes(15);
const pollMilliseconds = 1000;
/** By then the transaction that queued the message has usually committed; if not, the next poll finds it. */
const nudgeMilliseconds = 30;
const longestError = 300;

/**
 * The worker of one process. Several may run on one database: a row is claimed with a lease under SKIP LOCKED, so a crash
 * between delivery and its record sends the message once more, with the same Message-ID, and never loses it.
 */
export function createOutboxWorker({ clock, db, box, log, deliver }: World): OutboxWorker {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let nudged = false;
  let stopped = false;

  /** Rows that were written only so that asking takes as long for nobody: they wait for no mail server. */
  const dropNobodys = async (): Promise<void> => {
    const now = clock.now();
    await db.query({
      text: `UPDATE outbox SET "sentAt" = $1, "payloadSealed" = NULL WHERE "channel" = 'nobody' AND "sentAt" IS NULL
        AND "nextAttemptAt" <= $1`,
      values: [now],
    });
  };

  const claim = async (): Promise<Row[]> => {
    const now = clock.now();
    const { rows } = await db.query<Row>({
      name: 'outbox-claim',
      text: `UPDATE outbox SET "lockedUntil" = $1, "attempts" = "attempts" + 1 WHERE "id" IN (
        SELECT "id" FROM outbox WHERE "channel" <> 'nobody' AND "sentAt" IS NULL AND "failedAt" IS NULL
          AND "nextAttemptAt" <= $2
          AND ("lockedUntil" IS NULL OR "lockedUntil" <= $2) ORDER BY "nextAttemptAt", "id" LIMIT ${batch} FOR UPDATE SKIP LOCKED
      ) RETURNING *`,
      values: [later(now, leaseSeconds), now],
    });
    return rows;
  };

  const handOver = async (row: Row): Promise<void> => {
    const { id, payloadSealed, expiresAt } = row;
    const now = clock.now();
    if (expiresAt <= now) return giveUp(row, 'expired before it could be delivered');
    try {
      const message = JSON.parse(await box.open(placeOf(id), payloadSealed ?? '')) as Message;
      await deliver(id, row.createdAt, message);
      const data = { sentAt: clock.now(), payloadSealed: null, lockedUntil: null, lastError: null };
      await db.prisma.outbox.update({ where: { id }, data });
    } catch (error) {
      if (error instanceof Refused) await giveUp(row, error.message.slice(0, longestError));
      else await retryLater(row, error);
    }
  };

  const retryLater = async (row: Row, error: unknown): Promise<void> => {
    const { id, attempts, expiresAt } = row;
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, longestError);
    const wait = Math.min(firstRetrySeconds * 2 ** (attempts - 1), longestRetrySeconds) * jitter(0.2);
    const nextAttemptAt = later(clock.now(), wait);
    if (attempts >= mostAttempts || nextAttemptAt > expiresAt) return giveUp(row, reason);
    log.warn({ outboxId: id, attempts, reason }, 'a message was not delivered; it is tried again');
    await db.prisma.outbox.update({
      where: { id },
      data: { nextAttemptAt, lockedUntil: null, lastError: reason },
    });
  };

  const giveUp = async ({ id, attempts }: Row, reason: string): Promise<void> => {
    log.error({ outboxId: id, attempts, reason }, 'a message was given up');
    const data = { failedAt: clock.now(), payloadSealed: null, lockedUntil: null, lastError: reason };
    await db.prisma.outbox.update({ where: { id }, data });
  };

  const deliverDue = async (): Promise<void> => {
    await dropNobodys();
    for (let rows = await claim(); rows.length > 0; rows = stopped ? [] : await claim()) {
      await Promise.all(rows.map(handOver));
    }
  };

  const runOnce = (): Promise<void> => {
    running ??= deliverDue()
      .catch((error: unknown) => log.warn({ error }, 'the outbox could not be read'))
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  const schedule = (milliseconds: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      nudged = false;
      void runOnce().then(() => schedule(nudged ? nudgeMilliseconds : pollMilliseconds));
    }, milliseconds).unref();
  };

  return {
    start: () => schedule(0),
    nudge: () => {
      // One that came before is still to be followed: under steady traffic, to begin anew each time would be never.
      if (nudged) return;
      nudged = true;
      if (!running) schedule(nudgeMilliseconds);
    },
    deliverDue: async () => {
      await running;
      await deliverDue();
      await running;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
