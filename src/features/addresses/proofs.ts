import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Requester } from '../../origin/requester.js';
import { recordLog } from '../logs/service.js';
import { deleteAuthenticators } from '../mfa/authenticators/service.js';
import { deleteRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { deleteIdentities, hasIdentity } from '../oauth2/identities/service.js';
import { deletePasskeys } from '../passkeys/service.js';
import {
  deleteChanges,
  isFromSettledDevice,
  listChanges,
  recordSecurityChange,
  reservedByAddress,
} from '../security-changes/service.js';
import { endAllSessions, endUnfinishedSignIns } from '../sessions/ending.js';
import { deleteTokens } from '../tokens/service.js';
import {
  clearPreparedRow,
  hasVerifiedAddress,
  isSettledAddress,
  markVerified,
  removeOtherAddress,
} from '../users/addresses.js';
import { type AddressKind, verifiedAddress, type UserRow } from '../users/service.js';
import { addressKinds, removeClaim } from './claims.js';

// What a proof of an address does to the account that displays it.

/**
 * Deletes everything that someone may have added to an account before the owner of its address verified it: all rows of the user
 * except log entries, and the columns of the user itself.
 */
async function deletePreparedData(
  tx: Transaction,
  user: UserRow,
  addressKind: AddressKind,
  now: Date,
): Promise<void> {
  const { id: userId } = user;
  await endAllSessions(tx, userId, now);
  await deleteTokens(tx, { userId });
  await deleteSignInMethods(tx, userId);
  await deleteChanges(tx, userId);
  await clearPreparedRow(tx, user, addressKind, now);
}

/** Deletes the sign-in methods and factors that have tables of their own. */
async function deleteSignInMethods(tx: Transaction, userId: string): Promise<void> {
  await deleteIdentities(tx, userId);
  await deleteAuthenticators(tx, userId);
  await deleteRecoveryCodes(tx, userId);
  await deletePasskeys(tx, userId);
}

/**
 * Deletes what someone may have added to an account before its first address was verified, except the password, sessions, name and
 * preferences. People sign up on one device and open the link on another, so these must survive.
 */
export async function deleteAddedMethods(
  deps: Pick<Deps, 'clock'>,
  tx: Transaction,
  { id: userId }: UserRow,
  addressKind: AddressKind,
): Promise<UserRow> {
  await deleteSignInMethods(tx, userId);
  await endUnfinishedSignIns(tx, userId);
  await deleteChanges(tx, userId);
  return removeOtherAddress(tx, userId, addressKind, deps.clock.now());
}

/** A proof that someone receives the messages to an address. */
export interface AddressProof {
  /** Whether the proof comes from the account itself: see `isOwnRequest`. If not, the account is emptied before. */
  readonly isOwn: boolean;
  /** The session of the account that the request carries. */
  readonly session?: { readonly id: string } | null;
  /** Whether the caller records the log entry. */
  readonly isLogged?: boolean;
}

/**
 * Applies a proof of an address to the account that displays it. The caller must hold the locks on both.
 *
 * @returns The account with the verified address. Null if the account had only claimed the address and lost it. The caller must then
 *   find or create the account of the person who gave the proof.
 */
export async function verifyAddress(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  holder: UserRow,
  addressKind: AddressKind,
  address: string,
  proof: AddressProof,
  requester: Requester,
): Promise<UserRow | null> {
  const { isOwn } = proof;
  if (verifiedAddress(holder, addressKind) === address) return holder;
  // A blocked account may belong to someone who only typed the address, so it must not lock out the owner of the address.
  if ((hasVerifiedAddress(holder) || !holder.enabled) && !isOwn) {
    await removeClaim(deps, tx, holder, addressKind, requester);
    return null;
  }
  const now = deps.clock.now();
  if (!isOwn) {
    await deletePreparedData(tx, holder, addressKind, now);
    await recordLog(deps, tx, {
      event: 'user.update',
      detail: 'account.hand-over',
      userId: holder.id,
      actor: 'system',
      requester,
      now,
    });
  }
  return markOwnVerified(deps, tx, holder, addressKind, address, proof, requester);
}

/**
 * Marks an address of an account as verified, and records the security change unless the account never had another verified address,
 * number or identity. The notice goes to the address that was verified before, and to the new one.
 *
 * @throws {AccountError} USER_INVALID_TOKEN if the account no longer displays the address.
 */
export async function markOwnVerified(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  before: UserRow,
  addressKind: AddressKind,
  address: string,
  { isOwn, session = null, isLogged = false }: AddressProof,
  requester: Requester,
): Promise<UserRow> {
  const { id } = before;
  const isFirst =
    !isOwn ||
    (!(await hadAnotherProof(tx, id, deps.clock.now())) &&
      !hasVerifiedAddress(before) &&
      !(await hasIdentity({ prisma: tx }, id)));
  const user = await markVerified(tx, id, addressKind, address, isFirst, deps.clock.now());
  if (!user) throw new AccountError('USER_INVALID_TOKEN');
  await endUnfinishedSignIns(tx, id);
  if (isFirst || verifiedAddress(before, addressKind) === address) return user;
  const former = verifiedAddress(before, addressKind);
  const { replaced, verified } = addressKinds[addressKind];
  await recordSecurityChange(
    deps,
    tx,
    {
      ...addressChange(before, addressKind, address),
      user: before,
      session,
      detail: `address.prove ${addressKind}`,
      event: isLogged ? null : 'verification.update',
      notice: former === null ? verified : replaced,
      ...(former !== null && { alsoNotify: user }),
      reserved: (await isReservable(tx, before, former, deps.clock.now()))
        ? reservedByAddress(addressKind, former)
        : null,
    },
    requester,
  );
  return user;
}

/** Whether the account had a verified address or an identity in the last 30 days that it has no longer. */
const hadAnotherProof = async (tx: Transaction, userId: string, now: Date): Promise<boolean> =>
  (await listChanges(tx, userId, now)).some(
    ({ kind, action, state }) =>
      (kind === 'IDENTITY' && action === 'removed') ||
      ((kind === 'EMAIL' || kind === 'PHONE') && state.before.verified !== null),
  );

/**
 * Whether a former email address stays reserved: the account had it for a week, or never had another one, or a device that was known for a
 * week added it. An attacker may have added any other address.
 */
async function isReservable(
  tx: Transaction,
  { id, emailUnsettledSince }: UserRow,
  former: string | null,
  now: Date,
): Promise<boolean> {
  if (isSettledAddress(emailUnsettledSince, now)) return true;
  return (await listChanges(tx, id, now)).some(
    (change) =>
      change.kind === 'EMAIL' &&
      change.state.after.verified === former &&
      isFromSettledDevice(change, change.createdAt),
  );
}

/** The change of an address, as it is recorded. */
export function addressChange(before: UserRow, addressKind: AddressKind, address: string) {
  const verified = verifiedAddress(before, addressKind);
  const displayed = before[addressKind];
  const since = addressKind === 'email' ? before.emailUnsettledSince : before.phoneUnsettledSince;
  const isFirst = displayed === null && verified === null;
  return {
    kind: addressKind === 'email' ? 'EMAIL' : 'PHONE',
    action: addressKind === 'email' || isFirst ? 'added' : 'switched',
    subject: address,
    state: {
      after: { displayed: address, verified: address },
      before: { displayed, verified, unsettledSince: since?.toISOString() ?? null },
    },
  } as const;
}
