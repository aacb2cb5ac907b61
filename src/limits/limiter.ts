// How one call passes its limits, in order:
//
// 1. `access/enforce.ts` reads the limits of the operation's policy, and `key.ts` turns each into buckets to count in: one
//    for the client network, the user or an argument, a second one for a wide IPv6 network or for all known devices.
// 2. `consume` counts the call in each bucket of an ordinary limit, in one statement (`store-postgres.ts`) or command
//    (`store-valkey.ts`). A full bucket rejects the call with GENERAL_RATE_LIMIT_EXCEEDED; a rejected call is uncounted.
// 3. `attempt` handles limits that count failures only: `concurrency.ts` lets no more attempts run at once than the
//    bucket has failures left, so parallel guesses cannot exceed the limit.
// 4. The operation runs. Afterwards the outcome is reported, and a failure is counted.
//
// Passwords pass `password-attempts.ts` as well, which delays further attempts after a few wrong passwords in a row.

import { type Clock, fromUnixSeconds, later, secondsUntil, unixSeconds } from '../clock.js';
import { AccountError } from '../errors/account-error.js';
import type { KeyedDigest } from '../secrets/digest.js';
import { AttemptGate } from './concurrency.js';
import { describeLimit, type RateLimit } from './limits.js';
import type { Bucket, LimitStore } from './store.js';

/** One use of a limit. */
export interface LimitUse {
  readonly limit: RateLimit;
  /** What {@link RateLimit.per} names, in clear; only its digest is stored. */
  readonly key: string;
}

/** Reports how an attempt ended: a failed attempt is counted in each of its buckets. */
export type ReportOutcome = (outcome: 'passed' | 'failed') => Promise<void>;

/** Counts calls against limits. */
export interface RateLimiter {
  /**
   * Counts a call, before it does any work.
   *
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED with `retryAfterSeconds` until the window ends.
   */
  consume(uses: readonly LimitUse[]): Promise<void>;
  /**
   * Starts an attempt that is counted only if it fails. The caller must report the outcome.
   *
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED when too many attempts have failed.
   */
  attempt(uses: readonly LimitUse[]): Promise<ReportOutcome>;
  close(): Promise<void>;
}

interface LimiterDeps {
  readonly clock: Clock;
  /** Every limit is multiplied by this. */
  readonly factor: number;
  readonly keyedDigest: KeyedDigest;
  readonly store: LimitStore;
}

/** Counts calls in a store that all processes share. */
export function createRateLimiter({ clock, keyedDigest, store, factor }: LimiterDeps): RateLimiter {
  const gate = new AttemptGate();

  /** Windows follow our clock; the store's own expiry only removes old buckets. */
  const bucketOf = ({ limit, key }: LimitUse): Bucket => {
    const window = Math.floor(unixSeconds(clock.now()) / limit.windowSeconds);
    return {
      key: keyedDigest.digest([limit.name, key, String(window)]),
      limit: { ...limit, max: limit.max * factor },
      endsAt: later(fromUnixSeconds(window * limit.windowSeconds), limit.windowSeconds),
    };
  };
  const exceeded = (buckets: readonly Bucket[]): AccountError =>
    new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', {
      limit: buckets.map(({ limit }) => describeLimit(limit)).join('; '),
      retryAfterSeconds: Math.max(1, ...buckets.map(({ endsAt }) => secondsUntil(clock.now(), endsAt))),
    });

  return {
    async consume(uses) {
      if (uses.length === 0) return;
      const buckets = uses.map(bucketOf);
      const remaining = await store.increment(buckets);
      const full = buckets.filter((_, index) => (remaining[index] ?? 0) < 0);
      if (full.length === 0) return;
      // Or calls that a short limit rejects would use up a long one. Of parallel calls many may be over the long one for a
      // moment, so all buckets are uncounted: a full one then stands at its maximum.
      await store.decrement(buckets);
      throw exceeded(full);
    },
    async attempt(uses) {
      if (uses.length === 0) return reportNothing;
      const buckets = uses.map(bucketOf);
      let remaining: readonly number[] = [];
      const release = await gate.acquire(
        buckets.map(({ key }) => key),
        async () => {
          remaining = await store.remaining(buckets);
          return remaining;
        },
      );
      if (!release) throw exceeded(buckets.filter((_, index) => (remaining[index] ?? 0) <= 0));
      return async (outcome) => {
        try {
          if (outcome === 'failed') await store.increment(buckets);
        } finally {
          release();
        }
      };
    },
    close: async () => store.close(),
  };
}

const reportNothing: ReportOutcome = async () => {};

/** Counts nothing: `RATE_LIMITS=off`. */
export const unlimitedRateLimiter: RateLimiter = {
  consume: async () => {},
  attempt: async () => reportNothing,
  close: async () => {},
};
