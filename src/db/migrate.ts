import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

const require = createRequire(import.meta.url);
const prismaDir = join(import.meta.dirname, '../../prisma');
const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations of `prisma/migrations` that the database does not have yet.
 *
 * Uses Prisma's own schema engine in WebAssembly, and so its bookkeeping in `_prisma_migrations`.
 * Not safe in two processes at once: the caller holds a lock.
 *
 * @returns The names of the migrations it applied.
 */
export async function applyMigrations(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const engine = await openEngine(factory);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: readMigrations(),
      filters,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * The SQL that leads from the committed migrations to `schema.prisma`; null when nothing changed.
 *
 * @param factory An empty database whose shadow replays the migrations.
 */
export async function draftMigration(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string | null> {
  const engine = await openEngine(factory);
  const path = join(prismaDir, 'schema.prisma');
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations() },
      to: { tag: 'schemaDatamodel', files: [{ path, content: readFileSync(path, 'utf8') }] },
      script: true,
      exitCode: null,
      filters,
    });
    return stdout?.includes(';') ? stdout : null;
  } finally {
    engine.free();
  }
}

let loading: Promise<typeof import('@prisma/schema-engine-wasm/schema_engine_bg')> | undefined;

async function openEngine(factory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  // Once: the package keeps the memory of its first instance for good.
  loading ??= loadEngine();
  const { SchemaEngine } = await loading;
  return SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
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
  const names = existsSync(baseDir)
    ? readdirSync(baseDir)
        .filter((name) => /^\d/.test(name))
        .sort()
    : [];
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
