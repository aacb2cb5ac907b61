import { batched } from '../db/batch.js';
import type { Sql } from '../db/sql.js';
import type { Budget } from './budget.js';

/** A counter of one key in one window of a budget. */
export interface Counter {
  /** A digest, of the window, too: a new window is a new counter. */
  readonly key: string;
  readonly budget: Budget;
  readonly endsAt: Date;
}

/** Counts that every process shares. */
export interface Counts {
  /** Adds one to each, and answers how many are left then: below zero where there was none. */
  draw(counters: readonly Counter[]): Promise<readonly number[]>;
  left(counters: readonly Counter[]): Promise<readonly number[]>;
  close(): void;
}

/** Counts in the database: all that is asked in one turn of the event loop in one statement. */
export function databaseCounts(db: Sql): Counts {
  const add = batched((counters: readonly Counter[]) => addAll(db, counters));
  const read = batched((counters: readonly Counter[]) => readAll(db, counters));
  const less = async ({ budget }: Counter, drawn: Promise<number>) => budget.points - (await drawn);
  return {
    draw: (counters) => Promise.all(counters.map((counter) => less(counter, add(counter)))),
    left: (counters) => Promise.all(counters.map((counter) => less(counter, read(counter)))),
    close: () => {},
  };
}

interface Row {
  readonly key: string;
  readonly points: number;
}

/** The sum of each counter after one was added. One that comes twice tells each which it was. */
async function addAll(db: Sql, counters: readonly Counter[]): Promise<number[]> {
  const drawn = new Map<string, { endsAt: Date; times: number; turn: number }>();
  for (const { key, endsAt } of counters)
    drawn.set(key, { endsAt, times: (drawn.get(key)?.times ?? 0) + 1, turn: 0 });
  // In one order, or two statements could wait for each other.
  const sorted = [...drawn].sort(([left], [right]) => (left < right ? -1 : 1));
  const { rows } = await db.query<Row>({
    name: 'add-to-counters',
    text: `INSERT INTO rate_limits AS c ("key", "points", "expire")
      SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[])
      ON CONFLICT ("key") DO UPDATE SET "points" = c."points" + EXCLUDED."points" RETURNING "key", "points"`,
    values: [
      sorted.map(([key]) => key),
      sorted.map(([, { times }]) => times),
      sorted.map(([, { endsAt }]) => endsAt.getTime()),
    ],
  });
  const sums = new Map(rows.map(({ key, points }) => [key, points]));
  return counters.map(({ key }) => {
    const mine = drawn.get(key) ?? { times: 0, turn: 0 };
    mine.turn += 1;
    return (sums.get(key) ?? 0) - mine.times + mine.turn;
  });
}

async function readAll(db: Sql, counters: readonly Counter[]): Promise<number[]> {
  const { rows } = await db.query<Row>({
    name: 'read-counters',
    text: 'SELECT "key", "points" FROM rate_limits WHERE "key" = ANY ($1::text[])',
    values: [counters.map(({ key }) => key)],
  });
  const sums = new Map(rows.map(({ key, points }) => [key, points]));
  return counters.map(({ key }) => sums.get(key) ?? 0);
}
