import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAnonymousSessionDocument,
  GetAccountDocument,
  ListSessionsDocument,
  UpdateSessionDocument,
} from '../../src/client/documents.js';
import { days, hours, later, minutes } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { dataOf } from '../support/expect.js';
import { jwtClient, signedInPerson, signIn } from '../support/people.js';

// SESSION_IDLE=1h, SESSION_LIFETIME=1d.
//
// A thief who copies the cookie from an unlocked computer can use the session within an hour of its last use. After an hour without
// use, the copy is rejected. A thief who uses the copy every hour keeps the session until SESSION_LIFETIME ends, after a day.
// An owner who works all day stays signed in. An owner who comes back after an hour signs in again, and loses nothing else.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ SESSION_IDLE: '1h', SESSION_LIFETIME: '1d' });
});
afterAll(() => test.close());

const isLive = async (client: Client) => (await client.run(GetAccountDocument)).errors.length === 0;
const sessions = () => test.app.deps.db.prisma.session;
const storedEnd = async (id: string) => (await sessions().findUniqueOrThrow({ where: { id } })).expiresAt;
const secondsFromNow = (date: Date) => (date.getTime() - test.clock.now().getTime()) / 1000;

describe('SESSION_IDLE', () => {
  it('ends a session exactly when it was not used for so long', async () => {
    const { client, sessionId } = await signedInPerson(test);
    test.clock.moveToJustBefore((await storedEnd(sessionId)).toISOString());
    expect(await isLive(client)).toBe(true);
    test.clock.moveToJustBefore((await storedEnd(sessionId)).toISOString());
    test.clock.advance(1);
    expect(await isLive(client)).toBe(false);
  });

  it('keeps a session that is used, up to SESSION_LIFETIME', async () => {
    const { client } = await signedInPerson(test);
    for (let elapsed = 0; elapsed < days(1); elapsed += minutes(40)) {
      expect(await isLive(client)).toBe(true);
      test.clock.advance(minutes(40));
    }
    expect(await isLive(client)).toBe(false);
  });

  it('writes a use at most once in a tenth of the time', async () => {
    const { client, sessionId } = await signedInPerson(test);
    const end = await storedEnd(sessionId);
    test.clock.advance(minutes(5));
    expect(await isLive(client)).toBe(true);
    expect(await storedEnd(sessionId)).toEqual(end);
    test.clock.advance(minutes(2));
    expect(await isLive(client)).toBe(true);
    expect(secondsFromNow(await storedEnd(sessionId))).toBe(hours(1));
  });

  it('counts a request with a JWT of the session', async () => {
    const person = await signedInPerson(test);
    const byJwt = await jwtClient(person);
    test.clock.advance(minutes(10));
    expect(await isLive(byJwt)).toBe(true);
    expect(secondsFromNow(await storedEnd(person.sessionId))).toBe(hours(1));
  });

  it('does not count what another session of the user does', async () => {
    const person = await signedInPerson(test);
    const other = test.client();
    const { sessionId: id } = await signIn(other, person);
    const end = await storedEnd(id);
    test.clock.advance(minutes(30));
    expect(await isLive(person.client)).toBe(true);
    expect(await storedEnd(id)).toEqual(end);
    test.clock.advance(minutes(31));
    expect([await isLive(person.client), await isLive(other)]).toEqual([true, false]);
    const { listSessions } = dataOf(await person.client.run(ListSessionsDocument));
    expect(listSessions.nodes.map((session) => session.id)).toEqual([person.sessionId]);
  });

  it('shows the earlier of both ends', async () => {
    const { client, sessionId } = await signedInPerson(test);
    const shownEnd = async () => {
      const { listSessions } = dataOf(await client.run(ListSessionsDocument));
      return secondsFromNow(new Date(listSessions.nodes[0]?.expiresAt ?? ''));
    };
    expect(await shownEnd()).toBe(hours(1));
    const maxExpiresAt = new Date(test.clock.now().getTime() + minutes(30) * 1000);
    await sessions().update({ where: { id: sessionId }, data: { expiresAt: maxExpiresAt, maxExpiresAt } });
    expect(await shownEnd()).toBe(minutes(30));
    dataOf(await client.run(UpdateSessionDocument, { sessionId: 'current' }));
    expect(await shownEnd()).toBe(hours(1));
  });

  it('keeps the cookie as long as the session can live', async () => {
    const answer = await test.client().run(CreateAnonymousSessionDocument);
    expect(answer.headers.getSetCookie().join()).toContain(`Max-Age=${days(1)};`);
  });

  it('applies to sessions that began before it was set, once the sweep has run', async () => {
    const { client, sessionId } = await signedInPerson(test);
    const { maxExpiresAt } = await sessions().findUniqueOrThrow({ where: { id: sessionId } });
    await sessions().update({ where: { id: sessionId }, data: { expiresAt: maxExpiresAt } });
    await test.app.sweep();
    expect(secondsFromNow(await storedEnd(sessionId))).toBe(hours(1));
    test.clock.advance(hours(1));
    expect(await isLive(client)).toBe(false);
  });

  it('no longer ends sessions when it is unset', async () => {
    const unset = await createTestApp();
    const { client, sessionId } = await signedInPerson(unset);
    const { session } = unset.app.deps.db.prisma;
    const expiresAt = new Date(unset.clock.now().getTime() + hours(1) * 1000);
    await session.update({ where: { id: sessionId }, data: { expiresAt } });
    expect(await isLive(client)).toBe(true);
    unset.clock.advance(hours(1));
    expect(await isLive(client)).toBe(true);
    await unset.close();
  });

  it('removes sessions an hour after they ended for lack of use', async () => {
    const { sessionId } = await signedInPerson(test);
    const count = () => sessions().count({ where: { id: sessionId } });
    test.clock.advance(hours(1));
    await test.app.sweep();
    expect(await count()).toBe(1);
    test.clock.advance(hours(1));
    await test.app.sweep();
    expect(await count()).toBe(0);
  });
});

describe('a database that takes no writes', () => {
  let embedded: TestApp;
  beforeAll(async () => {
    embedded = await createTestApp({ SESSION_IDLE: '1h' }, false);
  });
  afterAll(() => embedded.close());

  it('stops idle time, and every session has a whole period when writes are possible again', async () => {
    const user = await signedInPerson(embedded);
    const other = await signedInPerson(embedded);
    const { prisma } = embedded.app.deps.db;
    const setReadOnly = (value: 'on' | 'off') =>
      prisma.$executeRawUnsafe(`SET default_transaction_read_only = ${value}`);
    embedded.clock.advance(minutes(10));
    await setReadOnly('on');
    expect(await isLive(user.client)).toBe(true);
    embedded.clock.advance(hours(3));
    expect([await isLive(user.client), await isLive(other.client)]).toEqual([true, true]);
    await setReadOnly('off');
    await expect
      .poll(() => prisma.session.findUniqueOrThrow({ where: { id: other.sessionId } }), { timeout: 10_000 })
      .toMatchObject({ expiresAt: later(embedded.clock.now(), hours(1)) });
    embedded.clock.advance(hours(1));
    expect([await isLive(user.client), await isLive(other.client)]).toEqual([false, false]);
  });
});
