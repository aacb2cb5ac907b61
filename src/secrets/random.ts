import { randomBytes, randomInt } from 'node:crypto';

/** A long secret: 256 random bits, 43 characters of base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The format of a long secret. */
export const secretPattern = /^[\w-]{43}$/;

/** A code a person types: six decimal digits, leading zeros included, every value equally likely. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** `length` random bytes. */
export const newBytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** One of the items, every one equally likely. */
export function pick<T>(items: readonly [T, ...T[]]): T {
  return items[randomInt(items.length)] ?? items[0];
}

/** A whole number from 0 to `max` - 1, every one equally likely. */
export const numberBelow = (max: number): number => randomInt(max);

/** A factor between 1 - spread and 1 + spread, for delays that must not march in step. */
export const jitter = (spread: number): number =>
  1 - spread + (randomInt(1_000_001) / 1_000_000) * 2 * spread;
