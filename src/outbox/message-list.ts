import type { Sql } from '../db/sql.js';
import { maxTotalCount, RowPage } from '../db/rows.js';
import { nilId } from '../ids.js';
import type { Page } from '../input/page.js';

// What became of messages, for operators. None of it says what a message held.

export type MessageState = 'QUEUED' | 'SENT' | 'FAILED';

/** A message as an operator sees it. */
export interface MessageView {
  readonly id: string;
  readonly createdAt: Date;
  readonly channel: 'EMAIL' | 'SMS' | 'WEBHOOK';
  readonly kind: string;
  readonly to: string;
  readonly state: MessageState;
  readonly attempts: number;
  /** Null unless it is queued. */
  readonly nextAttemptAt: Date | null;
  readonly sentAt: Date | null;
  readonly failedAt: Date | null;
  readonly lastError: string | null;
}

const state = `CASE WHEN "sentAt" IS NOT NULL THEN 'SENT' WHEN "failedAt" IS NOT NULL THEN 'FAILED' ELSE 'QUEUED' END`;
const columns = `"id", "createdAt", upper("channel") AS "channel", "kind", "recipient" AS "to", "attempts", ${state} AS "state",
  CASE WHEN ${state} = 'QUEUED' THEN "nextAttemptAt" END AS "nextAttemptAt", "sentAt", "failedAt", "lastError"`;

/** Messages, newest first; those for nobody are none. */
export function listMessages(
  db: Sql,
  page: Page,
  wanted: {
    readonly state: MessageState | null;
    readonly to: string | null;
    readonly channel: MessageView['channel'] | null;
  },
): RowPage<MessageView> {
  const conditions = `"channel" <> 'decoy' AND ($1::text IS NULL OR ${state} = $1) AND ($2::text IS NULL OR "recipient" = $2)
    AND ($3::text IS NULL OR upper("channel") = $3)`;
  const values = [wanted.state, wanted.to, wanted.channel];
  return new RowPage(
    page,
    async (limit) => {
      const { rows } = await db.query<MessageView>({
        text: `SELECT ${columns} FROM outbox WHERE ${conditions} AND ("createdAt", "id") < ($4, $5::uuid)
          ORDER BY "createdAt" DESC, "id" DESC LIMIT $6`,
        values: [...values, page.after?.at ?? 'infinity', page.after?.id ?? nilId, limit],
      });
      return rows;
    },
    async () => {
      const { rows } = await db.query<{ count: number }>({
        text: `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM outbox WHERE ${conditions} LIMIT ${maxTotalCount}) AS counted`,
        values,
      });
      return rows[0]?.count ?? 0;
    },
  );
}

/** The message with this id; null where there is none. */
export async function findMessage(db: Sql, id: string): Promise<MessageView | null> {
  const { rows } = await db.query<MessageView>({
    text: `SELECT ${columns} FROM outbox WHERE "id" = $1::uuid AND "channel" <> 'decoy'`,
    values: [id],
  });
  return rows[0] ?? null;
}

/**
 * Has a message tried again at once, from its first attempt on. An event of the webhook is given until `eventsUntil`; a message
 * to a person ends with the secret that it holds.
 *
 * @returns Null where there is nothing left to send: it was sent, or has expired.
 */
export async function requeueMessage(
  db: Sql,
  id: string,
  now: Date,
  eventsUntil: Date,
): Promise<MessageView | null> {
  const { rows } = await db.query<MessageView>({
    text: `UPDATE outbox SET "failedAt" = NULL, "attempts" = 0, "nextAttemptAt" = $2,
        "expiresAt" = CASE WHEN "channel" = 'webhook' THEN $3 ELSE "expiresAt" END
      WHERE "id" = $1::uuid AND "channel" <> 'decoy' AND "sentAt" IS NULL AND "payloadSealed" IS NOT NULL
        AND ("expiresAt" > $2 OR "channel" = 'webhook') RETURNING ${columns}`,
    values: [id, now, eventsUntil],
  });
  return rows[0] ?? null;
}
