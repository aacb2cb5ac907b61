import { type Clock, days, later, secondsUntil } from '../clock.js';
import type { Database } from '../db/database.js';
import type { Sql } from '../db/sql.js';
import type { SqlTransaction } from '../db/transaction.js';
import { newRowId } from '../ids.js';
import type { QueueState } from '../metrics.js';
import { channelOf, type Message } from '../messages/message.js';
import type { Origin } from '../origin/origin.js';
import type { Place, SealedBox } from '../secrets/sealed-box.js';
import type { SmsWatch } from '../sms-watch.js';

/** On which terms a message is delivered. */
export interface DeliveryTerms {
  /** After this the message is of no use, and is given up. */
  readonly expiresAt: Date;
  /** Whom it is for, as far as that is known. */
  readonly userId: string | null;
  /** Writes the same row, which the worker drops; it does not say to whom it would have gone. */
  readonly isDecoy?: boolean;
}

/** Maximum number of messages of one kind for one user in a time window. */
export interface MessageLimit {
  readonly max: number;
  readonly windowSeconds: number;
}

/** What happened on an account, for the webhook. */
export interface AccountEvent {
  /** As in the security log, or `user.delete`. */
  readonly event: string;
  /** What exactly changed, where the event alone does not say. */
  readonly detail: string | null;
  readonly userId: string;
  readonly actor: string;
  readonly time: Date;
  readonly origin: Origin;
}

/** Takes messages that a transaction promises. */
export interface Outbox {
  /** Queues a message in the transaction that gives rise to it: it is delivered if, and only if, that commits. */
  queue(tx: SqlTransaction, message: Message, terms: DeliveryTerms): Promise<void>;
  /**
   * Whether a user has reached the limit of messages of one kind. The caller can then skip the work that only the message needs.
   */
  isOverLimit(tx: SqlTransaction, kind: Message['kind'], userId: string, cap: MessageLimit): Promise<boolean>;
  /** Queues an event for the webhook, where there is one, on the same condition. */
  queueEvent(tx: SqlTransaction, event: AccountEvent): Promise<void>;
  /** Tells the workers that there may be work, once the transaction has had time to commit. */
  nudge(): void;
}

/** A webhook that does not answer is tried again for so long. */
export const webhookPatience = days(3);

/** Recipients to whom nothing is sent, because they exist for tests only. */
export interface TestRecipients {
  includes(db: Sql, recipient: string, userId: string | null): Promise<boolean>;
}

interface OutboxDeps {
  readonly clock: Clock;
  readonly box: SealedBox;
  /** Where events go, as operators are shown it; null where there is no webhook. */
  readonly webhook: string | null;
  readonly sms: SmsWatch;
  readonly testRecipients: TestRecipients;
  readonly nudge: () => void;
}

export const createOutbox = ({ clock, box, webhook, sms, testRecipients, nudge }: OutboxDeps): Outbox => ({
  nudge,
  async isOverLimit(tx, kind, userId, { max, windowSeconds }) {
    const since = later(clock.now(), -windowSeconds);
    const { rows } = await tx.query({
      text: `SELECT 1 FROM outbox WHERE "userId" = $1 AND "kind" = $2 AND "createdAt" > $3 LIMIT ${max}`,
      values: [userId, kind, since],
    });
    return rows.length >= max;
  },
  async queue(tx, message, { expiresAt, userId, isDecoy: isUseless = false }) {
    const now = clock.now();
    const { kind, recipient } = message;
    const isUnwanted = isUseless || (await testRecipients.includes(tx, recipient, userId));
    const isSms = !isUnwanted && channelOf(message) === 'sms';
    const isRejected = isSms && !sms.isAllowed(recipient);
    const isDecoy = isUnwanted || isRejected;
    if (isRejected) sms.rejected(recipient);
    else if (isSms) sms.queued(recipient);
    const id = newRowId(now);
    await tx.query({
      text: `INSERT INTO outbox
        ("id", "kind", "channel", "recipient", "userId", "payloadSealed", "nextAttemptAt", "createdAt", "expiresAt")
        VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $7, $8)`,
      values: [
        id,
        kind,
        isDecoy ? 'decoy' : channelOf(message),
        isDecoy ? null : recipient,
        isDecoy ? null : userId,
        await box.seal(placeOf(id), JSON.stringify(message)),
        now,
        expiresAt,
      ],
    });
    nudge();
  },
  async queueEvent(tx, event) {
    if (webhook === null) return;
    const now = clock.now();
    const id = newRowId(now);
    await tx.query({
      name: 'announce',
      text: `INSERT INTO outbox
        ("id", "kind", "channel", "recipient", "subjectUserId", "payloadSealed", "nextAttemptAt", "createdAt", "expiresAt")
        VALUES ($1::uuid, $2, 'webhook', $3, $4, $5, $6, $6, $7)`,
      values: [
        id,
        event.event,
        webhook,
        event.userId,
        await box.seal(placeOf(id), JSON.stringify(event)),
        now,
        later(now, webhookPatience),
      ],
    });
    nudge();
  },
});

/** Done with rows that were written only so that asking takes as long for nobody: they wait for no mail server. */
export async function completeDecoys(db: Sql, now: Date): Promise<void> {
  await db.query({
    text: `UPDATE outbox SET "sentAt" = $1, "payloadSealed" = NULL WHERE "channel" = 'decoy' AND "sentAt" IS NULL
      AND "nextAttemptAt" <= $1`,
    values: [now],
  });
}

/** Where the payload of an outbox row is sealed for. */
export const placeOf = (id: string): Place => ['outbox', 'payloadSealed', id];

/** Delivered and given-up messages are kept this long, without their content, for whoever asks what became of one. */
const retention = days(7);

/** Removes what was delivered or given up long ago, and what messages held that nobody can use any more. */
export async function sweepMessages({ prisma }: Database, now: Date): Promise<void> {
  const long = { lte: later(now, -retention) };
  await prisma.outbox.updateMany({
    where: {
      failedAt: { not: null },
      expiresAt: { lte: now },
      channel: { not: 'webhook' },
      payloadSealed: { not: null },
    },
    data: { payloadSealed: null },
  });
  await prisma.outbox.deleteMany({ where: { OR: [{ sentAt: long }, { failedAt: long }] } });
}

/** What waits, and what was given up, for whoever watches. */
export async function measureQueue(db: Sql, now: Date): Promise<QueueState> {
  const { rows } = await db.query<{ kind: string; waiting: number; failed: number; oldest: Date | null }>({
    text: `SELECT "kind", count(*) FILTER (WHERE "failedAt" IS NULL)::int AS "waiting",
      count(*) FILTER (WHERE "failedAt" IS NOT NULL)::int AS "failed",
      min("createdAt") FILTER (WHERE "failedAt" IS NULL) AS "oldest"
      FROM outbox WHERE "sentAt" IS NULL AND "channel" <> 'decoy' GROUP BY "kind" ORDER BY "kind"`,
  });
  const ages = rows.flatMap(({ oldest }) => (oldest ? [secondsUntil(oldest, now)] : []));
  return {
    waiting: rows.reduce((sum, { waiting }) => sum + waiting, 0),
    oldestSeconds: Math.max(0, ...ages),
    failed: rows.filter(({ failed }) => failed > 0).map(({ kind, failed: count }) => ({ kind, count })),
  };
}
