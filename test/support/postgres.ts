import { randomUUID } from 'node:crypto';
import pg from 'pg';

const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** What somebody else may have set: every test on a server runs against these, so none may change an answer. */
const hostileSettings = {
  TimeZone: 'Asia/Kolkata',
  DateStyle: 'SQL, DMY',
  IntervalStyle: 'sql_standard',
  bytea_output: 'escape',
  default_transaction_isolation: 'serializable',
};

/** Whether a PostgreSQL server answers here; the suites that need one say so where none does. */
export async function hasPostgres(): Promise<boolean> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 1000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    process.stdout.write('skipped what needs PostgreSQL: no server answers on 127.0.0.1:5432\n');
    return false;
  }
}

/** A database of one's own, and what tests do to it beside the server under test. */
export interface TestDatabase {
  readonly url: string;
  /** Runs statements on a connection that the database's settings do not touch. */
  run(sql: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** An empty database of one's own, with hostile settings and those given. */
export async function emptyDatabase({
  on = server,
  run = 'own',
  encoding,
  settings = {},
}: {
  on?: string;
  /** Names the run of the tests that removes it, if the test itself does not. */
  run?: string;
  encoding?: string;
  settings?: Record<string, string>;
} = {}): Promise<TestDatabase> {
  const name = `gatehouse_test_${run}_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const url = new URL(on);
  url.pathname = `/${name}`;
  const made = encoding ? `ENCODING '${encoding}' TEMPLATE template0 LOCALE 'C'` : '';
  await query(on, `CREATE DATABASE ${name} ${made}`);
  for (const [setting, value] of Object.entries({ ...hostileSettings, ...settings }))
    await query(on, `ALTER DATABASE ${name} SET ${setting} = '${value}'`);
  return {
    url: url.href,
    run: (sql) => query(url.href, sql),
    drop: async () => void (await query(on, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const options =
    '-c TimeZone=UTC -c DateStyle=ISO -c search_path=public -c default_transaction_read_only=off -c statement_timeout=0';
  const client = new pg.Client({ connectionString, options });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Removes the databases that a run of the tests has kept until its end. */
export async function dropDatabasesOf(run: string): Promise<void> {
  const rows = await query(
    server,
    `SELECT datname FROM pg_database WHERE datname LIKE 'gatehouse_test_${run}_%'`,
  );
  for (const { datname } of rows) await query(server, `DROP DATABASE ${datname} WITH (FORCE)`);
}
