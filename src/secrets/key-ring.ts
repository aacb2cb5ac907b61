import { createHmac } from 'node:crypto';

/** One 256-bit key and its name, which is stored beside whatever the key made. */
export interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Signature algorithms of JWTs. */
export type SigningAlgorithm = 'EdDSA' | 'ES256';

/** A key that signs JWTs: an Ed25519 seed, or the private number of a P-256 key. */
export interface SigningKey extends Key {
  readonly algorithm: SigningAlgorithm;
}

/** Keys that sign JWTs, newest first. The first one of JWT_ALGORITHM signs; every one still verifies. */
export type SigningKeyRing = readonly [SigningKey, ...SigningKey[]];

/** What tells one key from another, and nothing of the key. */
export const keyCheckOf = ({ bytes }: Key): string =>
  createHmac('sha256', bytes).update('the key that the database knows by this name').digest('hex');

/** Keys of one purpose, newest first: the first one makes, every one still reads. */
export type KeyRing = readonly [Key, ...Key[]];

/**
 * Finds the key that made a stored value.
 *
 * @throws Error when the key was removed from the ring while values made with it still exist.
 */
export function keyById(ring: KeyRing, id: string): Key {
  const key = ring.find((key) => key.id === id);
  if (!key) throw new Error(`The key ring holds no key "${id}".`);
  return key;
}
