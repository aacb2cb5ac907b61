import { locationOf } from '../app.js';
import { readConfig } from '../config/config.js';
import { openDatabase } from '../db/client.js';
import { readEnvironment } from '../config/environment.js';
import { createLogger } from '../logger.js';

/** Applies what is pending. It needs no more of the settings than where the database is. */
export async function migrate(): Promise<void> {
  const config = readConfig({ ...readEnvironment(), NODE_ENV: 'development' });
  const log = createLogger(config.LOG_LEVEL);
  const db = await openDatabase(locationOf(config), log);
  await db.close();
  log.info('the tables are up to date');
}
