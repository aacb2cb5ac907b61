import { credentialOf } from '../../access/factors.js';
import { later } from '../../clock.js';
import { addressReservation, isFromSettledDevice, type SecurityChange } from '../security-changes/service.js';
import type { ChangeAction } from '../security-changes/states.js';

// Which changes a link reverts unless its holder selects others: those that an attacker seems to have made. What the owner removed in
// self-defence must stay removed, and the order in which links are used must not matter.

/** What a link is about. */
export interface LinkedEvent {
  /** The change; null if the link is about something else, such as a sign-in. */
  readonly changeId: string | null;
  readonly at: Date;
  /** The session and the device that caused it, as far as known. */
  readonly sessionId: string | null;
  readonly deviceId: string | null;
}

/**
 * What a change counts as. An address or number that replaced another one counts as added while the former one is reserved, that is, while
 * its links work. A way to sign in must not stay only because another session of the attacker added it.
 */
function actionOf({ kind, action, createdAt, state, undoesId }: SecurityChange, now: Date): ChangeAction {
  // What a revert brought back was not added. If an attacker brought it back, the original addition is suggested.
  if (undoesId !== null) return 'switched';
  if (kind !== 'EMAIL' && kind !== 'PHONE') return action;
  const replacesNone = state.before.displayed === null && state.before.verified === null;
  return replacesNone || createdAt > later(now, -addressReservation) ? 'added' : 'switched';
}

/** What a session signs in with that a change added, as `credentialOf` writes it; null for other changes. */
export function addedCredential({ kind, subject }: SecurityChange): string | null {
  switch (kind) {
    case 'PASSWORD':
    case 'RECOVERY':
      return credentialOf('password', subject);
    case 'PASSKEY':
      return credentialOf('passkey', subject);
    case 'IDENTITY':
      return credentialOf('identity', subject);
    case 'EMAIL':
      return credentialOf('email', subject);
    case 'PHONE':
      return credentialOf('phone', subject);
    default:
      return null;
  }
}

/**
 * Returns the ids of the suggested changes:
 *
 * 1. the change that the link is about, and what it did if it is a revert,
 * 2. everything that was added, except from the device that asks and from settled devices,
 * 3. everything that was removed or switched by a session or device that also made a suggested change, or by a session that signed in
 *    with something that a suggested change added. Again except from the device that asks and from settled devices, unless that device
 *    made the change that the link is about,
 * 4. every change by the same session or device that replaced an address which a suggested change added.
 *
 * @param changes All changes of the last 30 days, also those that were reverted. An attacker may have reverted them.
 * @param askingDeviceId The device that asks; null if the account does not know it.
 */
export function suggestChanges(
  changes: readonly SecurityChange[],
  link: LinkedEvent,
  askingDeviceId: string | null,
  now: Date,
): Set<string> {
  const isAsking = ({ deviceId }: SecurityChange): boolean =>
    askingDeviceId !== null && deviceId === askingDeviceId;
  const isOwners = (change: SecurityChange): boolean =>
    isAsking(change) || isFromSettledDevice(change, link.at);
  const isLinked = (change: SecurityChange): boolean =>
    (link.deviceId !== null && change.deviceId === link.deviceId) ||
    (link.sessionId !== null && change.sessionId === link.sessionId);
  const isRevertible = ({ kind, state }: SecurityChange): boolean =>
    kind !== 'DELETION' || state.deleteAt !== null;

  const suggested = new Set<string>();
  const sessions = new Set([link.sessionId]);
  const devices = new Set([link.deviceId]);
  const credentials = new Set<string>();
  const addresses = new Map<string, SecurityChange[]>();
  const suggest = (change: SecurityChange): void => {
    suggested.add(change.id);
    sessions.add(change.sessionId);
    devices.add(change.deviceId);
    const credential = change.action === 'added' ? addedCredential(change) : null;
    if (credential !== null) credentials.add(credential);
    for (const address of addressesAddedBy(change))
      addresses.set(address, [...(addresses.get(address) ?? []), change]);
  };
  const isByAttacker = ({ sessionId, deviceId, sessionCredential }: SecurityChange): boolean =>
    (sessionId !== null && sessions.has(sessionId)) ||
    (deviceId !== null && devices.has(deviceId)) ||
    (sessionCredential !== null && credentials.has(sessionCredential));
  const replacesAdded = (change: SecurityChange): boolean =>
    (change.kind === 'EMAIL' || change.kind === 'PHONE') &&
    [change.state.before.displayed, change.state.before.verified].some((address) =>
      addresses.get(address ?? '')?.some((each) => isFromSameSource(each, change)),
    );

  for (const change of changes) {
    const isAbout =
      link.changeId !== null && (change.id === link.changeId || change.revertId === link.changeId);
    const isAddedByOther = actionOf(change, now) === 'added' && !isOwners(change);
    if (isRevertible(change) && (isAbout || isAddedByOther)) suggest(change);
  }
  for (let before = -1; before < suggested.size; ) {
    before = suggested.size;
    for (const change of changes) {
      if (suggested.has(change.id) || !isRevertible(change) || change.kind === 'REVERT') continue;
      const isSwitched = actionOf(change, now) !== 'added';
      if (isSwitched && isByAttacker(change) && (!isOwners(change) || isLinked(change))) suggest(change);
      else if (replacesAdded(change)) suggest(change);
    }
  }
  return suggested;
}

export const isFromSameSource = (one: SecurityChange, other: SecurityChange): boolean =>
  (one.sessionId !== null && one.sessionId === other.sessionId) ||
  (one.deviceId !== null && one.deviceId === other.deviceId);

/** The addresses that a change added. What a revert gave back is not one of them. */
export const addressesAddedBy = ({ kind, state, undoesId }: SecurityChange): string[] =>
  (kind === 'EMAIL' || kind === 'PHONE') && undoesId === null
    ? [state.after.displayed, state.after.verified].filter((address) => address != null)
    : [];
