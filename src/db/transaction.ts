import type { Prisma } from '../generated/prisma/client.js';
import type { Database } from './database.js';
import { retrying } from './retry.js';
import type { Sql } from './sql.js';

declare const inside: unique symbol;

/** The database inside a transaction, by statements alone. */
export type SqlTransaction = Sql & { readonly [inside]: true };

/**
 * The database inside a transaction. Functions that must not run alone ask for one: a token is consumed, a session
 * issued, a message queued and a log line written together with what they belong to, or not at all.
 */
export type Transaction = Prisma.TransactionClient & SqlTransaction;

/**
 * Runs the work in one transaction, again if it lost a race.
 *
 * The work must use the handle it is given and nothing else: the embedded database has one session, so asking the
 * database itself from inside waits for ever. Hash, send and call others before or after, never inside.
 */
export const inTransaction = <T>({ prisma }: Database, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  retrying(() =>
    prisma.$transaction((tx) => {
      const query: Sql['query'] = async ({ text, values = [] }) => ({
        rows: await tx.$queryRawUnsafe(text, ...values),
      });
      // Beside the client, not on it: parallel transactions share what is behind theirs.
      return work(Object.create(tx, { query: { value: query } }) as Transaction);
    }),
  );

/** The same for work that needs no models. */
export const inSqlTransaction = <T>(
  { transaction }: Database,
  work: (tx: SqlTransaction) => Promise<T>,
): Promise<T> => retrying(() => transaction((tx) => work(tx as SqlTransaction)));
