import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import { newUserId } from '../../../ids.js';
import { email } from '../../../input/email.js';
import { newId } from '../../../input/ids.js';
import { phone } from '../../../input/phone.js';
import { type RedirectUrl, redirectUrl, withParameters } from '../../../input/redirect-url.js';
import type { Message } from '../../../messages/message.js';
import { newPhrase } from '../../../secrets/phrase.js';
import { recordLog } from '../../logs/service.js';
import { type Asker, issueToken, mayReceive, type TokenView } from '../../tokens/service.js';

type World = Pick<
  Deps,
  'canSend' | 'clock' | 'codes' | 'db' | 'limiter' | 'outbox' | 'publicUrl' | 'redirectOrigins'
>;

/** What the mail of a token says, once its secret is known. */
type Compose = (secret: string, expiresAt: Date) => Message;

/**
 * Mails a six-digit code to sign in with. Whoever reads the mailbox signs in, a new user included; the user is made when
 * the code is redeemed, so that asking is the same for an address somebody has and one nobody has.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function sendEmailCode(
  deps: World,
  args: { userId?: string | null | undefined; email: string; phrase?: boolean | null | undefined },
  asker: Asker,
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const address = email(args.email);
  const phrase = args.phrase ? newPhrase() : null;
  const token = await sendSecret(deps, 'emailOtp', args.userId, address, asker, (code) => ({
    kind: 'otpSession',
    recipient: address,
    acceptLanguage: asker.acceptLanguage,
    code,
    phrase,
    requested: { at: deps.clock.now(), origin: asker.origin },
  }));
  return { ...token, phrase };
}

/**
 * Mails a link to sign in with, in the same way.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function sendMagicUrl(
  deps: World,
  args: {
    userId?: string | null | undefined;
    email: string;
    url?: string | null | undefined;
    phrase?: boolean | null | undefined;
  },
  asker: Asker,
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const address = email(args.email);
  const target = args.url
    ? redirectUrl(deps.redirectOrigins, 'url', args.url)
    : (`${deps.publicUrl}/auth/magic-url` as RedirectUrl);
  const handle = newId('userId', args.userId) ?? newUserId();
  const phrase = args.phrase ? newPhrase() : null;
  const token = await sendSecret(deps, 'magicUrl', handle, address, asker, (secret, expiresAt) => ({
    kind: 'magicSession',
    recipient: address,
    acceptLanguage: asker.acceptLanguage,
    link: withParameters(target, { userId: handle, secret, expire: expiresAt.toISOString() }),
    phrase,
    requested: { at: deps.clock.now(), origin: asker.origin },
  }));
  return { ...token, phrase };
}

/**
 * Sends a six-digit code by SMS to sign in with, in the same way.
 *
 * @throws {AccountError} GENERAL_SMS_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function sendPhoneCode(
  deps: World,
  args: { userId?: string | null | undefined; phone: string },
  asker: Asker,
): Promise<TokenView> {
  if (!deps.canSend.sms) throw new AccountError('GENERAL_SMS_DISABLED');
  const number = phone(args.phone);
  return sendSecret(deps, 'phoneOtp', args.userId, number, asker, (code) => ({
    kind: 'smsCode',
    recipient: number,
    acceptLanguage: asker.acceptLanguage,
    code,
  }));
}

/** The same rows for an address somebody has, nobody has, or a blocked user has; only the secret differs in being of use. */
async function sendSecret(
  deps: World,
  purpose: 'emailOtp' | 'magicUrl' | 'phoneOtp',
  chosenId: string | null | undefined,
  address: string,
  asker: Asker,
  compose: Compose,
): Promise<TokenView> {
  const handle = newId('userId', chosenId) ?? newUserId();
  const isPhone = purpose === 'phoneOtp';
  const mayReach = await mayReceive(deps, isPhone ? 'sms' : 'email', address);
  const user = await deps.db.prisma.user.findUnique({
    where: isPhone ? { phone: address } : { email: address },
    select: { id: true, enabled: true },
  });
  const isBlocked = user?.enabled === false;
  // A code that nobody was sent is one more to guess at.
  const isDead = isBlocked || !mayReach;
  return inTransaction(deps.db, async (tx) => {
    const binding = { purpose, handle, userId: user?.id ?? null, address, dead: isDead };
    const { token, secret } = await issueToken(deps, tx, binding, asker);
    await deps.outbox.queue(tx, compose(secret, token.expiresAt), token.expiresAt, isDead);
    const userId = isBlocked ? null : (user?.id ?? null);
    await recordLog(tx, { event: 'session.create', userId, origin: asker.origin, now: deps.clock.now() });
    return token;
  });
}
