import { credentialOf } from '../../../access/factors.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, collectIssues, isAccountError } from '../../../errors/account-error.js';
import { ServiceUnavailable } from '../../../errors/unavailable.js';
import type { Token } from '../../../generated/prisma/client.js';
import { newUserId } from '../../../ids.js';
import { isPublicId, parseId } from '../../../input/ids.js';
import { parseSecret } from '../../../input/text.js';
import type { Actor, Requester } from '../../../origin/requester.js';
import { codeChallenge } from '../../../secrets/digest.js';
import { verifyAddress } from '../../addresses/proofs.js';
import { recordLog } from '../../logs/service.js';
import { isReservedToOther, reservedEmail } from '../../security-changes/service.js';
import { getIdentitySignIn } from '../../oauth2/identities/service.js';
import { issueSession, type SessionView } from '../../sessions/lifecycle.js';
import { acceptInvitation, findInvitation } from '../../sign-up/invitations/service.js';
import { withDecisions } from '../../sign-up/decisions/service.js';
import { provenAccount } from '../../sign-up/rules/service.js';
import { findTokenBySecret } from '../../tokens/guesses.js';
import { consumeToken } from '../../tokens/service.js';
import { isForeignTestCode } from '../../users/test-accounts.js';
import { isOwnRequest, lockUserByAddress } from '../../users/addresses.js';
import { createUser, isIdAvailable, lockUser } from '../../users/service.js';

/** How a session begins that is signed in with a token of this purpose. */
const sessionStartOf = {
  emailOtp: { provider: 'token', factors: ['email'], source: 'mailbox' },
  magicUrl: { provider: 'magic-url', factors: ['email'], source: 'mailbox' },
  phoneOtp: { provider: 'phone', factors: ['phone'], source: 'number' },
  invitation: { provider: 'magic-url', factors: ['email'], source: 'mailbox' },
  oauth2: { provider: 'oauth2', factors: ['oauth2'], source: 'provider' },
  userToken: { provider: 'token', factors: [], source: 'operator' },
} as const;
/** How a user signs up with a token. An identity and a user token have their user already. */
const signUpMethodOf = {
  emailOtp: 'email-otp',
  magicUrl: 'magic-url',
  phoneOtp: 'phone',
  invitation: 'invitation',
} as const;
type SignInPurpose = keyof typeof sessionStartOf;
const signInPurposes = Object.keys(sessionStartOf) as SignInPurpose[];

const addressKindOf = (purpose: SignInPurpose) => (purpose === 'phoneOtp' ? 'phone' : 'email');

type TokenSignInDeps = Pick<
  Deps,
  'box' | 'clock' | 'keyedDigest' | 'config' | 'db' | 'decisions' | 'limiter' | 'outbox'
>;

/**
 * Signs in with a secret that was sent to an address, and so proves the address; makes the user if nobody has it. What the
 * proof makes of an account that only claimed the address stands in `users/proofs.ts`.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED, USER_SIGN_UP_CLOSED, USER_ADDRESS_NOT_ALLOWED,
 *   USER_COUNT_EXCEEDED
 */
export async function signInWithToken(
  deps: TokenSignInDeps,
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
  const credential = credentialOfToken(token, purpose);
  const start = { ...sessionStartOf[purpose], providerUid: null, credential, ...identity };
  const attempt = (deps: TokenSignInDeps) =>
    inTransaction(deps.db, async (tx) => {
      const userId =
        purpose === 'oauth2' || purpose === 'userToken'
          ? await ownerOfToken(deps, tx, token)
          : await findOrCreateOwner(deps, tx, token, purpose, requester);
      const by = purpose === 'userToken' ? { ...requester, actor: credential as Actor } : requester;
      return issueSession(deps, tx, { ...start, userId, requester: by });
    });
  const signIn = () => withDecisions(deps, attempt);
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

/** What signs in. For a user token, this is the operator, as the security log names one. */
function credentialOfToken({ address, identityId, about }: Token, purpose: SignInPurpose): string {
  if (purpose === 'oauth2') return credentialOf('identity', identityId ?? '');
  if (purpose === 'userToken') return credentialOf('operator', (about as { operator: string }).operator);
  return credentialOf(addressKindOf(purpose), address);
}

async function ownerOfToken(deps: Pick<Deps, 'clock'>, tx: Transaction, token: Token): Promise<string> {
  if (token.userId === null || !(await lockUser(tx, token.userId, deps.clock.now())))
    throw new AccountError('USER_INVALID_TOKEN');
  await consumeToken(deps, tx, token);
  return token.userId;
}

/** The user whom the token's address belongs to, now that somebody has proven to read it. */
async function findOrCreateOwner(
  deps: TokenSignInDeps,
  tx: Transaction,
  token: Token,
  purpose: keyof typeof signUpMethodOf,
  requester: Requester,
): Promise<string> {
  const { address, userId, handle } = token;
  const addressKind = addressKindOf(purpose);
  const holder = await lockUserByAddress(tx, addressKind, address, deps.clock.now());
  await consumeToken(deps, tx, token);
  // The account it was sent for has let go of the address since.
  if (userId !== null && holder?.id !== userId) throw new AccountError('USER_INVALID_TOKEN');
  // The code is known, and a real account has taken the address since.
  if (userId === null && holder && isForeignTestCode(deps.config, address, holder))
    throw new AccountError('USER_INVALID_TOKEN');
  const invitation = purpose === 'invitation' ? await findInvitation(tx, handle) : null;
  if (holder) {
    const isOwn = await isOwnRequest(deps, tx, holder, requester);
    const user = await verifyAddress(deps, tx, holder, addressKind, address, { isOwn }, requester);
    if (user && invitation) await acceptInvitation(deps, tx, invitation, user, requester);
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
  const wanted = provenAccount(signUpMethodOf[purpose], addressKind, address);
  const created = await createUser(deps, tx, row, wanted, requester);
  await recordLog(deps, tx, { event: 'user.create', userId: created.id, requester, now: deps.clock.now() });
  if (invitation) await acceptInvitation(deps, tx, invitation, created, requester);
  return created.id;
}
