import { batched } from '../db/batch.js';
import type { Sql } from '../db/sql.js';
import type { Bucket, LimitStore } from './store.js';

/** Counts in the database. All calls of one turn of the event loop share one statement. */
export function createPostgresStore(db: Sql): LimitStore {
  const charge = batched((calls: readonly (readonly Bucket[])[]) => chargeAll(db, calls));
  const read = batched((buckets: readonly Bucket[]) => readAll(db, buckets));
  return {
    charge,
    increment: (buckets) => incrementAll(db, buckets),
    decrement: (buckets, count) => decrementAll(db, buckets, count),
    take: (bucket) => takeAll(db, bucket),
    remaining: (buckets) =>
      Promise.all(buckets.map(async (bucket) => bucket.limit.max - (await read(bucket)))),
    close: () => {},
  };
}

interface Row {
  readonly key: string;
  readonly count: number;
}

/** Counts each call in all of its buckets, or in none, and returns the full buckets of each call. */
async function chargeAll(db: Sql, calls: readonly (readonly Bucket[])[]): Promise<Bucket[][]> {
  const entries = calls.flatMap((buckets, call) => buckets.map((bucket) => ({ call, bucket })));
  const { rows } = await db.query<{ position: number }>({
    name: 'charge-rate-limits',
    text: 'SELECT * FROM charge_rate_limits($1::int[], $2::text[], $3::int[], $4::timestamptz[])',
    values: [
      entries.map(({ call }) => call),
      entries.map(({ bucket }) => bucket.key),
      entries.map(({ bucket }) => bucket.limit.max),
      entries.map(({ bucket }) => bucket.endsAt),
    ],
  });
  const full = rows.flatMap(({ position }) => entries[position - 1] ?? []);
  return calls.map((_, call) => full.filter((entry) => entry.call === call).map(({ bucket }) => bucket));
}

async function incrementAll(db: Sql, buckets: readonly Bucket[]): Promise<void> {
  // Sorted, so that two statements do not deadlock.
  const sorted = buckets.toSorted((left, right) => (left.key < right.key ? -1 : 1));
  await db.query({
    name: 'increment-buckets',
    text: `INSERT INTO rate_limit_buckets AS b ("key", "count", "expiresAt")
      SELECT k, 1, e FROM unnest($1::text[], $2::timestamptz[]) AS a(k, e)
      ON CONFLICT ("key") DO UPDATE SET "count" = b."count" + 1`,
    values: [sorted.map(({ key }) => key), sorted.map(({ endsAt }) => endsAt)],
  });
}

async function decrementAll(db: Sql, buckets: readonly Bucket[], count: number): Promise<void> {
  await db.query({
    name: 'decrement-buckets',
    text: `UPDATE rate_limit_buckets b SET "count" = GREATEST(b."count" - $2, 0)
      FROM (SELECT "key" FROM rate_limit_buckets WHERE "key" = ANY ($1::bpchar[]) ORDER BY "key" FOR UPDATE) locked
      WHERE b."key" = locked."key"`,
    values: [buckets.map(({ key }) => key), count],
  });
}

async function takeAll(db: Sql, { key }: Bucket): Promise<number> {
  const { rows } = await db.query<Pick<Row, 'count'>>({
    name: 'take-bucket',
    text: 'DELETE FROM rate_limit_buckets WHERE "key" = $1 RETURNING "count"',
    values: [key],
  });
  return rows[0]?.count ?? 0;
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

/** Deletes buckets whose window is over. */
export async function sweepBuckets(db: Sql, now: Date): Promise<void> {
  await db.query({ text: 'DELETE FROM rate_limit_buckets WHERE "expiresAt" <= $1', values: [now] });
}
