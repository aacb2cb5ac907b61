import { fromUnixSeconds, later, lifetimes, unixSeconds } from '../clock.js';
import type { KeyedDigest } from '../secrets/digest.js';
import { newSecret } from '../secrets/random.js';

/** What a known device is bound to: a new password makes it unknown again. */
export interface DeviceOwner {
  readonly id: string;
  readonly passwordVersion: number;
}

/**
 * Makes the secret of a known device: a browser that completed a sign-in to this account. Attackers cannot forge it, so
 * their attempts and the owner's are counted separately. It is not a credential and grants no access.
 *
 * @param nonce The nonce of the secret that it replaces, so that the device keeps its rate-limit bucket and its counts.
 * @returns Key id, time of issue, nonce and keyed digest, separated by dots. The server stores none of it.
 */
export function newDeviceSecret(
  keyedDigest: KeyedDigest,
  owner: DeviceOwner,
  now: Date,
  nonce: string = newSecret(),
): string {
  const issuedAt = String(unixSeconds(now));
  return [keyedDigest.keyId, issuedAt, nonce, keyedDigest.digest(partsOf(owner, issuedAt, nonce))].join('.');
}

/** The nonce of a known device; null if the secret was not issued for this user and its current password, or has expired. */
export function knownDeviceNonce(
  keyedDigest: KeyedDigest,
  owner: DeviceOwner,
  deviceSecret: string | null,
  now: Date,
): string | null {
  const [keyId = '', issuedAt = '', nonce = '', signature = '', ...rest] = deviceSecret?.split('.') ?? [];
  const isKnown =
    rest.length === 0 &&
    // Removing a key from CODE_KEYS makes its devices unknown, which only loses them their own bucket.
    keyedDigest.hasKey(keyId) &&
    keyedDigest.matches(partsOf(owner, issuedAt, nonce), signature, keyId) &&
    later(fromUnixSeconds(Number(issuedAt)), lifetimes.deviceCookie) > now;
  return isKnown ? nonce : null;
}

const partsOf = ({ id, passwordVersion }: DeviceOwner, issuedAt: string, nonce: string): string[] => [
  'device',
  id,
  String(passwordVersion),
  issuedAt,
  nonce,
];
