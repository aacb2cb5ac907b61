import { setTimeout as pause } from 'node:timers/promises';
import type { LogView } from './service.js';

/** Lines that wait for a reader; one that does not read is cut off. */
export const maxWaitingLogs = 100;
const retryMilliseconds = 500;
/** Ids that are remembered, so that a line that is heard of twice comes once. */
const maxRemembered = 500;

/** One reader of a log. Not a generator: one that waits for its next line could not be ended. */
export class LogStream implements AsyncIterableIterator<LogView> {
  readonly #lines: LogView[] = [];
  readonly #seen = new Set<string>();
  #reader: ((result: IteratorResult<LogView>) => void) | null = null;
  #isClosed = false;

  /**
   * @param since Older lines are not its to tell.
   * @param mayRead Whether its reader may be told, asked before each line.
   */
  constructor(
    private readonly since: Date,
    private readonly mayRead: () => Promise<boolean>,
    private readonly onClose: () => void,
  ) {}

  push(line: LogView): void {
    if (this.#isClosed || this.#seen.has(line.id) || line.time < this.since) return;
    this.#seen.add(line.id);
    if (this.#seen.size > maxRemembered) this.#seen.delete(this.#seen.values().next().value ?? '');
    if (this.#reader) {
      this.#reader({ value: line, done: false });
      this.#reader = null;
    } else if (this.#lines.push(line) > maxWaitingLogs) this.close();
  }

  async next(): Promise<IteratorResult<LogView>> {
    const result = await this.#take();
    if (!result.done) await this.#ask();
    return this.#isClosed ? { value: undefined, done: true } : result;
  }

  #take(): Promise<IteratorResult<LogView>> {
    const line = this.#lines.shift();
    if (line) return Promise.resolve({ value: line, done: false });
    if (this.#isClosed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  /** Ends it where its reader may not be told any more. */
  async look(): Promise<void> {
    if (!(await this.mayRead())) this.close();
  }

  /** The same before a line is told. While the database is away nobody knows, and nothing is told. */
  async #ask(): Promise<void> {
    while (!this.#isClosed) {
      try {
        return await this.look();
      } catch {
        await pause(retryMilliseconds);
      }
    }
  }

  /** Ends it: what waits is not told any more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#lines.length = 0;
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
