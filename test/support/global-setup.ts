import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

const root = join(import.meta.dirname, '../..');

/** Builds the server and the database that every test starts from, and prints which database that is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const isServer = process.env['TEST_DATABASE_URL'] !== undefined;
  process.stdout.write(`tests run on ${isServer ? 'PostgreSQL' : 'the embedded database'}\n`);
  const building = promisify(execFile)(process.execPath, [join(root, 'src/tools/start.js'), '--build-only']);
  const [directory] = await Promise.all([isServer ? null : emptyDatabase(), building]);
  const run = `run${process.pid}`;
  project.provide('run', run);
  project.provide('snapshot', directory && join(directory, 'snapshot.tar.gz'));
  project.provide('dataDir', directory && join(directory, 'data'));
  return async () => {
    if (await hasPostgres()) await dropDatabasesOf(run);
  };
}

/** A directory with the snapshot and the data directory, kept until the migrations or the embedded database change. */
async function emptyDatabase(): Promise<string> {
  const directory = join(root, 'node_modules/.cache/gatehouse', versionOfDatabase());
  if (existsSync(directory)) return directory;
  const draft = `${directory}.${process.pid}`;
  mkdirSync(join(draft, 'data'), { recursive: true });
  const snapshot = await migratedSnapshot(createLogger('error'));
  writeFileSync(join(draft, 'snapshot.tar.gz'), Buffer.from(await snapshot.arrayBuffer()));
  const pglite = await PGlite.create({ dataDir: join(draft, 'data/postgres'), loadDataDir: snapshot });
  await pglite.close();
  try {
    renameSync(draft, directory);
  } catch (error) {
    // Another run has made it meanwhile.
    rmSync(draft, { recursive: true });
    if (!existsSync(directory)) throw error;
  }
  return directory;
}

function versionOfDatabase(): string {
  const migrations = join(root, 'prisma/migrations');
  const hash = createHash('sha256');
  for (const name of readdirSync(migrations, { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(join(migrations, name)));
  hash.update(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')));
  return hash.digest('hex').slice(0, 16);
}
