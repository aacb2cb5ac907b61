import type { Operator } from '../../../access/viewer.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { argumentInvalid, collectIssues } from '../../../errors/account-error.js';
import { newUserId } from '../../../ids.js';
import { parseEmail } from '../../../input/email.js';
import { parseNewId } from '../../../input/ids.js';
import { parseLabels } from '../../../input/labels.js';
import { parseNewPassword, parsePassword } from '../../../input/password.js';
import { parsePhone } from '../../../input/phone.js';
import { parseName } from '../../../input/text.js';
import type { Requester } from '../../../origin/requester.js';
import { isImportable } from '../../../secrets/imported-hash.js';
import type { PasswordHash } from '../../../secrets/password.js';
import { rejectBreached } from '../../passwords/breaches.js';
import { claimAddress } from '../../addresses/claims.js';
import { markVerified } from '../../users/addresses.js';
import { createUser, type UserRow, type UserView, userView } from '../../users/service.js';
import { recordOperatorAction } from '../actor.js';

/** A user to be made. */
export interface NewUser {
  readonly userId?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly password?: string | null | undefined;
  readonly passwordHash?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly emailVerified?: boolean | null | undefined;
  readonly phoneVerified?: boolean | null | undefined;
  readonly labels?: readonly string[] | null | undefined;
}

/**
 * Makes a user on an operator's word, addresses that are said to be verified included. The rules for signing up do not apply.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_BREACHED, USER_PASSWORD_PERSONAL_DATA,
 *   USER_ADDRESS_UNAVAILABLE, USER_ALREADY_EXISTS
 */
export async function createUserAsOperator(
  deps: Pick<
    Deps,
    'breachList' | 'clock' | 'config' | 'db' | 'decisions' | 'hasher' | 'log' | 'metrics' | 'outbox'
  >,
  operator: Operator,
  args: NewUser,
  requester: Requester,
): Promise<UserView> {
  const input = parseNewUser(args);
  const stored = await hashOf(deps, args, input);
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const { id, name, labels, email, phone } = input;
    for (const [kind, address] of [
      ['email', email],
      ['phone', phone],
    ] as const) {
      const claim = { kind, userId: null, taken: 'USER_ALREADY_EXISTS' } as const;
      if (address !== null) await claimAddress(deps, tx, { ...claim, address }, requester);
    }
    let user = await createUser(
      deps,
      tx,
      {
        id,
        name,
        labels,
        email,
        phone,
        ...(stored && {
          passwordHash: stored.hash,
          passwordKeyId: stored.keyId,
          passwordUpdatedAt: now,
          passwordHistory: deps.config.PASSWORD_HISTORY > 0 ? [{ ...stored }] : [],
        }),
        accessedAt: null,
      },
      'operator',
      requester,
    );
    const settled = (row: UserRow | null): UserRow => row ?? user;
    if (email !== null && args.emailVerified)
      user = settled(await markVerified(tx, id, 'email', email, true, now));
    if (phone !== null && args.phoneVerified)
      user = settled(await markVerified(tx, id, 'phone', phone, true, now));
    await recordOperatorAction(deps, tx, operator, { event: 'user.create', userId: id }, requester);
    return userView(user);
  });
}

interface WantedUser {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string;
  readonly labels: string[];
}

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID */
function parseNewUser(args: NewUser): WantedUser {
  const [id, email, phone, name, labels] = collectIssues(
    () => parseNewId('userId', args.userId),
    () => (args.email == null ? null : parseEmail(args.email)),
    () => (args.phone == null ? null : parsePhone(args.phone)),
    () => (args.name == null || args.name === '' ? '' : parseName(args.name)),
    () => parseLabels(args.labels ?? []),
    () => {
      if (args.email == null && args.phone == null)
        throw argumentInvalid('email', 'Give an e-mail address or a phone number: nobody could sign in.');
    },
    () => {
      if (args.emailVerified && args.email == null)
        throw argumentInvalid('emailVerified', 'There is no e-mail address.');
    },
    () => {
      if (args.phoneVerified && args.phone == null)
        throw argumentInvalid('phoneVerified', 'There is no phone number.');
    },
    () => {
      if (args.passwordHash != null && args.password != null)
        throw argumentInvalid('passwordHash', 'Give a password or its hash.');
      if (args.passwordHash != null && !isImportable(args.passwordHash))
        throw argumentInvalid('passwordHash', hashFormatRule);
    },
  );
  return { id: id ?? newUserId(), email, phone, name, labels };
}

/** In words, for descriptions and refusals. */
export const hashFormatRule =
  'Must be a hash of a kind that docs/moving-in.md lists, such as argon2, bcrypt, scrypt or PBKDF2, of a cost that a sign-in can bear.';

async function hashOf(
  deps: Pick<Deps, 'breachList' | 'config' | 'hasher' | 'log' | 'metrics'>,
  { password, passwordHash }: NewUser,
  { id: userId, name, email, phone }: WantedUser,
): Promise<PasswordHash | null> {
  const { config, hasher } = deps;
  if (passwordHash != null) return { hash: passwordHash, keyId: null };
  if (password == null) return null;
  const candidate = parsePassword('password', password, config.PASSWORD_MIN);
  const allowed = parseNewPassword(config, candidate, { userId, name, email, phone });
  return hasher.hash(await rejectBreached(deps, allowed));
}
