import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, later, minutes } from '../clock.js';
import type { Database } from '../db/database.js';
import type { Outbox as Row } from '../generated/prisma/client.js';
import type { Logger } from '../logger.js';
import { jitter } from '../secrets/random.js';
import type { SealedBox } from '../secrets/sealed-box.js';
import { PermanentFailure } from '../transports/refused.js';
import { placeOf } from './queue.js';

/** The messages of some channels, and how they are delivered. */
export interface DeliveryRoute<Content> {
  readonly channels: readonly string[];
  /** Deliveries that run at the same time. Each must end, time-outs included, before its lease does. */
  readonly maxInFlight: number;
  /** A message fails permanently after this number of attempts, or when it has expired. */
  readonly maxAttempts: number;
  /** Runs before each search for messages that are due. */
  prepare?(): Promise<void>;
  /** Delivers one message. Rejects if it was not accepted. */
  deliver(id: string, createdAt: Date, content: Content): Promise<void>;
}

/** Delivers what is queued. */
export interface OutboxWorker {
  start(): void;
  /** Searches for messages soon. */
  nudge(): void;
  /** Delivers what is due now, and resolves when it is done. */
  deliverDue(): Promise<void>;
  /** Starts no more deliveries, and waits a few seconds for those that run. Another process can then try the others at once. */
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
/** A receiver that is silent for longer does not keep a server from stopping. */
const stopMilliseconds = 4000;

/**
 * The worker of one route in one process. Several may run on one database: a row is claimed with a lease under SKIP LOCKED, so
 * a crash between delivery and its record sends the message again, with the same id, and never loses it. Events about one user
 * are delivered in order. As soon as one delivery ends, the next message is claimed: a slow one delays no other.
 */
export function createOutboxWorker<Content>(
  { clock, db, box, log }: WorkerDeps,
  { channels, maxInFlight, maxAttempts, prepare, deliver }: DeliveryRoute<Content>,
): OutboxWorker {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let nudged = false;
  let stopped = false;
  /** Deliveries that run, with the ids of their messages. */
  const inFlight = new Map<Promise<void>, string>();
  /** Ends the wait for a delivery, because more messages may be due. */
  let wake: () => void = () => {};

  const claim = async (limit: number): Promise<Row[]> => {
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
      values: [later(now, leaseSeconds), now, channels, limit],
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
    if (attempts >= maxAttempts || nextAttemptAt > expiresAt) return markFailed(row, reason);
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

  /** Lets other processes have messages whose delivery has not ended. They may arrive twice, under one id. */
  const release = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    log.warn({ outboxIds: ids }, 'stopping while messages are being delivered; they are tried again');
    await db.query({
      text: `UPDATE outbox SET "lockedUntil" = NULL, "attempts" = "attempts" - 1
        WHERE "id" = ANY ($1::uuid[]) AND "sentAt" IS NULL AND "failedAt" IS NULL`,
      values: [ids],
    });
  };

  const deliverDue = async (): Promise<void> => {
    for (;;) {
      await prepare?.();
      const free = maxInFlight - inFlight.size;
      const rows = free > 0 && !stopped ? await claim(free) : [];
      for (const row of rows) {
        const delivery: Promise<void> = deliverRow(row)
          .catch((error: unknown) => log.warn({ error, outboxId: row.id }, 'cannot record a delivery'))
          .finally(() => inFlight.delete(delivery));
        inFlight.set(delivery, row.id);
      }
      if (inFlight.size === 0 || stopped) return;
      await Promise.race([...inFlight.keys(), nextSearch()]);
      wake();
    }
  };

  /** Resolves when a nudge or the next poll asks for another search. */
  const nextSearch = (): Promise<void> =>
    new Promise((resolve) => {
      const poll = setTimeout(resolve, pollMilliseconds);
      wake = () => {
        clearTimeout(poll);
        resolve();
      };
    });

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
      else
        setTimeout(() => {
          nudged = false;
          wake();
        }, nudgeMilliseconds).unref();
    },
    deliverDue: async () => {
      await running;
      await deliverDue();
      await running;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      wake();
      await running;
      await Promise.race([Promise.all(inFlight.keys()), pause(stopMilliseconds, null, { ref: false })]);
      await release([...inFlight.values()]);
    },
  };
}

/** Workers of several channels as one: a slow transport delays only its own channel. */
export const combineWorkers = (workers: readonly OutboxWorker[]): OutboxWorker => ({
  start: () => {
    for (const worker of workers) worker.start();
  },
  nudge: () => {
    for (const worker of workers) worker.nudge();
  },
  deliverDue: async () => void (await Promise.all(workers.map((worker) => worker.deliverDue()))),
  stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))),
});
