import type { Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import { newUserId } from '../../../ids.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Requester } from '../../../origin/requester.js';
import { markOwnVerified, verifyAddress } from '../../addresses/proofs.js';
import { removeClaim } from '../../addresses/claims.js';
import { recordLog } from '../../logs/service.js';
import { isAllowedEmail, requireSignUp } from '../../sign-up/rules/service.js';
import { isReservedToOther, reservedEmail } from '../../security-changes/service.js';
import {
  findUserByAddress,
  isOwnRequest,
  lockAddress,
  lockUserByAddress,
  setDisplayedAddress,
} from '../../users/addresses.js';
import { updateUserFields, createUser, lockUser, type UserRow } from '../../users/service.js';
import {
  findIdentityOwner,
  isUnverifiedProviderEmail,
  rejectEmailOfOtherIdentity,
  type ProviderIdentity,
} from '../identities/service.js';

// Whose an identity is. An address links nothing unless both sides have proven it: whoever registers somebody's address
// here, or claims it at a provider that does not check, must not get into that person's account, now or later.

type LinkingDeps = Pick<Deps, 'clock' | 'config' | 'decisions' | 'outbox'>;

/**
 * Finds, or creates, the user of an identity that signs in, and locks it. The user is found by the provider's id, or else by
 * an address that both the provider and the user have verified.
 *
 * @returns The user, and whether the account was created now, found by an address (`joined`), or by the identity (null).
 * @throws {AccountError} GENERAL_BAD_REQUEST if another account has the address and the provider has not verified it;
 *   USER_ADDRESS_UNAVAILABLE if another account replaced the address a short time ago; USER_OAUTH2_UNAUTHORIZED if an account removed
 *   the identity a short time ago; USER_SIGN_UP_CLOSED, USER_ADDRESS_NOT_ALLOWED, USER_COUNT_EXCEEDED
 */
export async function findOrCreateIdentityUser(
  deps: LinkingDeps,
  tx: Transaction,
  identity: ProviderIdentity,
  profile: ProviderUser,
  requester: Requester,
): Promise<{ user: UserRow; how: 'created' | 'joined' | null }> {
  const address = identity.providerEmail;
  const now = deps.clock.now();
  if (address !== null) await lockAddress(tx, address);
  const ownerId = await findIdentityOwner(tx, identity, null, now);
  if (ownerId !== null) return { user: await getLocked(tx, ownerId, now), how: null };
  const isVerified = address !== null && identity.providerEmailVerified;
  const verification = isVerified ? 'done' : 'none';
  const wanted = { method: 'oauth2', provider: identity.provider, email: address, verification } as const;
  // Only a verified address can lead to an existing account. Otherwise, the error must not depend on whether there is one.
  if (!isVerified) await requireSignUp(deps.config, wanted);
  const holder = address === null ? null : await lockUserByAddress(tx, 'email', address, now);
  if (holder && address !== null) {
    const email = { ...identity, providerEmail: address };
    const owner = await findOwnerByProviderEmail(deps, tx, holder, email, requester);
    if (owner) return { user: owner, how: 'joined' };
  }
  if (address !== null) {
    if (await isReservedToOther(tx, reservedEmail(address), null, now))
      throw new AccountError('USER_ADDRESS_UNAVAILABLE');
    await rejectEmailOfOtherIdentity(tx, address, null);
  }
  const emails =
    address === null ? {} : { email: address, ...(isVerified && { lastVerifiedEmail: address }) };
  const row = { id: newUserId(), name: shortName(profile.name), ...emails };
  const user = await createUser(deps, tx, row, wanted, requester);
  await recordLog(deps, tx, { event: 'user.create', userId: user.id, requester, now });
  return { user, how: 'created' };
}

/**
 * Locks the signed-in user who links an identity. The identity must not belong to another user, nor its address if the
 * provider has verified it.
 *
 * @throws {AccountError} USER_ALREADY_EXISTS, USER_INVALID_TOKEN
 */
export async function lockUserToLink(
  tx: Transaction,
  userId: string,
  identity: ProviderIdentity,
  now: Date,
): Promise<UserRow> {
  const { providerEmail, providerEmailVerified } = identity;
  if (providerEmail !== null) await lockAddress(tx, providerEmail);
  const user = await getLocked(tx, userId, now);
  const holder = providerEmail === null ? null : await findUserByAddress(tx, 'email', providerEmail, now);
  const ownerId = await findIdentityOwner(tx, identity, userId, now);
  if ((ownerId ?? userId) !== userId || (providerEmailVerified && holder && holder.id !== userId))
    throw new AccountError('USER_ALREADY_EXISTS');
  if (providerEmailVerified && providerEmail !== null)
    await rejectEmailOfOtherIdentity(tx, providerEmail, userId);
  return user;
}

/** Fills an empty name and address from the provider's profile, and marks the address verified if the provider has verified it. */
export async function fillMissingProfile(
  deps: LinkingDeps,
  tx: Transaction,
  user: UserRow,
  { providerEmail, providerEmailVerified }: ProviderIdentity,
  profile: ProviderUser,
  session: { readonly id: string } | null,
  requester: Requester,
): Promise<void> {
  const now = deps.clock.now();
  if (user.name === '' && profile.name)
    await updateUserFields(tx, user.id, { name: shortName(profile.name) }, now);
  if (providerEmail === null) return;
  const isShown =
    user.email === providerEmail ||
    (user.email === null &&
      !(await findUserByAddress(tx, 'email', providerEmail, now)) &&
      !(await isReservedToOther(tx, reservedEmail(providerEmail), user.id, now)) &&
      (await isAllowedEmail(deps.config, providerEmail)) &&
      (await setDisplayedAddress(deps, tx, user, 'email', providerEmail, requester)) !== null);
  if (isShown && providerEmailVerified && user.lastVerifiedEmail !== providerEmail)
    await markOwnVerified(deps, tx, user, 'email', providerEmail, { isOwn: true, session }, requester);
}

/**
 * Finds the account for an address that the provider has verified. An account that only displays the address does not lock out the
 * owner of the address. Either the server clears that account and the owner gets it, or the account loses the address.
 *
 * @returns Null if the owner has no account yet.
 * @throws {AccountError} GENERAL_BAD_REQUEST if the provider has not verified the address.
 */
async function findOwnerByProviderEmail(
  deps: LinkingDeps,
  tx: Transaction,
  holder: UserRow,
  { providerEmail, providerEmailVerified }: ProviderIdentity & { readonly providerEmail: string },
  requester: Requester,
): Promise<UserRow | null> {
  if (!providerEmailVerified) throw new AccountError('GENERAL_BAD_REQUEST');
  if (await isUnverifiedProviderEmail(tx, holder, providerEmail)) {
    await removeClaim(deps, tx, holder, 'email', requester);
    return null;
  }
  const isOwn = await isOwnRequest(deps, tx, holder, requester);
  return verifyAddress(deps, tx, holder, 'email', providerEmail, { isOwn }, requester);
}

async function getLocked(tx: Transaction, userId: string, now: Date): Promise<UserRow> {
  const user = await lockUser(tx, userId, now);
  if (!user) throw new AccountError('USER_INVALID_TOKEN');
  return user;
}

const maxNameLength = 128;
const shortName = (name: string | null): string =>
  [...(name ?? '').replaceAll('\0', '').toWellFormed()].slice(0, maxNameLength).join('');
