import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/client.js';
import type { Database } from '../../src/db/database.js';
import { isUnavailable } from '../../src/db/errors.js';
import { inTransaction } from '../../src/db/transaction.js';
import { createLogger } from '../../src/logger.js';
import { emptyDatabase, hasPostgres, type TestDatabase } from '../support/postgres.js';

const log = createLogger('silent');
const postgres = await hasPostgres();
/** One that no clock in New York shows, one that it shows twice, and one with milliseconds. */
const instants = ['2026-03-08T02:30:00.000Z', '2026-11-01T01:30:00.000Z', '2026-07-01T23:59:59.999Z'];

describe.skipIf(!postgres)('a database with settings of its own', () => {
  let database: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await emptyDatabase({
      settings: {
        TimeZone: 'America/New_York',
        default_transaction_isolation: 'serializable',
        search_path: 'pg_catalog',
        standard_conforming_strings: 'off',
        statement_timeout: '1ms',
        lock_timeout: '1ms',
      },
    });
    db = await openDatabase({ url: database.url, pool: 4 }, log);
    await database.run(`
      CREATE SEQUENCE tries;
      CREATE FUNCTION succeed_at(try int) RETURNS int LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('tries') < try THEN RAISE EXCEPTION 'lost a race' USING ERRCODE = '40001'; END IF;
          RETURN currval('tries');
        END $$`);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  it('does not move an instant, whichever way it is written and read', async () => {
    for (const instant of instants) {
      const [byPrisma, byStatement] = [randomUUID(), randomUUID()];
      const at = new Date(instant);
      await db.prisma.inboxMessage.create({ data: { id: byPrisma, createdAt: at, contentSealed: '' } });
      await db.query({
        text: `INSERT INTO inbox_messages ("id", "createdAt", "contentSealed") VALUES ($1, $2, '')`,
        values: [byStatement, at],
      });
      const ids = [byPrisma, byStatement];
      const viaPrisma = await db.prisma.inboxMessage.findMany({ where: { id: { in: ids }, createdAt: at } });
      expect(viaPrisma.map(({ createdAt }) => createdAt.toISOString())).toEqual([instant, instant]);
      const { rows } = await db.query<{ createdAt: Date; epoch: string }>({
        text: `SELECT "createdAt", extract(epoch FROM "createdAt") * 1000 AS "epoch" FROM inbox_messages
          WHERE "id" = ANY($1) AND "createdAt" = $2`,
        values: [ids, at],
      });
      expect(rows.map(({ createdAt, epoch }) => [createdAt.toISOString(), Number(epoch)])).toEqual([
        [instant, at.getTime()],
        [instant, at.getTime()],
      ]);
    }
  });

  it('does not change how statements and transactions behave', async () => {
    const text = `SELECT current_setting('TimeZone') AS "timeZone", current_setting('DateStyle') AS "dateStyle",
      current_setting('transaction_isolation') AS "isolation", current_setting('transaction_read_only') AS "readOnly",
      current_setting('search_path') AS "path", current_setting('standard_conforming_strings') AS "strings",
      current_setting('client_encoding') AS "encoding", current_setting('statement_timeout') AS "patience"`;
    const expected = [
      {
        timeZone: 'UTC',
        dateStyle: 'ISO, MDY',
        isolation: 'read committed',
        readOnly: 'off',
        path: 'public',
        strings: 'on',
        encoding: 'UTF8',
        patience: '1750ms',
      },
    ];
    expect((await db.query({ text })).rows).toEqual(expected);
    expect(await inTransaction(db, (tx) => tx.$queryRawUnsafe(text))).toEqual(expected);
  });

  it('lets what lost a race run again, up to three times', async () => {
    const restart = () => database.run('ALTER SEQUENCE tries RESTART');
    const lose = (at: number) => ({ text: `SELECT succeed_at(${at}) AS "tries"` });
    expect((await db.query(lose(4))).rows).toEqual([{ tries: 4 }]);
    await restart();
    const inside = (at: number) => inTransaction(db, (tx) => tx.$queryRaw`SELECT succeed_at(${at}::int)`);
    expect(await inside(4)).toEqual([{ succeed_at: 4 }]);
    for (const losing of [() => db.query(lose(5)), () => inside(5)]) {
      await restart();
      expect(isUnavailable(await losing().catch((error: unknown) => error))).toBe(true);
      expect(await database.run('SELECT last_value::int FROM tries')).toEqual([{ last_value: 4 }]);
    }
  });
});

it.skipIf(!postgres)('a database that does not hold every character is refused', async () => {
  const database = await emptyDatabase({ encoding: 'LATIN1' });
  await expect(openDatabase({ url: database.url, pool: 2 }, log)).rejects.toThrow(
    'DATABASE_URL: the database cannot be used: its encoding is LATIN1, and must be UTF8',
  );
  await database.drop();
});
