import { argumentInvalid } from '../errors/account-error.js';
import { spellingOf } from '../ids.js';

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

/**
 * Whether a public caller may choose this id for an account. Not a UUID in any spelling: applications keep ids in `uuid` columns,
 * and compare them with the `sub` of a JWT.
 *
 * @param areChosen CHOSEN_IDS
 */
export const isPublicId = (id: string, areChosen: boolean): boolean =>
  areChosen && !/^[0-9a-f]{32}$/.test(spellingOf(id));

/** An id that a public caller chose for an account; null where the server chooses. */
export function parsePublicId(
  argument: string,
  value: string | null | undefined,
  areChosen: boolean,
): string | null {
  const id = parseNewId(argument, value);
  if (id !== null && !isPublicId(id, areChosen))
    throw argumentInvalid(
      argument,
      areChosen
        ? 'Must not be a UUID. Omit it, and the server chooses one.'
        : 'Must be omitted: the server chooses the id.',
    );
  return id;
}
