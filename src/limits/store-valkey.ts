import { Redis } from 'iovalkey';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../logger.js';
import type { Bucket, LimitStore } from './store.js';

/** While the store is down, each process allows this fraction of a limit by its own count. */
const fallbackDivisor = 4;
/** A store that takes longer to respond counts as down. */
const timeoutMilliseconds = 500;

/** Counts in Valkey or Redis, and in memory while it is down. */
export function createValkeyStore(url: string, log: Logger): LimitStore {
  const valkey = new Redis(url.replace(/^valkey:/, 'redis:'), {
    commandTimeout: timeoutMilliseconds,
    maxRetriesPerRequest: 1,
    enableAutoPipelining: true,
  });
  valkey.on('error', (error) => log.warn({ error }, 'Valkey is out of reach; counting in memory'));
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = ({ limit: { name, max, windowSeconds: duration } }: Bucket): RateLimiterRedis => {
    const known = limiters.get(name);
    if (known) return known;
    const insuranceLimiter = new RateLimiterMemory({ points: Math.ceil(max / fallbackDivisor), duration });
    const limiter = new RateLimiterRedis({
      storeClient: valkey,
      keyPrefix: name,
      points: max,
      duration,
      insuranceLimiter,
    });
    limiters.set(name, limiter);
    return limiter;
  };
  const increment = async (bucket: Bucket): Promise<number> => {
    try {
      return (await limiterOf(bucket).consume(bucket.key)).remainingPoints;
    } catch (error) {
      if (error instanceof RateLimiterRes) return -1;
      throw error;
    }
  };
  const remaining = async (bucket: Bucket): Promise<number> =>
    (await limiterOf(bucket).get(bucket.key))?.remainingPoints ?? bucket.limit.max;
  return {
    increment: (buckets) => Promise.all(buckets.map(increment)),
    decrement: async (buckets) =>
      void (await Promise.all(buckets.map((bucket) => limiterOf(bucket).reward(bucket.key)))),
    remaining: (buckets) => Promise.all(buckets.map(remaining)),
    close: () => valkey.disconnect(),
  };
}
