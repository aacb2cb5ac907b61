import { wrongGuessesBeforeNotice } from '../../../limits/guesses.js';
import type { ChallengeFactor } from '../../../access/factors.js';
import { findKnownDevice } from '../../../devices/known-devices.js';
import { byUser, usesOf } from '../../../limits/subject.js';
import type { ReportOutcome } from '../../../limits/limiter.js';
import { days, later } from '../../../clock.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { Challenge } from '../../../generated/prisma/client.js';
import type { Requester } from '../../../origin/requester.js';
import { countLogs, recordLog } from '../../logs/service.js';
import { queueNotice } from '../../notices/service.js';
import { lockUserRow } from '../../users/service.js';
import { factors } from '../factors/service.js';

// Guesses at factors are counted before they are compared, for each challenge and for each factor of a user.

/** Wrong answers that one challenge survives. */
export const maxGuesses = 5;

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

/** Finds the caller's live challenge and costs it a guess, in one statement that stands whatever comes of the request. */
export async function countGuess(
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
