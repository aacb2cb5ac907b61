import { type Clock, fromUnixSeconds, hours, later, minutes, unixSeconds } from './clock.js';
import type { Sql } from './db/sql.js';
import type { Logger } from './logger.js';

/** The counts of 15 minutes. */
interface Counts {
  readonly signIns: number;
  readonly failures: number;
  /** The largest number of messages that waited. */
  readonly waiting: number;
}

export interface ActivitySample extends Counts {
  readonly at: Date;
}

/** The last 24 hours of all processes, for the console. */
export interface Activity {
  /** Counts an attempt to sign in. */
  signIn(succeeded: boolean): void;
  /** Notes how many messages wait. */
  queued(waiting: number): void;
  /** Returns one sample for each 15 minutes, oldest first. */
  history(): Promise<ActivitySample[]>;
  /** Stores what was counted since the last time. */
  save(): Promise<void>;
  close(): Promise<void>;
}

const step = minutes(15);
export const activitySteps = hours(24) / step;
/** The counts of other processes are this old at most. A crash loses no more than these seconds. */
export const activitySaveSeconds = 10;

/** Counts in memory and adds the counts to the table from time to time, so that no sign-in waits for it. */
export function createActivity({
  clock,
  db,
  log,
}: {
  readonly clock: Clock;
  readonly db: Sql;
  readonly log: Logger;
}): Activity {
  let unsaved = new Map<number, Counts>();
  const stepNow = (): number => Math.floor(unixSeconds(clock.now()) / step);
  const add = (at: number, { signIns = 0, failures = 0, waiting = 0 }: Partial<Counts>): void => {
    const counts = unsaved.get(at) ?? { signIns: 0, failures: 0, waiting: 0 };
    unsaved.set(at, {
      signIns: counts.signIns + signIns,
      failures: counts.failures + failures,
      waiting: Math.max(counts.waiting, waiting),
    });
  };
  const save = async (): Promise<void> => {
    if (unsaved.size === 0) return;
    const saving = unsaved;
    unsaved = new Map();
    try {
      await addToTable(db, saving);
    } catch (error) {
      // The database may be away for long: only the steps that the console shows are kept.
      for (const [at, counts] of saving) if (at > stepNow() - activitySteps) add(at, counts);
      throw error;
    }
  };
  const trySave = (): Promise<void> =>
    save().catch((error: unknown) => log.debug({ error }, 'cannot store the activity; trying again'));
  const timer = setInterval(() => void trySave(), activitySaveSeconds * 1000).unref();
  return {
    signIn: (succeeded) => add(stepNow(), succeeded ? { signIns: 1 } : { failures: 1 }),
    queued: (waiting) => add(stepNow(), { waiting }),
    async history() {
      await save();
      const first = stepNow() - activitySteps + 1;
      const stored = await readTable(db, fromUnixSeconds(first * step));
      return Array.from({ length: activitySteps }, (_, index) => {
        const at = fromUnixSeconds((first + index) * step);
        const { signIns = 0, failures = 0, waiting = 0 } = stored.get(at.getTime()) ?? {};
        return { at, signIns, failures, waiting };
      });
    },
    save,
    async close() {
      clearInterval(timer);
      await trySave();
    },
  };
}

async function addToTable(db: Sql, counts: ReadonlyMap<number, Counts>): Promise<void> {
  // Sorted, so that two processes do not deadlock.
  const steps = [...counts].toSorted(([left], [right]) => left - right);
  await db.query({
    name: 'add-activity',
    text: `INSERT INTO activity AS a ("startedAt", "signIns", "failures", "waiting")
      SELECT * FROM unnest($1::timestamptz[], $2::int[], $3::int[], $4::int[])
      ON CONFLICT ("startedAt") DO UPDATE SET "signIns" = a."signIns" + excluded."signIns",
        "failures" = a."failures" + excluded."failures", "waiting" = GREATEST(a."waiting", excluded."waiting")`,
    values: [
      steps.map(([at]) => fromUnixSeconds(at * step)),
      steps.map(([, { signIns }]) => signIns),
      steps.map(([, { failures }]) => failures),
      steps.map(([, { waiting }]) => waiting),
    ],
  });
}

/** Reads the counts since a time, by the start of their 15 minutes in milliseconds. */
async function readTable(db: Sql, since: Date): Promise<Map<number, Counts>> {
  const { rows } = await db.query<Counts & { startedAt: Date }>({
    name: 'read-activity',
    text: 'SELECT "startedAt", "signIns", "failures", "waiting" FROM activity WHERE "startedAt" >= $1',
    values: [since],
  });
  return new Map(rows.map(({ startedAt, ...counts }) => [startedAt.getTime(), counts]));
}

export async function sweepActivity(db: Sql, now: Date): Promise<void> {
  await db.query({
    text: 'DELETE FROM activity WHERE "startedAt" <= $1',
    values: [later(now, -hours(25))],
  });
}
