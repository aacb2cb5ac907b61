import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { embeddedAdapter } from '../db/embedded.js';

const require = createRequire(import.meta.url);
const prismaDir = join(import.meta.dirname, '../../prisma');

/** The SQL that leads from the committed migrations to `schema.prisma`; null when nothing changed. */
export async function draftMigration(): Promise<string | null> {
  const { SchemaEngine } = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(await scratchDatabase());
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  const path = join(prismaDir, 'schema.prisma');
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...readMigrations() },
    to: { tag: 'schemaDatamodel', files: [{ path, content: readFileSync(path, 'utf8') }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout?.includes(';') ? stdout : null;
}

/** An empty embedded database, whose shadow replays the migrations. */
async function scratchDatabase(): Promise<SqlMigrationAwareDriverAdapterFactory> {
  const pglite = await PGlite.create('memory://');
  const factory = embeddedAdapter(pglite);
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, {
    connect: async () =>
      // As published it loses the errors of a script.
      Object.assign(await connect(), {
        executeScript: async (script: string) => void (await pglite.exec(script)),
      }),
    connectToShadowDb: async () => (await scratchDatabase()).connect(),
  });
}

/** The package's entry imports its .wasm as a module, which Node does not do, so it is put together by hand. */
async function loadEngine() {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = readFileSync(join(require.resolve('@prisma/schema-engine-wasm'), '../schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': engine as never });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return engine;
}

function readMigrations() {
  const baseDir = join(prismaDir, 'migrations');
  const names = readdirSync(baseDir)
    .filter((name) => /^\d/.test(name))
    .sort();
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}
