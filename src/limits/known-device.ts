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
 * @returns Key id, time of issue, nonce and keyed digest, separated by dots. The server stores none of it.
 */
export function newDeviceSecret(keyedDigest: KeyedDigest, owner: DeviceOwner, now: Date): string {
  const [issuedAt, nonce] = [String(unixSeconds(now)), newSecret()];
  return [keyedDigest.keyId, issuedAt, nonce, keyedDigest.digest(partsOf(owner, issuedAt, nonce))].join('.');
}

/** Whether the secret was issued for this user and its current password, and has not expired. */
export function isKnownDevice(
  keyedDigest: KeyedDigest,
  owner: DeviceOwner,
  deviceSecret: string | null,
  now: Date,
): boolean {
  const [keyId = '', issuedAt = '', nonce = '', signature = ''] = deviceSecret?.split('.') ?? [];
  return (
    // Removing a key from CODE_KEYS makes its devices unknown, which only loses them their own bucket.
    keyedDigest.hasKey(keyId) &&
    keyedDigest.matches(partsOf(owner, issuedAt, nonce), signature, keyId) &&
    later(fromUnixSeconds(Number(issuedAt)), lifetimes.deviceCookie) > now
  );
}

const partsOf = ({ id, passwordVersion }: DeviceOwner, issuedAt: string, nonce: string): string[] => [
  'device',
  id,
  String(passwordVersion),
  issuedAt,
  nonce,
];
