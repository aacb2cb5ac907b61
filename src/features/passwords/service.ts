import { isKnownDevice } from '../../access/known-device.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { Password, PersonalData } from '../../input/password.js';
import type { PasswordHash } from '../../secrets/password.js';
import { type UserView, userView } from '../account/service.js';
import type { NoticeCause } from '../notices/service.js';

type World = Pick<Deps, 'config' | 'db' | 'hasher' | 'guard' | 'codes'>;

/** Where a request came from, as far as checking a password needs to know. */
export interface Requester extends NoticeCause {
  readonly deviceSecret: string | null;
}

/** Whose password is checked. The account is an address or id, and need not exist. */
export interface PasswordOwner {
  readonly account: string;
  readonly userId: string | null;
  readonly stored: PasswordHash | null;
}

/** A password hash, and which of the user's passwords it is. */
export interface StoredPassword extends PasswordHash {
  readonly version: number;
}

/** A new password's hash, and the history it leaves behind. */
export interface NextPassword extends PasswordHash {
  readonly history: readonly PasswordHash[];
}

/**
 * Whether the password is the owner's: the one place that checks one, so that every operation that asks for a password
 * draws on the same guesses. Takes the same time for somebody and nobody.
 *
 * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function checkPassword(
  { guard, hasher, codes }: Pick<World, 'guard' | 'hasher' | 'codes'>,
  { account, userId, stored }: PasswordOwner,
  candidate: Password,
  deviceSecret: string | null,
): Promise<boolean> {
  const known = userId !== null && isKnownDevice(codes, userId, deviceSecret);
  const lane = known ? codes.digest(['password', account, deviceSecret ?? '']) : passwordLane(codes, account);
  return guard.attempt(lane, known ? 'knownDevice' : 'stranger', () => hasher.verify(stored, candidate));
}

/** The lane in which strangers' guesses at an account are counted. */
export const passwordLane = (codes: World['codes'], account: string): string =>
  codes.digest(['password', account]);

/**
 * Hashes a new password and holds it against the user's former ones. Slow: never inside a transaction.
 *
 * @throws {AccountError} USER_PASSWORD_RECENTLY_USED
 */
export async function nextPassword(
  { config, db, hasher }: Pick<World, 'config' | 'db' | 'hasher'>,
  userId: string,
  wanted: Password,
): Promise<NextPassword> {
  const former = config.PASSWORD_HISTORY > 0 ? await formerPasswords(db, userId) : [];
  for (const hash of former.slice(0, config.PASSWORD_HISTORY)) {
    if (await hasher.verify(hash, wanted)) throw new AccountError('USER_PASSWORD_RECENTLY_USED');
  }
  const { hash, keyId } = await hasher.hash(wanted);
  return { hash, keyId, history: [{ hash, keyId }, ...former].slice(0, config.PASSWORD_HISTORY) };
}

/**
 * Writes a password, if the one that was proven is still the one that is stored. Recovery links die with the old one.
 *
 * @param proven Null where there was none; `any` where a recovery link was the proof.
 * @throws {AccountError} USER_INVALID_CREDENTIALS when the password was changed meanwhile.
 */
export async function replacePassword(
  tx: Transaction,
  userId: string,
  proven: StoredPassword | null | 'any',
  { hash, keyId, history }: NextPassword,
  now: Date,
  more: Prisma.UserUncheckedUpdateManyInput = {},
): Promise<UserView> {
  const [user] = await tx.user.updateManyAndReturn({
    where: {
      id: userId,
      ...(proven !== 'any' && (proven ? { passwordVersion: proven.version } : { passwordHash: null })),
    },
    data: {
      passwordHash: hash,
      passwordKeyId: keyId,
      passwordUpdatedAt: now,
      passwordVersion: { increment: 1 },
      passwordHistory: history.map((entry) => ({ ...entry })),
      updatedAt: now,
      ...more,
    },
  });
  if (!user) throw new AccountError('USER_INVALID_CREDENTIALS');
  await tx.token.deleteMany({ where: { userId, purpose: 'recovery' } });
  return userView(user);
}

/** What a new password of this user must not contain. */
export const personalDataOf = ({ id, name, email, phone }: UserView): PersonalData => ({
  userId: id,
  name,
  email,
  phone,
});

/** The user with this id or address, and the password; null where there is none. */
export async function storedPassword(
  { db }: Pick<World, 'db'>,
  owner: { id: string } | { email: string },
): Promise<{ userId: string; password: StoredPassword | null } | null> {
  const row = await db.prisma.user.findUnique({
    where: owner,
    select: { id: true, passwordHash: true, passwordKeyId: true, passwordVersion: true },
  });
  if (!row) return null;
  const { id: userId, passwordHash: hash, passwordKeyId: keyId, passwordVersion: version } = row;
  return { userId, password: hash !== null && keyId !== null ? { hash, keyId, version } : null };
}

async function formerPasswords(db: World['db'], userId: string): Promise<PasswordHash[]> {
  const row = await db.prisma.user.findUnique({
    where: { id: userId },
    select: { passwordHash: true, passwordKeyId: true, passwordHistory: true },
  });
  const history = (row?.passwordHistory ?? []) as unknown as PasswordHash[];
  const { passwordHash: hash, passwordKeyId: keyId } = row ?? {};
  const isKept = history.some((entry) => entry.hash === hash);
  return hash && keyId && !isKept ? [{ hash, keyId }, ...history] : history;
}
