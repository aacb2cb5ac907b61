import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/client.js';
import type { Database } from '../../src/db/database.js';
import { isUnavailable } from '../../src/db/errors.js';
import { inTransaction } from '../../src/db/transaction.js';
import { createLogger } from '../../src/logger.js';
import { CreateAccountDocument } from '../../src/client/documents.js';
import { type Cluster, canMakeCluster, makeCluster } from '../support/cluster.js';
import { codeOf } from '../support/expect.js';
import { goodPassword } from '../support/people.js';
import { type ServerProcess, spawnServer } from '../support/server-process.js';

/** Milliseconds for a query or a transaction. */
const maxResponseLength = 4000;
/** For an operation, which asks several times, though patiently only once. */
const maxOperationLength = 6000;
const maxConnections = 20;

/** Expects a refusal for want of a database, soon enough. */
async function expectUnavailable(work: Promise<unknown>): Promise<void> {
  const began = performance.now();
  const outcome = await work.then(
    () => 'answered',
    (error: unknown) => error,
  );
  expect(performance.now() - began).toBeLessThan(maxResponseLength);
  expect({ outcome, unavailable: isUnavailable(outcome) }).toMatchObject({ unavailable: true });
}

/** Asks until it is answered as wanted. */
async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await done())) expect(performance.now()).toBeLessThan(deadline);
}

describe.skipIf(!canMakeCluster())('a database that does not answer', () => {
  let cluster: Cluster;
  let db: Database;
  let server: ServerProcess;
  beforeAll(async () => {
    cluster = await makeCluster({ max_connections: String(maxConnections) });
    db = await openDatabase({ url: cluster.url, pool: 3 }, createLogger('silent'));
    server = await spawnServer({ DATABASE_URL: cluster.url, DATABASE_POOL: '4' }).ready;
  });
  afterEach(() => cluster.thaw());
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await db.close();
    await cluster.remove();
  });

  const answers = async () =>
    db.query({ text: 'SELECT 1' }).then(
      () => true,
      () => false,
    );
  const onlyConnection = async () => {
    const { rows } = await db.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS "pid"' });
    return rows[0] as { pid: number };
  };
  const readiness = async () => (await server.client.fetch('/health/ready')).status;
  const signUp = async () => {
    const began = performance.now();
    const email = `${randomUUID()}@example.test`;
    const answer = await server.client.run(CreateAccountDocument, { email, password: goodPassword });
    expect(performance.now() - began).toBeLessThan(maxOperationLength);
    return codeOf(answer);
  };

  it('keeps nobody waiting while it stands still, and is used again when it moves', async () => {
    let leave = () => {};
    let enter = () => {};
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    const frozen = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const midway = inTransaction(db, async (tx) => {
      await tx.user.count();
      enter();
      await frozen;
      await tx.user.count();
    });
    await entered;
    expect(await readiness()).toBe(200);
    cluster.freeze();
    leave();
    await Promise.all([
      expectUnavailable(midway),
      ...Array.from({ length: 6 }, () => expectUnavailable(db.query({ text: 'SELECT 1' }))),
      ...Array.from({ length: 6 }, () => expectUnavailable(db.prisma.user.count())),
      ...Array.from({ length: 6 }, () => expectUnavailable(inTransaction(db, (tx) => tx.user.count()))),
      readiness().then((status) => expect(status).toBe(503)),
      signUp().then((code) => expect(code).toBe('GENERAL_SERVICE_UNAVAILABLE')),
    ]);
    await expectUnavailable(inTransaction(db, (tx) => tx.user.count()));
    cluster.thaw();
    await until(answers);
    await until(async () => (await readiness()) === 200);
    expect(await signUp()).toBe('ok');
    const all = Array.from({ length: 12 }, () => inTransaction(db, (tx) => tx.user.count()));
    expect(await Promise.all(all)).toEqual(Array(12).fill(1));
  });

  it('is not suspected where this process was the one that stood still', async () => {
    const { pid } = await onlyConnection();
    // Longer than a query may take, whichever phase of the event loop it begins in.
    const asked = db.query({ text: 'SELECT 1' });
    await new Promise(setImmediate);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
    await asked;
    expect((await onlyConnection()).pid).toBe(pid);
  });

  it('refuses callers while it has no connection left, and is used again when it has', async () => {
    const others: pg.Client[] = [];
    const takeAll = async (): Promise<void> => {
      for (;;) {
        const client = new pg.Client(cluster.url);
        client.on('error', () => {});
        try {
          await client.connect();
        } catch {
          return;
        }
        others.push(client);
      }
    };
    // Whoever lost a connection may be quicker to take it back.
    await until(async () => {
      await takeAll();
      const ended = await others[0]?.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'gatehouse'`,
      );
      return ended?.rowCount === 0;
    });
    await Promise.all([
      expectUnavailable(db.query({ text: 'SELECT 1' })),
      expectUnavailable(db.prisma.user.count()),
      expectUnavailable(inTransaction(db, (tx) => tx.user.count())),
      readiness().then((status) => expect(status).toBe(503)),
      signUp().then((code) => expect(code).toBe('GENERAL_SERVICE_UNAVAILABLE')),
    ]);
    await Promise.all(others.map((client) => client.end()));
    await until(answers);
    await until(async () => (await readiness()) === 200);
    expect(await signUp()).toBe('ok');
  });
});
