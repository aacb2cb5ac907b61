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
  type ChangeHistory,
  markReverted,
  recordSecurityChange,
  replaceChangeState,
  type SecurityChange,
} from '../security-changes/service.js';
import type { ChangeCore, ChangeKind, RevertEntry } from '../security-changes/states.js';
import { endAllSessions, endOtherSessions, endSessionsBy, endUnfinishedSignIns } from '../sessions/ending.js';
import { deleteTokens } from '../tokens/service.js';
import { removePassword, updateUserFields, type UserRow } from '../users/service.js';
import { isProbablyByOwner, needsFactor, type Perspective } from './perspective.js';
import { isGuarded, type Outcome, revertChange, type RevertContext } from './reverts.js';
import { addedCredential } from './suggestion.js';

// One function reverts security changes, for all who may do it. Another one ends what must not outlive the revert, and records it.

/** What to revert, and for whom. */
export interface RevertRequest {
  readonly user: UserRow;
  readonly history: ChangeHistory;
  /** Newest first. */
  readonly selected: readonly SecurityChange[];
  readonly perspective: Perspective;
  /** Whether the request gave a factor that the account had before. */
  readonly hasFactor: boolean;
  /** The address that the link of the request was sent to; null without a link. */
  readonly provenAddress: string | null;
  readonly requester: Requester;
}

/** What was reverted. */
export interface RevertResult {
  readonly user: UserRow;
  readonly reverted: readonly SecurityChange[];
  readonly notRestored: readonly SecurityChange[];
  /** What the reverts did, in their order. */
  readonly entries: readonly RevertEntry[];
  /** Whether the account had a factor besides the mailbox before. */
  readonly hadProofBesidesMailbox: boolean;
  /** Addresses that the account no longer has. */
  readonly takenOff: readonly string[];
  readonly endsPassword: boolean;
}

/** Reverts the selected changes, the newest first. One that cannot be reverted does not stop the others. */
export async function revert(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  request: RevertRequest,
): Promise<RevertResult> {
  const { user, history, selected, perspective, hasFactor, provenAddress, requester } = request;
  const hadProofBesidesMailbox = await hasProofBesidesMailbox(tx, user);
  const chosen = new Set(selected);
  const unwanted = history.all.filter((change) => chosen.has(change) || perspective.suggested.has(change.id));
  const added = new Set(
    unwanted.filter(({ action }) => action === 'added').map(({ kind, subject }) => `${kind} ${subject}`),
  );
  const covering = coveringChanges(history.listed, chosen);
  const isUnwanted = (kind: ChangeKind, subject: string): boolean => added.has(`${kind} ${subject}`);
  const context: RevertContext = {
    deps,
    tx,
    user,
    requester,
    provenAddress,
    isUnwanted,
    unwanted,
    staysReverted: (id) => perspective.suggested.has(id),
    mayRevertGuarded: false,
    isCovered: false,
    isReapplied: false,
  };
  const reverted: SecurityChange[] = [];
  const notRestored: SecurityChange[] = [];
  const entries: RevertEntry[] = [];
  const takenOff: string[] = [];
  for (const change of selected) {
    const mayRevertGuarded = hasFactor || !needsFactor(change, perspective);
    const cover = covering.get(change.kind);
    const isCovered = cover !== undefined && isNewer(cover, change) && !isProbablyByOwner(cover, perspective);
    const scoped = { ...context, mayRevertGuarded, isCovered };
    const outcome = await revertOne(scoped, change, cover !== undefined && isNewer(cover, change));
    context.user = scoped.user;
    takenOff.push(...(outcome.takenOff ?? []));
    if (outcome.remaining) await replaceChangeState(tx, change.id, change.state, outcome.remaining);
    if (outcome.status !== 'kept') entries.push({ changeId: change.id, effects: outcome.effects });
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
    entries,
    hadProofBesidesMailbox,
    takenOff,
    endsPassword,
  };
}

/** Kinds of which an account has one thing. Later changes replace the effect of earlier ones. */
const singleKinds: readonly ChangeKind[] = ['EMAIL', 'PHONE', 'AUTHENTICATOR', 'RECOVERY_CODES', 'MFA'];

/** The newest change of each of these kinds that is not selected. */
function coveringChanges(
  listed: readonly SecurityChange[],
  selected: ReadonlySet<SecurityChange>,
): Map<ChangeKind, SecurityChange> {
  const covering = new Map<ChangeKind, SecurityChange>();
  for (const change of listed)
    if (singleKinds.includes(change.kind) && !selected.has(change) && !covering.has(change.kind))
      covering.set(change.kind, change);
  return covering;
}

const isNewer = (one: SecurityChange, other: SecurityChange): boolean =>
  one.createdAt > other.createdAt ||
  (one.createdAt.getTime() === other.createdAt.getTime() && one.id > other.id);

/**
 * Reverts one change. A later change that is not selected may have replaced its effect. If the owner made that one, nothing is left to
 * revert; otherwise the change stays listed. The reverts of addresses find out by themselves.
 */
async function revertOne(
  context: RevertContext,
  change: SecurityChange,
  hasCover: boolean,
): Promise<Outcome> {
  const isAddress = change.kind === 'EMAIL' || change.kind === 'PHONE';
  if (!hasCover || isAddress) return revertChange(context, change);
  const isLost = context.isCovered || (isGuarded(change) && !context.mayRevertGuarded);
  return { status: isLost ? 'kept' : 'reverted', effects: [] };
}

/** Ends what must not outlive a revert, and records it as a security change of its own. */
export async function finishRevert(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  revertOf: RevertResult & {
    /** The token of the link; null without one. */
    readonly tokenId: string | null;
    readonly requester: Requester;
    readonly actor?: Actor;
    readonly session: { readonly id: string } | null;
    readonly endsSessions: 'all' | 'others' | 'ofRevertedChanges';
  },
): Promise<UserRow> {
  const {
    reverted,
    entries,
    takenOff,
    endsPassword,
    requester,
    actor = 'user',
    session,
    endsSessions,
  } = revertOf;
  const { id: userId } = revertOf.user;
  const now = deps.clock.now();
  let user = await requireFactorBesidesMailbox(tx, revertOf, now);
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
    await endSessionsBy(tx, userId, {
      ids: reverted.flatMap(({ sessionId }) => sessionId ?? []),
      credentials: reverted.flatMap((change) => addedCredential(change) ?? []),
    });
  // Codes and links that an attacker requested end, and all that were sent to an address that the account lost. The other links of
  // security notices stay valid.
  await deleteTokens(tx, { userId, address: { in: [...takenOff] } });
  if (endsSessions !== 'ofRevertedChanges')
    await deleteTokens(tx, { userId, purpose: { notIn: ['undo', 'recoveryUsed'] } });
  await deleteTokens(tx, {
    userId,
    purpose: 'recoveryUsed',
    ...(revertOf.tokenId && { id: { not: revertOf.tokenId } }),
  });
  const detail = 'undo.update';
  if (entries.length === 0) {
    const sessionId = session ? { sessionId: session.id } : {};
    await recordLog(deps, tx, { event: 'user.update', detail, ...sessionId, userId, actor, requester, now });
    await queueNotice(deps, tx, 'changeUndone', user, requester);
    return user;
  }
  const state = { entries };
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
async function requireFactorBesidesMailbox(
  tx: Transaction,
  { user, hadProofBesidesMailbox }: RevertResult,
  now: Date,
): Promise<UserRow> {
  if (!user.mfaEnabled || !hadProofBesidesMailbox) return user;
  if (await hasProofBesidesMailbox(tx, user)) return user;
  return updateUserFields(tx, user.id, { mailboxSuffices: false }, now);
}

/** Whether the account has a second factor, an own identity or recovery codes besides the mailbox. */
const hasProofBesidesMailbox = async (tx: Transaction, user: UserRow): Promise<boolean> =>
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

const addressesOfChange = (change: ChangeCore): (string | null)[] => {
  if (change.kind === 'REVERT')
    return change.state.entries.flatMap(({ effects }) => effects.flatMap(addressesOfChange));
  if (change.kind !== 'EMAIL' && change.kind !== 'PHONE') return [];
  const { before, after } = change.state;
  return [before.displayed, before.verified, after.displayed ?? null, after.verified ?? null];
};
