import { type Clock, later, minutes } from '../clock.js';
import type { Database } from '../db/database.js';
import type { Outbox as Row } from '../generated/prisma/client.js';
import type { Logger } from '../logger.js';
import { jitter } from '../secrets/random.js';
import type { SealedBox } from '../secrets/sealed-box.js';
import { PermanentFailure } from '../transports/refused.js';
import { placeOf } from './queue.js';

/** Messages of some channels, and how they leave the house. */
export interface DeliveryRoute<Content> {
  readonly channels: readonly string[];
  /** Delivered at once: each must be done, time-outs and all, before its lease ends. */
  readonly batch: number;
  /** After so many a message is given up, as it is when it has expired. */
  readonly maxWaiting: number;
  /** What comes before each look for work. */
  prepare?(): Promise<void>;
  /** Carries one out of the house. Rejects when it could not be handed over. */
  deliver(id: string, createdAt: Date, content: Content): Promise<void>;
}

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

interface WorkerDeps {
  readonly clock: Clock;
  readonly db: Database;
  readonly box: SealedBox;
  readonly log: Logger;
}

const leaseSeconds = minutes(1);
const firstRetrySeconds = 5;
const maxRetrySeconds = minutes(15);
const pollMilliseconds = 1000;
/** By then the transaction that queued the message has usually committed; if not, the next poll finds it. */
const nudgeMilliseconds = 30;
const maxErrorLength = 300;

/**
 * The worker of one line in one process. Several may run on one database: a row is claimed with a lease under SKIP LOCKED, so
 * a crash between delivery and its record sends the message once more, with the same id, and never loses it. What is told of
 * one user follows what was told before.
 */
export function createOutboxWorker<Content>(
  { clock, db, box, log }: WorkerDeps,
  { channels, batch, maxWaiting, prepare, deliver }: DeliveryRoute<Content>,
): OutboxWorker {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let nudged = false;
  let stopped = false;

  const claim = async (): Promise<Row[]> => {
    const now = clock.now();
    const { rows } = await db.query<Row>({
      name: 'outbox-claim',
      text: `UPDATE outbox SET "lockedUntil" = $1, "attempts" = "attempts" + 1 WHERE "id" IN (
        SELECT "id" FROM outbox o WHERE "channel" = ANY ($3) AND "sentAt" IS NULL AND "failedAt" IS NULL
          AND "nextAttemptAt" <= $2 AND ("lockedUntil" IS NULL OR "lockedUntil" <= $2)
          AND NOT EXISTS (SELECT 1 FROM outbox before WHERE before."subjectUserId" = o."subjectUserId" AND before."sentAt" IS NULL
            AND before."failedAt" IS NULL AND (before."createdAt", before."id") < (o."createdAt", o."id"))
        ORDER BY "nextAttemptAt", "id" LIMIT $4 FOR UPDATE SKIP LOCKED
      ) RETURNING *`,
      values: [later(now, leaseSeconds), now, channels, batch],
    });
    return rows;
  };

  const deliverRow = async (row: Row): Promise<void> => {
    const { id, payloadSealed, expiresAt } = row;
    const now = clock.now();
    if (expiresAt <= now) return markFailed(row, 'expired before it could be delivered');
    try {
      const content = JSON.parse(await box.open(placeOf(id), payloadSealed ?? '')) as Content;
      await deliver(id, row.createdAt, content);
      const data = { sentAt: clock.now(), payloadSealed: null, lockedUntil: null, lastError: null };
      await db.prisma.outbox.update({ where: { id }, data });
    } catch (error) {
      if (error instanceof PermanentFailure) await markFailed(row, error.message.slice(0, maxErrorLength));
      else await retryLater(row, error);
    }
  };

  const retryLater = async (row: Row, error: unknown): Promise<void> => {
    const { id, attempts, expiresAt } = row;
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, maxErrorLength);
    const wait = Math.min(firstRetrySeconds * 2 ** (attempts - 1), maxRetrySeconds) * jitter(0.2);
    const nextAttemptAt = later(clock.now(), wait);
    if (attempts >= maxWaiting || nextAttemptAt > expiresAt) return markFailed(row, reason);
    log.warn({ outboxId: id, attempts, reason }, 'a message was not delivered; it is tried again');
    await db.prisma.outbox.update({
      where: { id },
      data: { nextAttemptAt, lockedUntil: null, lastError: reason },
    });
    if (row.subjectUserId !== null) await waitBehind(row.subjectUserId, nextAttemptAt);
  };

  /** What follows it need not be looked at before: of a receiver that is down for long there is much. */
  const waitBehind = async (subjectUserId: string, nextAttemptAt: Date): Promise<void> => {
    await db.query({
      text: `UPDATE outbox SET "nextAttemptAt" = $2 WHERE "subjectUserId" = $1 AND "sentAt" IS NULL AND "failedAt" IS NULL
        AND "nextAttemptAt" < $2`,
      values: [subjectUserId, nextAttemptAt],
    });
  };

  /** What it holds is kept while it is of use, as events are for longer: an operator may have it tried again. */
  const markFailed = async (
    { id, attempts, channel, expiresAt, payloadSealed }: Row,
    reason: string,
  ): Promise<void> => {
    log.error({ outboxId: id, attempts, reason }, 'a message was given up');
    const failedAt = clock.now();
    const isOfUse = channel === 'webhook' || expiresAt > failedAt;
    const kept = isOfUse ? payloadSealed : null;
    const data = { failedAt, payloadSealed: kept, lockedUntil: null, lastError: reason };
    await db.prisma.outbox.update({ where: { id }, data });
  };

  const deliverDue = async (): Promise<void> => {
    await prepare?.();
    for (let rows = await claim(); rows.length > 0; rows = stopped ? [] : await claim()) {
      await Promise.all(rows.map(deliverRow));
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
