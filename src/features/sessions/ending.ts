import { hours, later } from '../../clock.js';
import type { Sweep } from '../../db/sweeper.js';
import { endDeviceTrust } from '../../devices/trusted-devices.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import { AccountError } from '../../errors/account-error.js';
import { deleteChallenges } from '../mfa/challenges/rows.js';

// How sessions end.

/** Ends the exemption from MFA of all sessions, because the MFA switch changed. */
export async function endMfaExemptions(tx: Transaction, userId: string): Promise<void> {
  await tx.session.updateMany({ where: { userId, mfaExempt: true }, data: { mfaExempt: false } });
}

/** Ends the trust of all devices of a user. Sessions that need it lack a factor from then on. */
export async function endTrust(tx: SqlTransaction, userId: string): Promise<void> {
  await endDeviceTrust(tx, userId);
  await tx.query({
    name: 'end-trust',
    text: `UPDATE sessions SET "sources" = array_remove("sources", 'trusted-device')
      WHERE "userId" = $1 AND 'trusted-device' = ANY ("sources")`,
    values: [userId],
  });
}

/**
 * Ends all sessions of a user, and the trust of all devices. JWTs and challenges of a session end with it.
 *
 * @returns The ids of those that had not expired.
 */
export async function endAllSessions(tx: SqlTransaction, userId: string, now: Date): Promise<string[]> {
  await endDeviceTrust(tx, userId);
  const { rows } = await tx.query<{ id: string; isLive: boolean }>({
    text: `DELETE FROM sessions WHERE "userId" = $1 RETURNING "id", "expiresAt" > $2 AS "isLive"`,
    values: [userId, now],
  });
  return rows.filter(({ isLive }) => isLive).map(({ id }) => id);
}

/** Ends one session of a user. Returns whether there was one. */
export async function endOneSession(
  tx: Transaction,
  userId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.session.deleteMany({ where: { id, userId, expiresAt: { gt: now } } });
  return count > 0;
}

/** Ends the sessions of a user with these ids, and those that signed in with these credentials. */
export async function endSessionsBy(
  tx: Transaction,
  userId: string,
  { ids, credentials }: { readonly ids: readonly string[]; readonly credentials: readonly string[] },
): Promise<void> {
  await tx.session.deleteMany({
    where: { userId, OR: [{ id: { in: [...ids] } }, { credential: { in: [...credentials] } }] },
  });
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

/** Ends pending sessions, challenges and trusted devices of a user, because the factors of the account have changed. */
export async function endUnfinishedSignIns(tx: SqlTransaction, userId: string): Promise<void> {
  await endTrust(tx, userId);
  await deleteChallenges(tx, userId);
  await tx.query({ text: 'DELETE FROM sessions WHERE "userId" = $1 AND "pending"', values: [userId] });
}

/**
 * Maximum number of pending sessions of one user. An attacker who knows only the password cannot exceed it or end complete
 * sessions.
 */
export const maxPendingSessions = 5;

/** SQL: whether an operator began the session. */
const isOfOperator = `('operator' = ANY ("sources"))`;

/**
 * Makes room for one more pending session if the user has the maximum. Ends the oldest one of the same client network, or otherwise
 * the oldest one of an unknown device. Sessions of operators and of the user do not end each other.
 */
export async function endSurplusPendingSession(
  tx: SqlTransaction,
  userId: string,
  network: string,
  isByOperator: boolean,
  now: Date,
): Promise<void> {
  await tx.query({
    name: 'end-surplus-pending-session',
    text: `WITH pending AS (SELECT * FROM sessions
        WHERE "userId" = $1 AND "pending" AND "expiresAt" > $2 AND ${isOfOperator} = $4)
      DELETE FROM sessions WHERE "id" IN (SELECT "id" FROM pending
      WHERE ${maxPendingSessions} <= (SELECT count(*) FROM pending) ORDER BY "network" IS NOT DISTINCT FROM $3 DESC, "fromKnownDevice", "createdAt", "id" LIMIT 1)`,
    values: [userId, now, network, isByOperator],
  });
}

/** Ends complete sessions that have expired, then the oldest ones of operators, or of the user, until at most `most` are left. */
export async function enforceSessionLimit(
  tx: SqlTransaction,
  userId: string,
  now: Date,
  most: number,
  isByOperator: boolean,
): Promise<void> {
  await tx.query({
    name: 'end-oldest-sessions',
    text: `DELETE FROM sessions WHERE "userId" = $1 AND NOT "pending" AND ("expiresAt" <= $2 OR "id" IN (
      SELECT "id" FROM sessions WHERE "userId" = $1 AND NOT "pending" AND "expiresAt" > $2 AND ${isOfOperator} = $4
      ORDER BY "createdAt" DESC, "id" DESC OFFSET $3))`,
    values: [userId, now, most, isByOperator],
  });
}

/** Unused sessions are kept so long, because another process may know that the database took no writes in the meantime. */
const unusedRetention = hours(1);

/** Removes sessions that have ended, and applies a new or shorter SESSION_IDLE to those that are left. */
export const sweepSessions =
  (idle: number | undefined): Sweep =>
  async ({ prisma }, now) => {
    const hasEnded = [{ maxExpiresAt: { lte: now } }, { expiresAt: { lte: later(now, -unusedRetention) } }];
    await prisma.session.deleteMany({ where: { expiresAt: { lte: now }, OR: hasEnded } });
    if (idle === undefined) return;
    const expiresAt = later(now, idle);
    await prisma.session.updateMany({ where: { expiresAt: { gt: expiresAt } }, data: { expiresAt } });
  };
