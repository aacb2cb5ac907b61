import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient, memoryStorage } from '../../src/client/client.js';
import { CreateJwtDocument, UpdateMfaDocument } from '../../src/client/documents.js';
import { minutes, unixSeconds } from '../../src/clock.js';
import { createSessionVerifier, type KeySet } from '../../src/verifier.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow } from '../support/authenticator.js';
import { dataOf } from '../support/expect.js';
import { type Person, proveShown, signedInPerson } from '../support/people.js';

let test: TestApp;
let keys: KeySet;
beforeAll(async () => {
  test = await createTestApp({
    JWT_PROFILES: JSON.stringify({ reports: { aud: 'reports' } }),
  });
  keys = (await (await test.client().fetch('/.well-known/jwks.json')).json()) as KeySet;
});
afterAll(() => test.close());
// The verifier has the clock of the machine.
beforeEach(() => test.clock.advance(now() - unixSeconds(test.clock.now())));

const now = (): number => Math.round((performance.timeOrigin + performance.now()) / 1000);

const jwtOf = async ({ client }: Pick<Person, 'client'>, profile: string | null = null): Promise<string> =>
  dataOf(await client.run(CreateJwtDocument, { profile })).createJWT.jwt;

describe('createSessionVerifier', () => {
  it('verifies with keys that are handed in', async () => {
    const verify = createSessionVerifier({ url: test.url, keys, jwksUrl: 'http://127.0.0.1:1/' });
    const person = await signedInPerson(test);
    expect(await verify(await jwtOf(person))).toMatchObject({ userId: person.userId });
  });

  it('accepts the JWTs of one profile, or those of the API, and not both', async () => {
    const [own, reports] = [
      createSessionVerifier({ url: test.url, keys }),
      createSessionVerifier({ url: test.url, keys, audience: 'reports' }),
    ];
    const person = await signedInPerson(test);
    const [ownJwt, reportsJwt] = [await jwtOf(person), await jwtOf(person, 'reports')];
    expect([await own(ownJwt), await own(reportsJwt)]).toEqual([expect.anything(), null]);
    expect([await reports(ownJwt), await reports(reportsJwt)]).toEqual([null, expect.anything()]);
  });

  it('says what is wrong with a JWT', async () => {
    const { check } = createSessionVerifier({ url: test.url, keys });
    expect(await check('nonsense')).toEqual({ ok: false, reason: 'invalid' });
    // Any key of the algorithm could have signed a JWT without a key id.
    const twice = createSessionVerifier({ url: test.url, keys: { keys: [...keys.keys, ...keys.keys] } });
    const { privateKey } = await generateKeyPair('EdDSA');
    const stranger = await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
    expect(await twice.check(stranger)).toEqual({ ok: false, reason: 'invalid' });
    test.clock.advance(-3600);
    const person = await signedInPerson(test);
    expect(await check(await jwtOf(person))).toEqual({ ok: false, reason: 'expired' });
  });

  it('demands labels', async () => {
    const verify = createSessionVerifier({ url: test.url, keys, scopes: ['editor', 'beta'] });
    const person = await signedInPerson(test);
    const setLabels = (labels: string[]) =>
      test.app.deps.db.prisma.user.update({ where: { id: person.userId }, data: { labels } });
    await setLabels(['beta']);
    const jwt = await jwtOf(person);
    expect(await verify.check(jwt)).toEqual({ ok: false, reason: 'scopeMissing', missing: ['editor'] });
    expect(await verify(jwt)).toBeNull();
    await setLabels(['beta', 'editor']);
    expect(await verify(await jwtOf(person))).not.toBeNull();
  });

  it.each([
    { audience: '' },
    { maxAge: Number.NaN },
    { maxAge: -1 },
    { maxAge: '300' as never as number },
    { factors: 3 as never as 2 },
    { scopes: 'editor' as never as string[] },
  ])('rejects %j', (options) => {
    expect(() => createSessionVerifier({ url: test.url, keys, ...options })).toThrow(TypeError);
  });

  it('demands a second factor and a fresh proof, which client.prove() gives', async () => {
    const { check } = createSessionVerifier({ url: test.url, keys, factors: 2, maxAge: minutes(5) });
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    expect(await check(await jwtOf(person))).toEqual({
      ok: false,
      reason: 'factorMissing',
      ask: 'secondFactor',
    });
    const authenticator = await addAuthenticator(test, person.client);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    test.clock.advance(-minutes(20));
    await test.app.deps.db.prisma.session.update({
      where: { id: person.sessionId },
      data: { createdAt: test.clock.now(), mfaUpdatedAt: null },
    });
    test.clock.advance(minutes(20));
    const storage = memoryStorage();
    const client = createClient({
      url: `${test.url}/graphql`,
      storage,
      headers: { authorization: `Bearer ${person.secret}` },
    });
    const old = await client.jwt();
    expect(await check(old)).toEqual({ ok: false, reason: 'proofTooOld', ask: 'anyFactor' });
    const proof = await client.prove();
    expect(proof).toMatchObject({
      status: 'proof',
      factors: ['TOTP', 'EMAIL'],
      codeFactors: ['TOTP', 'EMAIL'],
    });
    const challenge = await proof.ask('TOTP');
    test.clock.advance(30);
    await expect(challenge.answer('000000')).rejects.toMatchObject({ code: 'USER_INVALID_TOKEN' });
    const jwt = await challenge.answer(codeNow(test, authenticator));
    test.clock.advance(-30);
    expect(jwt).not.toBe(old);
    expect(await client.jwt()).toBe(jwt);
    expect(await check(jwt)).toMatchObject({ ok: true, session: { userId: person.userId } });
    client.close();
  });
});

describe('the file of the package', () => {
  it('runs without anything of Node', async () => {
    const text = readFileSync(join(import.meta.dirname, '../../dist/server/verifier.js'), 'utf8');
    expect(text).not.toMatch(/from\s*["']node:|\brequire\(|\bprocess\.|\bBuffer\./);
    const person = await signedInPerson(test);
    const jwt = await jwtOf(person);
    // What edge runtimes have: Web APIs only.
    const context = vm.createContext({
      crypto,
      CryptoKey,
      TextEncoder,
      TextDecoder,
      URL,
      atob,
      btoa,
      structuredClone,
      Uint8Array,
      Headers,
      AbortSignal,
      jwt,
      options: { url: test.url, keys: JSON.parse(JSON.stringify(keys)) },
    });
    const script = text
      .replace(/export \{([^}]*)\};?\s*$/, 'globalThis.createSessionVerifier = createSessionVerifier;')
      .replace(/^export /gm, '');
    vm.runInContext(script, context);
    const result = (await vm.runInContext('createSessionVerifier(options)(jwt)', context)) as {
      userId: string;
    };
    expect(result.userId).toBe(person.userId);
  });
});
