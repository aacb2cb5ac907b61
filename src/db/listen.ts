import type pg from 'pg';
import type { Logger } from '../logger.js';
import type { ChannelSubscription, ChannelListener } from './database.js';

const [firstPauseMilliseconds, maxPauseMilliseconds] = [100, 5000];
/** A connection that died without a word is noticed by then. */
const checkMilliseconds = 5000;

/**
 * Listens on a connection of its own, and connects again as often as it is lost. It goes round a pooler in transaction mode, through
 * which nothing is heard.
 */
export async function listenTo(
  connect: () => Promise<pg.Client>,
  channel: string,
  { onNotification, onReconnect }: ChannelListener,
  log: Logger,
): Promise<ChannelSubscription> {
  let stopped = false;
  let client: pg.Client | null = null;
  let check: NodeJS.Timeout | undefined;
  let pause = firstPauseMilliseconds;

  const begin = async (): Promise<void> => {
    const connection_ = await connect();
    connection_.on('notification', ({ payload = '' }) => onNotification(payload));
    connection_.once('end', () => lost(connection_));
    connection_.once('error', () => lost(connection_));
    try {
      await connection_.query(`LISTEN ${channel}`);
    } catch (error) {
      void connection_.end().catch(() => {});
      throw error;
    }
    if (stopped) return void connection_.end();
    client = connection_;
    pause = firstPauseMilliseconds;
    check = setInterval(() => {
      const answer = setTimeout(() => lost(connection_), checkMilliseconds).unref();
      connection_.query('SELECT 1').then(
        () => clearTimeout(answer),
        () => {},
      );
    }, checkMilliseconds).unref();
  };

  const lost = (which: pg.Client): void => {
    if (stopped || client !== which) return;
    client = null;
    clearInterval(check);
    void which.end().catch(() => {});
    log.warn({ channel }, 'the connection that listens was lost; it is made again');
    again();
  };

  const again = (): void => {
    setTimeout(() => {
      if (stopped) return;
      begin().then(onReconnect, () => again());
    }, pause).unref();
    pause = Math.min(pause * 2, maxPauseMilliseconds);
  };

  await begin();
  return {
    async stop() {
      stopped = true;
      clearInterval(check);
      await client?.end().catch(() => {});
    },
  };
}
