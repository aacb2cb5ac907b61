import { newDeviceSecret } from '../../access/known-device.js';
import type { SignedIn } from '../../access/viewer.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { parseEmail } from '../../input/email.js';
import { parseNewPassword, parsePassword } from '../../input/password.js';
import { parsePhone } from '../../input/phone.js';
import type { Requester } from '../../origin/requester.js';
import { recordLog } from '../logs/service.js';
import { forgetAuthenticators } from '../mfa/authenticators/service.js';
import { forgetChallenges } from '../mfa/challenges/service.js';
import { forgetRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { queueNotice } from '../notices/service.js';
import { forgetIdentities, isUnvouchedClaim, refuseVouchedEmail } from '../oauth2/identities/service.js';
import { forgetPasskeys } from '../passkeys/service.js';
import {
  getCaller,
  type NextPassword,
  nextPassword,
  personalDataOf,
  provePassword,
  replacePassword,
  requireFreshProof,
  storedPassword,
} from '../passwords/service.js';
import { endAllSessions, lockCaller } from '../sessions/lifecycle.js';
import { forgetTokens } from '../tokens/service.js';
import { emptyRow, hasProven, lockHolder, markProven, showAddress, withdrawClaim } from '../users/proofs.js';
import { type Contact, provenAddress, type UserRow, type UserView, userView } from '../users/service.js';

type World = Pick<Deps, 'clock' | 'config' | 'db' | 'hasher' | 'guard' | 'codes' | 'limiter' | 'outbox'>;

/** A user after a change of address; with a first password, too, the secret that makes this device known again. */
export interface ChangedAddress {
  readonly user: UserView;
  readonly deviceSecret: string | null;
}

const kinds = {
  email: { taken: 'USER_EMAIL_ALREADY_EXISTS', factor: 'EMAIL', notice: 'emailChanged' },
  phone: { taken: 'USER_PHONE_ALREADY_EXISTS', factor: 'PHONE', notice: 'phoneChanged' },
} as const;

/**
 * Changes the e-mail address that the account shows, which must then be verified. The one it has proven stays reserved to
 * it until then. Gives a password to an account that has none.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, GENERAL_BAD_REQUEST, USER_EMAIL_ALREADY_EXISTS,
 *   USER_CHALLENGE_REQUIRED, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
export const updateEmail = (
  world: World,
  caller: SignedIn,
  args: { email: string; password: string },
  requester: Requester,
): Promise<ChangedAddress> =>
  updateAddress(world, caller, 'email', parseEmail(args.email), args.password, requester);

/**
 * The same for the phone number.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_PHONE_ALREADY_EXISTS,
 *   USER_CHALLENGE_REQUIRED, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
export const updatePhone = (
  world: World,
  caller: SignedIn,
  args: { phone: string; password: string },
  requester: Requester,
): Promise<ChangedAddress> =>
  updateAddress(world, caller, 'phone', parsePhone(args.phone), args.password, requester);

async function updateAddress(
  world: World,
  caller: SignedIn,
  contact: Contact,
  address: string,
  password: string,
  requester: Requester,
): Promise<ChangedAddress> {
  const { taken, notice } = kinds[contact];
  const { before, chosen } = await proveOrChoose(world, caller, contact, address, password, requester);
  if (before[contact] === address) throw new AccountError(taken);
  const { id } = before;
  const now = world.clock.now();
  await requester.origin();
  return inTransaction(world.db, async (tx) => {
    const free = await isFree(world, tx, contact, address, id, requester);
    const row = await lockCaller(tx, caller);
    if (row.passwordVersion !== before.passwordVersion) throw new AccountError('USER_INVALID_CREDENTIALS');
    if (contact === 'email') await refuseVouchedEmail(tx, address, id);
    await forgetAddress(tx, row, contact);
    const user = free ? await showAddress(tx, id, contact, address, now) : null;
    if (!user) throw new AccountError(taken);
    const changed = chosen ? await replacePassword(tx, id, null, chosen, now) : user;
    await recordLog(world, tx, {
      event: 'user.update',
      detail: `address.update ${contact}`,
      sessionId: caller.session.id,
      userId: id,
      requester,
      now,
    });
    await queueNotice(world, tx, notice, user, requester, {
      before: { phone: row.phone, provenPhone: row.provenPhone },
    });
    const deviceSecret = chosen && newDeviceSecret(world.codes, changed, now);
    return { user: userView(changed), deviceSecret };
  });
}

/**
 * Proves the password of the row that is answered, or takes it as the account's first.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_CHALLENGE_REQUIRED,
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
async function proveOrChoose(
  world: World,
  caller: SignedIn,
  contact: Contact,
  address: string,
  password: string,
  requester: Requester,
): Promise<{ before: UserRow; chosen: NextPassword | null }> {
  const candidate = parsePassword('password', password);
  const before = await getCaller(world, caller);
  if (storedPassword(before)) {
    await provePassword(world, before, candidate, requester);
    return { before, chosen: null };
  }
  const wanted = parseNewPassword(world.config, candidate, { ...personalDataOf(before), [contact]: address });
  await requireFreshProof(world, caller);
  return { before, chosen: await nextPassword(world, before, wanted) };
}

/**
 * Ends all that somebody may have prepared on an account before the owner of its address proved it: every row that hangs on
 * it but its log, and what its own row says.
 */
async function dropPrepared(tx: Transaction, user: UserRow, contact: Contact, now: Date): Promise<void> {
  const { id: userId } = user;
  await endAllSessions(tx, userId);
  await forgetTokens(tx, { userId });
  await forgetIdentities(tx, userId);
  await forgetAuthenticators(tx, userId);
  await forgetRecoveryCodes(tx, userId);
  await forgetPasskeys(tx, userId);
  await emptyRow(tx, user, contact, now);
}

/**
 * Takes an address that an account only shows off it, because its owner has proven it or wants no part in it. The account
 * shows again what it has proven last, and its owner is told.
 */
export async function releaseClaim(
  world: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  user: UserRow,
  contact: Contact,
  requester: Requester,
): Promise<void> {
  const now = world.clock.now();
  await forgetAddress(tx, user, contact);
  const left = await withdrawClaim(tx, user, contact, now);
  await recordLog(world, tx, {
    event: 'user.update',
    detail: `address.release ${contact}`,
    userId: user.id,
    actor: 'system',
    requester,
    now,
  });
  await queueNotice(world, tx, 'addressReleased', left, requester);
}

/**
 * What a proof of an address makes of the account that holds it. The caller holds the locks on both.
 *
 * @param isOwnProof Whether the proof comes from the account itself: see `isOwn`.
 * @returns The account, which is the prover's, with the address proven; null where it only claimed the address and the
 *   prover's account is yet to be found or made.
 */
export async function proveAddress(
  world: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  holder: UserRow,
  contact: Contact,
  address: string,
  isOwnProof: boolean,
  requester: Requester,
): Promise<UserRow | null> {
  if (provenAddress(holder, contact) === address) return holder;
  if (hasProven(holder) && !isOwnProof) {
    await releaseClaim(world, tx, holder, contact, requester);
    return null;
  }
  const now = world.clock.now();
  if (!isOwnProof) {
    await dropPrepared(tx, holder, contact, now);
    await recordLog(world, tx, {
      event: 'user.update',
      detail: 'account.hand-over',
      userId: holder.id,
      actor: 'system',
      requester,
      now,
    });
  }
  const user = await markProven(tx, holder.id, contact, address, now);
  if (!user) throw new AccountError('USER_INVALID_TOKEN');
  if (contact === 'email' && holder.provenEmail !== null)
    // The former one may take it back; the new one is told, too.
    for (const told of [holder, user]) await queueNotice(world, tx, 'emailReplaced', told, requester);
  return user;
}

/**
 * Whether an address may be shown by somebody who has not proven it: nobody else shows or has proven it, or only by the word
 * of a provider that does not vouch for it, which gives way. Locks the address and its holder.
 */
export async function isFree(
  world: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  contact: Contact,
  address: string,
  userId: string | null,
  requester: Requester,
): Promise<boolean> {
  const holder = await lockHolder(tx, contact, address);
  if (!holder || holder.id === userId) return true;
  if (contact !== 'email' || !(await isUnvouchedClaim(tx, holder, address))) return false;
  await releaseClaim(world, tx, holder, contact, requester);
  return true;
}

/** What was sent to the address that is shown dies with it: whoever reads its messages has no more say in the account. */
async function forgetAddress(tx: Transaction, user: UserRow, contact: Contact): Promise<void> {
  const address = user[contact];
  // But for what takes changes back: whoever reads the address that is left was told for that.
  if (address !== null) await forgetTokens(tx, { address, userId: user.id, purpose: { not: 'undo' } });
  await forgetChallenges(tx, user.id, [kinds[contact].factor]);
}
