import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkKeys, keyedColumns } from '../../src/db/key-checks.js';
import type { KeyRings } from '../../src/secrets/key-rings.js';
import { SealedBox } from '../../src/secrets/sealed-box.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import { signedInPerson } from '../support/people.js';

const key = (id: string, byte: number) => ({
  id,
  bytes: new Uint8Array(32).map((_, index) => index * 7 + byte),
});
const ringsOf = (id: string, byte: number): KeyRings => ({
  encryption: [key(id, byte)],
  pepper: [key(id, byte + 1)],
  code: [key(id, byte + 2)],
  jwt: [{ ...key(id, byte + 3), algorithm: 'EdDSA' }],
});
const written = (rings: KeyRings): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      ENCRYPTION_KEYS: rings.encryption,
      PEPPER_KEYS: rings.pepper,
      CODE_KEYS: rings.code,
      JWT_KEYS: rings.jwt,
    }).map(([name, ring]) => [
      name,
      ring.map(({ id, bytes }) => `${id}:${Buffer.from(bytes).toString('base64')}`).join(','),
    ]),
  );

const [first, second] = [ringsOf('k1', 1), ringsOf('k1', 101)];
const rotated: KeyRings = {
  encryption: [key('k2', 50), first.encryption[0]],
  pepper: [key('k2', 51), first.pepper[0]],
  code: [key('k2', 52)],
  jwt: [{ ...key('k2', 53), algorithm: 'EdDSA' }],
};
let test: TestApp;

const problemsOf = (rings: KeyRings): Promise<string> =>
  checkKeys(test.app.deps.db, rings, test.app.deps.log).then(
    () => '',
    (error: Error) => error.message,
  );

describe('key rings', () => {
  afterEach(() => test.close());

  it('are refused where another key has a known name', async () => {
    test = await createTestApp(written(first));
    expect(await problemsOf(first)).toBe('');
    const problems = await problemsOf(second);
    for (const name of ['ENCRYPTION_KEYS', 'PEPPER_KEYS', 'CODE_KEYS', 'JWT_KEYS'])
      expect(problems).toContain(`${name}: "k1" is not the key that the database knows by this name`);
  });

  it('are refused while rows need a key that is missing, and say how many', async () => {
    test = await createTestApp(written(first));
    const { client } = await signedInPerson(test);
    await addAuthenticator(test, client);
    expect(await problemsOf(rotated)).toBe('');
    expect(test.logLines.join('')).toContain('"variable":"PEPPER_KEYS","key":"k1","rows":1');
    const alone = { ...rotated, encryption: [rotated.encryption[0]], pepper: [rotated.pepper[0]] } as const;
    const problems = await problemsOf(alone);
    expect(problems).toContain('PEPPER_KEYS: "k1" is missing, and 1 rows can be read only with it');
    expect(problems).toContain('ENCRYPTION_KEYS: "k1" is missing, and ');
    await test.app.deps.db.query({ text: 'DELETE FROM users' });
    await test.app.deps.db.query({ text: 'DELETE FROM outbox' });
    expect(await problemsOf(alone)).toBe('');
    // Nothing needs it any more: the name is free.
    expect(await problemsOf({ ...alone, pepper: [key('k2', 51), key('k1', 90)] })).toBe('');
  });

  it('that were made for development give way while nothing was made with them', async () => {
    test = await createTestApp();
    const [one, other] = [ringsOf('development', 1), ringsOf('development', 101)];
    expect([await problemsOf(one), await problemsOf(other)]).toEqual(['', '']);
    await test.app.deps.db.query({
      text: `INSERT INTO outbox ("id", "channel", "kind", "payloadSealed", "nextAttemptAt", "createdAt", "expiresAt")
        VALUES (gen_random_uuid(), 'email', 'recovery', $1, now(), now(), now() + interval '1 day')`,
      values: [await new SealedBox(other.encryption).seal(['outbox', 'payloadSealed', 'x'], '{}')],
    });
    expect(await problemsOf(one)).toContain('ENCRYPTION_KEYS: "development" is not the key');
    expect(await problemsOf(other)).toBe('');
  });
});

/** Rows that live for minutes: removing their key ends them early, and the user asks again. */
const shortLived = [
  'challenges.keyId',
  'inbox_messages.contentSealed',
  'oauth2_flows.checksSealed',
  'tokens.keyId',
];

describe('a key that was removed from its ring', () => {
  it('is missed at the start for every column that is kept and needs it', () => {
    const schema = readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');
    const columns = [...schema.matchAll(/^model \w+ \{.*?^\}/gms)].flatMap(([model]) => {
      const table = /@@map\("(\w+)"\)/.exec(model)?.[1] ?? '';
      const fields = [...model.matchAll(/^ {2}(\w*(?:Sealed|[kK]eyId))\s/gm)].map(([, field]) => field);
      return table === 'key_checks' ? [] : fields.map((field) => `${table}.${field}`);
    });
    const checked = Object.values(keyedColumns).flatMap((ring) =>
      ring.map(({ table, column }) => `${table}.${column}`),
    );
    expect(columns.sort()).toEqual([...checked, ...shortLived].sort());
  });
});
