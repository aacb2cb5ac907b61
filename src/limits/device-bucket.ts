import type { KeyedDigest } from '../secrets/digest.js';
import { type DeviceOwner, isKnownDevice } from './known-device.js';
import type { LimitUse } from './limiter.js';
import type { RateLimit } from './limits.js';

/**
 * The bucket that attempts on an account or address are counted in. All unknown devices share one bucket. A known device
 * has a bucket of its own, so an attacker cannot use up the owner's attempts. A new password starts new buckets.
 */
export interface DeviceBucket {
  /** Key of the account or address with the version of its password; all known devices of the account share it. */
  readonly accountKey: string;
  /** Key of the bucket itself. */
  readonly key: string;
  readonly isKnownDevice: boolean;
}

/** All known devices of one account together may use this many times what one bucket may use. */
const knownDevicesFactor = 3;

/**
 * Finds the bucket of a request.
 *
 * @param account A user id or an address; it does not have to exist.
 * @param owner The user that it belongs to; null for an unknown one.
 */
export function deviceBucketOf(
  keyedDigest: KeyedDigest,
  account: string,
  owner: DeviceOwner | null,
  deviceSecret: string | null,
  now: Date,
): DeviceBucket {
  const isKnown = owner !== null && isKnownDevice(keyedDigest, owner, deviceSecret, now);
  const accountKey = JSON.stringify([account, owner?.passwordVersion ?? 0]);
  const key = isKnown ? JSON.stringify([accountKey, deviceSecret]) : accountKey;
  return { accountKey, key, isKnownDevice: isKnown };
}

/** What one attempt uses: its bucket's limits and, for a known device, the limits of all known devices together. */
export const limitUsesIn = (bucket: DeviceBucket, limits: readonly RateLimit[]): LimitUse[] =>
  limits.flatMap((limit) => [
    { limit, key: bucket.key },
    ...(bucket.isKnownDevice
      ? [{ limit: widerLimit(limit, 'devices', knownDevicesFactor), key: bucket.accountKey }]
      : []),
  ]);

/** The same limit for a wider group of callers. */
export const widerLimit = (limit: RateLimit, group: string, times: number): RateLimit => ({
  ...limit,
  name: `${limit.name}-${group}`,
  max: limit.max * times,
});
