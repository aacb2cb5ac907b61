import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  GetAccountDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { newDataDir } from '../support/data-dir.js';
import { newDatabase } from '../support/databases.js';
import { newEmail, signedInPerson } from '../support/people.js';
import { spawnServer } from '../support/server-process.js';

describe('metrics', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ METRICS: 'on' });
  });
  afterAll(() => test.close());

  /** The samples whose name and labels begin so. */
  const samples = async (start: string): Promise<string[]> =>
    (await (await fetch(`${test.url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(start));

  it('count what operations come to, under names and codes of ours alone', async () => {
    const { client, email } = await signedInPerson(test);
    await client.run(GetAccountDocument);
    await test.client().run(GetAccountDocument);
    await test.client().run(CreateEmailPasswordSessionDocument, { email, password: 'a wrong password' });
    await test.client().send('{ madeUp }');
    await test.client().send('{ mine: getAccount { id } }');
    const counted = await samples('operations_total');
    expect(counted).toEqual(
      expect.arrayContaining([
        'operations_total{operation="createAccount",code="ok"} 1',
        'operations_total{operation="createEmailPasswordSession",code="ok"} 1',
        'operations_total{operation="createEmailPasswordSession",code="USER_INVALID_CREDENTIALS"} 1',
        'operations_total{operation="getAccount",code="ok"} 1',
        'operations_total{operation="getAccount",code="GENERAL_UNAUTHORIZED_SCOPE"} 2',
      ]),
    );
    expect(counted.join()).not.toMatch(/madeUp|mine|@/);
  });

  it('tell of the queue of messages, of limits and of what waits', async () => {
    const client = test.client();
    await client.run(CreateEmailTokenDocument, { email: newEmail() });
    await expect.poll(() => samples('messages_waiting')).toEqual(['messages_waiting 0']);
    test.clock.advance(90);
    await test.app.deps.db.query({
      text: `UPDATE outbox SET "sentAt" = NULL, "failedAt" = NULL, "nextAttemptAt" = $1 WHERE "kind" = 'otpSession'`,
      values: [new Date(test.clock.now().getTime() + 3_600_000)],
    });
    expect(await samples('messages_waiting')).toEqual(['messages_waiting 1']);
    expect(await samples('messages_oldest_seconds')).toEqual(['messages_oldest_seconds 90']);
    await test.app.deps.db.query({ text: 'UPDATE outbox SET "failedAt" = $1', values: [test.clock.now()] });
    expect(await samples('messages_failed')).toEqual(['messages_failed{kind="otpSession"} 1']);
    expect(await samples('messages_waiting')).toEqual(['messages_waiting 0']);
    for (let count = 0; count < 21; count += 1)
      await client.run(CreateEmailTokenDocument, { email: newEmail() });
    expect(await samples('limits_met_total')).toEqual([
      'limits_met_total{limit="20 per client address in 1 hour"} 2',
    ]);
    expect(await samples('password_hashes_waiting')).toEqual(['password_hashes_waiting 0']);
  });
});

it('the metrics are served while the database is unavailable', async () => {
  const test = await createTestApp({ METRICS: 'on' }, undefined, newDatabase);
  await test.app.deps.db.close();
  const answer = await fetch(`${test.url}/metrics`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/^messages_waiting Nan$/m);
  await test.close().catch(() => {});
});

it('metrics stand on a port of their own where they have one, and nowhere else', async () => {
  const directory = newDataDir();
  const port = await freePort();
  const { client, child, exited } = await spawnServer({
    DATA_DIR: directory,
    METRICS: 'on',
    METRICS_PORT: String(port),
  }).ready;
  expect((await client.fetch('/metrics')).status).toBe(404);
  const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await metrics.text()).toContain('process_cpu_seconds_total');
  expect((await fetch(`http://127.0.0.1:${port}/graphql`)).status).toBe(404);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  rmSync(directory, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
