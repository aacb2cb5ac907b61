import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateAnonymousSessionDocument,
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreatePhoneTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateUserDocument,
  SignInOptionsDocument,
  UpdateEmailDocument,
  UpdateVerificationDocument,
} from '../../src/client/documents.js';
import { days, minutes } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import {
  clientId,
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
} from '../support/identity-provider.js';
import { lastCode, lastLink, lastMessage, messagesTo } from '../support/messages.js';
import { signInAt } from '../support/oauth2-browser.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail, signIn } from '../support/people.js';

// What a thief can do: learn whether an address has an account (same responses, and one email a day to the address), spend money on SMS
// to unknown numbers (none is sent), get in with an address of an allowed domain that is someone else's (the link goes to the owner, and
// the owner's confirmation without the password empties the account). What the owner can do: everything as before, because the rules
// apply only when an account is made.

let oidc: IdentityProvider;
let provider: Record<string, string>;
let phones = 0;
let uids = 0;
const newPhone = (): string => {
  phones += 1;
  return `+1415555${String(2000 + phones)}`;
};

beforeAll(async () => {
  oidc = await startIdentityProvider();
  provider = {
    OAUTH_OIDC_CLIENT_ID: clientId,
    OAUTH_OIDC_CLIENT_SECRET: clientSecret,
    OAUTH_OIDC_ISSUER: oidc.issuer,
    OAUTH_OIDC_VERIFIES_EMAIL: 'on',
  };
});
afterAll(() => oidc.close());

const startServer = (settings: Record<string, string>): Promise<TestApp> =>
  createTestApp({ ...operatorSettings, ...provider, ...settings });

/** Signs in at the provider as a new user of it. */
async function signInAtProvider(test: TestApp, email: string | null, isVerified: boolean) {
  uids += 1;
  oidc.register(`${test.url}/oauth2/oidc/callback`);
  Object.assign(oidc.account, { sub: `sign-up-${uids}`, email, email_verified: isVerified, name: 'Ada' });
  return signInAt(test.client(), 'OIDC');
}

const createUser = async (test: TestApp, user: { email?: string; phone?: string; verified?: boolean }) =>
  dataOf(
    await operatorOf(test).run(CreateUserDocument, {
      ...(user.email && { email: user.email, emailVerified: user.verified ?? true }),
      ...(user.phone && { phone: user.phone, phoneVerified: true }),
      password: goodPassword,
    }),
  ).createUser;

describe('SIGN_UP=invited', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startServer({ SIGN_UP: 'invited', USER_LIMIT: '1' });
  });
  afterAll(() => test.close());

  it('rejects createAccount in the same way for known and unknown addresses', async () => {
    const { email } = await createUser(test, { email: newEmail() });
    for (const address of [email ?? '', newEmail()]) {
      const variables = { email: address, password: goodPassword };
      await expectRefusal(test, 'USER_SIGN_UP_CLOSED', () =>
        test.client().run(CreateAccountDocument, variables),
      );
    }
  });

  it('rejects an anonymous session', () =>
    expectRefusal(test, 'USER_SIGN_UP_CLOSED', () => test.client().run(CreateAnonymousSessionDocument)));

  it.each([
    ['code', async (email: string) => dataOf(await test.client().run(CreateEmailTokenDocument, { email }))],
    [
      'link',
      async (email: string) => dataOf(await test.client().run(CreateMagicUrlTokenDocument, { email })),
    ],
  ])('sends an unknown address one email a day instead of a %s', async (_name, request) => {
    const email = newEmail();
    const ask = async (): Promise<unknown> => Object.values(await request(email))[0];
    expect(await ask()).toMatchObject({ userId: expect.any(String), expiresAt: expect.any(String) });
    await ask();
    const messages = await messagesTo(test, email);
    expect(messages.map(({ subject }) => subject)).toEqual(['No account at Accounts']);
    expect(messages[0]?.text).not.toMatch(/\d{6}|https?:/);
    test.clock.advance(days(1));
    await ask();
    expect(await messagesTo(test, email)).toHaveLength(2);
    expect(await test.app.deps.db.prisma.user.count({ where: { email } })).toBe(0);
  });

  it('sends nothing to an unknown number, and responds as to a known one', async () => {
    const [unknown, known] = [newPhone(), newPhone()];
    await createUser(test, { phone: known });
    const shapes = [];
    for (const phone of [unknown, known]) {
      test.clock.advance(days(1));
      const { createPhoneToken } = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
      shapes.push(Object.keys(createPhoneToken));
    }
    expect(shapes[0]).toEqual(shapes[1]);
    expect([await messagesTo(test, unknown), await messagesTo(test, known)]).toEqual([
      [],
      [expect.anything()],
    ]);
  });

  it('rejects a new user of a provider, even if an account has the address but the provider has not verified it', async () => {
    const { email } = await createUser(test, { email: newEmail() });
    for (const [address, isVerified] of [
      [newEmail(), true],
      [newEmail(), false],
      [email ?? '', false],
      [null, false],
    ] as const)
      expect(await signInAtProvider(test, address, isVerified)).toMatchObject({
        error: 'USER_SIGN_UP_CLOSED',
        secret: '',
      });
  });

  it('rejects a code that was sent before sign-up was closed, and leaves it valid', async () => {
    const open = await startServer({});
    const email = newEmail();
    const { createEmailToken } = dataOf(await open.client().run(CreateEmailTokenDocument, { email }));
    const variables = { userId: createEmailToken.userId, secret: await lastCode(open, email) };
    Object.assign(open.app.deps, { config: { ...open.app.deps.config, SIGN_UP: 'invited' } });
    await expectRefusal(open, 'USER_SIGN_UP_CLOSED', () =>
      open.client().run(CreateSessionDocument, variables),
    );
    Object.assign(open.app.deps, { config: { ...open.app.deps.config, SIGN_UP: 'open' } });
    dataOf(await open.client().run(CreateSessionDocument, variables));
    await open.close();
  });

  it('lets existing users sign in with a password, a code, a number and a provider', async () => {
    test.clock.advance(days(1));
    const [email, phone] = [newEmail(), newPhone()];
    await createUser(test, { email, phone });
    await signIn(test.client(), { email, password: goodPassword });
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    dataOf(
      await test.client().run(CreateSessionDocument, {
        userId: createEmailToken.userId,
        secret: await lastCode(test, email),
      }),
    );
    const { createPhoneToken } = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
    dataOf(
      await test.client().run(CreateSessionDocument, {
        userId: createPhoneToken.userId,
        secret: await lastCode(test, phone),
      }),
    );
    expect(await signInAtProvider(test, email, true)).toMatchObject({
      error: '',
      secret: expect.any(String),
    });
  });

  it('takes as long for an unknown address as for a known one', async () => {
    const { email } = await createUser(test, { email: newEmail() });
    const timeOf = async (address: string): Promise<number> => {
      test.clock.advance(days(1));
      const start = performance.now();
      dataOf(await test.client().run(CreateEmailTokenDocument, { email: address }));
      return performance.now() - start;
    };
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
    for (let round = 0; round < 15; round += 1) {
      times.known.push(await timeOf(email ?? ''));
      times.unknown.push(await timeOf(newEmail()));
    }
    const median = (values: number[]) => values.toSorted((left, right) => left - right)[7] ?? 0;
    const ratio = median(times.known) / median(times.unknown);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('SIGN_UP_DOMAINS', () => {
  let test: TestApp;
  let names = 0;
  const emailAt = (domain: string): string => {
    names += 1;
    return `person-${names}@${domain}`;
  };
  beforeAll(async () => {
    test = await startServer({ SIGN_UP_DOMAINS: 'example.com, *.example.org, Müller.example' });
  });
  afterAll(() => test.close());

  it.each([
    'example.com',
    'EXAMPLE.COM',
    'a.example.org',
    'a.b.example.org',
    'müller.example',
    'xn--mller-kva.example',
  ])('accepts an address of %s', async (domain) => {
    test.clock.advance(minutes(60));
    const variables = { email: emailAt(domain), password: goodPassword };
    dataOf(await test.client().run(CreateAccountDocument, variables));
  });

  it.each([
    'example.org',
    'notexample.com',
    'a.example.com',
    'example.com.evil.test',
    'evil-example.org',
    'aexample.org',
  ])('rejects an address of %s', async (domain) => {
    test.clock.advance(minutes(60));
    const email = emailAt(domain);
    await expectRefusal(test, 'USER_ADDRESS_NOT_ALLOWED', () =>
      test.client().run(CreateAccountDocument, { email, password: goodPassword }),
    );
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    expect((await lastMessage(test, email)).subject).toBe('No account at Accounts');
    expect(await signInAtProvider(test, email, true)).toMatchObject({ error: 'USER_ADDRESS_NOT_ALLOWED' });
  });

  it('lets a new user in only after the link of createAccount, and sends the link again at a sign-in', async () => {
    const client = test.client();
    const person = { email: emailAt('example.com'), password: goodPassword };
    const url = 'http://localhost:3000/verified?x=1';
    dataOf(await client.browse(CreateAccountDocument, { ...person, url }));
    const first = await lastLink(test, person.email);
    expect(first.url.href).toMatch(/^http:\/\/localhost:3000\/verified\?x=1&userId=/);
    const enter = () => client.run(CreateEmailPasswordSessionDocument, person);
    expect(codeOf(await enter())).toBe('USER_EMAIL_NOT_VERIFIED');
    expect(await test.app.deps.db.prisma.session.count({ where: { userId: first.userId } })).toBe(0);
    expect(await messagesTo(test, person.email)).toHaveLength(2);
    expect((await lastLink(test, person.email)).url.pathname).toBe('/auth/verification');
    const { userId, secret } = first;
    dataOf(await client.browse(UpdateVerificationDocument, { userId, secret }));
    dataOf(await enter());
  });

  it('sends no more than the limit of the address, however often the right password is entered', async () => {
    const person = { email: emailAt('example.com'), password: goodPassword };
    dataOf(await test.client().run(CreateAccountDocument, person));
    for (let attempt = 0; attempt < 8; attempt += 1)
      expect(codeOf(await test.client().run(CreateEmailPasswordSessionDocument, person))).toBe(
        'USER_EMAIL_NOT_VERIFIED',
      );
    expect(await messagesTo(test, person.email)).toHaveLength(3);
  });

  it('rejects a wrong password before it says that the address is not verified, and sends nothing', async () => {
    const email = emailAt('example.com');
    dataOf(await test.client().run(CreateAccountDocument, { email, password: goodPassword }));
    const wrong = { email, password: 'another long password' };
    expect(codeOf(await test.client().run(CreateEmailPasswordSessionDocument, wrong))).toBe(
      'USER_INVALID_CREDENTIALS',
    );
    expect(await messagesTo(test, email)).toHaveLength(1);
  });

  it('empties an account that someone else made with the address, when its owner confirms without the password', async () => {
    const email = emailAt('example.com');
    const thief = test.client();
    dataOf(await thief.browse(CreateAccountDocument, { email, password: goodPassword }));
    const { userId, secret } = await lastLink(test, email);
    dataOf(await test.client().browse(UpdateVerificationDocument, { userId, secret }));
    const variables = { email, password: goodPassword };
    expect(codeOf(await thief.run(CreateEmailPasswordSessionDocument, variables))).toBe(
      'USER_INVALID_CREDENTIALS',
    );
  });

  it('keeps the password when the owner gives it on another device', async () => {
    const person = { email: emailAt('example.com'), password: goodPassword };
    dataOf(await test.client().browse(CreateAccountDocument, person));
    const { userId, secret } = await lastLink(test, person.email);
    const variables = { userId, secret, password: goodPassword };
    dataOf(await test.client().browse(UpdateVerificationDocument, variables));
    dataOf(await test.client().run(CreateEmailPasswordSessionDocument, person));
  });

  it('rejects anonymous users, unknown numbers, and providers without a verified address', async () => {
    await expectRefusal(test, 'USER_ADDRESS_NOT_ALLOWED', () =>
      test.client().run(CreateAnonymousSessionDocument),
    );
    const phone = newPhone();
    dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
    expect(await messagesTo(test, phone)).toEqual([]);
    for (const email of [null, emailAt('example.com')])
      expect(await signInAtProvider(test, email, false)).toMatchObject({ error: 'USER_ADDRESS_NOT_ALLOWED' });
  });

  it('accepts a code, and a provider that has verified the address', async () => {
    const [byCode, byProvider] = [emailAt('example.com'), emailAt('a.example.org')];
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email: byCode }));
    const code = { userId: createEmailToken.userId, secret: await lastCode(test, byCode) };
    dataOf(await test.client().run(CreateSessionDocument, code));
    expect(await signInAtProvider(test, byProvider, true)).toMatchObject({ error: '' });
  });

  it('rejects a sign-in by number to an account without a verified email address', async () => {
    const phone = newPhone();
    await createUser(test, { phone });
    const { createPhoneToken } = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
    const code = { userId: createPhoneToken.userId, secret: await lastCode(test, phone) };
    await expectRefusal(test, 'USER_ADDRESS_NOT_ALLOWED', () =>
      test.client().run(CreateSessionDocument, code),
    );
  });

  it('lets in users of other domains whom an operator made', async () => {
    const email = emailAt('elsewhere.test');
    await createUser(test, { email });
    await signIn(test.client(), { email, password: goodPassword });
  });

  it('lets a user of another domain whom an operator made verify the address first', async () => {
    const person = { email: emailAt('elsewhere.test'), password: goodPassword };
    await createUser(test, { email: person.email, verified: false });
    const enter = () => test.client().run(CreateEmailPasswordSessionDocument, person);
    expect(codeOf(await enter())).toBe('USER_EMAIL_NOT_VERIFIED');
    const { userId, secret } = await lastLink(test, person.email);
    const variables = { userId, secret, password: goodPassword };
    dataOf(await test.client().browse(UpdateVerificationDocument, variables));
    dataOf(await enter());
  });

  it('rejects a change to an address of another domain', async () => {
    const email = emailAt('example.com');
    await createUser(test, { email });
    const client = test.client();
    await signIn(client, { email, password: goodPassword });
    await expectRefusal(test, 'USER_ADDRESS_NOT_ALLOWED', () =>
      client.run(UpdateEmailDocument, { email: emailAt('elsewhere.test'), password: goodPassword }),
    );
    const inside = { email: emailAt('b.example.org'), password: goodPassword };
    dataOf(await client.run(UpdateEmailDocument, inside));
  });
});

describe('blocked and disposable domains', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startServer({
      SIGN_UP_BLOCKED_DOMAINS: 'blocked.test,*.blocked.test',
      SIGN_UP_DISPOSABLE: 'off',
    });
  });
  afterAll(() => test.close());

  it.each(['a@blocked.test', 'a@x.blocked.test', 'a@mailinator.com', 'a@inbox.mailinator.com'])(
    'reject %s at sign-up, by code, at a provider and by updateEmail',
    async (email) => {
      test.clock.advance(days(1));
      await expectRefusal(test, 'USER_ADDRESS_NOT_ALLOWED', () =>
        test.client().run(CreateAccountDocument, { email, password: goodPassword }),
      );
      dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
      expect((await lastMessage(test, email)).subject).toBe('No account at Accounts');
      expect(await signInAtProvider(test, email, true)).toMatchObject({ error: 'USER_ADDRESS_NOT_ALLOWED' });
      const own = newEmail();
      await createUser(test, { email: own });
      const client = test.client();
      await signIn(client, { email: own, password: goodPassword });
      await expectRefusal(test, 'USER_ADDRESS_NOT_ALLOWED', () =>
        client.run(UpdateEmailDocument, { email, password: goodPassword }),
      );
    },
  );

  it('leave everything else open', async () => {
    const person = { email: newEmail(), password: goodPassword };
    dataOf(await test.client().run(CreateAccountDocument, person));
    expect(await messagesTo(test, person.email)).toEqual([]);
    dataOf(await test.client().run(CreateEmailPasswordSessionDocument, person));
    dataOf(await test.client().run(CreateAnonymousSessionDocument));
    expect(await signInAtProvider(test, null, false)).toMatchObject({ error: '' });
  });

  it('leave users alone who have such an address already', async () => {
    const email = 'old@mailinator.com';
    await createUser(test, { email });
    await signIn(test.client(), { email, password: goodPassword });
    dataOf(await test.client().run(CreateRecoveryDocument, { email }));
    expect(await messagesTo(test, email)).toHaveLength(1);
  });
});

describe('signInOptions', () => {
  const optionsOf = async (settings: Record<string, string>) => {
    const test = await startServer(settings);
    const { signInOptions } = dataOf(await test.client().run(SignInOptionsDocument));
    await test.close();
    return signInOptions;
  };

  it('lists every method that works, and the providers by name', async () => {
    expect(await optionsOf({})).toEqual({
      appName: 'Accounts',
      signUp: 'OPEN',
      methods: ['EMAIL_PASSWORD', 'EMAIL_OTP', 'MAGIC_URL', 'PHONE', 'PASSKEY', 'OAUTH2', 'ANONYMOUS'],
      providers: [{ provider: 'OIDC', name: 'OpenID Connect' }],
      passwordMinLength: 8,
      mfaRequired: false,
      termsUrl: null,
      privacyUrl: null,
      proof: null,
    });
  });

  it('leaves out what is switched off or cannot work', async () => {
    expect(
      await optionsOf({
        SIGN_UP: 'invited',
        AUTH_METHODS: 'email-password,email-otp,phone,anonymous',
        MAIL_URL: 'none',
        SMS_URL: 'none',
        PASSWORD_MIN: '12',
      }),
    ).toMatchObject({
      signUp: 'INVITED',
      methods: ['EMAIL_PASSWORD'],
      providers: [],
      passwordMinLength: 12,
    });
  });

  it('reads no credentials and no rows, and may be cached for a minute', async () => {
    const test = await startServer({});
    const client = test.client().withBearer('a.b.c');
    const statements: string[] = [];
    const { query } = test.app.deps.db;
    const record: typeof query = (statement) => {
      statements.push(statement.text);
      return query(statement);
    };
    Object.assign(test.app.deps.db, { query: record });
    dataOf(await client.run(SignInOptionsDocument));
    // The worker reads the outbox at the same time.
    expect(statements.filter((text) => !text.includes('outbox'))).toEqual([]);
    const get = async (text: string) =>
      (await client.fetch(`/graphql?query=${encodeURIComponent(text)}`)).headers.get('cache-control');
    expect(await get('{ signInOptions { appName } }')).toBe('public, max-age=60');
    expect(await get('{ signInOptions { appName } getAccount { id } }')).toBe('no-store');
    await test.close();
  });
});
