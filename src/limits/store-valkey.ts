import { Redis } from 'iovalkey';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../logger.js';
import type { Bucket, LimitStore } from './store.js';

/** While the store is down, each process allows this fraction of a limit by its own count. */
const fallbackDivisor = 4;
/** A store that takes longer to respond counts as down. */
const timeoutMilliseconds = 500;

/** Counts in all keys, or in none if one of them is full. Arguments: maximum and seconds for each key. Returns full positions. */
const chargeScript = `
local full = {}
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * i - 1]) then full[#full + 1] = i end
end
if #full == 0 then
  for i, key in ipairs(KEYS) do
    if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, ARGV[2 * i]) end
  end
end
return full`;

/** Subtracts a number from each key, down to zero. Argument: the number. */
const decrementScript = `
for _, key in ipairs(KEYS) do
  local count = tonumber(redis.call('GET', key) or '0')
  if count > 0 then redis.call('DECRBY', key, math.min(count, tonumber(ARGV[1]))) end
end`;

/** Counts in Valkey or Redis, and in memory while it is down. */
export function createValkeyStore(url: string, log: Logger): LimitStore {
  const valkey = new Redis(url.replace(/^valkey:/, 'redis:'), {
    commandTimeout: timeoutMilliseconds,
    maxRetriesPerRequest: 1,
    enableAutoPipelining: true,
  });
  valkey.on('error', (error) => log.warn({ error }, 'Valkey is out of reach; counting in memory'));
  const inMemory = createMemoryStore();
  const orInMemory = <Result>(ask: Promise<Result>, fallback: () => Promise<Result>): Promise<Result> =>
    ask.catch(fallback);
  return {
    charge: (buckets) =>
      orInMemory(
        valkey
          .eval(
            chargeScript,
            buckets.length,
            ...buckets.map(keyOf),
            ...buckets.flatMap(({ limit }) => [limit.max, limit.windowSeconds]),
          )
          .then((positions) => (positions as number[]).flatMap((position) => buckets[position - 1] ?? [])),
        () => inMemory.charge(buckets),
      ),
    increment: (buckets) =>
      orInMemory(
        Promise.all(
          buckets.map(async (bucket) => {
            const count = await valkey.incr(keyOf(bucket));
            if (count === 1) await valkey.expire(keyOf(bucket), bucket.limit.windowSeconds);
          }),
        ).then(() => {}),
        () => inMemory.increment(buckets),
      ),
    decrement: (buckets, count) =>
      orInMemory(
        valkey.eval(decrementScript, buckets.length, ...buckets.map(keyOf), count).then(() => {}),
        () => inMemory.decrement(buckets, count),
      ),
    take: (bucket) =>
      orInMemory(
        valkey.getdel(keyOf(bucket)).then((count) => Number(count ?? 0)),
        () => inMemory.take(bucket),
      ),
    remaining: (buckets) =>
      orInMemory(
        valkey
          .mget(buckets.map(keyOf))
          .then((counts) => buckets.map(({ limit }, index) => limit.max - Number(counts[index] ?? 0))),
        () => inMemory.remaining(buckets),
      ),
    close: () => valkey.disconnect(),
  };
}

/** The braces keep the keys of one call on one node of a cluster. */
const keyOf = ({ key }: Bucket): string => `{gatehouse}:limit:${key}`;

/** Counts in the memory of one process. */
function createMemoryStore(): Omit<LimitStore, 'close'> {
  const limiters = new Map<string, RateLimiterMemory>();
  const limiterOf = ({ limit: { name, max, windowSeconds: duration } }: Bucket): RateLimiterMemory => {
    const limiter =
      limiters.get(name) ?? new RateLimiterMemory({ points: Math.ceil(max / fallbackDivisor), duration });
    limiters.set(name, limiter);
    return limiter;
  };
  const remainingOf = async (bucket: Bucket): Promise<number> => {
    const limiter = limiterOf(bucket);
    return (await limiter.get(bucket.key))?.remainingPoints ?? limiter.points;
  };
  const increment = async (bucket: Bucket): Promise<void> => {
    try {
      await limiterOf(bucket).consume(bucket.key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
    }
  };
  return {
    async charge(buckets) {
      const counts = await Promise.all(buckets.map(remainingOf));
      const full = buckets.filter((_, index) => (counts[index] ?? 0) <= 0);
      if (full.length === 0) await Promise.all(buckets.map(increment));
      return full;
    },
    increment: async (buckets) => void (await Promise.all(buckets.map(increment))),
    decrement: async (buckets, count) =>
      void (await Promise.all(buckets.map((bucket) => limiterOf(bucket).reward(bucket.key, count)))),
    async take(bucket) {
      const count = (await limiterOf(bucket).get(bucket.key))?.consumedPoints ?? 0;
      await limiterOf(bucket).delete(bucket.key);
      return count;
    },
    remaining: (buckets) => Promise.all(buckets.map(remainingOf)),
  };
}
