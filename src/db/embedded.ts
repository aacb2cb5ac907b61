import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import type { Logger } from '../logger.js';
import type { Database, EmbeddedLocation } from './database.js';
import { lockDataDir } from './data-dir.js';
import { applyMigrations, type Connection, ensureMigrated } from './migrate.js';
import { createPrisma } from './prisma.js';
import { sessionScript } from './session.js';
import type { Sql, Statement } from './sql.js';

/** One session: transactions queue behind one another, so the wait for a turn is longer than on a server. */
const transactionOptions = { maxWait: 15_000, timeout: 15_000 };

/**
 * Opens the embedded database, in this process.
 *
 * @throws {DataDirInUse} when another process has the directory.
 */
export async function openEmbedded(
  { directory, snapshot }: EmbeddedLocation,
  { log, migrate }: { readonly log: Logger; readonly migrate: boolean },
): Promise<Database> {
  const unlock = directory ? lockDataDir(directory) : () => {};
  const dataDir = directory ? join(directory, 'postgres') : 'memory://';
  const pglite = new PGlite({ dataDir, ...(snapshot && { loadDataDir: snapshot }) });
  const leave = async (): Promise<void> => {
    await pglite.close().finally(unlock);
  };
  try {
    await pglite.exec(sessionScript);
    const connection = connectionTo(pglite);
    await ensureMigrated(connection, { log, migrate, alone: (work) => work(connection) });
  } catch (error) {
    // What closing says after a start that failed is an echo of the failure.
    await leave().catch(() => {});
    throw error;
  }
  const prisma = createPrisma(embeddedAdapter(pglite), transactionOptions);
  return {
    prisma,
    ...sqlOver(pglite),
    transaction: (work) => pglite.transaction((tx) => work(sqlOver(tx))),
    listen: async (channel, { onNotification }) => {
      const stop = await pglite.listen(channel, onNotification);
      return { stop: async () => (pglite.closed ? undefined : stop()) };
    },
    poolUse: () => null,
    close: async () => {
      await prisma.$disconnect();
      await leave();
    },
  };
}

const sqlOver = (pglite: Pick<PGlite, 'query'>): Sql => ({
  query: <Row>({ text, values = [] }: Statement) => pglite.query<Row>(text, [...values]),
});

/** A copy of an empty, migrated embedded database: loading it is much faster than making one. */
export async function migratedSnapshot(log: Logger): Promise<Blob> {
  const pglite = await PGlite.create('memory://');
  await applyMigrations(connectionTo(pglite), log);
  const snapshot = await pglite.dumpDataDir('gzip');
  await pglite.close();
  return snapshot;
}

const connectionTo = (pglite: PGlite): Connection => ({
  run: async <Row>(sql: string, values?: readonly unknown[]) => {
    if (values) return (await pglite.query<Row>(sql, [...values])).rows;
    const results = await pglite.exec(sql);
    return (results.at(-1)?.rows ?? []) as Row[];
  },
});

/** The adapter, mended: as published it loses the error of a COMMIT. */
export function embeddedAdapter(pglite: PGlite): PrismaPGlite {
  const transaction = pglite.transaction.bind(pglite);
  pglite.transaction = (work) => {
    const outcome = transaction(work);
    // The adapter goes on with what its `catch` returns, which must still reject.
    const keepRejecting = (onRejected: () => void) => {
      outcome.then(undefined, onRejected);
      return outcome;
    };
    return Object.assign(outcome, { catch: keepRejecting });
  };
  return new PrismaPGlite(pglite);
}
