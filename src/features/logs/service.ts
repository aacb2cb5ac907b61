import { days, later } from '../../clock.js';
import { maxTotalCount, RowPage } from '../../db/rows.js';
import type { Sql } from '../../db/sql.js';
import type { Sweep } from '../../db/sweeper.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { newRowId, nilId } from '../../ids.js';
import type { Page } from '../../input/page.js';
import type { LogView } from '../../log-feed.js';
import type { Origin } from '../../origin/origin.js';
import type { Actor, Requester } from '../../origin/requester.js';
import { logChannel, logColumns } from './feed-queries.js';

/** What can happen on an account. Failures are recorded only where the user is known. */
export const logEvents = [
  'user.create',
  'user.update',
  'session.create',
  'session.create.failed',
  'session.update',
  'session.delete',
  'recovery.create',
  'recovery.update',
  'verification.create',
  'verification.update',
  'identity.delete',
  'challenge.create',
  'challenge.update',
  'challenge.update.failed',
] as const;
export type LogEvent = (typeof logEvents)[number];

/** What exactly changed, where the event alone does not say: the thing, what was done with it, and which one. */
export const logDetails = [
  'name.update',
  'prefs.update',
  'password.create',
  'password.update',
  'address.update email',
  'address.update phone',
  'address.prove email',
  'address.prove phone',
  'address.withdraw email',
  'address.withdraw phone',
  'address.release email',
  'address.release phone',
  'account.hand-over',
  'factor.create totp',
  'factor.verify totp',
  'factor.delete totp',
  'factor.delete all',
  'recovery-codes.create',
  'recovery-codes.update',
  'passkey.create',
  'passkey.update',
  'passkey.delete',
  'passkey.copied',
  'identity.create',
  'identity.join',
  'identity.delete',
  'mfa.update on',
  'mfa.update off',
  'trusted-device.create',
  'trusted-device.use',
  'trusted-device.delete',
  'status.update blocked',
  'status.update enabled',
  'labels.update',
  'user-token.create',
  'deletion.create',
  'deletion.cancel',
  'recovery.update',
  'undo.update',
] as const;
export type LogDetail = (typeof logDetails)[number];

/** What is recorded, and who made it happen. */
export interface NewLogEntry {
  readonly event: LogEvent;
  readonly detail?: LogDetail;
  /** The session that did it, or that began or ended. */
  readonly sessionId?: string;
  /** Null for nobody's failed sign-in. */
  readonly userId: string | null;
  /** As the requester, unless given. */
  readonly actor?: Actor;
  readonly requester: Requester;
  readonly now: Date;
}

/** Records what happened, in the transaction in which it happens, and tells the webhook of it. */
export async function recordLog(
  { outbox }: Pick<Deps, 'outbox'>,
  tx: SqlTransaction,
  { event, detail, sessionId, userId, requester, actor = requester.actor, now: time }: NewLogEntry,
): Promise<void> {
  const origin = requester.origin;
  // Only where somebody listens: transactions that notify commit one after the other.
  await tx.query({
    name: 'record-log',
    text: `WITH line AS (INSERT INTO logs ("id", "userId", "event", "time", "actor", "origin", "detail", "sessionId")
        VALUES ($1::uuid, $2, $3, $4, $5, $6::json, $7, $8::uuid) RETURNING "id", "userId")
      SELECT pg_notify('${logChannel}', "userId" || ' ' || "id")::text FROM line
      WHERE "userId" IS NOT NULL AND EXISTS (SELECT 1 FROM log_listeners)`,
    values: [
      newRowId(time),
      userId,
      event,
      time,
      actor,
      JSON.stringify(origin),
      detail ?? null,
      sessionId ?? null,
    ],
  });
  if (userId !== null)
    await outbox.queueEvent(tx, { event, detail: detail ?? null, userId, actor, time, origin });
}

/** The origin of what no request asked for. */
export const serverOrigin: Origin = {
  ip: null,
  os: { code: null, name: null, version: null },
  client: { type: null, code: null, name: null, version: null, engine: null, engineVersion: null },
  device: { name: null, brand: null, model: null },
  country: null,
};

/** Records that users were made from a file. */
export async function recordImportedUsers(
  tx: SqlTransaction,
  userIds: readonly string[],
  now: Date,
): Promise<void> {
  await tx.query({
    text: `INSERT INTO logs ("id", "userId", "event", "time", "actor", "origin")
      SELECT "id", "userId", 'user.create', $3, 'system', $4::json
      FROM unnest($1::uuid[], $2::text[]) AS made ("id", "userId")`,
    values: [userIds.map(() => newRowId(now)), userIds, now, JSON.stringify(serverOrigin)],
  });
}

/** How often something was recorded on an account since an instant. */
export const countLogs = (tx: Transaction, userId: string, event: LogEvent, since: Date): Promise<number> =>
  tx.log.count({ where: { userId, event, time: { gte: since } } });

/** Failed sign-ins at addresses nobody has. */
export const unknownUserRetention = days(1);
/** Of what is older than that, a user keeps so many lines. */
export const fullRetention = days(30);
export const maxOldLogs = 1000;
/** Rows of one statement, which must not take long. */
const atOnce = 5000;
/** What is looked at when a process sweeps for the first time. */
const firstWindow = days(10);

/**
 * Removes lines that have grown old, and of a user's older ones all but the newest.
 *
 * @param retentionSeconds LOG_RETENTION
 */
export function sweepLogs(retentionSeconds: number): Sweep {
  let sweptAt: Date | undefined;
  return async (db, now) => {
    const [old, unknownUsers, mark] = [retentionSeconds, unknownUserRetention, fullRetention].map((age) =>
      later(now, -age),
    );
    await removeAll(db, '"time" <= $1', [old]);
    await removeAll(db, '"userId" IS NULL AND "time" <= $1', [unknownUsers]);
    // Who has too many older lines has one that has grown older just now.
    const since = sweptAt ? later(sweptAt, -fullRetention) : later(now, -fullRetention - firstWindow);
    const { rows } = await db.query<{ userId: string }>({
      text: 'SELECT DISTINCT "userId" FROM logs WHERE "time" > $1 AND "time" <= $2 AND "userId" IS NOT NULL',
      values: [since, mark],
    });
    for (const { userId } of rows)
      await removeAll(
        db,
        `"userId" = $1 AND ("time", "id") <= (SELECT "time", "id" FROM logs WHERE "userId" = $1 AND "time" <= $2
          ORDER BY "time" DESC, "id" DESC OFFSET ${maxOldLogs} LIMIT 1)`,
        [userId, mark],
      );
    sweptAt = now;
  };
}

async function removeAll(db: Sql, condition: string, values: readonly unknown[]): Promise<void> {
  for (;;) {
    const { rows } = await db.query({
      text: `DELETE FROM logs WHERE "id" IN (SELECT "id" FROM logs WHERE ${condition} LIMIT ${atOnce}) RETURNING 1`,
      values,
    });
    if (rows.length < atOnce) return;
  }
}

/** The user's log, newest first, without entries that are older than LOG_RETENTION and not removed yet. */
export function listLogs(
  { clock, config, db }: Pick<Deps, 'clock' | 'config' | 'db'>,
  userId: string,
  page: Page,
): RowPage<LogView> {
  const since = later(clock.now(), -config.LOG_RETENTION);
  return new RowPage(
    page,
    async (limit) => {
      const { rows } = await db.query<LogView>({
        name: 'list-logs',
        text: `SELECT ${logColumns} FROM logs
          WHERE "userId" = $1 AND ("time", "id") < ($2, $3::uuid) AND "time" > $5
          ORDER BY "time" DESC, "id" DESC LIMIT $4`,
        values: [userId, page.after?.at ?? 'infinity', page.after?.id ?? nilId, limit, since],
      });
      return rows;
    },
    async () => {
      // The query follows the order of the index, so that the database stops reading at the limit.
      const { rows } = await db.query<{ count: number }>({
        name: 'count-logs',
        text: `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM logs WHERE "userId" = $1 AND "time" > $2
          ORDER BY "time" DESC, "id" DESC LIMIT ${maxTotalCount}) AS counted`,
        values: [userId, since],
      });
      return rows[0]?.count ?? 0;
    },
  );
}
