// Generates the Prisma client, without the schema engine that `prisma generate` would otherwise download:
// it insists that a binary exists but never runs it here, so this Node executable stands in for it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
const source = join(here, '..');
const schema = join(here, '../../prisma/schema.prisma');
const output = join(here, '../generated/prisma');
const stamp = join(output, 'made-from');
const require = createRequire(import.meta.url);
const version = require('prisma/package.json').version;
const madeFrom = createHash('sha256').update(version).update(readFileSync(schema)).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== madeFrom) {
  execFileSync(
    process.execPath,
    [require.resolve('prisma/build/index.js'), 'generate', '--schema', schema, '--no-hints'],
    {
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
        ...process.env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  writeFileSync(stamp, madeFrom);
}

// Bundles the script of each page into one file, because a page loads no other file. Installations without esbuild use the
// build that was made elsewhere.
const esbuild = await import('esbuild').catch(() => null);
const pages = join(source, 'pages');
const scripts = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.client\.tsx?$/.test(name),
);
const bundles = await esbuild?.build({
  write: false,
  entryPoints: scripts.map((name) => join(pages, name)),
  outdir: join(source, 'generated/pages'),
  entryNames: '[name]',
  alias: { 'gatehouse/client': join(source, 'client/client.ts') },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  banner: { js: '// @ts-nocheck: made by generate.js' },
  logLevel: 'warning',
});
// A file that did not change keeps its time, so that the server is not built again because of it.
for (const { path, text } of bundles?.outputFiles ?? []) {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
