type Settings = Readonly<Record<string, string>>;

/** How instants and text are written. A pooler keeps these for each of its clients, whichever connection it lends. */
const language: Settings = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  standard_conforming_strings: 'on',
};
/**
 * What else a database or a role could carry that would change what a statement does. Not `default_transaction_read_only`, by which operators
 * and hosting services stop writes.
 */
const conduct: Settings = {
  search_path: 'public',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
};
/** In milliseconds. The server gives up before {@link patienceMilliseconds}, so that a connection outlives a slow statement. */
const limits: Settings = {
  statement_timeout: '1750',
  lock_timeout: '1750',
  idle_in_transaction_session_timeout: '5000',
};

/** How long a query may stay without an answer before its connection is given up. */
export const patienceMilliseconds = 2000;

/** Part of a connection's first message: it wins over what the database or the role carries, and costs no round trip. */
export const startupSettings = (pooled: boolean): Settings =>
  pooled ? language : { ...language, ...conduct, ...limits };

const assign = (scope: 'SESSION' | 'LOCAL', settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `SET ${scope} ${name} = '${value}'`)
    .join('; ');

/** For the embedded database, which has one session for good. */
export const sessionScript = assign('SESSION', { ...language, ...conduct });

/** Behind a pooler every transaction brings its own: what one sets for the session, somebody else's statement gets. */
export const pooledBegin = `BEGIN ISOLATION LEVEL READ COMMITTED; ${assign('LOCAL', { ...conduct, ...limits })}`;
