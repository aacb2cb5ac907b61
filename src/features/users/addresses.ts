import { later, lifetimes } from '../../clock.js';
import { deleteDevices, findKnownDevice } from '../../devices/known-devices.js';
import { isTaken } from '../../db/errors.js';
import type { Sql } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Prisma, User } from '../../generated/prisma/client.js';
import type { Requester } from '../../origin/requester.js';
import { type AddressKind, decisionAddresses, isDue, lockUser, verifiedAddress } from './service.js';

// Whose an address is. An account shows one of each kind, and has proven one or none. What it only shows is a claim: it may
// be anybody's. What it has proven stays reserved to it until it proves another, whatever it shows meanwhile.
//
// - Nobody can show or prove what another account has proven and not replaced.
// - Whoever proves what another account only shows is its owner. An account that never proved anything is handed over to
//   the owner, emptied of all that somebody else may have prepared; one that has is not: the claim is taken off it.
// - Nothing is emptied or taken off when the proof comes from the account itself.
//
// @see Sudhodanan and Paverd, "Pre-hijacked accounts", USENIX Security 2022

/**
 * Holds every other claim and proof of an address back until the transaction ends, also where nobody has it yet.
 * Always the first lock that is taken.
 */
export async function lockAddress(tx: Transaction, address: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${address}, 0))`;
}

/** The account that displays or has verified an address, without a lock. At most one does, besides one whose deletion is due. */
export async function findUserByAddress(
  db: Sql,
  addressKind: AddressKind,
  address: string,
  now: Date,
): Promise<User | null> {
  const holders = await findHolders(db, addressKind, address);
  return holders.find((user) => !isDue(user, now)) ?? null;
}

async function findHolders(db: Sql, addressKind: AddressKind, address: string): Promise<User[]> {
  const [shows, proven] =
    addressKind === 'email' ? ['email', 'lastVerifiedEmail'] : ['phone', 'lastVerifiedPhone'];
  const { rows } = await db.query<User>({
    name: `find-by-${addressKind}`,
    text: `SELECT * FROM users WHERE "${shows}" = $1 OR "${proven}" = $1`,
    values: [address],
  });
  return rows;
}

/** The same, with the address and the account locked: what is read stays true until the transaction ends. */
export async function lockUserByAddress(
  tx: Transaction,
  addressKind: AddressKind,
  address: string,
  now: Date,
): Promise<User | null> {
  await lockAddress(tx, address);
  const holder = await findUserByAddress(tx, addressKind, address, now);
  const user = holder && (await lockUser(tx, holder.id, now));
  // It may have let go of the address before it was locked.
  return user && isHeldBy(user, addressKind, address) ? user : null;
}

/** How long an address that replaced another one is unsettled: an attacker may have added it. */
const unsettledFor = lifetimes.undo;

/** Whether the account has had its verified address for a week, or never had another one. */
export const isSettledAddress = (unsettledSince: Date | null, now: Date): boolean =>
  unsettledSince === null || unsettledSince <= later(now, -unsettledFor);

/** Whether the account has ever proven an address. */
export const hasVerifiedAddress = (user: Pick<User, 'lastVerifiedEmail' | 'lastVerifiedPhone'>): boolean =>
  user.lastVerifiedEmail !== null || user.lastVerifiedPhone !== null;

/**
 * Whether messages to an address may reach the account: those to the address it has proven, and to the one it shows while it
 * has proven none at all. Who reads what an account with a proven address only shows must not get in by it.
 */
export const receivesMessagesAt = (
  user: Pick<User, 'email' | 'phone' | 'lastVerifiedEmail' | 'lastVerifiedPhone'>,
  addressKind: AddressKind,
  address: string,
): boolean =>
  verifiedAddress(user, addressKind) === address ||
  (!hasVerifiedAddress(user) && user[addressKind] === address);

/**
 * Whether a request comes from the account itself: it carries a session of the account, or comes from a device that has completed
 * a sign-in to it since its password was last set.
 *
 * @param callerId Who is signed in on the request.
 */
export async function isOwnRequest(
  { clock }: Pick<Deps, 'clock'>,
  db: Sql,
  user: User,
  requester: Pick<Requester, 'deviceDigest'>,
  callerId: string | null = null,
): Promise<boolean> {
  if (callerId === user.id) return true;
  const device = await findKnownDevice(db, user.id, requester.deviceDigest, clock.now());
  return device?.current ?? false;
}

/**
 * Marks an address as verified: no other function does. It replaces the one that was verified before.
 *
 * @param isSettled Whether the account had no other verified address, number or identity before. Security notices to a settled address
 *   have links immediately. An attacker could read any other one, so its notices have none for 7 days.
 * @returns Null if the account no longer displays the address.
 */
export async function markVerified(
  tx: Transaction,
  userId: string,
  addressKind: AddressKind,
  address: string,
  isSettled: boolean,
  now: Date,
): Promise<User | null> {
  const since = isSettled ? null : now;
  const verified =
    addressKind === 'email'
      ? { lastVerifiedEmail: address, emailUnsettledSince: since }
      : { lastVerifiedPhone: address, phoneUnsettledSince: since };
  const [user] = await tx.user.updateManyAndReturn({
    where: { id: userId, OR: holding(addressKind, address) },
    data: { ...verified, updatedAt: now },
  });
  return user ?? null;
}

/**
 * Changes the displayed address, if the application allows it. The address is a claim until it is verified. The caller has locked it.
 *
 * @returns Null if another account displays or has verified it, or if the application has rejected it and the work can do without it.
 */
export async function setDisplayedAddress(
  { clock, decisions }: Pick<Deps, 'clock' | 'decisions'>,
  tx: Transaction,
  user: User,
  addressKind: AddressKind,
  address: string,
  { origin }: Pick<Requester, 'origin'>,
): Promise<User | null> {
  // One whose deletion is due counts: it has the address until the sweep.
  const holders = await findHolders(tx, addressKind, address);
  const { id: userId } = user;
  if (holders.some(({ id }) => id !== userId)) return null;
  const permission = decisions.require({
    type: 'address.update',
    ...decisionAddresses({ ...user, ...shown(addressKind, address) }),
    userId,
    method: null,
    provider: null,
    origin,
  });
  if (!permission) return null;
  try {
    return await tx.user.update({
      where: { id: userId },
      data: { ...shown(addressKind, address), updatedAt: clock.now() },
    });
  } catch (error) {
    if (isTaken(error, addressKind)) return null;
    throw error;
  }
}

/** Takes a claim off an account: it shows again what it has proven last. */
export const resetDisplayedAddress = (
  tx: Transaction,
  user: User,
  addressKind: AddressKind,
  now: Date,
): Promise<User> =>
  tx.user.update({
    where: { id: user.id },
    data: { [addressKind]: verifiedAddress(user, addressKind), updatedAt: now },
  });

/**
 * Takes from the row what somebody may have prepared before the owner of its address proved it: password, MFA, name,
 * preferences and the other address. What hangs on it, `addresses/service.ts` takes.
 */
export async function clearPreparedRow(
  tx: Transaction,
  { id, labels, signUpLabels }: User,
  addressKind: AddressKind,
  now: Date,
): Promise<User> {
  await deleteDevices(tx, id);
  return tx.user.update({
    where: { id },
    data: {
      ...shown(addressKind === 'email' ? 'phone' : 'email', null),
      name: '',
      // Labels of operators are kept; those that the application gave to the person who signed up are not.
      labels: labels.filter((label) => !signUpLabels.includes(label)),
      signUpLabels: [],
      prefs: {},
      mfaEnabled: false,
      passwordHash: null,
      passwordKeyId: null,
      passwordHistory: [],
      passwordUpdatedAt: null,
      passwordFromRecovery: false,
      passwordVersion: { increment: 1 },
      deleteAt: null,
      emailUnsettledSince: null,
      phoneUnsettledSince: null,
      mailboxSuffices: true,
      mfaRequiredSince: null,
      updatedAt: now,
    },
  });
}

const shown = (addressKind: AddressKind, address: string | null) =>
  addressKind === 'email' ? { email: address } : { phone: address };

/** The two ways to hold an address: to show it, or to have proven it. */
const holding = (addressKind: AddressKind, address: string): Prisma.UserWhereInput[] =>
  addressKind === 'email'
    ? [{ email: address }, { lastVerifiedEmail: address }]
    : [{ phone: address }, { lastVerifiedPhone: address }];

const isHeldBy = (user: User, addressKind: AddressKind, address: string): boolean =>
  user[addressKind] === address || verifiedAddress(user, addressKind) === address;

/**
 * Sets both addresses of a kind, for a revert. The caller has locked the addresses, and no other account has them.
 *
 * @param unsettledSince Since when the verified address is unsettled. Stored only if the verified address changes.
 */
export const setAddresses = (
  tx: Transaction,
  user: User,
  addressKind: AddressKind,
  { displayed, verified }: { readonly displayed: string | null; readonly verified: string | null },
  unsettledSince: Date | null,
  now: Date,
): Promise<User> => {
  const since = verified === verifiedAddress(user, addressKind) ? undefined : unsettledSince;
  return tx.user.update({
    where: { id: user.id },
    data: {
      ...(addressKind === 'email'
        ? {
            email: displayed,
            lastVerifiedEmail: verified,
            ...(since !== undefined && { emailUnsettledSince: since }),
          }
        : {
            phone: displayed,
            lastVerifiedPhone: verified,
            ...(since !== undefined && { phoneUnsettledSince: since }),
          }),
      updatedAt: now,
    },
  });
};

/**
 * Makes an address free for an account that had it before. An account whose deletion is due gives it up. An account that only displays it
 * is returned, so that the caller can take the address off it.
 *
 * @returns `taken` if another account has verified it.
 */
export async function freeAddress(
  tx: Transaction,
  userId: string,
  addressKind: AddressKind,
  address: string,
  now: Date,
): Promise<User | 'free' | 'taken'> {
  await lockAddress(tx, address);
  for (const holder of await findHolders(tx, addressKind, address)) {
    if (holder.id === userId) continue;
    if (isDue(holder, now)) {
      await setAddresses(tx, holder, addressKind, { displayed: null, verified: null }, null, now);
      continue;
    }
    return verifiedAddress(holder, addressKind) === address ? 'taken' : holder;
  }
  return 'free';
}

/** Removes the other address of an account, which someone may have added before the owner of the first one verified it. */
export const removeOtherAddress = (
  tx: Transaction,
  userId: string,
  addressKind: AddressKind,
  now: Date,
): Promise<User> =>
  tx.user.update({
    where: { id: userId },
    data: {
      ...shown(addressKind === 'email' ? 'phone' : 'email', null),
      mfaEnabled: false,
      mailboxSuffices: true,
      updatedAt: now,
    },
  });

/** Takes a proof back: the account shows the address still, and has proven none of its kind. */
export const markUnverified = (
  tx: Transaction,
  userId: string,
  addressKind: AddressKind,
  now: Date,
): Promise<User> =>
  tx.user.update({
    where: { id: userId },
    data: {
      ...(addressKind === 'email' ? { lastVerifiedEmail: null } : { lastVerifiedPhone: null }),
      updatedAt: now,
    },
  });
