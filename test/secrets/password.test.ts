import argon2 from 'argon2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { ServiceUnavailable } from '../../src/errors/unavailable.js';
import { PasswordHasher } from '../../src/secrets/password.js';

const key = (id: string, byte: number) => ({ id, bytes: new Uint8Array(32).fill(byte) });
const { ARGON2_MEMORY_KIB, ARGON2_TIME, ARGON2_PARALLELISM } = readConfig({});
const cost = { memoryKib: ARGON2_MEMORY_KIB, passes: ARGON2_TIME, parallelism: ARGON2_PARALLELISM };
const cheap = { memoryKib: 1024, passes: 1, parallelism: 1 };
const password = 'correct horse battery staple';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('PasswordHasher', () => {
  it('makes an argon2id hash of the default cost, salted, named after its pepper', async () => {
    const hasher = new PasswordHasher([key('a', 1)], cost, 4);
    const [first, second] = await Promise.all([hasher.hash(password), hasher.hash(password)]);
    expect(first).toEqual({
      hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/),
      keyId: 'a',
    });
    expect(second.hash).not.toBe(first.hash);
    expect(await hasher.verify(first, password)).toBe(true);
  });

  it('says no to anything but the password itself', async () => {
    const hasher = new PasswordHasher([key('a', 1)], cheap, 4);
    const stored = await hasher.hash(password);
    for (const wrong of ['', password.slice(1), `${password} `, `${password}\0`, password.toUpperCase()]) {
      expect(await hasher.verify(stored, wrong)).toBe(false);
    }
    const long = await hasher.hash(`${'🦊'.repeat(255)}a`);
    expect(await hasher.verify(long, `${'🦊'.repeat(255)}b`)).toBe(false);
  });

  it('needs the pepper', async () => {
    const stored = await new PasswordHasher([key('a', 1)], cheap, 4).hash(password);
    expect(await new PasswordHasher([key('a', 2)], cheap, 4).verify(stored, password)).toBe(false);
    expect(await argon2.verify(stored.hash, password)).toBe(false);
    expect(await argon2.verify(stored.hash, password, { secret: Buffer.alloc(32, 1) })).toBe(true);
    const without = new PasswordHasher([key('b', 2)], cheap, 4);
    await expect(without.verify(stored, password)).rejects.toThrow('no key "a"');
  });

  it('reads older peppers, and wants their hashes made anew', async () => {
    const stored = await new PasswordHasher([key('a', 1)], cheap, 4).hash(password);
    const rotated = new PasswordHasher([key('b', 2), key('a', 1)], cheap, 4);
    expect(await rotated.verify(stored, password)).toBe(true);
    expect(rotated.needsRehash(stored)).toBe(true);
    const next = await rotated.hash(password);
    expect(next.keyId).toBe('b');
    expect(rotated.needsRehash(next)).toBe(false);
  });

  it.each([
    ['memory', { ...cheap, memoryKib: 2048 }],
    ['passes', { ...cheap, passes: 2 }],
    ['lanes', { ...cheap, parallelism: 2 }],
  ])('wants a hash made anew when the %s changed, and reads it until then', async (_what, changed) => {
    const hasher = new PasswordHasher([key('a', 1)], cheap, 4);
    const stored = await hasher.hash(password);
    const dearer = new PasswordHasher([key('a', 1)], changed, 4);
    expect([hasher.needsRehash(stored), dearer.needsRehash(stored)]).toEqual([false, true]);
    expect(await dearer.verify(stored, password)).toBe(true);
    expect(hasher.needsRehash(await dearer.hash(password))).toBe(true);
  });

  it('does the same work for nobody, and says no', async () => {
    const hasher = new PasswordHasher([key('a', 1)], cost, 4);
    const stored = await hasher.hash(password);
    const verify = vi.spyOn(argon2, 'verify');
    expect(await hasher.verify(stored, password)).toBe(true);
    expect(await hasher.verify(null, password)).toBe(false);
    expect(await hasher.verify(null, 'the password of nobody')).toBe(false);
    const work = verify.mock.calls.map(([hash, , options]) => [hash.split('$').slice(1, 4), options]);
    const same = [['argon2id', 'v=19', 'm=19456,t=2,p=1'], { secret: Buffer.alloc(32, 1) }];
    expect(work).toEqual([same, same, same]);
  });

  it('rejects a password when 64 are waiting, and checks all others', async () => {
    const oneAtATime = 2;
    const hasher = new PasswordHasher([key('a', 1)], cheap, oneAtATime);
    const stored = await hasher.hash(password);
    const storm = Array.from({ length: 80 }, () => hasher.verify(stored, password));
    const outcomes = await Promise.allSettled(storm);
    expect(outcomes.slice(0, 65)).toEqual(Array(65).fill({ status: 'fulfilled', value: true }));
    const refused = { status: 'rejected', reason: expect.any(ServiceUnavailable) };
    expect(outcomes.slice(65)).toEqual(Array(15).fill(refused));
    expect(await hasher.verify(stored, password)).toBe(true);
  });

  it('turns away who has waited two seconds, before the work begins', async () => {
    const hasher = new PasswordHasher([key('a', 1)], cheap, 4);
    const stored = await hasher.hash(password);
    const verify = vi.spyOn(argon2, 'verify');
    const now = vi.spyOn(performance, 'now');
    now.mockReturnValueOnce(0).mockReturnValueOnce(2000);
    expect(await hasher.verify(stored, password)).toBe(true);
    now.mockReturnValueOnce(0).mockReturnValueOnce(2001);
    await expect(hasher.verify(stored, password)).rejects.toThrow(ServiceUnavailable);
    expect(verify).toHaveBeenCalledTimes(1);
  });
});
