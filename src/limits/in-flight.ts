import { ServiceUnavailable } from '../errors/unavailable.js';

/** How much work of one caller may run at the same time, and how many further tasks may wait. */
export interface InFlightLimit {
  readonly max: number;
  readonly maxWaiting: number;
}

interface Line {
  running: number;
  readonly waiting: { readonly weight: number; readonly start: () => void }[];
}

/**
 * Limits how much work one caller can have in progress. Each caller has a separate queue. Work over the limit waits there in order,
 * while the work of other callers continues.
 */
export class InFlight {
  readonly #lines = new Map<string, Line>();

  constructor(private readonly limit: InFlightLimit) {}

  /** Number of callers whose work runs or waits. */
  get callers(): number {
    return this.#lines.size;
  }

  /** Number of waiting tasks of all callers. */
  get waiting(): number {
    return [...this.#lines.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /**
   * Runs work as soon as its caller is below the limit.
   *
   * @param work Receives whether it had to wait, because data that was read before the wait may be out of date.
   * @param weight How much of the maximum the work uses. Work that is heavier than the maximum runs alone.
   * @throws {ServiceUnavailable} when too many tasks of the caller wait.
   */
  async run<Result>(
    caller: string,
    work: (hasWaited: boolean) => Promise<Result> | Result,
    weight = 1,
  ): Promise<Result> {
    // It would stay in the sum for ever.
    if (!(weight >= 0)) throw new RangeError(`The weight of a task is ${weight}.`);
    const line = this.#lines.get(caller) ?? { running: 0, waiting: [] };
    this.#lines.set(caller, line);
    const mustWait = line.waiting.length > 0 || !this.#hasRoom(line, weight);
    if (mustWait) await this.#wait(line, weight);
    else line.running += weight;
    try {
      return await work(mustWait);
    } finally {
      line.running -= weight;
      this.#startNext(caller, line);
    }
  }

  #hasRoom({ running }: Line, weight: number): boolean {
    return running === 0 || running + weight <= this.limit.max;
  }

  #wait(line: Line, weight: number): Promise<void> {
    if (line.waiting.length >= this.limit.maxWaiting)
      throw new ServiceUnavailable('Too many requests of this caller are waiting. Try again later.');
    return new Promise((start) => line.waiting.push({ weight, start }));
  }

  #startNext(caller: string, line: Line): void {
    for (let next = line.waiting[0]; next && this.#hasRoom(line, next.weight); next = line.waiting[0]) {
      line.waiting.shift();
      line.running += next.weight;
      next.start();
    }
    if (line.running === 0) this.#lines.delete(caller);
  }
}

/** Limits on the work of one user, or of one client network without a session, in one process. */
export const inFlightLimits = {
  /** Most mutations lock the row of the user. Without this limit, each waiting mutation would hold a database connection. */
  userMutations: { max: 2, maxWaiting: 1024 },
  /** Higher than for a user, because all people of an office may sign in from one address. */
  guestMutations: { max: 16, maxWaiting: 1024 },
  /** Pages of lists. */
  listReads: { max: 2, maxWaiting: 1024 },
  /** Counts of long lists. */
  listCounts: { max: 1, maxWaiting: 1024 },
  /** Bytes of large bodies that are parsed and executed for one credential. */
  executedBytes: { max: 64 * 1024, maxWaiting: 1024 },
  /**
   * Bytes of large bodies that the process has read or is reading, for one IPv4 address or IPv6 /48, and for all together. Further
   * bodies wait unread.
   */
  heldBytes: { max: 4 * 1024 * 1024, maxWaiting: 1024 },
  allHeldBytes: { max: 64 * 1024 * 1024, maxWaiting: 4096 },
} as const satisfies Record<string, InFlightLimit>;

export const createInFlightLimits = () => ({
  userMutations: new InFlight(inFlightLimits.userMutations),
  guestMutations: new InFlight(inFlightLimits.guestMutations),
  listReads: new InFlight(inFlightLimits.listReads),
  listCounts: new InFlight(inFlightLimits.listCounts),
  executedBytes: new InFlight(inFlightLimits.executedBytes),
  heldBytes: new InFlight(inFlightLimits.heldBytes),
  allHeldBytes: new InFlight(inFlightLimits.allHeldBytes),
});

export type InFlightLimits = ReturnType<typeof createInFlightLimits>;
