import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { migratedSnapshot } from '../../src/db/embedded.js';
import { createLogger } from '../../src/logger.js';
import { dropDatabasesOf, hasPostgres } from './postgres.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A file with an empty, migrated embedded database; null where the tests run on a server. */
    snapshot: string | null;
    /** A data directory with an empty, migrated database; null where the tests run on a server. */
    dataDir: string | null;
    /** Names this run in its databases on a PostgreSQL server. */
    run: string;
  }
}

/** Says where the tests run, and makes the database that every file starts from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../src/tools/start.js'), '--build-only'], {
    stdio: 'inherit',
  });
  const server = process.env['TEST_DATABASE_URL'];
  process.stdout.write(`tests run on ${server ? 'PostgreSQL' : 'the embedded database'}\n`);
  const run = `run${process.pid}`;
  project.provide('run', run);
  if (server) {
    project.provide('snapshot', null);
    project.provide('dataDir', null);
    return () => dropDatabasesOf(run);
  }
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const file = join(directory, 'snapshot.tar.gz');
  const snapshot = await migratedSnapshot(createLogger('error'));
  writeFileSync(file, Buffer.from(await snapshot.arrayBuffer()));
  project.provide('snapshot', file);
  const dataDir = join(directory, 'data');
  mkdirSync(dataDir);
  const pglite = await PGlite.create({ dataDir: join(dataDir, 'postgres'), loadDataDir: snapshot });
  await pglite.close();
  project.provide('dataDir', dataDir);
  return async () => {
    rmSync(directory, { recursive: true });
    if (await hasPostgres()) await dropDatabasesOf(run);
  };
}
