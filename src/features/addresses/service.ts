import { requireFreshProof } from '../../access/fresh-proof.js';
import type { SignedIn } from '../../access/viewer.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { ErrorCode } from '../../errors/catalogue.js';
import { parseEmail } from '../../input/email.js';
import { parseNewPassword, parsePassword } from '../../input/password.js';
import { parsePhone } from '../../input/phone.js';
import type { Requester } from '../../origin/requester.js';
import { type Actor, recordLog } from '../logs/service.js';
import { deleteAuthenticators } from '../mfa/authenticators/service.js';
import { deleteChallenges } from '../mfa/challenges/rows.js';
import { deleteRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { queueNotice } from '../notices/service.js';
import {
  deleteIdentities,
  hasIdentity,
  isUnverifiedProviderEmail,
  rejectEmailOfOtherIdentity,
} from '../oauth2/identities/service.js';
import { deletePasskeys } from '../passkeys/service.js';
import {
  type PreparedPassword,
  prepareNewPassword,
  personalDataOf,
  requirePassword,
  replacePassword,
  storedPasswordOf,
} from '../passwords/service.js';
import {
  deleteChanges,
  isReservedToOther,
  recordSecurityChange,
  reservedByAddress,
  reservedEmail,
} from '../security-changes/service.js';
import { endAllSessions, endUnfinishedSignIns, getCaller, lockCaller } from '../sessions/lifecycle.js';
import { deleteTokens } from '../tokens/service.js';
import {
  clearPreparedRow,
  hasVerifiedAddress,
  lockUserByAddress,
  markVerified,
  removeOtherAddress,
  setDisplayedAddress,
  resetDisplayedAddress,
} from '../users/addresses.js';
import {
  type AddressKind,
  verifiedAddress,
  type UserRow,
  type UserView,
  userView,
} from '../users/service.js';

type AddressDeps = Pick<
  Deps,
  'clock' | 'config' | 'db' | 'hasher' | 'passwordAttempts' | 'keyedDigest' | 'limiter' | 'outbox'
>;

const kinds = {
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
 * Changes the e-mail address that the account shows, which must then be verified. The one it has proven stays reserved to
 * it until then. Gives a password to an account that has none.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_ADDRESS_UNAVAILABLE, USER_EMAIL_ALREADY_EXISTS,
 *   USER_CHALLENGE_REQUIRED, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
export const updateEmail = (
  deps: AddressDeps,
  caller: SignedIn,
  args: { email: string; password: string },
  requester: Requester,
): Promise<UserView> =>
  updateAddress(deps, caller, 'email', parseEmail(args.email), args.password, requester);

/**
 * The same for the phone number.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_PHONE_ALREADY_EXISTS,
 *   USER_CHALLENGE_REQUIRED, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
export const updatePhone = (
  deps: AddressDeps,
  caller: SignedIn,
  args: { phone: string; password: string },
  requester: Requester,
): Promise<UserView> =>
  updateAddress(deps, caller, 'phone', parsePhone(args.phone), args.password, requester);

async function updateAddress(
  deps: AddressDeps,
  caller: SignedIn,
  addressKind: AddressKind,
  address: string,
  password: string,
  requester: Requester,
): Promise<UserView> {
  const { taken, notice } = kinds[addressKind];
  const { before, chosen } = await requireOrPreparePassword(
    deps,
    caller,
    addressKind,
    address,
    password,
    requester,
  );
  if (before[addressKind] === address) throw new AccountError(taken);
  const { id } = before;
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await claimAddress(deps, tx, { kind: addressKind, address, userId: id, taken }, requester);
    const row = await lockCaller(tx, caller);
    if (row.passwordVersion !== before.passwordVersion) throw new AccountError('USER_INVALID_CREDENTIALS');
    await endMessagesToAddress(tx, row, addressKind);
    const user = await setDisplayedAddress(tx, id, addressKind, address, now);
    if (!user) throw new AccountError(taken);
    const changed = chosen ? await replacePassword(tx, id, null, chosen, now) : user;
    const detail = `address.update ${addressKind}` as const;
    const recorded = { user: row, session: caller.session, detail, notice };
    await recordSecurityChange(
      deps,
      tx,
      { ...addressChange(row, addressKind, address), ...recorded },
      requester,
    );
    if (chosen) {
      const version = changed.passwordVersion;
      const first = {
        kind: 'PASSWORD',
        action: 'added',
        subject: String(version),
        state: { version },
      } as const;
      const rest = { user: row, session: caller.session, detail: 'password.create' } as const;
      await recordSecurityChange(deps, tx, { ...first, ...rest, notice: 'passwordChanged' }, requester);
    }
    return userView(changed);
  });
}

/**
 * Proves the password of the row that is answered, or takes it as the account's first.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_CHALLENGE_REQUIRED,
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
async function requireOrPreparePassword(
  deps: AddressDeps,
  caller: SignedIn,
  addressKind: AddressKind,
  address: string,
  password: string,
  requester: Requester,
): Promise<{ before: UserRow; chosen: PreparedPassword | null }> {
  const candidate = parsePassword('password', password);
  const before = await getCaller(deps, caller);
  if (storedPasswordOf(before)) {
    await requirePassword(deps, before, candidate, requester);
    return { before, chosen: null };
  }
  const newPassword = parseNewPassword(deps.config, candidate, {
    ...personalDataOf(before),
    [addressKind]: address,
  });
  await requireFreshProof(deps, caller);
  return { before, chosen: await prepareNewPassword(deps, before, newPassword) };
}

/**
 * Ends all that somebody may have prepared on an account before the owner of its address proved it: every row that hangs on
 * it but its log, and what its own row says.
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

/**
 * Takes an address that an account only shows off it, because its owner has proven it or wants no part in it. The account
 * shows again what it has proven last, and its owner is told.
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

/** A proof that someone receives the messages to an address. */
export interface AddressProof {
  /** Whether the proof comes from the account itself: see `isOwnRequest`. If not, the account is emptied before. */
  readonly isOwn: boolean;
  /** The session of the account that the request carries. */
  readonly session?: { readonly id: string } | null;
  /** Whether the caller records the log entry. */
  readonly isLogged?: boolean;
  readonly actor?: Actor;
}

/**
 * What a proof of an address makes of the account that holds it. The caller holds the locks on both.
 *
 * @returns The account, which is the prover's, with the address proven; null where it only claimed the address and the
 *   prover's account is yet to be found or made.
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
  { isOwn, session = null, isLogged = false, actor = 'user' }: AddressProof,
  requester: Requester,
): Promise<UserRow> {
  const { id } = before;
  const isFirst = !isOwn || (!hasVerifiedAddress(before) && !(await hasIdentity({ prisma: tx }, id)));
  const user = await markVerified(tx, id, addressKind, address, isFirst, deps.clock.now());
  if (!user) throw new AccountError('USER_INVALID_TOKEN');
  await endUnfinishedSignIns(tx, id);
  if (isFirst || verifiedAddress(before, addressKind) === address) return user;
  const former = verifiedAddress(before, addressKind);
  const { replaced, verified } = kinds[addressKind];
  await recordSecurityChange(
    deps,
    tx,
    {
      ...addressChange(before, addressKind, address),
      user: before,
      session,
      actor,
      detail: `address.prove ${addressKind}`,
      event: isLogged ? null : 'verification.update',
      notice: former === null ? verified : replaced,
      ...(former !== null && { alsoNotify: user }),
      reserved: reservedByAddress(addressKind, former),
    },
    requester,
  );
  return user;
}

/** The change of an address, as it is recorded. */
function addressChange(before: UserRow, addressKind: AddressKind, address: string) {
  const verified = verifiedAddress(before, addressKind);
  const displayed = before[addressKind];
  const isFirst = displayed === null && verified === null;
  return {
    kind: addressKind === 'email' ? 'EMAIL' : 'PHONE',
    action: addressKind === 'email' || isFirst ? 'added' : 'switched',
    subject: address,
    state: { address, before: { displayed, verified } },
  } as const;
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

/** What was sent to the address that is shown dies with it: whoever reads its messages has no more say in the account. */
async function endMessagesToAddress(tx: Transaction, user: UserRow, addressKind: AddressKind): Promise<void> {
  const address = user[addressKind];
  // Links that revert security changes stay valid: the reader of the former address needs them.
  if (address !== null)
    await deleteTokens(tx, { address, userId: user.id, purpose: { notIn: ['undo', 'recoveryUsed'] } });
  await deleteChallenges(tx, user.id, [kinds[addressKind].factor]);
}
