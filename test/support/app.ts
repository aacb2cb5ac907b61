import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { type App, createApp, type Parts } from '../../src/app.js';
import { type Clock, later } from '../../src/clock.js';
import { readConfig } from '../../src/config/config.js';
import type { Database } from '../../src/db/database.js';
import { createLogger } from '../../src/logger.js';
import { createOriginReader } from '../../src/origin/origin.js';
import { Client } from './client.js';
import { borrowDatabase } from './databases.js';

/** Stands still until it is moved. */
class TestClock implements Clock {
  #now = new Date('2026-03-01T12:00:00.000Z');

  now(): Date {
    return this.#now;
  }

  advance(seconds: number): void {
    this.#now = later(this.#now, seconds);
  }

  /** Stands a millisecond before an instant. */
  moveToJustBefore(instant: string): void {
    this.#now = new Date(Date.parse(instant) - 1);
  }
}

/** A whole server: own database, clock that stands still, fast hashes, a socket on loopback. */
export interface TestApp {
  readonly app: App;
  readonly clock: TestClock;
  readonly url: string;
  /** The key that passwords are peppered with. A key for tests alone. */
  readonly pepper: Buffer;
  /** Everything that was logged, as lines. */
  readonly logLines: string[];
  /** A client at an address of its own. */
  client(): Client;
  /** Every row that an operation could change, for looking into. */
  rows(): Promise<unknown>;
  /** A digest of these by table, for showing that a refusal changed nothing. */
  fingerprint(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Known to the tests, and worth nothing elsewhere. */
const testPepper = Buffer.from('a pepper for the tests alone, 32');
let lastAddress = 0;
/** Its thread takes a second to load its tables: one for all, and patient, as the machine may be busy. */
const origins = { ...createOriginReader(20_000), close: async () => {} };

/**
 * Settings are environment variables, as an operator would set them.
 *
 * @param onPostgres On a PostgreSQL server, for what takes two database sessions; where the tests run unless given.
 * @param open Gives the database: {@link newDatabase} for a test that breaks it.
 */
export async function createTestApp(
  settings: Record<string, string> = {},
  onPostgres = process.env['TEST_DATABASE_URL'] !== undefined,
  open: (onPostgres: boolean) => Promise<Database> = borrowDatabase,
  parts: Pick<Parts, 'decide'> = {},
): Promise<TestApp> {
  const database = await open(onPostgres);
  const clock = new TestClock();
  const logLines: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      logLines.push(String(chunk));
      done();
    },
  });
  const config = readConfig({
    NODE_ENV: 'test',
    ARGON2_MEMORY_KIB: '1024',
    ARGON2_TIME: '1',
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'debug',
    PEPPER_KEYS: `test:${testPepper.toString('base64')}`,
    ...settings,
  });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = await createApp(config, {
    log: createLogger(config.LOG_LEVEL, destination),
    publicUrl: config.PUBLIC_URL ?? origin,
    location: { database },
    clock,
    origins,
    providerTimeoutSeconds: 2,
    ...parts,
  });
  server.on('request', (request, response) => void app.handle(request, response));
  return {
    app,
    clock,
    url: origin,
    pepper: testPepper,
    logLines,
    client: () => {
      lastAddress += 1;
      return new Client(origin, `10.0.${Math.floor(lastAddress / 250)}.${(lastAddress % 250) + 1}`);
    },
    rows: () => allRows(app),
    fingerprint: () => fingerprintOf(app),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}

async function allRows({ deps }: App): Promise<unknown> {
  const { user, session, token, challenge, identity, authenticator, recoveryCode, passkey, outbox } =
    deps.db.prisma;
  const orderBy = { id: 'asc' } as const;
  return {
    users: await user.findMany({ orderBy, omit: { accessedAt: true } }),
    sessions: await session.findMany({ orderBy }),
    tokens: await token.findMany({ orderBy, omit: { attempts: true } }),
    challenges: await challenge.findMany({ orderBy, omit: { attempts: true } }),
    identities: await identity.findMany({ orderBy }),
    authenticators: await authenticator.findMany({ orderBy }),
    recoveryCodes: await recoveryCode.findMany({ orderBy }),
    passkeys: await passkey.findMany({ orderBy }),
    outbox: await outbox.findMany({ orderBy, select: { id: true, channel: true } }),
    logs: await deps.db.prisma.log.findMany({ where: { event: { not: { endsWith: '.failed' } } }, orderBy }),
  };
}

/** What a refused request may change after all: guesses that were counted, and when somebody was seen. */
const volatile: Record<string, readonly string[]> = {
  users: ['accessedAt'],
  sessions: [],
  tokens: ['attempts'],
  challenges: ['attempts'],
  identities: [],
  authenticators: [],
  recovery_codes: [],
  passkeys: [],
  outbox: ['attempts', 'lockedUntil', 'nextAttemptAt', 'payloadSealed', 'sentAt', 'failedAt', 'lastError'],
  logs: [],
};

/** The columns of these tables, without the volatile ones. */
async function columnsOf({ deps }: App): Promise<Map<string, string[]>> {
  const { rows } = await deps.db.query<{ table: string; column: string }>({
    text: `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ANY ($1::text[]) ORDER BY 1, 2`,
    values: [Object.keys(volatile)],
  });
  const columns = new Map<string, string[]>();
  for (const { table, column } of rows)
    if (!volatile[table]?.includes(column))
      columns.set(table, [...(columns.get(table) ?? []), `"${column}"`]);
  return columns;
}

const statements = new WeakMap<App, string>();

/** A sum of hashes does not depend on the order of the rows, and is ten times as fast as a digest of all of them. */
async function fingerprintOf(app: App): Promise<Record<string, string>> {
  if (!statements.has(app)) {
    const parts = [...(await columnsOf(app))].map(([table, columns]) => {
      const condition = table === 'logs' ? `WHERE "event" NOT LIKE '%.failed'` : '';
      return `(SELECT count(*) || ' ' || coalesce(sum(hashtextextended(ROW(${columns})::text, 0)::numeric), 0)
        FROM ${table} ${condition}) AS "${table}"`;
    });
    statements.set(app, `SELECT ${parts.join(', ')}`);
  }
  const { rows } = await app.deps.db.query<Record<string, string>>({ text: statements.get(app) ?? '' });
  return rows[0] ?? {};
}
