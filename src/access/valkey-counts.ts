import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../logger.js';
import type { Counter, Counts } from './counts.js';

/** While the store is down, each process lets this share of a budget pass on its own count. */
const insuranceShare = 4;
/** A store that takes longer is down. */
const patienceMilliseconds = 500;

/** Counts in Valkey or Redis, and in memory while it is down. */
export function valkeyCounts(url: string, log: Logger): Counts {
  const valkey = new Redis(url.replace(/^valkey:/, 'redis:'), {
    commandTimeout: patienceMilliseconds,
    maxRetriesPerRequest: 1,
    enableAutoPipelining: true,
  });
  valkey.on('error', (error) => log.warn({ error }, 'Valkey is out of reach; counting in memory'));
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = ({ budget: { name, points, windowSeconds: duration } }: Counter): RateLimiterRedis => {
    const known = limiters.get(name);
    if (known) return known;
    const insuranceLimiter = new RateLimiterMemory({ points: Math.ceil(points / insuranceShare), duration });
    const limiter = new RateLimiterRedis({
      storeClient: valkey,
      keyPrefix: name,
      points,
      duration,
      insuranceLimiter,
    });
    limiters.set(name, limiter);
    return limiter;
  };
  const draw = async (counter: Counter): Promise<number> => {
    try {
      return (await limiterOf(counter).consume(counter.key)).remainingPoints;
    } catch (error) {
      if (error instanceof RateLimiterRes) return -1;
      throw error;
    }
  };
  const left = async (counter: Counter): Promise<number> =>
    (await limiterOf(counter).get(counter.key))?.remainingPoints ?? counter.budget.points;
  return {
    draw: (counters) => Promise.all(counters.map(draw)),
    left: (counters) => Promise.all(counters.map(left)),
    close: () => valkey.disconnect(),
  };
}
