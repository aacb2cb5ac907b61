import { execFileSync } from 'node:child_process';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateJwtDocument,
  GetAccountDocument,
  UpdateMfaDocument,
  UpdateUserLabelsDocument,
} from '../../src/client/documents.js';
import { minutes, unixSeconds } from '../../src/clock.js';
import { readConfig } from '../../src/config/config.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, passTotp } from '../support/authenticator.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { anonymousPerson, proveShown, signedInPerson, signIn } from '../support/people.js';

const profiles = {
  hasura: {
    aud: 'hasura',
    claims: {
      'https://hasura.io/jwt/claims': {
        'x-hasura-user-id': '$.user.id',
        'x-hasura-default-role': 'user',
        'x-hasura-allowed-roles': ['user'],
      },
    },
  },
  postgrest: { aud: 'postgrest', lifetime: '5m', claims: { role: 'web_user' } },
  everything: {
    aud: 'everything',
    lifetime: '90s',
    claims: {
      user: {
        id: '$.user.id',
        name: '$.user.name',
        email: '$.user.verifiedEmail',
        phone: '$.user.verifiedPhone',
        labels: '$.user.labels',
      },
      session: ['$.session.id', '$.session.factors'],
      constants: [1, true, null, 'text', { nested: '$' }],
    },
  },
};
const p256 = Buffer.from('a P-256 key of 32 bytes, a test.');
const seed = Buffer.from('a seed of 32 bytes for the tests');
const settings = {
  ...operatorSettings,
  JWT_PROFILES: JSON.stringify(profiles),
  JWT_KEYS: `ed:${seed.toString('base64')},ec:es256:${p256.toString('base64')}`,
};

let test: TestApp;
let es256: TestApp;
beforeAll(async () => {
  [test, es256] = await Promise.all([
    createTestApp(settings),
    createTestApp({ ...settings, JWT_ALGORITHM: 'ES256' }),
  ]);
});
afterAll(async () => {
  await Promise.all([test.close(), es256.close()]);
});

const keySetOf = async (on: TestApp): Promise<JSONWebKeySet> =>
  (await (await on.client().fetch('/.well-known/jwks.json')).json()) as JSONWebKeySet;

const jwtOf = async (on: TestApp, profile: string | null = null) => {
  const person = await signedInPerson(on);
  const { createJWT } = dataOf(await person.client.run(CreateJwtDocument, { profile }));
  return { ...person, ...createJWT };
};

describe('createJWT', () => {
  it('says how and when the user signed in', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const labels = ['a', 'b'];
    dataOf(await operatorOf(test).run(UpdateUserLabelsDocument, { userId: person.userId, labels }));
    const claimsOf = async () => decodeJwt(dataOf(await person.client.run(CreateJwtDocument)).createJWT.jwt);
    const signedInAt = unixSeconds(test.clock.now());
    test.clock.advance(minutes(2));
    expect(await claimsOf()).toMatchObject({
      auth_time: signedInAt,
      amr: ['pwd'],
      acr: '1',
      email_verified: true,
      labels,
      scope: 'a b',
    });
    const authenticator = await addAuthenticator(test, person.client);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    await signIn(person.client, person);
    const signedInAgainAt = unixSeconds(test.clock.now());
    test.clock.advance(minutes(1));
    await passTotp(test, person.client, authenticator);
    const claims = await claimsOf();
    expect(claims).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: '2' });
    expect(claims['auth_time']).toBeGreaterThanOrEqual(signedInAgainAt + minutes(1));
  });

  it('says that an anonymous user has proved nothing', async () => {
    const { client } = await anonymousPerson(test);
    const { createJWT } = dataOf(await client.run(CreateJwtDocument));
    expect(decodeJwt(createJWT.jwt)).toMatchObject({ amr: [], acr: '1', email_verified: false });
  });

  it('puts constants and fields of a profile into the JWT, in addition to all usual claims', async () => {
    const { jwt, userId, sessionId, expiresAt } = await jwtOf(test, 'everything');
    expect(Date.parse(expiresAt) - test.clock.now().getTime()).toBe(90_000);
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'EdDSA', kid: 'ed', typ: 'JWT' });
    expect(decodeJwt(jwt)).toMatchObject({
      iss: test.url,
      aud: 'everything',
      sub: userId,
      sid: sessionId,
      amr: ['pwd'],
      user: { id: userId, name: '', email: null, phone: null, labels: [] },
      session: [sessionId, ['password']],
      constants: [1, true, null, 'text', { nested: '$' }],
    });
  });

  it('rejects an unknown profile, and names of every object', async () => {
    const { client } = await signedInPerson(test);
    for (const profile of ['unknown', '', 'constructor', '__proto__', 'toString'])
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => client.run(CreateJwtDocument, { profile }));
  });

  it('creates no JWT of a profile that this API accepts', async () => {
    const { client, jwt } = await jwtOf(test, 'hasura');
    expect(codeOf(await client.withBearer(jwt).run(GetAccountDocument))).toBe('USER_JWT_INVALID');
  });
});

describe('another service', () => {
  /** Verifies with the rules of the service, by libraries that are not the server's. */
  const verifiers: Record<
    string,
    (jwt: string, keys: JSONWebKeySet, audience: string, on: TestApp) => Promise<object>
  > = {
    jose: async (jwt, keys, audience, on) =>
      (
        await jwtVerify(jwt, createLocalJWKSet(keys), {
          audience,
          issuer: on.url,
          currentDate: on.clock.now(),
        })
      ).payload,
    'fast-jwt': async (jwt, keys, audience, on) =>
      createVerifier({
        key: pemOf(jwt, keys),
        allowedAud: audience,
        allowedIss: on.url,
        clockTimestamp: on.clock.now().getTime(),
      })(jwt) as object,
  };
  const pemOf = (jwt: string, { keys }: JSONWebKeySet): string => {
    const { kid } = decodeProtectedHeader(jwt);
    const key = keys.find((each) => each.kid === kid) as JsonWebKey;
    return String(createPublicKey({ key, format: 'jwk' }).export({ format: 'pem', type: 'spki' }));
  };

  it.each(Object.keys(verifiers))('accepts EdDSA and ES256 with %s', async (name) => {
    for (const on of [test, es256]) {
      const { jwt, userId } = await jwtOf(on, 'postgrest');
      const payload = await verifiers[name]?.(jwt, await keySetOf(on), 'postgrest', on);
      expect(payload).toMatchObject({ sub: userId, role: 'web_user' });
    }
  });

  it('accepts ES256 with jsonwebtoken, and not with another audience', async () => {
    const { jwt, userId } = await jwtOf(es256, 'hasura');
    const pem = pemOf(jwt, await keySetOf(es256));
    const clockTimestamp = unixSeconds(es256.clock.now());
    const verify = (audience: string) =>
      jsonwebtoken.verify(jwt, pem, { algorithms: ['ES256'], audience, issuer: es256.url, clockTimestamp });
    const claims = (verify('hasura') as jsonwebtoken.JwtPayload)['https://hasura.io/jwt/claims'] as Record<
      string,
      unknown
    >;
    expect(claims['x-hasura-user-id']).toBe(userId);
    expect(claims['x-hasura-allowed-roles']).toContain(claims['x-hasura-default-role']);
    expect(() => verify('postgrest')).toThrow('audience');
  });

  const python = (code: string, ...args: string[]): string =>
    execFileSync('/usr/bin/python3', ['-c', code, ...args], { encoding: 'utf8' }).trim();
  const hasPyJwt = ((): boolean => {
    try {
      return python('import jwt; print("yes")') === 'yes';
    } catch {
      return false;
    }
  })();

  it.skipIf(!hasPyJwt)('accepts EdDSA and ES256 with PyJWT', async () => {
    for (const [on, algorithm] of [
      [test, 'EdDSA'],
      [es256, 'ES256'],
    ] as const) {
      const { jwt, userId } = await jwtOf(on, 'postgrest');
      const code = [
        'import jwt, sys',
        'token, pem, algorithm, issuer = sys.argv[1:]',
        // The clock of the tests is not the one of Python.
        'options = {"verify_exp": False, "verify_iat": False}',
        'print(jwt.decode(token, pem, algorithms=[algorithm], audience="postgrest", issuer=issuer, options=options)["sub"])',
      ].join('\n');
      expect(python(code, jwt, pemOf(jwt, await keySetOf(on)), algorithm, on.url)).toBe(userId);
    }
  });
});

describe('JWT_PROFILES', () => {
  const problemOf = (value: unknown): string => {
    try {
      readConfig({ JWT_PROFILES: typeof value === 'string' ? value : JSON.stringify(value) });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['no JSON', '{', 'must be a JSON object'],
    ['a list', [], 'must be a JSON object'],
    ['a profile that is no object', { a: 1 }, 'a must be an object'],
    ['a name with a blank', { 'a b': { aud: 'x' } }, '"a b" must be a name'],
    ['no audience', { a: {} }, 'a.aud must be a text'],
    ['a lifetime above 15 minutes', { a: { aud: 'x', lifetime: '16m' } }, 'a.lifetime must be'],
    ['a lifetime without a unit', { a: { aud: 'x', lifetime: 300 } }, 'a.lifetime must be'],
    ['an unknown setting', { a: { aud: 'x', ttl: '5m' } }, 'a.ttl is unknown'],
    ['claims that are a list', { a: { aud: 'x', claims: [] } }, 'a.claims must be an object'],
    [
      'an unknown field',
      { a: { aud: 'x', claims: { b: { c: ['$.user.email'] } } } },
      'a.claims.b.c.0: there is no field "$.user.email"',
    ],
    ...[
      'iss',
      'aud',
      'sub',
      'sid',
      'jti',
      'iat',
      'nbf',
      'exp',
      'auth_time',
      'amr',
      'acr',
      'email_verified',
      'labels',
      'scope',
    ].map((claim): [string, unknown, string] => [
      `the claim ${claim}`,
      { a: { aud: 'x', claims: { [claim]: 1 } } },
      `a.claims.${claim} is a claim of every JWT`,
    ]),
  ])('stops the start because of %s', (_name, value, problem) => {
    expect(problemOf(value)).toContain(`JWT_PROFILES: `);
    expect(problemOf(value)).toContain(problem);
  });

  it('names all problems at once', () => {
    const message = problemOf({ a: {}, b: { aud: 'x', claims: { sub: 1, c: '$.nope' } } });
    for (const problem of ['a.aud', 'b.claims.sub', 'b.claims.c']) expect(message).toContain(problem);
  });

  it('needs a key of the chosen algorithm', () => {
    const JWT_KEYS = `ed:${seed.toString('base64')}`;
    expect(() => readConfig({ JWT_KEYS, JWT_ALGORITHM: 'ES256' })).toThrow(
      'JWT_KEYS: holds no key for JWT_ALGORITHM=ES256',
    );
    const zero = Buffer.alloc(32, 255).toString('base64');
    expect(() => readConfig({ JWT_KEYS: `ec:es256:${zero}`, JWT_ALGORITHM: 'ES256' })).toThrow(
      'JWT_KEYS: must be',
    );
  });
});
