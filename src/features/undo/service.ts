import type { Operator, SignedIn } from '../../access/viewer.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, argumentInvalid } from '../../errors/account-error.js';
import { findKnownDevice } from '../../devices/known-devices.js';
import { ownRevertRecoveryLimits, revertRecoveryLimits } from '../../limits/messages.js';
import type { Requester } from '../../origin/requester.js';
import { rejectingCopiedPasskeys } from '../passkeys/proof.js';
import { startRecovery } from '../recovery/service.js';
import {
  type ChangeHistory,
  listChanges,
  loadHistory,
  type SecurityChange,
} from '../security-changes/service.js';
import { lockCaller } from '../sessions/lifecycle.js';
import type { LinkSenderDeps } from '../tokens/service.js';
import { linkSubjectOf, lockLink, setLinkSubject } from '../tokens/undo.js';
import { lockAddress } from '../users/addresses.js';
import { lockUser, lockUserRow } from '../users/service.js';
import {
  type AskingDevice,
  askingDevice,
  changingDevicesOf,
  checkFormerFactor,
  type GivenFactor,
  type GuardDeps,
} from './guard.js';
import {
  type AskingRequester,
  findLink,
  historyOfLink,
  isVerifiedByOther,
  perspectiveOfLink,
} from './links.js';
import {
  deviceOfCaller,
  passkeyIdsOf,
  type Perspective,
  type SecurityChangeView,
  selectChanges,
  viewsOf,
} from './perspective.js';
import { addressesOf, finishRevert, revert, type RevertRequest, type RevertResult } from './revert.js';
import { addressesAddedBy } from './suggestion.js';

// Who may revert security changes: the holder of a link, the signed-in user, and an operator. All of them call `revert`.

export type UndoDeps = LinkSenderDeps & GuardDeps & Pick<Deps, 'log'>;

/** What a revert did. */
export interface UndoneView {
  readonly event: string;
  readonly undoneAt: Date;
  readonly changes: readonly SecurityChangeView[];
  readonly notRestored: readonly SecurityChangeView[];
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
  if (await isVerifiedByOther(deps.db, token, now)) throw new AccountError('USER_INVALID_TOKEN');
  const history = historyOfLink(token, await loadHistory(deps.db, userId, now));
  const device = askingDevice(await findKnownDevice(deps.db, userId, requester.deviceDigest, now));
  const perspective = await perspectiveOfLink(deps.db, token, history, device, now);
  return viewsOf(history.listed, history.listed, perspective);
}

/** Lists the changes of a user that can be reverted, newest first, for the user or an operator. Suggests none. */
export async function listChangesOf(
  deps: Pick<Deps, 'clock' | 'db'>,
  userId: string,
  caller: SignedIn | null,
  requester: Pick<Requester, 'deviceDigest'>,
): Promise<SecurityChangeView[]> {
  const listed = await listChanges(deps.db, userId, deps.clock.now());
  if (listed.length === 0) return [];
  const device = caller && (await deviceOfCaller(deps.db, caller, requester, deps.clock.now()));
  const passkeyIds = await passkeyIdsOf(deps.db, userId);
  const perspective = { device, isOperator: caller === null, passkeyIds, settledBefore: deps.clock.now() };
  return viewsOf(listed, listed, withoutSuggestions({ listed, all: listed }, perspective));
}

/** The selected changes, and the suggested ones that the list does not show, if a suggested one is selected. */
function withHiddenChanges(
  { all }: ChangeHistory,
  { suggested }: Perspective,
  selected: readonly SecurityChange[],
): readonly SecurityChange[] {
  if (!selected.some(({ id }) => suggested.has(id))) return selected;
  const chosen = new Set(selected);
  const isHidden = ({ revertedAt, revertId }: SecurityChange): boolean =>
    revertedAt !== null || revertId !== null;
  return all.filter((change) => chosen.has(change) || (isHidden(change) && suggested.has(change.id)));
}

/** How changes look without a link, which suggests something. */
const withoutSuggestions = (
  { listed }: ChangeHistory,
  perspective: Pick<Perspective, 'device' | 'isOperator' | 'passkeyIds' | 'settledBefore'>,
): Perspective => ({ ...perspective, suggested: new Set(), changingDevices: changingDevicesOf(listed) });

/** When the oldest of some changes was made. */
const oldestOf = (selected: readonly SecurityChange[], now: Date): Date => selected.at(-1)?.createdAt ?? now;

/** What a transaction reverted. */
interface Transacted {
  readonly result: RevertResult;
  readonly request: RevertRequest;
  /** The address that the recovery link goes to; null for none. */
  readonly recipient: string | null;
  /** What a link is about; null without one. */
  readonly event: string | null;
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
  const link = await findLink(deps, args, requester);
  const userId = link.userId ?? '';
  const now = deps.clock.now();
  const device = askingDevice(await findKnownDevice(deps.db, userId, requester.deviceDigest, now));
  const known = historyOfLink(link, await loadHistory(deps.db, userId, now));
  const consumeFactor = await checkFormerFactor(deps, userId, known.all, args, requester);
  const work = async (tx: Transaction): Promise<Transacted> => {
    for (const address of addressesOf(link.address, known.all)) await lockAddress(tx, address);
    const user = await lockUser(tx, userId, now);
    const token = user && (await lockLink(tx, link, now));
    const about = token && linkSubjectOf(token);
    if (!user || !token || !about || (await isVerifiedByOther(tx, token, now)))
      throw new AccountError('USER_INVALID_TOKEN');
    await consumeFactor?.(tx, user);
    const history = historyOfLink(token, await loadHistory(tx, userId, now));
    const perspective = await perspectiveOfLink({ prisma: tx }, token, history, device, now);
    // An attacker may have reverted a change of their own, which has an effect again.
    const selected = args.changeIds
      ? withHiddenChanges(history, perspective, selectChanges(history.listed, args.changeIds))
      : selectChanges(history.all, perspective.suggested);
    const hasFactor = consumeFactor !== null;
    const provenAddress = token.address;
    const request = { user, history, selected, perspective, hasFactor, provenAddress, requester };
    const result = await revert(deps, tx, request);
    const isRecovery = token.purpose === 'recoveryUsed';
    // An alert about a sign-in has no change. Its first use still ends the sessions of the account.
    const isFirstUse = about.usedAt === null && args.changeIds == null;
    const isAlert =
      isFirstUse &&
      !isRecovery &&
      (about.changeId === null || selected.some(({ revertedAt }) => revertedAt === null));
    const isNothing =
      result.effects.length === 0 && result.reverted.every(({ revertedAt }) => revertedAt !== null);
    if (isNothing && !isAlert) return { result, request, recipient: null, event: about.notice };
    if (about.usedAt === null) await setLinkSubject(tx, token, { ...about, usedAt: now.toISOString() });
    // The holder of a recovery link has just chosen a password.
    const endsPassword = !isRecovery || result.endsPassword;
    const by = { before: user, tokenId: token.id, session: null, endsSessions: 'all', requester } as const;
    const after = await finishRevert(deps, tx, { ...result, ...by, endsPassword });
    const recipient = endsPassword ? recoveryRecipient(after.lastVerifiedEmail, request) : null;
    return { result, request, recipient, event: about.notice };
  };
  const done = await rejectingCopiedPasskeys(deps, 'challenge.update.failed', requester, () =>
    inTransaction(deps.db, work),
  );
  return sendRecoveryAndDescribe(deps, done, requester, now);
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
  const { session } = caller;
  const userId = caller.user.id;
  const now = deps.clock.now();
  const device: AskingDevice | null = await deviceOfCaller(deps.db, caller, requester, now);
  const known = await loadHistory(deps.db, userId, now);
  const consumeFactor = await checkFormerFactor(deps, userId, known.all, args, requester);
  const work = async (tx: Transaction): Promise<Transacted> => {
    for (const address of addressesOf(null, known.all)) await lockAddress(tx, address);
    const user = await lockCaller(tx, caller);
    await consumeFactor?.(tx, user);
    const history = await loadHistory(tx, userId, now);
    const passkeyIds = await passkeyIdsOf({ prisma: tx }, userId);
    const selected = selectChanges(history.listed, changeIds);
    const settledBefore = oldestOf(selected, now);
    const perspective = withoutSuggestions(history, { device, isOperator: false, passkeyIds, settledBefore });
    const hasFactor = consumeFactor !== null;
    const request = { user, history, selected, perspective, hasFactor, provenAddress: null, requester };
    const result = await revert(deps, tx, request);
    const by = { before: user, tokenId: null, session, endsSessions: 'others', requester } as const;
    const after = await finishRevert(deps, tx, { ...result, ...by });
    const recipient = result.endsPassword ? recoveryRecipient(after.lastVerifiedEmail, request) : null;
    return { result, request, recipient, event: null };
  };
  const done = await rejectingCopiedPasskeys(deps, 'challenge.update.failed', requester, () =>
    inTransaction(deps.db, work),
  );
  return sendRecoveryAndDescribe(deps, done, requester, now, ownRevertRecoveryLimits);
}

/**
 * Reverts changes of a user for an operator. Sessions end only if they made one of the changes, or signed in with what one added.
 *
 * @throws {AccountError} USER_NOT_FOUND, USER_CHANGE_NOT_FOUND, USER_ADDRESS_UNAVAILABLE
 */
export async function undoAsOperator(
  deps: UndoDeps,
  _operator: Operator,
  { userId, changeIds }: { userId: string; changeIds: readonly string[] },
  requester: Requester,
): Promise<UndoneView> {
  const now = deps.clock.now();
  const id = userId.includes('\0') ? '' : userId;
  const known = await loadHistory(deps.db, id, now);
  const done = await inTransaction(deps.db, async (tx): Promise<Transacted> => {
    for (const address of addressesOf(null, known.all)) await lockAddress(tx, address);
    const user = await lockUserRow(tx, id);
    if (!user) throw new AccountError('USER_NOT_FOUND');
    const history = await loadHistory(tx, user.id, now);
    const selected = selectChanges(history.listed, changeIds);
    const settledBefore = oldestOf(selected, now);
    const asking = { device: null, isOperator: true, passkeyIds: [], settledBefore };
    const perspective = withoutSuggestions(history, asking);
    const request = {
      user,
      history,
      selected,
      perspective,
      hasFactor: false,
      provenAddress: null,
      requester,
    };
    const result = await revert(deps, tx, request);
    const by = {
      before: user,
      tokenId: null,
      session: null,
      endsSessions: 'ofRevertedChanges',
      requester,
    } as const;
    const after = await finishRevert(deps, tx, { ...result, ...by });
    const recipient = result.endsPassword ? recoveryRecipient(after.lastVerifiedEmail, request) : null;
    return { result, request, recipient, event: null };
  });
  return sendRecoveryAndDescribe(deps, done, requester, now);
}

/**
 * The address for the recovery link: the one that the link of the request was sent to, or one that no change of the last 30 days added,
 * except from the device that asks. Any other may be an attacker's.
 */
function recoveryRecipient(
  email: string | null,
  { history, perspective: { device }, provenAddress }: RevertRequest,
): string | null {
  if (email === null || email === provenAddress) return email;
  const foreign = history.all.filter(({ deviceId }) => device === null || deviceId !== device.id);
  return foreign.flatMap(addressesAddedBy).includes(email) ? null : email;
}

/** Sends the link to a new password, after the transaction, and describes what was reverted. */
async function sendRecoveryAndDescribe(
  deps: UndoDeps,
  { result: { reverted, notRestored }, request: { history, perspective }, recipient, event }: Transacted,
  requester: Requester,
  now: Date,
  limits: typeof revertRecoveryLimits | typeof ownRevertRecoveryLimits = revertRecoveryLimits,
): Promise<UndoneView> {
  if (recipient !== null) await mailRecovery(deps, recipient, requester, limits);
  const newest = [...reverted, ...notRestored][0];
  return {
    event: event ?? newest?.notice ?? 'changeUndone',
    undoneAt: now,
    // What an earlier request reverted is not told again.
    changes: viewsOf(
      reverted.filter(({ revertedAt }) => revertedAt === null),
      history.listed,
      perspective,
    ),
    notRestored: viewsOf(shownOf(history, notRestored), history.listed, perspective),
  };
}

/** The listed changes among some, with the reverts that did others of them. */
const shownOf = ({ listed }: ChangeHistory, changes: readonly SecurityChange[]): SecurityChange[] => {
  const ids = new Set(changes.flatMap(({ id, revertId }) => (revertId === null ? [id] : [id, revertId])));
  return listed.filter(({ id }) => ids.has(id));
};

/** A failure does not undo the revert. The user can ask for the mail again. */
async function mailRecovery(
  deps: UndoDeps,
  email: string,
  requester: Requester,
  limits: typeof revertRecoveryLimits | typeof ownRevertRecoveryLimits,
): Promise<void> {
  try {
    await startRecovery(deps, { email }, requester, limits);
  } catch (error) {
    deps.log.warn({ error }, 'no recovery link was sent after a revert');
  }
}
