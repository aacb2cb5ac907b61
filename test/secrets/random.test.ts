import { describe, expect, it } from 'vitest';
import { jitter, newBytes, newCode, newSecret, pick } from '../../src/secrets/random.js';

/** Chi-square of counts that ought to be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Nine degrees of freedom exceed this once in ten thousand million runs. */
const improbable = 65;

describe('newCode', () => {
  it('has six digits, each equally likely in every place, leading zeros included', () => {
    const codes = Array.from({ length: 60_000 }, newCode);
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
    for (const place of [0, 1, 2, 3, 4, 5]) {
      const counts = Array.from({ length: 10 }, () => 0);
      for (const code of codes) {
        const digit = Number(code[place]);
        counts[digit] = (counts[digit] ?? 0) + 1;
      }
      expect(chiSquare(counts)).toBeLessThan(improbable);
    }
  });

  it('does not depend on the code before', () => {
    const codes = Array.from({ length: 60_000 }, newCode);
    const steps = Array.from({ length: 10 }, () => 0);
    codes.slice(1).forEach((code, index) => {
      const step = Math.floor(((Number(code) - Number(codes[index]) + 1_000_000) % 1_000_000) / 100_000);
      steps[step] = (steps[step] ?? 0) + 1;
    });
    expect(chiSquare(steps)).toBeLessThan(improbable);
  });
});

describe('newSecret', () => {
  it('is 256 bits in base64url, never the same', () => {
    const secrets = Array.from({ length: 1000 }, newSecret);
    expect(new Set(secrets).size).toBe(1000);
    for (const secret of secrets) {
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    }
  });

  it('sets each of its bits half of the time', () => {
    const secrets = Array.from({ length: 2000 }, () => Buffer.from(newSecret(), 'base64url'));
    for (let bit = 0; bit < 256; bit += 1) {
      const set = secrets.filter((bytes) => ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1).length;
      // 1000 are expected; eight standard deviations are 179.
      expect(Math.abs(set - 1000)).toBeLessThan(179);
    }
  });
});

describe('newBytes', () => {
  it('has the length asked for, and never the same bytes', () => {
    expect(newBytes(0)).toEqual(new Uint8Array());
    expect(newBytes(20)).toHaveLength(20);
    expect(newBytes(20)).not.toEqual(newBytes(20));
  });
});

describe('pick', () => {
  it('picks every item equally often', () => {
    const counts = new Map<string, number>();
    for (let turn = 0; turn < 40_000; turn += 1) {
      const item = pick(['a', 'b', 'c', 'd']);
      counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(chiSquare([...counts.values()])).toBeLessThan(improbable);
    expect(pick(['only'])).toBe('only');
  });
});

describe('jitter', () => {
  it('stays within the spread and uses all of it', () => {
    const factors = Array.from({ length: 10_000 }, () => jitter(0.5));
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.5);
    expect(Math.min(...factors)).toBeLessThan(0.51);
    expect(Math.max(...factors)).toBeLessThanOrEqual(1.5);
    expect(Math.max(...factors)).toBeGreaterThan(1.49);
    expect(jitter(0)).toBe(1);
  });
});
