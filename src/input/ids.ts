import { argumentInvalid } from '../errors/account-error.js';

const form = /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/;

/** Whether a text has the form of a user id or handle. */
export const isId = (value: string): boolean => form.test(value);

/** An id from a client: 1 to 36 letters, digits, dots, hyphens and underscores, the first a letter or digit. */
export function parseId(argument: string, value: string): string {
  if (!isId(value)) {
    throw argumentInvalid(
      argument,
      'Must be 1 to 36 letters, digits, ".", "-" or "_", and start with a letter or digit.',
    );
  }
  return value;
}

/** An id chosen for something new; null where the server chooses: absent, null or `unique()`. */
export const parseNewId = (argument: string, value: string | null | undefined): string | null =>
  value == null || value === 'unique()' ? null : parseId(argument, value);
