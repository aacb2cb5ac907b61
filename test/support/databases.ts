import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { openDatabase } from '../../src/db/client.js';
import type { Database, DatabaseLocation } from '../../src/db/database.js';
import { createLogger } from '../../src/logger.js';
import { emptyDatabase } from './postgres.js';

/** Databases that no test uses at the moment. Emptying one takes milliseconds, making one takes a second. */
const idle = { embedded: [] as Database[], postgres: [] as Database[] };

/** A migrated database without rows. Closing it empties it for the next test of this process. */
export async function borrowDatabase(onPostgres: boolean): Promise<Database> {
  const databases = onPostgres ? idle.postgres : idle.embedded;
  const database =
    databases.pop() ?? (await openDatabase(await newLocation(onPostgres), createLogger('error')));
  return {
    ...database,
    close: async () => {
      await truncate(database);
      databases.push(database);
    },
  };
}

/** A database that no other test uses. */
export const newDatabase = async (onPostgres: boolean): Promise<Database> =>
  openDatabase(await newLocation(onPostgres), createLogger('error'));

async function newLocation(onPostgres: boolean): Promise<DatabaseLocation> {
  if (onPostgres) return { url: (await emptyDatabase({ run: inject('run') })).url, pool: 10 };
  const file = inject('snapshot');
  return { directory: null, ...(file && { snapshot: new Blob([readFileSync(file)]) }) };
}

async function truncate(database: Database): Promise<void> {
  const { rows } = await database.query<{ name: string }>({
    text: `SELECT quote_ident(tablename) AS "name" FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  });
  await database.query({ text: `TRUNCATE ${rows.map(({ name }) => name).join(', ')}` });
}
