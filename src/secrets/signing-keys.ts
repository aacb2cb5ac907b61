import { createECDH, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { SigningAlgorithm, SigningKey } from './key-ring.js';

/** A key of the ring, ready to use. */
export interface SigningKeyPair {
  readonly id: string;
  readonly algorithm: SigningAlgorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The fixed head of a PKCS #8 Ed25519 key; the 32-byte seed follows. @see RFC 8410 §7 */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

export function signingKeyPair({ id, algorithm, bytes }: SigningKey): SigningKeyPair {
  const privateKey = algorithm === 'ES256' ? p256Key(bytes) : ed25519Key(bytes);
  return { id, algorithm, privateKey, publicKey: createPublicKey(privateKey) };
}

const ed25519Key = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });

/** A P-256 key by its private number. The public point follows from it. */
function p256Key(bytes: Uint8Array): KeyObject {
  const point = publicPointOf(bytes);
  const encode = (part: Uint8Array): string => Buffer.from(part).toString('base64url');
  const [d, x, y] = [encode(bytes), encode(point.subarray(1, 33)), encode(point.subarray(33))];
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, x, y }, format: 'jwk' });
}

/** @throws {Error} for 0 and for a number that is not below the order of the curve. */
function publicPointOf(bytes: Uint8Array): Buffer {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(bytes);
  return curve.getPublicKey();
}

/** Whether 32 bytes are the private number of a P-256 key. All but one in four billion are. */
export function isP256Key(bytes: Uint8Array): boolean {
  try {
    return publicPointOf(bytes).length > 0;
  } catch {
    return false;
  }
}
