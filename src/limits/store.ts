import type { RateLimit } from './limits.js';

/** The counter of one limit for one key in one window. */
export interface Bucket {
  /** A digest of limit, key and window: a new window is a new bucket. */
  readonly key: string;
  readonly limit: RateLimit;
  readonly endsAt: Date;
}

/** Where all processes keep their counts. */
export interface LimitStore {
  /** Adds one to each bucket and returns how much of each limit remains: below zero where the limit is exceeded. */
  increment(buckets: readonly Bucket[]): Promise<readonly number[]>;
  /** Takes one back from each bucket. */
  decrement(buckets: readonly Bucket[]): Promise<void>;
  /** How much of each limit remains. */
  remaining(buckets: readonly Bucket[]): Promise<readonly number[]>;
  close(): void;
}
