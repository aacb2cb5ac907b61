import type { SignedIn } from '../../access/viewer.js';
import { later } from '../../clock.js';
import type { Sweep } from '../../db/sweeper.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Origin } from '../../origin/origin.js';
import type { Actor, Requester } from '../../origin/requester.js';
import { serverOrigin } from '../logs/service.js';
import { listIdentities } from '../oauth2/identities/service.js';
import { revokeTokens } from '../oauth2/tokens/service.js';
import { recordSecurityChange } from '../security-changes/service.js';
import { endAllSessions } from '../sessions/ending.js';
import { lockCaller } from '../sessions/lifecycle.js';
import {
  deleteUser,
  findUsersDueForDeletion,
  isDue,
  lockUserRow,
  setDeletionTime,
  type UserView,
  userView,
} from '../users/service.js';

type DeletionDeps = Pick<
  Deps,
  'box' | 'clock' | 'keyedDigest' | 'config' | 'db' | 'log' | 'oauth2' | 'outbox'
>;

/**
 * Has the caller's account deleted after DELETION_GRACE, or at once where that is none. All sessions end.
 *
 * @returns The account as it was, with the instant at which it goes.
 */
export async function requestDeletion(
  deps: DeletionDeps,
  caller: SignedIn,
  requester: Requester,
): Promise<UserView> {
  const now = deps.clock.now();
  const userId = caller.user.id;
  const deleteAt = later(now, deps.config.DELETION_GRACE);
  const { actor, origin } = requester;
  if (deps.config.DELETION_GRACE === 0) {
    await deleteUserCompletely(deps, userId, actor, origin, async (tx) =>
      Boolean(await lockCaller(tx, caller)),
    );
    return { ...caller.user, deleteAt };
  }
  return inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const user = await setDeletionTime(tx, userId, deleteAt, now);
    const state = { deleteAt: deleteAt.toISOString() };
    const change = { kind: 'DELETION', action: 'switched', subject: '', state } as const;
    const recorded = {
      ...change,
      user,
      session: caller.session,
      detail: 'deletion.create',
      deleteAt,
    } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'deletionScheduled' }, requester);
    await endAllSessions(tx, userId, now);
    return userView(user);
  });
}

/** Cancels a deletion that is not due yet. */
export async function cancelDeletion(
  deps: DeletionDeps,
  caller: SignedIn,
  requester: Requester,
): Promise<UserView> {
  return inTransaction(deps.db, async (tx) => {
    const before = await lockCaller(tx, caller);
    if (before.deleteAt === null) return userView(before);
    const user = await setDeletionTime(tx, before.id, null, deps.clock.now());
    const change = { kind: 'DELETION', action: 'removed', subject: '', state: { deleteAt: null } } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'deletion.cancel' } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'deletionCancelled' }, requester);
    return userView(user);
  });
}

/**
 * Removes a user and all that hangs on it, tells the webhook, and lets go of what providers handed out.
 *
 * @param check Whether it may still be removed, with nobody else at it.
 */
export async function deleteUserCompletely(
  deps: Pick<DeletionDeps, 'box' | 'clock' | 'db' | 'log' | 'oauth2' | 'outbox'>,
  userId: string,
  actor: Actor,
  origin: Origin,
  check: (tx: Transaction) => Promise<boolean>,
): Promise<void> {
  const identities = await listIdentities(deps, userId, { first: maxIdentities, after: null }).rows();
  const removed = await inTransaction(deps.db, async (tx) => {
    if (!(await check(tx))) return false;
    await deleteUser(tx, userId);
    const time = deps.clock.now();
    await deps.outbox.queueEvent(tx, { event: 'user.delete', detail: null, userId, actor, time, origin });
    return true;
  });
  if (!removed) return;
  deps.log.info({ userId, actor }, 'a user was deleted');
  for (const identity of identities) await revokeTokens(deps, 'identities', identity);
}

/** Provider accounts of one user whose tokens are given back. */
const maxIdentities = 100;

/** Removes accounts whose grace is over. */
export const sweepDueAccounts =
  (deps: DeletionDeps): Sweep =>
  async (db, now) => {
    for (const id of await findUsersDueForDeletion(db, now))
      await deleteUserCompletely(deps, id, 'system', serverOrigin, async (tx) => {
        const user = await lockUserRow(tx, id);
        // The owner may have cancelled the deletion, or another process may have deleted the user.
        return user !== null && isDue(user, now);
      });
  };
