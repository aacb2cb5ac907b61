import { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterStoreAbstract,
} from 'rate-limiter-flexible';
import { type Clock, fromUnixSeconds, later, secondsUntil, unixSeconds } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { AccountError } from '../errors/account-error.js';
import type { Logger } from '../logger.js';
import type { CodeDigester } from '../secrets/digest.js';
import type { Budget } from './budget.js';
import { InFlight } from './in-flight.js';

/** While the store is down, each process lets this share of a budget pass on its own count. */
const insuranceShare = 4;
/** A store that takes longer is down. */
const patienceMilliseconds = 500;

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
  readonly db: Sql;
  readonly clock: Clock;
  readonly codes: CodeDigester;
  readonly log: Logger;
}

/** Counts in Valkey where its URL is given, else in the database. */
export function createRateLimiter(world: World, valkeyUrl: string | undefined): RateLimiter {
  const valkey = valkeyUrl
    ? new Redis(valkeyUrl.replace(/^valkey:/, 'redis:'), {
        commandTimeout: patienceMilliseconds,
        maxRetriesPerRequest: 1,
      })
    : null;
  valkey?.on('error', (error) => world.log.warn({ error }, 'Valkey is out of reach; counting in memory'));
  const counters = new Map<string, RateLimiterStoreAbstract>();

  const counterOf = ({ name, points, windowSeconds }: Budget): RateLimiterStoreAbstract => {
    const made = counters.get(name);
    if (made) return made;
    const insurance = new RateLimiterMemory({
      points: Math.ceil(points / insuranceShare),
      duration: windowSeconds,
    });
    const common = { points, duration: windowSeconds, keyPrefix: name, insuranceLimiter: insurance };
    const counter = valkey
      ? new RateLimiterRedis({ ...common, storeClient: valkey })
      : new RateLimiterPostgres({
          ...common,
          storeClient: { query: world.db.query },
          storeType: 'client',
          tableName: 'rate_limits',
          tableCreated: true,
          clearExpiredByTimeout: false,
        });
    counters.set(name, counter);
    return counter;
  };

  /** The window is part of the key: it follows our clock, and the store's own expiry only sweeps. */
  const keyIn = (budget: Budget, key: string): { stored: string; endsAt: Date } => {
    const now = world.clock.now();
    const window = Math.floor(unixSeconds(now) / budget.windowSeconds);
    return {
      stored: world.codes.digest([budget.name, key, String(window)]),
      endsAt: later(fromUnixSeconds(window * budget.windowSeconds), budget.windowSeconds),
    };
  };

  const inFlight = new InFlight();

  const refusal = (endsAt: Date): AccountError =>
    new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', {
      retryAfterSeconds: Math.max(1, secondsUntil(world.clock.now(), endsAt)),
    });

  const enter = async ({ budget, key }: Draw): Promise<Settle> => {
    const counter = counterOf(budget);
    const { stored, endsAt } = keyIn(budget, key);
    const leave = await inFlight.enter(stored, async () => {
      const spent = await counter.get(stored);
      return budget.points - (spent?.consumedPoints ?? 0);
    });
    if (!leave) throw refusal(endsAt);
    return async (outcome) => {
      try {
        if (outcome === 'failed') await counter.penalty(stored);
      } finally {
        leave();
      }
    };
  };

  return {
    async draw(draws) {
      for (const { budget, key } of draws) {
        const { stored, endsAt } = keyIn(budget, key);
        try {
          await counterOf(budget).consume(stored);
        } catch (error) {
          throw error instanceof RateLimiterRes ? refusal(endsAt) : error;
        }
      }
    },
    async attempt(draws) {
      const entered: Settle[] = [];
      const settle: Settle = async (outcome) => {
        await Promise.all(entered.map((one) => one(outcome)));
      };
      try {
        for (const draw of draws) entered.push(await enter(draw));
      } catch (error) {
        await settle('passed');
        throw error;
      }
      return settle;
    },
    async close() {
      valkey?.disconnect();
    },
  };
}

/** Counts nothing: `RATE_LIMITS=off`. */
export const noRateLimiter: RateLimiter = {
  draw: async () => {},
  attempt: async () => async () => {},
  close: async () => {},
};

/** Removes counters whose window is over. */
export async function forgetCounts(db: Sql, now: Date): Promise<void> {
  await db.query({ text: 'DELETE FROM rate_limits WHERE "expire" <= $1', values: [now.getTime()] });
}
