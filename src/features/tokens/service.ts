import { codeGuessLimits, messageLimits } from '../../limits/limits.js';
import {
  type DeviceBucket,
  deviceBucketOf,
  limitSubjectOf,
  limitUsesIn,
} from '../../limits/device-bucket.js';
import type { LimitUse, RateLimiter, ReportOutcome } from '../../limits/limiter.js';
import { later, lifetimes } from '../../clock.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Prisma, Token, TokenPurpose } from '../../generated/prisma/client.js';
import { newRowId } from '../../ids.js';
import type { Message } from '../../messages/message.js';
import type { Requester } from '../../origin/requester.js';
import { digest } from '../../secrets/digest.js';
import { newCode, newSecret } from '../../secrets/random.js';
import { type LogEvent, recordLog } from '../logs/service.js';
import { findUser, type UserRow } from '../users/service.js';

/** A token as the caller sees it. The secret leaves by mail or SMS only. */
export interface TokenView {
  readonly id: string;
  readonly createdAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly phrase: string | null;
}

/** What a new token is bound to. */
export interface NewToken {
  readonly purpose: TokenPurpose;
  readonly handle: string;
  readonly userId: string | null;
  readonly address: string;
  readonly identityId?: string;
  readonly codeChallenge?: string | null;
  /** Writes the same row with a secret nobody will ever know. */
  readonly unusable?: boolean;
}

/** Wrong guesses that one code survives. */
const maxGuesses = 5;
/** Codes that one guess is held against: the owner's and the newest. */
const maxCandidates = 20;
const lifetimeOf: Record<TokenPurpose, number> = {
  emailOtp: lifetimes.emailOtp,
  magicUrl: lifetimes.magicUrl,
  phoneOtp: lifetimes.phoneOtp,
  oauth2: lifetimes.oauth2Secret,
  emailVerification: lifetimes.emailVerification,
  phoneVerification: lifetimes.phoneVerification,
  recovery: lifetimes.recovery,
  undo: lifetimes.undo,
};
const codePurposes: readonly TokenPurpose[] = ['emailOtp', 'phoneOtp', 'phoneVerification'];
const smsPurposes: readonly TokenPurpose[] = ['phoneOtp', 'phoneVerification'];

/** A message that carries a token. */
export interface TokenMessage {
  readonly purpose: Exclude<TokenPurpose, 'oauth2' | 'undo'>;
  readonly handle: string;
  readonly address: string;
  /** Whom the address reaches; null where it reaches nobody. */
  readonly owner: UserRow | null;
  /** Whether the secret must be of use to nobody: for a blocked user, or where only an owner may have one. */
  readonly unusable: boolean;
  readonly event: LogEvent;
  /** Puts the secret into a message. */
  readonly compose: (secret: string, expiresAt: Date) => Message;
}

/**
 * Issues a token and sends it: the one way. The same rows are written for an address somebody has, nobody has, a blocked
 * user has, or one that has received its share; only whether anything leaves, and is of use, differs.
 */
export async function sendToken(
  deps: Pick<Deps, 'clock' | 'keyedDigest' | 'db' | 'limiter' | 'outbox'>,
  { purpose, handle, address, owner, unusable, event, compose }: TokenMessage,
  requester: Requester,
): Promise<TokenView> {
  const now = deps.clock.now();
  const bucket = bucketOfAddress(deps.keyedDigest, address, owner, requester, now);
  const limits = messageLimits[smsPurposes.includes(purpose) ? 'sms' : 'email'];
  // A code that nobody was sent is one more to guess at.
  const isUnusable = !(await isWithinLimits(deps.limiter, limitUsesIn(bucket, limits))) || unusable;
  const userId = owner?.id ?? null;
  return inTransaction(deps.db, async (tx) => {
    const { token, secret } = await issueToken(
      deps,
      tx,
      { purpose, handle, userId, address, unusable: isUnusable },
      requester,
    );
    const { expiresAt } = token;
    await deps.outbox.queue(tx, compose(secret, expiresAt), { expiresAt, userId, isDecoy: isUnusable });
    await recordLog(deps, tx, { event, userId: owner?.enabled ? userId : null, requester, now });
    return token;
  });
}

/** Makes a token: the one place that does. Earlier ones of the same kind stay alive. */
export async function issueToken(
  { clock, keyedDigest }: Pick<Deps, 'clock' | 'keyedDigest'>,
  tx: Transaction,
  { purpose, handle, userId, address, identityId, codeChallenge = null, unusable: dead = false }: NewToken,
  requester: Requester,
): Promise<{ token: TokenView; secret: string }> {
  const now = clock.now();
  const isCode = codePurposes.includes(purpose);
  const secret = isCode ? newCode() : newSecret();
  const binding = [purpose, handle, userId ?? '', address];
  const row = await tx.token.create({
    data: {
      id: newRowId(now),
      purpose,
      handle,
      userId: dead ? null : userId,
      address,
      secretDigest: dead
        ? digest(newSecret())
        : isCode
          ? keyedDigest.digest([...binding, secret])
          : digest(secret),
      keyId: isCode ? keyedDigest.keyId : null,
      createdAt: now,
      expiresAt: later(now, lifetimeOf[purpose]),
      identityId: identityId ?? null,
      codeChallenge,
      origin: { ...requester.origin },
      browserDigest: digest(requester.browserSecret()),
    },
  });
  return { token: tokenView(row), secret };
}

/**
 * Finds the live token that a secret belongs to, without using it up. A wrong code costs its candidates a guess each,
 * counted before the comparison and whatever becomes of the request, and their addresses one of theirs.
 *
 * @param handle What the token was answered with, or the user's own id.
 * @throws {AccountError} USER_INVALID_TOKEN; GENERAL_RATE_LIMIT_EXCEEDED when no address has guesses left.
 */
export async function findTokenBySecret(
  deps: Pick<Deps, 'clock' | 'keyedDigest' | 'db' | 'limiter'>,
  handle: string,
  secret: string,
  purposes: readonly TokenPurpose[],
  requester: Requester,
): Promise<Token> {
  const live = {
    OR: [{ handle }, { userId: handle }],
    purpose: { in: [...purposes] },
    expiresAt: { gt: deps.clock.now() },
  };
  const token = /^\d{6}$/.test(secret)
    ? await findTokenByCode(deps, handle, secret, live, requester)
    : await deps.db.prisma.token.findFirst({ where: { ...live, secretDigest: digest(secret) } });
  if (!token) throw new AccountError('USER_INVALID_TOKEN');
  return token;
}

/**
 * Uses a token up, in the transaction of its effect: of two at the same time one finds nothing left.
 *
 * @throws {AccountError} USER_INVALID_TOKEN
 */
export async function consumeToken(
  { clock }: Pick<Deps, 'clock'>,
  tx: Transaction,
  { id }: Token,
): Promise<void> {
  const { count } = await tx.token.deleteMany({ where: { id, expiresAt: { gt: clock.now() } } });
  if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
}

/** What the page behind a link may know of its token. */
export type TokenDescription = Pick<
  Token,
  'userId' | 'address' | 'createdAt' | 'origin' | 'browserDigest' | 'undo'
>;

/** Who asked for a token, for the page behind its link. Null for a dead one. Uses nothing up. */
export async function describeToken(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  handle: string,
  secret: string,
): Promise<TokenDescription | null> {
  return db.prisma.token.findFirst({
    where: {
      OR: [{ handle }, { userId: handle }],
      secretDigest: digest(secret),
      expiresAt: { gt: clock.now() },
    },
    select: { userId: true, address: true, createdAt: true, origin: true, browserDigest: true, undo: true },
  });
}

/** Ends tokens before their time. */
export async function deleteTokens(tx: Transaction, which: Prisma.TokenWhereInput): Promise<void> {
  await tx.token.deleteMany({ where: which });
}

/** Removes tokens that have ended. */
export async function sweepTokens({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.token.deleteMany({ where: { expiresAt: { lte: now } } });
}

/** Whether limits have a point left each. Drawn on for everybody, so that the answer tells nothing. */
async function isWithinLimits(limiter: RateLimiter, uses: readonly LimitUse[]): Promise<boolean> {
  try {
    await limiter.consume(uses);
    return true;
  } catch (error) {
    if (isLimitError(error)) return false;
    throw error;
  }
}

const isLimitError = (error: unknown): boolean =>
  error instanceof AccountError && error.code === 'GENERAL_RATE_LIMIT_EXCEEDED';

export const tokenView = ({ id, createdAt, handle, expiresAt }: Token): TokenView => ({
  id,
  createdAt,
  userId: handle,
  expiresAt,
  phrase: null,
});

/** The bucket of an address. Only the account that has verified it has known devices there. */
function bucketOfAddress(
  keyedDigest: Deps['keyedDigest'],
  address: string,
  owner: UserRow | null,
  { deviceSecret }: Requester,
  now: Date,
): DeviceBucket {
  const isVerified = owner?.lastVerifiedEmail === address || owner?.lastVerifiedPhone === address;
  const subject = limitSubjectOf(address);
  return deviceBucketOf(keyedDigest, subject, isVerified ? owner : null, deviceSecret, now);
}

async function findTokenByCode(
  { clock, keyedDigest, db, limiter }: Pick<Deps, 'clock' | 'keyedDigest' | 'db' | 'limiter'>,
  handle: string,
  code: string,
  live: object,
  requester: Requester,
): Promise<Token | undefined> {
  const candidates = { ...live, keyId: { not: null }, attempts: { lt: maxGuesses } };
  const rows = await db.prisma.token.findMany({
    where: candidates,
    select: { address: true, userId: true },
    orderBy: [{ userId: { sort: 'asc', nulls: 'last' } }, { createdAt: 'desc' }],
    take: maxCandidates,
  });
  const bucketOf = new Map<string, DeviceBucket>();
  // For nobody the handle stands in, so that the limit comes at the same guess.
  for (const { address, userId } of rows.length > 0 ? rows : [{ address: handle, userId: null }]) {
    if (bucketOf.has(address)) continue;
    // Asked for nobody, too: a look-up more would tell who has an account.
    const holder = await findUser(db, userId ?? handle);
    const owner = userId === null ? null : holder;
    bucketOf.set(address, bucketOfAddress(keyedDigest, address, owner, requester, clock.now()));
  }
  // Several addresses may share a bucket, and a guess waits for those that run in it: it takes each once, and all guesses
  // take theirs in the same order, or they would wait for themselves and for each other.
  const buckets = new Map([...bucketOf.values()].map((bucket) => [bucket.key, bucket]));
  const outcomes = new Map<string, ReportOutcome>();
  let token: Token | undefined;
  try {
    let limitError: unknown;
    for (const [key, bucket] of [...buckets].sort(([a], [b]) => (a < b ? -1 : 1))) {
      try {
        outcomes.set(key, await limiter.attempt(limitUsesIn(bucket, codeGuessLimits)));
      } catch (error) {
        // Anybody can ask for a code under a handle of their choice: an address that is spent bars no other.
        if (!isLimitError(error)) throw error;
        limitError = error;
      }
    }
    if (outcomes.size === 0) throw limitError;
    const addresses = [...bucketOf].filter(([, { key }]) => outcomes.has(key)).map(([address]) => address);
    const guessed = await db.prisma.token.updateManyAndReturn({
      where: { ...candidates, address: { in: addresses } },
      data: { attempts: { increment: 1 } },
    });
    token = guessed.find(({ purpose, handle, userId, address, secretDigest, keyId }) => {
      const parts = [purpose, handle, userId ?? '', address, code];
      return keyId !== null && keyedDigest.hasKey(keyId) && keyedDigest.matches(parts, secretDigest, keyId);
    });
    return token;
  } finally {
    // Right in one bucket, the guess was a wrong one in every other.
    const right = token && bucketOf.get(token.address)?.key;
    for (const [key, reportOutcome] of outcomes) await reportOutcome(key === right ? 'passed' : 'failed');
  }
}
