import { newBytes } from './random.js';

/** Crockford's base 32: no I, L, O or U, so that nothing on paper is read as something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const characters = 16;

/** A new recovery code: 80 random bits in four groups of four, such as `7ZK2-0QWX-M3TN-9FHC`. */
export function newRecoveryCode(): string {
  // 256 is a multiple of 32: every character is equally likely.
  const text = [...newBytes(characters)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
}

/** A code as it is compared: without regard to case, spaces, dashes, and letters that look like digits. */
export const plainRecoveryCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
