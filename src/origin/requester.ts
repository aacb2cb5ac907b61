import type { Origin } from './origin.js';

/**
 * The sender of a request: the user (or an attacker with the credentials of the user), an operator with the name of the key, or the server
 * itself. An operator who signed in as a user with createUserToken is the operator.
 */
export type Actor = 'user' | 'system' | `operator:${string}`;

/** What a request says about its sender, before the user is known. */
export interface Requester {
  readonly origin: Origin;
  readonly actor: Actor;
  /** The raw Accept-Language header, which decides the language of messages. */
  readonly language: string | null;
  readonly clientAddress: string;
  /** SHA-256 of the device cookie; null if the browser has none. `devices/known-devices.ts` finds its user. */
  readonly deviceDigest: string | null;
  /** Sets a device cookie, or extends the lifetime of the existing one. Returns the SHA-256 of the cookie. */
  keepDeviceCookie(): string;
  /** Whether the caller has given a proof, which widens the limits of the client network. */
  readonly hasProof: boolean;
  /** SHA-256 of the browser's secret; null if the browser has none. */
  readonly browserDigest: string | null;
  /** The secret by which this browser is recognised when it opens a link. Created, and set as a cookie, when first read. */
  browserSecret(): string;
}
