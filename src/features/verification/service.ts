import type { SignedIn } from '../../access/viewer.js';
import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { id } from '../../input/ids.js';
import { redirectUrl, withParameters } from '../../input/redirect-url.js';
import { secret as checkSecret } from '../../input/text.js';
import type { Message } from '../../messages/message.js';
import { recordLog } from '../logs/service.js';
import type { Requester } from '../passwords/service.js';
import { lockUser } from '../sessions/service.js';
import {
  type Asker,
  consumeToken,
  issueToken,
  mayReceive,
  proveToken,
  type TokenView,
  tokenView,
} from '../tokens/service.js';

type World = Pick<Deps, 'canSend' | 'clock' | 'codes' | 'db' | 'limiter' | 'outbox' | 'redirectOrigins'>;

/**
 * Mails the caller a link that proves the address is theirs.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, USER_EMAIL_NOT_FOUND, USER_EMAIL_ALREADY_VERIFIED, GENERAL_ARGUMENT_INVALID
 */
export async function startEmailVerification(
  deps: World,
  { user }: SignedIn,
  url: string,
  asker: Asker,
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const target = redirectUrl(deps.redirectOrigins, 'url', url);
  const { id: userId, email: address, name } = user;
  if (address === null) throw new AccountError('USER_EMAIL_NOT_FOUND');
  if (user.emailVerified) throw new AccountError('USER_EMAIL_ALREADY_VERIFIED');
  return sendProof(deps, 'emailVerification', userId, address, asker, (secret, expiresAt) => ({
    kind: 'verification',
    recipient: address,
    acceptLanguage: asker.acceptLanguage,
    link: withParameters(target, { userId, secret, expire: expiresAt.toISOString() }),
    name,
  }));
}

/**
 * Sends the caller a code that proves the number is theirs.
 *
 * @throws {AccountError} GENERAL_SMS_DISABLED, USER_PHONE_NOT_FOUND, USER_PHONE_ALREADY_VERIFIED
 */
export async function startPhoneVerification(
  deps: World,
  { user }: SignedIn,
  asker: Asker,
): Promise<TokenView> {
  if (!deps.canSend.sms) throw new AccountError('GENERAL_SMS_DISABLED');
  const { id: userId, phone: address } = user;
  if (address === null) throw new AccountError('USER_PHONE_NOT_FOUND');
  if (user.phoneVerified) throw new AccountError('USER_PHONE_ALREADY_VERIFIED');
  return sendProof(deps, 'phoneVerification', userId, address, asker, (code) => ({
    kind: 'smsCode',
    recipient: address,
    acceptLanguage: asker.acceptLanguage,
    code,
  }));
}

/**
 * Marks an address as its owner's, with the secret that was sent to it. Needs no session.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED
 */
export async function completeVerification(
  deps: Pick<Deps, 'clock' | 'codes' | 'db' | 'limiter'>,
  purpose: 'emailVerification' | 'phoneVerification',
  args: { userId: string; secret: string },
  { origin, deviceSecret }: Requester,
): Promise<TokenView> {
  const token = await proveToken(
    deps,
    id('userId', args.userId),
    checkSecret('secret', args.secret),
    [purpose],
    deviceSecret,
  );
  const { userId, address } = token;
  if (userId === null) throw new AccountError('USER_INVALID_TOKEN');
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    if (!(await lockUser(tx, userId))) throw new AccountError('USER_BLOCKED');
    await consumeToken(deps, tx, token);
    const isEmail = purpose === 'emailVerification';
    const { count } = await tx.user.updateMany({
      where: { id: userId, ...(isEmail ? { email: address } : { phone: address }) },
      data: { ...(isEmail ? { emailVerified: true } : { phoneVerified: true }), updatedAt: now },
    });
    if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
    await recordLog(tx, { event: 'verification.update', userId, origin, now });
  });
  return tokenView(token);
}

/** Issues the secret and queues its message, or, where the address has had its share, the same rows without any use. */
async function sendProof(
  deps: World,
  purpose: 'emailVerification' | 'phoneVerification',
  userId: string,
  address: string,
  asker: Asker,
  compose: (secret: string, expiresAt: Date) => Message,
): Promise<TokenView> {
  const channel = purpose === 'emailVerification' ? 'email' : 'sms';
  const isDead = !(await mayReceive(deps, channel, address));
  return inTransaction(deps.db, async (tx) => {
    const binding = { purpose, handle: userId, userId, address, dead: isDead };
    const { token, secret } = await issueToken(deps, tx, binding, asker);
    await deps.outbox.queue(tx, compose(secret, token.expiresAt), token.expiresAt, isDead);
    await recordLog(tx, {
      event: 'verification.create',
      userId,
      origin: asker.origin,
      now: deps.clock.now(),
    });
    return token;
  });
}
