import { later } from '../../clock.js';
import type { ChannelSubscription } from '../../db/database.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { ServiceUnavailable } from '../../errors/unavailable.js';
import { newRowId } from '../../ids.js';
import { networkOf } from '../../limits/subject.js';
import { maxOpenStreams } from '../../limits/limits.js';
import type { LogFeed, LogView } from '../../log-feed.js';
import { hasVerifiedAddress } from '../users/addresses.js';
import {
  deleteListener,
  findLogsByIds,
  findLogsSince,
  logChannel,
  registerListener,
} from './feed-queries.js';
import { LogStream } from './stream.js';

/** A transaction may commit entries while this process starts to listen or reconnects; they are read after this time. */
const catchUpMilliseconds = 2000;
/** Entries of the last seconds are read again at regular intervals, in case a notification was lost. */
const lookBackSeconds = 20;
/** How often each stream checks that its session is still valid. The checks of all streams share one query. */
const checkMilliseconds = 500;

/** One LISTEN connection for all streams of this process. Entries that may have been missed are read again. */
export function createLogFeed({ clock, db, log }: Pick<Deps, 'clock' | 'db' | 'log'>): LogFeed {
  const listenerId = newRowId(clock.now());
  const streamsByUser = new Map<string, Set<LogStream>>();
  const openCounts = new Map<string, number>();
  let subscription: Promise<ChannelSubscription> | undefined;
  let renewalTimer: NodeJS.Timeout | undefined;
  let closed = false;
  let pendingIds: string[] = [];

  const deliver = (entries: readonly LogView[]): void => {
    for (const entry of entries)
      for (const stream of streamsByUser.get(entry.userId) ?? []) stream.push(entry);
  };
  const logFailure = (error: unknown) => log.warn({ error }, 'cannot read new entries of the security log');

  const onNotification = (payload: string): void => {
    const [userId = '', logId = ''] = payload.split(' ');
    if (!streamsByUser.has(userId)) return;
    pendingIds.push(logId);
    // One query reads the entries of all notifications that arrive in this turn of the event loop.
    if (pendingIds.length === 1) setImmediate(() => void readPending());
  };
  const readPending = async (): Promise<void> => {
    const ids = pendingIds;
    pendingIds = [];
    try {
      deliver(await findLogsByIds(db, ids));
    } catch (error) {
      logFailure(error);
      scheduleCatchUp();
    }
  };
  const catchUp = async (): Promise<void> => {
    if (streamsByUser.size === 0) return;
    const since = later(clock.now(), -lookBackSeconds);
    deliver(await findLogsSince(db, [...streamsByUser.keys()], since));
  };
  const scheduleCatchUp = (): void =>
    void setTimeout(() => void catchUp().catch(logFailure), catchUpMilliseconds).unref();

  const ensureSubscribed = async (): Promise<void> => {
    subscription ??= subscribe();
    const mine = subscription;
    await mine.catch((error: unknown) => {
      // Another call may have subscribed again by now.
      if (subscription === mine) subscription = undefined;
      throw error;
    });
  };
  const subscribe = async (): Promise<ChannelSubscription> => {
    const channel = await db.listen(logChannel, {
      onNotification,
      onReconnect: () => {
        void catchUp().catch(logFailure);
        scheduleCatchUp();
      },
    });
    await registerListener(db, listenerId, clock.now()).catch(async (error: unknown) => {
      await channel.stop();
      throw error;
    });
    const renew = async () => {
      await registerListener(db, listenerId, clock.now());
      await catchUp();
    };
    renewalTimer = setInterval(() => void renew().catch(logFailure), (lookBackSeconds * 1000) / 2).unref();
    scheduleCatchUp();
    return channel;
  };

  const addToCount = (key: string, by: number): void => {
    const count = (openCounts.get(key) ?? 0) + by;
    if (count > 0) openCounts.set(key, count);
    else openCounts.delete(key);
  };
  const reserve = (keys: readonly { key: string; max: number; of: string }[]): void => {
    const full = keys.find(({ key, max }) => (openCounts.get(key) ?? 0) >= max);
    if (full)
      throw new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', {
        limit: `${full.max} open streams per ${full.of}`,
        retryAfterSeconds: 1,
      });
    for (const { key } of keys) addToCount(key, 1);
  };

  return {
    async open(user, clientAddress, mayRead) {
      const { id: userId } = user;
      if (closed) throw new ServiceUnavailable('No more streams are opened.');
      const keys = [
        { key: 'process', max: maxOpenStreams.perProcess, of: 'process' },
        { key: `user ${user.id}`, max: maxOpenStreams.perUser, of: 'user' },
        ...(hasVerifiedAddress(user)
          ? []
          : [
              {
                key: `network ${networkOf(clientAddress)}`,
                max: maxOpenStreams.perNetwork,
                of: 'client address',
              },
            ]),
      ];
      reserve(keys);
      const streams = streamsByUser.get(userId) ?? new Set();
      const stream: LogStream = new LogStream(clock.now(), mayRead, () => {
        clearInterval(checkTimer);
        streams.delete(stream);
        if (streams.size === 0 && streamsByUser.get(userId) === streams) streamsByUser.delete(userId);
        for (const { key } of keys) addToCount(key, -1);
      });
      const checkTimer = setInterval(
        () => void stream.closeIfForbidden().catch(logFailure),
        checkMilliseconds,
      ).unref();
      streamsByUser.set(userId, streams.add(stream));
      try {
        await ensureSubscribed();
      } catch (error) {
        stream.close();
        throw error;
      }
      return stream;
    },
    get size() {
      return [...streamsByUser.values()].reduce((sum, streams) => sum + streams.size, 0);
    },
    async close() {
      closed = true;
      for (const streams of [...streamsByUser.values()]) for (const stream of [...streams]) stream.close();
      clearInterval(renewalTimer);
      if (!subscription) return;
      await subscription.then((channel) => channel.stop()).catch(() => {});
      await deleteListener(db, listenerId).catch(() => {});
    },
  };
}
