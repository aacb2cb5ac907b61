import type { SignedIn } from '../../access/viewer.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { findKnownDevice } from '../../devices/known-devices.js';
import type { Notice } from '../../messages/message.js';
import type { Origin } from '../../origin/origin.js';
import type { Requester } from '../../origin/requester.js';
import { findPasskeys } from '../passkeys/service.js';
import { isFromSettledDevice, type SecurityChange } from '../security-changes/service.js';
import { findSessionStart } from '../sessions/lifecycle.js';
import { type AskingDevice, askingDevice, mayRevertWithoutFactor } from './guard.js';
import { isGuarded } from './reverts.js';

// How the security changes of an account look to the one who asks: what is suggested, and what needs a factor.

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

/** Maximum number of changes in a list. */
export const maxListedChanges = 200;

/** Who asks, from which device, and what a link suggests. */
export interface Perspective {
  readonly device: AskingDevice | null;
  readonly suggested: ReadonlySet<string>;
  readonly isOperator: boolean;
  /** The passkeys that the account has now. */
  readonly passkeyIds: readonly string[];
  /** A device that the account had known for a week before this instant is taken for the owner's. */
  readonly settledBefore: Date;
  /** The devices that made the listed changes. */
  readonly changingDevices: ReadonlySet<string>;
}

/** Whether the owner seems to have made a change: it comes from the device that asks, or from one that was known for a week. */
export const isProbablyByOwner = (change: SecurityChange, { device, settledBefore }: Perspective): boolean =>
  (device !== null && change.deviceId === device.id) || isFromSettledDevice(change, settledBefore);

/** The device of a signed-in caller. A session without a known device is a device of its own. */
export async function deviceOfCaller(
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

/** Ids of the passkeys that a user has now. */
export const passkeyIdsOf = async (
  db: Parameters<typeof findPasskeys>[0],
  userId: string,
): Promise<string[]> => (await findPasskeys(db, userId)).map(({ id }) => id);

/**
 * The changes with these ids, newest first. What one session added and removed again is one entry of the list, so both are selected.
 *
 * @throws {AccountError} USER_CHANGE_NOT_FOUND
 */
export function selectChanges(
  changes: readonly SecurityChange[],
  ids: Iterable<string>,
): readonly SecurityChange[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const pairs = pairsOf(changes);
  const selected = new Set<SecurityChange>();
  for (const id of ids) {
    const change = byId.get(id.toLowerCase());
    if (!change) throw new AccountError('USER_CHANGE_NOT_FOUND');
    selected.add(change);
    const added = pairs.get(change);
    if (added) selected.add(added);
  }
  const revertIds = new Set([...selected].filter(({ kind }) => kind === 'REVERT').map((change) => change.id));
  return changes.filter(
    (change) => selected.has(change) || (change.revertId !== null && revertIds.has(change.revertId)),
  );
}

/** What one session removed, with the change that had added it. */
function pairsOf(changes: readonly SecurityChange[]): Map<SecurityChange, SecurityChange> {
  const keyOf = ({ kind, subject, sessionId }: SecurityChange) => `${kind} ${subject} ${sessionId}`;
  const added = new Map(
    changes
      .filter(({ action, sessionId }) => action === 'added' && sessionId !== null)
      .map((change) => [keyOf(change), change]),
  );
  const pairs = new Map<SecurityChange, SecurityChange>();
  for (const change of changes) {
    const partner =
      change.action === 'removed' && change.subject !== '' ? added.get(keyOf(change)) : undefined;
    if (partner) pairs.set(change, partner);
  }
  return pairs;
}

/** Whether reverting a change asks for a factor. For a revert, see what it did. */
export const needsFactor = (
  change: SecurityChange,
  { device, isOperator, passkeyIds, changingDevices }: Perspective,
): boolean =>
  !isOperator && isGuarded(change) && !mayRevertWithoutFactor(device, change, changingDevices, passkeyIds);

/** Changes as a client sees them. */
export function viewsOf(
  shown: readonly SecurityChange[],
  changes: readonly SecurityChange[],
  perspective: Perspective,
): SecurityChangeView[] {
  const hidden = new Set(pairsOf(changes).values());
  const withFactor = new Set(
    changes
      .filter((change) => change.revertId !== null && needsFactor(change, perspective))
      .map((change) => change.revertId),
  );
  const withSuggestion = new Set(
    changes.flatMap(({ id, revertId }) =>
      revertId !== null && perspective.suggested.has(id) ? [revertId] : [],
    ),
  );
  // What a revert did is part of the revert.
  return shown
    .filter((change) => !hidden.has(change) && change.revertId === null)
    .slice(0, maxListedChanges)
    .map((change) => ({
      ...change,
      thisDevice: perspective.device !== null && change.deviceId === perspective.device.id,
      suggested: perspective.suggested.has(change.id) || withSuggestion.has(change.id),
      needsFactor: needsFactor(change, perspective) || withFactor.has(change.id),
    }));
}
