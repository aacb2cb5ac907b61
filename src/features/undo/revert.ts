import { hasFactorBesidesMailbox } from '../../access/factors.js';
import { findSecondFactors } from '../../access/live-sessions.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Requester } from '../../origin/requester.js';
import { recordLog } from '../logs/service.js';
import { findRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { queueNotice } from '../notices/service.js';
import { hasIdentity, hasOwnIdentity } from '../oauth2/identities/service.js';
import { hasPasskey } from '../passkeys/service.js';
import {
  type ChangeHistory,
  markNotReverted,
  markReverted,
  recordSecurityChange,
  replaceChangeState,
  isFromSettledDevice,
  reservedEmail,
  reservedIdentity,
  reservedPasskey,
  type SecurityChange,
} from '../security-changes/service.js';
import type { ChangeCore, ChangeKind } from '../security-changes/states.js';
import { endAllSessions, endOtherSessions, endSessionsBy, endUnfinishedSignIns } from '../sessions/ending.js';
import { deleteTokens } from '../tokens/service.js';
import { removePassword, updateUserFields, type UserRow } from '../users/service.js';
import { isProbablyByOwner, needsFactor, type Perspective } from './perspective.js';
import { isGuarded, type Outcome, revertChange, type RevertContext } from './reverts.js';
import { addedCredential, addressesAddedBy, isFromSameSource } from './suggestion.js';

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

/** What the revert of one change did. */
interface RevertEffects {
  readonly change: SecurityChange;
  readonly effects: readonly ChangeCore[];
}

/** What was reverted. */
export interface RevertResult {
  readonly user: UserRow;
  readonly reverted: readonly SecurityChange[];
  readonly notRestored: readonly SecurityChange[];
  /** What the reverts did, in their order. */
  readonly effects: readonly RevertEffects[];
  /** The changes that a selected revert had reverted, and that are listed again. */
  readonly listedAgain: readonly string[];
  /** Whether the account had a factor besides the mailbox before. */
  readonly hadProofBesidesMailbox: boolean;
  /** Addresses that unwanted changes added, and that the account does not have now. */
  readonly removedAddresses: readonly string[];
  /** Addresses that may be an attacker's. */
  readonly foreign: ReadonlySet<string>;
  readonly endsPassword: boolean;
}

/** Reverts the selected changes, the newest first. One that cannot be reverted does not stop the others. */
export async function revert(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  { user, history, selected, perspective, hasFactor, provenAddress, requester }: RevertRequest,
): Promise<RevertResult> {
  const hadProofBesidesMailbox = await hasProofBesidesMailboxNow(tx, user);
  const chosen = new Set(selected);
  // Someone who selects a revert alone, signed in or as an operator, wants back what it removed.
  const isReapplied =
    provenAddress === null && selected.every(({ kind, revertId }) => kind === 'REVERT' || revertId !== null);
  const byId = new Map(history.all.map((change) => [change.id, change]));
  const foreign = foreignAddresses(history.all);
  const isAllowed = (change: SecurityChange): boolean =>
    mayRevert(change, byId, perspective, provenAddress, isReapplied, foreign);
  // An attacker who reverted a change of their own does not get it back by the revert of that.
  const selfReverted = new Set(
    selected.flatMap((change) => {
      const undone = byId.get(change.undoesId ?? '');
      return undone && isFromSameSource(change, undone) ? [undone.id] : [];
    }),
  );
  // What was reverted before stays away, unless the owner seems to have added it.
  const isUnwanted = (change: SecurityChange): boolean =>
    isAllowed(change) &&
    (chosen.has(change) ||
      perspective.suggested.has(change.id) ||
      (change.revertedAt !== null &&
        !(isReapplied && !selfReverted.has(change.id)) &&
        !isProbablyByOwner(change, perspective)));
  const unwanted = history.all.filter(isUnwanted);
  const unwantedIds = new Set(unwanted.map(({ id }) => id));
  const added = new Set(
    unwanted
      .filter(({ action, undoesId }) => action === 'added' && undoesId === null)
      .map(({ kind, subject }) => `${kind} ${subject}`),
  );
  const covering = coveringChanges(history.listed, chosen);
  const context: RevertContext = {
    deps,
    tx,
    user,
    requester,
    provenAddress,
    isUnwanted: (kind, subject) => added.has(`${kind} ${subject}`),
    unwanted,
    mayRevertGuarded: false,
    isCovered: false,
  };
  const statusOf = new Map<SecurityChange, Outcome['status']>();
  const effects: RevertEffects[] = [];
  for (const change of selected) {
    if (change.kind === 'REVERT') continue;
    const cover = covering.get(change.kind);
    const hasCover = cover !== undefined && isNewer(cover, change);
    const scoped = {
      ...context,
      mayRevertGuarded: hasFactor || !needsFactor(change, perspective),
      isCovered: hasCover && !isProbablyByOwner(cover, perspective),
    };
    const outcome = isAllowed(change)
      ? await revertOne(scoped, change, hasCover)
      : { status: 'kept' as const, effects: [] };
    context.user = scoped.user;
    if (outcome.remaining) await replaceChangeState(tx, change.id, change.state, outcome.remaining);
    if (outcome.effects.length > 0) effects.push({ change, effects: outcome.effects });
    statusOf.set(change, outcome.status);
  }
  const listedAgain: string[] = [];
  for (const change of selected) {
    if (change.kind !== 'REVERT') continue;
    const isComplete = history.listed.every(
      (each) => each.revertId !== change.id || statusOf.get(each) === 'reverted',
    );
    statusOf.set(change, isComplete ? 'reverted' : 'kept');
    // What the same request reverts stays reverted.
    if (isComplete) listedAgain.push(...change.state.changeIds.filter((id) => !unwantedIds.has(id)));
  }
  const withStatus = (isReverted: boolean) =>
    selected.filter((change) => (statusOf.get(change) === 'reverted') === isReverted);
  const reverted = withStatus(true);
  return {
    user: context.user,
    reverted,
    notRestored: withStatus(false),
    effects,
    listedAgain,
    hadProofBesidesMailbox,
    removedAddresses: unwanted
      .flatMap(addressesAddedBy)
      .filter((address) => !hasAddress(context.user, address)),
    foreign,
    endsPassword: reverted.some(
      ({ kind, state }) =>
        (kind === 'PASSWORD' || kind === 'RECOVERY') && state.version === user.passwordVersion,
    ),
  };
}

/** The factors of an account. An operator who reset them has decided about them. */
const factorKinds: readonly ChangeKind[] = ['AUTHENTICATOR', 'RECOVERY_CODES', 'PASSKEY', 'MFA'];

/**
 * Whether a request may revert a change at all. Only operators revert what operators did to factors. What an earlier revert removed comes
 * back only if the owner seems to have added it, or if the request is about that revert alone.
 */
function mayRevert(
  change: SecurityChange,
  byId: ReadonlyMap<string, SecurityChange>,
  perspective: Perspective,
  provenAddress: string | null,
  isReapplied: boolean,
  foreign: ReadonlySet<string>,
): boolean {
  if (change.actor.startsWith('operator:') && factorKinds.includes(change.kind) && !perspective.isOperator)
    return false;
  if (change.undoesId === null) return true;
  // The reader of a link gets back the address that the link was sent to.
  const lost = change.kind === 'EMAIL' ? change.state.before.verified : null;
  if (lost !== null && lost === provenAddress && !foreign.has(lost)) return true;
  const undone = byId.get(change.undoesId);
  if (!undone) return false;
  const wasAddition = undone.action === 'added' || undone.kind === 'EMAIL' || undone.kind === 'PHONE';
  return (
    !wasAddition ||
    undone.undoesId !== null ||
    isProbablyByOwner(undone, perspective) ||
    (isReapplied && !isFromSameSource(change, undone))
  );
}

/** The addresses that a device added which the account had not known for a week. They may be an attacker's. */
const foreignAddresses = (changes: readonly SecurityChange[]): Set<string> =>
  new Set(
    changes.filter((change) => !isFromSettledDevice(change, change.createdAt)).flatMap(addressesAddedBy),
  );

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

const hasAddress = (user: UserRow, address: string): boolean =>
  [user.email, user.lastVerifiedEmail, user.phone, user.lastVerifiedPhone].includes(address);

/** What was reverted, and by whom. */
interface FinishedRevert extends RevertResult {
  readonly before: UserRow;
  /** The token of the link; null without one. */
  readonly tokenId: string | null;
  readonly requester: Requester;
  readonly session: { readonly id: string } | null;
  readonly endsSessions: 'all' | 'others' | 'ofRevertedChanges';
}

/** Ends what must not outlive a revert, and records it as a security change of its own. */
export async function finishRevert(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  revertOf: FinishedRevert,
): Promise<UserRow> {
  const { reverted, endsPassword, session, endsSessions } = revertOf;
  const { id: userId } = revertOf.user;
  const now = deps.clock.now();
  let user = await requireFactorBesidesMailbox(tx, revertOf, now);
  if (endsPassword) user = await removePassword(tx, userId, now);
  if (!(await hasSignInMethod(tx, user))) throw new AccountError('USER_ADDRESS_UNAVAILABLE');
  const ids = reverted.filter(({ revertedAt }) => revertedAt === null).map(({ id }) => id);
  await markReverted(tx, ids, now);
  await markNotReverted(tx, revertOf.listedAgain);
  await endUnfinishedSignIns(tx, userId);
  if (endsSessions === 'all') await endAllSessions(tx, userId, now);
  else if (endsSessions === 'others') await endOtherSessions(tx, userId, session?.id ?? '');
  else
    await endSessionsBy(tx, userId, {
      ids: reverted.flatMap(({ sessionId }) => sessionId ?? []),
      credentials: reverted.flatMap((change) => addedCredential(change) ?? []),
    });
  await endTokens(tx, revertOf);
  await recordRevert(deps, tx, user, revertOf);
  return user;
}

/**
 * Codes and links that an attacker requested end. The links of security notices stay valid, except those that were sent to an address which an
 * attacker seems to have added. A session may be the attacker's, so it ends no link to an address that the owner seems to have added.
 */
async function endTokens(
  tx: Transaction,
  { user: { id: userId }, removedAddresses, foreign, tokenId, session, endsSessions }: FinishedRevert,
): Promise<void> {
  if (endsSessions !== 'ofRevertedChanges')
    await deleteTokens(tx, { userId, purpose: { notIn: ['undo', 'recoveryUsed'] } });
  const addresses = removedAddresses.filter((address) => session === null || foreign.has(address));
  await deleteTokens(tx, { userId, address: { in: addresses } });
  await deleteTokens(tx, { userId, purpose: 'recoveryUsed', ...(tokenId && { id: { not: tokenId } }) });
}

/** Records a revert, and what it did as changes that can be reverted together with it. */
async function recordRevert(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  user: UserRow,
  { before, reverted, effects, foreign, requester, session }: FinishedRevert,
): Promise<void> {
  const detail = 'undo.update';
  if (reverted.length === 0 && effects.length === 0) {
    const by = { ...(session && { sessionId: session.id }), userId: user.id, requester };
    await recordLog(deps, tx, { event: 'user.update', detail, ...by, now: deps.clock.now() });
    await queueNotice(deps, tx, 'changeUndone', user, requester);
    return;
  }
  const common = { user, session, detail } as const;
  const changeIds = reverted.filter(({ revertedAt }) => revertedAt === null).map(({ id }) => id);
  const state = { changeIds };
  const change = { kind: 'REVERT', action: 'switched', subject: '', state } as const;
  const revertId = await recordSecurityChange(
    deps,
    tx,
    { ...change, ...common, notice: 'changeUndone' },
    requester,
  );
  for (const { change: undone, effects: each } of effects)
    for (const effect of each) {
      // The request may be an attacker's. The reader of the former address must be able to revert it.
      const isReplaced = effect.kind === 'EMAIL' && effect.state.after.verified !== undefined;
      const former =
        isReplaced && before.lastVerifiedEmail !== null && !foreign.has(before.lastVerifiedEmail)
          ? before.lastVerifiedEmail
          : null;
      await recordSecurityChange(
        deps,
        tx,
        {
          ...effect,
          ...common,
          event: null,
          notice: former === null ? null : 'emailReplaced',
          ...(former === null
            ? { reserved: reservedByEffect(effect) }
            : { user: before, reserved: reservedEmail(former) }),
          revertId,
          undoesId: undone.id,
        },
        requester,
      );
    }
}

/** What a passkey or an identity reserves that a revert removed. */
function reservedByEffect({ kind, action, state }: ChangeCore): string | null {
  if (action !== 'removed') return null;
  if (kind === 'PASSKEY') return state.row && reservedPasskey(state.row.credentialId);
  return kind === 'IDENTITY' && state.row
    ? reservedIdentity(state.row.provider, state.row.providerUid)
    : null;
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
  if (await hasProofBesidesMailboxNow(tx, user)) return user;
  return updateUserFields(tx, user.id, { mailboxSuffices: false }, now);
}

/** Whether the account has a second factor, an own identity or recovery codes besides the mailbox. */
const hasProofBesidesMailboxNow = async (tx: Transaction, user: UserRow): Promise<boolean> =>
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

const addressesOfChange = (change: SecurityChange): (string | null)[] => {
  if (change.kind !== 'EMAIL' && change.kind !== 'PHONE') return [];
  const { before, after } = change.state;
  return [before.displayed, before.verified, after.displayed ?? null, after.verified ?? null];
};
