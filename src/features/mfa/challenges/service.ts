import { factorGuesses } from '../../../access/budget.js';
import { afterChallenge, type ChallengeFactor } from '../../../access/factors.js';
import type { Refund } from '../../../access/rate-limiter.js';
import type { SignedIn, ViewerUser } from '../../../access/viewer.js';
import { later, lifetimes } from '../../../clock.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { Challenge } from '../../../generated/prisma/client.js';
import { isUuid, newRowId } from '../../../ids.js';
import { secret } from '../../../input/text.js';
import type { Origin } from '../../../origin/origin.js';
import type { Message } from '../../../messages/message.js';
import { newCode } from '../../../secrets/random.js';
import { recordLog } from '../../logs/service.js';
import { matchAuthenticator } from '../authenticators/service.js';
import { consumeRecoveryCode, findRecoveryCode } from '../recovery-codes/service.js';
import type { NoticeCause } from '../../notices/service.js';
import { lockUser, recordFactors, type SessionView } from '../../sessions/service.js';

/** A challenge as its caller sees it. Never holds the code. */
export interface ChallengeView {
  readonly id: string;
  readonly createdAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly factor: ChallengeFactor;
}

/** Wrong answers that one challenge survives. */
export const mostGuesses = 5;

/**
 * Starts a challenge on the caller's session, and sends the code where the factor is an address. Not counted against what
 * an address receives at most: strangers could otherwise keep the owner out.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, USER_EMAIL_NOT_FOUND, USER_EMAIL_NOT_VERIFIED, GENERAL_SMS_DISABLED,
 *   USER_PHONE_NOT_FOUND, USER_PHONE_NOT_VERIFIED, USER_AUTHENTICATOR_NOT_FOUND, USER_RECOVERY_CODES_NOT_FOUND;
 *   USER_SESSION_NOT_FOUND when the session has ended meanwhile
 */
export async function startChallenge(
  deps: Pick<Deps, 'canSend' | 'clock' | 'codes' | 'db' | 'outbox'>,
  { user, session }: SignedIn,
  factor: ChallengeFactor,
  cause: NoticeCause,
): Promise<ChallengeView> {
  const recipient = await recipientOf(deps, user, factor);
  const now = deps.clock.now();
  const id = newRowId(now);
  const code = newCode();
  const expiresAt = later(now, lifetimes.challenge);
  const isSent = recipient !== null;
  return inTransaction(deps.db, async (tx) => {
    await lockUser(tx, user.id);
    if ((await tx.session.count({ where: { id: session.id } })) === 0)
      throw new AccountError('USER_SESSION_NOT_FOUND');
    const challenge = await tx.challenge.create({
      data: {
        id,
        userId: user.id,
        sessionId: session.id,
        factor,
        codeDigest: isSent ? deps.codes.digest(partsOf(id, user.id, factor, code)) : null,
        keyId: isSent ? deps.codes.keyId : null,
        createdAt: now,
        expiresAt,
      },
    });
    if (isSent) await deps.outbox.queue(tx, messageOf(factor, recipient, code, now, cause), expiresAt);
    await recordLog(tx, { event: 'challenge.create', userId: user.id, origin: cause.origin, now });
    return { ...challenge, factor };
  });
}

/**
 * Passes a challenge: the factor is proven on the session it was started on, which is recently challenged from now.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID; USER_SESSION_NOT_FOUND for a JWT; USER_INVALID_TOKEN;
 *   GENERAL_RATE_LIMIT_EXCEEDED when user and factor have no guesses left
 */
export async function passChallenge(
  deps: Pick<Deps, 'box' | 'clock' | 'codes' | 'db' | 'limiter'>,
  caller: SignedIn,
  args: { challengeId: string; otp: string },
  origin: Origin,
): Promise<SessionView> {
  const sessionId = caller.currentSessionId;
  if (sessionId === null) throw new AccountError('USER_SESSION_NOT_FOUND');
  const userId = caller.user.id;
  const answer = secret('otp', args.otp);
  const challengeId = secret('challengeId', args.challengeId);
  const challenge = isUuid(challengeId)
    ? await countGuess(deps, { id: challengeId, userId, sessionId })
    : null;
  if (!challenge) return refuse(deps, userId, origin);
  const factor = challenge.factor as ChallengeFactor;
  const refunds: Refund[] = [];
  for (const budget of factorGuesses[factor]) refunds.push(await deps.limiter.draw(budget, userId));
  const proof = await prove(deps, challenge, answer);
  if (!proof) return refuse(deps, userId, origin);
  const now = deps.clock.now();
  const session = await inTransaction(deps.db, async (tx) => {
    await lockUser(tx, userId);
    const { count } = await tx.challenge.deleteMany({ where: { id: challenge.id, expiresAt: { gt: now } } });
    if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
    await proof(tx);
    const passed = await recordFactors(tx, sessionId, (factors) => afterChallenge(factors, factor), now, now);
    await recordLog(tx, { event: 'challenge.update', userId, origin, now });
    return passed;
  });
  await Promise.all(refunds.map((refund) => refund()));
  return session;
}

/** Makes sure that what was proven has not been used by another request, in the transaction of its effect. */
type Proof = (tx: Transaction) => Promise<void>;

/** Holds an answer against its challenge; null for a wrong one. */
async function prove(
  deps: Pick<Deps, 'box' | 'clock' | 'codes' | 'db'>,
  { id, userId, factor, codeDigest, keyId }: Challenge,
  answer: string,
): Promise<Proof | null> {
  if (factor === 'TOTP') {
    const match = await matchAuthenticator(deps, userId, answer);
    return match && ((tx) => useStep(tx, match.authenticatorId, match.step));
  }
  if (factor === 'RECOVERY_CODE') {
    const code = await findRecoveryCode(deps, userId, answer);
    return code === null ? null : (tx) => consumeRecoveryCode(tx, code);
  }
  if (codeDigest === null || keyId === null || !deps.codes.knows(keyId)) return null;
  return deps.codes.matches(partsOf(id, userId, factor, answer), codeDigest, keyId) ? async () => {} : null;
}

/** One conditional write: a step, and every one before it, is used once. @see RFC 6238 §5.2 */
async function useStep(tx: Transaction, authenticatorId: string, step: number): Promise<void> {
  const { count } = await tx.authenticator.updateMany({
    where: { id: authenticatorId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
}

/** Finds the caller's live challenge and costs it a guess, in one statement that stands whatever comes of the request. */
async function countGuess(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  of: { id: string; userId: string; sessionId: string },
): Promise<Challenge | null> {
  const [challenge] = await db.prisma.challenge.updateManyAndReturn({
    where: { ...of, expiresAt: { gt: clock.now() }, attempts: { lt: mostGuesses } },
    data: { attempts: { increment: 1 } },
  });
  return challenge ?? null;
}

async function refuse(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  userId: string,
  origin: Origin,
): Promise<never> {
  const now = clock.now();
  await inTransaction(db, (tx) => recordLog(tx, { event: 'challenge.update.failed', userId, origin, now }));
  throw new AccountError('USER_INVALID_TOKEN');
}

/** Where the code goes; null for factors whose code the user has already. */
async function recipientOf(
  { canSend, db }: Pick<Deps, 'canSend' | 'db'>,
  user: ViewerUser,
  factor: ChallengeFactor,
): Promise<string | null> {
  if (factor === 'EMAIL') {
    if (!canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
    if (user.email === null) throw new AccountError('USER_EMAIL_NOT_FOUND');
    if (!user.emailVerified) throw new AccountError('USER_EMAIL_NOT_VERIFIED');
    return user.email;
  }
  if (factor === 'PHONE') {
    if (!canSend.sms) throw new AccountError('GENERAL_SMS_DISABLED');
    if (user.phone === null) throw new AccountError('USER_PHONE_NOT_FOUND');
    if (!user.phoneVerified) throw new AccountError('USER_PHONE_NOT_VERIFIED');
    return user.phone;
  }
  if (factor === 'TOTP' && !user.totpVerified) throw new AccountError('USER_AUTHENTICATOR_NOT_FOUND');
  if (
    factor === 'RECOVERY_CODE' &&
    (await db.prisma.recoveryCode.count({ where: { userId: user.id } })) === 0
  ) {
    throw new AccountError('USER_RECOVERY_CODES_NOT_FOUND');
  }
  return null;
}

const partsOf = (id: string, userId: string, factor: string, code: string) => [
  'challenge',
  id,
  userId,
  factor,
  code,
];

function messageOf(
  factor: ChallengeFactor,
  recipient: string,
  code: string,
  at: Date,
  cause: NoticeCause,
): Message {
  const { acceptLanguage, origin } = cause;
  if (factor === 'PHONE') return { kind: 'smsCode', recipient, acceptLanguage, code };
  return { kind: 'mfaChallenge', recipient, acceptLanguage, code, requested: { at, origin } };
}
