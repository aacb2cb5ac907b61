import type { Factor } from '../../access/factors.js';
import type { SignedIn } from '../../access/viewer.js';
import { later, lifetimes } from '../../clock.js';
import { afterCursor, pageOf, type RowPage } from '../../db/rows.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Session } from '../../generated/prisma/client.js';
import { isUuid, newRowId } from '../../ids.js';
import type { Page } from '../../input/page.js';
import type { Origin } from '../../origin/origin.js';
import { digest } from '../../secrets/digest.js';
import { newSecret } from '../../secrets/random.js';
import { recordLog } from '../logs/service.js';
import { type NoticeCause, queueNotice } from '../notices/service.js';
import { type ClearTokens, refreshTokens, type SealedTokens, sealTokens } from '../oauth2/tokens/service.js';

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
  readonly origin: Origin;
  /** The language of a session alert. */
  readonly acceptLanguage: string | null;
  /** What an OAuth provider handed out, in clear. */
  readonly providerTokens?: ClearTokens;
}

/**
 * Issues a session: the one door for every way to sign in.
 *
 * Under a lock on the user, so that parallel sign-ins leave no more sessions than the limit; the oldest go.
 *
 * @throws {AccountError} USER_BLOCKED
 */
export async function issueSession(
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'outbox'>,
  tx: Transaction,
  signIn: SignIn,
): Promise<SessionView> {
  const { clock, config } = deps;
  const { userId, provider, providerUid, factors, origin } = signIn;
  const now = clock.now();
  const enabled = await lockUser(tx, userId);
  if (!enabled) throw new AccountError('USER_BLOCKED');
  const secret = secretPrefix + newSecret();
  const id = newRowId(now);
  const session = await tx.session.create({
    data: {
      id,
      userId,
      createdAt: now,
      updatedAt: now,
      expiresAt: later(now, config.SESSION_LIFETIME),
      secretDigest: digest(secret),
      provider,
      providerUid,
      factors: [...factors],
      origin: { ...origin },
      ...(signIn.providerTokens &&
        (await sealTokens(deps, { table: 'sessions', id }, signIn.providerTokens))),
    },
  });
  await endOldest(tx, session, now, config.SESSION_LIMIT);
  await recordLog(tx, { event: 'session.create', userId, origin, now });
  if (config.SESSION_ALERTS && !mailboxProviders.has(provider)) await alertOwner(deps, tx, session, signIn);
  return { ...viewOf(session), secret };
}

/** Tells the owner of a sign-in that is not the user's only one. */
async function alertOwner(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  { id, userId }: Session,
  cause: NoticeCause,
): Promise<void> {
  const others = await tx.session.count({ where: { userId, id: { not: id } } });
  const user = await tx.user.findUnique({ where: { id: userId }, select: { email: true, name: true } });
  if (others > 0 && user) await queueNotice(deps, tx, 'sessionAlert', user, cause);
}

/**
 * Holds every other change of the user's sessions and password back until the transaction ends. Always the first lock
 * that is taken, so that no two transactions wait for each other; rows that refer to the user may still be added.
 *
 * @returns Whether the user exists and is not blocked.
 */
export async function lockUser(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<
    { enabled: boolean }[]
  >`SELECT "enabled" FROM users WHERE "id" = ${userId} FOR NO KEY UPDATE`;
  return rows[0]?.enabled ?? false;
}

/** The user's live sessions, oldest first. */
export async function listSessions(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  userId: string,
  page: Page,
): Promise<RowPage<SessionView>> {
  const live = { userId, expiresAt: { gt: clock.now() } };
  const [rows, totalCount] = await Promise.all([
    db.prisma.session.findMany({
      where: { ...live, ...afterCursor('createdAt', 'asc', page.after) },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: page.first + 1,
    }),
    db.prisma.session.count({ where: live }),
  ]);
  return pageOf(rows.map(viewOf), totalCount, page);
}

/** @throws {AccountError} USER_SESSION_NOT_FOUND for another user's session, too, and for `current` with a JWT. */
export async function getSession(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  caller: SignedIn,
  sessionId: string,
): Promise<SessionView> {
  const id = resolveId(caller, sessionId);
  const session = await db.prisma.session.findUnique({
    where: { id, userId: caller.user.id, expiresAt: { gt: clock.now() } },
  });
  if (!session) throw new AccountError('USER_SESSION_NOT_FOUND');
  return viewOf(session);
}

/**
 * Moves a session's end to a whole lifetime from now, but never past the longest life a session may have.
 *
 * @throws {AccountError} USER_SESSION_NOT_FOUND
 */
export async function extendSession(
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'db' | 'log' | 'oauth2'>,
  caller: SignedIn,
  sessionId: string,
  origin: Origin,
): Promise<SessionView> {
  const now = deps.clock.now();
  const before = await getSession(deps, caller, sessionId);
  const { id, createdAt, userId } = before;
  const refreshed = await refreshTokens(deps, 'sessions', before);
  const latest = later(createdAt, lifetimes.sessionMaximum);
  const wished = later(now, deps.config.SESSION_LIFETIME);
  return inTransaction(deps.db, async (tx) => {
    await lockUser(tx, userId);
    const [session] = await tx.session.updateManyAndReturn({
      where: { id, userId, expiresAt: { gt: now } },
      data: { expiresAt: wished < latest ? wished : latest, updatedAt: now, ...refreshed },
    });
    if (!session) throw new AccountError('USER_SESSION_NOT_FOUND');
    await recordLog(tx, { event: 'session.update', userId, origin, now });
    return viewOf(session);
  });
}

/** @throws {AccountError} USER_SESSION_NOT_FOUND */
export async function endSession(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  caller: SignedIn,
  sessionId: string,
  origin: Origin,
): Promise<{ deletedSessionId: string }> {
  const now = clock.now();
  const id = resolveId(caller, sessionId);
  const userId = caller.user.id;
  await inTransaction(db, async (tx) => {
    await lockUser(tx, userId);
    const { count } = await tx.session.deleteMany({ where: { id, userId, expiresAt: { gt: now } } });
    if (count === 0) throw new AccountError('USER_SESSION_NOT_FOUND');
    await recordLog(tx, { event: 'session.delete', userId, origin, now });
  });
  return { deletedSessionId: id };
}

/** Ends every session of the caller, this one included. */
export async function endSessions(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  caller: SignedIn,
  origin: Origin,
): Promise<{ deletedSessionIds: string[] }> {
  const now = clock.now();
  const userId = caller.user.id;
  return inTransaction(db, async (tx) => {
    await lockUser(tx, userId);
    const live = await tx.session.findMany({
      where: { userId, expiresAt: { gt: now } },
      select: { id: true },
    });
    await endAllSessions(tx, userId);
    if (live.length > 0) await recordLog(tx, { event: 'session.delete', userId, origin, now });
    return { deletedSessionIds: live.map(({ id }) => id) };
  });
}

/**
 * Notes on a session what was proven on it. The caller holds the lock on the user, so that no proof is lost.
 *
 * @param passedAt When a challenge was passed; null where the proof was none.
 * @throws {AccountError} USER_SESSION_NOT_FOUND
 */
export async function recordFactors(
  tx: Transaction,
  sessionId: string,
  add: (factors: readonly string[]) => string[],
  now: Date,
  passedAt: Date | null,
): Promise<SessionView> {
  const session = await tx.session.findUnique({ where: { id: sessionId, expiresAt: { gt: now } } });
  if (!session) throw new AccountError('USER_SESSION_NOT_FOUND');
  const data = { factors: add(session.factors), updatedAt: now, ...(passedAt && { mfaUpdatedAt: passedAt }) };
  return viewOf(await tx.session.update({ where: { id: sessionId }, data }));
}

/** Ends every session of a user but one; with null, every one. Its JWTs and challenges die with a session. */
export async function endAllSessions(
  tx: Transaction,
  userId: string,
  exceptId: string | null = null,
): Promise<void> {
  await tx.session.deleteMany({ where: { userId, ...(exceptId !== null && { id: { not: exceptId } }) } });
}

/** The newest is named, because sessions of one millisecond have no order. */
async function endOldest(tx: Transaction, { id, userId }: Session, now: Date, limit: number): Promise<void> {
  await tx.session.deleteMany({ where: { userId, expiresAt: { lte: now } } });
  const surplus = await tx.session.findMany({
    where: { userId, id: { not: id } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: limit - 1,
    select: { id: true },
  });
  if (surplus.length > 0) await tx.session.deleteMany({ where: { id: { in: surplus.map(({ id }) => id) } } });
}

function resolveId(caller: SignedIn, sessionId: string): string {
  const id = sessionId === 'current' ? caller.currentSessionId : sessionId;
  if (!id || !isUuid(id)) throw new AccountError('USER_SESSION_NOT_FOUND');
  return id.toLowerCase();
}

const viewOf = ({ secretDigest: _, ...session }: Session): SessionView => ({
  ...session,
  origin: session.origin as unknown as Origin,
  secret: null,
});
