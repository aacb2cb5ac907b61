import type { RawCredentials } from '../access/viewer.js';
import type { Origin } from '../origin/origin.js';

/** One HTTP request and its answer, as far as the API may know of them. */
export interface Exchange {
  readonly requestId: string;
  /** The client's address, by TRUSTED_PROXIES. */
  readonly clientAddress: string;
  readonly credentials: RawCredentials;
  /** The secret of a device somebody has signed in from, if the browser sent one. */
  readonly deviceSecret: string | null;
  /** The raw Accept-Language header. */
  readonly acceptLanguage: string | null;
  /** SHA-256 of the browser's secret; null where it has none. */
  readonly browserDigest: string | null;
  /** A secret of this browser, by which a link that is opened in it is recognised. Made, and given to it, when first asked for. */
  browserSecret(): string;
  /** Worked out once, when first asked for. */
  origin(): Promise<Origin>;
  /** Gives the browser a session; it replaces the one it has. */
  setSessionCookie(secret: string, expiresAt: Date): void;
  /** Lets the browser keep the session it has for longer. */
  extendSessionCookie(expiresAt: Date): void;
  clearSessionCookie(): void;
  /** Lets this browser be recognised as one the owner has used. */
  setDeviceCookie(secret: string): void;
}
