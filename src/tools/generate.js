// Generates the Prisma client, without the schema engine that `prisma generate` would otherwise download:
// it insists that a binary exists but never runs it here, so this Node executable stands in for it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

// The one page that is made of several modules, as one: a page of ours loads nothing. What builds it is not everywhere.
const esbuild = await import('esbuild').catch(() => null);
await esbuild?.build({
  entryPoints: [join(source, 'http/pages/console.client.js')],
  outfile: join(source, 'generated/pages/console.client.js'),
  alias: { 'gatehouse/client': join(source, 'client/client.ts') },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  banner: { js: '// @ts-nocheck: made by generate.js' },
  logLevel: 'warning',
});
