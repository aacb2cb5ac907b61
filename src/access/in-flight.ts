import { Unavailable } from '../errors/unavailable.js';

/** Attempts of one key that wait for a place at one time; one more is told that the server is busy. */
export const mostAttempts = 256;

/** Gives the place back. */
export type Leave = () => void;

/**
 * Bounds what is under way where only failures count: an attempt waits while those before it could, by failing, use up what
 * is left. So right answers are never refused for being many at once, and wrong ones never get past their number.
 */
export class InFlight {
  readonly #gates = new Map<string, Gate>();

  /**
   * Takes a place of every key, or of none: so no two attempts can wait for each other.
   *
   * @param left How many failures each key has left by the shared count; asked for again after each wait.
   * @returns Null when one has nothing left.
   * @throws {Unavailable} when too many wait.
   */
  async enter(keys: readonly string[], left: () => Promise<readonly number[]>): Promise<Leave | null> {
    const gates = keys.map((key) => this.#gateOf(key));
    if (gates.some(({ present }) => present >= mostAttempts))
      throw new Unavailable('Too many attempts wait for one limit.');
    for (const gate of gates) gate.present += 1;
    try {
      for (;;) {
        const seen = gates.map(({ settled }) => settled);
        const remaining = await left();
        if (remaining.some((points) => points <= 0)) return this.#depart(keys);
        // What was settled meanwhile may be missing from the count, and is no longer under way.
        if (gates.some(({ settled }, index) => settled !== seen[index])) continue;
        const full = gates.find(({ underWay }, index) => underWay >= (remaining[index] ?? 0));
        if (!full) break;
        await full.next();
      }
    } catch (error) {
      this.#depart(keys);
      throw error;
    }
    for (const gate of gates) gate.underWay += 1;
    return () => {
      for (const gate of gates) gate.settle();
      this.#depart(keys);
    };
  }

  #gateOf(key: string): Gate {
    const gate = this.#gates.get(key) ?? new Gate();
    this.#gates.set(key, gate);
    return gate;
  }

  #depart(keys: readonly string[]): null {
    for (const key of keys) {
      const gate = this.#gateOf(key);
      gate.present -= 1;
      if (gate.present <= 0) this.#gates.delete(key);
    }
    return null;
  }
}

class Gate {
  /** Attempts that wait or are under way. */
  present = 0;
  underWay = 0;
  settled = 0;
  #waiting: (() => void)[] = [];

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  settle(): void {
    this.underWay -= 1;
    this.settled += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
