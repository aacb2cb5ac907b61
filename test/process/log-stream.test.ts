import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  UpdateNameDocument,
} from '../../src/client/documents.js';
import { dataOf } from '../support/expect.js';
import { goodPassword as password } from '../support/people.js';
import { emptyDatabase, hasPostgres, type TestDatabase } from '../support/postgres.js';
import { type ServerProcess, spawnServer } from '../support/server-process.js';
import { isLong } from '../support/long.js';

const postgres = await hasPostgres();
const patience = 60_000;
const email = 'ada@example.test';

/** Opens a stream, and says what came of it. */
function follow(origin: string, secret: string, reads = true) {
  const heard = { text: '', at: [] as number[] };
  const opened = performance.now();
  const outgoing = request(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${secret}`,
    },
  });
  outgoing.on('error', () => {});
  let resume = (): void => {};
  const ready = new Promise<void>((resolve) => {
    outgoing.once('response', (response) => {
      response.on('error', () => {});
      resume = () => void response.resume();
      if (!reads) return resolve();
      response.setEncoding('utf8').on('data', (chunk: string) => {
        heard.text += chunk;
        heard.at.push(performance.now() - opened);
        resolve();
      });
    });
  });
  const ended = new Promise<void>((resolve) => void outgoing.once('close', resolve));
  outgoing.end(JSON.stringify({ query: 'subscription { logCreated { event detail } }' }));
  return { heard, ready, ended, resume: () => resume(), hangUp: () => outgoing.destroy() };
}

const until = async (condition: () => boolean, milliseconds: number): Promise<void> => {
  const end = performance.now() + milliseconds;
  while (!condition() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
};

describe.skipIf(!postgres)('a security log that is followed on one process of several', () => {
  let database: TestDatabase;
  let one: ServerProcess;
  let two: ServerProcess;
  let secret: string;
  beforeAll(async () => {
    database = await emptyDatabase();
    const keys = Object.fromEntries(
      ['ENCRYPTION_KEYS', 'PEPPER_KEYS', 'CODE_KEYS', 'JWT_KEYS'].map((name) => [
        name,
        `test:${Buffer.from(`for tests alone, ${name}`.padEnd(32, '.')).toString('base64')}`,
      ]),
    );
    const environment = { DATABASE_URL: database.url, NODE_ENV: 'test', RATE_LIMITS: 'off', ...keys };
    one = await spawnServer(environment).ready;
    two = await spawnServer(environment).ready;
    dataOf(await one.client.run(CreateAccountDocument, { email, password }));
    const answer = await one.client.run(CreateEmailPasswordSessionDocument, { email, password });
    secret = dataOf(answer).createEmailPasswordSession.secret ?? '';
    one.client.bearer = secret;
    two.client.bearer = secret;
  }, patience);
  afterAll(async () => {
    for (const server of [one, two]) server?.child.kill('SIGKILL');
    await database?.drop();
  });

  it(
    'tells what another process writes, also after the connection that listens was cut',
    async () => {
      const stream = follow(one.client.origin, secret);
      await stream.ready;
      dataOf(await two.client.run(UpdateNameDocument, { name: 'Ada' }));
      await until(() => stream.heard.text.includes('name.update'), 1000);
      await database.run(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'`,
      );
      dataOf(await two.client.run(UpdateNameDocument, { name: 'Grace' }));
      await until(() => stream.heard.text.split('name.update').length === 3, 5000);
      stream.hangUp();
    },
    patience,
  );

  it.skipIf(!isLong)(
    'disconnects a reader that does not read within ten seconds, and no other reader',
    async () => {
      const [idle, busy] = [follow(one.client.origin, secret, false), follow(one.client.origin, secret)];
      await Promise.all([idle.ready, busy.ready]);
      const padding = 'y'.repeat(200_000);
      let isOver = false;
      void idle.ended.then(() => {
        isOver = true;
      });
      const userId = (await database.run('SELECT id FROM users'))[0]?.['id'];
      for (let round = 0; round < 60; round += 1)
        await database.run(`INSERT INTO logs ("id", "userId", "event", "time", "origin", "detail")
          VALUES (gen_random_uuid(), '${userId}', 'user.update', now(), '{}', '${padding}')`);
      await database.run(`SELECT pg_notify('gatehouse_logs', "userId" || ' ' || "id") FROM logs
        WHERE "detail" LIKE 'yyyy%'`);
      // A client that does not read does not notice that the server has closed the connection.
      await new Promise((resolve) => setTimeout(resolve, 15_000));
      idle.resume();
      await until(() => isOver, 3000);
      await until(() => busy.heard.text.split('yyyy"').length > 50, 5000);
      busy.hangUp();
    },
    patience,
  );

  it(
    'completes all streams when its process is told to stop',
    async () => {
      const streams = [1, 2, 3].map(() => follow(one.client.origin, secret));
      await Promise.all(streams.map(({ ready }) => ready));
      one.child.kill('SIGTERM');
      await Promise.all(streams.map(({ ended }) => ended));
      for (const { heard } of streams) expect(heard.text).toContain('event: complete');
      expect(await one.exited).toBe(0);
    },
    patience,
  );
});
