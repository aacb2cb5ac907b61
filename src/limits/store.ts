import type { RateLimit } from './limit.js';

/** The counter of one limit for one key in one window. */
export interface Bucket {
  /** A digest of limit, key and window: a new window is a new bucket. */
  readonly key: string;
  readonly limit: RateLimit;
  readonly endsAt: Date;
}

/** Where all processes keep their counts. */
export interface LimitStore {
  /** Adds one to each bucket, or to none if one of them is full. Checks and counts in one step. Returns the full buckets. */
  charge(buckets: readonly Bucket[]): Promise<readonly Bucket[]>;
  /** Adds one to each bucket, full or not. */
  increment(buckets: readonly Bucket[]): Promise<void>;
  /** Subtracts `count` from each bucket, down to zero. */
  decrement(buckets: readonly Bucket[], count: number): Promise<void>;
  /** Empties a bucket, in one step, and returns its count. */
  take(bucket: Bucket): Promise<number>;
  /** How much of each limit remains. */
  remaining(buckets: readonly Bucket[]): Promise<readonly number[]>;
  close(): void;
}
