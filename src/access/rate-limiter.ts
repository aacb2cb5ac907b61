import { isIPv6 } from 'node:net';
import { Redis } from 'ioredis';
import ipaddr from 'ipaddr.js';
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

/** While the store is down, each process lets this share of a budget pass on its own count. */
const insuranceShare = 4;
/** A store that takes longer is down. */
const patienceMilliseconds = 500;

/** Counts what happens against budgets. */
export interface RateLimiter {
  /**
   * Draws one point, before the work it pays for.
   *
   * @param key Whose counter, as {@link Budget.per} says, in clear; only its digest is stored.
   * @returns What gives the point back, to the window it was drawn from.
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED with `retryAfterSeconds` until the window ends.
   */
  draw(budget: Budget, key: string): Promise<Refund>;
  close(): Promise<void>;
}

/** Gives one point back. */
export type Refund = () => Promise<void>;

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

  return {
    async draw(budget, key) {
      const { stored, endsAt } = keyIn(budget, key);
      try {
        await counterOf(budget).consume(stored);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', {
          retryAfterSeconds: Math.max(1, secondsUntil(world.clock.now(), endsAt)),
        });
      }
      return async () => void (await counterOf(budget).reward(stored));
    },
    async close() {
      valkey?.disconnect();
    },
  };
}

/** Counts nothing: `RATE_LIMITS=off`. */
export const noRateLimiter: RateLimiter = {
  draw: async () => async () => {},
  close: async () => {},
};

/** What counts as one client address: an IPv6 customer gets a /64, so its addresses count together. */
export function addressGroup(ip: string): string {
  if (!isIPv6(ip)) return ip;
  return ipaddr.IPv6.parse(ip)
    .parts.slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}
