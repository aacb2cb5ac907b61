import { describe, expect, it } from 'vitest';
import { KeyedDigest, digest } from '../../src/secrets/digest.js';

const key = (id: string, byte: number) => ({ id, bytes: new Uint8Array(32).fill(byte) });

describe('digest', () => {
  it('is SHA-256 in hexadecimal', () => {
    // FIPS 180-2, appendix B.1.
    expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('KeyedDigest', () => {
  const codes = new KeyedDigest([key('a', 1)]);

  it('is HMAC-SHA-256 over the parts, keyed', () => {
    // printf '["otp","ada","000123"]' | openssl dgst -sha256 -mac hmac -macopt hexkey:0101…
    const known = 'ab61248e3b7092518e926655beeb88a3d2620fa19f881c4bdbf72695f4f2a69d';
    expect(codes.digest(['otp', 'ada', '000123'])).toBe(known);
    expect(new KeyedDigest([key('a', 2)]).digest(['otp', 'ada', '000123'])).not.toBe(known);
    expect(codes.keyId).toBe('a');
  });

  it('keeps the borders of the parts', () => {
    const separators = ['', ',', '","', ':', '|', '.', '\0'];
    const pairs = separators.flatMap((s) => [
      [`a${s}b`, 'c'],
      ['a', `b${s}c`],
    ]);
    const lists = [...pairs, ['a', 'b', 'c'], ['abc'], ['abc', ''], ['', 'abc'], []];
    expect(new Set(lists.map((parts) => codes.digest(parts))).size).toBe(lists.length);
  });

  it('matches the same parts alone, whatever length the digest has', () => {
    const stored = codes.digest(['ada', '123456']);
    expect(codes.matches(['ada', '123456'], stored, 'a')).toBe(true);
    for (const parts of [['ada', '123457'], ['eve', '123456'], ['ada', '123456 '], ['ada'], []]) {
      expect(codes.matches(parts, stored, 'a')).toBe(false);
    }
    for (const other of ['', stored.slice(1), `${stored}0`, stored.toUpperCase(), 'é'.repeat(32)]) {
      expect(codes.matches(['ada', '123456'], other, 'a')).toBe(false);
    }
  });

  it('still reads what an older key made, and forgets a key that left the ring', () => {
    const stored = codes.digest(['ada', '123456']);
    const rotated = new KeyedDigest([key('b', 2), key('a', 1)]);
    expect(rotated.keyId).toBe('b');
    expect(rotated.digest(['ada', '123456'])).not.toBe(stored);
    expect(rotated.matches(['ada', '123456'], stored, 'a')).toBe(true);
    expect(rotated.matches(['ada', '123456'], stored, 'b')).toBe(false);
    expect([rotated.hasKey('a'), rotated.hasKey('b'), rotated.hasKey('c')]).toEqual([true, true, false]);
    const retired = new KeyedDigest([key('b', 2)]);
    expect(retired.hasKey('a')).toBe(false);
    expect(() => retired.matches(['ada', '123456'], stored, 'a')).toThrow('no key "a"');
  });
});
