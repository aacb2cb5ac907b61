import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateMfaChallengeDocument,
  DeleteMfaAuthenticatorDocument,
  DeleteSessionDocument,
  DeleteUserFactorsDocument,
  GetAccountDocument,
  ListSessionsDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { type Person, signedInPerson, signIn } from '../support/people.js';

// A pending session may belong to an attacker who knows only the password. In an hour the attacker can create as many as the
// sign-in limits allow, but only five exist at the same time. None of them ends a session of the owner, and none becomes complete
// because the factors of the account change. After a month none of them is left. The owner signs in, passes a challenge, and stays
// signed in for as long as a user without a second factor.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp(operatorSettings);
});
afterAll(() => test.close());

interface Owner extends Person {
  readonly totp: string;
}

async function ownerWithTotp(): Promise<Owner> {
  const person = await signedInPerson(test);
  const totp = await addAuthenticator(test, person.client);
  dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
  return { ...person, totp };
}

/** Signs in with the password alone. */
async function pendingAt(person: Person, address = test.client().address): Promise<Client> {
  const client = Object.assign(test.client(), { address });
  await signIn(client, person);
  return client;
}

async function complete(client: Client, { totp }: Owner): Promise<void> {
  test.clock.advance(60);
  const { createMfaChallenge } = dataOf(await client.run(CreateMfaChallengeDocument, { factor: 'TOTP' }));
  const otp = codeNow(test, totp);
  dataOf(await client.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp }));
}

/** Returns `ok`, or the error code: GENERAL_UNAUTHORIZED_SCOPE means that the session has ended. */
const stateOf = async (client: Client): Promise<string> => codeOf(await client.run(GetAccountDocument));
const pending = 'USER_MORE_FACTORS_REQUIRED';
const ended = 'GENERAL_UNAUTHORIZED_SCOPE';

describe('pending sessions', () => {
  it('a user has at most five pending sessions, and they never end a complete one', async () => {
    const owner = await ownerWithTotp();
    for (let count = 0; count < 12; count += 1) await pendingAt(owner);
    expect(await stateOf(owner.client)).toBe('ok');
    const { listSessions } = dataOf(await owner.client.run(ListSessionsDocument, {}));
    expect(listSessions.nodes.filter(({ missingFactors }) => missingFactors.length > 0)).toHaveLength(5);
  });

  it('a sixth pending session ends the oldest one of the same client network, otherwise of an unknown device', async () => {
    const owner = await ownerWithTotp();
    const browser = test.client();
    await browser.browse(CreateEmailPasswordSessionDocument, owner);
    const { data } = await browser.browse(CreateMfaChallengeDocument, { factor: 'TOTP' });
    test.clock.advance(60);
    const otp = codeNow(test, owner.totp);
    const challengeId = data?.createMfaChallenge?.id ?? '';
    dataOf(await browser.browse(UpdateMfaChallengeDocument, { challengeId, otp }));
    browser.cookies.delete('session');
    await browser.browse(CreateEmailPasswordSessionDocument, owner);
    const thieves: Client[] = [];
    for (let count = 0; count < 4; count += 1) {
      test.clock.advance(1);
      thieves.push(await pendingAt(owner, count < 2 ? '203.0.113.7' : undefined));
    }
    test.clock.advance(1);
    thieves.push(await pendingAt(owner, '203.0.113.7'));
    expect(await Promise.all(thieves.map(stateOf))).toEqual([ended, pending, pending, pending, pending]);
    test.clock.advance(1);
    await pendingAt(owner, '203.0.113.200');
    expect(await Promise.all(thieves.map(stateOf))).toEqual([ended, ended, pending, pending, pending]);
    expect(await stateOf(browser)).toBe(pending);
  });

  it('a pending session ends after fifteen minutes unless a challenge completes it', async () => {
    const owner = await ownerWithTotp();
    const [left, completed] = [await pendingAt(owner), await pendingAt(owner)];
    await complete(completed, owner);
    test.clock.advance(13 * 60);
    expect(await stateOf(left)).toBe(pending);
    test.clock.advance(60);
    expect(await stateOf(left)).toBe(ended);
    test.clock.advance(29 * 86_400);
    expect(await stateOf(completed)).toBe('ok');
  });

  it('a passed challenge extends the cookie of a pending session', async () => {
    const owner = await ownerWithTotp();
    const browser = test.client();
    const cookieOf = (answer: { headers: Headers }) =>
      answer.headers.getSetCookie().find((cookie) => cookie.startsWith('session='));
    expect(cookieOf(await browser.browse(CreateEmailPasswordSessionDocument, owner))).toContain(
      'Max-Age=900;',
    );
    const { data } = await browser.browse(CreateMfaChallengeDocument, { factor: 'TOTP' });
    test.clock.advance(60);
    const proof = { challengeId: data?.createMfaChallenge?.id ?? '', otp: codeNow(test, owner.totp) };
    expect(cookieOf(await browser.browse(UpdateMfaChallengeDocument, proof))).toContain('Max-Age=2592000;');
  });

  it('a pending session can end itself but no other session', async () => {
    const owner = await ownerWithTotp();
    const [thief, neighbour] = [await pendingAt(owner), await pendingAt(owner)];
    const { listSessions } = dataOf(await owner.client.run(ListSessionsDocument, {}));
    for (const { id: sessionId, missingFactors } of listSessions.nodes)
      if (missingFactors.length === 0)
        await expectRefusal(test, pending, () => thief.run(DeleteSessionDocument, { sessionId }));
    dataOf(await thief.run(DeleteSessionDocument, { sessionId: 'current' }));
    expect(await Promise.all([owner.client, neighbour, thief].map(stateOf))).toEqual(['ok', pending, ended]);
  });

  it.each([
    ['MFA is turned off', (owner: Owner) => owner.client.run(UpdateMfaDocument, { mfa: false })],
    [
      'the authenticator is removed',
      async (owner: Owner) => {
        await complete(owner.client, owner);
        return owner.client.run(DeleteMfaAuthenticatorDocument, { type: 'TOTP' });
      },
    ],
    [
      'an operator resets the factors',
      ({ userId }: Owner) => operatorOf(test).run(DeleteUserFactorsDocument, { userId }),
    ],
  ])('pending sessions end when %s', async (_what, change) => {
    const owner = await ownerWithTotp();
    const thief = await pendingAt(owner);
    expect(codeOf(await change(owner))).toBe('ok');
    expect(await Promise.all([thief, owner.client].map(stateOf))).toEqual([ended, 'ok']);
  });

  it('a session counts towards the session limit once it is complete', async () => {
    const owner = await ownerWithTotp();
    const sessions: Client[] = [];
    for (let count = 0; count < 10; count += 1) {
      const client = await pendingAt(owner);
      await complete(client, owner);
      sessions.push(client);
    }
    const states = await Promise.all([owner.client, ...sessions].map(stateOf));
    expect(states).toEqual([ended, ...Array(10).fill('ok')]);
  });
});
