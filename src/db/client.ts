import type { Logger } from '../logger.js';
import type { Database, DatabaseLocation } from './database.js';
import { DatabaseUnusable, isUnusable, reasonOf } from './errors.js';

/**
 * Opens the database: its tables are up to date and a query has passed through what will serve.
 *
 * Loads the driver of the one kind of database that is used, and not of the other.
 *
 * @param migrate Whether to apply migrations that are pending; else they stop the start.
 * @throws {DatabaseUnusable} with one line that names the variable to look at.
 * @throws {DataDirInUse} when another process has the directory.
 */
export async function openDatabase(
  location: DatabaseLocation,
  log: Logger,
  migrate = true,
): Promise<Database> {
  if ('database' in location) return location.database;
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
