import type { SignedIn, ViewerUser } from '../../access/viewer.js';
import { isTaken } from '../../db/errors.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Prisma, User } from '../../generated/prisma/client.js';
import { newUserId } from '../../ids.js';
import { email } from '../../input/email.js';
import { newId } from '../../input/ids.js';
import { newPassword } from '../../input/password.js';
import { name } from '../../input/text.js';
import type { Origin } from '../../origin/origin.js';
import { recordLog } from '../logs/service.js';

/** A user as the owner sees it. Holds no password hash. */
export type UserView = Omit<ViewerUser, 'totpVerified'>;

/** Any constant: it names the lock under which users are counted against USER_LIMIT. */
const userCountLock = 5_120_377;

/** A user row without its secrets. */
export const userView = ({
  passwordHash: _hash,
  passwordKeyId: _key,
  passwordHistory: _history,
  passwordVersion: _version,
  ...user
}: User): UserView => ({
  ...user,
  prefs: user.prefs as Record<string, unknown>,
});

/**
 * Signs a person up. Makes no session and sends nothing.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA,
 *   USER_COUNT_EXCEEDED, GENERAL_BAD_REQUEST, USER_ALREADY_EXISTS
 */
export async function signUp(
  deps: Pick<Deps, 'clock' | 'config' | 'db' | 'hasher'>,
  args: {
    userId?: string | null | undefined;
    email: string;
    password: string;
    name?: string | null | undefined;
  },
  origin: Origin,
): Promise<UserView> {
  const chosenId = newId('userId', args.userId);
  const address = email(args.email);
  const displayName = args.name == null ? '' : name(args.name);
  const owner = { userId: chosenId, email: address, name: displayName };
  const { hash, keyId } = await deps.hasher.hash(newPassword(deps.config, args.password, owner));
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await refuseIdentityEmail(tx, address, null);
    const user = await createUser(deps, tx, {
      id: chosenId ?? newUserId(),
      name: displayName,
      email: address,
      passwordHash: hash,
      passwordKeyId: keyId,
      passwordUpdatedAt: now,
      passwordHistory: deps.config.PASSWORD_HISTORY > 0 ? [{ hash, keyId }] : [],
    });
    await recordLog(tx, { event: 'user.create', userId: user.id, origin, now });
    return user;
  });
}

/**
 * Makes a user row: the one place that does.
 *
 * @throws {AccountError} USER_COUNT_EXCEEDED; USER_ALREADY_EXISTS when the id, email or phone is taken.
 */
export async function createUser(
  { clock, config }: Pick<Deps, 'clock' | 'config'>,
  tx: Transaction,
  data: { id: string } & Partial<Prisma.UserCreateInput>,
): Promise<UserView> {
  const now = clock.now();
  if (config.USER_LIMIT > 0) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${userCountLock})`;
    if ((await tx.user.count()) >= config.USER_LIMIT) throw new AccountError('USER_COUNT_EXCEEDED');
  }
  try {
    const instants = { createdAt: now, updatedAt: now, registeredAt: now, accessedAt: now };
    return userView(await tx.user.create({ data: { ...instants, name: '', ...data } }));
  } catch (error) {
    const taken = ['id', 'email', 'phone'].some((column) => isTaken(error, column));
    throw taken ? new AccountError('USER_ALREADY_EXISTS') : error;
  }
}

/**
 * Refuses an address that another user signs in with at a provider, without saying so.
 *
 * @throws {AccountError} GENERAL_BAD_REQUEST
 */
export async function refuseIdentityEmail(
  tx: Transaction,
  address: string,
  ownerId: string | null,
): Promise<void> {
  const taken = await tx.identity.findFirst({
    where: { providerEmail: address, ...(ownerId !== null && { userId: { not: ownerId } }) },
    select: { id: true },
  });
  if (taken) throw new AccountError('GENERAL_BAD_REQUEST');
}

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID */
export const rename = (deps: Pick<Deps, 'clock' | 'db'>, caller: SignedIn, newName: string, origin: Origin) =>
  updateUser(deps, caller, { name: name(newName) }, origin);

/** Blocks the account. Sessions and tokens stay, and every later use of them is refused. */
export const block = (deps: Pick<Deps, 'clock' | 'db'>, caller: SignedIn, origin: Origin) =>
  updateUser(deps, caller, { enabled: false }, origin);

/** Changes fields that need no further proof, and records it. */
export async function updateUser(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  caller: SignedIn,
  data: Prisma.UserUpdateInput,
  origin: Origin,
  more: (tx: Transaction) => Promise<void> = async () => {},
): Promise<UserView> {
  const now = clock.now();
  const { id } = caller.user;
  return inTransaction(db, async (tx) => {
    await more(tx);
    const user = await tx.user.update({ where: { id }, data: { ...data, updatedAt: now } });
    await recordLog(tx, { event: 'user.update', userId: id, origin, now });
    return userView(user);
  });
}
