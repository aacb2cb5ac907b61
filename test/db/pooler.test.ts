import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/client.js';
import { inTransaction } from '../../src/db/transaction.js';
import { createLogger } from '../../src/logger.js';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  DeleteSessionsDocument,
  GetAccountDocument,
  UpdatePrefsDocument,
} from '../../src/client/documents.js';
import { codeOf, dataOf } from '../support/expect.js';
import { goodPassword } from '../support/people.js';
import { hasPooler, type Pooler, startPooler } from '../support/pooler.js';
import { emptyDatabase, hasPostgres, type TestDatabase } from '../support/postgres.js';
import { spawnServer } from '../support/server-process.js';

const log = createLogger('silent');

describe.skipIf(!hasPooler() || !(await hasPostgres()))('behind a pooler in transaction mode', () => {
  let database: TestDatabase;
  let pooler: Pooler;
  let url: string;
  beforeAll(async () => {
    database = await emptyDatabase();
    pooler = await startPooler(database.url);
    url = pooler.through(database.url);
  });
  afterAll(async () => {
    await pooler.stop();
    await database.drop();
  });

  it('migrations go by DATABASE_DIRECT_URL where it is set', async () => {
    const nowhere = new URL(database.url);
    nowhere.port = '1';
    await expect(openDatabase({ url, directUrl: nowhere.href, pool: 2 }, log)).rejects.toThrow(
      /^DATABASE_URL: .* DATABASE_DIRECT_URL, .*ECONNREFUSED/,
    );
  });

  it('servers start, migrate, serve and revoke', async () => {
    const settings = { DATABASE_URL: url };
    const servers = await Promise.all([spawnServer(settings).ready, spawnServer(settings).ready]);
    const [here, there] = servers.map(({ client }) => client);
    if (!here || !there) throw new Error('unreachable');
    const person = { email: `${randomUUID()}@example.test`, password: goodPassword };
    dataOf(await here.run(CreateAccountDocument, person));
    const session = dataOf(await here.run(CreateEmailPasswordSessionDocument, person));
    here.bearer = session.createEmailPasswordSession.secret;
    there.bearer = here.bearer;
    const busy = Array.from({ length: 20 }, async (_, count) => [
      codeOf(await here.run(UpdatePrefsDocument, { prefs: { count } })),
      codeOf(await there.run(GetAccountDocument)),
      codeOf(await here.run(GetAccountDocument)),
    ]);
    expect(new Set((await Promise.all(busy)).flat())).toEqual(new Set(['ok']));
    dataOf(await here.run(DeleteSessionsDocument));
    expect(codeOf(await there.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    for (const { child } of servers) child.kill('SIGTERM');
    expect(await Promise.all(servers.map(({ exited }) => exited))).toEqual([0, 0]);
  });

  for (const [name, settings] of Object.entries({
    'the settings of PostgreSQL': { default_transaction_isolation: 'read committed' },
    'settings that would change every statement': {
      default_transaction_isolation: 'serializable',
      search_path: 'pg_catalog',
    },
  })) {
    it(`on a database with ${name}, statements and transactions behave as without a pooler`, async () => {
      const other = await emptyDatabase({ settings });
      const db = await openDatabase({ url: pooler.through(other.url), pool: 4 }, log);
      const text = `SELECT current_setting('TimeZone') AS "timeZone", current_schema() AS "schema",
        current_setting('transaction_isolation') AS "isolation", current_setting('transaction_read_only') AS "readOnly"`;
      const expected = [{ timeZone: 'UTC', schema: 'public', isolation: 'read committed', readOnly: 'off' }];
      const at = new Date('2026-03-08T02:30:00.000Z');
      const row = { id: randomUUID(), createdAt: at, contentSealed: '' };
      await db.prisma.inboxMessage.create({ data: row });
      const inside = await inTransaction(db, async (tx) => {
        await tx.inboxMessage.update({ where: { id: row.id }, data: { contentSealed: 'new' } });
        return tx.$queryRawUnsafe(text);
      });
      expect(inside).toEqual(expected);
      for (let count = 0; count < 4; count += 1)
        expect((await db.query({ name: 'settings', text })).rows).toEqual(expected);
      const found = await db.query({
        text: 'UPDATE inbox_messages SET "contentSealed" = $2 WHERE "id" = $1 RETURNING "createdAt"',
        values: [row.id, ''],
      });
      expect(found.rows).toEqual([{ createdAt: at }]);
      await db.close();
      await other.drop();
    });
  }
});
