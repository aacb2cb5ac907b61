import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../logger.js';
import { digest } from '../secrets/digest.js';
import { DatabaseUnusable, isLockTimeout } from './errors.js';

/** One connection, whichever database it leads to. */
export interface Connection {
  /** Runs a statement; without values, a script of several. */
  run<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** A row of Prisma's own table, so that its tools and databases that they migrated go on working. */
interface Entry {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

const directory = join(import.meta.dirname, '../../prisma/migrations');
/** The lock that Prisma's tools take, so that they and a starting server do not race either. */
const migrationLock = 72_707_369;
const patienceSeconds = 30;
/** A migration that waits for a table holds up whoever comes after it, so it does not wait long. */
const tableLockSeconds = 5;

/**
 * The migrations of `prisma/migrations` that the database does not have yet, oldest first. Changes nothing.
 *
 * @throws {DatabaseUnusable} when what it has is newer than this code, was edited, or is recorded as failed.
 */
async function pendingMigrations({ run }: Connection): Promise<Migration[]> {
  const migrations = readMigrations();
  // Not to_regclass: it may remember from before the wait for the lock that there was none.
  const [table] = await run<{ exists: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = '_prisma_migrations') AS "exists"`,
  );
  if (!table?.exists) return migrations;
  const entries = await run<Entry>(
    `SELECT migration_name AS "name", checksum, finished_at IS NOT NULL AS "finished"
      FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  for (const entry of entries) check(entry, migrations);
  const applied = new Set(entries.map(({ name }) => name));
  return migrations.filter(({ name }) => !applied.has(name));
}

/** How a start may bring the tables up to date. */
interface Upgrade {
  readonly log: Logger;
  /** Whether it may at all. */
  readonly migrate: boolean;
  /** Runs the work on a connection that nobody else uses. */
  alone(work: (connection: Connection) => Promise<void>): Promise<void>;
}

/**
 * Makes sure that nothing is pending. Where nothing is, it takes no lock and changes nothing.
 *
 * @throws {DatabaseUnusable} as its parts do, and when something is pending that may not be applied.
 */
export async function ensureMigrated(serving: Connection, { log, migrate, alone }: Upgrade): Promise<void> {
  const pending = await pendingMigrations(serving);
  if (pending.length === 0) return;
  if (!migrate) {
    const names = pending.map(({ name }) => name).join(', ');
    throw new DatabaseUnusable(`MIGRATE is off, and migrations are pending: ${names}`);
  }
  await alone((connection) => applyMigrations(connection, log));
}

/**
 * Applies what is pending, each migration in one transaction with its record: after a failure nothing of it is left,
 * and the next start tries again. Processes that start at once take turns.
 *
 * @throws {DatabaseUnusable} when a migration fails, or another process has been migrating for half a minute.
 */
export async function applyMigrations(
  connection: Connection,
  log: Logger,
  waitSeconds = patienceSeconds,
): Promise<void> {
  for (let name = await applyNext(connection, waitSeconds); name; ) {
    log.info({ migration: name }, 'migrated the database');
    name = await applyNext(connection, waitSeconds);
  }
}

/** @returns The name of the migration it applied; null when there was none. */
async function applyNext(connection: Connection, waitSeconds: number): Promise<string | null> {
  const { run } = connection;
  // All settings end with the transaction, and so does the lock: a pooler may give the connection to somebody else.
  await run(`BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
    SET LOCAL search_path = public; SET LOCAL TimeZone = 'UTC'; SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = '60s'; SET LOCAL lock_timeout = '${waitSeconds}s'`);
  try {
    await takeTurn(connection, waitSeconds);
    const [migration] = await pendingMigrations(connection);
    if (migration) await apply(connection, migration);
    await run('COMMIT');
    return migration?.name ?? null;
  } catch (error) {
    // The first error is the one to tell; a lost connection rolls back by itself.
    await run('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function takeTurn({ run }: Connection, waitSeconds: number): Promise<void> {
  try {
    await run(`SELECT pg_advisory_xact_lock(${migrationLock})`);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    throw new DatabaseUnusable(`another process has been migrating it for ${waitSeconds} seconds`);
  }
}

async function apply({ run }: Connection, { name, sql }: Migration): Promise<void> {
  try {
    await run(`SET LOCAL lock_timeout = '${tableLockSeconds}s';
      CREATE TABLE IF NOT EXISTS public._prisma_migrations (
        id VARCHAR(36) PRIMARY KEY NOT NULL,
        checksum VARCHAR(64) NOT NULL,
        finished_at TIMESTAMPTZ,
        migration_name VARCHAR(255) NOT NULL,
        logs TEXT,
        rolled_back_at TIMESTAMPTZ,
        started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
        applied_steps_count INTEGER NOT NULL DEFAULT 0
      )`);
    // Not now(), which is when the transaction began to wait for its turn.
    await run(
      `INSERT INTO public._prisma_migrations (id, migration_name, checksum, started_at, applied_steps_count)
        VALUES (gen_random_uuid()::text, $1, $2, clock_timestamp(), 1)`,
      [name, digest(sql)],
    );
    await run(sql);
    await run(
      'UPDATE public._prisma_migrations SET finished_at = clock_timestamp() WHERE migration_name = $1',
      [name],
    );
  } catch (error) {
    throw new DatabaseUnusable(`the migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

function check({ name, checksum, finished }: Entry, migrations: readonly Migration[]): void {
  if (!finished) throw new DatabaseUnusable(`the migration ${name} is recorded as failed`);
  const migration = migrations.find((known) => known.name === name);
  if (!migration)
    throw new DatabaseUnusable(
      `it has the migration ${name}, which this version does not know; is it newer?`,
    );
  // A checkout on Windows may have had other line ends.
  const { sql } = migration;
  if (checksum !== digest(sql) && checksum !== digest(sql.replaceAll('\n', '\r\n')))
    throw new DatabaseUnusable(`the migration ${name} was edited after it was applied`);
}

const readMigrations = (): Migration[] =>
  readdirSync(directory)
    .filter((name) => /^\d/.test(name))
    .sort()
    .map((name) => ({
      name,
      sql: readFileSync(join(directory, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n'),
    }));
