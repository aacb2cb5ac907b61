import { Unavailable } from '../errors/unavailable.js';

/** Attempts of one key that wait for a place at one time; one more is told that the server is busy. */
const mostWaiting = 256;

/** Gives the place back. */
export type Leave = () => void;

/**
 * Bounds what is under way where only failures count: an attempt waits while those before it could, by failing, use up what
 * is left. So right answers are never refused for being many at once, and wrong ones never get past their number.
 */
export class InFlight {
  readonly #gates = new Map<string, Gate>();

  /**
   * Takes a place.
   *
   * @param left How many failures the key has left by the shared count; asked for again after each wait.
   * @returns Null when nothing is left.
   * @throws {Unavailable} when too many wait.
   */
  async enter(key: string, left: () => Promise<number>): Promise<Leave | null> {
    const gate = this.#gates.get(key) ?? new Gate();
    this.#gates.set(key, gate);
    if (gate.present >= mostWaiting) throw new Unavailable('Too many attempts wait for one limit.');
    gate.present += 1;
    try {
      for (;;) {
        const seen = gate.settled;
        const remaining = await left();
        if (remaining <= 0) return this.#depart(key, gate);
        // What was settled meanwhile may be missing from the count, and is no longer under way.
        if (gate.settled !== seen) continue;
        if (gate.underWay < remaining) break;
        await gate.next();
      }
    } catch (error) {
      this.#depart(key, gate);
      throw error;
    }
    gate.underWay += 1;
    return () => {
      gate.underWay -= 1;
      gate.settle();
      this.#depart(key, gate);
    };
  }

  #depart(key: string, gate: Gate): null {
    gate.present -= 1;
    if (gate.present === 0) this.#gates.delete(key);
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
    this.settled += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
