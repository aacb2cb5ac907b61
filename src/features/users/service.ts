import type { SecondFactors, ViewerUser } from '../../access/live-sessions.js';
import { isTaken } from '../../db/errors.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Prisma, User } from '../../generated/prisma/client.js';
import { spellingOf } from '../../ids.js';
import { digest } from '../../secrets/digest.js';
import { requireSignUp, type WantedAccount } from '../sign-up/rules/service.js';
import { type Permission, requirePermission } from '../../access/decisions.js';
import type { Requester } from '../../origin/requester.js';
import { closeDeviceBuckets } from '../../devices/known-devices.js';
import { isTestAccount } from './test-accounts.js';

// The ground: no other room reads or writes the table of users, and this one knows no other. Who an address belongs to,
// and what a proof of it is worth, stands beside it in `proofs.ts`.

/** A user as stored, password included: for the rooms that decide about it, never for a client. */
export type UserRow = User;

/** A user as the owner sees it. Holds no password hash. */
export type UserView = Omit<ViewerUser, keyof SecondFactors> & {
  /** Whether the account was created with an address that TEST_ADDRESSES lists. Undefined if it was not loaded. */
  readonly testAccount?: boolean;
};

/** The two kinds of addresses. */
export type AddressKind = 'email' | 'phone';

/** Any constant: it names the lock under which users are counted against USER_LIMIT. */
const userCountLock = 5_120_377;

/** A user row without its secrets. */
export const userView = ({
  passwordHash: _hash,
  passwordKeyId: _key,
  passwordHistory: _history,
  ...user
}: User): UserView => ({ ...user, prefs: user.prefs as Record<string, unknown> });

/** The address that was proven last, and stays the account's until it proves another. */
export const verifiedAddress = (
  user: Pick<User, 'lastVerifiedEmail' | 'lastVerifiedPhone'>,
  addressKind: AddressKind,
): string | null => (addressKind === 'email' ? user.lastVerifiedEmail : user.lastVerifiedPhone);

/** Whether what the account shows is what it has proven. */
export const isVerified = (
  user: Pick<User, 'email' | 'phone' | 'lastVerifiedEmail' | 'lastVerifiedPhone'>,
  addressKind: AddressKind,
): boolean => user[addressKind] !== null && user[addressKind] === verifiedAddress(user, addressKind);

/** Whether the deletion of an account is due. It no longer counts then, although the sweep deletes it a few minutes later. */
export const isDue = ({ deleteAt }: Pick<User, 'deleteAt'>, now: Date): boolean =>
  deleteAt !== null && deleteAt <= now;

/**
 * Locks a user until the transaction ends: other changes of the user, its sessions and factors wait. Only the lock on an
 * address is taken before this one, so that transactions do not deadlock. Rows that refer to the user may still be added.
 *
 * @returns The row as it is after the lock; null if there is no such user.
 */
export async function lockUserRow(tx: SqlTransaction, userId: string): Promise<User | null> {
  const { rows } = await tx.query<User>({
    name: 'lock-user',
    text: 'SELECT * FROM users WHERE "id" = $1 FOR NO KEY UPDATE',
    values: [userId],
  });
  return rows[0] ?? null;
}

/** Does the same, and returns null also if the deletion of the account is due. */
export async function lockUser(tx: SqlTransaction, userId: string, now: Date): Promise<User | null> {
  const user = await lockUserRow(tx, userId);
  return user && !isDue(user, now) ? user : null;
}

/** The user with this id, outside any lock. */
export const findUser = (
  { prisma }: Pick<Deps['db'], 'prisma'> | { prisma: Transaction },
  id: string,
): Promise<User | null> => prisma.user.findUnique({ where: { id } });

/**
 * Creates a user row. No other function does, besides the import.
 *
 * @param data.id The id of the account, unless the application was told another one.
 * @param wanted What the public wants to make: the rules for signing up apply to it, and the application decides. `operator` if an operator
 *   makes the user: then neither they nor USER_LIMIT apply.
 * @throws {AccountError} USER_SIGN_UP_CLOSED, USER_ADDRESS_NOT_ALLOWED, USER_COUNT_EXCEEDED; USER_ALREADY_EXISTS if the id, email
 *   or phone is taken.
 */
export async function createUser(
  { clock, config, decisions }: Pick<Deps, 'clock' | 'config' | 'decisions'>,
  tx: Transaction,
  data: NewUserData,
  wanted: WantedAccount | 'operator',
  { origin }: Pick<Requester, 'origin'>,
): Promise<User> {
  const now = clock.now();
  let permission: Permission = { userId: data.id, labels: [] };
  if (wanted !== 'operator') {
    const { method, provider = null } = wanted;
    await requireSignUp(config, wanted);
    if (method !== 'invitation' && config.USER_LIMIT > 0) {
      if ((await countUsersExclusively(tx)) >= config.USER_LIMIT)
        throw new AccountError('USER_COUNT_EXCEEDED');
    }
    const { id: userId, email = null, phone = null } = data;
    permission = requirePermission(decisions, {
      type: 'user.create',
      ...decisionAddresses({ lastVerifiedEmail: null, lastVerifiedPhone: null, ...data, email, phone }),
      userId,
      method,
      provider,
      origin,
    });
  }
  const { userId: id, labels } = permission;
  if (!(await isIdAvailable(tx, id))) throw new AccountError('USER_ALREADY_EXISTS');
  try {
    const instants = { createdAt: now, updatedAt: now, registeredAt: now, accessedAt: now };
    const granted = labels.length > 0 && { labels: [...labels], signUpLabels: [...labels] };
    const testAccount = isTestAccount(config, data);
    return await tx.user.create({ data: { ...instants, name: '', testAccount, ...data, ...granted, id } });
  } catch (error) {
    const taken = ['id', 'email', 'phone', 'lastVerifiedEmail', 'lastVerifiedPhone'].some((column) =>
      isTaken(error, column),
    );
    throw taken ? new AccountError('USER_ALREADY_EXISTS') : error;
  }
}

/** The addresses of a user, as the application learns them. */
export const decisionAddresses = (
  user: Pick<User, 'email' | 'phone' | 'lastVerifiedEmail' | 'lastVerifiedPhone'>,
) => ({
  email: user.email,
  emailVerified: isVerified(user, 'email'),
  phone: user.phone,
  phoneVerified: isVerified(user, 'phone'),
});

type NewUserData = {
  readonly id: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly lastVerifiedEmail?: string | null;
  readonly lastVerifiedPhone?: string | null;
} & Partial<Prisma.UserCreateInput>;

/** Whether no account has, or had, an id that is spelled like this one. */
export async function isIdAvailable(tx: SqlTransaction, id: string): Promise<boolean> {
  const { rows } = await tx.query({
    name: 'is-id-taken',
    text: `SELECT 1 FROM users WHERE lower(translate("id", '-_.', '')) = $1
      UNION ALL SELECT 1 FROM deleted_user_ids WHERE "digest" = $2 LIMIT 1`,
    values: [spellingOf(id), digest(spellingOf(id))],
  });
  return rows.length === 0;
}

/** Counts users, and lets nobody else count any before the transaction ends. */
async function countUsersExclusively(tx: Transaction): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${userCountLock})`;
  return tx.user.count();
}

/** What may change of a user without touching an address or a proof of one. */
type Change = Partial<Pick<User, 'name' | 'enabled' | 'mfaEnabled' | 'mailboxSuffices' | 'labels'>>;

/** Changes what needs no proof, of a user who is locked. */
export async function updateUserFields(
  tx: SqlTransaction,
  id: string,
  {
    name = null,
    enabled = null,
    mfaEnabled = null,
    mailboxSuffices = null,
    labels = null,
  }: { [Name in keyof Change]: Change[Name] | null },
  now: Date,
): Promise<User> {
  const { rows } = await tx.query<User>({
    name: 'change-user',
    text: `UPDATE users SET "name" = COALESCE($3, "name"), "enabled" = COALESCE($4, "enabled"),
      "mfaEnabled" = COALESCE($5, "mfaEnabled"), "labels" = COALESCE($6::text[], "labels"),
      "signUpLabels" = CASE WHEN $6::text[] IS NULL THEN "signUpLabels" ELSE '{}' END,
      "mailboxSuffices" = COALESCE($7, "mailboxSuffices"), "updatedAt" = $2 WHERE "id" = $1 RETURNING *`,
    values: [id, now, name, enabled, mfaEnabled, labels, mailboxSuffices],
  });
  return rows[0] as User;
}

/** Adds labels that the user got by signing up: they go if someone else turns out to be the owner of the address. */
export const addSignUpLabels = (
  tx: Transaction,
  { id, labels, signUpLabels }: User,
  added: readonly string[],
  now: Date,
): Promise<User> =>
  tx.user.update({
    where: { id },
    data: { labels: [...labels, ...added], signUpLabels: [...signUpLabels, ...added], updatedAt: now },
  });

/** Replaces the preferences. Not as a Prisma value: Prisma takes objects with certain keys for its own. */
export async function setPrefs(tx: SqlTransaction, id: string, json: string, now: Date): Promise<User> {
  await tx.query({ text: 'UPDATE users SET "prefs" = $2::json WHERE "id" = $1', values: [id, json] });
  return updateUserFields(tx, id, {}, now);
}

/** What a password change writes. */
export type PasswordChange = Pick<
  Prisma.UserUncheckedUpdateManyInput,
  'passwordHash' | 'passwordKeyId' | 'passwordHistory' | 'passwordFromRecovery'
>;

/**
 * Stores a password if the user's password is still the one that was checked. Closes the rate-limit buckets of all known devices.
 *
 * @param proven The version that was proven; null for a user who must have no password, `any` where another proof was given.
 * @returns Null when the password was changed meanwhile.
 */
export async function setPassword(
  tx: Transaction,
  id: string,
  proven: number | null | 'any',
  change: PasswordChange,
  now: Date,
): Promise<User | null> {
  const condition =
    proven === 'any' ? {} : proven === null ? { passwordHash: null } : { passwordVersion: proven };
  const [user] = await tx.user.updateManyAndReturn({
    where: { id, ...condition },
    data: { ...change, passwordUpdatedAt: now, passwordVersion: { increment: 1 }, updatedAt: now },
  });
  if (user) await closeDeviceBuckets(tx, id);
  return user ?? null;
}

/** Removes the password until the user chooses a new one. Closes the rate-limit buckets of all known devices. */
export async function removePassword(tx: Transaction, id: string, now: Date): Promise<User> {
  await closeDeviceBuckets(tx, id);
  return tx.user.update({
    where: { id },
    data: {
      passwordHash: null,
      passwordKeyId: null,
      passwordFromRecovery: false,
      passwordVersion: { increment: 1 },
      updatedAt: now,
    },
  });
}

/** Replaces a hash by one of the same password. */
export async function replacePasswordHash(
  { prisma }: Pick<Deps['db'], 'prisma'>,
  id: string,
  from: string,
  to: { readonly hash: string; readonly keyId: string },
): Promise<void> {
  await prisma.user.updateMany({
    where: { id, passwordHash: from },
    data: { passwordHash: to.hash, passwordKeyId: to.keyId },
  });
}

/** Sets the time at which the account is deleted; null cancels the deletion. */
export const setDeletionTime = (
  tx: Transaction,
  id: string,
  deleteAt: Date | null,
  now: Date,
): Promise<User> => tx.user.update({ where: { id }, data: { deleteAt, updatedAt: now } });

/** Ids of users whose deletion is due: at most 1000 of them. */
export async function findUsersDueForDeletion(
  { prisma }: Pick<Deps['db'], 'prisma'>,
  now: Date,
): Promise<string[]> {
  const due = await prisma.user.findMany({
    where: { deleteAt: { lte: now } },
    select: { id: true },
    take: 1000,
  });
  return due.map(({ id }) => id);
}

/** Deletes a user with all rows that belong to it. */
export async function deleteUser(tx: Transaction, id: string): Promise<void> {
  await tx.user.delete({ where: { id } });
  // Applications would take another account with this id for the deleted user.
  await tx.deletedUserId.createMany({ data: { digest: digest(spellingOf(id)) }, skipDuplicates: true });
}
