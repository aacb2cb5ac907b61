import type { Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import { newUserId } from '../../../ids.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Requester } from '../../../origin/requester.js';
import { releaseClaim } from '../../addresses/service.js';
import { recordLog } from '../../logs/service.js';
import {
  findByAddress,
  hasProven,
  lockAddress,
  lockHolder,
  markProven,
  showAddress,
} from '../../users/proofs.js';
import { changeUser, createUser, lockUser, provenAddress, type UserRow } from '../../users/service.js';
import {
  findIdentityOwner,
  isUnvouchedClaim,
  refuseVouchedEmail,
  type ShownIdentity,
} from '../identities/service.js';

// Whose an identity is. An address links nothing unless both sides have proven it: whoever registers somebody's address
// here, or claims it at a provider that does not check, must not get into that person's account, now or later.

type World = Pick<Deps, 'clock' | 'config' | 'outbox'>;

/**
 * Finds or makes the user of an identity that signs in, and locks it: by the provider's id; else by an address that the
 * provider vouches for and the user has proven; else a new one.
 *
 * @throws {AccountError} GENERAL_BAD_REQUEST for an address that either side has only claimed; USER_COUNT_EXCEEDED
 */
export async function userToSignIn(
  world: World,
  tx: Transaction,
  identity: ShownIdentity,
  who: ProviderUser,
  requester: Requester,
): Promise<UserRow> {
  const address = identity.providerEmail;
  if (address !== null) await lockAddress(tx, address);
  const ownerId = await findIdentityOwner(tx, identity);
  if (ownerId !== null) return getLocked(tx, ownerId);
  const holder = address === null ? null : await lockHolder(tx, 'email', address);
  if (
    holder &&
    address !== null &&
    !(await isMadeWay(world, tx, holder, address, identity.vouched, requester))
  )
    return holder;
  if (address !== null) await refuseVouchedEmail(tx, address, null);
  const proven = identity.vouched ? { provenEmail: address } : {};
  const contact = address === null ? {} : { email: address, ...proven };
  const user = await createUser(world, tx, { id: newUserId(), name: shortName(who.name), ...contact });
  await recordLog(world, tx, { event: 'user.create', userId: user.id, requester, now: world.clock.now() });
  return user;
}

/**
 * The signed-in user who links an identity, locked. It must be nobody else's, as must its address where the provider
 * vouches for it.
 *
 * @throws {AccountError} USER_ALREADY_EXISTS, USER_INVALID_TOKEN
 */
export async function userToLink(tx: Transaction, userId: string, identity: ShownIdentity): Promise<UserRow> {
  const { providerEmail, vouched } = identity;
  if (providerEmail !== null) await lockAddress(tx, providerEmail);
  const user = await getLocked(tx, userId);
  const holder = providerEmail === null ? null : await findByAddress(tx, 'email', providerEmail);
  const ownerId = await findIdentityOwner(tx, identity);
  if ((ownerId ?? userId) !== userId || (vouched && holder && holder.id !== userId))
    throw new AccountError('USER_ALREADY_EXISTS');
  if (vouched && providerEmail !== null) await refuseVouchedEmail(tx, providerEmail, userId);
  return user;
}

/** Gives a user what was empty, and proves what the provider vouches for: an anonymous one becomes permanent by it. */
export async function fillEmpty(
  { clock }: Pick<Deps, 'clock'>,
  tx: Transaction,
  user: UserRow,
  { providerEmail, vouched }: ShownIdentity,
  who: ProviderUser,
): Promise<void> {
  const now = clock.now();
  if (user.name === '' && who.name) await changeUser(tx, user.id, { name: shortName(who.name) }, now);
  if (providerEmail === null) return;
  const isShown =
    user.email === providerEmail ||
    (user.email === null &&
      !(await findByAddress(tx, 'email', providerEmail)) &&
      (await showAddress(tx, user.id, 'email', providerEmail, now)) !== null);
  if (isShown && vouched) await markProven(tx, user.id, 'email', providerEmail, now);
}

/** Whether the holder of an address makes way for whoever has just been vouched for; if not, it is the holder's identity. */
async function isMadeWay(
  world: World,
  tx: Transaction,
  holder: UserRow,
  address: string,
  vouched: boolean,
  requester: Requester,
): Promise<boolean> {
  if (vouched && provenAddress(holder, 'email') === address) return false;
  // An account that has proven another address only claims this one; where it has proven none, either may be its owner.
  const givesWay = hasProven(holder) || (await isUnvouchedClaim(tx, holder, address));
  if (!vouched || !givesWay) throw new AccountError('GENERAL_BAD_REQUEST');
  await releaseClaim(world, tx, holder, 'email', requester);
  return true;
}

async function getLocked(tx: Transaction, userId: string): Promise<UserRow> {
  const user = await lockUser(tx, userId);
  if (!user) throw new AccountError('USER_INVALID_TOKEN');
  return user;
}

const longestName = 128;
const shortName = (name: string | null): string =>
  [...(name ?? '').replaceAll('\0', '').toWellFormed()].slice(0, longestName).join('');
