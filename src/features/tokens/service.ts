import { codeGuesses, messageCaps } from '../../access/budget.js';
import { isKnownDevice } from '../../access/known-device.js';
import type { Refund } from '../../access/rate-limiter.js';
import { later, lifetimes } from '../../clock.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Token, TokenPurpose } from '../../generated/prisma/client.js';
import { newRowId } from '../../ids.js';
import type { Origin } from '../../origin/origin.js';
import { digest } from '../../secrets/digest.js';
import { newCode, newSecret } from '../../secrets/random.js';

/** A token as the caller sees it. The secret leaves by mail or SMS only. */
export interface TokenView {
  readonly id: string;
  readonly createdAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly phrase: string | null;
}

/** Where a request for a message came from. */
export interface Asker {
  readonly origin: Origin;
  readonly acceptLanguage: string | null;
  /** A cookie of the browser that asks, by which a link opened in it is recognised. */
  readonly browserSecret: string;
}

/** What a new token is bound to. */
export interface TokenFor {
  readonly purpose: TokenPurpose;
  readonly handle: string;
  readonly userId: string | null;
  readonly address: string;
  readonly identityId?: string;
  /** Writes the same row with a secret nobody will ever know. */
  readonly dead?: boolean;
}

/** Wrong guesses that one code survives. */
const mostGuesses = 5;
const lifetimeOf: Record<TokenPurpose, number> = {
  emailOtp: lifetimes.emailOtp,
  magicUrl: lifetimes.magicUrl,
  phoneOtp: lifetimes.phoneOtp,
  oauth2: lifetimes.oauth2Secret,
  emailVerification: lifetimes.emailVerification,
  phoneVerification: lifetimes.phoneVerification,
  recovery: lifetimes.recovery,
};
const codePurposes: readonly TokenPurpose[] = ['emailOtp', 'phoneOtp', 'phoneVerification'];

/** Makes a token: the one place that does. Earlier ones of the same kind stay alive. */
export async function issueToken(
  { clock, codes }: Pick<Deps, 'clock' | 'codes'>,
  tx: Transaction,
  { purpose, handle, userId, address, identityId, dead = false }: TokenFor,
  { origin, browserSecret }: Pick<Asker, 'origin' | 'browserSecret'>,
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
      secretDigest: dead ? digest(newSecret()) : isCode ? codes.digest([...binding, secret]) : digest(secret),
      keyId: isCode ? codes.keyId : null,
      createdAt: now,
      expiresAt: later(now, lifetimeOf[purpose]),
      identityId: identityId ?? null,
      origin: { ...origin },
      browserDigest: digest(browserSecret),
    },
  });
  return { token: tokenView(row), secret };
}

/**
 * Finds the live token that a secret belongs to, without using it up. A wrong code costs its candidates a guess each,
 * and the address one of its budget, counted before the comparison and whatever becomes of the request.
 *
 * @param handle What the token was answered with, or the user's own id.
 * @param deviceSecret A device the owner has signed in from has guesses of its own, which no stranger can use up.
 * @throws {AccountError} USER_INVALID_TOKEN; GENERAL_RATE_LIMIT_EXCEEDED when the address has no guesses left.
 */
export async function proveToken(
  deps: Pick<Deps, 'clock' | 'codes' | 'db' | 'limiter'>,
  handle: string,
  secret: string,
  purposes: readonly TokenPurpose[],
  deviceSecret: string | null,
): Promise<Token> {
  const live = {
    OR: [{ handle }, { userId: handle }],
    purpose: { in: [...purposes] },
    expiresAt: { gt: deps.clock.now() },
  };
  const token = /^\d{6}$/.test(secret)
    ? await guessCode(deps, handle, secret, live, deviceSecret)
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

/** Who asked for a token, for the page behind its link. Null for a dead one. Uses nothing up. */
export async function describeToken(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  handle: string,
  secret: string,
): Promise<Pick<Token, 'createdAt' | 'origin' | 'browserDigest'> | null> {
  return db.prisma.token.findFirst({
    where: {
      OR: [{ handle }, { userId: handle }],
      secretDigest: digest(secret),
      expiresAt: { gt: clock.now() },
    },
    select: { createdAt: true, origin: true, browserDigest: true },
  });
}

/** Whether one more message may go to an address. Drawn on for everybody, so that the answer tells nothing. */
export async function mayReceive(
  { limiter }: Pick<Deps, 'limiter'>,
  channel: keyof typeof messageCaps,
  address: string,
): Promise<boolean> {
  try {
    for (const budget of messageCaps[channel]) await limiter.draw(budget, address);
    return true;
  } catch (error) {
    if (error instanceof AccountError && error.code === 'GENERAL_RATE_LIMIT_EXCEEDED') return false;
    throw error;
  }
}

export const tokenView = ({ id, createdAt, handle, expiresAt }: Token): TokenView => ({
  id,
  createdAt,
  userId: handle,
  expiresAt,
  phrase: null,
});

async function guessCode(
  { codes, db, limiter }: Pick<Deps, 'codes' | 'db' | 'limiter'>,
  handle: string,
  code: string,
  live: object,
  deviceSecret: string | null,
): Promise<Token | undefined> {
  const candidates = { ...live, keyId: { not: null }, attempts: { lt: mostGuesses } };
  const rows = await db.prisma.token.findMany({ where: candidates, select: { address: true, userId: true } });
  // For nobody the handle stands in, so that the limit comes at the same guess.
  const refunds = new Map<string, Refund[]>();
  for (const { address, userId } of rows.length > 0 ? rows : [{ address: handle, userId: null }]) {
    if (refunds.has(address)) continue;
    const isKnown = userId !== null && isKnownDevice(codes, userId, deviceSecret);
    const lane = isKnown ? JSON.stringify([address, deviceSecret]) : address;
    const drawn: Refund[] = [];
    for (const budget of codeGuesses) drawn.push(await limiter.draw(budget, lane));
    refunds.set(address, drawn);
  }
  const guessed = await db.prisma.token.updateManyAndReturn({
    where: candidates,
    data: { attempts: { increment: 1 } },
  });
  const token = guessed.find(({ purpose, handle, userId, address, secretDigest, keyId }) => {
    const parts = [purpose, handle, userId ?? '', address, code];
    return keyId !== null && codes.knows(keyId) && codes.matches(parts, secretDigest, keyId);
  });
  // Only where it was right: the same guess was a wrong one at every other address.
  if (token) await Promise.all((refunds.get(token.address) ?? []).map((refund) => refund()));
  return token;
}
