import { wrongGuessesBeforeNotice } from '../../../limits/guesses.js';
import { challengeProof, type ChallengeFactor } from '../../../access/factors.js';
import { findKnownDevice } from '../../../limits/known-device.js';
import { smsForUserUses } from '../../../limits/messages.js';
import { byUser, usesOf } from '../../../limits/subject.js';
import type { ReportOutcome } from '../../../limits/limiter.js';
import type { SignedIn } from '../../../access/viewer.js';
import { days, later, lifetimes } from '../../../clock.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, collectIssues } from '../../../errors/account-error.js';
import type { Challenge } from '../../../generated/prisma/client.js';
import { isUuid, newRowId } from '../../../ids.js';
import { parseSecret } from '../../../input/text.js';
import type { Message } from '../../../messages/message.js';
import type { Origin } from '../../../origin/origin.js';
import type { Requester } from '../../../origin/requester.js';
import { newCode, newSecret } from '../../../secrets/random.js';
import { countLogs, recordLog } from '../../logs/service.js';
import { queueNotice } from '../../notices/service.js';
import { lockCaller, addSessionProof, type SessionView } from '../../sessions/lifecycle.js';
import type { CredentialJson } from '../../../secrets/webauthn.js';
import { rejectingCopiedPasskeys } from '../../passkeys/proof.js';
import { findPasskeyDescriptors } from '../../passkeys/service.js';
import { lockUserRow } from '../../users/service.js';
import type { ChallengeResponse, ConsumeProof } from './proof.js';
import { type FactorOwner, factors, requireFactor } from '../factors/service.js';

/** A challenge as its caller sees it. Never holds the code. */
export interface ChallengeView {
  readonly id: string;
  readonly createdAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly factor: ChallengeFactor;
  /** What a browser is asked to do with a passkey; null for other factors. */
  readonly options: Readonly<Record<string, unknown>> | null;
}

/** Wrong answers that one challenge survives. */
export const maxGuesses = 5;

/**
 * Starts a challenge on the caller's session. If the factor is an address, sends the code there. The email does not count towards
 * the limit of the address, because other people could use up that limit and lock the owner out. The SMS counts towards a limit for
 * users with a session, which people without a session cannot use up.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, USER_EMAIL_NOT_FOUND, USER_EMAIL_NOT_VERIFIED, GENERAL_SMS_DISABLED,
 *   USER_PHONE_NOT_FOUND, USER_PHONE_NOT_VERIFIED, USER_AUTHENTICATOR_NOT_FOUND, USER_RECOVERY_CODES_NOT_FOUND,
 *   USER_PASSKEY_NOT_FOUND
 */
export async function startChallenge(
  deps: Pick<
    Deps,
    'box' | 'canSend' | 'clock' | 'config' | 'keyedDigest' | 'db' | 'limiter' | 'outbox' | 'webauthn'
  >,
  caller: SignedIn,
  factor: ChallengeFactor,
  requester: Requester,
): Promise<ChallengeView> {
  const { recipient } = await requireFactor(deps, caller.user, factor);
  const { id: userId } = caller.user;
  const phone = factor === 'PHONE' ? caller.user.lastVerifiedPhone : null;
  if (phone !== null) await deps.limiter.consume(smsForUserUses(deps.config, phone, caller.user));
  const now = deps.clock.now();
  const id = newRowId(now);
  const code = newCode();
  const nonce = factor === 'PASSKEY' ? newSecret() : null;
  const options =
    nonce === null
      ? null
      : await deps.webauthn.requestOptions(nonce, await findPasskeyDescriptors(deps, userId));
  const expiresAt = later(now, nonce === null ? lifetimes.challenge : lifetimes.passkeyCeremony);
  const origin = requester.origin;
  return inTransaction(deps.db, async (tx) => {
    const row = await lockCaller(tx, caller);
    const address = recipient?.({ ...caller.user, ...row }) ?? null;
    const challenge = await tx.challenge.create({
      data: {
        id,
        userId,
        sessionId: caller.session.id,
        factor,
        codeDigest: address && deps.keyedDigest.digest(partsOf({ id, userId, factor }, address, code)),
        keyId: address && deps.keyedDigest.keyId,
        nonce,
        createdAt: now,
        expiresAt,
      },
    });
    if (address !== null) {
      const message = messageOf(factor, address, code, { at: now, origin }, requester.language);
      await deps.outbox.queue(tx, message, { expiresAt, userId });
    }
    await recordLog(deps, tx, {
      event: 'challenge.create',
      sessionId: caller.session.id,
      userId,
      requester,
      now,
    });
    return { ...challenge, factor, options: options && { ...options } };
  });
}

/**
 * Passes a challenge: the factor is proven on the session it was started on, which is recently challenged from now.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID; USER_SESSION_NOT_FOUND for a JWT; USER_INVALID_TOKEN;
 *   GENERAL_RATE_LIMIT_EXCEEDED when user and factor have no guesses left
 */
export async function completeChallenge(
  deps: ChallengeDeps,
  caller: SignedIn,
  args: { challengeId: string; otp: string },
  requester: Requester,
): Promise<SessionView> {
  const sessionId = currentSession(caller);
  const [answer, challengeId] = collectIssues(
    () => parseSecret('otp', args.otp),
    () => parseSecret('challengeId', args.challengeId),
  );
  return completeWithResponse(deps, caller, sessionId, challengeId, answer, requester);
}

/**
 * The same with a passkey.
 *
 * @throws {AccountError} USER_SESSION_NOT_FOUND for a JWT; USER_PASSKEY_INVALID for all that is wrong;
 *   GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function completePasskeyChallenge(
  deps: ChallengeDeps,
  caller: SignedIn,
  args: { challengeId: string; credential: CredentialJson },
  requester: Requester,
): Promise<SessionView> {
  const sessionId = currentSession(caller);
  const { challengeId, credential } = args;
  const passed = () => completeWithResponse(deps, caller, sessionId, challengeId, credential, requester);
  return rejectingCopiedPasskeys(deps, 'challenge.update.failed', requester, passed).catch(
    (error: unknown) => {
      const isWrong = error instanceof AccountError && error.code === 'USER_INVALID_TOKEN';
      throw isWrong ? new AccountError('USER_PASSKEY_INVALID') : error;
    },
  );
}

type ChallengeDeps = Pick<
  Deps,
  'box' | 'canSend' | 'clock' | 'config' | 'keyedDigest' | 'db' | 'limiter' | 'outbox' | 'webauthn'
>;

function currentSession({ currentSessionId }: SignedIn): string {
  if (currentSessionId === null) throw new AccountError('USER_SESSION_NOT_FOUND');
  return currentSessionId;
}

async function completeWithResponse(
  deps: ChallengeDeps,
  caller: SignedIn,
  sessionId: string,
  challengeId: string,
  answer: ChallengeResponse,
  requester: Requester,
): Promise<SessionView> {
  const userId = caller.user.id;
  const challenge = isUuid(challengeId)
    ? await countGuess(deps, { id: challengeId, userId, sessionId })
    : null;
  if (!challenge) return rejectResponse(deps, caller, requester);
  const factor = challenge.factor as ChallengeFactor;
  const reportOutcome = await claimFactorGuess(deps, caller, factor, requester);
  let outcome: 'passed' | 'failed' = 'failed';
  try {
    const consumeProof = await checkResponse(deps, caller.user, challenge, answer);
    if (!consumeProof) return await rejectResponse(deps, caller, requester);
    const now = deps.clock.now();
    const passed = await inTransaction(deps.db, async (tx) => {
      const user = await lockCaller(tx, caller);
      const { count } = await tx.challenge.deleteMany({
        where: { id: challenge.id, expiresAt: { gt: now } },
      });
      if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
      await consumeProof(tx, user);
      const proof = { ...challengeProof(factor), passedAt: now };
      const view = await addSessionProof(deps, tx, user, sessionId, proof, requester);
      await recordLog(deps, tx, {
        event: 'challenge.update',
        sessionId: caller.session.id,
        userId,
        requester,
        now,
      });
      return view;
    });
    outcome = 'passed';
    return passed;
  } finally {
    await reportOutcome(outcome);
  }
}

/** Removes challenges that have ended. */
export async function sweepChallenges({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.challenge.deleteMany({ where: { expiresAt: { lte: now } } });
}

/**
 * Counts a guess at a factor of a user. All challenges of a factor share the limit.
 *
 * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function claimFactorGuess(
  { clock, db, limiter }: Pick<Deps, 'clock' | 'db' | 'limiter'>,
  { user }: { readonly user: { readonly id: string } },
  factor: ChallengeFactor,
  { deviceDigest }: Pick<Requester, 'deviceDigest'>,
): Promise<ReportOutcome> {
  const { perDevice, overall } = factors[factor].guessLimits;
  const device = await findKnownDevice(db, user.id, deviceDigest, clock.now());
  return limiter.claim([...usesOf(perDevice, byUser(user, device)), ...usesOf(overall, byUser(user))]);
}

/** Holds an answer against its challenge; null for a wrong one. */
async function checkResponse(
  deps: ChallengeDeps,
  owner: FactorOwner,
  challenge: Challenge,
  answer: ChallengeResponse,
): Promise<ConsumeProof | null> {
  const { check, recipient } = factors[challenge.factor as ChallengeFactor];
  if (check) return check(deps, owner.id, answer, challenge);
  if (typeof answer !== 'string') return null;
  const { codeDigest, keyId } = challenge;
  // Of the address as it is now: what was sent to another one proves nothing any more.
  const address = recipient?.(owner) ?? null;
  if (address === null || codeDigest === null || keyId === null || !deps.keyedDigest.hasKey(keyId))
    return null;
  const isRight = deps.keyedDigest.matches(partsOf(challenge, address, answer), codeDigest, keyId);
  return isRight
    ? async (_tx, user) => {
        if (recipient?.({ ...owner, ...user }) !== address) throw new AccountError('USER_INVALID_TOKEN');
      }
    : null;
}

/** Finds the caller's live challenge and costs it a guess, in one statement that stands whatever comes of the request. */
async function countGuess(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  of: { id: string; userId: string; sessionId: string },
): Promise<Challenge | null> {
  const [challenge] = await db.prisma.challenge.updateManyAndReturn({
    where: { ...of, expiresAt: { gt: clock.now() }, attempts: { lt: maxGuesses } },
    data: { attempts: { increment: 1 } },
  });
  return challenge ?? null;
}

/**
 * Records a wrong response. If there have been many of them, notifies the user.
 *
 * @throws {AccountError} USER_INVALID_TOKEN, always.
 */
export async function rejectResponse(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  { user: { id: userId } }: { readonly user: { readonly id: string } },
  requester: Requester,
): Promise<never> {
  const now = deps.clock.now();
  const event = 'challenge.update.failed';
  await inTransaction(deps.db, async (tx) => {
    await recordLog(deps, tx, { event, userId, requester, now });
    if ((await countLogs(tx, userId, event, later(now, -days(30)))) !== wrongGuessesBeforeNotice) return;
    const user = await lockUserRow(tx, userId);
    if (user) await queueNotice(deps, tx, 'guessesSpent', user, requester);
  });
  throw new AccountError('USER_INVALID_TOKEN');
}

const partsOf = (
  { id, userId, factor }: Pick<Challenge, 'id' | 'userId' | 'factor'>,
  address: string,
  code: string,
) => ['challenge', id, userId, factor, address, code];

function messageOf(
  factor: ChallengeFactor,
  recipient: string,
  code: string,
  requested: { at: Date; origin: Origin },
  acceptLanguage: string | null,
): Message {
  if (factor === 'PHONE') return { kind: 'smsCode', recipient, acceptLanguage, code };
  return { kind: 'mfaChallenge', recipient, acceptLanguage, code, requested };
}
