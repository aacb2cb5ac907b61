import type { CodeDigester } from '../secrets/digest.js';
import { newSecret } from '../secrets/random.js';

/**
 * A secret that marks a browser as one this user has signed in from. A stranger cannot make one, so the stranger's
 * wrong passwords and the owner's are counted apart. It is no credential: it opens nothing.
 */
export function newDeviceSecret(codes: CodeDigester, userId: string): string {
  const nonce = newSecret();
  return [codes.keyId, nonce, codes.digest(['device', userId, nonce])].join('.');
}

/** Whether the secret was made for this user. */
export function isKnownDevice(codes: CodeDigester, userId: string, deviceSecret: string | null): boolean {
  const [keyId = '', nonce = '', signature = ''] = deviceSecret?.split('.') ?? [];
  // A key that was retired makes the device unknown, no more.
  return codes.knows(keyId) && codes.matches(['device', userId, nonce], signature, keyId);
}
