import { fromUnixSeconds, later, lifetimes, unixSeconds } from '../clock.js';
import type { CodeDigester } from '../secrets/digest.js';
import { newSecret } from '../secrets/random.js';

/** What of a user a device is bound to: with the next password it is a stranger's again. */
export interface DeviceOwner {
  readonly id: string;
  readonly passwordVersion: number;
}

/**
 * A secret that marks a browser as one this user has signed in from, completely. A stranger cannot make one, so the
 * stranger's guesses and the owner's are counted apart. It is no credential: it opens nothing.
 */
export function newDeviceSecret(codes: CodeDigester, owner: DeviceOwner, now: Date): string {
  const [issuedAt, nonce] = [String(unixSeconds(now)), newSecret()];
  return [codes.keyId, issuedAt, nonce, codes.digest(partsOf(owner, issuedAt, nonce))].join('.');
}

/** Whether the secret was made for this user and password, and has not ended. */
export function isKnownDevice(
  codes: CodeDigester,
  owner: DeviceOwner,
  deviceSecret: string | null,
  now: Date,
): boolean {
  const [keyId = '', issuedAt = '', nonce = '', signature = ''] = deviceSecret?.split('.') ?? [];
  return (
    // A key that was retired makes the device unknown, no more.
    codes.knows(keyId) &&
    codes.matches(partsOf(owner, issuedAt, nonce), signature, keyId) &&
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
