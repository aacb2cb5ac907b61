import { PlatformError } from './errors.js';

/** React Native has none of it without polyfills, and browsers no `subtle` on pages without TLS. */
const platform = globalThis as { readonly crypto?: Partial<Pick<Crypto, 'getRandomValues' | 'subtle'>> };

/**
 * 256 random bits.
 *
 * @throws {PlatformError}
 */
export function randomText(): string {
  if (!platform.crypto?.getRandomValues) throw new PlatformError('crypto.getRandomValues');
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * A verifier, which stays here, and its challenge.
 *
 * @throws {PlatformError}
 * @see RFC 7636 §4
 */
export async function newVerifier(): Promise<{ verifier: string; challenge: string }> {
  if (!platform.crypto?.subtle) throw new PlatformError('crypto.subtle');
  const verifier = randomText();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)) };
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
