import { type Clock, minutes } from '../clock.js';
import type { Logger } from '../logger.js';
import type { Database } from './database.js';

const intervalSeconds = minutes(5);

/** Removes what a room holds and nobody needs any more. */
export type Sweep = (db: Database, now: Date) => Promise<void>;

interface SweeperDeps {
  readonly clock: Clock;
  readonly db: Database;
  readonly log: Logger;
  /** Each room that stores what ends. */
  readonly sweeps: readonly Sweep[];
}

/** Lets every room remove what has ended: it no longer counts, and only takes room. */
export function createSweeper({ clock, db, log, sweeps }: SweeperDeps) {
  const sweep = async (): Promise<void> => {
    const now = clock.now();
    for (const forget of sweeps) await forget(db, now);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    sweep,
    start(): void {
      timer = setInterval(
        () => void sweep().catch((error: unknown) => log.warn({ error }, 'what has ended was not removed')),
        intervalSeconds * 1000,
      ).unref();
    },
    stop: (): void => clearInterval(timer),
  };
}
