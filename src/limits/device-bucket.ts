import type { KeyedDigest } from '../secrets/digest.js';
import { type DeviceOwner, knownDeviceNonce } from './known-device.js';
import type { LimitUse } from './limiter.js';
import type { RateLimit } from './limits.js';

/**
 * The bucket that attempts on an account or address are counted in. All unknown devices share one bucket. A known device
 * has a bucket of its own, so an attacker cannot use up the owner's attempts. Nothing that a caller can change starts a new
 * bucket for unknown devices: its key is the account or address alone.
 */
export interface DeviceBucket {
  /** Key of the account or address; all known devices of the account share it. */
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
 * @param owner The user whose devices have buckets of their own; null for no one. For an address this is only the account that
 *   has verified it: anyone can display an address.
 */
export function deviceBucketOf(
  keyedDigest: KeyedDigest,
  account: string,
  owner: DeviceOwner | null,
  deviceSecret: string | null,
  now: Date,
): DeviceBucket {
  const nonce = owner && knownDeviceNonce(keyedDigest, owner, deviceSecret, now);
  const accountKey = JSON.stringify([account]);
  const key = nonce === null ? accountKey : JSON.stringify([accountKey, nonce]);
  return { accountKey, key, isKnownDevice: nonce !== null };
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

/** National prefixes that a mobile number is written with or without: both reach the same phone. */
const optionalMobilePrefix = /^(\+54)9|^(\+52)1/;

/** What the limits of an address count by: one mailbox or phone has one bucket, however its address is written. */
export const limitSubjectOf = (address: string): string =>
  address.includes('@')
    ? address.replace(/(?<=[^@])\+[^@]*(?=@[^@]*$)/, '')
    : address.replace(optionalMobilePrefix, '$1$2');
