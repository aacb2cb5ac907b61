import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { JwtSigner } from '../../src/secrets/jwt.js';
import type { SigningAlgorithm, SigningKey } from '../../src/secrets/key-ring.js';

const key = (id: string, byte: number, algorithm: SigningAlgorithm = 'EdDSA'): SigningKey => ({
  id,
  bytes: new Uint8Array(32).fill(byte),
  algorithm,
});
const [first, second] = [key('first', 1), key('second', 2)];
const issuer = 'https://accounts.test';
const now = new Date('2026-03-01T12:00:00.999Z');
const iat = 1_772_366_400;
const at = (milliseconds: number) => new Date(iat * 1000 + milliseconds);
const claims = { userId: 'ada', sessionId: 'a session' };
const content = {
  audience: null,
  lifetimeSeconds: 900,
  claims: { email_verified: true, labels: ['beta'] },
};
const signer = new JwtSigner([first, second], issuer, 'EdDSA');

const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), first.bytes]),
  format: 'der',
  type: 'pkcs8',
});
const publicKey = createPublicKey(privateKey);
const jwk = publicKey.export({ format: 'jwk' });
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

type Signature = KeyObject | Buffer | string;

/** A JWT like the signer’s, but for what is changed. A text is HMAC’s key, and '' signs nothing. */
function forge(header: object, payload: object, by: Signature = privateKey): string {
  const valid = { sid: 'a session', iss: issuer, aud: issuer, sub: 'ada', jti: 'id', iat, exp: iat + 900 };
  const text = [
    { alg: 'EdDSA', kid: 'first', typ: 'account+jwt', ...header },
    { ...valid, ...payload },
  ]
    .map(encode)
    .join('.');
  if (by === '') return `${text}.`;
  const hmac = typeof by === 'string' || Buffer.isBuffer(by);
  const signature = hmac ? createHmac('sha256', by).update(text).digest() : sign(null, Buffer.from(text), by);
  return `${text}.${signature.toString('base64url')}`;
}

describe('JwtSigner', () => {
  it('signs for 900 seconds of whole seconds', async () => {
    const { jwt, expiresAt } = await signer.sign(claims, content, 'id', now);
    expect(expiresAt).toEqual(at(900_000));
    const [header = '', payload = ''] = jwt.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'EdDSA',
      kid: 'first',
      typ: 'account+jwt',
    });
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({
      sid: 'a session',
      email_verified: true,
      labels: ['beta'],
      iss: issuer,
      aud: issuer,
      sub: 'ada',
      jti: 'id',
      iat,
      exp: iat + 900,
    });
  });

  it('verifies what it signed, until the instant that it named', async () => {
    const { jwt } = await signer.sign(claims, content, 'id', now);
    expect(await signer.verify(jwt, now)).toEqual(claims);
    expect(await signer.verify(jwt, at(899_999))).toEqual(claims);
    expect(await signer.verify(jwt, at(900_000))).toBeNull();
  });

  it('signs with the newest key and reads every one of the ring', async () => {
    const { jwt } = await new JwtSigner([second], issuer, 'EdDSA').sign(claims, content, 'id', now);
    expect(await signer.verify(jwt, now)).toEqual(claims);
    expect(await new JwtSigner([first], issuer, 'EdDSA').verify(jwt, now)).toBeNull();
    expect(await new JwtSigner([key('second', 3)], issuer, 'EdDSA').verify(jwt, now)).toBeNull();
  });

  it('is for its own issuer and audience alone', async () => {
    const { jwt } = await new JwtSigner([first], 'https://staging.accounts.test', 'EdDSA').sign(
      claims,
      content,
      'id',
      now,
    );
    expect(await signer.verify(jwt, now)).toBeNull();
  });

  it('signs with the first key of the chosen algorithm, and verifies each key with its own algorithm only', async () => {
    const ring = [first, key('p256', 4, 'ES256')] as const;
    const [edDsa, es256] = [new JwtSigner(ring, issuer, 'EdDSA'), new JwtSigner(ring, issuer, 'ES256')];
    const { jwt } = await es256.sign(claims, content, 'id', now);
    const [header = '', payload = '', signature = ''] = jwt.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
      alg: 'ES256',
      kid: 'p256',
    });
    expect(await edDsa.verify(jwt, now)).toEqual(claims);
    const confused = encode({ alg: 'EdDSA', kid: 'p256', typ: 'account+jwt' });
    expect(await edDsa.verify(`${confused}.${payload}.${signature}`, now)).toBeNull();
    expect(edDsa.keySet()).toEqual(es256.keySet());
    expect(es256.keySet().keys).toMatchObject([
      { kid: 'first', kty: 'OKP', alg: 'EdDSA' },
      { kid: 'p256', kty: 'EC', crv: 'P-256', alg: 'ES256' },
    ]);
    expect(JSON.stringify(es256.keySet())).not.toContain('"d"');
  });

  it('does not accept a JWT for another service, even with its own audience', async () => {
    for (const audience of ['reports', issuer]) {
      const { jwt, expiresAt } = await signer.sign(
        claims,
        { ...content, audience, lifetimeSeconds: 60 },
        'id',
        now,
      );
      expect(expiresAt).toEqual(at(60_000));
      expect(await signer.verify(jwt, now)).toBeNull();
    }
  });

  it('accepts its own JWT with as many labels as a user can have', async () => {
    const labels = Array.from({ length: 50 }, (_, index) => String(index).padStart(36, 'x'));
    const full = { ...content, claims: { labels, scope: labels.join(' ') } };
    const { jwt } = await signer.sign(claims, full, 'id', now);
    expect(await signer.verify(jwt, now)).toEqual(claims);
  });

  it('publishes the public half of every key', () => {
    const published = {
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.stringMatching(/^[\w-]{43}$/),
      alg: 'EdDSA',
      use: 'sig',
    };
    expect(signer.keySet()).toEqual({
      keys: ['first', 'second'].map((kid) => ({ ...published, kid })),
    });
    expect(signer.keySet().keys[0]).toMatchObject({ x: jwk.x });
  });

  const stranger = generateKeyPairSync('ed25519');
  const strangerJwk = stranger.publicKey.export({ format: 'jwk' });
  const pem = publicKey.export({ format: 'pem', type: 'spki' });
  const forgeries: readonly [string, header: object, payload: object, by?: Signature][] = [
    ['alg none', { alg: 'none' }, {}, ''],
    ['alg None', { alg: 'None' }, {}, ''],
    ['alg nOnE', { alg: 'nOnE' }, {}, ''],
    ['alg none and a signature', { alg: 'none' }, {}],
    ['no alg', { alg: undefined }, {}],
    ['an alg that is no text', { alg: 7 }, {}],
    ['no signature', {}, {}, ''],
    ['HS256 by the public key as PEM', { alg: 'HS256' }, {}, pem],
    ['HS256 by the public key as JWK', { alg: 'HS256' }, {}, JSON.stringify(jwk)],
    ['HS256 by the public key as bytes', { alg: 'HS256' }, {}, Buffer.from(jwk.x ?? '', 'base64url')],
    ['ES256', { alg: 'ES256' }, {}],
    ['RS256', { alg: 'RS256' }, {}],
    ['a stranger’s key', {}, {}, stranger.privateKey],
    ['a key that it brings along', { kid: 'mine', jwk: strangerJwk }, {}, stranger.privateKey],
    ['a key that it points to', { kid: 'mine', jku: 'http://127.0.0.1:1/' }, {}, stranger.privateKey],
    ['another kid of the ring', { kid: 'second' }, {}],
    ['a kid that is a path', { kid: '../../dev/null' }, {}],
    ['a kid that is SQL', { kid: "' OR 1=1--" }, {}],
    ['a kid of every object', { kid: '__proto__' }, {}],
    ['a kid of 2 KB', { kid: 'x'.repeat(2048) }, {}],
    ['a kid that is no text', { kid: 7 }, {}],
    ['no kid', { kid: undefined }, {}],
    ['another typ', { typ: 'JWT' }, {}],
    ['no typ', { typ: undefined }, {}],
    ['an unknown crit', { crit: ['x'], x: 1 }, {}],
    ['a crit that is no list', { crit: 'exp' }, {}],
    ['b64 false', { crit: ['b64'], b64: false }, {}],
    ['another iss', {}, { iss: 'https://elsewhere.test' }],
    ['no iss', {}, { iss: undefined }],
    ['another aud', {}, { aud: 'https://elsewhere.test' }],
    ['no aud', {}, { aud: undefined }],
    ['no sub', {}, { sub: undefined }],
    ['a sub that is no text', {}, { sub: 7 }],
    ['no sid', {}, { sid: undefined }],
    ['a sid that is no text', {}, { sid: ['a session'] }],
    ['no jti', {}, { jti: undefined }],
    ['no iat', {}, { iat: undefined }],
    ['no exp', {}, { exp: undefined }],
    ['an exp that is no number', {}, { exp: '9999999999' }],
    ['an exp that has come', {}, { exp: iat }],
    ['an nbf to come', {}, { nbf: iat + 60 }],
    ['an nbf that is no number', {}, { nbf: 'x' }],
  ];

  it('reads a JWT that is made the way the forgeries are, but right', async () => {
    expect(await signer.verify(forge({}, {}), now)).toEqual(claims);
  });

  it.each(forgeries)('refuses %s', async (_what, header, payload, by) => {
    expect(await signer.verify(forge(header, payload, by), now)).toBeNull();
  });

  it('refuses a JWT with any one letter changed', async () => {
    const { jwt } = await signer.sign(claims, content, 'id', now);
    // The last letter of a signature holds four bits that mean nothing.
    for (let index = 0; index < jwt.length - 1; index += 1) {
      const changed = jwt.slice(0, index) + (jwt[index] === 'A' ? 'B' : 'A') + jwt.slice(index + 1);
      expect([index, await signer.verify(changed, now)]).toEqual([index, null]);
    }
  });

  it.each(['', '.', '..', '...', 'a.b.c', 'null', '{}', 'a b c', '\0.\0.\0', 'é.é.é'])(
    'refuses %j',
    async (text) => {
      expect(await signer.verify(text, now)).toBeNull();
    },
  );

  it.each(['null', '[]', '"ada"', '7', '', '{"sub":'])(
    'refuses %j as payload, rightly signed',
    async (payload) => {
      const header = encode({ alg: 'EdDSA', kid: 'first', typ: 'account+jwt' });
      const text = `${header}.${Buffer.from(payload).toString('base64url')}`;
      const jwt = `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
      expect(await signer.verify(jwt, now)).toBeNull();
    },
  );

  it('refuses 100 KB without looking, right as they may be', async () => {
    expect(await signer.verify(forge({}, { more: 'x'.repeat(100_000) }), now)).toBeNull();
    expect(await signer.verify(forge({}, { more: 'x'.repeat(100) }), now)).toEqual(claims);
  });
});
