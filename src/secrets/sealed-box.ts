import { CompactEncrypt, compactDecrypt } from 'jose';
import { type KeyRing, keyById } from './key-ring.js';

/** Where a sealed value is stored: table, column and row. */
export type Place = readonly [table: string, column: string, id: string];

/**
 * Encrypts what must be read back: TOTP secrets, recovery codes, provider tokens, queued messages.
 *
 * A sealed value is bound to the place it is stored in, so one row's value cannot be moved to another.
 * @see RFC 7516 (compact serialization, `dir` with A256GCM)
 */
export class SealedBox {
  constructor(private readonly ring: KeyRing) {}

  async seal(place: Place, clear: string): Promise<string> {
    const key = this.ring[0];
    return new CompactEncrypt(new TextEncoder().encode(clear))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: key.id, place: written(place) })
      .encrypt(key.bytes);
  }

  /** @throws Error when the value was changed, moved, or sealed with a key that is no longer in the ring. */
  async open(place: Place, sealed: string): Promise<string> {
    const { plaintext, protectedHeader } = await compactDecrypt(
      sealed,
      ({ kid }) => keyById(this.ring, kid ?? '').bytes,
      { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    if (protectedHeader['place'] !== written(place))
      throw new Error('A sealed value stands in a place it was not sealed for.');
    return new TextDecoder().decode(plaintext);
  }
}

/** How every value begins that was sealed with a key: as much of its header as is the same for all. */
export function sealPrefixOf(keyId: string): string {
  const head = JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: keyId, place: '' });
  // The name of the place is cut off, and what is left to whole groups of base64.
  const fixed = Buffer.from(head.slice(0, -'"}'.length));
  return fixed.subarray(0, fixed.length - (fixed.length % 3)).toString('base64url');
}

const written = ([table, column, id]: Place): string => `${table}.${column}:${id}`;
