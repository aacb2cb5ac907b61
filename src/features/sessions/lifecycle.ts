import { type Factor, isPending } from '../../access/factors.js';
import { findKnownDevice, recordDevice } from '../../limits/known-device.js';
import { networkOf } from '../../limits/subject.js';
import { findSecondFactors } from '../../access/live-sessions.js';
import type { SignedIn } from '../../access/viewer.js';
import { later, lifetimes } from '../../clock.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Session } from '../../generated/prisma/client.js';
import { newRowId } from '../../ids.js';
import type { Origin } from '../../origin/origin.js';
import type { Requester } from '../../origin/requester.js';
import { digest } from '../../secrets/digest.js';
import { newSecret } from '../../secrets/random.js';
import { recordLog } from '../logs/service.js';
import { queueNotice } from '../notices/service.js';
import { type PlainTokens, type SealedTokens, sealTokens } from '../oauth2/tokens/service.js';
import { findUser, lockUser, lockUserRow, type UserRow } from '../users/service.js';

// How sessions begin, grow and end, whoever asks for it. What their owner may do with them stands in `service.ts`.

/** How a session begins, but for OAuth providers, which have the names of `slugOf`. */
export const builtInProviders = ['email', 'anonymous', 'magic-url', 'phone', 'token', 'passkey'] as const;

/** Who signs in by mail has just read it. */
const mailboxProviders = new Set(['magic-url', 'token']);

/** How session secrets begin, so that people and secret scanners recognise one. */
const secretPrefix = 'session_';

/** A session as its owner sees it. Holds no digest; `secret` only right after it was issued. */
export interface SessionView extends SealedTokens {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly provider: string;
  readonly providerUid: string | null;
  readonly factors: readonly string[];
  readonly mfaUpdatedAt: Date | null;
  readonly origin: Origin;
  readonly secret: string | null;
}

/** What a sign-in has established. */
export interface SignIn {
  readonly userId: string;
  readonly provider: string;
  readonly providerUid: string | null;
  readonly factors: readonly Factor[];
  readonly requester: Requester;
  /** The version of the password that was proven: one that was changed while its hash was checked is no longer right. */
  readonly passwordVersion?: number;
  /** What an OAuth provider handed out, in clear. */
  readonly providerTokens?: PlainTokens;
}

/**
 * Issues a session: the one door for every way to sign in.
 *
 * Under a lock on the user, so that parallel sign-ins leave no more sessions than the limit; the oldest go.
 *
 * @throws {AccountError} USER_BLOCKED; USER_INVALID_CREDENTIALS for a password that was changed meanwhile.
 */
export async function issueSession(
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'outbox'>,
  tx: SqlTransaction,
  signIn: SignIn,
): Promise<SessionView> {
  const { clock, config } = deps;
  const { userId, passwordVersion, provider, providerUid, factors, requester } = signIn;
  const now = clock.now();
  const user = await lockUser(tx, userId, now);
  if (passwordVersion !== undefined && user?.passwordVersion !== passwordVersion)
    throw new AccountError('USER_INVALID_CREDENTIALS');
  if (!user?.enabled) throw new AccountError('USER_BLOCKED');
  const secret = secretPrefix + newSecret();
  const id = newRowId(now);
  const tokens =
    signIn.providerTokens && (await sealTokens(deps, { table: 'sessions', id }, signIn.providerTokens));
  const network = networkOf(requester.clientAddress);
  const pending = await isPendingWith(tx, user, factors);
  const fromKnownDevice =
    pending && (await findKnownDevice(tx, userId, requester.deviceDigest, now)) !== null;
  if (pending) await endSurplusPendingSession(tx, userId, network, now);
  else await enforceSessionLimit(tx, userId, now, config.SESSION_LIMIT - 1);
  const { rows } = await tx.query<Session>({
    name: 'issue-session',
    text: `INSERT INTO sessions ("id", "userId", "createdAt", "updatedAt", "expiresAt", "secretDigest", "provider",
      "providerUid", "factors", "origin", "providerAccessTokenSealed", "providerRefreshTokenSealed",
      "providerAccessTokenExpiresAt", "pending", "network", "fromKnownDevice")
      VALUES ($1::uuid, $2, $3, $3, $4, $5, $6, $7, $8::text[], $9::json, $10, $11, $12, $13, $14, $15) RETURNING *`,
    values: [
      id,
      userId,
      now,
      later(now, pending ? lifetimes.pendingSession : config.SESSION_LIFETIME),
      digest(secret),
      provider,
      providerUid,
      factors,
      JSON.stringify(requester.origin),
      tokens?.providerAccessTokenSealed ?? null,
      tokens?.providerRefreshTokenSealed ?? null,
      tokens?.providerAccessTokenExpiresAt ?? null,
      pending,
      network,
      fromKnownDevice,
    ],
  });
  const session = rows[0] as Session;
  await recordLog(deps, tx, { event: 'session.create', sessionId: id, userId, requester, now });
  if (config.SESSION_ALERTS && !mailboxProviders.has(provider)) {
    const otherSessions = await tx.query({
      text: 'SELECT 1 FROM sessions WHERE "userId" = $1 AND "id" <> $2::uuid LIMIT 1',
      values: [userId, id],
    });
    if (otherSessions.rows.length > 0) await queueNotice(deps, tx, 'sessionAlert', user, requester);
  }
  if (!pending) await recordDevice(tx, userId, requester.keepDeviceCookie(), now);
  return { ...sessionView(session), secret };
}

/** Whether a session with these factors is pending, that is, lacks a factor. */
async function isPendingWith(
  tx: SqlTransaction,
  user: UserRow,
  factors: readonly string[],
): Promise<boolean> {
  // Without MFA the second factors do not matter.
  const second = user.mfaEnabled
    ? await findSecondFactors(tx, user.id)
    : { totpVerified: false, hasPasskey: false };
  return isPending({ ...user, ...second }, factors);
}

/**
 * The caller's row, password included, as it is now.
 *
 * @throws {AccountError} GENERAL_UNAUTHORIZED_SCOPE if the user was deleted meanwhile.
 */
export async function getCaller({ db }: Pick<Deps, 'db'>, { user }: SignedIn): Promise<UserRow> {
  const row = await findUser(db, user.id);
  if (!row) throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  return row;
}

/**
 * Locks the caller's row, and makes sure that the session which let the call in still lives: it may have ended while the
 * call waited for the lock.
 *
 * @throws {AccountError} GENERAL_UNAUTHORIZED_SCOPE
 */
export async function lockCaller(tx: SqlTransaction, { user, session }: SignedIn): Promise<UserRow> {
  const row = await lockUserRow(tx, user.id);
  // In a statement of its own, that sees what was committed before the lock was had.
  const { rows } = await tx.query({
    name: 'is-session-there',
    text: 'SELECT 1 FROM sessions WHERE "id" = $1::uuid AND "userId" = $2',
    values: [session.id, user.id],
  });
  if (!row || rows.length === 0) throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  return row;
}

/**
 * Notes on a session what was proven on it. The caller holds the lock on the user, so that no proof is lost.
 *
 * @param proof What the proof adds, and when a challenge was passed; null where the proof was none.
 * @throws {AccountError} USER_SESSION_NOT_FOUND
 */
export async function addSessionFactors(
  { clock, config }: Pick<Deps, 'clock' | 'config'>,
  tx: Transaction,
  user: UserRow,
  sessionId: string,
  { add, passedAt }: { add: (factors: readonly string[]) => string[]; passedAt: Date | null },
  requester: Pick<Requester, 'keepDeviceCookie'>,
): Promise<SessionView> {
  const now = clock.now();
  const before = await tx.session.findUnique({
    where: { id: sessionId, userId: user.id, expiresAt: { gt: now } },
  });
  if (!before) throw new AccountError('USER_SESSION_NOT_FOUND');
  const factors = add(before.factors);
  const isComplete = !(await isPendingWith(tx, user, factors));
  const completes = before.pending && isComplete;
  if (completes) await enforceSessionLimit(tx, user.id, now, config.SESSION_LIMIT - 1);
  const session = await tx.session.update({
    where: { id: sessionId },
    data: {
      factors,
      updatedAt: now,
      ...(passedAt && { mfaUpdatedAt: passedAt }),
      ...(completes && { pending: false, expiresAt: later(now, config.SESSION_LIFETIME) }),
    },
  });
  if (isComplete) await recordDevice(tx, user.id, requester.keepDeviceCookie(), now);
  return sessionView(session);
}

/**
 * Ends all sessions of a user. JWTs and challenges of a session end with it.
 *
 * @returns The ids of those that had not expired.
 */
export async function endAllSessions(tx: SqlTransaction, userId: string, now: Date): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; isLive: boolean }>({
    text: `DELETE FROM sessions WHERE "userId" = $1 RETURNING "id", "expiresAt" > $2 AS "isLive"`,
    values: [userId, now],
  });
  return rows.filter(({ isLive }) => isLive).map(({ id }) => id);
}

/** Ends all sessions of a user except one. */
export async function endOtherSessions(tx: Transaction, userId: string, keptId: string): Promise<void> {
  await tx.session.deleteMany({ where: { userId, id: { not: keptId } } });
}

/**
 * Ends the session on which an identity was linked, because createSession issues a new one.
 *
 * @throws {AccountError} USER_INVALID_TOKEN if that session has ended, so that it links nothing.
 */
export async function endLinkingSession(
  tx: Transaction,
  userId: string,
  sessionId: string | null,
  now: Date,
): Promise<void> {
  const live = { id: sessionId ?? '', userId, expiresAt: { gt: now } };
  const { count } = sessionId ? await tx.session.deleteMany({ where: live }) : { count: 0 };
  if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
}

/** Ends the pending sessions of a user, because the factors that they lack have changed. */
export async function endPendingSessions(tx: SqlTransaction, userId: string): Promise<void> {
  await tx.query({ text: 'DELETE FROM sessions WHERE "userId" = $1 AND "pending"', values: [userId] });
}

/**
 * Maximum number of pending sessions of one user. An attacker who knows only the password cannot exceed it or end complete
 * sessions.
 */
export const maxPendingSessions = 5;

/**
 * Makes room for one more pending session if the user has the maximum. Ends the oldest one of the same client network, or otherwise
 * the oldest one of an unknown device.
 */
async function endSurplusPendingSession(
  tx: SqlTransaction,
  userId: string,
  network: string,
  now: Date,
): Promise<void> {
  await tx.query({
    name: 'end-surplus-pending-session',
    text: `DELETE FROM sessions WHERE "id" IN (SELECT "id" FROM sessions
      WHERE "userId" = $1 AND "pending" AND "expiresAt" > $2
      AND ${maxPendingSessions} <= (SELECT count(*) FROM sessions WHERE "userId" = $1 AND "pending" AND "expiresAt" > $2)
      ORDER BY "network" IS NOT DISTINCT FROM $3 DESC, "fromKnownDevice", "createdAt", "id" LIMIT 1)`,
    values: [userId, now, network],
  });
}

/** Ends complete sessions that have expired, then the oldest ones until at most `most` are left. */
async function enforceSessionLimit(
  tx: SqlTransaction,
  userId: string,
  now: Date,
  most: number,
): Promise<void> {
  await tx.query({
    name: 'end-oldest-sessions',
    text: `DELETE FROM sessions WHERE "userId" = $1 AND NOT "pending" AND ("expiresAt" <= $2 OR "id" IN (
      SELECT "id" FROM sessions WHERE "userId" = $1 AND NOT "pending" AND "expiresAt" > $2
      ORDER BY "createdAt" DESC, "id" DESC OFFSET $3))`,
    values: [userId, now, most],
  });
}

/** A session row without its digest. */
export const sessionView = ({ secretDigest: _, ...session }: Session): SessionView => ({
  ...session,
  origin: session.origin as unknown as Origin,
  secret: null,
});

/** Removes sessions that have ended. */
export async function sweepSessions({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.session.deleteMany({ where: { expiresAt: { lte: now } } });
}
