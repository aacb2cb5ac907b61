import { batched } from '../db/batch.js';
import type { Sql } from '../db/sql.js';
import type { Bucket, LimitStore } from './store.js';

/** Counts in the database. All calls of one turn of the event loop share one statement. */
export function createPostgresStore(db: Sql): LimitStore {
  const increment = batched((buckets: readonly Bucket[]) => incrementAll(db, buckets));
  const read = batched((buckets: readonly Bucket[]) => readAll(db, buckets));
  const remainingOf = async ({ limit }: Bucket, count: Promise<number>) => limit.max - (await count);
  return {
    increment: (buckets) => Promise.all(buckets.map((bucket) => remainingOf(bucket, increment(bucket)))),
    decrement: (buckets) => decrementAll(db, buckets),
    remaining: (buckets) => Promise.all(buckets.map((bucket) => remainingOf(bucket, read(bucket)))),
    close: () => {},
  };
}

interface Row {
  readonly key: string;
  readonly count: number;
}

/** Adds one for each time a bucket is listed. A bucket that is listed twice returns the count after each of the two. */
async function incrementAll(db: Sql, buckets: readonly Bucket[]): Promise<number[]> {
  const additions = new Map<string, { endsAt: Date; times: number; returned: number }>();
  for (const { key, endsAt } of buckets)
    additions.set(key, { endsAt, times: (additions.get(key)?.times ?? 0) + 1, returned: 0 });
  // Sorted, so that two statements do not deadlock.
  const sorted = [...additions].sort(([left], [right]) => (left < right ? -1 : 1));
  const { rows } = await db.query<Row>({
    name: 'increment-buckets',
    text: `INSERT INTO rate_limit_buckets AS b ("key", "count", "expiresAt")
      SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[])
      ON CONFLICT ("key") DO UPDATE SET "count" = b."count" + EXCLUDED."count" RETURNING "key", "count"`,
    values: [
      sorted.map(([key]) => key),
      sorted.map(([, { times }]) => times),
      sorted.map(([, { endsAt }]) => endsAt),
    ],
  });
  const counts = new Map(rows.map(({ key, count }) => [key, count]));
  return buckets.map(({ key }) => {
    const addition = additions.get(key) ?? { times: 0, returned: 0 };
    addition.returned += 1;
    return (counts.get(key) ?? 0) - addition.times + addition.returned;
  });
}

async function decrementAll(db: Sql, buckets: readonly Bucket[]): Promise<void> {
  await db.query({
    name: 'decrement-buckets',
    text: 'UPDATE rate_limit_buckets SET "count" = "count" - 1 WHERE "key" = ANY ($1::bpchar[])',
    values: [buckets.map(({ key }) => key)],
  });
}

async function readAll(db: Sql, buckets: readonly Bucket[]): Promise<number[]> {
  const { rows } = await db.query<Row>({
    name: 'read-buckets',
    text: 'SELECT "key", "count" FROM rate_limit_buckets WHERE "key" = ANY ($1::bpchar[])',
    values: [buckets.map(({ key }) => key)],
  });
  const counts = new Map(rows.map(({ key, count }) => [key, count]));
  return buckets.map(({ key }) => counts.get(key) ?? 0);
}

/** Removes buckets whose window is over. */
export async function sweepBuckets(db: Sql, now: Date): Promise<void> {
  await db.query({ text: 'DELETE FROM rate_limit_buckets WHERE "expiresAt" <= $1', values: [now] });
}
