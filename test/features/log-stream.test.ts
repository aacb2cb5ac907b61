import { type IncomingMessage, request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AccountError, createClient, memoryStorage } from '../../src/client/client.js';
import {
  CreateEmailPasswordSessionDocument,
  DeleteSessionDocument,
  DeleteSessionsDocument,
  DeleteUserDocument,
  UpdateMfaDocument,
  UpdateNameDocument,
  UpdateStatusDocument,
  UpdateUserStatusDocument,
} from '../../src/client/documents.js';
import { hours, later, minutes } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { dataOf } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { jwtClient, type Person, proveShown, signedInPerson, signIn, signUp } from '../support/people.js';

const query = 'subscription { logCreated { id event detail actor userId sessionId time } }';

/** A reader of a stream, as curl is one. */
class Reader {
  readonly lines: { event: string; detail: string | null; userId: string; sessionId: string | null }[] = [];
  readonly codes: string[] = [];
  completed = false;
  readonly ended: Promise<void>;
  #text = '';

  constructor(
    readonly response: IncomingMessage,
    readonly hangUp: () => void,
  ) {
    this.ended = new Promise((resolve) => response.once('close', resolve));
    response.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk));
    response.on('error', () => {});
  }

  #read(chunk: string): void {
    this.#text += chunk;
    const events = this.#text.split('\n\n');
    this.#text = events.pop() ?? '';
    for (const event of events) {
      if (event.includes('event: complete')) this.completed = true;
      const data = /^data: (.+)$/m.exec(event)?.[1];
      if (!data) continue;
      const { data: answer, errors } = JSON.parse(data);
      if (errors)
        this.codes.push(...errors.map((error: { extensions: { code: string } }) => error.extensions.code));
      else this.lines.push(answer.logCreated);
    }
  }

  /** Waits until so many lines have come. */
  async expect(count: number, withinMilliseconds = 2000): Promise<void> {
    const until = performance.now() + withinMilliseconds;
    while (this.lines.length < count && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(this.lines.length).toBeGreaterThanOrEqual(count);
  }
}

const readers: Reader[] = [];
const open = (test: TestApp, client: Client): Promise<Reader> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${test.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'x-forwarded-for': client.address,
        ...(client.bearer && { authorization: `Bearer ${client.bearer}` }),
      },
    });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const reader = new Reader(response, () => outgoing.destroy());
      readers.push(reader);
      resolve(reader);
    });
    outgoing.end(JSON.stringify({ query }));
  });

afterEach(() => {
  for (const reader of readers.splice(0)) reader.hangUp();
});

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ ...operatorSettings, RATE_LIMITS: 'off' });
});
afterAll(() => test.close());

const listening = async (count: number) => {
  const until = performance.now() + 3000;
  while (test.app.deps.logFeed.size !== count && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(test.app.deps.logFeed.size).toBe(count);
};

describe('logCreated', () => {
  it('tells every line of its user as it is written, once, in order, and nobody else’s', async () => {
    const person = await signedInPerson(test);
    const other = await signedInPerson(test);
    test.clock.advance(1);
    const [one, two] = [await open(test, person.client), await open(test, person.client)];
    const theirs = await open(test, other.client);
    expect(one.response.headers['content-type']).toContain('text/event-stream');
    await listening(3);
    for (const name of ['a', 'b', 'c']) dataOf(await person.client.run(UpdateNameDocument, { name }));
    await test
      .client()
      .run(CreateEmailPasswordSessionDocument, { email: person.email, password: 'wrong one' });
    for (const reader of [one, two]) {
      await reader.expect(4);
      expect(reader.lines.map(({ event, detail }) => [event, detail])).toEqual([
        ['user.update', 'name.update'],
        ['user.update', 'name.update'],
        ['user.update', 'name.update'],
        ['session.create.failed', null],
      ]);
      expect(reader.lines[0]).toMatchObject({ userId: person.userId, sessionId: person.sessionId });
    }
    // What is looked for once more after a while comes no second time.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect([one.lines.length, two.lines.length, theirs.lines.length]).toEqual([4, 4, 0]);
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    ['is signed out', ({ client }) => client.run(DeleteSessionDocument, { sessionId: 'current' })],
    [
      'is signed out elsewhere',
      async (person) => {
        const client = test.client();
        await signIn(client, person);
        await client.run(DeleteSessionsDocument);
      },
    ],
    ['has blocked the account', ({ client }) => client.run(UpdateStatusDocument)],
    [
      'is blocked by an operator',
      ({ userId }) => operatorOf(test).run(UpdateUserStatusDocument, { userId, enabled: false }),
    ],
    ['is deleted', ({ userId }) => operatorOf(test).run(DeleteUserDocument, { userId })],
    [
      'has a session that expires',
      ({ sessionId }) =>
        test.app.deps.db.prisma.session.update({
          where: { id: sessionId },
          data: { expiresAt: test.clock.now() },
        }),
    ],
    [
      'lacks a factor from now on',
      async (person) => {
        const client = test.client();
        await signIn(client, person);
        await addAuthenticator(test, client);
        dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
      },
    ],
  ])('completes within a second, and tells no more, when its reader %s', async (_what, end) => {
    const person = await signedInPerson(test);
    const reader = await open(test, person.client);
    await end(person);
    const endedAt = performance.now();
    await reader.ended;
    expect(performance.now() - endedAt).toBeLessThan(1500);
    expect(reader.completed).toBe(true);
    // What ended it is for those who are still there.
    expect(reader.lines.map(({ event }) => event)).not.toContain('session.delete');
    await listening(0);
  });

  it('counts as use of its session, with SESSION_IDLE, although nothing happens', async () => {
    const idle = await createTestApp({ SESSION_IDLE: '1h' });
    const { client, sessionId: id } = await signedInPerson(idle);
    await open(idle, client);
    idle.clock.advance(minutes(30));
    const session = () => idle.app.deps.db.prisma.session.findUniqueOrThrow({ where: { id } });
    await expect.poll(session).toMatchObject({ expiresAt: later(idle.clock.now(), hours(1)) });
    await idle.close();
  });

  it('ends with the JWT it was opened by', async () => {
    const person = await signedInPerson(test);
    const reader = await open(test, await jwtClient(person));
    await listening(1);
    test.clock.advance(901);
    await reader.ended;
    expect(reader.completed).toBe(true);
  });

  it('refuses whoever may not ask, in the words of every operation', async () => {
    const guest = await open(test, test.client());
    await guest.ended;
    expect(guest.codes).toEqual(['GENERAL_UNAUTHORIZED_SCOPE']);
    const blocked = await signedInPerson(test);
    await blocked.client.run(UpdateStatusDocument);
    const pending = await signedInPerson(test);
    await addAuthenticator(test, pending.client);
    dataOf(await pending.client.run(UpdateMfaDocument, { mfa: true }));
    await signIn(pending.client, pending);
    for (const [client, code] of [
      [blocked.client, 'USER_BLOCKED'],
      [pending.client, 'USER_MORE_FACTORS_REQUIRED'],
      [operatorOf(test), 'GENERAL_UNAUTHORIZED_SCOPE'],
      [test.client().withBearer('a.b.c'), 'USER_JWT_INVALID'],
    ] as const) {
      const reader = await open(test, client);
      await reader.ended;
      expect(reader.codes).toEqual([code]);
    }
  });

  it('lets a user open ten, users without a verified address fifty on one client network, and others go ahead', async () => {
    const person = await signedInPerson(test);
    const ten = await Promise.all(Array.from({ length: 10 }, () => open(test, person.client)));
    await listening(10);
    const eleventh = await open(test, person.client);
    await eleventh.ended;
    expect(eleventh.codes).toEqual(['GENERAL_RATE_LIMIT_EXCEEDED']);
    ten[0]?.hangUp();
    await listening(9);
    const again = await open(test, person.client);
    await listening(10);
    expect(again.codes).toEqual([]);
    const people = await Promise.all([1, 2, 3, 4, 5].map(() => signedInPerson(test)));
    for (const { client } of people) client.address = person.client.address;
    const many = await Promise.all(
      people.flatMap(({ client }) => Array.from({ length: 9 }, () => open(test, client))),
    );
    await Promise.race([Promise.all(many.map(({ ended }) => ended)), new Promise((r) => setTimeout(r, 500))]);
    expect(test.app.deps.logFeed.size).toBe(50);
    expect(many.filter(({ codes }) => codes.length > 0)).toHaveLength(5);
    const neighbour = await signedInPerson(test);
    await proveShown(test, neighbour.userId);
    neighbour.client.address = person.client.address;
    const theirs = await open(test, neighbour.client);
    await listening(51);
    expect(theirs.codes).toEqual([]);
  });

  it('keeps nothing of readers who hang up while they are let in', async () => {
    const { client } = await signedInPerson(test);
    const body = JSON.stringify({ query });
    for (let delay = 0; delay < 40; delay += 1)
      await new Promise<void>((resolve) => {
        const outgoing = request(`${test.url}/graphql`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'text/event-stream',
            authorization: `Bearer ${client.bearer}`,
          },
        });
        outgoing.on('error', () => {});
        outgoing.once('close', resolve);
        outgoing.end(body, () => setTimeout(() => outgoing.destroy(), delay / 4));
      });
    await listening(0);
  });

  it('tells what was written while the line to the database was lost', async () => {
    const person = await signedInPerson(test);
    test.clock.advance(1);
    const reader = await open(test, person.client);
    await listening(1);
    // Without a word to anybody, as by a process that has not heard of us yet.
    await test.app.deps.db.query({ text: 'DELETE FROM log_listeners' });
    dataOf(await person.client.run(UpdateNameDocument, { name: 'unheard' }));
    await reader.expect(1, 12_000);
    expect(reader.lines).toMatchObject([{ detail: 'name.update' }]);
  }, 20_000);
});

describe('client.onLog', () => {
  it('tells lines, and says when it is over', async () => {
    const { email, password } = await signUp(test);
    const client = createClient({ url: `${test.url}/graphql`, storage: memoryStorage() });
    await client.signIn.withPassword({ email, password });
    const lines: string[] = [];
    const over = new Promise<string>((resolve) => {
      client.onLog(
        ({ event }) => void lines.push(event),
        (error) => resolve(error instanceof AccountError ? error.code : error.name),
      );
    });
    await listening(1);
    await client.updateName({ name: 'Ada' });
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(lines).toEqual(['user.update']);
    await client.signOut();
    expect(await over).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    client.close();
  });

  it('stops when it is told to', async () => {
    const { email, password } = await signUp(test);
    const client = createClient({ url: `${test.url}/graphql`, storage: memoryStorage() });
    await client.signIn.withPassword({ email, password });
    const stop = client.onLog(() => {});
    await listening(1);
    stop();
    await listening(0);
    client.close();
  });
});
