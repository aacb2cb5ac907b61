import { setTimeout as pause } from 'node:timers/promises';
import { later } from '../../clock.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { requestTokens } from '../oauth2/tokens/service.js';
import type { SessionView } from './lifecycle.js';

// This module refreshes the provider tokens of a session. Many providers accept a refresh token only once. So one process locks
// the row while it refreshes the tokens, and the others wait for the result. Calls that arrive during a refresh, or shortly after
// it, use its tokens.

/** Longer than the timeout of a request to a provider. If the process is killed, its lock expires after this time. */
const lockSeconds = 30;
/** A call within this time after a refresh uses the tokens of that refresh. */
const sharedSeconds = 10;
const pollMilliseconds = 50;
const maxPolls = (lockSeconds * 1000) / pollMilliseconds;

/** Refreshes the provider tokens of a session, or waits for a running refresh. If the refresh fails, the tokens stay unchanged. */
export async function refreshSessionTokens(
  deps: Pick<Deps, 'box' | 'clock' | 'db' | 'log' | 'oauth2'>,
  { id, providerRefreshTokenSealed }: SessionView,
): Promise<void> {
  if (providerRefreshTokenSealed === null) return;
  const sessions = deps.db.prisma.session;
  const now = deps.clock.now();
  const tokensLockedUntil = later(now, lockSeconds);
  const [session] = await sessions.updateManyAndReturn({
    where: {
      id,
      AND: [
        { OR: [{ tokensLockedUntil: null }, { tokensLockedUntil: { lte: now } }] },
        { OR: [{ tokensRefreshedAt: null }, { tokensRefreshedAt: { lte: later(now, -sharedSeconds) } }] },
      ],
    },
    data: { tokensLockedUntil },
  });
  if (!session) return waitForRefresh(deps, id);
  const { providerRefreshTokenSealed: used } = session;
  try {
    const tokens = await requestTokens(deps, 'sessions', session);
    // If the identity was deleted in the meantime, the new tokens are not stored.
    if (tokens)
      await sessions.updateMany({
        where: { id, providerRefreshTokenSealed: used },
        data: { ...tokens, tokensRefreshedAt: now },
      });
  } finally {
    await sessions.updateMany({ where: { id, tokensLockedUntil }, data: { tokensLockedUntil: null } });
  }
}

async function waitForRefresh({ clock, db }: Pick<Deps, 'clock' | 'db'>, id: string): Promise<void> {
  for (let poll = 0; poll < maxPolls; poll += 1) {
    const running = await db.prisma.session.count({ where: { id, tokensLockedUntil: { gt: clock.now() } } });
    if (running === 0) return;
    await pause(pollMilliseconds);
  }
}

/** Removes the tokens of a provider from all sessions of a user that began with its identity. */
export async function removeProviderTokens(
  tx: Transaction,
  userId: string,
  { provider, providerUid }: { readonly provider: string; readonly providerUid: string },
): Promise<void> {
  await tx.session.updateMany({
    where: { userId, provider, providerUid },
    data: {
      providerAccessTokenSealed: null,
      providerRefreshTokenSealed: null,
      providerAccessTokenExpiresAt: null,
    },
  });
}
