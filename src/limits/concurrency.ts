import { ServiceUnavailable } from '../errors/unavailable.js';

/** Attempts that may wait or run for one key at a time; a further one is answered that the server is busy. */
export const maxWaiting = 256;

/** Ends an attempt, so that the next one may run. */
export type Release = () => void;

/**
 * Bounds the attempts that run at once where only failures count: an attempt waits while those that run could, by failing,
 * use up what remains. Correct attempts are never rejected for being parallel, and wrong ones never exceed the limit.
 */
export class AttemptGate {
  readonly #queues = new Map<string, AttemptQueue>();

  /**
   * Acquires a place for every key or for none, so that no two attempts wait for each other.
   *
   * @param remaining How many failures each key has left by the shared count; asked again after each wait.
   * @returns Null when a key has none left.
   * @throws {ServiceUnavailable} when too many attempts wait.
   */
  async acquire(
    keys: readonly string[],
    remaining: () => Promise<readonly number[]>,
  ): Promise<Release | null> {
    const queues = keys.map((key) => this.#queueOf(key));
    if (queues.some(({ present }) => present >= maxWaiting))
      throw new ServiceUnavailable('Too many attempts wait for one limit.');
    for (const queue of queues) queue.present += 1;
    try {
      for (;;) {
        const finishedBefore = queues.map(({ finished }) => finished);
        const counts = await remaining();
        if (counts.some((count) => count <= 0)) return this.#remove(keys);
        // An attempt that finished meanwhile may be missing from the count and no longer runs: read the count again.
        if (queues.some(({ finished }, index) => finished !== finishedBefore[index])) continue;
        const full = queues.find(({ running }, index) => running >= (counts[index] ?? 0));
        if (!full) break;
        await full.nextFinish();
      }
    } catch (error) {
      this.#remove(keys);
      throw error;
    }
    for (const queue of queues) queue.running += 1;
    return () => {
      for (const queue of queues) queue.finish();
      this.#remove(keys);
    };
  }

  #queueOf(key: string): AttemptQueue {
    const queue = this.#queues.get(key) ?? new AttemptQueue();
    this.#queues.set(key, queue);
    return queue;
  }

  #remove(keys: readonly string[]): null {
    for (const key of keys) {
      const queue = this.#queueOf(key);
      queue.present -= 1;
      if (queue.present <= 0) this.#queues.delete(key);
    }
    return null;
  }
}

class AttemptQueue {
  /** Attempts that wait or run. */
  present = 0;
  running = 0;
  finished = 0;
  #waiting: (() => void)[] = [];

  nextFinish(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  finish(): void {
    this.running -= 1;
    this.finished += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
