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

// Which token a secret belongs to. A long secret cannot be guessed. A code of six digits can, so wrong codes are counted: five for
// each token, and some in an hour and a day for each address.

/** Wrong guesses that one code survives. */
const maxGuesses = 5;
/** Codes that one guess is compared with: the owner's and the newest. */
const maxCandidates = 20;
/** Dropped requests under one handle: the newest. */
const maxDropped = 10;

type GuessDeps = Pick<Deps, 'clock' | 'keyedDigest' | 'db' | 'limiter'>;

/**
 * Finds the valid token that a secret belongs to, without using it up. A wrong code is counted before the comparison, for each
 * token that it could have belonged to and for the address of each, whatever becomes of the request.
 *
 * @param handle The `userId` that the token was answered with, or the user's own id.
 * @throws {AccountError} USER_INVALID_TOKEN; GENERAL_RATE_LIMIT_EXCEEDED when no address has guesses left.
 */
export async function findTokenBySecret(
  deps: GuessDeps,
  handle: string,
  secret: string,
  purposes: readonly TokenPurpose[],
  requester: Requester,
): Promise<Token> {
  const redeemable = await redeemableWith(deps, handle, purposes);
  const token = /^\d{6}$/.test(secret)
    ? await findTokenByCode(deps, handle, secret, redeemable, requester)
    : await deps.db.prisma.token.findFirst({ where: { ...redeemable, secretDigest: digest(secret) } });
  if (!token) throw new AccountError('USER_INVALID_TOKEN');
  return token;
}

/**
 * The tokens that a handle redeems: its own, and where a limit dropped the message, those that the same browser or client network
 * asked for at that address before. Someone who asks again and again can use the message that did arrive.
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
  requester: Requester,
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
    return token;
  } finally {
    // A guess that is right for one address was wrong for all others.
    for (const [key, reportOutcome] of claims) await reportOutcome(key === right ? 'passed' : 'failed');
  }
}

/** What a guess counts towards, for each address. */
async function usesByAddress(
  { clock, db }: GuessDeps,
  handle: string,
  rows: readonly Pick<Token, 'address' | 'userId'>[],
  { clientAddress, deviceDigest }: Requester,
): Promise<Map<string, readonly LimitUse[]>> {
  const uses = new Map<string, readonly LimitUse[]>();
  // Without a token the handle is counted, so that the limit comes at the same guess.
  for (const { address, userId } of rows.length > 0 ? rows : [{ address: handle, userId: null }]) {
    if (uses.has(address)) continue;
    // Asked also where the token has no user: one query less would reveal who has an account.
    const holder = await findUser(db, userId ?? handle);
    const owner = userId === null ? null : holder;
    const device = await findDeviceOfAddress(db, address, owner, deviceDigest, clock.now());
    uses.set(address, addressUses(codeGuessLimits, address, clientAddress, device));
  }
  return uses;
}

/** Names the mailbox or phone, or the device, that a guess is counted for: several addresses may reach the same one. */
const bucketOf = (uses: readonly LimitUse[]): string => uses[0]?.key ?? '';

/**
 * Counts a guess once for each mailbox or phone. Leaves out those without guesses left, because anyone can ask for a code under a
 * handle of their choice: an address that is used up must not block the others.
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
