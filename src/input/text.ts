import { argumentInvalid } from '../errors/account-error.js';

/** What no text may hold: NUL, which PostgreSQL cannot store, and halves of a character. */
const unsound = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/**
 * Checks a text from a client and its length in characters (code points).
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID naming the argument.
 */
export function checkText(argument: string, value: string, shortest: number, longest: number): string {
  if (unsound(value)) throw argumentInvalid(argument, 'Must not hold NUL or unpaired surrogates.');
  // Code units first: they bound the work of counting code points.
  const length = value.length > longest * 2 ? Number.POSITIVE_INFINITY : [...value].length;
  if (length < shortest || length > longest) {
    throw argumentInvalid(argument, `Must have ${shortest} to ${longest} characters.`);
  }
  return value;
}

/** A person's name: 1 to 128 characters. */
export const parseName = (value: string): string => checkText('name', value, 1, 128);

/** A secret or code as a person or program sends it back: 1 to 256 characters. Blanks and dashes in six digits do not count. */
export function parseSecret(argument: string, value: string): string {
  const secret = checkText(argument, value, 1, 256);
  const digits = secret.replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : secret;
}
