import { credentialOf } from '../../access/factors.js';
import { days, later } from '../../clock.js';
import { addressReservation, type SecurityChange } from '../security-changes/service.js';
import type { ChangeAction } from '../security-changes/states.js';

// Which changes a link reverts unless its holder selects others: those that an attacker seems to have made. What the owner removed in
// self-defence must stay removed, and the order in which links are used must not matter.

/** A device that the account had known for this long before a change is taken for the owner's. */
const settledAfter = days(7);

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
function actionOf({ kind, action, createdAt, state }: SecurityChange, now: Date): ChangeAction {
  if (kind !== 'EMAIL' && kind !== 'PHONE') return action;
  const replacesNone = state.before.displayed === null && state.before.verified === null;
  return replacesNone || createdAt > later(now, -addressReservation) ? 'added' : 'switched';
}

/** Whether the account had known the device of a change for seven days before an instant. */
export const isFromSettledDevice = (
  { deviceSince }: Pick<SecurityChange, 'deviceSince'>,
  before: Date,
): boolean => deviceSince !== null && deviceSince <= later(before, -settledAfter);

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
 * 1. the change that the link is about,
 * 2. everything that was added, except from the device that asks and from settled devices,
 * 3. everything that was removed or switched by a session or device that also made a suggested change, or by a session that signed in
 *    with something that a suggested change added. Again except from the device that asks and from settled devices, unless that device
 *    made the change that the link is about.
 *
 * @param changes The changes that can be reverted, in any order.
 * @param askingDeviceId The device that asks; null if the account does not know it.
 */
export function suggestChanges(
  changes: readonly SecurityChange[],
  link: LinkedEvent,
  askingDeviceId: string | null,
  now: Date,
): Set<string> {
  const isOwners = (change: SecurityChange): boolean =>
    (askingDeviceId !== null && change.deviceId === askingDeviceId) || isFromSettledDevice(change, link.at);
  const isLinked = (change: SecurityChange): boolean =>
    (link.deviceId !== null && change.deviceId === link.deviceId) ||
    (link.sessionId !== null && change.sessionId === link.sessionId);
  const isRevertible = ({ kind, state }: SecurityChange): boolean =>
    kind !== 'DELETION' || state.deleteAt !== null;

  const suggested = new Set<string>();
  const sessions = new Set([link.sessionId]);
  const devices = new Set([link.deviceId]);
  const credentials = new Set<string>();
  const suggest = (change: SecurityChange): void => {
    suggested.add(change.id);
    sessions.add(change.sessionId);
    devices.add(change.deviceId);
    const credential = change.action === 'added' ? addedCredential(change) : null;
    if (credential !== null) credentials.add(credential);
  };
  /** A later change of an address by the same session or device hides the suggested one. */
  const coversSuggested = (change: SecurityChange): boolean =>
    (change.kind === 'EMAIL' || change.kind === 'PHONE') &&
    changes.some(
      (each) =>
        suggested.has(each.id) &&
        each.kind === change.kind &&
        each.createdAt <= change.createdAt &&
        ((each.sessionId !== null && each.sessionId === change.sessionId) ||
          (each.deviceId !== null && each.deviceId === change.deviceId)),
    );
  const isByAttacker = ({ sessionId, deviceId, sessionCredential }: SecurityChange): boolean =>
    (sessionId !== null && sessions.has(sessionId)) ||
    (deviceId !== null && devices.has(deviceId)) ||
    (sessionCredential !== null && credentials.has(sessionCredential));

  for (const change of changes) {
    const isAddedByOther = actionOf(change, now) === 'added' && !isOwners(change);
    if (isRevertible(change) && (change.id === link.changeId || isAddedByOther)) suggest(change);
  }
  for (let before = -1; before < suggested.size; ) {
    before = suggested.size;
    for (const change of changes) {
      if (suggested.has(change.id) || !isRevertible(change)) continue;
      const isSwitched = actionOf(change, now) !== 'added';
      if (isSwitched && isByAttacker(change) && (!isOwners(change) || isLinked(change))) suggest(change);
      else if (coversSuggested(change)) suggest(change);
    }
  }
  return suggested;
}
