import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { ErrorCode } from '../../errors/catalogue.js';
import type { Requester } from '../../origin/requester.js';
import { recordLog } from '../logs/service.js';
import { deleteChallenges } from '../mfa/challenges/rows.js';
import { queueNotice } from '../notices/service.js';
import { isUnverifiedProviderEmail, rejectEmailOfOtherIdentity } from '../oauth2/identities/service.js';
import { isReservedToOther, reservedEmail } from '../security-changes/service.js';
import { deleteTokens } from '../tokens/service.js';
import { lockUserByAddress, resetDisplayedAddress } from '../users/addresses.js';
import type { AddressKind, UserRow } from '../users/service.js';

// A claim is an address that an account displays without having verified it.

/** What depends on the kind of an address. */
export const addressKinds = {
  email: {
    taken: 'USER_EMAIL_ALREADY_EXISTS',
    factor: 'EMAIL',
    notice: 'emailChanged',
    replaced: 'emailReplaced',
    verified: 'emailVerified',
  },
  phone: {
    taken: 'USER_PHONE_ALREADY_EXISTS',
    factor: 'PHONE',
    notice: 'phoneChanged',
    replaced: 'phoneReplaced',
    verified: 'phoneVerified',
  },
} as const;

/**
 * Removes an unverified claim, because another account verified the address or the reader of the address rejected the claim. The
 * account displays its last verified address again, and the user is notified.
 */
export async function removeClaim(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  user: UserRow,
  addressKind: AddressKind,
  requester: Requester,
): Promise<void> {
  const now = deps.clock.now();
  await endMessagesToAddress(tx, user, addressKind);
  const remaining = await resetDisplayedAddress(tx, user, addressKind, now);
  await recordLog(deps, tx, {
    event: 'user.update',
    detail: `address.release ${addressKind}`,
    userId: user.id,
    actor: 'system',
    requester,
    now,
  });
  await queueNotice(deps, tx, 'addressReleased', remaining, requester);
}

/**
 * Claims an address before it is verified. Locks the address and the account that displays it. An account that
 * displays it only because an OAuth provider said so, without verifying it, loses it to the new claim.
 *
 * @param claim.userId The account that claims it; null for one that is yet to be made.
 * @param claim.taken The error if another account displays or has verified the address.
 * @throws {AccountError} `taken`; USER_ADDRESS_UNAVAILABLE if another account signs in with it at an OAuth provider.
 */
export async function claimAddress(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  claim: {
    readonly kind: AddressKind;
    readonly address: string;
    readonly userId: string | null;
    readonly taken: ErrorCode;
  },
  requester: Requester,
): Promise<void> {
  const { kind, address, userId, taken } = claim;
  const holder = await lockUserByAddress(tx, kind, address, deps.clock.now());
  if (holder && holder.id !== userId) {
    if (kind !== 'email' || !(await isUnverifiedProviderEmail(tx, holder, address)))
      throw new AccountError(taken);
    await removeClaim(deps, tx, holder, kind, requester);
  }
  if (kind !== 'email') return;
  if (await isReservedToOther(tx, reservedEmail(address), userId, deps.clock.now()))
    throw new AccountError(taken);
  await rejectEmailOfOtherIdentity(tx, address, userId);
}

/**
 * Deletes the one-time tokens and challenges that were sent to the displayed address, because its reader must no longer be able to
 * use them.
 */
export async function endMessagesToAddress(
  tx: Transaction,
  user: UserRow,
  addressKind: AddressKind,
): Promise<void> {
  const address = user[addressKind];
  // Links that revert security changes stay valid: the reader of the former address needs them.
  if (address !== null)
    await deleteTokens(tx, { address, userId: user.id, purpose: { notIn: ['undo', 'recoveryUsed'] } });
  await deleteChallenges(tx, user.id, [addressKinds[addressKind].factor]);
}
