import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Prisma, Token, TokenPurpose } from '../../generated/prisma/client.js';
import { codeGuessLimits } from '../../limits/guesses.js';
import type { ReportOutcome } from '../../limits/limiter.js';
import { addressUses } from '../../limits/messages.js';
import type { LimitUse } from '../../limits/subject.js';
import type { Requester } from '../../origin/requester.js';
import { digest } from '../../secrets/digest.js';
import { findUser } from '../users/service.js';
import { findDeviceOfAddress } from './service.js';

// This module finds the token that a secret belongs to. No one can guess a long secret, but an attacker can guess a six-digit
// code. So wrong codes have limits: five for each token, and `codeGuessLimits` for each address.

/** Wrong guesses that one code survives. */
const maxGuesses = 5;
/** Maximum number of codes that one guess is compared with. The codes of the owner come first, then the newest ones. */
const maxCandidates = 20;
/** Maximum number of dropped requests that are read for one handle, newest first. */
const maxDropped = 10;

type GuessDeps = Pick<Deps, 'clock' | 'keyedDigest' | 'db' | 'limiter'>;

/**
 * Finds the valid token that a secret belongs to, without using it up. A code is counted before it is compared, for each token that
 * it could belong to and for the addresses of these tokens. A wrong code stays counted even if the request fails later.
 *
 * @param handle The `userId` in the response that created the token, or the id of the user.
 * @throws {AccountError} USER_INVALID_TOKEN; GENERAL_RATE_LIMIT_EXCEEDED when no address has guesses left.
 */
export async function findTokenBySecret(
  deps: GuessDeps,
  handle: string,
  secret: string,
  purposes: readonly TokenPurpose[],
  requester: Pick<Requester, 'clientAddress' | 'deviceDigest'>,
): Promise<Token> {
  const redeemable = await redeemableWith(deps, handle, purposes);
  const token = /^\d{6}$/.test(secret)
    ? await findTokenByCode(deps, handle, secret, redeemable, requester)
    : await deps.db.prisma.token.findFirst({ where: { ...redeemable, secretDigest: digest(secret) } });
  if (!token) throw new AccountError('USER_INVALID_TOKEN');
  return token;
}

/**
 * Returns the condition for the tokens that a handle redeems. These are the tokens of the handle and, if a limit dropped its
 * message, the tokens that the same browser or client network requested for that address before. So a user who repeats a request
 * can use the newest message that arrived.
 */
async function redeemableWith(
  { clock, db }: GuessDeps,
  handle: string,
  purposes: readonly TokenPurpose[],
): Promise<Prisma.TokenWhereInput> {
  const valid = { purpose: { in: [...purposes] }, expiresAt: { gt: clock.now() } };
  const dropped = await db.prisma.token.findMany({
    where: { ...valid, handle, droppedFor: { not: null } },
    orderBy: { createdAt: 'desc' },
    take: maxDropped,
  });
  const earlier = dropped.map(({ purpose, address, createdAt, droppedFor, browserDigest, network }) => ({
    purpose,
    address,
    createdAt: { lte: createdAt },
    ...(droppedFor === 'browser' ? { browserDigest } : { network }),
  }));
  return { ...valid, OR: [{ handle }, { userId: handle }, ...earlier] };
}

async function findTokenByCode(
  deps: GuessDeps,
  handle: string,
  code: string,
  redeemable: Prisma.TokenWhereInput,
  requester: Pick<Requester, 'clientAddress' | 'deviceDigest'>,
): Promise<Token | undefined> {
  const { db, keyedDigest } = deps;
  const codes = { ...redeemable, keyId: { not: null } };
  const rows = await db.prisma.token.findMany({
    where: codes,
    select: { address: true, userId: true },
    orderBy: [{ userId: { sort: 'asc', nulls: 'last' } }, { createdAt: 'desc' }],
    take: maxCandidates,
  });
  const uses = await usesByAddress(deps, handle, rows, requester);
  const claims = await claimGuesses(deps, [...uses.values()]);
  let right: string | undefined;
  try {
    const addresses = [...uses].filter(([, each]) => claims.has(bucketOf(each))).map(([address]) => address);
    const guessed = await db.prisma.token.updateManyAndReturn({
      where: { ...codes, attempts: { lt: maxGuesses }, address: { in: addresses } },
      data: { attempts: { increment: 1 } },
    });
    const token = guessed.find(({ purpose, handle, userId, address, secretDigest, keyId }) => {
      const parts = [purpose, handle, userId ?? '', address, code];
      return keyId !== null && keyedDigest.hasKey(keyId) && keyedDigest.matches(parts, secretDigest, keyId);
    });
    right = token && bucketOf(uses.get(token.address) ?? []);
    // A right code is no guess. It may be sent again, if the application or a rule rejects what it is for.
    if (token)
      await db.prisma.token.updateMany({ where: { id: token.id }, data: { attempts: { decrement: 1 } } });
    return token;
  } finally {
    // A guess that is correct for one address is counted as wrong for all others.
    for (const [key, reportOutcome] of claims) await reportOutcome(key === right ? 'passed' : 'failed');
  }
}

/** Returns the limits that a guess counts towards, for each address. */
async function usesByAddress(
  { clock, db }: GuessDeps,
  handle: string,
  rows: readonly Pick<Token, 'address' | 'userId'>[],
  { clientAddress, deviceDigest }: Pick<Requester, 'clientAddress' | 'deviceDigest'>,
): Promise<Map<string, readonly LimitUse[]>> {
  const uses = new Map<string, readonly LimitUse[]>();
  // If there is no token, the guess counts for the handle, so that the limit is reached after the same number of guesses.
  for (const { address, userId } of rows.length > 0 ? rows : [{ address: handle, userId: null }]) {
    if (uses.has(address)) continue;
    // This query also runs if the token has no user, because a missing query would reveal which addresses have an account.
    const holder = await findUser(db, userId ?? handle);
    const owner = userId === null ? null : holder;
    const device = await findDeviceOfAddress(db, address, owner, deviceDigest, clock.now());
    uses.set(address, addressUses(codeGuessLimits, address, clientAddress, device));
  }
  return uses;
}

/** Returns the key of the mailbox, phone or device that a guess counts for. Several addresses can have the same key. */
const bucketOf = (uses: readonly LimitUse[]): string => uses[0]?.key ?? '';

/**
 * Counts a guess once for each mailbox or phone that has guesses left. Anyone can request a code with a handle of their choice, so
 * an address that has reached its limit must not block the others.
 *
 * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED when none has guesses left.
 */
async function claimGuesses(
  { limiter }: GuessDeps,
  uses: readonly (readonly LimitUse[])[],
): Promise<Map<string, ReportOutcome>> {
  const claims = new Map<string, ReportOutcome>();
  let rejection: unknown;
  for (const [bucket, each] of new Map(uses.map((each) => [bucketOf(each), each]))) {
    try {
      claims.set(bucket, await limiter.claim(each));
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      rejection = error;
    }
  }
  if (claims.size === 0) throw rejection;
  return claims;
}
