import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { type KeyRing, keyById } from './key-ring.js';

/**
 * Digests a long one-time secret for storage.
 *
 * @param secret At least 128 random bits. Not a password: those go to `password.ts`. Not six digits: those go to `KeyedDigest`.
 * @returns SHA-256, 64 hex characters. The same secret gives the same digest, so it can be looked up.
 * @see RFC 6234
 */
export const digest = (secret: string): string => hash('sha256', secret);

/** The challenge of a verifier. @see RFC 7636 §4.2, S256 */
export const codeChallenge = (verifier: string): string => hash('sha256', verifier, 'base64url');

/** SHA-1 in hexadecimal. Only for protocols that demand it. */
export const sha1 = (text: string): string => hash('sha1', text);

/** HMAC-SHA-256 of a text we send, in hexadecimal, for the receiver to check. */
export const signature = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

/** Digests short values, which a plain hash would not hide: whoever reads the table can try a million codes. */
export class KeyedDigest {
  constructor(private readonly ring: KeyRing) {}

  /** The key that new digests are made with. */
  get keyId(): string {
    return this.ring[0].id;
  }

  /**
   * HMAC-SHA-256 over the parts, 64 hex characters.
   *
   * @param parts What the value is bound to, then the value. Their borders are part of the digest.
   * @see RFC 2104
   */
  digest(parts: readonly string[], keyId: string = this.keyId): string {
    return createHmac('sha256', keyById(this.ring, keyId).bytes).update(JSON.stringify(parts)).digest('hex');
  }
  /** Whether the parts have this digest, in a time that does not depend on where two digests differ. */
  matches(parts: readonly string[], expected: string, keyId: string): boolean {
    const [left, right] = [Buffer.from(this.digest(parts, keyId)), Buffer.from(expected)];
    return left.length === right.length && timingSafeEqual(left, right);
  }

  /** Whether the ring still holds the key. */
  hasKey(keyId: string): boolean {
    return this.ring.some(({ id }) => id === keyId);
  }
}
