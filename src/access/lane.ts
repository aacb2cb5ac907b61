import type { CodeDigester } from '../secrets/digest.js';
import type { Budget } from './budget.js';
import { type DeviceOwner, isKnownDevice } from './known-device.js';
import type { Draw } from './rate-limiter.js';

/**
 * Where what is tried on an account or address is counted. Strangers share one lane; a device its owner has signed in
 * from has a lane of its own, so that no stranger can use up what the owner needs. A new password opens new lanes.
 */
export interface Lane {
  /** Whose lanes these are: the account or address, and its password. */
  readonly subject: string;
  /** The lane itself. */
  readonly key: string;
  readonly isKnown: boolean;
}

/** Devices of one account together have this many times what one lane has: a stolen cookie jar is not without end. */
const devicesShare = 3;

/**
 * The lane of a request.
 *
 * @param account An id or address; it need not be anybody's.
 * @param owner Who has it; null for nobody.
 */
export function laneOf(
  codes: CodeDigester,
  account: string,
  owner: DeviceOwner | null,
  deviceSecret: string | null,
  now: Date,
): Lane {
  const isKnown = owner !== null && isKnownDevice(codes, owner, deviceSecret, now);
  const subject = JSON.stringify([account, owner?.passwordVersion ?? 0]);
  return { subject, key: isKnown ? JSON.stringify([subject, deviceSecret]) : subject, isKnown };
}

/** What a try in a lane draws from: the lane's own budget, and for a known device that of all devices. */
export const drawsIn = (lane: Lane, budgets: readonly Budget[]): Draw[] =>
  budgets.flatMap((budget) => [
    { budget, key: lane.key },
    ...(lane.isKnown ? [{ budget: widened(budget, 'devices', devicesShare), key: lane.subject }] : []),
  ]);

/** The same budget over a wider group. */
export const widened = (budget: Budget, group: string, times: number): Budget => ({
  ...budget,
  name: `${budget.name}-${group}`,
  points: budget.points * times,
});
