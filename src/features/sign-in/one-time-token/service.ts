import { credentialOf } from '../../../access/factors.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, collectIssues, isAccountError } from '../../../errors/account-error.js';
import { ServiceUnavailable } from '../../../errors/unavailable.js';
import type { Token } from '../../../generated/prisma/client.js';
import { newUserId } from '../../../ids.js';
import { parseEmail } from '../../../input/email.js';
import { isPublicId, parseId, parseNewId } from '../../../input/ids.js';
import { parsePhone } from '../../../input/phone.js';
import { parseRedirectUrl, withParameters } from '../../../input/redirect-url.js';
import { parseSecret } from '../../../input/text.js';
import type { Message } from '../../../messages/message.js';
import type { Requester } from '../../../origin/requester.js';
import { codeChallenge } from '../../../secrets/digest.js';
import { newPhrase } from '../../../secrets/phrase.js';
import { verifyAddress } from '../../addresses/proofs.js';
import { recordLog } from '../../logs/service.js';
import { isReservedToOther, reservedEmail } from '../../security-changes/service.js';
import { getIdentitySignIn } from '../../oauth2/identities/service.js';
import { issueSession, type SessionView } from '../../sessions/lifecycle.js';
import { findTokenBySecret } from '../../tokens/guesses.js';
import { consumeToken, sendToken, type TokenView, type LinkSenderDeps } from '../../tokens/service.js';
import {
  findUserByAddress,
  isOwnRequest,
  receivesMessagesAt,
  lockUserByAddress,
} from '../../users/addresses.js';
import { isSignUpAllowed, type WantedAccount } from '../../sign-up/rules.js';
import {
  type AddressKind,
  createUser,
  isIdAvailable,
  lockUser,
  verifiedAddress,
} from '../../users/service.js';

/**
 * Mails a six-digit code to sign in with. Whoever reads the mailbox signs in, a new user included; the user is made when
 * the code is redeemed, so that asking is the same for an address somebody has and one nobody has. Where the address cannot sign
 * up, the mail says that there is no account.
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
    () => parsePhone(args.phone),
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

async function send(
  deps: LinkSenderDeps,
  purpose: SignInPurpose & ('emailOtp' | 'magicUrl' | 'phoneOtp'),
  chosen: string | null,
  address: string,
  noAccount: Message | null,
  requester: Requester,
  compose: (secret: string, expiresAt: Date, handle: string) => Message,
): Promise<TokenView> {
  const handle = chosen ?? newUserId();
  const addressKind = addressKindOf(purpose);
  const maySignUp = await isSignUpAllowed(deps.config, wantedAccount(addressKind, address));
  const holder = await findUserByAddress(deps.db, addressKind, address, deps.clock.now());
  // Whoever reads what an account only shows gets an account of their own: the token is not bound to that one.
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

/** How a session begins that is signed in with a token of this purpose. */
const sessionStartOf = {
  emailOtp: { provider: 'token', factors: ['email'], source: 'mailbox' },
  magicUrl: { provider: 'magic-url', factors: ['email'], source: 'mailbox' },
  phoneOtp: { provider: 'phone', factors: ['phone'], source: 'number' },
  oauth2: { provider: 'oauth2', factors: ['oauth2'], source: 'provider' },
} as const;
type SignInPurpose = keyof typeof sessionStartOf;
const signInPurposes = Object.keys(sessionStartOf) as SignInPurpose[];

const wantedAccount = (addressKind: AddressKind, address: string): WantedAccount => ({
  email: addressKind === 'email' ? address : null,
  verification: 'done',
});

const addressKindOf = (purpose: SignInPurpose) => (purpose === 'phoneOtp' ? 'phone' : 'email');

/**
 * Signs in with a secret that was sent to an address, and so proves the address; makes the user if nobody has it. What the
 * proof makes of an account that only claimed the address stands in `users/proofs.ts`.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED, USER_SIGN_UP_CLOSED, USER_ADDRESS_NOT_ALLOWED,
 *   USER_COUNT_EXCEEDED
 */
export async function signInWithToken(
  deps: Pick<Deps, 'box' | 'clock' | 'keyedDigest' | 'config' | 'db' | 'limiter' | 'outbox'>,
  args: { userId: string; secret: string; codeVerifier?: string | null | undefined },
  requester: Requester,
): Promise<SessionView> {
  const [handle, secret] = collectIssues(
    () => parseId('userId', args.userId),
    () => parseSecret('secret', args.secret),
  );
  const token = await findTokenBySecret(deps, handle, secret, signInPurposes, requester);
  const challenge = args.codeVerifier == null ? null : codeChallenge(args.codeVerifier);
  if (challenge !== token.codeChallenge) throw new AccountError('USER_INVALID_TOKEN');
  // Without a challenge, the secret is in the URL of a page of the application. Another browser may have been given that URL.
  const isBound = token.purpose === 'oauth2' && token.codeChallenge === null;
  if (isBound && token.browserDigest !== requester.browserDigest)
    throw new AccountError('USER_INVALID_TOKEN');
  const purpose = token.purpose as SignInPurpose;
  const identity =
    purpose === 'oauth2' ? await getIdentitySignIn(deps, token.identityId, token.userId) : null;
  const credential =
    purpose === 'oauth2'
      ? credentialOf('identity', token.identityId ?? '')
      : credentialOf(addressKindOf(purpose), token.address);
  const start = { ...sessionStartOf[purpose], providerUid: null, credential, ...identity };
  const signIn = () =>
    inTransaction(deps.db, async (tx) => {
      const userId =
        purpose === 'oauth2'
          ? await ownerOfIdentity(deps, tx, token)
          : await findOrCreateOwner(deps, tx, token, purpose, requester);
      return issueSession(deps, tx, { ...start, userId, requester });
    });
  // Two addresses may ask for the same id at the same time: the second one gets another id.
  return signIn().catch(async (error: unknown) => {
    if (!isTaken(error)) throw error;
    return signIn().catch((again: unknown) => {
      if (!isTaken(again)) throw again;
      throw new ServiceUnavailable('The address belongs to an account that is about to be deleted.');
    });
  });
}

const isTaken = (error: unknown): boolean => isAccountError(error, 'USER_ALREADY_EXISTS');

async function ownerOfIdentity(deps: Pick<Deps, 'clock'>, tx: Transaction, token: Token): Promise<string> {
  if (token.userId === null || !(await lockUser(tx, token.userId, deps.clock.now())))
    throw new AccountError('USER_INVALID_TOKEN');
  await consumeToken(deps, tx, token);
  return token.userId;
}

/** The user whom the token's address belongs to, now that somebody has proven to read it. */
async function findOrCreateOwner(
  deps: Pick<Deps, 'clock' | 'keyedDigest' | 'config' | 'outbox'>,
  tx: Transaction,
  token: Token,
  purpose: SignInPurpose,
  requester: Requester,
): Promise<string> {
  const { address, userId, handle } = token;
  const addressKind = addressKindOf(purpose);
  const holder = await lockUserByAddress(tx, addressKind, address, deps.clock.now());
  await consumeToken(deps, tx, token);
  // The account it was sent for has let go of the address since.
  if (userId !== null && holder?.id !== userId) throw new AccountError('USER_INVALID_TOKEN');
  if (holder) {
    const isOwn = await isOwnRequest(deps, tx, holder, requester);
    const user = await verifyAddress(deps, tx, holder, addressKind, address, { isOwn }, requester);
    if (user) return user.id;
  }
  if (
    addressKind === 'email' &&
    (await isReservedToOther(tx, reservedEmail(address), null, deps.clock.now()))
  )
    throw new AccountError('USER_INVALID_TOKEN');
  const mayHaveHandle = !token.handleChosen || isPublicId(handle, deps.config.CHOSEN_IDS);
  const id = mayHaveHandle && (await isIdAvailable(tx, handle)) ? handle : newUserId();
  const proven = addressKind === 'phone' ? { lastVerifiedPhone: address } : { lastVerifiedEmail: address };
  const row = { id, [addressKind]: address, ...proven };
  const created = await createUser(deps, tx, row, wantedAccount(addressKind, address));
  await recordLog(deps, tx, { event: 'user.create', userId: created.id, requester, now: deps.clock.now() });
  return created.id;
}
