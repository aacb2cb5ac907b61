import type { Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import { newUserId } from '../../../ids.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Requester } from '../../../origin/requester.js';
import { removeClaim } from '../../addresses/service.js';
import { recordLog } from '../../logs/service.js';
import {
  findUserByAddress,
  hasVerifiedAddress,
  lockAddress,
  lockUserByAddress,
  markVerified,
  setDisplayedAddress,
} from '../../users/addresses.js';
import {
  updateUserFields,
  createUser,
  lockUser,
  verifiedAddress,
  type UserRow,
} from '../../users/service.js';
import {
  findIdentityOwner,
  isUnverifiedProviderEmail,
  rejectEmailOfOtherIdentity,
  type ProviderIdentity,
} from '../identities/service.js';

// Whose an identity is. An address links nothing unless both sides have proven it: whoever registers somebody's address
// here, or claims it at a provider that does not check, must not get into that person's account, now or later.

type LinkingDeps = Pick<Deps, 'clock' | 'config' | 'outbox'>;

/**
 * Finds or makes the user of an identity that signs in, and locks it: by the provider's id; else by an address that the
 * provider vouches for and the user has proven; else a new one.
 *
 * @throws {AccountError} GENERAL_BAD_REQUEST for an address that either side has only claimed; USER_COUNT_EXCEEDED
 */
export async function findOrCreateIdentityUser(
  deps: LinkingDeps,
  tx: Transaction,
  identity: ProviderIdentity,
  who: ProviderUser,
  requester: Requester,
): Promise<UserRow> {
  const address = identity.providerEmail;
  if (address !== null) await lockAddress(tx, address);
  const ownerId = await findIdentityOwner(tx, identity);
  if (ownerId !== null) return getLocked(tx, ownerId);
  const holder = address === null ? null : await lockUserByAddress(tx, 'email', address);
  if (
    holder &&
    address !== null &&
    !(await removeHolderClaim(deps, tx, holder, address, identity.providerEmailVerified, requester))
  )
    return holder;
  if (address !== null) await rejectEmailOfOtherIdentity(tx, address, null);
  const proven = identity.providerEmailVerified ? { lastVerifiedEmail: address } : {};
  const addressKind = address === null ? {} : { email: address, ...proven };
  const user = await createUser(deps, tx, { id: newUserId(), name: shortName(who.name), ...addressKind });
  await recordLog(deps, tx, { event: 'user.create', userId: user.id, requester, now: deps.clock.now() });
  return user;
}

/**
 * The signed-in user who links an identity, locked. It must be nobody else's, as must its address where the provider
 * vouches for it.
 *
 * @throws {AccountError} USER_ALREADY_EXISTS, USER_INVALID_TOKEN
 */
export async function lockUserToLink(
  tx: Transaction,
  userId: string,
  identity: ProviderIdentity,
): Promise<UserRow> {
  const { providerEmail, providerEmailVerified } = identity;
  if (providerEmail !== null) await lockAddress(tx, providerEmail);
  const user = await getLocked(tx, userId);
  const holder = providerEmail === null ? null : await findUserByAddress(tx, 'email', providerEmail);
  const ownerId = await findIdentityOwner(tx, identity);
  if ((ownerId ?? userId) !== userId || (providerEmailVerified && holder && holder.id !== userId))
    throw new AccountError('USER_ALREADY_EXISTS');
  if (providerEmailVerified && providerEmail !== null)
    await rejectEmailOfOtherIdentity(tx, providerEmail, userId);
  return user;
}

/** Gives a user what was empty, and proves what the provider vouches for: an anonymous one becomes permanent by it. */
export async function fillMissingProfile(
  { clock }: Pick<Deps, 'clock'>,
  tx: Transaction,
  user: UserRow,
  { providerEmail, providerEmailVerified }: ProviderIdentity,
  who: ProviderUser,
): Promise<void> {
  const now = clock.now();
  if (user.name === '' && who.name) await updateUserFields(tx, user.id, { name: shortName(who.name) }, now);
  if (providerEmail === null) return;
  const isShown =
    user.email === providerEmail ||
    (user.email === null &&
      !(await findUserByAddress(tx, 'email', providerEmail)) &&
      (await setDisplayedAddress(tx, user.id, 'email', providerEmail, now)) !== null);
  if (isShown && providerEmailVerified) await markVerified(tx, user.id, 'email', providerEmail, now);
}

/** Whether the holder of an address makes way for whoever has just been providerEmailVerified for; if not, it is the holder's identity. */
async function removeHolderClaim(
  deps: LinkingDeps,
  tx: Transaction,
  holder: UserRow,
  address: string,
  providerEmailVerified: boolean,
  requester: Requester,
): Promise<boolean> {
  if (providerEmailVerified && verifiedAddress(holder, 'email') === address) return false;
  // An account that has proven another address only claims this one; where it has proven none, either may be its owner.
  const givesWay = hasVerifiedAddress(holder) || (await isUnverifiedProviderEmail(tx, holder, address));
  if (!providerEmailVerified || !givesWay) throw new AccountError('GENERAL_BAD_REQUEST');
  await removeClaim(deps, tx, holder, 'email', requester);
  return true;
}

async function getLocked(tx: Transaction, userId: string): Promise<UserRow> {
  const user = await lockUser(tx, userId);
  if (!user) throw new AccountError('USER_INVALID_TOKEN');
  return user;
}

const maxNameLength = 128;
const shortName = (name: string | null): string =>
  [...(name ?? '').replaceAll('\0', '').toWellFormed()].slice(0, maxNameLength).join('');
