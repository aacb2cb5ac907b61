import type { RawCredentials } from '../access/viewer.js';
import type { Requester } from '../origin/requester.js';

/** One HTTP request and its response, as far as the API needs them. */
export interface Exchange extends Pick<Requester, 'language' | 'deviceDigest' | 'browserDigest'> {
  readonly requestId: string;
  /** The client's address, by TRUSTED_PROXIES. */
  readonly clientAddress: string;
  readonly credentials: RawCredentials;
  /** The header `gatehouse-proof`. */
  readonly proof: string | null;
  /** Looks up country and device of the client, once. Takes milliseconds, so it runs before a transaction and not inside. */
  requester(): Promise<Requester>;
  /** Calls back when the connection closes or the response is complete. */
  onClose(callback: () => void): void;
  /** Sets the cookie of a new session; it replaces the present one. */
  setSessionCookie(secret: string, expiresAt: Date): void;
  /** Extends the lifetime of the present session cookie. */
  extendSessionCookie(expiresAt: Date): void;
  clearSessionCookie(): void;
}
