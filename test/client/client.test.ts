import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TypedDocumentNode } from '../../src/client/documents.js';
import {
  type AccountError,
  type Client,
  type ClientOptions,
  ConnectionError,
  createClient,
  isAccountError,
  memoryStorage,
  type SessionState,
  type SignIn,
} from '../../src/client/client.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeNow } from '../support/authenticator.js';
import {
  clientId,
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
} from '../support/identity-provider.js';
import { lastCode, lastLink } from '../support/messages.js';
import { follow } from '../support/oauth2-browser.js';
import { goodPassword as password, newEmail } from '../support/people.js';

let test: TestApp;
let lastAddress = 0;
let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider();
  test = await createTestApp({
    OAUTH_OIDC_CLIENT_ID: clientId,
    OAUTH_OIDC_CLIENT_SECRET: clientSecret,
    OAUTH_OIDC_ISSUER: provider.issuer,
  });
  provider.register(`${test.url}/oauth2/oidc/callback`);
});
afterAll(async () => {
  await test.close();
  await provider.close();
});

/** A client at an address of its own. */
function clientOf(options: Partial<ClientOptions> = {}): Client {
  lastAddress += 1;
  const headers = { 'x-forwarded-for': `10.7.${Math.floor(lastAddress / 250)}.${lastAddress % 250}` };
  return createClient({ url: `${test.url}/graphql`, headers, ...options });
}

/** Somebody with an account, and their client. */
async function person(options: Partial<ClientOptions> = {}) {
  const client = clientOf(options);
  const email = newEmail();
  const user = await client.createAccount({ email, password });
  return { client, email, user };
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'ok',
    (error: AccountError) => error.code,
  );

/** Signs in where no factor is due. */
async function signIn(client: Client, email: string) {
  const step = await client.signIn.withPassword({ email, password });
  if (step.status !== 'signedIn') throw new Error('a factor is missing');
  return step.session;
}

describe('operations', () => {
  it('are methods that answer what the operation does', async () => {
    const { client, email, user } = await person();
    expect(user).toMatchObject({ email, emailVerified: false });
    await signIn(client, email);
    expect(await client.getAccount()).toMatchObject({ id: user.id, email });
    expect((await client.updatePrefs({ prefs: { theme: 'dark' } })).prefs).toEqual({ theme: 'dark' });
    const sessions = await client.listSessions();
    expect(
      sessions.nodes.map(({ factors, provider, missingFactors }) => ({ factors, provider, missingFactors })),
    ).toEqual([{ factors: ['password'], provider: 'email', missingFactors: [] }]);
  });

  it('throw an error that says all that the server said', async () => {
    const { client } = await person();
    const error = await client
      .createAccount({ email: 'nobody', password: 'x' })
      .catch((thrown: unknown) => thrown);
    expect(isAccountError(error)).toBe(true);
    expect(isAccountError(error, 'USER_BLOCKED')).toBe(false);
    expect(isAccountError(error, 'USER_BLOCKED', 'GENERAL_ARGUMENT_INVALID')).toBe(true);
    const { code, argument, issues, message, requestId, retryAfterSeconds, factors } = error as AccountError;
    expect({ code, argument, message, retryAfterSeconds, factors }).toEqual({
      code: 'GENERAL_ARGUMENT_INVALID',
      argument: 'email',
      message: 'An argument is invalid.',
      retryAfterSeconds: null,
      factors: [],
    });
    expect(issues.map(({ argument }) => argument)).toEqual(['email', 'password']);
    expect(requestId).toMatch(/^\S{8,}$/);
  });

  it('of one’s own run, and keep what worked beside what failed', async () => {
    const { client, email } = await person();
    const document = parse(`mutation ($email: String!, $password: String!) {
      session: createEmailPasswordSession(email: $email, password: $password) { id secret }
      updateName(name: "${'x'.repeat(200)}") { id }
    }`) as TypedDocumentNode<
      { session: { id: string } | null; updateName: { id: string } | null },
      { email: string; password: string }
    >;
    const error = await client.run(document, { email, password }).catch((thrown: unknown) => thrown);
    expect((error as AccountError).data).toMatchObject({
      session: { secret: expect.any(String) },
      updateName: null,
    });
    // The sign-in happened.
    expect((await client.getAccount()).email).toBe(email);
  });
});

describe('the session', () => {
  it('is kept in the storage, tells the app of its beginning and end, and is gone at once', async () => {
    const storage = memoryStorage();
    const [onSignedIn, onSignedOut] = [vi.fn(), vi.fn()];
    const { client, email } = await person({ storage, onSignedIn, onSignedOut });
    await signIn(client, email);
    expect(onSignedIn).toHaveBeenCalledOnce();
    expect(await storage.getItem('gatehouse.session')).toMatch(/^session_/);
    const again = clientOf({ storage });
    expect((await again.getAccount()).email).toBe(email);
    await client.signOut();
    expect(onSignedOut).toHaveBeenCalledOnce();
    expect(await storage.getItem('gatehouse.session')).toBeNull();
    expect(await codeOf(client.getAccount())).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(onSignedOut).toHaveBeenCalledOnce();
  });

  it('that ended elsewhere is noticed with the next call', async () => {
    const storage = memoryStorage();
    const onSignedOut = vi.fn();
    const { client, email } = await person({ storage, onSignedOut });
    await signIn(client, email);
    const other = clientOf();
    await signIn(other, email);
    await other.deleteSessions();
    expect(onSignedOut).not.toHaveBeenCalled();
    expect(await codeOf(client.getAccount())).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(onSignedOut).toHaveBeenCalledOnce();
    expect(await storage.getItem('gatehouse.session')).toBeNull();
  });

  it('is a state to draw from, another object for each change', async () => {
    const storage = memoryStorage();
    const { client, email, user } = await person({ storage });
    const seen: SessionState[] = [client.session];
    const unsubscribe = client.subscribe(() => seen.push(client.session));
    await signIn(client, email);
    const secret = await secondFactor(client);
    await client.getAccount();
    await client.signOut();
    const step = await client.signIn.withPassword({ email, password });
    const reloaded = clientOf({ storage });
    expect(reloaded.session).toEqual({ status: 'unknown' });
    await reloaded.signIn.resume();
    expect(reloaded.session).toEqual({ status: 'factorRequired', factors: ['TOTP'] });
    if (step.status !== 'factorRequired') throw new Error('no factor was asked for');
    await (await step.ask('TOTP')).answer(codeNow(test, secret));
    unsubscribe();
    await client.signOut();
    expect(seen).toEqual([
      { status: 'unknown' },
      { status: 'signedIn', userId: user.id },
      { status: 'signedOut' },
      { status: 'factorRequired', factors: ['TOTP'] },
      { status: 'signedIn', userId: user.id },
    ]);
    expect(client.session).toEqual({ status: 'signedOut' });
  });

  it('is found again by the first query after the page was loaded', async () => {
    const storage = memoryStorage();
    const { client, email, user } = await person({ storage });
    await signIn(client, email);
    const [onSignedIn, again] = [vi.fn(), clientOf({ storage })];
    const quiet = clientOf({ storage, onSignedIn });
    await again.getAccount();
    await quiet.signIn.resume();
    const found = { status: 'signedIn', userId: user.id };
    expect([again.session, quiet.session]).toEqual([found, found]);
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  it('stays over when an answer of the former session comes late', async () => {
    let release = () => {};
    let hold: Promise<void> = Promise.resolve();
    const slow: typeof fetch = async (...request) => {
      const held = hold;
      const response = await fetch(...request);
      await held;
      return response;
    };
    const { client, email } = await person({ storage: memoryStorage(), fetch: slow });
    await signIn(client, email);
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const late = client.getAccount();
    // The request has its bearer before the sign-out removes it.
    await new Promise((resolve) => setImmediate(resolve));
    hold = Promise.resolve();
    await client.signOut();
    release();
    await late.catch(() => undefined);
    expect(client.session).toEqual({ status: 'signedOut' });
  });

  it('does not announce the end of a sign-in whose second factor was missing', async () => {
    const onSignedOut = vi.fn();
    const { client, email } = await person({ onSignedOut });
    await signIn(client, email);
    await secondFactor(client);
    await client.signOut();
    onSignedOut.mockClear();
    await client.signIn.withPassword({ email, password });
    await client.signIn.withPassword({ email, password });
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  it('that is new outlives the refusal of a call that the old one made', async () => {
    const storage = memoryStorage();
    let hold: Promise<void> = Promise.resolve();
    const slow: typeof fetch = async (...request) => {
      const held = hold;
      const response = await fetch(...request);
      await held;
      return response;
    };
    const { client, email } = await person({ storage, fetch: slow });
    const { id } = await signIn(client, email);
    const other = clientOf();
    await signIn(other, email);
    await other.deleteSession({ sessionId: id });
    let release = () => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const refused = codeOf(client.getAccount());
    hold = Promise.resolve();
    await signIn(client, email);
    release();
    expect(await refused).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect((await client.getAccount()).email).toBe(email);
  });

  it('lends a JWT, the same until a minute before it ends, and another after another sign-in', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: test.clock.now() });
    try {
      const { client, email } = await person();
      await signIn(client, email);
      const [first, second] = await Promise.all([client.jwt(), client.jwt()]);
      expect(second).toBe(first);
      vi.advanceTimersByTime(839_000);
      expect(await client.jwt()).toBe(first);
      vi.advanceTimersByTime(1_000);
      test.clock.advance(840);
      const renewed = await client.jwt();
      expect(renewed).not.toBe(first);
      await signIn(clientOf(), email);
      expect(await client.jwt()).toBe(renewed);
      await client.signOut();
      expect(await codeOf(client.jwt())).toBe('GENERAL_UNAUTHORIZED_SCOPE');
      await signIn(client, email);
      expect(await client.jwt()).not.toBe(renewed);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** Sets up an authenticator and turns MFA on; answers its secret. */
async function secondFactor(client: Client): Promise<string> {
  const { secret } = await client.createMfaAuthenticator({ type: 'TOTP' });
  await client.updateMfaAuthenticator({ type: 'TOTP', otp: codeNow(test, secret) });
  await client.updateMFA({ mfa: true });
  test.clock.advance(60);
  return secret;
}

describe('signing in', () => {
  it('asks for the second factor where one is due', async () => {
    const { client, email } = await person();
    await signIn(client, email);
    const secret = await secondFactor(client);
    await client.signOut();
    const step = await client.signIn.withPassword({ email, password });
    if (step.status !== 'factorRequired') throw new Error('no factor was asked for');
    expect(step.factors).toEqual(['TOTP']);
    const refused = await client.getAccount().catch((error: unknown) => error);
    expect(isAccountError(refused, 'USER_MORE_FACTORS_REQUIRED') && refused.factors).toEqual(['TOTP']);
    expect(step.codeFactors).toEqual(['TOTP']);
    const challenge = await step.ask('TOTP');
    expect(challenge).toMatchObject({ factor: 'TOTP' });
    expect(await codeOf(challenge.answer('000000'))).toBe('USER_INVALID_TOKEN');
    const done: SignIn = await challenge.answer(codeNow(test, secret), { trustDevice: true });
    expect(done).toMatchObject({ status: 'signedIn', session: { factors: ['password', 'totp'] } });
    expect((await client.getAccount()).email).toBe(email);
    expect(await client.listTrustedDevices()).toMatchObject([{ lastUsedAt: null }]);
  });

  it('resumes at the second factor after the page was loaded again', async () => {
    const storage = memoryStorage();
    const { client, email } = await person({ storage });
    expect(await client.signIn.resume()).toBeNull();
    await signIn(client, email);
    const secret = await secondFactor(client);
    expect(await client.signIn.resume()).toMatchObject({ status: 'signedIn' });
    await client.signOut();
    await client.signIn.withPassword({ email, password });
    const reloaded = clientOf({ storage });
    const step = await reloaded.signIn.resume();
    if (step?.status !== 'factorRequired') throw new Error('no factor was asked for');
    expect(step.factors).toEqual(['TOTP']);
    const challenge = await step.ask('TOTP');
    expect(await challenge.answer(codeNow(test, secret))).toMatchObject({ status: 'signedIn' });
    expect((await reloaded.getAccount()).email).toBe(email);
  });

  it('starts again while a second factor is missing', async () => {
    const { client, email } = await person();
    await signIn(client, email);
    await secondFactor(client);
    await client.signOut();
    expect(await client.signIn.withPassword({ email, password })).toMatchObject({ status: 'factorRequired' });
    expect(await client.signIn.withPassword({ email, password })).toMatchObject({ status: 'factorRequired' });
    const other = await clientOf().createAccount({ email: newEmail(), password });
    const step = await client.signIn.withPassword({ email: other.email ?? '', password });
    expect(step).toMatchObject({ status: 'signedIn', session: { userId: other.id } });
  });

  it('starts again at a provider while a second factor is missing', async () => {
    const { client, email } = await person();
    await signIn(client, email);
    await secondFactor(client);
    await client.signOut();
    expect(await client.signIn.withPassword({ email, password })).toMatchObject({ status: 'factorRequired' });
    const success = 'http://localhost:3000/in';
    expect(await client.signIn.withProvider({ provider: 'OIDC', success })).toMatchObject({
      status: 'redirect',
    });
    expect(client.session).toEqual({ status: 'signedOut' });
  });

  it('tells the app when the second factor is proven, not before', async () => {
    const onSignedIn = vi.fn();
    const { client, email } = await person({ onSignedIn });
    await signIn(client, email);
    const secret = await secondFactor(client);
    await client.signOut();
    onSignedIn.mockClear();
    const step = await client.signIn.withPassword({ email, password });
    if (step.status !== 'factorRequired') throw new Error('no factor was asked for');
    expect(onSignedIn).not.toHaveBeenCalled();
    await (await step.ask('TOTP')).answer(codeNow(test, secret));
    expect(onSignedIn).toHaveBeenCalledTimes(1);
  });

  it('works by e-mail code and by phone code, and without any address', async () => {
    const client = clientOf();
    const email = newEmail();
    const sent = await client.signIn.withEmailCode({ email, phrase: true });
    expect(sent).toMatchObject({ status: 'codeSent', phrase: expect.stringMatching(/\w/) });
    expect(await codeOf(sent.answer('000000'))).toBe('USER_INVALID_TOKEN');
    expect(await sent.answer(await lastCode(test, email))).toMatchObject({ status: 'signedIn' });
    expect(await client.getAccount()).toMatchObject({ email, emailVerified: true });

    const phoned = clientOf();
    const phone = '+14155550142';
    const texted = await phoned.signIn.withPhoneCode({ phone });
    expect(await texted.answer(await lastCode(test, phone))).toMatchObject({
      session: { provider: 'phone' },
    });

    expect(await clientOf().signIn.anonymously()).toMatchObject({ session: { factors: ['anonymous'] } });
  });

  it('ends on the page of a magic link, when it is asked to and not before', async () => {
    const client = clientOf();
    const email = newEmail();
    const url = 'http://localhost:5173/welcome?from=mail#top';
    expect(await client.signIn.withMagicLink({ email, url })).toMatchObject({ status: 'linkSent' });
    const { url: link } = await lastLink(test, email);
    expect(link.href).toMatch(
      /^http:\/\/localhost:5173\/welcome\?from=mail&gatehouse=link\.[\w-]{43}&.*#top$/,
    );
    const landing = await client.handleRedirect(link);
    const twin = await clientOf().handleRedirect(link);
    if (landing.kind !== 'signIn' || twin.kind !== 'signIn') throw new Error('the link was not known again');
    expect([landing.expected, twin.expected]).toEqual([true, false]);
    const [first, second] = await Promise.all([landing.complete(), landing.complete()]);
    expect(first).toMatchObject({ status: 'signedIn' });
    expect(second).toBe(first);
    expect(await client.handleRedirect(link)).toBe(landing);
    expect(await codeOf(twin.complete())).toBe('USER_INVALID_TOKEN');
    expect((await client.getAccount()).email).toBe(email);
  });

  it('knows the link of a verification', async () => {
    const { client, email } = await person();
    await signIn(client, email);
    await client.verifyEmail({ url: 'http://localhost:5173/confirm' });
    const confirmation = await client.handleRedirect((await lastLink(test, email)).url);
    const elsewhere = await clientOf().handleRedirect((await lastLink(test, email)).url);
    if (confirmation.kind !== 'verification' || elsewhere.kind !== 'verification') throw new Error('unknown');
    expect([confirmation.expected, elsewhere.expected]).toEqual([true, false]);
    await confirmation.complete();
    expect((await client.getAccount()).emailVerified).toBe(true);
  });

  it('knows the link of a recovery', async () => {
    const { client, email } = await person();
    await signIn(client, email);
    await client.verifyEmail({ url: 'http://localhost:5173/confirm' });
    await client.recoverPassword({ email, url: 'http://localhost:5173/reset' });
    const recovery = await client.handleRedirect((await lastLink(test, email)).url);
    if (recovery.kind !== 'recovery') throw new Error(recovery.kind);
    expect(recovery.expected).toBe(true);
    await recovery.complete('another correct battery');
    expect(await codeOf(client.getAccount())).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(await client.signIn.withPassword({ email, password: 'another correct battery' })).toMatchObject({
      status: 'signedIn',
    });
  });

  it('comes back from a provider, in another browser than the app, by a proof that only the app has', async () => {
    const [client, thief] = [clientOf(), clientOf()];
    const { url } = await client.signIn.withProvider({
      provider: 'OIDC',
      success: 'http://localhost:3000/in',
      failure: 'http://localhost:3000/out',
    });
    const link = await follow(test.client(), new URL(url));
    const stolen = await thief.handleRedirect(link);
    const landing = await client.handleRedirect(link);
    if (stolen.kind !== 'signIn' || landing.kind !== 'signIn') throw new Error(link.href);
    expect([landing.expected, stolen.expected]).toEqual([true, false]);
    expect(await codeOf(stolen.complete())).toBe('USER_INVALID_TOKEN');
    expect(await landing.complete()).toMatchObject({ status: 'signedIn', session: { provider: 'oidc' } });
    expect((await client.getAccount()).email).toBe('ada@provider.test');
  });

  it('by a link works although a sign-in at a provider was begun and left', async () => {
    const client = clientOf();
    const page = 'http://localhost:3000/in';
    await client.signIn.withProvider({ provider: 'OIDC', success: page });
    const email = newEmail();
    await client.signIn.withMagicLink({ email, url: page });
    const landing = await client.handleRedirect((await lastLink(test, email)).url);
    expect(landing.kind === 'signIn' && (await landing.complete())).toMatchObject({ status: 'signedIn' });
  });

  it('takes other pages for none of its business, and a provider’s failure for a code', async () => {
    const landingOf = (query: string) =>
      clientOf().handleRedirect({ href: `http://localhost:5173/${query}` });
    for (const query of ['', '?userId=a&secret=b', '?gatehouse=else&userId=a&secret=b', '?gatehouse=link.'])
      expect(await landingOf(query)).toEqual({ kind: 'none' });
    const failure = encodeURIComponent('{"code":"USER_BLOCKED","message":"x"}');
    expect(await landingOf(`?gatehouse=provider.&error=${failure}`)).toEqual({
      kind: 'failed',
      code: 'USER_BLOCKED',
    });
    expect(await landingOf('?gatehouse=provider.&error=<b>')).toEqual({
      kind: 'failed',
      code: 'USER_OAUTH2_PROVIDER_ERROR',
    });
  });
});

describe('a call that fails on the way', () => {
  /** Answers the first calls by something else than the server. */
  const failing = (...answers: (Response | Error)[]): { fetch: typeof fetch; calls: () => number } => {
    let calls = 0;
    return {
      calls: () => calls,
      fetch: async (...request) => {
        const answer = answers[calls];
        calls += 1;
        if (answer instanceof Error) throw answer;
        return answer ?? fetch(...request);
      },
    };
  };
  const busy = () =>
    Response.json(
      { errors: [{ message: 'busy', extensions: { code: 'GENERAL_SERVICE_UNAVAILABLE' } }] },
      { headers: { 'retry-after': '0.01' } },
    );
  const starting = () =>
    Response.json({ status: 'starting' }, { status: 503, headers: { 'retry-after': '0.02' } });

  it('is made again where it is a query', async () => {
    const { email } = await person();
    const storage = memoryStorage();
    await signIn(clientOf({ storage }), email);
    const network = failing(new TypeError('fetch failed'), busy(), starting());
    const client = clientOf({ storage, fetch: network.fetch, retries: 3 });
    const waits = vi.spyOn(globalThis, 'setTimeout');
    expect((await client.getAccount()).email).toBe(email);
    expect(network.calls()).toBe(4);
    // Its own patience, then the server's.
    const milliseconds = waits.mock.calls.map(([, wait]) => wait);
    expect(milliseconds).toEqual(expect.arrayContaining([300, 10, 20]));
    waits.mockRestore();
  });

  it('is not where it is a mutation, or was refused for good, or too often', async () => {
    const mutation = failing(busy());
    expect(await codeOf(clientOf({ fetch: mutation.fetch }).createAnonymousSession())).toBe(
      'GENERAL_SERVICE_UNAVAILABLE',
    );
    expect(mutation.calls()).toBe(1);
    const refused = failing();
    expect(await codeOf(clientOf({ fetch: refused.fetch }).getAccount())).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(refused.calls()).toBe(1);
    const down = failing(busy(), busy(), busy(), busy());
    expect(await codeOf(clientOf({ fetch: down.fetch, retries: 1 }).getAccount())).toBe(
      'GENERAL_SERVICE_UNAVAILABLE',
    );
    expect(down.calls()).toBe(2);
  });

  it('is a ConnectionError where the answer is no answer', async () => {
    const proxy = failing(new Response('<h1>Bad Gateway</h1>', { status: 502 }));
    await expect(clientOf({ fetch: proxy.fetch }).createAnonymousSession()).rejects.toThrow(ConnectionError);
    const stranger = failing(Response.json({ hello: 1 }));
    await expect(clientOf({ fetch: stranger.fetch }).createAnonymousSession()).rejects.toThrow(
      ConnectionError,
    );
  });

  it('can be given up', async () => {
    const document = parse('{ __typename }') as TypedDocumentNode<{ __typename: string }, object>;
    const given = AbortSignal.abort(new Error('changed my mind'));
    await expect(clientOf().run(document, {}, { signal: given })).rejects.toThrow('changed my mind');
  });
});
