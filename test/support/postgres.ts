import { randomUUID } from 'node:crypto';
import pg from 'pg';

const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

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

/** An empty database of one's own. */
export async function emptyDatabase(): Promise<{
  url: string;
  run: (sql: string) => Promise<unknown[]>;
  drop: () => Promise<void>;
}> {
  const name = `gatehouse_test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await query(server, `CREATE DATABASE ${name}`);
  return {
    url: url.href,
    run: (sql) => query(url.href, sql),
    drop: async () => void (await query(server, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
