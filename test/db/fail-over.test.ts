import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  GetAccountDocument,
  UpdateNameDocument,
} from '../../src/client/documents.js';
import { type Cluster, canMakeCluster, makeCluster } from '../support/cluster.js';
import { codeOf, dataOf } from '../support/expect.js';
import { goodPassword as password } from '../support/people.js';
import { type ServerProcess, spawnServer } from '../support/server-process.js';
import { createTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

// A primary fails over to its standby, and an operator stops the writes of a database.

const patience = 120_000;
const settings = { DATABASE_POOL: '10', RATE_LIMITS: 'off' };

async function signIn({ client }: ServerProcess): Promise<void> {
  const person = { email: 'ada@example.test', password };
  dataOf(await client.run(CreateAccountDocument, person));
  const { createEmailPasswordSession: session } = dataOf(
    await client.run(CreateEmailPasswordSessionDocument, person),
  );
  client.bearer = session.secret;
}

const read = async ({ client }: ServerProcess) => codeOf(await client.run(GetAccountDocument));
const write = async ({ client }: ServerProcess) =>
  codeOf(await client.run(UpdateNameDocument, { name: `Ada ${Math.random()}` }));
/** The codes of that many calls at the same time, each once. */
const codesOf = async (call: () => Promise<string>, times: number): Promise<string[]> =>
  [...new Set(await Promise.all(Array.from({ length: times }, call)))].sort();

describe.skipIf(!canMakeCluster())('a fail-over', () => {
  let primary: Cluster;
  let standby: Cluster;
  let proxy: TcpProxy;
  let server: ServerProcess;
  beforeAll(async () => {
    primary = await makeCluster();
    standby = await primary.makeStandby();
    proxy = await createTcpProxy(primary.url);
    const address = primary.url.replace(/:\d+\//, `:${proxy.port}/`);
    server = await spawnServer({ ...settings, DATABASE_URL: address }).ready;
    await signIn(server);
  }, patience);
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await server.exited;
    await proxy.close();
    await Promise.all([primary.remove(), standby.remove()]);
  }, patience);

  it(
    'to a standby is survived, also while the address still leads to the former primary',
    async () => {
      expect(await codesOf(() => write(server), 20)).toEqual(['ok']);
      await primary.stop();
      standby.promote();
      await primary.startAsStandby();
      const until = Date.now() + 3000;
      while (Date.now() < until) {
        expect(await codesOf(() => write(server), 10)).toEqual(['GENERAL_SERVICE_UNAVAILABLE']);
        expect(['ok', 'GENERAL_SERVICE_UNAVAILABLE']).toContain(await read(server));
        await pause(100);
      }
      proxy.leadTo(standby.url);
      await vi.waitFor(async () => expect(await write(server)).toBe('ok'), 5000);
      // No connection is left with the former primary.
      for (let round = 0; round < 5; round += 1) {
        expect(await codesOf(() => write(server), 20)).toEqual(['ok']);
        expect(await codesOf(() => read(server), 20)).toEqual(['ok']);
      }
    },
    patience,
  );
});

describe.skipIf(!canMakeCluster())('a database whose writes an operator has stopped', () => {
  let cluster: Cluster;
  let server: ServerProcess;
  beforeAll(async () => {
    cluster = await makeCluster();
    server = await spawnServer({ ...settings, DATABASE_URL: cluster.url }).ready;
    await signIn(server);
  }, patience);
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await server.exited;
    await cluster.remove();
  }, patience);

  /** As an operator does it: new connections have the setting, and the others are ended. */
  const stopWrites = async (value: 'on' | 'off') => {
    const client = new pg.Client({
      connectionString: cluster.url,
      options: '-c default_transaction_read_only=off',
    });
    await client.connect();
    await client.query(`ALTER DATABASE postgres SET default_transaction_read_only = ${value}`);
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    await client.end();
  };
  const readiness = async () => {
    const response = await server.client.fetch('/health/ready');
    return [response.status, await response.json()];
  };

  it(
    'serves reads, reports that it takes no writes, and writes again when it is allowed to',
    async () => {
      expect(await readiness()).toEqual([200, { status: 'ready' }]);
      await stopWrites('on');
      await vi.waitFor(async () => expect(await read(server)).toBe('ok'), 5000);
      for (let round = 0; round < 3; round += 1)
        expect(await codesOf(() => write(server), 10)).toEqual(['GENERAL_SERVICE_UNAVAILABLE']);
      await vi.waitFor(
        async () => expect(await readiness()).toEqual([200, { status: 'ready', database: 'read-only' }]),
        5000,
      );
      expect(await codesOf(() => read(server), 20)).toEqual(['ok']);
      await stopWrites('off');
      await vi.waitFor(async () => expect(await write(server)).toBe('ok'), 10_000);
      expect(await codesOf(() => write(server), 20)).toEqual(['ok']);
    },
    patience,
  );

  it(
    'can be started on',
    async () => {
      await stopWrites('on');
      const second = await spawnServer({ ...settings, DATABASE_URL: cluster.url }).ready;
      second.client.bearer = server.client.bearer;
      expect([await read(second), await write(second)]).toEqual(['ok', 'GENERAL_SERVICE_UNAVAILABLE']);
      second.child.kill('SIGTERM');
      expect(await second.exited).toBe(0);
      await stopWrites('off');
    },
    patience,
  );
});
