import type { RawCredentials } from '../access/viewer.js';
import type { Requester } from '../origin/requester.js';

/** One HTTP request and its answer, as far as the API may know of them. */
export interface Exchange {
  readonly requestId: string;
  /** The client's address, by TRUSTED_PROXIES. */
  readonly clientAddress: string;
  readonly credentials: RawCredentials;
  readonly requester: Requester;
  /** Calls when the client is gone, or has its answer. */
  onClose(callback: () => void): void;
  /** Gives the browser a session; it replaces the one it has. */
  setSessionCookie(secret: string, expiresAt: Date): void;
  /** Lets the browser keep the session it has for longer. */
  extendSessionCookie(expiresAt: Date): void;
  clearSessionCookie(): void;
  /** Lets this browser be recognised as one the owner has used. */
  setDeviceCookie(secret: string): void;
}
