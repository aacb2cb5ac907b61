import { findSecondFactors } from '../../access/live-sessions.js';
import { hasFactorBesidesMailbox } from '../../access/factors.js';
import type { Operator, SignedIn } from '../../access/viewer.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, argumentInvalid, collectIssues } from '../../errors/account-error.js';
import type { Token } from '../../generated/prisma/client.js';
import { parseId } from '../../input/ids.js';
import { parseSecret } from '../../input/text.js';
import { findKnownDevice } from '../../limits/known-device.js';
import { revertRecoveryLimits } from '../../limits/messages.js';
import type { Notice } from '../../messages/message.js';
import type { Origin } from '../../origin/origin.js';
import type { Requester } from '../../origin/requester.js';
import { type Actor, recordLog } from '../logs/service.js';
import { findRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { queueNotice } from '../notices/service.js';
import { hasIdentity, hasOwnIdentity } from '../oauth2/identities/service.js';
import { actorOf } from '../operators/actor.js';
import { rejectingCopiedPasskeys } from '../passkeys/proof.js';
import { findPasskeys, hasPasskey } from '../passkeys/service.js';
import { startRecovery } from '../recovery/service.js';
import {
  listChanges,
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
  findSessionStart,
  lockCaller,
} from '../sessions/lifecycle.js';
import { findTokenBySecret } from '../tokens/guesses.js';
import { deleteTokens, type LinkSenderDeps } from '../tokens/service.js';
import { type LinkSubject, linkSubjectOf, lockLink, setLinkSubject } from '../tokens/undo.js';
import { findUserByAddress, lockAddress } from '../users/addresses.js';
import {
  lockUser,
  lockUserRow,
  removePassword,
  updateUserFields,
  type UserRow,
  verifiedAddress,
} from '../users/service.js';
import {
  type AskingDevice,
  askingDevice,
  checkFormerFactor,
  type GivenFactor,
  type GuardDeps,
  isTrustedDevice,
} from './guard.js';
import { effectsOf, isGuarded, type Outcome, revertChange, type RevertContext } from './reverts.js';
import { suggestChanges } from './suggestion.js';

// Who may revert security changes: the holder of a link, the signed-in user, and an operator. All of them call `revert`.

export type UndoDeps = LinkSenderDeps & GuardDeps & Pick<Deps, 'log'>;

type AskingRequester = Pick<Requester, 'clientAddress' | 'deviceDigest'>;

/** A security change as a client sees it. */
export interface SecurityChangeView {
  readonly id: string;
  readonly createdAt: Date;
  readonly kind: SecurityChange['kind'];
  readonly detail: string;
  readonly notice: Notice | null;
  readonly actor: string;
  readonly origin: Origin;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
  readonly thisDevice: boolean;
  readonly suggested: boolean;
  readonly needsFactor: boolean;
}

/** What a revert did. */
export interface UndoneView {
  readonly event: string;
  readonly undoneAt: Date;
  readonly changes: readonly SecurityChangeView[];
  readonly notRestored: readonly SecurityChangeView[];
}

/** Maximum number of changes in a list. */
export const maxListedChanges = 200;

/** Who asks, from which device, and what a link suggests. */
interface Perspective {
  readonly device: AskingDevice | null;
  readonly suggested: ReadonlySet<string>;
  readonly isOperator: boolean;
  readonly passkeyIds: readonly string[];
}

/**
 * Lists the changes that the holder of a link can revert, newest first.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN
 */
export async function listChangesByLink(
  deps: UndoDeps,
  args: { userId: string; secret: string },
  requester: AskingRequester,
): Promise<SecurityChangeView[]> {
  const token = await findLink(deps, args, requester);
  const userId = token.userId ?? '';
  const now = deps.clock.now();
  const changes = changesOfLink(token, await listChanges(deps.db, userId, now));
  const device = askingDevice(await findKnownDevice(deps.db, userId, requester.deviceDigest, now));
  return viewsOf(changes, changes, await perspectiveOfLink(deps.db, token, changes, device, now));
}

/** Lists the changes of a user that can be reverted, newest first, for the user or an operator. Suggests none. */
export async function listChangesOf(
  deps: Pick<Deps, 'clock' | 'db'>,
  userId: string,
  caller: SignedIn | null,
  requester: Pick<Requester, 'deviceDigest'>,
): Promise<SecurityChangeView[]> {
  const changes = await listChanges(deps.db, userId, deps.clock.now());
  if (changes.length === 0) return [];
  const device = caller && (await deviceOfCaller(deps.db, caller, requester, deps.clock.now()));
  return viewsOf(changes, changes, {
    device,
    suggested: new Set(),
    isOperator: caller === null,
    passkeyIds: await passkeyIdsOf(deps.db, userId),
  });
}

/**
 * Reverts changes with the link of a security notice. All other credentials of the request are disregarded. The link stays valid.
 *
 * @param args.changeIds The changes; the suggested ones by default.
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_CHANGE_NOT_FOUND, USER_ADDRESS_UNAVAILABLE,
 *   GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function undoByLink(
  deps: UndoDeps,
  args: { userId: string; secret: string; changeIds?: readonly string[] | null | undefined } & GivenFactor,
  requester: Requester,
): Promise<UndoneView> {
  const found = await findLink(deps, args, requester);
  const userId = found.userId ?? '';
  const now = deps.clock.now();
  const device = askingDevice(await findKnownDevice(deps.db, userId, requester.deviceDigest, now));
  const listed = changesOfLink(found, await listChanges(deps.db, userId, now));
  const consumeFactor = await checkFormerFactor(deps, userId, listed, args, requester);
  const done = await rejectingCopiedPasskeys(deps, 'challenge.update.failed', requester, () =>
    inTransaction(deps.db, async (tx) => {
      for (const address of addressesOf(found.address, listed)) await lockAddress(tx, address);
      const user = await lockUser(tx, userId, now);
      const token = user && (await lockLink(tx, found, now));
      const about = token && linkSubjectOf(token);
      if (!user || !token || !about || (await isVerifiedByOther(tx, token, now)))
        throw new AccountError('USER_INVALID_TOKEN');
      await consumeFactor?.(tx, user);
      const changes = changesOfLink(token, await listChanges(tx, userId, now));
      const perspective = await perspectiveOfLink({ prisma: tx }, token, changes, device, now);
      const selected = select(changes, args.changeIds ?? [...perspective.suggested]);
      const isRecovery = token.purpose === 'recoveryUsed';
      const request = {
        user,
        changes,
        selected,
        perspective,
        hasFactor: consumeFactor !== null,
        requester,
      } as const;
      const result = await revert(deps, tx, request);
      // An alert about a sign-in has no change. Its first use still ends the sessions of the account.
      const isFirstUse = about.usedAt === null && args.changeIds == null;
      const isAlert = isFirstUse && !isRecovery && (about.changeId === null || selected.length > 0);
      if (result.reverted.length === 0 && effectsOf(result.outcomes).length === 0 && !isAlert)
        return { result, recipient: null, event: about.notice };
      if (about.usedAt === null) await setLinkSubject(tx, token, { ...about, usedAt: now.toISOString() });
      // The holder of a recovery link has just chosen a password.
      const endsPassword = !isRecovery || result.endsPassword;
      const after = await finish(deps, tx, {
        ...request,
        ...result,
        endsPassword,
        session: null,
        endsSessions: 'all',
      });
      return { result, recipient: endsPassword ? after.lastVerifiedEmail : null, event: about.notice };
    }),
  );
  return answer(deps, done, requester, now);
}

/**
 * Reverts changes of the signed-in user, who has given a fresh proof.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_CHANGE_NOT_FOUND, USER_INVALID_TOKEN, USER_ADDRESS_UNAVAILABLE,
 *   GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function undoAsUser(
  deps: UndoDeps,
  caller: SignedIn,
  args: { changeIds?: readonly string[] | null | undefined } & GivenFactor,
  requester: Requester,
): Promise<UndoneView> {
  const { changeIds } = args;
  if (!changeIds?.length) throw argumentInvalid('changeIds', 'Required without a link.');
  const userId = caller.user.id;
  const now = deps.clock.now();
  const device = await deviceOfCaller(deps.db, caller, requester, now);
  const listed = await listChanges(deps.db, userId, now);
  const consumeFactor = await checkFormerFactor(deps, userId, listed, args, requester);
  const done = await rejectingCopiedPasskeys(deps, 'challenge.update.failed', requester, () =>
    inTransaction(deps.db, async (tx) => {
      for (const address of addressesOf(null, listed)) await lockAddress(tx, address);
      const user = await lockCaller(tx, caller);
      await consumeFactor?.(tx, user);
      const changes = await listChanges(tx, userId, now);
      const passkeyIds = await passkeyIdsOf({ prisma: tx }, userId);
      const perspective = { device, suggested: new Set<string>(), isOperator: false, passkeyIds };
      const selected = select(changes, changeIds);
      const request = {
        user,
        changes,
        selected,
        perspective,
        hasFactor: consumeFactor !== null,
        requester,
      } as const;
      const result = await revert(deps, tx, request);
      const { session } = caller;
      const after = await finish(deps, tx, { ...request, ...result, session, endsSessions: 'others' });
      return { result, recipient: result.endsPassword ? after.lastVerifiedEmail : null, event: null };
    }),
  );
  return answer(deps, done, requester, now);
}

/**
 * Reverts changes of a user for an operator. Sessions end only if they made one of the changes.
 *
 * @throws {AccountError} USER_NOT_FOUND, USER_CHANGE_NOT_FOUND, USER_ADDRESS_UNAVAILABLE
 */
export async function undoAsOperator(
  deps: UndoDeps,
  operator: Operator,
  { userId, changeIds }: { userId: string; changeIds: readonly string[] },
  requester: Requester,
): Promise<UndoneView> {
  const now = deps.clock.now();
  const known = userId.includes('\0') ? '' : userId;
  const listed = await listChanges(deps.db, known, now);
  const done = await inTransaction(deps.db, async (tx) => {
    for (const address of addressesOf(null, listed)) await lockAddress(tx, address);
    const user = await lockUserRow(tx, known);
    if (!user) throw new AccountError('USER_NOT_FOUND');
    const changes = await listChanges(tx, user.id, now);
    const perspective = { device: null, suggested: new Set<string>(), isOperator: true, passkeyIds: [] };
    const selected = select(changes, changeIds);
    const request = { user, changes, selected, perspective, hasFactor: false, requester } as const;
    const result = await revert(deps, tx, request);
    const actor = actorOf(operator);
    const after = await finish(deps, tx, {
      ...request,
      ...result,
      actor,
      session: null,
      endsSessions: 'theirs',
    });
    return { result, recipient: result.endsPassword ? after.lastVerifiedEmail : null, event: null };
  });
  return answer(deps, done, requester, now);
}

/** What to revert, and for whom. */
interface RevertRequest {
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
interface RevertResult {
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
async function revert(
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
async function finish(
  deps: UndoDeps,
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

/** Mails the link to a new password, after the transaction, and describes what was reverted. */
async function answer(
  deps: UndoDeps,
  done: { result: RevertResult; recipient: string | null; event: string | null },
  requester: Requester,
  now: Date,
): Promise<UndoneView> {
  const { result, recipient, event } = done;
  const { reverted, notRestored, changes, perspective } = result;
  if (recipient !== null) await mailRecovery(deps, recipient, requester);
  const newest = [...reverted, ...notRestored][0];
  return {
    event: event ?? newest?.notice ?? 'changeUndone',
    undoneAt: now,
    changes: viewsOf(reverted, changes, perspective),
    notRestored: viewsOf(notRestored, changes, perspective),
  };
}

/** A failure does not undo the revert. The user can ask for the mail again. */
async function mailRecovery(deps: UndoDeps, email: string, requester: Requester): Promise<void> {
  try {
    await startRecovery(deps, { email }, requester, revertRecoveryLimits);
  } catch (error) {
    deps.log.warn({ error }, 'no recovery link was sent after a revert');
  }
}

async function findLink(
  deps: UndoDeps,
  args: { userId: string; secret: string },
  requester: AskingRequester,
): Promise<Token> {
  const [userId, secret] = collectIssues(
    () => parseId('userId', args.userId),
    () => parseSecret('secret', args.secret),
  );
  const token = await findTokenBySecret(deps, userId, secret, ['undo', 'recoveryUsed'], requester);
  if (token.userId === null || !linkSubjectOf(token)) throw new AccountError('USER_INVALID_TOKEN');
  return token;
}

/** The changes that the holder of a link can revert. The holder of a recovery link made the recovery, and does not revert it. */
const changesOfLink = (token: Token, changes: SecurityChange[]): SecurityChange[] =>
  token.purpose === 'recoveryUsed'
    ? changes.filter(({ id }) => id !== linkSubjectOf(token)?.changeId)
    : changes;

/** Whether another account has verified the address that a link was sent to. Its reader has no say in this account any more. */
async function isVerifiedByOther(tx: Transaction, { address, userId }: Token, now: Date): Promise<boolean> {
  const kind = address.startsWith('+') ? 'phone' : 'email';
  const holder = await findUserByAddress(tx, kind, address, now);
  return holder !== null && holder.id !== userId && verifiedAddress(holder, kind) === address;
}

async function perspectiveOfLink(
  db: Parameters<typeof findPasskeys>[0],
  token: Token,
  changes: readonly SecurityChange[],
  device: AskingDevice | null,
  now: Date,
): Promise<Perspective> {
  const about = linkSubjectOf(token) as LinkSubject;
  const isRecovery = token.purpose === 'recoveryUsed';
  const linked = changes.find(({ id }) => id === about.changeId);
  const link = {
    changeId: isRecovery ? null : about.changeId,
    at: token.createdAt,
    sessionId: linked?.sessionId ?? about.sessionId,
    deviceId: linked?.deviceId ?? null,
  };
  const suggested = suggestChanges(changes, link, device?.id ?? null, now);
  return { device, suggested, isOperator: false, passkeyIds: await passkeyIdsOf(db, token.userId ?? '') };
}

/** The device of a signed-in caller. A session without a known device is a device of its own. */
async function deviceOfCaller(
  db: Deps['db'],
  { user, session }: SignedIn,
  requester: Pick<Requester, 'deviceDigest'>,
  now: Date,
): Promise<AskingDevice | null> {
  const known = askingDevice(await findKnownDevice(db, user.id, requester.deviceDigest, now));
  if (known) return known;
  const start = await findSessionStart(db, session.id);
  if (!start) return null;
  const passkeyId = start.credential?.startsWith('passkey:')
    ? start.credential.slice('passkey:'.length)
    : null;
  return { id: session.id, since: start.createdAt, passkeyIds: passkeyId === null ? [] : [passkeyId] };
}

const passkeyIdsOf = async (db: Parameters<typeof findPasskeys>[0], userId: string): Promise<string[]> =>
  (await findPasskeys(db, userId)).map(({ id }) => id);

/**
 * The changes with these ids, newest first. What one session added and removed again is one entry of the list, so both are selected.
 *
 * @throws {AccountError} USER_CHANGE_NOT_FOUND
 */
function select(changes: readonly SecurityChange[], ids: readonly string[]): SecurityChange[] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  for (const id of wanted)
    if (!changes.some((change) => change.id === id)) throw new AccountError('USER_CHANGE_NOT_FOUND');
  for (const [removed, added] of pairsOf(changes)) if (wanted.has(removed.id)) wanted.add(added.id);
  return changes.filter(({ id }) => wanted.has(id));
}

/** What one session removed, with the change that had added it. */
function pairsOf(changes: readonly SecurityChange[]): Map<SecurityChange, SecurityChange> {
  const pairs = new Map<SecurityChange, SecurityChange>();
  for (const removed of changes) {
    if (removed.action !== 'removed' || removed.subject === '') continue;
    const added = changes.find(
      ({ action, kind, subject, sessionId }) =>
        action === 'added' &&
        kind === removed.kind &&
        subject === removed.subject &&
        sessionId !== null &&
        sessionId === removed.sessionId,
    );
    if (added) pairs.set(removed, added);
  }
  return pairs;
}

/** Whether reverting a change asks for a factor. */
const needsFactor = (
  change: SecurityChange,
  changes: readonly SecurityChange[],
  { device, isOperator, passkeyIds }: Perspective,
): boolean => !isOperator && isGuarded(change) && !isTrustedDevice(device, change, changes, passkeyIds);

/** Changes as a client sees them. */
function viewsOf(
  shown: readonly SecurityChange[],
  changes: readonly SecurityChange[],
  perspective: Perspective,
): SecurityChangeView[] {
  const hidden = new Set([...pairsOf(changes).values()]);
  return shown
    .filter((change) => !hidden.has(change))
    .slice(0, maxListedChanges)
    .map((change) => ({
      ...change,
      thisDevice: perspective.device !== null && change.deviceId === perspective.device.id,
      suggested: perspective.suggested.has(change.id),
      needsFactor: needsFactor(change, changes, perspective),
    }));
}

/** The addresses that a revert may give back, in the order in which every revert locks them. */
const addressesOf = (own: string | null, changes: readonly SecurityChange[]): string[] =>
  [...new Set([own, ...changes.flatMap(addressesOfChange)].filter((address) => address !== null))].sort();

const addressesOfChange = ({ kind, state }: SecurityChange): (string | null)[] =>
  kind === 'EMAIL' || kind === 'PHONE' ? [state.before.displayed, state.before.verified] : [];
