import { hash, timingSafeEqual } from 'node:crypto';
import type { Key, KeyRing } from './key-ring.js';

/** How the bearer of an operator begins, so that people and secret scanners recognise one. */
export const operatorPrefix = 'operator_';

/** What an operator sends for a key. */
export const operatorBearer = ({ bytes }: Pick<Key, 'bytes'>): string =>
  operatorPrefix + Buffer.from(bytes).toString('base64url');

/** Who is an operator. */
export class OperatorKeys {
  readonly #keys: readonly { readonly name: string; readonly digest: Buffer }[];

  /** @param ring Undefined where there are no operators. */
  constructor(ring: KeyRing | undefined) {
    this.#keys = (ring ?? []).map((key) => ({ name: key.id, digest: digestOf(operatorBearer(key)) }));
  }

  /** The name of the key that a bearer is; null for any other. Takes as long whichever it is, and wherever it differs. */
  nameOf(bearer: string): string | null {
    const digestOfBearer = digestOf(bearer);
    const matching = this.#keys.filter(({ digest }) => timingSafeEqual(digest, digestOfBearer));
    return matching[0]?.name ?? null;
  }
}

const digestOf = (bearer: string): Buffer => hash('sha256', bearer, 'buffer');
