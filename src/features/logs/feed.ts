import { maxOpenStreams } from '../../limits/limits.js';
import { networkOf } from '../../limits/key.js';
import { later } from '../../clock.js';
import type { ChannelSubscription } from '../../db/database.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { ServiceUnavailable } from '../../errors/unavailable.js';
import { newRowId } from '../../ids.js';
import {
  deleteListener,
  type LogView,
  logChannel,
  findLogsByIds,
  findLogsSince,
  registerListener,
} from './service.js';
import { LogStream } from './stream.js';

/** The security logs that somebody follows in this process. */
export interface LogFeed {
  /**
   * Follows the log of a user from now on.
   *
   * @param mayRead Whether its reader may be told: asked before each line, and all the time.
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED where the user or the address has as many open as they may.
   */
  open(userId: string, clientAddress: string, mayRead: () => Promise<boolean>): Promise<LogStream>;
  /** How many are open. */
  readonly size: number;
  /** Completes all, and opens no more. */
  close(): Promise<void>;
}

/** Lines that a transaction was about to write when this process began to listen, or lost touch, are read after so long. */
const catchUpMilliseconds = 2000;
/** And looked for again from time to time, that far back. */
const lookBackSeconds = 20;

/** A session that has ended is noticed by then, though no line is written. Those of all streams are asked for together. */
const lookMilliseconds = 500;

/** One event source for all streams of this process: what is notified, and what is read where something may have been missed. */
export function createLogFeed({ clock, db, log }: Pick<Deps, 'clock' | 'db' | 'log'>): LogFeed {
  const id = newRowId(clock.now());
  const byUser = new Map<string, Set<LogStream>>();
  const counts = new Map<string, number>();
  let hearing: Promise<ChannelSubscription> | undefined;
  let rounds: NodeJS.Timeout | undefined;
  let closed = false;
  let wanted: string[] = [];

  const deliver = (lines: readonly LogView[]): void => {
    for (const line of lines) for (const stream of byUser.get(line.userId) ?? []) stream.push(line);
  };
  const failed = (error: unknown) => log.warn({ error }, 'the security log could not be followed');

  const onNotification = (payload: string): void => {
    const [userId = '', lineId = ''] = payload.split(' ');
    if (!byUser.has(userId)) return;
    wanted.push(lineId);
    // Those of one turn are read together.
    if (wanted.length === 1) setImmediate(() => void readWanted());
  };
  const readWanted = async (): Promise<void> => {
    const ids = wanted;
    wanted = [];
    try {
      deliver(await findLogsByIds(db, ids));
    } catch (error) {
      failed(error);
      soon();
    }
  };
  const catchUp = async (): Promise<void> => {
    if (byUser.size === 0) return;
    const since = later(clock.now(), -lookBackSeconds);
    deliver(await findLogsSince(db, [...byUser.keys()], since));
  };
  const soon = (): void => void setTimeout(() => void catchUp().catch(failed), catchUpMilliseconds).unref();

  const start = async (): Promise<void> => {
    hearing ??= begin();
    const mine = hearing;
    await mine.catch((error: unknown) => {
      // Another may have begun anew by then.
      if (hearing === mine) hearing = undefined;
      throw error;
    });
  };
  const begin = async (): Promise<ChannelSubscription> => {
    const made = await db.listen(logChannel, {
      onNotification,
      onReconnect: () => {
        void catchUp().catch(failed);
        soon();
      },
    });
    await registerListener(db, id, clock.now()).catch(async (error: unknown) => {
      await made.stop();
      throw error;
    });
    const round = async () => {
      await registerListener(db, id, clock.now());
      await catchUp();
    };
    rounds = setInterval(() => void round().catch(failed), (lookBackSeconds * 1000) / 2).unref();
    soon();
    return made;
  };

  const count = (key: string, by: number): void => {
    const left = (counts.get(key) ?? 0) + by;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  };
  const enter = (keys: readonly { key: string; most: number; of: string }[]): void => {
    const full = keys.find(({ key, most }) => (counts.get(key) ?? 0) >= most);
    if (full)
      throw new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', {
        limit: `${full.most} open streams per ${full.of}`,
        retryAfterSeconds: 1,
      });
    for (const { key } of keys) count(key, 1);
  };

  return {
    async open(userId, clientAddress, mayRead) {
      if (closed) throw new ServiceUnavailable('No more streams are opened.');
      const keys = [
        { key: `user ${userId}`, most: maxOpenStreams.perUser, of: 'user' },
        { key: `address ${networkOf(clientAddress)}`, most: maxOpenStreams.perAddress, of: 'client address' },
      ];
      enter(keys);
      const streams = byUser.get(userId) ?? new Set();
      const stream: LogStream = new LogStream(clock.now(), mayRead, () => {
        clearInterval(looking);
        streams.delete(stream);
        if (streams.size === 0 && byUser.get(userId) === streams) byUser.delete(userId);
        for (const { key } of keys) count(key, -1);
      });
      const looking = setInterval(() => void stream.look().catch(failed), lookMilliseconds).unref();
      byUser.set(userId, streams.add(stream));
      try {
        await start();
      } catch (error) {
        stream.close();
        throw error;
      }
      return stream;
    },
    get size() {
      return [...byUser.values()].reduce((sum, streams) => sum + streams.size, 0);
    },
    async close() {
      closed = true;
      for (const streams of [...byUser.values()]) for (const stream of [...streams]) stream.close();
      clearInterval(rounds);
      if (!hearing) return;
      await hearing.then((made) => made.stop()).catch(() => {});
      await deleteListener(db, id).catch(() => {});
    },
  };
}
