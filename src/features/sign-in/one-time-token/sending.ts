import type { Deps } from '../../../deps.js';
import { AccountError, collectIssues } from '../../../errors/account-error.js';
import { newUserId } from '../../../ids.js';
import { parseEmail } from '../../../input/email.js';
import { parseNewId } from '../../../input/ids.js';
import { parsePhone } from '../../../input/phone.js';
import { parseRedirectUrl, withParameters } from '../../../input/redirect-url.js';
import type { Message } from '../../../messages/message.js';
import type { Requester } from '../../../origin/requester.js';
import { newPhrase } from '../../../secrets/phrase.js';
import { isSignUpAllowed, provenAccount } from '../../sign-up/rules/service.js';
import { type LinkSenderDeps, sendToken, type TokenView } from '../../tokens/service.js';
import { findUserByAddress, receivesMessagesAt } from '../../users/addresses.js';
import { verifiedAddress } from '../../users/service.js';

// This module sends the codes and links that `service.ts` signs in with.

/**
 * Emails a six-digit code for a sign-in. The code also signs up a new user. The server creates the user when the code is redeemed,
 * so that the request does the same for known and unknown addresses. If the address has no account and cannot sign up, the email says
 * so.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function sendEmailCode(
  deps: LinkSenderDeps,
  args: { userId?: string | null | undefined; email: string; phrase?: boolean | null | undefined },
  requester: Requester,
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const [recipient, chosen] = collectIssues(
    () => parseEmail(args.email),
    () => parseNewId('userId', args.userId),
  );
  const phrase = args.phrase ? newPhrase() : null;
  const common = await commonOf(deps, recipient, requester);
  const noAccount = { ...common, kind: 'noAccount' } as const;
  const token = await send(deps, 'emailOtp', chosen, recipient, noAccount, requester, (code) => ({
    ...common,
    kind: 'otpSession',
    code,
    phrase,
  }));
  return { ...token, phrase };
}

/**
 * Mails a link to sign in with, in the same way.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function sendMagicUrl(
  deps: LinkSenderDeps,
  args: {
    userId?: string | null | undefined;
    email: string;
    url?: string | null | undefined;
    phrase?: boolean | null | undefined;
  },
  requester: Requester,
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const [recipient, target, chosen] = collectIssues(
    () => parseEmail(args.email),
    () => parseRedirectUrl(deps, 'url', args.url, '/auth/magic-url'),
    () => parseNewId('userId', args.userId),
  );
  const phrase = args.phrase ? newPhrase() : null;
  const common = await commonOf(deps, recipient, requester);
  const noAccount = { ...common, kind: 'noAccount' } as const;
  const token = await send(
    deps,
    'magicUrl',
    chosen,
    recipient,
    noAccount,
    requester,
    (secret, expiresAt, handle) => ({
      ...common,
      kind: 'magicSession',
      link: withParameters(target, { userId: handle, secret, expire: expiresAt.toISOString() }),
      phrase,
    }),
  );
  return { ...token, phrase };
}

/**
 * Sends a six-digit code by SMS to sign in with, in the same way.
 *
 * @throws {AccountError} GENERAL_SMS_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function sendPhoneCode(
  deps: LinkSenderDeps,
  args: { userId?: string | null | undefined; phone: string },
  requester: Requester,
): Promise<TokenView> {
  if (!deps.canSend.sms) throw new AccountError('GENERAL_SMS_DISABLED');
  const [recipient, chosen] = collectIssues(
    () => parsePhone(args.phone, deps.config.SMS_COUNTRIES),
    () => parseNewId('userId', args.userId),
  );
  const acceptLanguage = requester.language;
  // An SMS costs money, so an unknown number gets none.
  return send(deps, 'phoneOtp', chosen, recipient, null, requester, (code) => ({
    kind: 'smsCode',
    recipient,
    acceptLanguage,
    code,
  }));
}

/** What the mails share. */
const commonOf = async ({ clock }: Pick<Deps, 'clock'>, recipient: string, requester: Requester) => ({
  recipient,
  acceptLanguage: requester.language,
  requested: { at: clock.now(), origin: requester.origin },
});

const methodOf = { emailOtp: 'email-otp', magicUrl: 'magic-url', phoneOtp: 'phone' } as const;

async function send(
  deps: LinkSenderDeps,
  purpose: 'emailOtp' | 'magicUrl' | 'phoneOtp',
  chosen: string | null,
  address: string,
  noAccount: Message | null,
  requester: Requester,
  compose: (secret: string, expiresAt: Date, handle: string) => Message,
): Promise<TokenView> {
  const handle = chosen ?? newUserId();
  const addressKind = purpose === 'phoneOtp' ? 'phone' : 'email';
  const maySignUp = await isSignUpAllowed(
    deps.config,
    provenAccount(methodOf[purpose], addressKind, address),
  );
  const holder = await findUserByAddress(deps.db, addressKind, address, deps.clock.now());
  // If an account only displays the address, the token is not bound to that account. The reader of the mailbox gets a new one.
  const isOwner = holder !== null && receivesMessagesAt(holder, addressKind, address);
  // Anyone who verifies an address that a blocked account only displays also gets a new account.
  const isClaimOfBlocked = holder?.enabled === false && verifiedAddress(holder, addressKind) !== address;
  const owner = isOwner && !isClaimOfBlocked ? holder : null;
  const unusable = holder?.enabled === false && !isClaimOfBlocked;
  return sendToken(
    deps,
    {
      purpose,
      handle,
      handleChosen: chosen !== null,
      address,
      owner,
      unusable,
      ...(owner === null && !unusable && !maySignUp && { insteadOfToken: noAccount }),
      event: 'session.create',
      compose: (secret, expiresAt) => compose(secret, expiresAt, handle),
    },
    requester,
  );
}
