import { type Clock, fromUnixSeconds, hours, minutes, unixSeconds } from './clock.js';

/** What happened in a quarter of an hour. */
export interface ActivitySample {
  readonly at: Date;
  readonly signIns: number;
  readonly failures: number;
  /** Messages that waited, at most. */
  readonly waiting: number;
}

/** The last day of this process, for the console. */
export interface Activity {
  /** Counts an attempt to sign in. */
  signIn(succeeded: boolean): void;
  /** Takes note of how many messages wait. */
  queued(waiting: number): void;
  /** Oldest first, one for each quarter of an hour. */
  history(): ActivitySample[];
}

const step = minutes(15);
/** Samples of a day. */
export const activitySteps = hours(24) / step;

export function createActivity(clock: Clock): Activity {
  const counts = new Map<number, { signIns: number; failures: number; waiting: number }>();
  const stepNow = (): number => Math.floor(unixSeconds(clock.now()) / step);
  const current = () => {
    const now = stepNow();
    for (const past of counts.keys()) if (past <= now - activitySteps) counts.delete(past);
    const sample = counts.get(now) ?? { signIns: 0, failures: 0, waiting: 0 };
    counts.set(now, sample);
    return sample;
  };
  return {
    signIn(succeeded) {
      const sample = current();
      if (succeeded) sample.signIns += 1;
      else sample.failures += 1;
    },
    queued(waiting) {
      const sample = current();
      sample.waiting = Math.max(sample.waiting, waiting);
    },
    history() {
      const now = stepNow();
      return Array.from({ length: activitySteps }, (_, index) => {
        const at = now - activitySteps + 1 + index;
        const { signIns = 0, failures = 0, waiting = 0 } = counts.get(at) ?? {};
        return { at: fromUnixSeconds(at * step), signIns, failures, waiting };
      });
    },
  };
}
