import { CompactEncrypt } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Place, SealedBox } from '../../src/secrets/sealed-box.js';

const key = (id: string, byte: number) => ({ id, bytes: new Uint8Array(32).fill(byte) });
const [oldKey, newKey] = [key('old', 1), key('new', 2)];
const box = new SealedBox([oldKey]);
const place: Place = ['authenticators', 'secretSealed', '1'];
const elsewhere: Place = ['elsewhere', 'x', '1'];

/** The value with another letter in the middle of one of its five parts. */
function tamper(sealed: string, index: number): string {
  const parts = sealed.split('.');
  const part = parts[index] ?? '';
  const middle = Math.floor(part.length / 2);
  parts[index] = part.slice(0, middle) + (part[middle] === 'A' ? 'B' : 'A') + part.slice(middle + 1);
  return parts.join('.');
}

describe('SealedBox', () => {
  it.each(['', 'JBSWY3DPEHPK3PXP', 'ø 👍 \0 \n', 'x'.repeat(100_000)])(
    'opens what it sealed: %.20s',
    async (clear) => {
      const sealed = await box.seal(place, clear);
      expect(await box.open(place, sealed)).toBe(clear);
    },
  );

  it('shows neither the clear text nor the same value twice', async () => {
    const values = await Promise.all([box.seal(place, 'hunter2!'), box.seal(place, 'hunter2!')]);
    expect(new Set(values).size).toBe(2);
    for (const sealed of values) {
      const bytes = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      expect(bytes.join()).not.toContain('hunter2!');
    }
  });

  it('refuses a value that was moved to another row, column or table', async () => {
    const sealed = await box.seal(place, 'clear');
    for (const other of [
      ['authenticators', 'secretSealed', '2'],
      ['authenticators', 'x', '1'],
      ['identities', 'secretSealed', '1'],
      ['', '', ''],
    ] as const) {
      await expect(box.open(other, sealed)).rejects.toThrow('a place it was not sealed for');
    }
  });

  it.each([
    ['header', 0],
    ['nonce', 2],
    ['ciphertext', 3],
    ['tag', 4],
  ])('refuses a value whose %s was changed', async (_what, index) => {
    const sealed = await box.seal(place, 'a clear text of some length');
    await expect(box.open(place, tamper(sealed, index))).rejects.toThrow(Error);
  });

  it('refuses a value whose header was swapped for another place’s', async () => {
    const [mine, other] = await Promise.all([box.seal(place, 'mine'), box.seal(elsewhere, 'other')]);
    const moved = [mine.split('.')[0], ...other.split('.').slice(1)].join('.');
    await expect(box.open(place, moved)).rejects.toThrow('decryption operation failed');
  });

  it.each(['', 'clear', 'a.b.c', '....', 'a.b.c.d.e'])(
    'refuses %j, which is no sealed value',
    async (value) => {
      await expect(box.open(place, value)).rejects.toThrow(Error);
    },
  );

  it('refuses other algorithms, even under the right key', async () => {
    const header = { alg: 'A256KW', enc: 'A256GCM', kid: 'old', place };
    const wrapped = await new CompactEncrypt(Buffer.from('x'))
      .setProtectedHeader(header)
      .encrypt(oldKey.bytes);
    await expect(box.open(place, wrapped)).rejects.toThrow('not allowed');
  });

  it('seals with the newest key and still opens what an older one sealed', async () => {
    const before = await box.seal(place, 'before');
    const rotated = new SealedBox([newKey, oldKey]);
    const after = await rotated.seal(place, 'after');
    expect(await rotated.open(place, before)).toBe('before');
    expect(await rotated.open(place, after)).toBe('after');
    expect(await new SealedBox([newKey]).open(place, after)).toBe('after');
    await expect(box.open(place, after)).rejects.toThrow('no key "new"');
    await expect(new SealedBox([newKey]).open(place, before)).rejects.toThrow('no key "old"');
  });

  it('does not open with another key of the same name', async () => {
    const sealed = await box.seal(place, 'clear');
    await expect(new SealedBox([key('old', 3)]).open(place, sealed)).rejects.toThrow(
      'decryption operation failed',
    );
  });
});
