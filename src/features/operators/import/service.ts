import { fromUnixSeconds } from '../../../clock.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, argumentInvalid, collectIssues } from '../../../errors/account-error.js';
import { newUserId } from '../../../ids.js';
import { parseEmail } from '../../../input/email.js';
import { parseNewId } from '../../../input/ids.js';
import { parseLabels } from '../../../input/labels.js';
import { parsePhone } from '../../../input/phone.js';
import { parsePrefs } from '../../../input/prefs.js';
import { parseName } from '../../../input/text.js';
import { isImportable } from '../../../secrets/imported-hash.js';
import { recordImportedUsers } from '../../logs/service.js';
import { findConflictingIds, insertUsers, type NewUserRow } from '../../users/import.js';
import { hashFormatRule } from '../users/creation.js';

/** What a line of the file may hold; `docs/moving-in.md` shows it. */
const fields = {
  id: 'string',
  email: 'string',
  emailVerified: 'boolean',
  phone: 'string',
  phoneVerified: 'boolean',
  name: 'string',
  passwordHash: 'string',
  labels: 'object',
  prefs: 'object',
  enabled: 'boolean',
  createdAt: 'string',
} as const;
type Field = keyof typeof fields;

/**
 * Reads one line of JSON.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, with an issue for each field that is wrong.
 */
export function parseLine(line: string, now: Date): NewUserRow {
  const given = objectOf(line);
  const text = (field: Field) => (given[field] ?? null) as string | null;
  const [id, email, phone, name, labels, prefs, createdAt] = collectIssues(
    () => parseNewId('id', text('id')),
    () => (text('email') === null ? null : parseEmail(text('email') ?? '')),
    () => (text('phone') === null ? null : parsePhone(text('phone') ?? '')),
    () => (text('name') ? parseName(text('name') ?? '') : ''),
    () => parseLabels((given['labels'] as string[] | null) ?? []),
    () => parsePrefs((given['prefs'] as Record<string, unknown> | null) ?? {}),
    () => parseInstant(text('createdAt'), now),
    () => {
      if (text('email') === null && text('phone') === null)
        throw argumentInvalid('email', 'Give an e-mail address or a phone number: nobody could sign in.');
    },
    () => {
      if (text('passwordHash') !== null && !isImportable(text('passwordHash') ?? ''))
        throw argumentInvalid('passwordHash', hashFormatRule);
    },
  );
  return {
    id: id ?? newUserId(),
    email,
    lastVerifiedEmail: given['emailVerified'] === true ? email : null,
    phone,
    lastVerifiedPhone: given['phoneVerified'] === true ? phone : null,
    name,
    passwordHash: text('passwordHash'),
    labels,
    prefs,
    enabled: given['enabled'] !== false,
    createdAt,
  };
}

function objectOf(line: string): Partial<Record<Field, unknown>> {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    throw argumentInvalid('line', 'Must be JSON.');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw argumentInvalid('line', 'Must be an object.');
  const wrong = Object.entries(given).filter(
    ([field, value]) => !(field in fields) || (value !== null && !isOf(field as Field, value)),
  );
  if (wrong.length > 0)
    throw new AccountError('GENERAL_ARGUMENT_INVALID', {
      issues: wrong.map(([field]) => ({
        argument: field,
        message: field in fields ? `Must be ${kindOf(field as Field)}.` : 'There is no such field.',
      })),
    });
  return given;
}

const isOf = (field: Field, value: unknown): boolean =>
  field === 'labels'
    ? Array.isArray(value) && value.every((label) => typeof label === 'string')
    : typeof value === fields[field] && !Array.isArray(value);

const kindOf = (field: Field): string =>
  field === 'labels' ? 'a list of strings' : fields[field] === 'object' ? 'an object' : `a ${fields[field]}`;

function parseInstant(text: string | null, now: Date): Date {
  if (text === null) return now;
  const milliseconds = Date.parse(text);
  if (!(milliseconds >= 0 && milliseconds <= now.getTime()))
    throw argumentInvalid('createdAt', 'Must be an instant of the past, such as 2026-01-31T10:20:30Z.');
  return fromUnixSeconds(milliseconds / 1000);
}

/**
 * Makes users, those apart that are there already by their id or address, so that a file can be imported again after it stopped.
 * One line of the security log each; nothing is sent, and no webhook is told.
 *
 * @returns How many were made, and the ids that were refused: of deleted accounts, or spelled like the id of another user.
 */
export async function importUsers(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  users: readonly NewUserRow[],
): Promise<{ readonly made: number; readonly conflicts: ReadonlySet<string> }> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const conflicts = await findConflictingIds(
      tx,
      users.map(({ id }) => id),
    );
    const fitting = users.filter(({ id }) => !conflicts.has(id));
    const ids = await insertUsers(tx, fitting, now);
    await recordImportedUsers(tx, ids, now);
    return { made: ids.length, conflicts };
  });
}
