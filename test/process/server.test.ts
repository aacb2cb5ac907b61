import { mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  GetPrefsDocument,
  UpdatePrefsDocument,
} from '../../src/client/documents.js';
import { codeOf, dataOf } from '../support/expect.js';
import { goodPassword } from '../support/people.js';
import { emptyDatabase, hasPostgres } from '../support/postgres.js';
import { type ServerProcess, spawnServer } from '../support/server-process.js';
import { newDataDir } from '../support/data-dir.js';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-process-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const patience = 60_000;
const postgres = await hasPostgres();
const email = 'ada@example.test';

describe('the server process', () => {
  it(
    'has its directory to itself, keeps acknowledged writes over kill -9, moves its clock, and stops in peace',
    async () => {
      const environment = { DATA_DIR: newDataDir(), TEST_CLOCK: 'on', ARGON2_TIME: '20' };
      let server = await spawnServer(environment).ready;
      dataOf(await server.client.run(CreateAccountDocument, { email, password: goodPassword }));
      await expectIntruderRefused(environment);

      const answer = await server.client.run(CreateEmailPasswordSessionDocument, {
        email,
        password: goodPassword,
      });
      const { secret } = dataOf(answer).createEmailPasswordSession;
      server.client.bearer = secret;
      const acknowledged = await writeUntilKilled(server);
      server = await spawnServer(environment).ready;
      server.client.bearer = secret;
      const { getPrefs } = dataOf(await server.client.run(GetPrefsDocument));
      expect(Number(getPrefs['count'])).toBeGreaterThanOrEqual(acknowledged);

      await expectClockToMove(server);

      server.client.bearer = null;
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

  it.skipIf(!postgres)('loads nothing of the embedded database where it has a server', async () => {
    const database = await emptyDatabase();
    const hook = 'export const load = (url, context, next) => (process._rawDebug(url), next(url, context))';
    const register = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))})`;
    const { output, child, exited } = await spawnServer({
      DATABASE_URL: database.url,
      DATA_DIR: join(directory, 'keys'),
      NODE_OPTIONS: `--import=${dataUrl(register)}`,
    }).ready;
    child.kill('SIGKILL');
    await exited;
    await database.drop();
    expect(output.some((line) => line.includes('/@prisma/adapter-pg/'))).toBe(true);
    expect(output.filter((line) => /pglite|schema-engine/.test(line))).toEqual([]);
  });

  it.skipIf(!postgres)(
    'migrates once when two start at the same time on one PostgreSQL database',
    async () => {
      const database = await emptyDatabase();
      const environment = { DATABASE_URL: database.url, DATA_DIR: join(directory, 'keys') };
      const servers = await Promise.all([spawnServer(environment).ready, spawnServer(environment).ready]);
      const migrations = await database.run(
        'SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations ORDER BY 1',
      );
      const names = readdirSync(join(import.meta.dirname, '../../prisma/migrations')).filter((name) =>
        /^\d/.test(name),
      );
      expect(migrations).toEqual(names.sort().map((migration_name) => ({ migration_name, done: true })));
      const codes = await Promise.all(
        servers.map(async ({ client }) =>
          codeOf(await client.run(CreateAccountDocument, { email, password: goodPassword })),
        ),
      );
      expect(codes.sort()).toEqual(['USER_ALREADY_EXISTS', 'ok']);
      for (const { child } of servers) child.kill('SIGTERM');
      expect(await Promise.all(servers.map(({ exited }) => exited))).toEqual([0, 0]);
      await database.drop();
    },
    patience,
  );
});

const dataUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

async function expectIntruderRefused(environment: Record<string, string>): Promise<void> {
  const intruder = spawnServer(environment);
  expect(await intruder.exited).toBe(1);
  expect(intruder.output.join('\n')).toMatch(
    /data directory .* is in use by process \d+\. Stop it, or set DATA_DIR\./,
  );
}

/** Writes one thing after another, kills the process in the middle of it, and says what was acknowledged. */
async function writeUntilKilled({ client, child, exited }: ServerProcess): Promise<number> {
  let acknowledged = 0;
  const writing = (async () => {
    for (let count = 1; ; count += 1) {
      const written = await client.run(UpdatePrefsDocument, { prefs: { count } }).catch(() => null);
      if (!written) return;
      dataOf(written);
      acknowledged = count;
    }
  })();
  while (acknowledged < 30) await new Promise(setImmediate);
  child.kill('SIGKILL');
  await Promise.all([exited, writing]);
  return acknowledged;
}

async function expectClockToMove({ client }: ServerProcess): Promise<void> {
  const advance = (body: string) => client.fetch('/test/clock', { method: 'POST', body });
  const before = Date.now();
  const { now } = (await (await advance('{"advanceSeconds": 3600}')).json()) as { now: string };
  expect(Date.parse(now)).toBeGreaterThanOrEqual(before + 3_600_000);
  for (const body of [
    '{"advanceSeconds": -1}',
    '{"advanceSeconds": "1"}',
    '{"advanceSeconds": 1e15}',
    '{',
    '',
  ]) {
    expect((await advance(body)).status).toBe(400);
  }
}
