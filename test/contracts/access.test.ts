import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { codeOf } from '../support/expect.js';
import { anonymousPerson, goodPassword, jwtClient, newEmail, signedInPerson } from '../support/people.js';
import { UpdateStatusDocument } from '../operations/generated.js';

// Written by hand, not derived from the policies: it says what each caller must get.

const callers = ['guest', 'signed in', 'JWT', 'blocked', 'expired'] as const;
type Caller = (typeof callers)[number];

const scope = 'GENERAL_UNAUTHORIZED_SCOPE';
const blocked = 'USER_BLOCKED';
/** Open to every live, unblocked user. */
const user = { guest: scope, 'signed in': 'ok', JWT: 'ok', blocked, expired: scope } as const;
/** Open to everybody but the blocked. */
const everybody = { guest: 'ok', 'signed in': 'ok', JWT: 'ok', blocked, expired: 'ok' } as const;
const again = 'USER_SESSION_ALREADY_EXISTS';
/** Makes a session, so not while there is one. */
const newcomer = { guest: 'ok', 'signed in': again, JWT: again, blocked, expired: 'ok' } as const;

const badToken = 'USER_INVALID_TOKEN';
/** Open to everybody but the blocked, with the secret of somebody else: not this one. */
const confirmation = {
  guest: badToken,
  'signed in': badToken,
  JWT: badToken,
  blocked,
  expired: badToken,
} as const;

interface Row {
  readonly operation: string;
  readonly expected: Record<Caller, string>;
}

const newId = '01a20e24-efa1-7fbd-ad20-d034af4fe6f7';
const rows: Row[] = [
  { operation: '{ getAccount { id } }', expected: user },
  { operation: '{ getPrefs }', expected: user },
  {
    operation: '{ getSession(sessionId: "current") { id } }',
    expected: { ...user, JWT: 'USER_SESSION_NOT_FOUND' },
  },
  { operation: '{ listSessions { totalCount } }', expected: user },
  { operation: '{ listIdentities { totalCount } }', expected: user },
  { operation: '{ listLogs { totalCount } }', expected: user },
  {
    operation: `mutation { createAccount(email: "EMAIL", password: "${goodPassword}") { id } }`,
    expected: everybody,
  },
  { operation: 'mutation { updateName(name: "Ada") { id } }', expected: user },
  {
    operation: `mutation { updateEmail(email: "EMAIL", password: "${goodPassword}") { id } }`,
    expected: user,
  },
  {
    operation: `mutation { updatePhone(phone: "PHONE", password: "${goodPassword}") { id } }`,
    expected: user,
  },
  {
    operation: `mutation { updatePassword(password: "${goodPassword}", oldPassword: "${goodPassword}") { id } }`,
    expected: user,
  },
  { operation: 'mutation { updatePrefs(prefs: {}) { id } }', expected: user },
  { operation: 'mutation { updateStatus { id } }', expected: user },
  { operation: 'mutation { createAnonymousSession { id } }', expected: newcomer },
  {
    operation: `mutation { createEmailPasswordSession(email: "KNOWN", password: "${goodPassword}") { id } }`,
    expected: newcomer,
  },
  {
    operation: 'mutation { updateSession(sessionId: "current") { id } }',
    expected: { ...user, JWT: 'USER_SESSION_NOT_FOUND' },
  },
  {
    operation: 'mutation { deleteSession(sessionId: "current") { deletedSessionId } }',
    expected: { ...user, JWT: 'USER_SESSION_NOT_FOUND' },
  },
  { operation: 'mutation { deleteSessions { deletedSessionIds } }', expected: user },
  {
    operation: 'mutation { createJWT { expiresAt } }',
    expected: { ...user, JWT: 'USER_JWT_CREATION_DENIED' },
  },
  {
    operation: `mutation { deleteIdentity(identityId: "${newId}") { deletedIdentityId } }`,
    expected: { ...user, 'signed in': 'USER_IDENTITY_NOT_FOUND', JWT: 'USER_IDENTITY_NOT_FOUND' },
  },
  {
    operation: 'mutation { createEmailToken(email: "EMAIL") { id } }',
    expected: everybody,
  },
  { operation: 'mutation { createMagicURLToken(email: "EMAIL") { id } }', expected: everybody },
  { operation: 'mutation { createPhoneToken(phone: "PHONE") { id } }', expected: everybody },
  ...['createSession', 'updateMagicURLSession', 'updatePhoneSession'].map((name) => ({
    operation: `mutation { ${name}(userId: "nobody", secret: "123456") { id } }`,
    expected: { ...newcomer, guest: badToken, expired: badToken },
  })),
  {
    operation: 'mutation { createRecovery(email: "EMAIL", url: "http://localhost/") { id } }',
    expected: everybody,
  },
  {
    operation: `mutation { updateRecovery(userId: "nobody", secret: "x", password: "${goodPassword}") { id } }`,
    expected: confirmation,
  },
  { operation: 'mutation { createVerification(url: "http://localhost/") { id } }', expected: user },
  {
    operation: 'mutation { updateVerification(userId: "nobody", secret: "x") { id } }',
    expected: confirmation,
  },
  {
    operation: 'mutation { createPhoneVerification { id } }',
    expected: { ...user, 'signed in': 'USER_PHONE_NOT_FOUND', JWT: 'USER_PHONE_NOT_FOUND' },
  },
  {
    operation: 'mutation { updatePhoneVerification(userId: "nobody", secret: "123456") { id } }',
    expected: confirmation,
  },
];

describe('access', () => {
  let test: TestApp;
  let knownEmail: string;
  beforeAll(async () => {
    test = await createTestApp();
    knownEmail = (await signedInPerson(test)).email;
  });
  afterAll(() => test.close());

  let phones = 0;
  const nextPhone = () => `+1415555${String(1000 + phones++)}`;

  const clientOf: Record<Caller, () => Promise<Client>> = {
    guest: async () => test.client(),
    'signed in': async () => (await signedInPerson(test)).client,
    JWT: async () => jwtClient(await signedInPerson(test)),
    blocked: async () => {
      const { client } = await signedInPerson(test);
      await client.run(UpdateStatusDocument);
      return client;
    },
    expired: async () => {
      const { client, sessionId } = await signedInPerson(test);
      await test.app.deps.db.prisma.session.update({
        where: { id: sessionId },
        data: { expiresAt: test.clock.now() },
      });
      return client;
    },
  };

  it('has a row for every operation', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const inSchema = roots.flatMap((root) => Object.keys(root?.getFields() ?? {})).sort();
    const inMatrix = rows.map(({ operation }) => /\{ (\w+)/.exec(operation)?.[1]).sort();
    expect(inMatrix).toEqual(inSchema);
  });

  for (const { operation, expected } of rows) {
    const name = /\{ (\w+)/.exec(operation)?.[1];
    for (const caller of callers) {
      it(`${name} answers ${expected[caller]} to ${caller}`, async () => {
        const client = await clientOf[caller]();
        const before = await test.rows();
        const document = operation
          .replace('EMAIL', newEmail())
          .replace('PHONE', nextPhone())
          .replace('KNOWN', knownEmail);
        expect(codeOf(await client.send(document))).toBe(expected[caller]);
        if (expected[caller] !== 'ok') expect(await test.rows()).toEqual(before);
      });
    }
  }

  it('refuses a blocked user who converts nothing, anonymous ones included', async () => {
    const { client } = await anonymousPerson(test);
    await client.run(UpdateStatusDocument);
    expect(codeOf(await client.send('{ getAccount { id } }'))).toBe(blocked);
  });

  it('answers a bad JWT with USER_JWT_INVALID everywhere, open operations included', async () => {
    const client = test.client().withBearer('a.b.c');
    for (const { operation } of rows) {
      const document = operation
        .replace('EMAIL', newEmail())
        .replace('PHONE', nextPhone())
        .replace('KNOWN', knownEmail);
      expect(codeOf(await client.send(document))).toBe('USER_JWT_INVALID');
    }
  });
});
