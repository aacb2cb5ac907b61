import type { Operator, SignedIn } from '../../access/viewer.js';
import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, argumentInvalid } from '../../errors/account-error.js';
import { findKnownDevice } from '../../limits/known-device.js';
import { revertRecoveryLimits } from '../../limits/messages.js';
import type { Requester } from '../../origin/requester.js';
import { actorOf } from '../operators/actor.js';
import { rejectingCopiedPasskeys } from '../passkeys/proof.js';
import { startRecovery } from '../recovery/service.js';
import { listChanges } from '../security-changes/service.js';
import { lockCaller } from '../sessions/lifecycle.js';
import type { LinkSenderDeps } from '../tokens/service.js';
import { linkSubjectOf, lockLink, setLinkSubject } from '../tokens/undo.js';
import { lockAddress } from '../users/addresses.js';
import { lockUser, lockUserRow } from '../users/service.js';
import { askingDevice, checkFormerFactor, type GivenFactor, type GuardDeps } from './guard.js';
import {
  type AskingRequester,
  changesOfLink,
  findLink,
  isVerifiedByOther,
  perspectiveOfLink,
} from './links.js';
import {
  deviceOfCaller,
  passkeyIdsOf,
  type SecurityChangeView,
  selectChanges,
  viewsOf,
} from './perspective.js';
import { addressesOf, finishRevert, revert, type RevertResult } from './revert.js';
import { effectsOf } from './reverts.js';

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
      const selected = selectChanges(changes, args.changeIds ?? [...perspective.suggested]);
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
      const after = await finishRevert(deps, tx, {
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
      const selected = selectChanges(changes, changeIds);
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
      const after = await finishRevert(deps, tx, { ...request, ...result, session, endsSessions: 'others' });
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
    const selected = selectChanges(changes, changeIds);
    const request = { user, changes, selected, perspective, hasFactor: false, requester } as const;
    const result = await revert(deps, tx, request);
    const actor = actorOf(operator);
    const after = await finishRevert(deps, tx, {
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
