import { later, minutes } from '../../clock.js';
import type { Sql } from '../../db/sql.js';
import type { Deps } from '../../deps.js';
import type { LogView } from '../../log-feed.js';

/** The channel of NOTIFY. A payload is a user id, a space, and the id of the new log entry. */
export const logChannel = 'gatehouse_logs';

export const logColumns = `"id", "event", "userId", "time", "actor", "detail", "sessionId", "origin"`;

/** The entries with these ids, oldest first. */
export async function findLogsByIds(db: Sql, ids: readonly string[]): Promise<LogView[]> {
  const { rows } = await db.query<LogView>({
    name: 'find-logs-by-ids',
    text: `SELECT ${logColumns} FROM logs WHERE "id" = ANY ($1::uuid[]) AND "userId" IS NOT NULL ORDER BY "id"`,
    values: [ids],
  });
  return rows;
}

/** The entries of these users since an instant, oldest first. */
export async function findLogsSince(db: Sql, userIds: readonly string[], since: Date): Promise<LogView[]> {
  const { rows } = await db.query<LogView>({
    name: 'find-logs-since',
    text: `SELECT ${logColumns} FROM logs WHERE "userId" = ANY ($1::text[]) AND "time" >= $2 ORDER BY "id"`,
    values: [userIds, since],
  });
  return rows;
}

/** Registers this process, or renews its registration: new entries are notified only while a process is registered. */
export async function registerListener(db: Sql, id: string, now: Date): Promise<void> {
  await db.query({
    text: `INSERT INTO log_listeners ("id", "seenAt") VALUES ($1::uuid, $2)
      ON CONFLICT ("id") DO UPDATE SET "seenAt" = EXCLUDED."seenAt"`,
    values: [id, now],
  });
}

export async function deleteListener(db: Sql, id: string): Promise<void> {
  await db.query({ text: 'DELETE FROM log_listeners WHERE "id" = $1::uuid', values: [id] });
}

/** A process that has not renewed its registration for this long has crashed. */
const listenerLifetime = minutes(2);

/** Removes registrations of processes that crashed. */
export async function sweepListeners({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.logListener.deleteMany({ where: { seenAt: { lte: later(now, -listenerLifetime) } } });
}
