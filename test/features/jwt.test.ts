import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JwtSigner } from '../../src/secrets/jwt.js';
import {
  CreateAccountDocument,
  CreateJwtDocument,
  DeleteSessionDocument,
  DeleteSessionsDocument,
  GetAccountDocument,
  UpdateNameDocument,
  UpdatePasswordDocument,
  UpdateStatusDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { goodPassword, jwtClient, newEmail, signedInPerson, signIn, proveShown } from '../support/people.js';

const seed = Buffer.from('a seed of 32 bytes for the tests');
const oldSeed = Buffer.from('and the 32 bytes that came first');
const content = { audience: null, lifetimeSeconds: 900, claims: { email_verified: false, labels: [] } };
let test: TestApp;
beforeAll(async () => {
  const JWT_KEYS = `now:${seed.toString('base64')},before:${oldSeed.toString('base64')}`;
  test = await createTestApp({ JWT_KEYS });
});
afterAll(() => test.close());

const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
});
const whoAmI = async (client: Client) => codeOf(await client.run(GetAccountDocument));
const publicKeyText = Buffer.from(createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }));

describe('createJWT', () => {
  it('answers a JWT of the session for 15 minutes, which records nothing', async () => {
    const person = await signedInPerson(test);
    const before = await test.rows();
    const { createJWT } = dataOf(await person.client.run(CreateJwtDocument));
    const expiresAt = new Date(test.clock.now().getTime() + 900_000).toISOString();
    expect(createJWT).toEqual({ jwt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]{86}$/), expiresAt });
    expect(decodeProtectedHeader(createJWT.jwt)).toEqual({ alg: 'EdDSA', kid: 'now', typ: 'account+jwt' });
    const iat = Math.floor(test.clock.now().getTime() / 1000);
    expect(decodeJwt(createJWT.jwt)).toEqual({
      iss: test.url,
      aud: test.url,
      sub: person.userId,
      sid: person.sessionId,
      auth_time: iat,
      amr: ['pwd'],
      acr: '1',
      email_verified: false,
      labels: [],
      scope: '',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat,
      exp: iat + 900,
    });
    expect(await test.rows()).toEqual(before);
    expect(test.logLines.join('')).not.toContain(createJWT.jwt);
  });

  it('is verified with the published keys, which hold nothing secret', async () => {
    const person = await signedInPerson(test);
    const { bearer } = await jwtClient(person);
    const response = await test.client().fetch('/.well-known/jwks.json');
    const keys = (await response.json()) as JSONWebKeySet;
    const publicKey = { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), alg: 'EdDSA', use: 'sig' };
    expect(keys.keys).toEqual(['now', 'before'].map((kid) => ({ ...publicKey, kid })));
    const { payload } = await jwtVerify(bearer ?? '', createLocalJWKSet(keys), {
      issuer: test.url,
      audience: test.url,
      typ: 'account+jwt',
      currentDate: test.clock.now(),
    });
    expect(payload).toMatchObject({
      sub: person.userId,
      sid: person.sessionId,
      email_verified: false,
      labels: [],
    });
  });

  it('is refused to a guest and to a JWT', async () => {
    const client = await jwtClient(await signedInPerson(test));
    await expectRefusal(test, 'USER_JWT_CREATION_DENIED', () => client.run(CreateJwtDocument));
    await expectRefusal(test, 'GENERAL_UNAUTHORIZED_SCOPE', () => test.client().run(CreateJwtDocument));
  });

  it('is limited to 100 an hour and user, aliases counted', async () => {
    const { client } = await signedInPerson(test);
    const five = `mutation { ${[...'abcde'].map((name) => `${name}: createJWT { expiresAt }`).join(' ')} }`;
    for (let call = 0; call < 20; call += 1) expect(codeOf(await client.send(five))).toBe('ok');
    expect(codeOf(await client.run(CreateJwtDocument))).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    test.clock.advance(3600);
    expect(codeOf(await client.run(CreateJwtDocument))).toBe('ok');
  });
});

describe('a JWT', () => {
  it('acts for its user until the instant it says, and is an error from then on', async () => {
    const person = await signedInPerson(test);
    const { createJWT } = dataOf(await person.client.run(CreateJwtDocument));
    const client = person.client.withBearer(createJWT.jwt);
    test.clock.moveToJustBefore(createJWT.expiresAt);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount.id).toBe(person.userId);
    test.clock.advance(0.001);
    expect(await whoAmI(client)).toBe('USER_JWT_INVALID');
    const args = { email: newEmail(), password: goodPassword };
    await expectRefusal(test, 'USER_JWT_INVALID', () => client.run(CreateAccountDocument, args));
  });

  it('dies with its session, and only with its own', async () => {
    const person = await signedInPerson(test);
    const second = { ...person, client: test.client() };
    const { sessionId } = await signIn(second.client, person);
    const [first, other] = [await jwtClient(person), await jwtClient(second)];
    dataOf(await second.client.run(DeleteSessionDocument, { sessionId: person.sessionId }));
    expect(await whoAmI(first)).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(await whoAmI(other)).toBe('ok');
    dataOf(await other.run(DeleteSessionDocument, { sessionId }));
    expect(await whoAmI(other)).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('dies with all sessions, by its own hand too', async () => {
    for (const byJwt of [false, true]) {
      const person = await signedInPerson(test);
      const client = await jwtClient(person);
      dataOf(await (byJwt ? client : person.client).run(DeleteSessionsDocument));
      expect(await whoAmI(client)).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    }
  });

  it('dies with a session that a change of password ends', async () => {
    const person = await signedInPerson(test);
    const kept = await jwtClient(person);
    const second = test.client();
    await signIn(second, person);
    const ended = await jwtClient({ client: second });
    const args = { password: 'another good one, long', oldPassword: person.password };
    dataOf(await person.client.run(UpdatePasswordDocument, args));
    expect([await whoAmI(kept), await whoAmI(ended)]).toEqual(['ok', 'GENERAL_UNAUTHORIZED_SCOPE']);
  });

  it('outlives its session in no case', async () => {
    const person = await signedInPerson(test);
    const client = await jwtClient(person);
    const expiresAt = new Date(test.clock.now().getTime() + 60_000);
    await test.app.deps.db.prisma.session.update({
      where: { id: person.sessionId },
      data: { expiresAt, maxExpiresAt: expiresAt },
    });
    test.clock.moveToJustBefore(expiresAt.toISOString());
    expect(await whoAmI(client)).toBe('ok');
    test.clock.advance(0.001);
    expect(await whoAmI(client)).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('is blocked with its user, and stands no higher than its session', async () => {
    const [blocked, pending] = [await signedInPerson(test), await signedInPerson(test)];
    const [byBlocked, byPending] = [await jwtClient(blocked), await jwtClient(pending)];
    dataOf(await blocked.client.run(UpdateStatusDocument));
    expect(await whoAmI(byBlocked)).toBe('USER_BLOCKED');
    await proveShown(test, pending.userId);
    const data = { mfaEnabled: true };
    await test.app.deps.db.prisma.user.update({ where: { id: pending.userId }, data });
    const { errors } = await byPending.run(GetAccountDocument);
    expect(errors[0]?.extensions).toMatchObject({ code: 'USER_MORE_FACTORS_REQUIRED', factors: ['EMAIL'] });
  });

  it('is accepted when an older key of the ring signed it', async () => {
    const person = await signedInPerson(test);
    const before = new JwtSigner([{ id: 'before', bytes: oldSeed, algorithm: 'EdDSA' }], test.url, 'EdDSA');
    const { jwt } = await before.sign(person, content, 'id', test.clock.now());
    expect(await whoAmI(person.client.withBearer(jwt))).toBe('ok');
  });

  it('of another user’s session makes a guest', async () => {
    const [person, victim] = [await signedInPerson(test), await signedInPerson(test)];
    const forged = { ...person, userId: victim.userId };
    const { jwt } = await test.app.deps.jwt.sign(forged, content, 'id', test.clock.now());
    expect(await whoAmI(person.client.withBearer(jwt))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('is one only as a bearer: a cookie with it makes a guest', async () => {
    const { bearer } = await jwtClient(await signedInPerson(test));
    const client = test.client();
    client.cookies.set('session', bearer ?? '');
    expect(await whoAmI(client)).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('conflicts with the cookie of another user, not with one of the same or of nobody', async () => {
    const [person, other] = [await signedInPerson(test), await signedInPerson(test)];
    const client = await jwtClient(person);
    client.cookies.set('session', other.secret);
    const rename = () => client.run(UpdateNameDocument, { name: 'Eve' });
    await expectRefusal(test, 'USER_CREDENTIALS_CONFLICT', rename);
    const args = { email: newEmail(), password: goodPassword };
    await expectRefusal(test, 'USER_CREDENTIALS_CONFLICT', () => client.run(CreateAccountDocument, args));
    for (const secret of [person.secret, 'session_of_nobody']) {
      client.cookies.set('session', secret);
      expect(dataOf(await client.run(GetAccountDocument)).getAccount.id).toBe(person.userId);
    }
  });
});

describe('a forged JWT', () => {
  const header = { alg: 'EdDSA', kid: 'now', typ: 'account+jwt' };
  const edit = (jwt: string, index: number, change: (piece: string) => string) =>
    jwt
      .split('.')
      .map((piece, i) => (i === index ? change(piece) : piece))
      .join('.');
  const flip = (piece: string) => `${piece.slice(0, 20)}${piece[20] === 'A' ? 'B' : 'A'}${piece.slice(21)}`;
  const headed = (jwt: string, alg: string) =>
    edit(jwt, 0, () => Buffer.from(JSON.stringify({ ...header, alg })).toString('base64url'));
  const signed = (jwt: string, changed: object, key: KeyObject | Uint8Array = privateKey) =>
    new SignJWT(decodeJwt(jwt)).setProtectedHeader({ ...header, ...changed }).sign(key);
  const forgeries: readonly [string, (jwt: string) => string | Promise<string>][] = [
    ['alg none', (jwt) => edit(headed(jwt, 'none'), 2, () => '')],
    ['alg nOnE', (jwt) => headed(jwt, 'nOnE')],
    ['no signature', (jwt) => edit(jwt, 2, () => '')],
    ['HS256 by the public key', (jwt) => signed(jwt, { alg: 'HS256' }, publicKeyText)],
    ['a stranger’s key', (jwt) => signed(jwt, {}, generateKeyPairSync('ed25519').privateKey)],
    ['the wrong kid', (jwt) => signed(jwt, { kid: 'before' })],
    ['the wrong typ', (jwt) => signed(jwt, { typ: 'JWT' })],
    ['a flipped header', (jwt) => edit(jwt, 0, flip)],
    ['flipped claims', (jwt) => edit(jwt, 1, flip)],
    ['a flipped signature', (jwt) => edit(jwt, 2, flip)],
    ['8 KB', (jwt) => jwt + 'A'.repeat(8192)],
  ];
  const use = async (forged: (jwt: string) => string | Promise<string>) => {
    const { client } = await signedInPerson(test);
    const { createJWT } = dataOf(await client.run(CreateJwtDocument));
    const forger = client.withBearer(await forged(createJWT.jwt));
    const code = codeOf(await forger.run(UpdateNameDocument, { name: 'Eve' }));
    return [code, dataOf(await client.run(GetAccountDocument)).getAccount.name];
  };

  it.each(forgeries)('is refused with %s', async (_what, forged) => {
    expect(await use(forged)).toEqual(['USER_JWT_INVALID', '']);
  });

  it('differs from a true one in that alone', async () => {
    expect(await use((jwt) => signed(jwt, {}))).toEqual(['ok', 'Eve']);
  });

  it('is refused before anything reads it when it is 100 KB long', async () => {
    const authorization = `Bearer a.b.${'c'.repeat(100_000)}`;
    const { status } = await test
      .client()
      .fetch('/graphql?query={__typename}', { headers: { authorization } });
    expect(status).toBe(431);
  });
});
