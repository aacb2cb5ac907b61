import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Logger } from '../logger.js';
import type { Database, ServerLocation } from './database.js';
import { connectionOf, type PoolState, type Renewable, standbyReason } from './connection.js';
import { DatabaseUnusable, isReadOnly, isStartupRefused, reasonOf } from './errors.js';
import { type Connection, ensureMigrated } from './migrate.js';
import { listenTo } from './listen.js';
import { createPrisma } from './prisma.js';
import { retrying } from './retry.js';
import type { Sql, Statement } from './sql.js';

/** Until a connection is there, be it a new one or one that somebody gives back. */
const acquireMilliseconds = 1500;
/** The same, at least, while the database does not answer. */
const leastImpatience = 500;
/** Prisma's own limits, beyond those of connection and session, which tell more. */
const transactionOptions = { maxWait: 5000, timeout: 5000 };

/**
 * Opens a PostgreSQL server, or a pooler in front of one.
 *
 * @throws {DatabaseUnusable} when it can be reached, but not used.
 */
export async function openServer(
  { url, directUrl = url, pool: max }: ServerLocation,
  { log, migrate }: { readonly log: Logger; readonly migrate: boolean },
): Promise<Database> {
  const line: PoolState = {
    pooled: false,
    needsTransactionSettings: false,
    unresponsive: false,
    shortTimeoutMilliseconds: acquireMilliseconds,
    connections: new Set(),
    renewedAt: Number.NEGATIVE_INFINITY,
  };
  const pool = openPool(url, max, line, log);
  try {
    await getAcquainted(pool, line);
    const serving: Connection = {
      run: async <Row>(sql: string, values?: readonly unknown[]) =>
        (await pool.query(sql, values && [...values])).rows as Row[],
    };
    await ensureMigrated(serving, { log, migrate, alone: (work) => onOwnConnection(directUrl, work) });
  } catch (error) {
    await pool.end();
    throw error;
  }
  const prisma = createPrisma(new PrismaPg(pool, { disposeExternalPool: false }), transactionOptions);
  return {
    prisma,
    ...sqlOver(pool),
    transaction: (work) => inOwnTransaction(pool, (client) => work(sqlOver(client))),
    listen: (channel, listener) => listenTo(() => connectAlone(directUrl), channel, listener, log),
    poolUse: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

const sqlOver = (client: pg.Pool | pg.ClientBase): Sql => ({
  // All in one literal: a spread makes an object that the driver is a quarter slower with.
  query: <Row>({ name, text, values = [] }: Statement) =>
    (client.query as (query: pg.QueryConfig) => Promise<{ rows: Row[] }>).call(client, {
      name,
      text,
      values: [...values],
    } as pg.QueryConfig),
});

function openPool(url: string, max: number, line: PoolState, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    Client: connectionOf(line),
    max,
    min: 1,
    keepAlive: true,
    application_name: 'gatehouse',
  });
  Object.defineProperty(pool.options, 'connectionTimeoutMillis', {
    get: () => (line.unresponsive ? line.shortTimeoutMilliseconds : acquireMilliseconds),
  });
  // Without a listener, a connection that the server closes while idle ends this process.
  pool.on('error', (error) => log.warn({ error }, 'idle database connection lost'));
  // Nor has a connection one between being handed out and being used.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ error }, 'database connection lost')),
  );
  pool.on('acquire', (client) => (client as unknown as Renewable).lend());
  pool.on('release', (_error, client) => (client as unknown as Renewable).takeBack());
  // A single statement is a transaction of its own, Prisma's too.
  const query = pool.query.bind(pool) as Query;
  pool.query = ((...parameters: unknown[]) =>
    retrying(() =>
      line.needsTransactionSettings
        ? inOwnTransaction(pool, (client) => (client.query.bind(client) as Query)(...parameters))
        : query(...parameters),
    )) as typeof pool.query;
  return pool;
}

type Query = (...parameters: unknown[]) => Promise<unknown>;

async function inOwnTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query({ text: 'BEGIN' });
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // The first error is the one to tell.
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

interface Facts {
  readonly pid: number;
  readonly encoding: string;
  readonly language: string;
  readonly conduct: string;
  readonly standby: boolean;
}

/** Asks the server, through the pool that will serve, what it is like, and whether a pooler stands in between. */
async function getAcquainted(pool: pg.Pool, line: PoolState): Promise<void> {
  const began = performance.now();
  const client = await pool.connect().catch((error: unknown) => {
    if (isReadOnly(error)) throw new DatabaseUnusable(reasonOf(error));
    if (!isStartupRefused(error)) throw error;
    line.pooled = true;
    return pool.connect();
  });
  // A far database needs longer for a connection, or it would never be heard of again.
  const farness = 3 * (performance.now() - began);
  line.shortTimeoutMilliseconds = Math.min(Math.max(farness, leastImpatience), acquireMilliseconds);
  const { rows } = await client
    .query<Facts>(
      `SELECT pg_backend_pid() AS "pid", current_setting('server_encoding') AS "encoding",
        pg_is_in_recovery() AS "standby",
        concat_ws(' ', current_setting('TimeZone'), current_setting('DateStyle')) AS "language",
        concat_ws(' ', current_schema(), current_setting('transaction_isolation')) AS "conduct"`,
    )
    .finally(() => client.release());
  const [{ pid, encoding, language, conduct, standby }] = rows as [Facts];
  if (encoding !== 'UTF8') throw new DatabaseUnusable(`its encoding is ${encoding}, and must be UTF8`);
  if (standby) throw new DatabaseUnusable(standbyReason);
  if (!language.startsWith('UTC ISO'))
    throw new DatabaseUnusable(`its sessions keep to ${language}, though asked for UTC and ISO`);
  // A pooler that takes the settings and drops them still cannot know the server process it will lend.
  line.pooled ||= pid !== (client as unknown as { processID: number }).processID;
  line.needsTransactionSettings = conduct !== 'public read committed';
}

/** A connection beside the pool, without its limits: a migration may take long. */
async function onOwnConnection(url: string, work: (connection: Connection) => Promise<void>): Promise<void> {
  const client = await connectAlone(url).catch((error: unknown) => {
    throw new DatabaseUnusable(
      `migrations are pending, and DATABASE_DIRECT_URL, or else DATABASE_URL, leads nowhere: ${reasonOf(error)}`,
      { cause: error },
    );
  });
  try {
    await work({
      run: async <Row>(sql: string, values?: readonly unknown[]) =>
        (await client.query(sql, values && [...values])).rows as Row[],
    });
  } finally {
    await client.end();
  }
}

/** Without the patience of the database or the role, which the first statement would meet before it could set its own. */
async function connectAlone(url: string): Promise<pg.Client> {
  const connect = async (options: pg.ClientConfig): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: acquireMilliseconds,
      ...options,
    });
    // What it would say, the query that is under way says too.
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  try {
    return await connect({ options: '-c statement_timeout=0 -c lock_timeout=0' });
  } catch (error) {
    if (!isStartupRefused(error)) throw error;
    return connect({});
  }
}
