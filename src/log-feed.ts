import type { Origin } from './origin/origin.js';

/** One entry of a user's security log. */
export interface LogView {
  readonly id: string;
  readonly event: string;
  readonly userId: string;
  readonly time: Date;
  readonly actor: string;
  readonly detail: string | null;
  readonly sessionId: string | null;
  readonly origin: Origin;
}

/** The new entries of one security log, as they are written. */
export interface LogSubscription extends AsyncIterableIterator<LogView> {
  /** Completes it: entries that wait for the reader are dropped. */
  close(): void;
}

/** The user whose log is followed. */
export interface LogReader {
  readonly id: string;
  readonly lastVerifiedEmail: string | null;
  readonly lastVerifiedPhone: string | null;
}

/** The security logs that clients of this process follow. */
export interface LogFeed {
  /**
   * Follows the log of a user from now on.
   *
   * @param mayRead Whether the reader may still read: asked before each entry, and twice a second.
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED if the user, the client network or the process has too many streams open.
   */
  open(user: LogReader, clientAddress: string, mayRead: () => Promise<boolean>): Promise<LogSubscription>;
  /** How many streams are open. */
  readonly size: number;
  /** Completes all streams and opens no more. */
  close(): Promise<void>;
}
