import type { SignedIn } from '../../access/viewer.js';
import { inTransaction } from '../../db/transaction.js';
import { AccountError, collectIssues } from '../../errors/account-error.js';
import { newUserId } from '../../ids.js';
import { parseEmail } from '../../input/email.js';
import { parseId } from '../../input/ids.js';
import { parseNewPassword, parsePassword } from '../../input/password.js';
import { parseRedirectUrl, withParameters } from '../../input/redirect-url.js';
import { parseSecret } from '../../input/text.js';
import type { Requester } from '../../origin/requester.js';
import { verifyAddress } from '../addresses/proofs.js';
import { rejectBreached } from '../passwords/breaches.js';
import {
  type NewPasswordDeps,
  clearPasswordAttempts,
  prepareNewPassword,
  personalDataOf,
  replacePassword,
} from '../passwords/service.js';
import { recordSecurityChange } from '../security-changes/service.js';
import { endAllSessions } from '../sessions/ending.js';
import { findTokenBySecret } from '../tokens/guesses.js';
import {
  sendToken,
  type TokenMessage,
  type TokenView,
  tokenView,
  type LinkSenderDeps,
} from '../tokens/service.js';
import { consumeRecoveryToken, setLinkSubject } from '../tokens/undo.js';
import {
  findUserByAddress,
  isOwnRequest,
  receivesMessagesAt,
  lockUserByAddress,
} from '../users/addresses.js';
import { findUser } from '../users/service.js';

/**
 * Mails a link that lets the owner of an address set a new password. For an address nobody or a blocked user has, the same
 * is done and answered, and nothing is mailed.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function startRecovery(
  deps: LinkSenderDeps,
  args: { email: string; url?: string | null | undefined },
  requester: Requester,
  ownerLimits?: TokenMessage['ownerLimits'],
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const [address, target] = collectIssues(
    () => parseEmail(args.email),
    () => parseRedirectUrl(deps, 'url', args.url, '/auth/recovery'),
  );
  const holder = await findUserByAddress(deps.db, 'email', address, deps.clock.now());
  const owner = holder?.enabled && receivesMessagesAt(holder, 'email', address) ? holder : null;
  const handle = newUserId();
  return sendToken(
    deps,
    {
      purpose: 'recovery',
      handle,
      address,
      owner,
      unusable: owner === null,
      event: 'recovery.create',
      ...(ownerLimits && { ownerLimits }),
      compose: (secret, expiresAt) => ({
        kind: 'recovery',
        recipient: address,
        acceptLanguage: requester.language,
        link: withParameters(target, { userId: handle, secret, expire: expiresAt.toISOString() }),
        name: owner?.name ?? '',
      }),
    },
    requester,
  );
}

/**
 * Sets a new password with the secret of a recovery link, verifies the address the link was mailed to, and ends all
 * sessions. Makes none, and leaves MFA as it is.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED, USER_PASSWORD_TOO_COMMON,
 *   USER_PASSWORD_PERSONAL_DATA, USER_PASSWORD_RECENTLY_USED; none but a success uses the link up.
 */
export async function completeRecovery(
  deps: NewPasswordDeps,
  args: { userId: string; secret: string; password: string },
  caller: SignedIn | null,
  requester: Requester,
): Promise<TokenView> {
  const [candidate, handle, secret] = collectIssues(
    () => parsePassword('password', args.password, deps.config.PASSWORD_MIN),
    () => parseId('userId', args.userId),
    () => parseSecret('secret', args.secret),
  );
  const token = await findTokenBySecret(deps, handle, secret, ['recovery'], requester);
  const { address } = token;
  const before = token.userId === null ? null : await findUser(deps.db, token.userId);
  if (!before) throw new AccountError('USER_INVALID_TOKEN');
  const allowed = parseNewPassword(deps.config, candidate, personalDataOf(before));
  const prepared = await prepareNewPassword(deps, before, await rejectBreached(deps, allowed));
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const holder = await lockUserByAddress(tx, 'email', address, now);
    if (!holder || holder.id !== before.id || !receivesMessagesAt(holder, 'email', address))
      throw new AccountError('USER_INVALID_TOKEN');
    if (!holder.enabled) throw new AccountError('USER_BLOCKED');
    await consumeRecoveryToken(deps, tx, token);
    const isOwn = await isOwnRequest(deps, tx, holder, requester, caller?.user.id);
    await verifyAddress(deps, tx, holder, 'email', address, { isOwn }, requester);
    const user = await replacePassword(tx, holder.id, 'byMail', prepared, now);
    await endAllSessions(tx, holder.id, now);
    const version = user.passwordVersion;
    const change = {
      kind: 'RECOVERY',
      action: 'added',
      subject: String(version),
      state: { version },
    } as const;
    const recorded = { ...change, user, session: null, event: 'recovery.update' } as const;
    const told = { detail: 'recovery.update', notice: 'recoveryUsed' } as const;
    const changeId = await recordSecurityChange(deps, tx, { ...recorded, ...told }, requester);
    await setLinkSubject(tx, token, { notice: 'recoveryUsed', changeId, sessionId: null, usedAt: null });
  });
  await clearPasswordAttempts(deps, before);
  return tokenView(token);
}
