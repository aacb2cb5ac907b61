import { PlatformError, type RequiredProof } from './errors.js';

/** Derivations that run at the same time. The browser does them on threads of its own, so the page stays responsive. */
const concurrency = 8;

/**
 * Solves a proof of work: finds a counter for which the derived key begins with the demanded prefix.
 *
 * @returns The value of the header `gatehouse-proof`.
 * @throws {PlatformError} where there is no Web Crypto, as on pages over plain HTTP.
 */
export async function proveWork(
  challenge: NonNullable<RequiredProof['challenge']>,
  signal?: AbortSignal,
): Promise<string> {
  const { subtle } = (globalThis as { crypto?: Partial<Crypto> }).crypto ?? {};
  if (!subtle) throw new PlatformError('crypto.subtle');
  const { algorithm, nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const hash = algorithm.replace('PBKDF2/', '');
  const derive = async (counter: number): Promise<string> => {
    const password = bytesOf(nonce + counter.toString(16).padStart(8, '0'));
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const parameters = { name: 'PBKDF2', hash, salt: bytesOf(salt), iterations: cost };
    return hexOf(await subtle.deriveBits(parameters, key, keyLength * 8));
  };
  for (let first = 0; ; first += concurrency) {
    signal?.throwIfAborted();
    const counters = Array.from({ length: concurrency }, (_, index) => first + index);
    const keys = await Promise.all(counters.map(derive));
    const found = keys.findIndex((key) => key.startsWith(keyPrefix));
    const derivedKey = keys[found];
    if (derivedKey === undefined) continue;
    const solution = { counter: first + found, derivedKey };
    return btoa(JSON.stringify({ challenge, solution }));
  }
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
