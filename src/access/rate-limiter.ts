import { type Clock, fromUnixSeconds, later, secondsUntil, unixSeconds } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { AccountError } from '../errors/account-error.js';
import type { CodeDigester } from '../secrets/digest.js';
import { type Budget, describeBudget } from './budget.js';
import type { Counter, Counts } from './counts.js';
import { InFlight } from './in-flight.js';

/** One point of a budget. */
export interface Draw {
  readonly budget: Budget;
  /** Whose counter, as {@link Budget.per} says, in clear; only its digest is stored. */
  readonly key: string;
}

/** Says how an attempt ended: a failed one costs a point of each of its budgets. */
export type Settle = (outcome: 'passed' | 'failed') => Promise<void>;

/** Counts what happens against budgets. */
export interface RateLimiter {
  /**
   * Draws points, before the work they pay for.
   *
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED with `retryAfterSeconds` until the window ends.
   */
  draw(draws: readonly Draw[]): Promise<void>;
  /**
   * Lets an attempt begin of which only a failure costs a point. Whoever asks must settle it.
   *
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED when too many have failed.
   */
  attempt(draws: readonly Draw[]): Promise<Settle>;
  close(): Promise<void>;
}

interface World {
  readonly clock: Clock;
  /** Every budget has so many times its points. */
  readonly factor: number;
  readonly codes: CodeDigester;
  readonly counts: Counts;
}

/** Holds what happens against the counts. */
export function createRateLimiter({ clock, codes, counts, factor }: World): RateLimiter {
  const inFlight = new InFlight();

  /** The window follows our clock; the store's own expiry only sweeps. */
  const counterOf = ({ budget, key }: Draw): Counter => {
    const window = Math.floor(unixSeconds(clock.now()) / budget.windowSeconds);
    return {
      key: codes.digest([budget.name, key, String(window)]),
      budget: { ...budget, points: budget.points * factor },
      endsAt: later(fromUnixSeconds(window * budget.windowSeconds), budget.windowSeconds),
    };
  };
  /** The longest wait of those that are used up. */
  const refusal = (counters: readonly Counter[]): AccountError =>
    new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', {
      limit: counters.map(({ budget }) => describeBudget(budget)).join('; '),
      retryAfterSeconds: Math.max(1, ...counters.map(({ endsAt }) => secondsUntil(clock.now(), endsAt))),
    });

  return {
    async draw(draws) {
      if (draws.length === 0) return;
      const counters = draws.map(counterOf);
      const left = await counts.draw(counters);
      const empty = counters.filter((_, index) => (left[index] ?? 0) < 0);
      if (empty.length > 0) throw refusal(empty);
    },
    async attempt(draws) {
      if (draws.length === 0) return settled;
      const counters = draws.map(counterOf);
      let left: readonly number[] = [];
      const leave = await inFlight.enter(
        counters.map(({ key }) => key),
        async () => {
          left = await counts.left(counters);
          return left;
        },
      );
      if (!leave) throw refusal(counters.filter((_, index) => (left[index] ?? 0) <= 0));
      return async (outcome) => {
        try {
          if (outcome === 'failed') await counts.draw(counters);
        } finally {
          leave();
        }
      };
    },
    close: async () => counts.close(),
  };
}

const settled: Settle = async () => {};

/** Counts nothing: `RATE_LIMITS=off`. */
export const noRateLimiter: RateLimiter = {
  draw: async () => {},
  attempt: async () => settled,
  close: async () => {},
};

/** Removes counters whose window is over. */
export async function forgetCounts(db: Sql, now: Date): Promise<void> {
  await db.query({ text: 'DELETE FROM rate_limits WHERE "expire" <= $1', values: [now.getTime()] });
}
