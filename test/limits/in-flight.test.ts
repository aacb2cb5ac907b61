import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GetAccountDocument, UpdateNameDocument } from '../../src/client/documents.js';
import { InFlight, inFlightLimits } from '../../src/limits/in-flight.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { dataOf } from '../support/expect.js';
import { signedInPerson } from '../support/people.js';
import { hasPostgres } from '../support/postgres.js';

// The work of one caller never delays another caller. An attacker on one client network can fill only their own queue.

describe('the work of one caller', () => {
  /** Creates tasks that run until they are released, and records which ones have started. */
  function tasks(inFlight: InFlight) {
    const started: string[] = [];
    const releases = new Map<string, () => void>();
    return {
      started,
      start: (caller: string, name: string, weight?: number) =>
        inFlight.run(
          caller,
          () =>
            new Promise<void>((resolve) => {
              started.push(name);
              releases.set(name, resolve);
            }),
          weight,
        ),
      release: async (name: string) => {
        releases.get(name)?.();
        await nextTurn();
      },
    };
  }

  it('work over the limit waits in order while other callers continue', async () => {
    const inFlight = new InFlight({ max: 2, maxWaiting: 10 });
    const { started, start, release } = tasks(inFlight);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void start('a', name);
    void start('b', 'b1');
    expect(started).toEqual(['a1', 'a2', 'b1']);
    expect(inFlight.waiting).toBe(2);
    await release('a2');
    expect(started).toEqual(['a1', 'a2', 'b1', 'a3']);
    await release('a1');
    expect(started.at(-1)).toBe('a4');
  });

  it('work that is heavier than the maximum runs alone', async () => {
    const { started, start, release } = tasks(new InFlight({ max: 10, maxWaiting: 10 }));
    void start('a', 'light', 1);
    void start('a', 'heavy', 100);
    void start('a', 'last', 1);
    expect(started).toEqual(['light']);
    await release('light');
    expect(started).toEqual(['light', 'heavy']);
    await release('heavy');
    expect(started).toEqual(['light', 'heavy', 'last']);
  });

  it('rejects work when too many tasks of the same caller wait', async () => {
    const inFlight = new InFlight({ max: 1, maxWaiting: 1 });
    const { start } = tasks(inFlight);
    void start('a', 'runs');
    void start('a', 'waits');
    await expect(start('a', 'is rejected')).rejects.toThrow(
      'Too many requests of this caller are waiting. Try again later.',
    );
    expect(inFlight.waiting).toBe(1);
  });

  it('work that fails makes room for the next', async () => {
    const inFlight = new InFlight({ max: 1, maxWaiting: 1 });
    await expect(inFlight.run('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await inFlight.run('a', () => 'done')).toBe('done');
  });
});

describe.skipIf(!(await hasPostgres()))('a user whose mutations are stuck', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({}, true);
  });
  afterAll(() => test.close());

  it('a user with blocked mutations holds only two connections, and other users get responses', async () => {
    const [stuck, other] = [await signedInPerson(test), await signedInPerson(test)];
    let unlock = () => {};
    const locked = new Promise<void>((isLocked) => {
      void test.app.deps.db.prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`SELECT 1 FROM users WHERE "id" = ${stuck.userId} FOR UPDATE`;
          isLocked();
          await new Promise<void>((resolve) => {
            unlock = resolve;
          });
        },
        { timeout: 20_000 },
      );
    });
    await locked;
    const waiting = Array.from({ length: 30 }, (_, index) =>
      stuck.client.run(UpdateNameDocument, { name: `name ${index}` }),
    );
    while (test.app.deps.inFlight.userMutations.waiting < 28) await nextTurn();
    dataOf(await other.client.run(UpdateNameDocument, { name: 'Ada' }));
    expect(dataOf(await other.client.run(GetAccountDocument)).getAccount.name).toBe('Ada');
    unlock();
    for (const answer of await Promise.all(waiting)) dataOf(answer);
  });
});

describe('large bodies', () => {
  it('unfinished large bodies of one client network do not delay small bodies or other networks', async () => {
    const test = await createTestApp();
    const { hostname, port } = new URL(test.url);
    const client = test.client();
    const post = (address: string): Promise<Socket> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${address}\r\ncontent-type: application/json\r\n`;
          socket.write(`${head}content-length: 262144\r\n\r\n`, () => resolve(socket));
        });
      });
    const statusOf = (socket: Socket): Promise<string> =>
      new Promise((resolve) => socket.once('data', (data) => resolve(String(data).slice(0, 12))));
    const sockets = await Promise.all(
      Array.from({ length: inFlightLimits.heldBytes.max / 262_144 }, () => post(client.address)),
    );
    const oneMore = await post(client.address);
    oneMore.write(JSON.stringify({ query: '{ __typename }' }).padEnd(262_144));
    const answered = statusOf(oneMore);
    while (test.app.deps.inFlight.heldBytes.waiting < 1) await nextTurn();
    expect((await client.send('{ __typename }')).data).toEqual({ __typename: 'Query' });
    const elsewhere = await post(test.client().address);
    elsewhere.write(JSON.stringify({ query: '{ __typename }' }).padEnd(262_144));
    expect(await statusOf(elsewhere)).toBe('HTTP/1.1 200');
    const hungUp = await post(client.address);
    while (test.app.deps.inFlight.heldBytes.waiting < 2) await nextTurn();
    hungUp.destroy();
    sockets.pop()?.destroy();
    expect(await answered).toBe('HTTP/1.1 200');
    for (const socket of [...sockets, oneMore, elsewhere]) socket.destroy();
    // The server frees the bytes of clients that have hung up, so nothing is reserved any more.
    while (test.app.deps.inFlight.heldBytes.callers > 0) await nextTurn();
    await test.close();
  });
});
