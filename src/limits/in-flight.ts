import { ServiceUnavailable } from '../errors/unavailable.js';

/** How much work of one caller may run at the same time, and how much may wait for it. */
export interface InFlightLimit {
  readonly max: number;
  readonly maxWaiting: number;
}

interface Line {
  running: number;
  readonly waiting: { readonly weight: number; readonly start: () => void }[];
}

/**
 * Bounds what one caller can have in flight. Each caller has a line of its own: what is over the limit waits there, in order, while
 * the work of other callers goes ahead.
 */
export class InFlight {
  readonly #lines = new Map<string, Line>();

  constructor(private readonly limit: InFlightLimit) {}

  /** Callers with work that runs or waits. */
  get callers(): number {
    return this.#lines.size;
  }

  /** Work that waits, of all callers. */
  get waiting(): number {
    return [...this.#lines.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /**
   * Runs work when its caller has room for it.
   *
   * @param work Is told whether it had to wait: what was read before may be out of date.
   * @param weight How much of the maximum it takes; work that is heavier than the maximum runs alone.
   * @throws {ServiceUnavailable} when too much of the caller's work waits.
   */
  async run<Result>(
    caller: string,
    work: (hasWaited: boolean) => Promise<Result> | Result,
    weight = 1,
  ): Promise<Result> {
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
      throw new ServiceUnavailable('Too many requests of one caller wait.');
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

/** What one user, or one client network without a session, can have in flight in one process. */
export const inFlightLimits = {
  /** Most lock the row of the user, and would hold a connection to the database while they wait. */
  userMutations: { max: 2, maxWaiting: 1024 },
  /** More than for a user, because an office signs in behind one address. */
  guestMutations: { max: 16, maxWaiting: 1024 },
  /** Pages of lists. */
  listReads: { max: 2, maxWaiting: 1024 },
  /** Long lists that are counted. */
  listCounts: { max: 1, maxWaiting: 1024 },
  /** Bytes of large bodies that are parsed and executed for one credential. */
  executedBytes: { max: 64 * 1024, maxWaiting: 1024 },
  /** Bytes of large bodies that are read or wait for their turn: of one client network, and of all. Further bodies wait unread. */
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
