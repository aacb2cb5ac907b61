import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateAnonymousSessionDocument,
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateIdTokenNonceDocument,
  CreateIdTokenSessionDocument,
  CreateInvitationDocument,
  CreateMagicUrlTokenDocument,
  CreatePhoneTokenDocument,
  CreateSessionDocument,
  CreateUserDocument,
  GetAccountDocument,
  ListUsersDocument,
  UpdateEmailDocument,
  UpdatePhoneDocument,
} from '../../src/client/documents.js';
import { days, unixSeconds } from '../../src/clock.js';
import type { Decide, Decision, DecisionRequest } from '../../src/decisions.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer, Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import {
  clientId,
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
} from '../support/identity-provider.js';
import { startTokenProvider } from '../support/id-tokens.js';
import { lastCode, lastLink } from '../support/messages.js';
import { signInAt } from '../support/oauth2-browser.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { addPasskey, Device, passkeySettings, signInByPasskey } from '../support/passkeys.js';
import { goodPassword, newEmail, signedInPerson, signIn } from '../support/people.js';
import { createReceiver } from '../examples/decide/receiver.js';

// What a thief can do: no more than without the hook, because the secret is checked first and nothing is used up by a refusal. What the
// application can do: refuse, and give labels. It never sees a password, code or secret. If it is down, DECIDE_ON_FAILURE decides.

const settings = { ...operatorSettings, ...passkeySettings, DECIDE_REASONS: 'country,competitor' };
const allow: Decision = { allow: true };
let numbers = 0;
const newPhone = (): string => {
  numbers += 1;
  return `+1415555${String(5000 + numbers)}`;
};

let test: TestApp;
let oidc: IdentityProvider;
let requests: DecisionRequest[] = [];
let decide: Decide = () => allow;

const startServer = (more: Record<string, string>): Promise<TestApp> =>
  createTestApp({ ...settings, METRICS: 'on', ...more }, undefined, undefined, {
    decide: (request, options) => {
      requests.push(request);
      return decide(request, options);
    },
  });

beforeAll(async () => {
  oidc = await startIdentityProvider();
  test = await startServer({
    DECIDE_ON_FAILURE: 'refuse',
    OAUTH_OIDC_CLIENT_ID: clientId,
    OAUTH_OIDC_CLIENT_SECRET: clientSecret,
    OAUTH_OIDC_ISSUER: oidc.issuer,
    OAUTH_OIDC_VERIFIES_EMAIL: 'on',
  });
  oidc.register(`${test.url}/oauth2/oidc/callback`);
});
afterAll(async () => {
  await test.close();
  await oidc.close();
});
beforeEach(() => {
  requests = [];
  decide = () => allow;
  test.clock.advance(days(1));
});

const signUp = (email = newEmail(), on = test): Promise<Answer<unknown>> =>
  on.client().run(CreateAccountDocument, { email, password: goodPassword });

/** Everything that makes a user or a session, or changes an address: what comes before, and the call that is decided. */
const ways: Record<
  string,
  { readonly asks: readonly string[]; prepare(): Promise<() => Promise<Answer<unknown>>> }
> = {
  createAccount: {
    asks: ['user.create email-password'],
    prepare: async () => {
      const email = newEmail();
      return () => signUp(email);
    },
  },
  'password sign-in': {
    asks: ['session.create email-password'],
    prepare: async () => {
      const email = newEmail();
      await signUp(email);
      const variables = { email, password: goodPassword };
      return () => test.client().run(CreateEmailPasswordSessionDocument, variables);
    },
  },
  'anonymous session': {
    asks: ['user.create anonymous', 'session.create anonymous'],
    prepare: async () => () => test.client().run(CreateAnonymousSessionDocument),
  },
  'first sign-in by email code': {
    asks: ['user.create email-otp', 'session.create email-otp'],
    prepare: async () => {
      const email = newEmail();
      const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
      const variables = { userId: createEmailToken.userId, secret: await lastCode(test, email) };
      return () => test.client().run(CreateSessionDocument, variables);
    },
  },
  'first sign-in by magic link': {
    asks: ['user.create magic-url', 'session.create magic-url'],
    prepare: async () => {
      const email = newEmail();
      dataOf(await test.client().run(CreateMagicUrlTokenDocument, { email }));
      const { userId, secret } = await lastLink(test, email);
      return () => test.client().run(CreateSessionDocument, { userId, secret });
    },
  },
  'first sign-in by phone code': {
    asks: ['user.create phone', 'session.create phone'],
    prepare: async () => {
      const phone = newPhone();
      const { createPhoneToken } = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
      const variables = { userId: createPhoneToken.userId, secret: await lastCode(test, phone) };
      return () => test.client().run(CreateSessionDocument, variables);
    },
  },
  invitation: {
    asks: ['user.create invitation', 'session.create magic-url'],
    prepare: async () => {
      const email = newEmail();
      dataOf(await operatorOf(test).run(CreateInvitationDocument, { email }));
      const { userId, secret } = await lastLink(test, email);
      return () => test.client().run(CreateSessionDocument, { userId, secret });
    },
  },
  updateEmail: {
    asks: ['address.update null'],
    prepare: async () => {
      const { client } = await signedInPerson(test);
      const variables = { email: newEmail(), password: goodPassword };
      return () => client.run(UpdateEmailDocument, variables);
    },
  },
  updatePhone: {
    asks: ['address.update null'],
    prepare: async () => {
      const { client } = await signedInPerson(test);
      const variables = { phone: newPhone(), password: goodPassword };
      return () => client.run(UpdatePhoneDocument, variables);
    },
  },
};

describe('the application', () => {
  it.each(Object.entries(ways))(
    'is asked, and can reject %s, and the same request succeeds after that',
    async (_name, way) => {
      const call = await way.prepare();
      decide = () => ({ allow: false, reason: 'country' });
      requests = [];
      const answer = await expectRefusal(test, 'USER_REFUSED', call);
      expect(answer.errors[0]?.extensions).toMatchObject({ reason: 'country' });
      decide = () => allow;
      requests = [];
      expect(codeOf(await call())).toBe('ok');
      expect(requests.map(({ type, method }) => `${type} ${method}`)).toEqual(way.asks);
      for (const { origin, userId } of requests)
        expect([origin.ip, userId]).toEqual(['10.9.9.9', expect.any(String)].map(() => expect.any(String)));
    },
  );

  it('is asked, and can refuse, a new user of an OAuth provider and each sign-in with one', async () => {
    Object.assign(oidc.account, { sub: newEmail(), email: newEmail(), email_verified: true, name: 'Ada' });
    decide = () => ({ allow: false, reason: 'competitor' });
    expect(await signInAt(test.client(), 'OIDC')).toMatchObject({ error: 'USER_REFUSED', secret: '' });
    expect(requests).toMatchObject([{ type: 'user.create', method: 'oauth2', provider: 'oidc' }]);
    decide = ({ type }) => (type === 'session.create' ? { allow: false, reason: 'country' } : allow);
    const client = test.client();
    const { userId, secret } = await signInAt(client, 'OIDC');
    const redeem = () => client.signedOut().run(CreateSessionDocument, { userId, secret });
    expect(codeOf(await redeem())).toBe('USER_REFUSED');
    decide = () => allow;
    dataOf(await redeem());
  });

  it('learns whether an address is verified', async () => {
    Object.assign(oidc.account, { sub: newEmail(), email: newEmail(), email_verified: false, name: 'Eve' });
    await signInAt(test.client(), 'OIDC');
    Object.assign(oidc.account, { sub: newEmail(), email: newEmail(), email_verified: true, name: 'Ada' });
    await signInAt(test.client(), 'OIDC');
    expect(requests.map(({ emailVerified }) => emailVerified)).toEqual([false, true]);
  });

  it('can refuse the address of a provider profile without refusing the sign-in', async () => {
    Object.assign(oidc.account, { sub: newEmail(), email: null, email_verified: false, name: 'Ada' });
    const { userId } = await signInAt(test.client(), 'OIDC');
    Object.assign(oidc.account, { email: newEmail(), email_verified: true });
    decide = ({ type }) => (type === 'address.update' ? { allow: false, reason: 'country' } : allow);
    expect(await signInAt(test.client(), 'OIDC')).toMatchObject({ userId, error: '' });
    expect(await test.app.deps.db.prisma.user.findUnique({ where: { id: userId } })).toMatchObject({
      email: null,
    });
    decide = () => allow;
    await signInAt(test.client(), 'OIDC');
    expect(await test.app.deps.db.prisma.user.findUnique({ where: { id: userId } })).toMatchObject({
      email: oidc.account.email,
    });
  });

  it('leaves a code valid however often it refuses', async () => {
    const email = newEmail();
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const variables = { userId: createEmailToken.userId, secret: await lastCode(test, email) };
    const client = test.client();
    decide = () => ({ allow: false, reason: 'country' });
    for (let attempt = 0; attempt < 12; attempt += 1)
      expect(codeOf(await client.run(CreateSessionDocument, variables))).toBe('USER_REFUSED');
    decide = () => allow;
    dataOf(await client.run(CreateSessionDocument, variables));
  });

  it('is asked about, and can refuse, a user and a session with an ID token', async () => {
    const tokens = await startTokenProvider();
    const app = await startServer({
      DECIDE_ON_FAILURE: 'refuse',
      OAUTH_OIDC_ISSUER: tokens.issuer,
      OAUTH_OIDC_AUDIENCES: 'app',
    });
    try {
      const attempt = async () => {
        const { createIdTokenNonce } = dataOf(await app.client().run(CreateIdTokenNonceDocument));
        const { nonce } = createIdTokenNonce;
        const iat = unixSeconds(app.clock.now());
        const claims = { iss: tokens.issuer, aud: 'app', sub: 'ada', iat, exp: iat + 60, nonce };
        const idToken = await tokens.sign(claims);
        return app.client().run(CreateIdTokenSessionDocument, { provider: 'OIDC', idToken, nonce });
      };
      decide = () => ({ allow: false, reason: 'country' });
      expect(codeOf(await attempt())).toBe('USER_REFUSED');
      expect(await app.app.deps.db.prisma.user.count()).toBe(0);
      requests = [];
      decide = () => allow;
      expect(codeOf(await attempt())).toBe('ok');
      expect(requests).toMatchObject([
        { type: 'user.create', method: 'oauth2', provider: 'oidc' },
        { type: 'session.create', method: 'oauth2', provider: 'oidc' },
      ]);
    } finally {
      await app.close();
      await tokens.close();
    }
  });

  it('is asked, and can refuse, a sign-in with a passkey', async () => {
    const { client } = await signedInPerson(test);
    const device = new Device();
    await addPasskey(client, device);
    decide = () => ({ allow: false, reason: 'country' });
    requests = [];
    expect(await signInByPasskey(test, device)).toBe('USER_REFUSED');
    expect(requests).toMatchObject([{ type: 'session.create', method: 'passkey' }]);
  });

  it('learns the id that the account gets, its address and the origin, and no secret', async () => {
    const email = newEmail();
    const { createAccount } = dataOf(
      await test.client().run(CreateAccountDocument, { email, password: goodPassword, name: 'Ada' }),
    );
    expect(requests).toEqual([
      {
        type: 'user.create',
        userId: createAccount.id,
        email,
        emailVerified: false,
        phone: null,
        phoneVerified: false,
        method: 'email-password',
        provider: null,
        origin: expect.objectContaining({ ip: expect.any(String) }),
      },
    ]);
    expect(JSON.stringify(requests)).not.toContain(goodPassword);
  });

  it('is not asked about what operators do', async () => {
    dataOf(await operatorOf(test).run(CreateUserDocument, { email: newEmail() }));
    expect(requests).toEqual([]);
  });

  it('is not asked before the secret is right', async () => {
    const email = newEmail();
    await signUp(email);
    requests = [];
    await test.client().run(CreateEmailPasswordSessionDocument, { email, password: 'a wrong password' });
    expect(requests).toEqual([]);
  });

  it('can call the API while it decides', async () => {
    decide = async ({ email }) => {
      const { listUsers } = dataOf(await operatorOf(test).run(ListUsersDocument, { search: email }));
      dataOf(await operatorOf(test).run(CreateUserDocument, { email: newEmail() }));
      return listUsers.nodes.length === 0 ? allow : { allow: false, reason: 'competitor' };
    };
    expect(codeOf(await signUp())).toBe('ok');
  });

  it('does not make a code work twice', async () => {
    const email = newEmail();
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const variables = { userId: createEmailToken.userId, secret: await lastCode(test, email) };
    const redeem = () => test.client().run(CreateSessionDocument, variables);
    const codes = (await Promise.all([redeem(), redeem()])).map(codeOf);
    expect(codes.sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
  });
});

describe('labels of the application', () => {
  const labelsOf = async (client: Client) => dataOf(await client.run(GetAccountDocument)).getAccount.labels;

  it('are given to the new account', async () => {
    decide = ({ type }) => (type === 'user.create' ? { allow: true, labels: ['trial', 'eu'] } : allow);
    const email = newEmail();
    await signUp(email);
    const client = test.client();
    await signIn(client, { email, password: goodPassword });
    expect(await labelsOf(client)).toEqual(['trial', 'eu']);
  });

  it('are removed when someone else verifies the address, and labels of operators stay', async () => {
    decide = ({ type }) => (type === 'user.create' ? { allow: true, labels: ['trial'] } : allow);
    const email = newEmail();
    const { createAccount } = dataOf(
      await test.client().run(CreateAccountDocument, { email, password: goodPassword }),
    );
    await test.app.deps.db.prisma.user.update({
      where: { id: createAccount.id },
      data: { labels: ['trial', 'staff'] },
    });
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const { createSession } = dataOf(
      await test.client().run(CreateSessionDocument, {
        userId: createEmailToken.userId,
        secret: await lastCode(test, email),
      }),
    );
    expect(createSession.userId).toBe(createAccount.id);
    expect(await labelsOf(test.client().withBearer(createSession.secret))).toEqual(['staff']);
  });
});

describe('an application that fails', () => {
  const failures: Record<string, Decide> = {
    throws: () => {
      throw new Error('down');
    },
    'never responds': () => new Promise<Decision>(() => {}),
    'responds with nonsense': () => ({ allow: 'yes' }) as unknown as Decision,
    'gives labels that are none': () => ({ allow: true, labels: ['a b'] }),
    'refuses without a reason': () => ({ allow: false }) as unknown as Decision,
  };
  const countOf = async (on: TestApp, result: string): Promise<number> => {
    const text = await (await fetch(`${on.url}/metrics`)).text();
    const line = new RegExp(`^external_checks_total\\{check="decision",result="${result}"\\} (\\d+)$`, 'm');
    return Number(line.exec(text)?.[1] ?? 0);
  };

  it.each(Object.entries(failures))(
    'and %s refuses with DECIDE_ON_FAILURE=refuse',
    async (_name, failure) => {
      decide = failure;
      const before = await countOf(test, 'failed');
      const answer = await expectRefusal(test, 'USER_REFUSED', () => signUp());
      expect(answer.errors[0]?.extensions).toMatchObject({ reason: null });
      expect(await countOf(test, 'failed')).toBe(before + 1);
    },
  );

  it('allows with DECIDE_ON_FAILURE=allow', async () => {
    const lenient = await startServer({ DECIDE_ON_FAILURE: 'allow' });
    for (const failure of [failures['throws'], failures['responds with nonsense']]) {
      if (failure) decide = failure;
      expect(codeOf(await signUp(newEmail(), lenient))).toBe('ok');
    }
    await lenient.close();
  });

  it('does not pass on a reason that DECIDE_REASONS does not list', async () => {
    decide = () => ({ allow: false, reason: 'the user is on our blacklist' });
    const answer = await signUp();
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'USER_REFUSED', reason: null });
    expect(await countOf(test, 'rejected')).toBeGreaterThan(0);
  });
});

describe('DECIDE_URL', () => {
  const secret = `whsec_${Buffer.from('a secret for the tests of decisions').toString('base64')}`;

  it('asks the sample receiver, which checks the signature', async () => {
    const receiver = createReceiver(secret);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/decide`;
    const withUrl = { ...settings, DECIDE_URL: url, DECIDE_SECRET: secret, DECIDE_ON_FAILURE: 'refuse' };
    const remote = await createTestApp(withUrl);
    // The receiver rejects questions that are five minutes old.
    const now = Math.round((performance.timeOrigin + performance.now()) / 1000);
    remote.clock.advance(now - unixSeconds(remote.clock.now()));
    const answer = await signUp('ada@competitor.example', remote);
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'USER_REFUSED', reason: 'competitor' });
    const email = newEmail();
    expect(codeOf(await signUp(email, remote))).toBe('ok');
    expect(await remote.app.deps.db.prisma.user.findFirst({ where: { email } })).toMatchObject({
      labels: ['trial'],
    });
    await remote.close();
    const forged = await createTestApp({
      ...withUrl,
      DECIDE_SECRET: `whsec_${Buffer.from('another secret, of someone else').toString('base64')}`,
    });
    expect(codeOf(await signUp(newEmail(), forged))).toBe('USER_REFUSED');
    await forged.close();
    receiver.close();
  });
});

describe('every way to make a user or a session', () => {
  const source = join(import.meta.dirname, '../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name.startsWith('features/'))
    .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));
  const callersOf = (name: string): string[] =>
    files
      .filter(({ text }) => new RegExp(`(?<!function )\\b${name}\\(`).test(text))
      .map((file) => file.name)
      .sort();

  it('asks the application, except operators', () => {
    const callers = [
      ...new Set([
        ...callersOf('createUser'),
        ...callersOf('issueSession'),
        ...callersOf('setDisplayedAddress'),
      ]),
    ];
    const silent = callers.filter(
      (name) => !files.some((file) => file.name === name && file.text.includes('withDecisions(')),
    );
    // Both run inside the transaction of `linking/identity-sign-in.ts`.
    expect(silent.sort()).toEqual([
      'features/oauth2/linking/service.ts',
      'features/operators/users/creation.ts',
      'features/sign-in/id-token/service.ts',
    ]);
    expect(callers.length).toBe(9);
  });

  it('has a test in this file if it creates a session', () => {
    expect(callersOf('issueSession')).toEqual([
      'features/sign-in/anonymous/service.ts',
      'features/sign-in/id-token/service.ts',
      'features/sign-in/one-time-token/service.ts',
      'features/sign-in/passkey/service.ts',
      'features/sign-in/password/service.ts',
    ]);
  });

  it('asks the rules for signing up, except operators', () => {
    const exempt = files.filter(({ text }) => /(?<!function )createUser\((?:[^;]*)'operator',/s.test(text));
    expect(exempt.map(({ name }) => name)).toEqual(['features/operators/users/creation.ts']);
  });
});
