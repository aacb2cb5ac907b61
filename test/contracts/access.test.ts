import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days, later } from '../../src/clock.js';
import { schema } from '../../src/schema.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { addAuthenticator, passTotp } from '../support/authenticator.js';
import { codeOf, dataOf } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import {
  anonymousPerson,
  goodPassword,
  jwtClient,
  newEmail,
  signedInPerson,
  signIn,
  type Person,
} from '../support/people.js';
import { UpdateMfaDocument, UpdateStatusDocument } from '../../src/client/documents.js';
import { newRowId, newUserId } from '../../src/ids.js';
import { digest } from '../../src/secrets/digest.js';
import { newSecret } from '../../src/secrets/random.js';

// Written by hand, not derived from the policies: it says what each caller must get.

const callers = [
  'guest',
  'signed in',
  'old session',
  'JWT',
  'blocked',
  'expired',
  'pending',
  'challenged',
  'operator',
] as const;
type Caller = (typeof callers)[number];

const scope = 'GENERAL_UNAUTHORIZED_SCOPE';
const blocked = 'USER_BLOCKED';
const pending = 'USER_MORE_FACTORS_REQUIRED';
const challenge = 'USER_CHALLENGE_REQUIRED';
/** Open to every live, unblocked user. */
const user = {
  guest: scope,
  'signed in': 'ok',
  'old session': 'ok',
  JWT: 'ok',
  blocked,
  expired: scope,
  pending,
  challenged: 'ok',
  operator: scope,
} as const;
/** Open to them with a factor still missing, too. */
const firstFactor = { ...user, pending: 'ok' } as const;
/** Open to those who passed a challenge just now; no further than its door here. */
const factorsAfterChallenge = (code: string) =>
  ({ ...user, 'signed in': challenge, 'old session': challenge, JWT: challenge, challenged: code }) as const;
/** Open to those who signed in, or passed a challenge, just now, and never to a JWT. */
const freshProof = { ...user, 'old session': challenge, JWT: challenge } as const;
/** Open to everybody but the blocked. */
const everybody = { ...user, guest: 'ok', expired: 'ok', operator: 'ok' } as const;
const again = 'USER_SESSION_ALREADY_EXISTS';
/** Open to everyone, because it reads no credentials. */
const anyone = Object.fromEntries(callers.map((caller) => [caller, 'ok'])) as Record<Caller, string>;
/** Makes a session, so not while there is one. */
const newcomer = {
  ...everybody,
  'signed in': again,
  'old session': again,
  JWT: again,
  challenged: again,
} as const;

const badToken = 'USER_INVALID_TOKEN';
/** Open to everybody but the blocked, with the secret of somebody else: not this one. */
const confirmation = {
  ...user,
  guest: badToken,
  'signed in': badToken,
  'old session': badToken,
  JWT: badToken,
  expired: badToken,
  challenged: badToken,
  operator: badToken,
} as const;
/** The same for all callers, because a link disregards all other credentials. */
const withLink = (code: string): Record<Caller, string> =>
  Object.fromEntries(callers.map((caller) => [caller, code])) as Record<Caller, string>;
/** Open to operators alone. */
const operators = (code: string): Record<Caller, string> => ({
  guest: scope,
  'signed in': scope,
  'old session': scope,
  JWT: scope,
  blocked: scope,
  expired: scope,
  pending: scope,
  challenged: scope,
  operator: code,
});
/** Open to every user, who has not what it needs. */
const lacking = (code: string) =>
  ({ ...user, 'signed in': code, 'old session': code, JWT: code, challenged: code }) as const;

interface Row {
  readonly operation: string;
  readonly expected: Record<Caller, string>;
  /** Whether the operation disregards all credentials except its link. */
  readonly takesLink?: true;
}

const noUser = 'USER_NOT_FOUND';
const noPasskey = 'USER_PASSKEY_NOT_FOUND';
const badPasskey = 'USER_PASSKEY_INVALID';
const noProvider = 'PROJECT_PROVIDER_DISABLED';
const noAuthenticator = 'USER_AUTHENTICATOR_NOT_FOUND';
const newId = '01a20e24-efa1-7fbd-ad20-d034af4fe6f7';
const rows: Row[] = [
  { operation: '{ getAccount { id } }', expected: user },
  { operation: '{ getPrefs }', expected: user },
  { operation: '{ listInvitations { totalCount } }', expected: operators('ok') },
  { operation: 'mutation { createInvitation(email: "EMAIL") { id } }', expected: operators('ok') },
  {
    operation: `mutation { deleteInvitation(invitationId: "${newId}") { deletedInvitationId } }`,
    expected: operators('INVITATION_NOT_FOUND'),
  },
  { operation: '{ signInOptions { appName } }', expected: anyone },
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
  { operation: 'mutation { updateStatus { id } }', expected: freshProof },
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
    expected: { ...firstFactor, JWT: 'USER_SESSION_NOT_FOUND' },
  },
  { operation: 'mutation { deleteSessions { deletedSessionIds } }', expected: user },
  {
    operation: `mutation { createUserToken(userId: "${newId}") { userId } }`,
    expected: operators('USER_AUTH_METHOD_UNSUPPORTED'),
  },
  { operation: '{ listTrustedDevices { id } }', expected: user },
  {
    operation: `mutation { deleteTrustedDevice(deviceId: "${newId}") { deletedDeviceId } }`,
    expected: lacking('USER_DEVICE_NOT_FOUND'),
  },
  {
    operation: 'mutation { createJWT { expiresAt } }',
    expected: { ...user, JWT: 'USER_JWT_CREATION_DENIED' },
  },
  {
    operation: `mutation { deleteIdentity(identityId: "${newId}") { deletedIdentityId } }`,
    expected: { ...lacking('USER_IDENTITY_NOT_FOUND'), 'old session': challenge, JWT: challenge },
  },
  {
    operation: 'mutation { createEmailToken(email: "EMAIL") { id } }',
    expected: everybody,
  },
  { operation: 'mutation { createMagicURLToken(email: "EMAIL") { id } }', expected: everybody },
  { operation: 'mutation { createPhoneToken(phone: "PHONE") { id } }', expected: everybody },
  ...['createSession', 'updateMagicURLSession', 'updatePhoneSession'].map((name) => ({
    operation: `mutation { ${name}(userId: "NOBODY", secret: "123456") { id } }`,
    expected: { ...newcomer, guest: badToken, expired: badToken, operator: badToken },
  })),
  {
    operation: 'mutation { createRecovery(email: "EMAIL", url: "http://localhost/") { id } }',
    expected: everybody,
  },
  {
    operation: `mutation { updateRecovery(userId: "NOBODY", secret: "x", password: "${goodPassword}") { id } }`,
    expected: confirmation,
  },
  { operation: 'mutation { createVerification(url: "http://localhost/") { id } }', expected: user },
  {
    operation: 'mutation { updateVerification(userId: "NOBODY", secret: "x") { id } }',
    expected: confirmation,
  },
  {
    operation: 'mutation { createPhoneVerification { id } }',
    expected: lacking('USER_PHONE_NOT_FOUND'),
  },
  {
    operation: 'mutation { updatePhoneVerification(userId: "NOBODY", secret: "123456") { id } }',
    expected: confirmation,
  },
  {
    operation: 'mutation { createOAuth2Token(provider: GOOGLE) { url } }',
    expected: { ...lacking(noProvider), guest: noProvider, expired: noProvider, operator: noProvider },
  },
  {
    operation: 'mutation { createIdTokenNonce { nonce } }',
    expected: { ...newcomer, guest: noProvider, expired: noProvider, operator: noProvider },
  },
  {
    operation: 'mutation { createIdTokenSession(provider: GOOGLE, idToken: "x", nonce: "x") { id } }',
    expected: { ...newcomer, guest: noProvider, expired: noProvider, operator: noProvider },
  },
  { operation: '{ listMfaFactors { totp } }', expected: firstFactor },
  { operation: '{ listPasskeys { totalCount } }', expected: user },
  { operation: 'mutation { createPasskeyRegistration { id } }', expected: freshProof },
  {
    operation: 'mutation { createPasskey(ceremonyId: "x", credential: {}) { id } }',
    expected: { ...lacking(badPasskey), 'old session': challenge, JWT: challenge },
  },
  {
    operation: `mutation { updatePasskey(passkeyId: "${newId}", name: "Key") { id } }`,
    expected: lacking(noPasskey),
  },
  {
    operation: `mutation { deletePasskey(passkeyId: "${newId}") { deletedPasskeyId } }`,
    expected: { ...lacking(noPasskey), 'old session': challenge, JWT: challenge },
  },
  { operation: 'mutation { createPasskeySignIn { id } }', expected: newcomer },
  {
    operation: 'mutation { createPasskeySession(ceremonyId: "x", credential: {}) { id } }',
    expected: { ...newcomer, guest: badPasskey, expired: badPasskey, operator: badPasskey },
  },
  {
    operation: 'mutation { updateMfaPasskeyChallenge(challengeId: "x", credential: {}) { id } }',
    expected: { ...lacking(badPasskey), JWT: 'USER_SESSION_NOT_FOUND', pending: badPasskey },
  },
  {
    operation: '{ getMfaRecoveryCodes { recoveryCodes } }',
    expected: factorsAfterChallenge('USER_RECOVERY_CODES_NOT_FOUND'),
  },
  { operation: 'mutation { updateMFA(mfa: false) { id } }', expected: freshProof },
  {
    operation: 'mutation { createMfaAuthenticator(type: TOTP) { uri } }',
    expected: { ...freshProof, challenged: 'USER_AUTHENTICATOR_ALREADY_VERIFIED' },
  },
  {
    operation: 'mutation { updateMfaAuthenticator(type: TOTP, otp: "123456") { id } }',
    expected: {
      ...freshProof,
      'signed in': 'USER_AUTHENTICATOR_NOT_FOUND',
      challenged: 'USER_AUTHENTICATOR_ALREADY_VERIFIED',
    },
  },
  {
    operation: 'mutation { deleteMfaAuthenticator(type: TOTP) { deletedType } }',
    expected: factorsAfterChallenge('ok'),
  },
  {
    operation: 'mutation { createMfaChallenge(factor: TOTP) { id } }',
    expected: {
      ...firstFactor,
      'signed in': noAuthenticator,
      'old session': noAuthenticator,
      JWT: noAuthenticator,
    },
  },
  {
    operation: 'mutation { updateMfaChallenge(challengeId: "x", otp: "123456") { id } }',
    expected: { ...lacking(badToken), JWT: 'USER_SESSION_NOT_FOUND', pending: badToken },
  },
  { operation: 'mutation { createMfaRecoveryCodes { recoveryCodes } }', expected: freshProof },
  {
    operation: 'mutation { updateMfaRecoveryCodes { recoveryCodes } }',
    expected: factorsAfterChallenge('USER_RECOVERY_CODES_NOT_FOUND'),
  },
  { operation: '{ exportAccount }', expected: freshProof },
  { operation: 'mutation { deleteAccount { id } }', expected: freshProof },
  { operation: 'mutation { cancelAccountDeletion { id } }', expected: freshProof },
  // A link disregards all other credentials, also those of blocked and pending callers.
  {
    operation: 'mutation { undoChange(userId: "NOBODY", secret: "x") { event } }',
    expected: withLink(badToken),
    takesLink: true,
  },
  {
    operation: '{ listSecurityChanges(userId: "NOBODY", secret: "x") { id } }',
    expected: withLink(badToken),
    takesLink: true,
  },
  {
    operation: 'mutation { undoUserChanges(userId: "NOBODY", changeIds: []) { event } }',
    expected: operators(noUser),
  },
  { operation: '{ listUsers { nodes { id } } }', expected: operators('ok') },
  { operation: '{ getUser(userId: "NOBODY") { id } }', expected: operators(noUser) },
  { operation: '{ listMessages { totalCount } }', expected: operators('ok') },
  { operation: 'mutation { createUser(email: "EMAIL") { id } }', expected: operators('ok') },
  {
    operation: 'mutation { updateUserStatus(userId: "NOBODY", enabled: false) { id } }',
    expected: operators(noUser),
  },
  {
    operation: 'mutation { updateUserLabels(userId: "NOBODY", labels: []) { id } }',
    expected: operators(noUser),
  },
  {
    operation:
      'mutation { updateUserVerification(userId: "NOBODY", email: "EMAIL", emailVerified: true) { id } }',
    expected: operators(noUser),
  },
  { operation: 'mutation { deleteUserFactors(userId: "NOBODY") { id } }', expected: operators(noUser) },
  {
    operation: 'mutation { deleteUserSessions(userId: "NOBODY") { deletedSessionIds } }',
    expected: operators(noUser),
  },
  { operation: 'mutation { deleteUser(userId: "NOBODY") { deletedUserId } }', expected: operators(noUser) },
  {
    operation: `mutation { retryMessage(messageId: "${newId}") { id } }`,
    expected: operators('MESSAGE_NOT_FOUND'),
  },
];

describe('access', () => {
  let test: TestApp;
  let knownEmail: string;
  beforeAll(async () => {
    // What is limited is tried in the rooms; here it would only cost time.
    test = await createTestApp({ RATE_LIMITS: 'off', ...operatorSettings });
    knownEmail = (await signedInPerson(test)).email;
  });
  afterAll(() => test.close());

  let nobodies = 0;
  const nobody = () => `nobody-${nobodies++}`;
  let phones = 0;
  const nextPhone = () => `+1415555${String(1000 + phones++)}`;

  const signedIn = async () => signedInPerson(test);
  const challenged = async () => {
    const person = await signedInPerson(test);
    await passTotp(test, person.client, await addAuthenticator(test, person.client));
    return person;
  };
  const originals = new Map<() => Promise<Person>, Promise<Person>>();
  /** Copies the rows of a person, with a session that begins now: calls that make one take six times as long. */
  const copyOf = async (make: () => Promise<Person>): Promise<Client> => {
    const original = originals.get(make) ?? make();
    originals.set(make, original);
    const { userId } = await original;
    const { prisma } = test.app.deps.db;
    const now = test.clock.now();
    const [id, secret, client] = [newUserId(), newSecret(), test.client()];
    const [user, session, authenticator] = [
      await prisma.user.findUniqueOrThrow({ where: { id: userId } }),
      await prisma.session.findFirstOrThrow({ where: { userId } }),
      await prisma.authenticator.findFirst({ where: { userId } }),
    ];
    const copied = { ...user, id, email: newEmail(), prefs: {}, passwordHistory: [] };
    await prisma.user.create({ data: copied });
    const times = {
      createdAt: now,
      updatedAt: now,
      expiresAt: later(now, days(1)),
      maxExpiresAt: later(now, days(1)),
    };
    const challengedAt = session.mfaUpdatedAt && { mfaUpdatedAt: now };
    await prisma.session.create({
      data: {
        ...session,
        ...times,
        ...challengedAt,
        id: newRowId(now),
        userId: id,
        secretDigest: digest(secret),
        origin: { ...(session.origin as object) },
      },
    });
    if (authenticator)
      await prisma.authenticator.create({ data: { ...authenticator, id: newRowId(now), userId: id } });
    client.bearer = secret;
    return client;
  };

  const clientOf: Record<Caller, () => Promise<Client>> = {
    guest: async () => test.client(),
    'signed in': () => copyOf(signedIn),
    'old session': async () => {
      const { client, sessionId } = await signedInPerson(test);
      await test.app.deps.db.prisma.session.update({
        where: { id: sessionId },
        data: { createdAt: later(test.clock.now(), -days(20)) },
      });
      return client;
    },
    JWT: async () => jwtClient(await signedInPerson(test)),
    blocked: async () => {
      const { client } = await signedInPerson(test);
      await client.run(UpdateStatusDocument);
      return client;
    },
    pending: async () => {
      const person = await signedInPerson(test);
      await addAuthenticator(test, person.client);
      dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
      await signIn(person.client, person);
      return person.client;
    },
    challenged: () => copyOf(challenged),
    operator: async () => operatorOf(test),
    expired: async () => {
      const { client, sessionId } = await signedInPerson(test);
      await test.app.deps.db.prisma.session.update({
        where: { id: sessionId },
        data: { expiresAt: test.clock.now() },
      });
      return client;
    },
  };

  /**
   * A rejected call changes nothing, so the next rejected call may use the same client. Some states end with time: such a client
   * is replaced when the clock has moved.
   */
  const maxAgeMilliseconds = 5 * 60_000;
  const lasting: ReadonlySet<Caller> = new Set(['guest', 'blocked', 'expired', 'pending', 'operator']);
  const kept = new Map<Caller, { client: Client; madeAt: number }>();
  const callerFor = async (caller: Caller, isRejected: boolean): Promise<Client> => {
    const now = () => test.clock.now().getTime();
    const known = kept.get(caller);
    const isUsable = known && (lasting.has(caller) || now() - known.madeAt < maxAgeMilliseconds);
    if (isRejected && isUsable) return known.client;
    fingerprint = undefined;
    const client = await clientOf[caller]();
    if (isRejected) kept.set(caller, { client, madeAt: now() });
    return client;
  };
  /** All rows as the last rejected call left them; undefined after anything else. */
  let fingerprint: Record<string, string> | undefined;

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
        const isRejected = expected[caller] !== 'ok';
        const client = await callerFor(caller, isRejected);
        const before = isRejected ? (fingerprint ?? (await test.fingerprint())) : {};
        const document = operation
          .replace('EMAIL', newEmail())
          .replace('PHONE', nextPhone())
          .replace('KNOWN', knownEmail)
          .replace('NOBODY', nobody());
        expect(codeOf(await client.send(document))).toBe(expected[caller]);
        fingerprint = isRejected ? await test.fingerprint() : undefined;
        if (isRejected) expect(fingerprint).toEqual(before);
      });
    }
  }

  it('refuses a blocked user who converts nothing, anonymous ones included', async () => {
    const { client } = await anonymousPerson(test);
    await client.run(UpdateStatusDocument);
    expect(codeOf(await client.send('{ getAccount { id } }'))).toBe(blocked);
  });

  it('rejects a bad JWT with USER_JWT_INVALID in every operation that reads credentials', async () => {
    const client = test.client().withBearer('a.b.c');
    for (const { operation, takesLink, expected } of rows) {
      if (takesLink || expected === anyone) continue;
      const document = operation
        .replace('EMAIL', newEmail())
        .replace('PHONE', nextPhone())
        .replace('KNOWN', knownEmail)
        .replace('NOBODY', nobody());
      expect(codeOf(await client.send(document))).toBe('USER_JWT_INVALID');
    }
  });
});
