import { missingFactors } from '../../access/factors.js';
import type { SignedIn } from '../../access/viewer.js';
import { later, lifetimes } from '../../clock.js';
import { maxTotalCount, RowPage } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Session } from '../../generated/prisma/client.js';
import { isUuid, nilId } from '../../ids.js';
import type { Page } from '../../input/page.js';
import type { Requester } from '../../origin/requester.js';
import { recordLog } from '../logs/service.js';
import { refreshSessionTokens } from './provider-tokens.js';
import { endAllSessions, endOneSession } from './ending.js';
import { expiryOf } from './use.js';
import { lockCaller, type SessionView, sessionView } from './lifecycle.js';

/** The user's live sessions, oldest first. */
export function listSessions(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  userId: string,
  page: Page,
): RowPage<SessionView> {
  const now = clock.now();
  return new RowPage(
    page,
    async (limit) => {
      const { rows } = await db.query<Session>({
        name: 'list-sessions',
        text: `SELECT * FROM sessions WHERE "userId" = $1 AND "expiresAt" > $2 AND ("createdAt", "id") > ($3, $4::uuid)
          ORDER BY "createdAt", "id" LIMIT $5`,
        values: [userId, now, page.after?.at ?? '-infinity', page.after?.id ?? nilId, limit],
      });
      return rows.map(sessionView);
    },
    () => db.prisma.session.count({ where: { userId, expiresAt: { gt: now } }, take: maxTotalCount }),
  );
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
  return sessionView(session);
}

/**
 * Moves a session's end to a whole lifetime from now, but never past the longest life a session may have.
 *
 * @throws {AccountError} USER_SESSION_NOT_FOUND
 */
export async function extendSession(
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'db' | 'log' | 'oauth2' | 'outbox'>,
  caller: SignedIn,
  sessionId: string,
  requester: Requester,
): Promise<SessionView> {
  const now = deps.clock.now();
  const before = await getSession(deps, caller, sessionId);
  const { id, createdAt, userId } = before;
  // Only the session that the provider made gets fresh tokens: a JWT is handed to other services.
  if (id === caller.currentSessionId) await refreshSessionTokens(deps, before);
  const latest = later(createdAt, lifetimes.sessionMaximum);
  const wished = later(now, deps.config.SESSION_LIFETIME);
  const maxExpiresAt = wished < latest ? wished : latest;
  return inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const [session] = await tx.session.updateManyAndReturn({
      where: { id, userId, expiresAt: { gt: now } },
      data: {
        expiresAt: expiryOf(deps.config.SESSION_IDLE, now, maxExpiresAt),
        maxExpiresAt,
        updatedAt: now,
      },
    });
    if (!session) throw new AccountError('USER_SESSION_NOT_FOUND');
    await recordLog(deps, tx, { event: 'session.update', sessionId: id, userId, requester, now });
    return sessionView(session);
  });
}

/**
 * @throws {AccountError} USER_SESSION_NOT_FOUND; USER_MORE_FACTORS_REQUIRED if the caller's session is pending and is not this one
 */
export async function endSession(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  sessionId: string,
  requester: Requester,
): Promise<{ deletedSessionId: string }> {
  const now = deps.clock.now();
  const id = resolveId(caller, sessionId);
  const userId = caller.user.id;
  // A session that lacks a factor may belong to an attacker who knows only the password.
  const factors = missingFactors(caller.user, caller.session);
  if (factors.length > 0 && id !== caller.session.id)
    throw new AccountError('USER_MORE_FACTORS_REQUIRED', { factors });
  await inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    if (!(await endOneSession(tx, userId, id, now))) throw new AccountError('USER_SESSION_NOT_FOUND');
    await recordLog(deps, tx, { event: 'session.delete', sessionId: id, userId, requester, now });
  });
  return { deletedSessionId: id };
}

/** Ends every session of the caller, this one included. */
export async function endSessions(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  requester: Requester,
): Promise<{ deletedSessionIds: string[] }> {
  const now = deps.clock.now();
  const userId = caller.user.id;
  return inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const deletedSessionIds = await endAllSessions(tx, userId, now);
    if (deletedSessionIds.length > 0)
      await recordLog(deps, tx, {
        event: 'session.delete',
        sessionId: caller.session.id,
        userId,
        requester,
        now,
      });
    return { deletedSessionIds };
  });
}

function resolveId(caller: SignedIn, sessionId: string): string {
  const id = sessionId === 'current' ? caller.currentSessionId : sessionId;
  if (!id || !isUuid(id)) throw new AccountError('USER_SESSION_NOT_FOUND');
  return id.toLowerCase();
}
