import type { SignedIn } from '../../access/viewer.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, collectIssues } from '../../errors/account-error.js';
import type { Token } from '../../generated/prisma/client.js';
import { parseId } from '../../input/ids.js';
import { parsePassword } from '../../input/password.js';
import { parseRedirectUrl, type RedirectUrl, withParameters } from '../../input/redirect-url.js';
import { parseSecret } from '../../input/text.js';
import type { Requester } from '../../origin/requester.js';
import { deleteAddedMethods, verifyAddress } from '../addresses/proofs.js';
import { removeClaim } from '../addresses/claims.js';
import { recordLog } from '../logs/service.js';
import { type PasswordDeps, requirePassword } from '../passwords/service.js';
import { queueNotice } from '../notices/service.js';
import { getCaller } from '../sessions/lifecycle.js';
import { findTokenBySecret } from '../tokens/guesses.js';
import {
  consumeToken,
  sendToken,
  type TokenView,
  tokenView,
  type LinkSenderDeps,
} from '../tokens/service.js';
import { hasVerifiedAddress, isOwnRequest, lockUserByAddress } from '../users/addresses.js';
import { type AddressKind, findUser, isVerified, type UserRow } from '../users/service.js';
import { findForeignMethods, isAsker, mayConfirm } from './confirmation.js';

/** The page of this server that a verification link leads to. */
export const verificationPage = '/auth/verification';

/**
 * Mails the caller a link that proves the address is theirs.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, USER_EMAIL_NOT_FOUND, USER_EMAIL_ALREADY_VERIFIED, GENERAL_ARGUMENT_INVALID
 */
export async function startEmailVerification(
  deps: LinkSenderDeps,
  caller: SignedIn,
  url: string | null | undefined,
  requester: Requester,
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const target = parseRedirectUrl(deps, 'url', url, verificationPage);
  const owner = await getCaller(deps, caller);
  if (owner.email === null) throw new AccountError('USER_EMAIL_NOT_FOUND');
  if (isVerified(owner, 'email')) throw new AccountError('USER_EMAIL_ALREADY_VERIFIED');
  return sendEmailVerification(deps, owner, owner.email, target, requester);
}

/** Sends the link that verifies the displayed address of an account. It leads to `target`. */
export const sendEmailVerification = (
  deps: LinkSenderDeps,
  owner: UserRow,
  address: string,
  target: RedirectUrl,
  requester: Requester,
): Promise<TokenView> =>
  sendProof(deps, 'emailVerification', address, owner, requester, (secret, expiresAt) => ({
    kind: 'verification',
    recipient: address,
    acceptLanguage: requester.language,
    link: withParameters(target, { userId: owner.id, secret, expire: expiresAt.toISOString() }),
    name: owner.name,
    requested: { at: deps.clock.now(), origin: requester.origin },
  }));

/**
 * Sends the caller a code that proves the number is theirs.
 *
 * @throws {AccountError} GENERAL_SMS_DISABLED, USER_PHONE_NOT_FOUND, USER_PHONE_ALREADY_VERIFIED
 */
export async function startPhoneVerification(
  deps: LinkSenderDeps,
  caller: SignedIn,
  requester: Requester,
): Promise<TokenView> {
  if (!deps.canSend.sms) throw new AccountError('GENERAL_SMS_DISABLED');
  const owner = await getCaller(deps, caller);
  const { phone: address } = owner;
  if (address === null) throw new AccountError('USER_PHONE_NOT_FOUND');
  if (!deps.canSend.smsTo(address)) throw new AccountError('GENERAL_SMS_DISABLED');
  if (isVerified(owner, 'phone')) throw new AccountError('USER_PHONE_ALREADY_VERIFIED');
  return sendProof(deps, 'phoneVerification', address, owner, requester, (code) => ({
    kind: 'smsCode',
    recipient: address,
    acceptLanguage: requester.language,
    code,
  }));
}

/**
 * Verifies an address with the secret that was sent to it. On an account that has verified another address, the request must come from
 * the account itself, or from the browser that requested the secret. The secret stays valid otherwise.
 *
 * On an account that has verified none, any browser may verify it. A browser that the account does not know ends what was added to the
 * account before, unless it gives the password: someone else may have signed up with the address.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED, USER_INVALID_CREDENTIALS,
 *   GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function completeVerification(
  deps: PasswordDeps,
  purpose: 'emailVerification' | 'phoneVerification',
  args: { userId: string; secret: string; password?: string | null | undefined },
  caller: SignedIn | null,
  requester: Requester,
): Promise<TokenView> {
  const addressKind = addressKindOf(purpose);
  const knowsPassword = args.password != null;
  if (args.password != null)
    await checkPasswordOfLink(deps, purpose, { ...args, password: args.password }, requester);
  return redeem(deps, purpose, args, requester, async (tx, holder, token) => {
    const callerId = caller?.user.id ?? null;
    if (!(await mayConfirm(deps, tx, holder, addressKind, token, callerId, requester)))
      throw new AccountError('USER_INVALID_TOKEN');
    const session = callerId === holder.id ? (caller?.session ?? null) : null;
    const isOwn =
      knowsPassword ||
      isAsker(token, requester) ||
      (await isOwnRequest(deps, tx, holder, requester, callerId));
    const isUnknown = !hasVerifiedAddress(holder) && !isOwn;
    const isStrict = isUnknown && deps.config.VERIFICATION === 'strict';
    const account = isUnknown && !isStrict ? await deleteAddedMethods(deps, tx, holder, addressKind) : holder;
    const proof = { isOwn: !isStrict, session, isLogged: true };
    const foreign = hasVerifiedAddress(holder)
      ? []
      : await findForeignMethods(deps, tx, holder.id, session, requester);
    const user = await verifyAddress(deps, tx, account, addressKind, token.address, proof, requester);
    if (user && foreign.length > 0 && !isUnknown) {
      const alsoChanged = foreign.flatMap(({ notice, createdAt: at }) =>
        notice === null ? [] : [{ notice, at }],
      );
      await queueNotice(deps, tx, 'methodsFound', user, requester, { alsoChanged });
    }
    const now = deps.clock.now();
    await recordLog(deps, tx, {
      event: 'verification.update',
      detail: `address.prove ${addressKind}`,
      userId: holder.id,
      requester,
      now,
    });
  });
}

/**
 * Checks the password of the account that a link is for. A wrong one counts like any wrong password, and leaves the link valid.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_INVALID_CREDENTIALS, GENERAL_RATE_LIMIT_EXCEEDED
 */
async function checkPasswordOfLink(
  deps: PasswordDeps,
  purpose: 'emailVerification' | 'phoneVerification',
  args: { userId: string; secret: string; password: string },
  requester: Requester,
): Promise<void> {
  const [handle, secret, candidate] = collectIssues(
    () => parseId('userId', args.userId),
    () => parseSecret('secret', args.secret),
    () => parsePassword('password', args.password),
  );
  const token = await findTokenBySecret(deps, handle, secret, [purpose], requester);
  const holder = token.userId === null ? null : await findUser(deps.db, token.userId);
  if (!holder) throw new AccountError('USER_INVALID_TOKEN');
  await requirePassword(deps, holder, candidate, requester);
}

/**
 * Removes the unverified address from the account that requested the verification, because the reader of the address says that
 * someone else requested it.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED
 */
export const rejectVerification = (
  deps: Pick<Deps, 'clock' | 'keyedDigest' | 'db' | 'limiter' | 'outbox'>,
  args: { userId: string; secret: string },
  requester: Requester,
): Promise<TokenView> =>
  redeem(deps, 'emailVerification', args, requester, async (tx, holder) => {
    if (isVerified(holder, 'email')) throw new AccountError('USER_INVALID_TOKEN');
    await removeClaim(deps, tx, holder, 'email', requester);
  });

/** Consumes a one-time token, and runs `effect` with the account locked. Fails if the account no longer displays the address. */
async function redeem(
  deps: Pick<Deps, 'clock' | 'keyedDigest' | 'db' | 'limiter'>,
  purpose: 'emailVerification' | 'phoneVerification',
  args: { userId: string; secret: string },
  requester: Requester,
  effect: (tx: Transaction, holder: UserRow, token: Token) => Promise<void>,
): Promise<TokenView> {
  const [handle, secret] = collectIssues(
    () => parseId('userId', args.userId),
    () => parseSecret('secret', args.secret),
  );
  const token = await findTokenBySecret(deps, handle, secret, [purpose], requester);
  await inTransaction(deps.db, async (tx) => {
    const holder = await lockUserByAddress(tx, addressKindOf(purpose), token.address, deps.clock.now());
    if (!holder || holder.id !== token.userId) throw new AccountError('USER_INVALID_TOKEN');
    if (!holder.enabled) throw new AccountError('USER_BLOCKED');
    await consumeToken(deps, tx, token);
    await effect(tx, holder, token);
  });
  return tokenView(token);
}

const addressKindOf = (purpose: 'emailVerification' | 'phoneVerification'): AddressKind =>
  purpose === 'emailVerification' ? 'email' : 'phone';

const sendProof = (
  deps: LinkSenderDeps,
  purpose: 'emailVerification' | 'phoneVerification',
  address: string,
  owner: UserRow,
  requester: Requester,
  compose: Parameters<typeof sendToken>[1]['compose'],
): Promise<TokenView> =>
  sendToken(
    deps,
    { purpose, handle: owner.id, address, owner, unusable: false, event: 'verification.create', compose },
    requester,
  );
