import { hasFactorBesidesMailbox } from '../../access/factors.js';
import { findSecondFactors } from '../../access/live-sessions.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Requester } from '../../origin/requester.js';
import { type Actor, recordLog } from '../logs/service.js';
import { findRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { queueNotice } from '../notices/service.js';
import { hasIdentity, hasOwnIdentity } from '../oauth2/identities/service.js';
import { hasPasskey } from '../passkeys/service.js';
import {
  markReverted,
  recordSecurityChange,
  replaceChangeState,
  type SecurityChange,
} from '../security-changes/service.js';
import {
  endAllSessions,
  endOtherSessions,
  endSessionsById,
  endUnfinishedSignIns,
} from '../sessions/ending.js';
import { deleteTokens } from '../tokens/service.js';
import { removePassword, updateUserFields, type UserRow } from '../users/service.js';
import { needsFactor, type Perspective } from './perspective.js';
import { effectsOf, type Outcome, revertChange, type RevertContext } from './reverts.js';

// One function reverts security changes, for all who may do it. Another one ends what must not outlive the revert, and records it.

/** What to revert, and for whom. */
export interface RevertRequest {
  readonly user: UserRow;
  /** All changes that can be reverted, newest first. */
  readonly changes: readonly SecurityChange[];
  readonly selected: readonly SecurityChange[];
  readonly perspective: Perspective;
  /** Whether the request gave a factor that the account had before. */
  readonly hasFactor: boolean;
  readonly requester: Requester;
}

/** What was reverted. */
export interface RevertResult {
  readonly user: UserRow;
  readonly reverted: readonly SecurityChange[];
  readonly notRestored: readonly SecurityChange[];
  /** Whether the account had a factor besides the mailbox before. */
  readonly hadOtherFactor: boolean;
  readonly outcomes: readonly Outcome[];
  readonly endsPassword: boolean;
  readonly perspective: Perspective;
  readonly changes: readonly SecurityChange[];
}

/** Reverts the selected changes, the newest first. One that cannot be reverted does not stop the others. */
export async function revert(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  { user, changes, selected, perspective, hasFactor, requester }: RevertRequest,
): Promise<RevertResult> {
  const hadOtherFactor = await hasOtherFactor(tx, user);
  const context: RevertContext & { user: UserRow } = {
    deps,
    tx,
    user,
    requester,
    mayRevertGuarded: false,
    isUnwanted: (kind, subject) =>
      selected.some((each) => each.kind === kind && each.subject === subject && each.action === 'added'),
  };
  const reverted: SecurityChange[] = [];
  const notRestored: SecurityChange[] = [];
  const outcomes: Outcome[] = [];
  for (const change of selected) {
    const mayRevertGuarded = hasFactor || !needsFactor(change, changes, perspective);
    const scoped = { ...context, mayRevertGuarded };
    const outcome = isSuperseded(change, changes, selected)
      ? { status: 'reverted' as const, effects: [] }
      : await revertChange(scoped, change);
    context.user = scoped.user;
    outcomes.push(outcome);
    if (outcome.remaining) await replaceChangeState(tx, change.id, change.state, outcome.remaining);
    (outcome.status === 'reverted' ? reverted : notRestored).push(change);
  }
  const endsPassword = reverted.some(
    ({ kind, state }) =>
      (kind === 'PASSWORD' || kind === 'RECOVERY') && state.version === user.passwordVersion,
  );
  return {
    user: context.user,
    reverted,
    notRestored,
    hadOtherFactor,
    outcomes,
    endsPassword,
    perspective,
    changes,
  };
}

/**
 * Whether a later change of the same thing, which is not reverted, has replaced the effect of a change. Only for what the account has one
 * of: the reverts of all other kinds look at what is there.
 */
const isSuperseded = (
  change: SecurityChange,
  changes: readonly SecurityChange[],
  selected: readonly SecurityChange[],
): boolean =>
  ['AUTHENTICATOR', 'RECOVERY_CODES', 'MFA'].includes(change.kind) &&
  changes.some(
    (later) =>
      later.kind === change.kind &&
      (later.createdAt > change.createdAt ||
        (later.createdAt.getTime() === change.createdAt.getTime() && later.id > change.id)) &&
      !selected.includes(later),
  );

/** Ends what must not outlive a revert, and records it as a security change of its own. */
export async function finishRevert(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  revertOf: RevertResult & {
    readonly requester: Requester;
    readonly actor?: Actor;
    readonly session: { readonly id: string } | null;
    readonly endsSessions: 'all' | 'others' | 'theirs';
  },
): Promise<UserRow> {
  const { reverted, outcomes, endsPassword, requester, actor = 'user', session, endsSessions } = revertOf;
  const { id: userId } = revertOf.user;
  const now = deps.clock.now();
  let user = await keepMailboxAloneOut(tx, revertOf, now);
  if (endsPassword) user = await removePassword(tx, userId, now);
  if (!(await hasSignInMethod(tx, user))) throw new AccountError('USER_ADDRESS_UNAVAILABLE');
  await markReverted(
    tx,
    reverted.map(({ id }) => id),
    now,
  );
  await endUnfinishedSignIns(tx, userId);
  if (endsSessions === 'all') await endAllSessions(tx, userId, now);
  else if (endsSessions === 'others') await endOtherSessions(tx, userId, session?.id ?? '');
  else
    await endSessionsById(
      tx,
      userId,
      reverted.flatMap(({ sessionId }) => sessionId ?? []),
    );
  // Codes and links that an attacker requested end. Links of security notices stay valid.
  if (endsSessions !== 'theirs')
    await deleteTokens(tx, { userId, purpose: { notIn: ['undo', 'recoveryUsed'] } });
  const detail = 'undo.update';
  if (reverted.length === 0) {
    const sessionId = session ? { sessionId: session.id } : {};
    await recordLog(deps, tx, { event: 'user.update', detail, ...sessionId, userId, actor, requester, now });
    await queueNotice(deps, tx, 'changeUndone', user, requester);
    return user;
  }
  const state = { changeIds: reverted.map(({ id }) => id), effects: effectsOf(outcomes) };
  const change = { kind: 'REVERT', action: 'switched', subject: '', state } as const;
  await recordSecurityChange(
    deps,
    tx,
    { ...change, user, session, actor, detail, notice: 'changeUndone' },
    requester,
  );
  return user;
}

/**
 * If the reverts removed the last factor that is not the mailbox, two proofs of the mailbox must not complete a session: an attacker who
 * reads the mailbox may hold the link.
 */
async function keepMailboxAloneOut(
  tx: Transaction,
  { user, hadOtherFactor }: RevertResult,
  now: Date,
): Promise<UserRow> {
  if (!user.mfaEnabled || !hadOtherFactor) return user;
  if (await hasOtherFactor(tx, user)) return user;
  return updateUserFields(tx, user.id, { mailboxSuffices: false }, now);
}

/** Whether the account has a second factor, an own identity or recovery codes besides the mailbox. */
const hasOtherFactor = async (tx: Transaction, user: UserRow): Promise<boolean> =>
  hasFactorBesidesMailbox({ ...user, ...(await findSecondFactors(tx, user.id)) }) ||
  (await findRecoveryCodes({ prisma: tx }, user.id)).length > 0 ||
  (await hasOwnIdentity(tx, user.id));

async function hasSignInMethod(tx: Transaction, user: UserRow): Promise<boolean> {
  const db = { prisma: tx };
  return (
    user.lastVerifiedEmail !== null ||
    user.lastVerifiedPhone !== null ||
    user.passwordHash !== null ||
    (await hasPasskey(db, user.id)) ||
    (await hasIdentity(db, user.id))
  );
}

/** The addresses that a revert may give back, in the order in which every revert locks them. */
export const addressesOf = (own: string | null, changes: readonly SecurityChange[]): string[] =>
  [...new Set([own, ...changes.flatMap(addressesOfChange)].filter((address) => address !== null))].sort();

const addressesOfChange = ({ kind, state }: SecurityChange): (string | null)[] =>
  kind === 'EMAIL' || kind === 'PHONE' ? [state.before.displayed, state.before.verified] : [];
