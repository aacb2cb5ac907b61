import { setTimeout as pause } from 'node:timers/promises';
import type { LogSubscription, LogView } from '../../log-feed.js';

/** Entries that may wait for a reader; a reader that falls further behind is disconnected. */
export const maxWaitingLogs = 100;
const retryMilliseconds = 500;
/** Ids that are remembered, so that an entry that is read twice is delivered once. */
const maxRemembered = 500;

/** The log stream of one reader. It is not a generator, because a generator that waits for a value cannot be closed. */
export class LogStream implements LogSubscription {
  readonly #entries: LogView[] = [];
  readonly #seen = new Set<string>();
  #reader: ((result: IteratorResult<LogView>) => void) | null = null;
  #isClosed = false;

  /**
   * @param since Older entries are not delivered.
   * @param mayRead Whether the reader may still read; asked before each entry.
   */
  constructor(
    private readonly since: Date,
    private readonly mayRead: () => Promise<boolean>,
    private readonly onClose: () => void,
  ) {}

  push(entry: LogView): void {
    if (this.#isClosed || this.#seen.has(entry.id) || entry.time < this.since) return;
    this.#seen.add(entry.id);
    if (this.#seen.size > maxRemembered) this.#seen.delete(this.#seen.values().next().value ?? '');
    if (this.#reader) {
      this.#reader({ value: entry, done: false });
      this.#reader = null;
    } else if (this.#entries.push(entry) > maxWaitingLogs) this.close();
  }

  async next(): Promise<IteratorResult<LogView>> {
    const result = await this.#takeEntry();
    if (!result.done) await this.#waitForPermission();
    return this.#isClosed ? { value: undefined, done: true } : result;
  }

  #takeEntry(): Promise<IteratorResult<LogView>> {
    const entry = this.#entries.shift();
    if (entry) return Promise.resolve({ value: entry, done: false });
    if (this.#isClosed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  /** Closes the stream if the reader may no longer read. */
  async closeIfForbidden(): Promise<void> {
    if (!(await this.mayRead())) this.close();
  }

  /** Checks before an entry is delivered. While the database is unavailable, nothing is delivered. */
  async #waitForPermission(): Promise<void> {
    while (!this.#isClosed) {
      try {
        return await this.closeIfForbidden();
      } catch {
        await pause(retryMilliseconds);
      }
    }
  }

  /** Completes the stream: entries that wait are dropped. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#entries.length = 0;
    this.#reader?.({ value: undefined, done: true });
    this.#reader = null;
    this.onClose();
  }

  async return(): Promise<IteratorResult<LogView>> {
    this.close();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
