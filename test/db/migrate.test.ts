import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/client.js';
import type { Database, DatabaseLocation } from '../../src/db/database.js';
import { applyMigrations } from '../../src/db/migrate.js';
import { createLogger } from '../../src/logger.js';
import { emptyDatabase, hasPostgres, type TestDatabase } from '../support/postgres.js';
import { newDataDir } from '../support/data-dir.js';

const log = createLogger('silent');
const migrations = join(import.meta.dirname, '../../prisma/migrations');
const committed = readdirSync(migrations)
  .filter((name) => /^\d/.test(name))
  .sort();
const sqlOf = (name: string): string => readFileSync(join(migrations, name, 'migration.sql'), 'utf8');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const first = committed[0] ?? '';

/** Opens it, does something with it, and closes it. */
async function visit(
  location: DatabaseLocation,
  work: (db: Database) => Promise<unknown> = async () => {},
  migrate = true,
): Promise<void> {
  const db = await openDatabase(location, log, migrate);
  await work(db);
  await db.close();
}

describe.skipIf(!(await hasPostgres()))('migrations on a server', () => {
  let database: TestDatabase;
  let location: DatabaseLocation;
  beforeAll(async () => {
    database = await emptyDatabase();
    location = { url: database.url, pool: 2 };
  });
  afterAll(() => database.drop());

  it('are not applied where MIGRATE is off', async () => {
    await expect(openDatabase(location, log, false)).rejects.toThrow(
      /^DATABASE_URL: .*MIGRATE is off, and migrations are pending: \d+_init/,
    );
    expect(await database.run("SELECT * FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
  });

  it('leave nothing behind when they fail, and are tried again', async () => {
    await database.run('CREATE TABLE rate_limit_buckets ()');
    await expect(openDatabase(location, log)).rejects.toThrow(
      new RegExp(
        `^DATABASE_URL: .* the migration ${first} failed: relation "rate_limit_buckets" already exists$`,
      ),
    );
    expect(await database.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([
      { tablename: 'rate_limit_buckets' },
    ]);
    await database.run('DROP TABLE rate_limit_buckets');
  });

  it('wait for another process that migrates, and not for ever', async () => {
    const [holder, waiter] = [new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([holder.connect(), waiter.connect()]);
    await holder.query('SELECT pg_advisory_lock(72707369)');
    const run = async <Row>(sql: string, values?: readonly unknown[]) =>
      (await waiter.query(sql, values && [...values])).rows as Row[];
    await expect(applyMigrations({ run }, log, 1)).rejects.toThrow('has been migrating it for 1 seconds');
    await Promise.all([holder.end(), waiter.end()]);
  });

  it('are applied once by three that start together, and recorded as Prisma records them', async () => {
    await Promise.all([visit(location), visit(location), visit(location)]);
    expect(
      await database.run(
        `SELECT migration_name, checksum, logs, applied_steps_count, finished_at >= started_at AS finished, rolled_back_at
          FROM _prisma_migrations ORDER BY started_at`,
      ),
    ).toEqual(
      committed.map((name) => ({
        migration_name: name,
        checksum: sha256(sqlOf(name)),
        logs: null,
        applied_steps_count: 1,
        finished: true,
        rolled_back_at: null,
      })),
    );
    await visit(location, undefined, false);
  });

  it('stop the start when the database and the code do not fit', async () => {
    const insert = (name: string, finished: string, rolledBack = 'NULL') =>
      database.run(`INSERT INTO _prisma_migrations (id, migration_name, checksum, finished_at, rolled_back_at)
        VALUES ('x', '${name}', '', ${finished}, ${rolledBack})`);
    const forget = () => database.run("DELETE FROM _prisma_migrations WHERE id = 'x'");
    await insert('20991231235959_later', 'now()');
    await expect(openDatabase(location, log)).rejects.toThrow(
      'it has the migration 20991231235959_later, which this version does not know; is it newer?',
    );
    await forget();
    await insert('20991231235959_later', 'NULL');
    await expect(openDatabase(location, log)).rejects.toThrow(
      'the migration 20991231235959_later is recorded as failed',
    );
    await forget();
    await insert('20991231235959_later', 'NULL', 'now()');
    await visit(location);
    await forget();
    const setChecksum = (checksum: string) =>
      database.run(
        `UPDATE _prisma_migrations SET checksum = '${checksum}' WHERE migration_name = '${first}'`,
      );
    await setChecksum(sha256(`${sqlOf(first)} `));
    await expect(openDatabase(location, log)).rejects.toThrow(
      `the migration ${first} was edited after it was applied`,
    );
    await setChecksum(sha256(sqlOf(first).replaceAll('\n', '\r\n')));
    await visit(location);
  });
});

it('the embedded database keeps the same record, and names DATA_DIR when it does not fit', async () => {
  const directory = newDataDir();
  await visit({ directory }, (db) =>
    db.query({ text: `UPDATE _prisma_migrations SET migration_name = '20991231235959_later'` }),
  );
  await expect(openDatabase({ directory }, log)).rejects.toThrow(
    /^DATA_DIR: the database cannot be used: it has the migration 20991231235959_later/,
  );
  // And it let the directory go.
  await expect(openDatabase({ directory }, log)).rejects.toThrow(/^DATA_DIR/);
  rmSync(directory, { recursive: true });
}, 60_000);
