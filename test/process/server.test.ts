import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  GetPrefsDocument,
  UpdatePrefsDocument,
} from '../operations/generated.js';
import { codeOf, dataOf } from '../support/expect.js';
import { goodPassword } from '../support/people.js';
import { emptyDatabase, hasPostgres } from '../support/postgres.js';
import { type ServerProcess, spawnServer } from '../support/server-process.js';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-process-'));
/** One for all tests here: making an empty database takes seconds. */
const data = join(directory, 'data');
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const patience = 60_000;
const postgres = await hasPostgres();
const email = 'ada@example.test';

async function stop({ child, exited }: ServerProcess): Promise<number | string | null> {
  child.kill('SIGTERM');
  return exited;
}

describe('the server process', () => {
  it(
    'keeps every acknowledged write over kill -9, and its directory to itself',
    async () => {
      const environment = { DATA_DIR: data };
      let server = await spawnServer(environment).ready;
      dataOf(await server.client.run(CreateAccountDocument, { email, password: goodPassword }));

      const intruder = spawnServer(environment);
      expect(await intruder.exited).toBe(1);
      expect(intruder.output.join('\n')).toMatch(
        /data directory .* is in use by process \d+\. Stop it, or set DATA_DIR\./,
      );

      for (let round = 0; round < 2; round += 1) {
        const answer = await server.client.run(CreateEmailPasswordSessionDocument, {
          email,
          password: goodPassword,
        });
        const { secret } = dataOf(answer).createEmailPasswordSession;
        server.client.bearer = secret;
        let acknowledged = 0;
        const writing = (async () => {
          for (let count = 1; ; count += 1) {
            const written = await server.client
              .run(UpdatePrefsDocument, { prefs: { count } })
              .catch(() => null);
            if (!written) return;
            dataOf(written);
            acknowledged = count;
          }
        })();
        while (acknowledged < 20) await new Promise(setImmediate);
        server.child.kill('SIGKILL');
        await Promise.all([server.exited, writing]);
        server = await spawnServer(environment).ready;
        server.client.bearer = secret;
        const { getPrefs } = dataOf(await server.client.run(GetPrefsDocument));
        expect(Number(getPrefs['count'])).toBeGreaterThanOrEqual(acknowledged);
        server.client.bearer = null;
      }
      expect(await stop(server)).toBe(0);
    },
    patience,
  );

  it(
    'turns readiness off and finishes what it has begun when it is told to stop',
    async () => {
      const server = await spawnServer({ DATA_DIR: data, TEST_CLOCK: 'on', ARGON2_TIME: '100' }).ready;
      const signingUp = server.client.run(CreateAccountDocument, {
        email: 'eve@example.test',
        password: goodPassword,
      });
      await server.client.fetch('/health/live');
      server.child.kill('SIGTERM');
      expect(codeOf(await signingUp)).toBe('ok');
      const readiness = await server.client.fetch('/health/ready').catch(() => null);
      if (readiness) expect(readiness.status).toBe(503);
      expect(await server.exited).toBe(0);
    },
    patience,
  );

  it(
    'moves its clock when TEST_CLOCK is on',
    async () => {
      const server = await spawnServer({ DATA_DIR: data, TEST_CLOCK: 'on' }).ready;
      const advance = (body: string) => server.client.fetch('/test/clock', { method: 'POST', body });
      const before = Date.now();
      const { now } = (await (await advance('{"advanceSeconds": 3600}')).json()) as { now: string };
      expect(Date.parse(now)).toBeGreaterThanOrEqual(before + 3_600_000);
      for (const body of ['{"advanceSeconds": -1}', '{"advanceSeconds": "1"}', '{', '']) {
        expect((await advance(body)).status).toBe(400);
      }
      expect(await stop(server)).toBe(0);
    },
    patience,
  );

  it('names every bad and missing variable at once', async () => {
    const server = spawnServer({
      NODE_ENV: 'production',
      PORT: 'x',
      REDIRECT_ORIGINS: '*',
      PEPPER_KEYS: 'k:short',
    });
    expect(await server.exited).toBe(1);
    const message = server.output.join('\n');
    for (const name of ['PORT', 'REDIRECT_ORIGINS', 'PEPPER_KEYS']) expect(message).toContain(`${name}: `);
    const bare = spawnServer({ NODE_ENV: 'production', RATE_LIMITS: 'off', TEST_CLOCK: 'on' });
    expect(await bare.exited).toBe(1);
    const required = [
      'DATABASE_URL',
      'PUBLIC_URL',
      'MAIL_URL',
      'ENCRYPTION_KEYS',
      'PEPPER_KEYS',
      'CODE_KEYS',
      'JWT_KEYS',
    ];
    for (const name of [...required, 'RATE_LIMITS', 'TEST_CLOCK'])
      expect(bare.output.join('\n')).toContain(`${name}: `);
  });

  it.skipIf(!postgres)(
    'migrates once when two start at the same time on one PostgreSQL database',
    async () => {
      const database = await emptyDatabase();
      const environment = { DATABASE_URL: database.url, DATA_DIR: join(directory, 'keys') };
      const servers = await Promise.all([spawnServer(environment).ready, spawnServer(environment).ready]);
      const migrations = await database.run(
        'SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations',
      );
      expect(migrations).toEqual([{ migration_name: expect.stringMatching(/_init$/), done: true }]);
      const codes = await Promise.all(
        servers.map(async ({ client }) =>
          codeOf(await client.run(CreateAccountDocument, { email, password: goodPassword })),
        ),
      );
      expect(codes.sort()).toEqual(['USER_ALREADY_EXISTS', 'ok']);
      expect(await Promise.all(servers.map(stop))).toEqual([0, 0]);
      await database.drop();
    },
    patience,
  );
});
