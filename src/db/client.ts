import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { PrismaClient } from '../generated/prisma/client.js';
import type { Logger } from '../logger.js';
import { lockDataDir } from './data-dir.js';
import { applyMigrations } from './migrate.js';
import type { Sql } from './sql.js';

/** The database, migrated. Nobody outside this folder knows whether it is embedded or a server. */
export interface Database extends Sql {
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** Where the database is: a server, or a directory (null: in memory, for tests) for the embedded one. */
export type Location =
  | { readonly url: string; readonly pool: number }
  | { readonly directory: string | null; readonly snapshot?: Blob };

/** Any constant: it names the lock under which one of several starting processes migrates. */
const migrationLock = 7_304_921;
const acquireMilliseconds = 2000;
const statementMilliseconds = 3000;
const lockMilliseconds = 2000;
const idleInTransactionMilliseconds = 5000;
/** Prisma's longer messages print the whole row, password hash included. */
const errorFormat = 'minimal';

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws {DataDirInUse} when another process has the directory.
 */
export const openDatabase = (location: Location, log: Logger): Promise<Database> =>
  'url' in location ? openServer(location.url, location.pool, log) : openEmbedded(location, log);

async function openServer(url: string, poolSize: number, log: Logger): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: acquireMilliseconds,
    statement_timeout: statementMilliseconds,
    lock_timeout: lockMilliseconds,
    idle_in_transaction_session_timeout: idleInTransactionMilliseconds,
    application_name: 'gatehouse',
  });
  // Without a listener, a connection that the server closes while idle ends this process.
  pool.on('error', (error) => log.warn({ error }, 'idle database connection lost'));
  // Nor has a connection one between being handed out and being used.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ error }, 'database connection lost')),
  );
  await underMigrationLock(url, () => migrate(new PrismaPg({ connectionString: url }), log));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    errorFormat,
    transactionOptions: { maxWait: acquireMilliseconds, timeout: idleInTransactionMilliseconds },
  });
  return {
    prisma,
    query: async ({ name, text, values = [] }) => {
      const { rows, rowCount } = await pool.query({ ...(name && { name }), text, values: [...values] });
      return { rows, rowCount: rowCount ?? 0 };
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function underMigrationLock(url: string, work: () => Promise<void>): Promise<void> {
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await work();
  } finally {
    await holder.end();
  }
}

async function openEmbedded(
  { directory, snapshot }: { directory: string | null; snapshot?: Blob },
  log: Logger,
): Promise<Database> {
  const unlock = directory ? lockDataDir(directory) : () => {};
  const dataDir = directory ? join(directory, 'postgres') : 'memory://';
  const pglite = await PGlite.create({ dataDir, ...(snapshot && { loadDataDir: snapshot }) });
  const factory = embeddedAdapter(pglite);
  if (!snapshot) await migrate(factory, log);
  // One session: transactions queue behind one another, so the wait for a turn is longer than on a server.
  const prisma = new PrismaClient({
    adapter: factory,
    errorFormat,
    transactionOptions: { maxWait: 15_000, timeout: 15_000 },
  });
  return {
    prisma,
    query: async <Row>({ text, values = [] }: { text: string; values?: readonly unknown[] }) => {
      const { rows, affectedRows } = await pglite.query<Row>(text, [...values]);
      return { rows, rowCount: Math.max(rows.length, affectedRows ?? 0) };
    },
    close: async () => {
      await prisma.$disconnect();
      await pglite.close();
      unlock();
    },
  };
}

/** The adapter, mended: as published it loses the errors of a migration script and of a COMMIT. */
function embeddedAdapter(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const transaction = pglite.transaction.bind(pglite);
  pglite.transaction = (work) => {
    const outcome = transaction(work);
    // The adapter goes on with what its `catch` returns, which must still reject.
    const keepRejecting = (onRejected: () => void) => {
      outcome.then(undefined, onRejected);
      return outcome;
    };
    return Object.assign(outcome, { catch: keepRejecting });
  };
  const factory = new PrismaPGlite(pglite);
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, {
    connect: async () =>
      Object.assign(await connect(), {
        executeScript: async (script: string) => void (await pglite.exec(script)),
      }),
    connectToShadowDb: async () => (await scratchAdapter()).connect(),
  });
}

async function migrate(factory: SqlMigrationAwareDriverAdapterFactory, log: Logger): Promise<void> {
  const applied = await applyMigrations(factory);
  if (applied.length > 0) log.info({ applied }, 'migrated the database');
}

/** A copy of an empty, migrated embedded database: loading it is much faster than making one. */
export async function migratedSnapshot(log: Logger): Promise<Blob> {
  const pglite = await PGlite.create('memory://');
  await migrate(embeddedAdapter(pglite), log);
  const snapshot = await pglite.dumpDataDir('gzip');
  await pglite.close();
  return snapshot;
}

/** An empty embedded database, to write a new migration against. */
export const scratchAdapter = async (): Promise<SqlMigrationAwareDriverAdapterFactory> =>
  embeddedAdapter(await PGlite.create('memory://'));
