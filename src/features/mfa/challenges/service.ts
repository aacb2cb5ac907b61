import { challengeProof, type ChallengeFactor } from '../../../access/factors.js';
import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, collectIssues } from '../../../errors/account-error.js';
import type { Challenge } from '../../../generated/prisma/client.js';
import { isUuid } from '../../../ids.js';
import { parseSecret } from '../../../input/text.js';
import type { Requester } from '../../../origin/requester.js';
import { recordLog } from '../../logs/service.js';
import { lockCaller, addSessionProof, type SessionView } from '../../sessions/lifecycle.js';
import type { CredentialJson } from '../../../secrets/webauthn.js';
import { rejectingCopiedPasskeys } from '../../passkeys/proof.js';
import { type FactorOwner, factors } from '../factors/service.js';
import { partsOf } from './start.js';
import { claimFactorGuess, countGuess, rejectResponse } from './guesses.js';
import type { ChallengeResponse, ConsumeProof } from './proof.js';

/**
 * Passes a challenge: the factor is proven on the session it was started on, which is recently challenged from now.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID; USER_SESSION_NOT_FOUND for a JWT; USER_INVALID_TOKEN;
 *   GENERAL_RATE_LIMIT_EXCEEDED when user and factor have no guesses left
 */
export async function completeChallenge(
  deps: ChallengeDeps,
  caller: SignedIn,
  args: { challengeId: string; otp: string; trustDevice?: boolean | null | undefined },
  requester: Requester,
): Promise<SessionView> {
  const sessionId = currentSession(caller);
  const [answer, challengeId] = collectIssues(
    () => parseSecret('otp', args.otp),
    () => parseSecret('challengeId', args.challengeId),
  );
  return completeWithResponse(
    deps,
    caller,
    { sessionId, challengeId, answer, trustDevice: args.trustDevice === true },
    requester,
  );
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
  args: { challengeId: string; credential: CredentialJson; trustDevice?: boolean | null | undefined },
  requester: Requester,
): Promise<SessionView> {
  const sessionId = currentSession(caller);
  const { challengeId, credential: answer, trustDevice } = args;
  const response = { sessionId, challengeId, answer, trustDevice: trustDevice === true };
  const passed = () => completeWithResponse(deps, caller, response, requester);
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

/** What a caller answers to a challenge. */
interface GivenResponse {
  readonly sessionId: string;
  readonly challengeId: string;
  readonly answer: ChallengeResponse;
  readonly trustDevice: boolean;
}

async function completeWithResponse(
  deps: ChallengeDeps,
  caller: SignedIn,
  { sessionId, challengeId, answer, trustDevice }: GivenResponse,
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
      const proof = { ...challengeProof(factor), passedAt: now, trustDevice };
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
