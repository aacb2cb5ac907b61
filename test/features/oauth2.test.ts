import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateAnonymousSessionDocument,
  CreateEmailPasswordSessionDocument,
  CreateOAuth2TokenDocument,
  CreateSessionDocument,
  DeleteIdentityDocument,
  DeleteSessionsDocument,
  GetAccountDocument,
  ListIdentitiesDocument,
  UndoChangeDocument,
  UpdateEmailDocument,
  UpdateMfaDocument,
  UpdateSessionDocument,
  UpdateStatusDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { days } from '../../src/clock.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import {
  clientId,
  clientSecret,
  type IdentityProvider,
  startGithub,
  startIdentityProvider,
} from '../support/identity-provider.js';
import { begin, follow, landed, pages, signInAt } from '../support/oauth2-browser.js';
import { messagesTo } from '../support/messages.js';
import {
  goodPassword,
  jwtClient,
  newEmail,
  proveShown,
  signedInPerson,
  signIn as signInWithPassword,
  signUp,
} from '../support/people.js';

/** Of an issuer that is configured nowhere. */
const foreignIdToken = [
  { alg: 'RS256' },
  { iss: 'https://www.linkedin.com/oauth', sub: 'x', aud: 'y' },
  'signature',
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

let test: TestApp;
let oidc: IdentityProvider;
let okta: IdentityProvider;
let github: Awaited<ReturnType<typeof startGithub>>;
let uids = 0;

beforeAll(async () => {
  [oidc, okta, github] = await Promise.all([startIdentityProvider(), startIdentityProvider(), startGithub()]);
  const credentials = (name: string, issuer: string) => ({
    [`OAUTH_${name}_CLIENT_ID`]: clientId,
    [`OAUTH_${name}_CLIENT_SECRET`]: clientSecret,
    [`OAUTH_${name}_ISSUER`]: issuer,
    [`OAUTH_${name}_VERIFIES_EMAIL`]: 'on',
  });
  test = await createTestApp({
    ...credentials('OIDC', oidc.issuer),
    ...credentials('OKTA', okta.issuer),
    ...credentials('GITHUB', github.issuer),
  });
  oidc.register(`${test.url}/oauth2/oidc/callback`);
  okta.register(`${test.url}/oauth2/okta/callback`);
});
afterAll(async () => {
  await test.close();
  await Promise.all([oidc.close(), okta.close(), github.close()]);
});
beforeEach(() => {
  test.clock.advance(3600);
  uids += 1;
  Object.assign(oidc.account, { sub: `uid-${uids}`, email: newEmail(), email_verified: true, name: 'Ada' });
  github.state.tokenAnswer = null;
  github.state.emailsStatus = 200;
  github.state.user = { id: 1000 + uids, login: 'ada', name: 'Ada' };
  github.state.emails = [{ email: newEmail(), primary: true, verified: true }];
});

/** Signs in at the provider and redeems the secret; the client carries the session afterwards. */
async function signIn(client: Client, provider: 'OIDC' | 'GITHUB' = 'OIDC') {
  const { userId, secret } = await signInAt(client, provider);
  const answer = await client.signedOut().run(CreateSessionDocument, { userId, secret });
  const { createSession: session } = dataOf(answer);
  client.cookies.delete('session');
  client.bearer = session.secret;
  return session;
}

describe('a sign-in at an OpenID Provider', () => {
  it('asks with PKCE, state and nonce, and comes back with a secret that works once', async () => {
    const client = test.client();
    const url = await begin(client, 'OIDC');
    expect(url.origin).toBe(oidc.issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${test.url}/oauth2/oidc/callback`,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const back = await follow(client, url);
    expect(back.searchParams.get('x')).toBe('1');
    const { userId, secret } = landed(back);
    const redeem = () => client.run(CreateSessionDocument, { userId, secret });
    const answers = await Promise.all([redeem(), redeem()]);
    expect(answers.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
    const session = answers.find(({ data }) => data?.createSession)?.data?.createSession;
    expect(session).toMatchObject({
      userId,
      provider: 'oidc',
      providerUid: oidc.account.sub,
      factors: ['oauth2'],
      providerAccessToken: expect.any(String),
      providerRefreshToken: expect.any(String),
      providerAccessTokenExpiresAt: expect.any(String),
    });
    client.bearer = session?.secret ?? null;
    const { getAccount } = dataOf(await client.run(GetAccountDocument));
    expect(getAccount).toMatchObject({
      id: userId,
      email: oidc.account.email,
      emailVerified: true,
      name: 'Ada',
    });
    const { listIdentities } = dataOf(await client.run(ListIdentitiesDocument, {}));
    expect(listIdentities.nodes).toEqual([
      expect.objectContaining({
        provider: 'oidc',
        providerUid: oidc.account.sub,
        providerEmail: oidc.account.email,
      }),
    ]);
    const stored = JSON.stringify(await test.rows()) + test.logLines.join();
    expect(stored).not.toContain(session?.providerAccessToken);
    expect(stored).not.toContain(session?.providerRefreshToken);
  });

  it('finds the same user again by the provider’s id, whatever became of the address', async () => {
    const first = await signIn(test.client());
    oidc.account.email = newEmail();
    const second = await signIn(test.client());
    expect(second.userId).toBe(first.userId);
  });

  it('hands the account of someone who only displays its verified address to it, emptied', async () => {
    const stranger = await signUp(test, oidc.account.email ?? '');
    await signInWithPassword(stranger.client, stranger);
    const owner = await signIn(test.client());
    expect(owner.userId).toBe(stranger.userId);
    expect(codeOf(await stranger.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    const { email, password } = stranger;
    const again = await test.client().run(CreateEmailPasswordSessionDocument, { email, password });
    expect(codeOf(again)).toBe('USER_INVALID_CREDENTIALS');
  });

  it('joins a user whose address both sides have verified, and no other', async () => {
    const person = await signUp(test, oidc.account.email ?? '');
    await proveShown(test, person.userId);
    oidc.account.email_verified = false;
    expect((await signInAt(test.client(), 'OIDC')).error).toBe('GENERAL_BAD_REQUEST');
    oidc.account.email_verified = true;
    expect((await signIn(test.client())).userId).toBe(person.userId);
  });

  it('bars nobody by an address that its provider does not vouch for', async () => {
    const email = oidc.account.email ?? '';
    oidc.account.email_verified = false;
    const claimant = test.client();
    const { userId } = await signIn(claimant);
    const owner = await signUp(test, email);
    expect(owner.userId).not.toBe(userId);
    expect(dataOf(await claimant.run(GetAccountDocument)).getAccount).toMatchObject({ email: null });
    Object.assign(oidc.account, { sub: `uid-${uids}-other`, email: newEmail() });
    await signIn(test.client());
    Object.assign(oidc.account, { sub: `uid-${uids}-owner`, email_verified: true });
    const vouched = test.client();
    await signIn(vouched);
    expect(dataOf(await vouched.run(GetAccountDocument)).getAccount).toMatchObject({
      email: oidc.account.email,
      emailVerified: true,
    });
  });

  it('gives the owner of an address an account of their own where another one only shows it', async () => {
    const person = await signUp(test);
    await proveShown(test, person.userId);
    await signInWithPassword(person.client, person);
    const email = oidc.account.email ?? '';
    dataOf(await person.client.run(UpdateEmailDocument, { email, password: goodPassword }));
    const owner = test.client();
    expect((await signIn(owner)).userId).not.toBe(person.userId);
    expect(dataOf(await owner.run(GetAccountDocument)).getAccount).toMatchObject({
      email,
      emailVerified: true,
    });
    expect(dataOf(await person.client.run(GetAccountDocument)).getAccount).toMatchObject({
      email: person.email,
      emailVerified: true,
    });
  });

  it('does not let an unverified claim of an address become a verified one', async () => {
    oidc.account.email_verified = false;
    const client = test.client();
    await signIn(client);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      email: oidc.account.email,
      emailVerified: false,
    });
  });

  it('does not skip a second factor', async () => {
    const client = test.client();
    await signIn(client);
    await addAuthenticator(test, client);
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    const again = test.client();
    await signIn(again);
    expect(codeOf(await again.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
  });

  it('is refused to a blocked user', async () => {
    const client = test.client();
    await signIn(client);
    dataOf(await client.run(UpdateStatusDocument));
    expect((await signInAt(test.client(), 'OIDC')).error).toBe('USER_BLOCKED');
  });

  it('makes one user of two first sign-ins at once', async () => {
    const results = await Promise.all([signInAt(test.client(), 'OIDC'), signInAt(test.client(), 'OIDC')]);
    const users = await test.app.deps.db.prisma.identity.findMany({
      where: { providerUid: oidc.account.sub },
    });
    expect(users).toHaveLength(1);
    for (const { userId, error } of results)
      expect(error || userId).toMatch(new RegExp(`^(${users[0]?.userId}|USER_ALREADY_EXISTS)$`));
  });
});

describe('linking', () => {
  it('makes an anonymous account permanent, keeps its id, and replaces its session', async () => {
    const client = test.client();
    const { createAnonymousSession } = dataOf(await client.browse(CreateAnonymousSessionDocument));
    const session = await signIn(client);
    expect(session.userId).toBe(createAnonymousSession.userId);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      email: oidc.account.email,
      emailVerified: true,
    });
    const old = client.withBearer(createAnonymousSession.secret);
    expect(codeOf(await old.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('adds an identity to an account with another address, which keeps its own', async () => {
    const person = await signUp(test);
    await person.client.browse(CreateEmailPasswordSessionDocument, person);
    const session = await signIn(person.client);
    expect(session.userId).toBe(person.userId);
    expect(dataOf(await person.client.run(GetAccountDocument)).getAccount.email).toBe(person.email);
  });

  it('dies with the session that began it, and is told to the owner, who may take it back', async () => {
    const person = await signUp(test);
    await proveShown(test, person.userId);
    await person.client.browse(CreateEmailPasswordSessionDocument, person);
    const url = await begin(person.client, 'OIDC');
    dataOf(await person.client.run(DeleteSessionsDocument));
    const before = await test.fingerprint();
    expect(landed(await follow(person.client, url)).error).toBe('USER_INVALID_TOKEN');
    const { users, identities, tokens } = before;
    expect(await test.fingerprint()).toMatchObject({ users, identities, tokens });
    person.client.cookies.delete('session');
    await person.client.browse(CreateEmailPasswordSessionDocument, person);
    await signIn(person.client);
    const [mail] = await messagesTo(test, person.email);
    expect(mail?.subject).toBe('A way to sign in was added to your Accounts account');
    const { searchParams } = new URL(/\S+\/auth\/undo\?\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    const secret = searchParams.get('secret') ?? '';
    const undone = await test.client().run(UndoChangeDocument, { userId: person.userId, secret });
    expect(dataOf(undone).undoChange.event).toBe('identityLinked');
    const { identity } = test.app.deps.db.prisma;
    expect(await identity.count({ where: { userId: person.userId } })).toBe(0);
  });

  it('is refused to a JWT', async () => {
    const jwt = await jwtClient(await signedInPerson(test));
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () =>
      jwt.run(CreateOAuth2TokenDocument, { provider: 'OIDC' }),
    );
  });

  it('refuses an identity or an address that is somebody else’s', async () => {
    await signIn(test.client());
    const thief = test.client();
    await thief.browse(CreateAnonymousSessionDocument);
    expect((await signInAt(thief, 'OIDC')).error).toBe('USER_ALREADY_EXISTS');
    const { email } = await signUp(test);
    Object.assign(oidc.account, { sub: 'somebody-new', email });
    const other = test.client();
    await other.browse(CreateAnonymousSessionDocument);
    expect((await signInAt(other, 'OIDC')).error).toBe('USER_ALREADY_EXISTS');
  });
});

describe('the callback', () => {
  const callback = (client: Client, path: string, query: string) =>
    client
      .fetch(`/oauth2/${path}/callback?${query}`)
      .then((response) => new URL(response.headers.get('location') ?? '', test.url));

  it('takes a state once, from the browser that began, within ten minutes', async () => {
    const client = test.client();
    const back = await follow(client, await begin(client, 'OIDC'), `${test.url}/oauth2/`);
    const query = back.search.slice(1);
    const before = await test.fingerprint();
    expect(landed(await callback(test.client(), 'oidc', query)).error).toBe('USER_INVALID_TOKEN');
    expect(await test.fingerprint()).toEqual(before);
    expect(landed(await callback(client, 'oidc', query)).secret).not.toBe('');
    expect(landed(await callback(client, 'oidc', query)).error).toBe('USER_INVALID_TOKEN');

    const late = await follow(client, await begin(client, 'OIDC'), `${test.url}/oauth2/`);
    test.clock.advance(600);
    expect(landed(await callback(client, 'oidc', late.search.slice(1))).error).toBe('USER_INVALID_TOKEN');
  });

  it('is not taken in by an answer of another provider', async () => {
    const client = test.client();
    const back = await follow(client, await begin(client, 'OIDC'), `${test.url}/oauth2/`);
    const before = github.state.exchanged.length;
    expect(landed(await callback(client, 'github', back.search.slice(1))).error).toBe('USER_INVALID_TOKEN');
    expect(github.state.exchanged.length).toBe(before);
    const mixed = new URLSearchParams(back.search);
    mixed.set('iss', okta.issuer);
    expect(landed(await callback(client, 'oidc', mixed.toString())).error).toMatch(/^USER_OAUTH2_/);
  });

  it('refuses a code that was put in by somebody else', async () => {
    const [victim, attacker] = [test.client(), test.client()];
    const stolen = await follow(attacker, await begin(attacker, 'OIDC'), `${test.url}/oauth2/`);
    const own = await follow(victim, await begin(victim, 'OIDC'), `${test.url}/oauth2/`);
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    expect(landed(await callback(victim, 'oidc', own.search.slice(1))).error).toBe('USER_OAUTH2_BAD_REQUEST');
  });

  it('survives whatever a stranger sends', async () => {
    for (const query of [
      '',
      'state=',
      'state=x&code=y',
      `state=${'x'.repeat(5000)}`,
      'state=%00&code=%00',
      'error=access_denied',
      'state=x&state=y',
    ]) {
      const url = await callback(test.client(), 'oidc', query);
      expect([query.slice(0, 20), url.pathname, landed(url).error]).toEqual([
        query.slice(0, 20),
        '/auth/oauth2/failure',
        'USER_INVALID_TOKEN',
      ]);
    }
    expect((await test.client().fetch('/oauth2/nobody/callback?state=x')).status).toBe(404);
    const posted = await test.client().fetch('/oauth2/apple/callback', {
      method: 'POST',
      body: new URLSearchParams({ state: 'x', code: 'y' }),
    });
    expect([posted.status, posted.headers.get('location')]).toEqual([
      303,
      '/oauth2/apple/callback?state=x&code=y',
    ]);
  });

  it('shows what went wrong on a page of the server’s own, in its own words', async () => {
    const page = await test
      .client()
      .fetch(
        `/auth/oauth2/failure?error=${encodeURIComponent('{"code":"USER_BLOCKED","message":"<script>alert(1)</script>"}')}`,
      );
    const html = await page.text();
    expect(html).toContain('The account is blocked.');
    expect(html).not.toContain('alert(1)');
  });
});

describe('a sign-in of a native app', () => {
  // RFC 7636, appendix B.
  const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const codeChallenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  const start = async (client: Client) =>
    new URL(
      dataOf(await client.run(CreateOAuth2TokenDocument, { provider: 'OIDC', ...pages, codeChallenge }))
        .createOAuth2Token.url,
    );

  it('goes through another browser, and takes the verifier', async () => {
    const [app, browser, thief] = [test.client(), test.client(), test.client()];
    const { userId, secret } = landed(await follow(browser, await start(app)));
    for (const verifier of [undefined, null, 'x'.repeat(43), codeChallenge])
      await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
        thief.run(CreateSessionDocument, { userId, secret, codeVerifier: verifier }),
      );
    const redeem = () => app.run(CreateSessionDocument, { userId, secret, codeVerifier });
    const answers = await Promise.all([redeem(), redeem()]);
    expect(answers.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
  });

  it('takes no verifier where it began without a challenge', async () => {
    const client = test.client();
    const { userId, secret } = await signInAt(client, 'OIDC');
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      client.run(CreateSessionDocument, { userId, secret, codeVerifier }),
    );
    dataOf(await client.run(CreateSessionDocument, { userId, secret }));
  });

  it('links nothing: somebody else could be sent to the provider', async () => {
    const { client } = await signedInPerson(test);
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      client.run(CreateOAuth2TokenDocument, { provider: 'OIDC', codeChallenge }),
    );
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      test.client().run(CreateOAuth2TokenDocument, { provider: 'OIDC', codeChallenge: 'plain' }),
    );
  });
});

describe('a sign-in at a plain OAuth 2.0 provider', () => {
  it('reads the address by a request of its own', async () => {
    const client = test.client();
    const session = await signIn(client, 'GITHUB');
    expect(session).toMatchObject({
      provider: 'github',
      providerUid: String(github.state.user['id']),
      providerAccessToken: 'gho_123456',
      providerRefreshToken: null,
    });
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      email: github.state.emails[0]?.email,
      emailVerified: true,
    });
  });

  it.each([
    ['a refused code', { status: 400, body: '{"error":"invalid_grant"}' }, 'USER_OAUTH2_BAD_REQUEST'],
    ['refused credentials', { status: 401, body: '{"error":"invalid_client"}' }, 'USER_OAUTH2_UNAUTHORIZED'],
    [
      'an error under a status of success',
      { status: 200, body: '{"error":"bad_verification_code"}' },
      'USER_OAUTH2_BAD_REQUEST',
    ],
    [
      'a challenge',
      {
        status: 401,
        body: '{"error":"invalid_grant"}',
        headers: { 'www-authenticate': 'Bearer error="invalid_grant"' },
      },
      'USER_OAUTH2_BAD_REQUEST',
    ],
    [
      'refused credentials under a status of success',
      { status: 200, body: '{"error":"incorrect_client_credentials"}' },
      'USER_OAUTH2_UNAUTHORIZED',
    ],
    [
      'a challenge about the credentials',
      {
        status: 401,
        body: '{"error":"invalid_client"}',
        headers: { 'www-authenticate': 'Basic realm="oauth"' },
      },
      'USER_OAUTH2_UNAUTHORIZED',
    ],
    [
      'a challenge without words',
      { status: 401, body: '', headers: { 'www-authenticate': 'Basic realm="oauth"' } },
      'USER_OAUTH2_UNAUTHORIZED',
    ],
    [
      'a code that Facebook refuses',
      {
        status: 400,
        body: '{"error":{"message":"used","type":"OAuthException","code":100,"fbtrace_id":"x"}}',
      },
      'USER_OAUTH2_BAD_REQUEST',
    ],
    [
      'a secret that Facebook refuses',
      {
        status: 400,
        body: '{"error":{"message":"Error validating client secret.","type":"OAuthException","code":1}}',
      },
      'USER_OAUTH2_UNAUTHORIZED',
    ],
    [
      'a refusal as a page',
      { status: 400, body: '<h1>Bad request</h1>', headers: { 'content-type': 'text/html' } },
      'USER_OAUTH2_BAD_REQUEST',
    ],
    [
      'a refusal as JSON that says it is a page',
      { status: 400, body: '{"error":"invalid_grant"}', headers: { 'content-type': 'text/html' } },
      'USER_OAUTH2_BAD_REQUEST',
    ],
    ['too many requests', { status: 429, body: '{"error":"slow_down"}' }, 'USER_OAUTH2_PROVIDER_ERROR'],
    ['a broken server', { status: 500, body: 'oops' }, 'USER_OAUTH2_PROVIDER_ERROR'],
    ['garbage', { status: 200, body: 'not json' }, 'USER_OAUTH2_PROVIDER_ERROR'],
    ['no token', { status: 200, body: '{}' }, 'USER_OAUTH2_PROVIDER_ERROR'],
    ['an endless answer', { status: 200, body: 'x'.repeat(600_000) }, 'USER_OAUTH2_PROVIDER_ERROR'],
    ['a slow answer', { status: 200, body: '{}', delayMilliseconds: 2500 }, 'USER_OAUTH2_PROVIDER_ERROR'],
  ])('ends at the failure page for %s, with nothing half-made', async (_name, answer, code) => {
    github.state.tokenAnswer = answer;
    const client = test.client();
    const url = await begin(client, 'GITHUB');
    const { users, sessions, identities, tokens } = await test.fingerprint();
    const back = await follow(client, url);
    expect([`${back.origin}${back.pathname}`, landed(back).error]).toEqual([pages.failure, code]);
    expect(await test.fingerprint()).toMatchObject({ users, sessions, identities, tokens });
  });

  it.each([
    ['nothing as null', { refresh_token: null, scope: null, expires_in: null }],
    ['an ID token of an issuer nobody knows', { id_token: foreignIdToken }],
    ['an end in words', { expires_in: 'soon' }],
  ])('takes an answer with %s', async (_what, more) => {
    github.state.tokenAnswer = {
      status: 200,
      body: JSON.stringify({ access_token: 'gho_123456', token_type: 'bearer', ...more }),
    };
    expect((await signIn(test.client(), 'GITHUB')).provider).toBe('github');
  });

  it.each([403, 404])('signs in without an address where that is answered with %i', async (status) => {
    github.state.user = { id: 78_000 + status, login: 'shy' };
    github.state.emailsStatus = status;
    const client = test.client();
    await signIn(client, 'GITHUB');
    expect(dataOf(await client.run(GetAccountDocument)).getAccount?.email).toBeNull();
  });

  it.each(['1+ada@users.noreply.github.com', 'ada@laptop.local', 'ada@build.invalid'])(
    'takes %s for no address',
    async (email) => {
      github.state.emails = [{ email, primary: true, verified: true }];
      const client = test.client();
      await signIn(client, 'GITHUB');
      expect(dataOf(await client.run(GetAccountDocument)).getAccount?.email).toBeNull();
    },
  );

  it('on a host of one’s own vouches for addresses where the operator says so', async () => {
    const doubtful = await createTestApp({
      OAUTH_GITHUB_CLIENT_ID: clientId,
      OAUTH_GITHUB_CLIENT_SECRET: clientSecret,
      OAUTH_GITHUB_ISSUER: github.issuer,
    });
    const client = doubtful.client();
    await signIn(client, 'GITHUB');
    expect(dataOf(await client.run(GetAccountDocument)).getAccount?.emailVerified).toBe(false);
    await doubtful.close();
  });

  it('is refused without an id, and takes an account without an address', async () => {
    github.state.user = { login: 'nobody' };
    expect((await signInAt(test.client(), 'GITHUB')).error).toBe('USER_MISSING_ID');
    github.state.user = { id: 77_000 + uids, login: 'shy' };
    github.state.emails = [];
    const client = test.client();
    await signIn(client, 'GITHUB');
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      email: null,
      name: 'shy',
    });
  });
});

describe('tokens of a provider', () => {
  it('are refreshed by updateSession, and a failing refresh does not end the session', async () => {
    const client = test.client();
    const session = await signIn(client);
    const { updateSession } = dataOf(await client.run(UpdateSessionDocument, { sessionId: 'current' }));
    expect(updateSession.providerAccessToken).not.toBe(session.providerAccessToken);
    expect(updateSession.providerAccessToken).toEqual(expect.any(String));
    const { prisma } = test.app.deps.db;
    const stale = await test.app.deps.box.seal(
      ['sessions', 'providerRefreshTokenSealed', session.id],
      'stale',
    );
    await prisma.session.update({ where: { id: session.id }, data: { providerRefreshTokenSealed: stale } });
    test.clock.advance(10);
    const { updateSession: kept } = dataOf(await client.run(UpdateSessionDocument, { sessionId: 'current' }));
    expect(kept.providerAccessToken).toBe(updateSession.providerAccessToken);
  });

  it('are requested once by parallel updateSession calls, and all of them return the new ones', async () => {
    const client = test.client();
    await signIn(client);
    const before = oidc.refreshes.count;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.run(UpdateSessionDocument, { sessionId: 'current' })),
    );
    expect(oidc.refreshes.count - before).toBe(1);
    expect(new Set(answers.map((answer) => dataOf(answer).updateSession.providerAccessToken)).size).toBe(1);
  });

  it('are refreshed again after the lock of a process that was killed has ended', async () => {
    const client = test.client();
    const { id, providerAccessToken } = await signIn(client);
    await test.app.deps.db.prisma.session.update({
      where: { id },
      data: { tokensLockedUntil: test.clock.now() },
    });
    const { updateSession } = dataOf(await client.run(UpdateSessionDocument, { sessionId: 'current' }));
    expect(updateSession.providerAccessToken).not.toBe(providerAccessToken);
  });

  it('are revoked by deleteIdentity, after which the provider’s user cannot sign in for 30 days', async () => {
    const client = test.client();
    await signIn(client);
    const { listIdentities } = dataOf(await client.run(ListIdentitiesDocument, {}));
    const before = oidc.revoked.length;
    dataOf(await client.run(DeleteIdentityDocument, { identityId: listIdentities.nodes[0]?.id ?? '' }));
    expect(oidc.revoked.length).toBeGreaterThan(before);
    expect(codeOf(await client.run(GetAccountDocument))).toBe('ok');
    Object.assign(oidc.account, { email: newEmail() });
    const again = async () => {
      const browser = test.client();
      return landed(await follow(browser, await begin(browser, 'OIDC')));
    };
    expect((await again()).error).toBe('USER_OAUTH2_UNAUTHORIZED');
    test.clock.advance(days(30));
    expect((await again()).error).toBe('');
  });
});

describe('createOAuth2Token', () => {
  it('refuses providers that are not configured, pages that are not listed, and too many scopes', async () => {
    const client = test.client();
    const run = (variables: object) => () =>
      client.run(CreateOAuth2TokenDocument, { provider: 'OIDC', ...variables });
    await expectRefusal(test, 'PROJECT_PROVIDER_DISABLED', run({ provider: 'GOOGLE' }));
    for (const bad of [
      { success: 'https://evil.test/' },
      { failure: 'javascript:alert(1)' },
      { success: '//evil.test' },
      { scopes: Array.from({ length: 101 }, () => 'x') },
      { scopes: [''] },
      { scopes: ['x'.repeat(4097)] },
      { scopes: ['\0'] },
    ]) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run(bad));
    }
    const person = await signedInPerson(test);
    const answer = await person.client.run(CreateOAuth2TokenDocument, {
      provider: 'OIDC',
      scopes: ['offline_access', 'openid'],
    });
    expect(new URL(dataOf(answer).createOAuth2Token.url).searchParams.get('scope')).toBe(
      'openid email profile offline_access',
    );
  });

  it('says so when the provider is down', async () => {
    const down = await createTestApp({
      OAUTH_OIDC_CLIENT_ID: 'x',
      OAUTH_OIDC_CLIENT_SECRET: 'x',
      OAUTH_OIDC_ISSUER: 'http://127.0.0.1:9',
    });
    await expectRefusal(down, 'USER_OAUTH2_PROVIDER_ERROR', () =>
      down.client().run(CreateOAuth2TokenDocument, { provider: 'OIDC' }),
    );
    await down.close();
  });
});

describe('the tokens of a provider', () => {
  const tokens = 'providerAccessToken providerRefreshToken';
  const query = `{
    getSession(sessionId: "current") { ${tokens} }
    listSessions { nodes { current ${tokens} } }
    listIdentities { nodes { ${tokens} } }
  }`;
  interface Tokens {
    readonly providerAccessToken: string | null;
    readonly current?: boolean;
  }
  type Answered = Record<'listSessions' | 'listIdentities', { nodes: Tokens[] }> & {
    getSession: Tokens | null;
  };
  const access = (nodes: readonly Tokens[]) => nodes.map((node) => node.providerAccessToken !== null);

  it('are read by their own session at any time, and by others only with a fresh proof', async () => {
    const client = test.client();
    await signIn(client);
    test.clock.advance(601);
    const other = test.client();
    await signIn(other);
    const read = async (reader: Client) => (await reader.send<Answered>(query)).data as Answered;
    const fresh = await read(other);
    expect([access(fresh.listIdentities.nodes), access(fresh.listSessions.nodes)]).toEqual([
      [true],
      [true, true],
    ]);
    test.clock.advance(601);
    const stale = await read(other);
    expect(stale.getSession?.providerAccessToken).not.toBeNull();
    expect(access(stale.listIdentities.nodes)).toEqual([false]);
    expect(access(stale.listSessions.nodes)).toEqual(stale.listSessions.nodes.map(({ current }) => current));
  });

  it('are not read with a JWT, which is made for other services', async () => {
    const client = test.client();
    await signIn(client);
    const jwt = await jwtClient({ client });
    const { data } = await jwt.send<Answered>(query);
    expect(data?.getSession).toBeNull();
    expect([...access(data?.listIdentities.nodes ?? []), ...access(data?.listSessions.nodes ?? [])]).toEqual([
      false,
      false,
    ]);
  });

  it('are removed from every session when the identity is unlinked, and not refreshed after that', async () => {
    const client = test.client();
    await signIn(client);
    const { listIdentities } = dataOf(await client.run(ListIdentitiesDocument, {}));
    dataOf(await client.run(DeleteIdentityDocument, { identityId: listIdentities.nodes[0]?.id ?? '' }));
    const { updateSession } = dataOf(await client.run(UpdateSessionDocument, { sessionId: 'current' }));
    expect(updateSession).toMatchObject({ providerAccessToken: null, providerRefreshToken: null });
  });
});

it('a numeric id that JSON has rounded signs no one in', async () => {
  github.state.user = { id: 2 ** 53, login: 'ada', name: 'Ada' };
  expect((await signInAt(test.client(), 'GITHUB')).error).toBe('USER_MISSING_ID');
});
