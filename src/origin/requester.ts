import type { Origin } from './origin.js';

/** Who sends a request, as far as anybody can tell before knowing the user. Made once per request. */
export interface Requester {
  /** Where the request comes from. Worked out once, when first asked for: in milliseconds, in another thread. */
  origin(): Promise<Origin>;
  /** The raw Accept-Language header: which language its mails are in. */
  readonly language: string | null;
  /** The secret of a device somebody has signed in from; whose, `access/known-device.ts` can tell. */
  readonly deviceSecret: string | null;
  /** SHA-256 of the browser's secret; null where it has none. */
  readonly browserDigest: string | null;
  /** A secret of this browser, by which a link that is opened in it is recognised. Made, and given to it, when first asked for. */
  browserSecret(): string;
}
