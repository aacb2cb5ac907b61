import type { PrismaClient } from '../generated/prisma/client.js';
import type { Logger } from '../logger.js';
import { DatabaseUnusable, isUnusable, reasonOf } from './errors.js';
import type { Sql } from './sql.js';

/** The database, migrated. Nobody outside this folder knows whether it is embedded or a server. */
export interface Database extends Sql {
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** A PostgreSQL server. */
export interface ServerLocation {
  readonly url: string;
  /** A way round a pooler, for the migrations; the same as `url` unless given. */
  readonly directUrl?: string | undefined;
  /** Most connections. */
  readonly pool: number;
}

/** The embedded database: a directory, or null for one in memory, which tests use. */
export interface EmbeddedLocation {
  readonly directory: string | null;
  /** A copy to begin with, as `migratedSnapshot` makes it. */
  readonly snapshot?: Blob;
}

/** Where the database is. */
export type Location = ServerLocation | EmbeddedLocation;

/**
 * Opens the database: its tables are up to date and a query has passed through what will serve.
 *
 * Loads the driver of the one kind of database that is used, and not of the other.
 *
 * @param migrate Whether to apply migrations that are pending; else they stop the start.
 * @throws {DatabaseUnusable} with one line that names the variable to look at.
 * @throws {DataDirInUse} when another process has the directory.
 */
export async function openDatabase(location: Location, log: Logger, migrate = true): Promise<Database> {
  try {
    if ('url' in location) {
      const { openServer } = await import('./server.js');
      return await openServer(location, { log, migrate });
    }
    const { openEmbedded } = await import('./embedded.js');
    return await openEmbedded(location, { log, migrate });
  } catch (error) {
    if (!isUnusable(error)) throw error;
    const variable = 'url' in location ? 'DATABASE_URL' : 'DATA_DIR';
    throw new DatabaseUnusable(`${variable}: the database cannot be used: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
