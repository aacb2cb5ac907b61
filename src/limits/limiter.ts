// How one call passes its limits, in order:
//
// 1. `access/enforce.ts` reads the limits of the operation's policy. `subject.ts` determines the buckets of each limit. The first
//    is the bucket of the client network, user or key. A second one can be that of an IPv6 /48 network or of all known devices.
// 2. `consume` checks all buckets of the call and counts it in all of them, in one statement (`store-postgres.ts`) or command
//    (`store-valkey.ts`). A full bucket rejects the call with GENERAL_RATE_LIMIT_EXCEEDED, and the call is counted nowhere.
// 3. `attempt` handles limits that count failures only: `concurrency.ts` lets no more attempts run at the same time than the
//    bucket has failures left, so parallel guesses cannot exceed the limit.
// 4. The operation runs. Afterwards the outcome is reported, and a failure is counted.
//
// Some operations find out only later what a call counts towards, so they call the limiter themselves. They call `charge` for a
// message to an address, and `claim` for a guess at a code. `claim` counts a guess before it is compared. Passwords are also
// counted in `password-attempts.ts`.

import { type Clock, fromUnixSeconds, later, secondsUntil, unixSeconds } from '../clock.js';
import { AccountError } from '../errors/account-error.js';
import type { KeyedDigest } from '../secrets/digest.js';
import { AttemptGate } from './concurrency.js';
import { describeLimit } from './limit.js';
import type { Bucket, LimitStore } from './store.js';
import type { LimitUse } from './subject.js';

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
   * Counts a call in all of its buckets and returns []. If a bucket is full, counts nothing and returns the uses with full
   * buckets.
   */
  charge(uses: readonly LimitUse[]): Promise<readonly LimitUse[]>;
  /** Returns which share of each limit is used up, from 0 to 1. */
  usedShares(uses: readonly LimitUse[]): Promise<readonly number[]>;
  /** Returns true for the first call with a name, and false for later ones. */
  claimOnce(name: string, until: Date): Promise<boolean>;
  /** The error for uses whose buckets are full. */
  rejection(uses: readonly LimitUse[]): AccountError;
  /**
   * Counts a guess before it is compared. All processes share the count. The caller must report the outcome, because a correct
   * guess is removed from the count again.
   *
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED when a bucket is full; then nothing is counted.
   */
  claim(uses: readonly LimitUse[]): Promise<ReportOutcome>;
  /**
   * Starts an attempt that is counted only if it fails. The caller must report the outcome.
   *
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED when too many attempts have failed.
   */
  attempt(uses: readonly LimitUse[]): Promise<ReportOutcome>;
  /** Empties the buckets of `counted`, and subtracts the failures that they held from the buckets of `uses`. */
  forgive(uses: readonly LimitUse[], counted: readonly LimitUse[]): Promise<void>;
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
  const rejection = (uses: readonly LimitUse[]): AccountError => {
    const buckets = uses.map(bucketOf);
    return new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', {
      limit: buckets.map(({ limit }) => describeLimit(limit)).join('; '),
      retryAfterSeconds: Math.max(1, ...buckets.map(({ endsAt }) => secondsUntil(clock.now(), endsAt))),
    });
  };

  const charge = async (uses: readonly LimitUse[]): Promise<readonly LimitUse[]> => {
    if (uses.length === 0) return [];
    const buckets = uses.map(bucketOf);
    const full = new Set((await store.charge(buckets)).map(({ key }) => key));
    return uses.filter((_, index) => full.has(buckets[index]?.key ?? ''));
  };

  const consume = async (uses: readonly LimitUse[]): Promise<void> => {
    const full = await charge(uses);
    if (full.length > 0) throw rejection(full);
  };

  return {
    consume,
    charge,
    rejection,
    async usedShares(uses) {
      const buckets = uses.map(bucketOf);
      const remaining = await store.remaining(buckets);
      return buckets.map(({ limit }, index) => 1 - (remaining[index] ?? 0) / limit.max);
    },
    async claimOnce(name, until) {
      const windowSeconds = secondsUntil(clock.now(), until);
      const limit = { name: 'once', max: 1, windowSeconds, per: 'server' } as const;
      const bucket = { key: keyedDigest.digest(['once', name]), limit, endsAt: until };
      return (await store.charge([bucket])).length === 0;
    },
    async claim(uses) {
      await consume(uses);
      const buckets = uses.map(bucketOf);
      return async (outcome) => {
        if (outcome === 'passed') await store.decrement(buckets, 1);
      };
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
      if (!release) throw rejection(uses.filter((_, index) => (remaining[index] ?? 0) <= 0));
      return async (outcome) => {
        try {
          if (outcome === 'failed') await store.increment(buckets);
        } finally {
          release();
        }
      };
    },
    forgive: async (uses, counted) => {
      const counts = await Promise.all(counted.map((each) => store.take(bucketOf(each))));
      const count = counts.reduce((sum, each) => sum + each, 0);
      if (count > 0) await store.decrement(uses.map(bucketOf), count);
    },
    close: async () => store.close(),
  };
}

const reportNothing: ReportOutcome = async () => {};

/** Counts nothing: `RATE_LIMITS=off`. */
export const unlimitedRateLimiter: RateLimiter = {
  consume: async () => {},
  charge: async () => [],
  usedShares: async (uses) => uses.map(() => 0),
  claimOnce: async () => true,
  rejection: () => new AccountError('GENERAL_RATE_LIMIT_EXCEEDED'),
  claim: async () => reportNothing,
  forgive: async () => {},
  attempt: async () => reportNothing,
  close: async () => {},
};
