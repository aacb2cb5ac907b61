import { generateKeyPair, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient, memoryStorage } from '../../src/client/client.js';
import {
  CreateEmailTokenDocument,
  CreateIdTokenNonceDocument,
  CreateIdTokenSessionDocument,
  CreateSessionDocument,
  GetAccountDocument,
  ListIdentitiesDocument,
  UpdateMfaDocument,
} from '../../src/client/documents.js';
import type { OAuthProvider } from '../../src/client/generated/types.js';
import { minutes, unixSeconds } from '../../src/clock.js';
import { createIdTokenVerifier } from '../../src/oauth2-providers/id-tokens.js';
import { digest } from '../../src/secrets/digest.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { startTokenProvider, type TokenProvider } from '../support/id-tokens.js';
import { lastCode } from '../support/messages.js';
import { newEmail, signUp } from '../support/people.js';

// A thief who gets an ID token of another app, or of this one but from an earlier sign-in, has no nonce of the server that is in it: each nonce works
// for one attempt within ten minutes. A thief with an account at a provider that lets him choose the address gets an account of his own, now and
// after a month. The owner signs in as with the browser, with the same identity.

const audiences = ['com.example.app', 'com.example.web'];
let provider: TokenProvider;
let test: TestApp;
const realFetch = globalThis.fetch;

beforeAll(async () => {
  provider = await startTokenProvider();
  const list = audiences.join(',');
  test = await createTestApp({
    OAUTH_OIDC_ISSUER: provider.issuer,
    OAUTH_OIDC_AUDIENCES: list,
    OAUTH_GOOGLE_AUDIENCES: list,
    OAUTH_APPLE_AUDIENCES: list,
    OAUTH_MICROSOFT_AUDIENCES: list,
    OAUTH_MICROSOFT_VERIFIES_EMAIL: 'on',
  });
  // The keys of Google, Apple and Microsoft come from the provider of the tests.
  const hosts = /^https:\/\/(www\.googleapis\.com|appleid\.apple\.com|login\.microsoftonline\.com)\//;
  vi.stubGlobal('fetch', (url: string | URL, options?: RequestInit) =>
    realFetch(hosts.test(String(url)) ? `${provider.issuer}/keys` : url, options),
  );
});
beforeEach(() => {
  provider.state.status = 200;
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await test.close();
  await provider.close();
});

const newNonce = async () =>
  dataOf(await test.client().run(CreateIdTokenNonceDocument)).createIdTokenNonce.nonce;

let count = 0;
/** Claims that are all right. */
function goodClaims(nonce: string): JWTPayload {
  const now = unixSeconds(test.clock.now());
  count += 1;
  return {
    iss: provider.issuer,
    aud: audiences[0] ?? '',
    sub: `subject-${count}`,
    iat: now,
    exp: now + 3600,
    nonce,
    email: newEmail(),
    email_verified: true,
    name: 'Ada',
  };
}

const redeem = (idToken: string, nonce: string, more: { provider?: OAuthProvider; name?: string } = {}) =>
  test.client().run(CreateIdTokenSessionDocument, { provider: 'OIDC', idToken, nonce, ...more });

/** Signs in with these claims instead of good ones. */
async function signInWith(
  change: (claims: JWTPayload) => JWTPayload,
  more: { provider?: OAuthProvider; name?: string } = {},
) {
  const nonce = await newNonce();
  return redeem(await provider.sign(change(goodClaims(nonce))), nonce, more);
}

/** The account that a response signed in to. */
async function accountOf(answer: Awaited<ReturnType<typeof redeem>>) {
  const { secret } = dataOf(answer).createIdTokenSession;
  return dataOf(await test.client().withBearer(secret).run(GetAccountDocument)).getAccount;
}

describe('createIdTokenSession', () => {
  it('creates an account at the first sign-in, and finds it at the second', async () => {
    const email = newEmail();
    const first = await signInWith((claims) => ({ ...claims, sub: 'ada', email }));
    expect(dataOf(first).createIdTokenSession).toMatchObject({
      provider: 'oidc',
      providerUid: 'ada',
      providerAccessToken: null,
      factors: ['oauth2'],
    });
    const account = await accountOf(first);
    expect(account).toMatchObject({ email, emailVerified: true, name: 'Ada' });
    const again = await accountOf(await signInWith((claims) => ({ ...claims, sub: 'ada', email: 'x' })));
    expect(again.id).toBe(account.id);
    const client = test.client().withBearer(dataOf(first).createIdTokenSession.secret);
    const { listIdentities } = dataOf(await client.run(ListIdentitiesDocument, {}));
    expect(listIdentities.nodes).toHaveLength(1);
  });

  const foreign = generateKeyPair('RS256');
  it.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ['another issuer', (claims) => ({ ...claims, iss: 'https://accounts.google.com' })],
    ['no issuer', ({ iss: _, ...claims }) => claims],
    ['another audience', (claims) => ({ ...claims, aud: 'com.example.other' })],
    [
      'an audience that is not listed beside one that is',
      (claims) => ({ ...claims, aud: [...audiences, 'evil'] }),
    ],
    ['no audience', ({ aud: _, ...claims }) => claims],
    ['an empty list of audiences', (claims) => ({ ...claims, aud: [] })],
    ['an authorized party that is not listed', (claims) => ({ ...claims, azp: 'evil' })],
    ['an authorized party that is no text', (claims) => ({ ...claims, azp: [audiences[0]] })],
    ['no subject', ({ sub: _, ...claims }) => claims],
    ['another nonce', (claims) => ({ ...claims, nonce: 'x'.repeat(43) })],
    ['no nonce', ({ nonce: _, ...claims }) => claims],
    [
      'the digest of the nonce in upper case',
      (claims) => ({ ...claims, nonce: digest(String(claims['nonce'])).toUpperCase() }),
    ],
    ['a nonce that is a list', (claims) => ({ ...claims, nonce: [claims['nonce']] })],
    ['an end more than a minute ago', (claims) => ({ ...claims, exp: unixSeconds(test.clock.now()) - 61 })],
    ['no end', ({ exp: _, ...claims }) => claims],
    [
      'a beginning in more than a minute',
      (claims) => ({ ...claims, nbf: unixSeconds(test.clock.now()) + 61 }),
    ],
    [
      'a time of issue in more than a minute',
      (claims) => ({ ...claims, iat: unixSeconds(test.clock.now()) + 61 }),
    ],
    ['no time of issue', ({ iat: _, ...claims }) => claims],
  ])('rejects a token with %s', async (_, change) => {
    const nonce = await newNonce();
    const idToken = await provider.sign(change(goodClaims(nonce)));
    const { id_token_nonces: _nonces, ...before } = await test.fingerprint();
    expect(codeOf(await redeem(idToken, nonce))).toBe('USER_ID_TOKEN_INVALID');
    const { id_token_nonces: _used, ...after } = await test.fingerprint();
    expect(after).toEqual(before);
    // The attempt has used the nonce up.
    expect(codeOf(await redeem(await provider.sign(goodClaims(nonce)), nonce))).toBe('USER_ID_TOKEN_INVALID');
  });

  it.each<[string, () => Promise<string>]>([
    ['is no JWT', async () => 'nonsense'],
    ['is longer than 16 KiB', async () => 'x'.repeat(17_000)],
    [
      'has no signature',
      async () => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `${part({ alg: 'none' })}.${part(goodClaims(await newNonce()))}.`;
      },
    ],
    [
      'is signed with another key under the same id',
      async () => provider.sign(goodClaims(await newNonce()), { key: (await foreign).privateKey }),
    ],
    [
      'is signed with a key that is not published',
      async () =>
        provider.sign(goodClaims(await newNonce()), { key: (await foreign).privateKey, kid: 'unknown' }),
    ],
    [
      'is signed with a shared secret',
      async () =>
        provider.sign(goodClaims(await newNonce()), {
          alg: 'HS256',
          key: new TextEncoder().encode('x'.repeat(32)),
        }),
    ],
  ])('rejects a token that %s', async (_, make) => {
    const [idToken, nonce] = [await make(), await newNonce()];
    expect(codeOf(await redeem(idToken, nonce))).toBe('USER_ID_TOKEN_INVALID');
  });

  it.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ['the SHA-256 of the nonce', (claims) => ({ ...claims, nonce: digest(String(claims['nonce'])) })],
    ['a list of listed audiences', (claims) => ({ ...claims, aud: audiences, azp: audiences[1] })],
    ['an end of a minute ago', (claims) => ({ ...claims, exp: unixSeconds(test.clock.now()) - 59 })],
    ['a time of issue in a minute', (claims) => ({ ...claims, iat: unixSeconds(test.clock.now()) + 59 })],
    ['no email address', ({ email: _, ...claims }) => claims],
  ])('accepts a token with %s', async (_, change) => {
    expect(codeOf(await signInWith(change))).toBe('ok');
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [undefined, false],
    [1, true],
  ])('reads email_verified %j as %j', async (claim, emailVerified) => {
    const account = await accountOf(await signInWith((claims) => ({ ...claims, email_verified: claim })));
    expect(account.emailVerified).toBe(emailVerified);
  });

  it('accepts a nonce once, for ten minutes', async () => {
    const nonce = await newNonce();
    const idToken = await provider.sign(goodClaims(nonce));
    const answers = await Promise.all([redeem(idToken, nonce), redeem(idToken, nonce)]);
    expect(answers.map(codeOf).sort()).toEqual(['USER_ID_TOKEN_INVALID', 'ok']);
    const late = await newNonce();
    test.clock.advance(minutes(10));
    const token = await provider.sign(goodClaims(late));
    expect(codeOf(await redeem(token, late))).toBe('USER_ID_TOKEN_INVALID');
    await test.app.sweep();
    expect(await test.app.deps.db.prisma.idTokenNonce.count()).toBe(0);
  });

  it('makes one account of two first sign-ins at the same time', async () => {
    const email = newEmail();
    const answers = await Promise.all(
      [0, 1, 2].map(() => signInWith((claims) => ({ ...claims, sub: 'twin', email }))),
    );
    const ids = await Promise.all(answers.map(async (answer) => (await accountOf(answer)).id));
    expect(new Set(ids).size).toBe(1);
  });

  it('loads new keys after a rotation, and caches them', async () => {
    const rotating = await startTokenProvider();
    const verifier = createIdTokenVerifier('OIDC', { issuer: rotating.issuer, audiences });
    const verify = async () => {
      const claims = { ...goodClaims('nonce'), iss: rotating.issuer };
      return (
        (await verifier.verify(await rotating.sign(claims), ['nonce'], test.clock.now()))?.uid === claims.sub
      );
    };
    expect(await verify()).toBe(true);
    const before = rotating.loads.count;
    expect(await verify()).toBe(true);
    expect(rotating.loads.count).toBe(before);
    await rotating.rotate();
    // Tokens with made-up keys must not make the server load the keys each time.
    expect(await verify()).toBe(false);
    expect(rotating.loads.count).toBe(before);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    try {
      expect(await verify()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
    expect(rotating.loads.count).toBe(before + 1);
    await rotating.close();
  });

  it('gives an account that never verified its address to the owner of the address', async () => {
    const squatter = await signUp(test);
    const account = await accountOf(await signInWith((claims) => ({ ...claims, email: squatter.email })));
    expect(account).toMatchObject({ id: squatter.userId, passwordUpdatedAt: null, emailVerified: true });
  });

  it('does not join an account by an address that the provider has not verified', async () => {
    const email = newEmail();
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const secret = await lastCode(test, email);
    dataOf(await test.client().run(CreateSessionDocument, { userId: createEmailToken.userId, secret }));
    const nonce = await newNonce();
    const idToken = await provider.sign({ ...goodClaims(nonce), email, email_verified: false });
    expect(codeOf(await redeem(idToken, nonce))).toBe('GENERAL_BAD_REQUEST');
    const joined = await accountOf(await signInWith((claims) => ({ ...claims, email })));
    expect(joined.email).toBe(email);
  });

  it('starts a pending session if MFA is on', async () => {
    const first = await signInWith((claims) => ({ ...claims, sub: 'careful' }));
    const client = test.client().withBearer(dataOf(first).createIdTokenSession.secret);
    await addAuthenticator(test, client);
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    const second = await signInWith((claims) => ({ ...claims, sub: 'careful' }));
    expect(dataOf(second).createIdTokenSession.missingFactors).toContain('TOTP');
  });

  it('rejects providers without audiences, and signed-in callers', async () => {
    const nonce = await newNonce();
    const idToken = await provider.sign(goodClaims(nonce));
    await expectRefusal(test, 'PROJECT_PROVIDER_DISABLED', () =>
      redeem(idToken, nonce, { provider: 'GITHUB' }),
    );
    const answer = await redeem(idToken, nonce);
    const client = test.client().withBearer(dataOf(answer).createIdTokenSession.secret);
    await expectRefusal(test, 'USER_SESSION_ALREADY_EXISTS', () => client.run(CreateIdTokenNonceDocument));
  });

  it('reports keys that cannot be loaded, and loads them at the next attempt', async () => {
    const fresh = await createTestApp({ OAUTH_OIDC_ISSUER: provider.issuer, OAUTH_OIDC_AUDIENCES: 'app' });
    try {
      const attempt = async () => {
        const { createIdTokenNonce } = dataOf(await fresh.client().run(CreateIdTokenNonceDocument));
        const { nonce } = createIdTokenNonce;
        const iat = unixSeconds(fresh.clock.now());
        const idToken = await provider.sign({ ...goodClaims(nonce), aud: 'app', iat, exp: iat + 60 });
        return codeOf(
          await fresh.client().run(CreateIdTokenSessionDocument, { provider: 'OIDC', idToken, nonce }),
        );
      };
      provider.state.status = 503;
      expect(await attempt()).toBe('USER_OAUTH2_PROVIDER_ERROR');
      provider.state.status = 200;
      expect(await attempt()).toBe('ok');
    } finally {
      await fresh.close();
    }
  });

  it('signs in with client.signIn.withIdToken', async () => {
    const client = createClient({ url: `${test.url}/graphql`, storage: memoryStorage() });
    const { nonce } = await client.createIdTokenNonce();
    const idToken = await provider.sign(goodClaims(nonce));
    const step = await client.signIn.withIdToken({ provider: 'OIDC', idToken, nonce });
    expect(step).toMatchObject({ status: 'signedIn', session: { provider: 'oidc' } });
    expect((await client.getAccount()).name).toBe('Ada');
  });
});

describe('ID tokens of Google', () => {
  it.each(['https://accounts.google.com', 'accounts.google.com'])('have the issuer %s', async (iss) => {
    const answer = await signInWith((claims) => ({ ...claims, iss }), { provider: 'GOOGLE' });
    expect(dataOf(answer).createIdTokenSession.provider).toBe('google');
  });

  it.each(['APPLE', 'MICROSOFT', 'OIDC'] as const)('are rejected as tokens of %s', async (other) => {
    const claim = (claims: JWTPayload) => ({ ...claims, iss: 'https://accounts.google.com' });
    expect(codeOf(await signInWith(claim, { provider: other }))).toBe('USER_ID_TOKEN_INVALID');
  });
});

describe('ID tokens of Apple', () => {
  const apple = (claims: JWTPayload): JWTPayload => {
    const { name: _, ...rest } = claims;
    return { ...rest, iss: 'https://appleid.apple.com', email_verified: 'true', is_private_email: 'true' };
  };

  it('can contain the hashed nonce and a private relay address', async () => {
    const email = `x${newEmail().split('@')[0]}@privaterelay.appleid.com`;
    const answer = await signInWith(
      (claims) => ({ ...apple(claims), email, nonce: digest(String(claims['nonce'])) }),
      { provider: 'APPLE', name: 'Ada Lovelace' },
    );
    expect(await accountOf(answer)).toMatchObject({ email, emailVerified: true, name: 'Ada Lovelace' });
  });

  it('come with a name that is used for an account without one only', async () => {
    const sign = (name: string) =>
      signInWith((claims) => ({ ...apple(claims), sub: 'apple-ada' }), { provider: 'APPLE', name });
    expect((await accountOf(await sign('Ada'))).name).toBe('Ada');
    expect((await accountOf(await sign('Eve'))).name).toBe('Ada');
    expect(codeOf(await sign('x'.repeat(129)))).toBe('GENERAL_ARGUMENT_INVALID');
  });
});

describe('ID tokens of Microsoft', () => {
  const tid = '9188040d-6c67-4c5b-b112-36a304b66dad';
  const oid = '00000000-0000-0000-66f3-3332eca7ea81';
  const microsoft = (claims: JWTPayload): JWTPayload => ({
    ...claims,
    iss: `https://login.microsoftonline.com/${tid}/v2.0`,
    tid,
    oid,
  });

  it('identify the user by oid, and their address is not verified', async () => {
    const answer = await signInWith(microsoft, { provider: 'MICROSOFT' });
    expect(dataOf(answer).createIdTokenSession.providerUid).toBe(oid);
    expect((await accountOf(answer)).emailVerified).toBe(false);
  });

  it.each<[string, (claims: JWTPayload) => JWTPayload, string]>([
    [
      'the issuer of another tenant',
      (claims) => ({ ...microsoft(claims), tid: oid }),
      'USER_ID_TOKEN_INVALID',
    ],
    ['no tenant', (claims) => ({ ...microsoft(claims), tid: undefined }), 'USER_ID_TOKEN_INVALID'],
    [
      'a tenant that is no id',
      (claims) => ({
        ...microsoft(claims),
        tid: 'common',
        iss: 'https://login.microsoftonline.com/common/v2.0',
      }),
      'USER_ID_TOKEN_INVALID',
    ],
    ['no oid', (claims) => ({ ...microsoft(claims), oid: undefined }), 'USER_MISSING_ID'],
  ])('are rejected with %s', async (_, change, code) => {
    expect(codeOf(await signInWith(change, { provider: 'MICROSOFT' }))).toBe(code);
  });
});
