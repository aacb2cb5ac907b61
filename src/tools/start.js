// npm start: generate, compile what changed, run. Plain JavaScript, because it runs before there is a build;
// in one process, so that signals reach the server.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import './generate.js';

const require = createRequire(import.meta.url);
const source = join(import.meta.dirname, '..');
const output = join(source, '../dist');
const stamp = join(output, 'made-from');
const packages = Object.keys(require('../../package.json').dependencies);
/** Made of many small files, and needed at every start. */
const bundled = new Set([
  '@escape.tech/graphql-armor-max-aliases',
  '@escape.tech/graphql-armor-max-depth',
  '@escape.tech/graphql-armor-max-directives',
  '@pothos/core',
  '@pothos/plugin-complexity',
  'close-with-grace',
  'cookie',
  'dataloader',
  'graphql',
  'graphql-scalars',
  'graphql-yoga',
  'intl-messageformat',
  'ipaddr.js',
  'jose',
  'lru-cache',
  'negotiator',
  'otplib',
  'p-limit',
  'preact',
  'preact-render-to-string',
  'proxy-addr',
  'rate-limiter-flexible',
  'uuid',
  'zod',
]);

/** Name, size and time of every source file: cheaper to compare than to compile. */
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(ts|tsx|js|json)$/.test(name),
);
const state = files
  .sort()
  .map((name) => {
    const { size, mtimeMs } = statSync(join(source, name));
    return `${name} ${size} ${mtimeMs}`;
  })
  .join('\n');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
  const compiler = join(require.resolve('typescript/package.json'), '../bin/tsc');
  execFileSync(process.execPath, [compiler, '--project', source], { stdio: 'inherit' });
  await bundle();
  writeFileSync(stamp, state);
}

/**
 * Puts what the start needs into a few files: to find and open a thousand of them takes longer than all else of a start. What
 * is loaded later, or knows where it stands, stays in its package.
 */
async function bundle() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(output, 'main.js')],
    outdir: output,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: packages.filter((name) => !bundled.has(name)),
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [{ name: 'places', setup: keepPlaces }],
    logLevel: 'warning',
  });
}

/** Files that ask where they are still mean the place that they had. @param {import('esbuild').PluginBuild} build */
function keepPlaces(build) {
  build.onLoad({ filter: /[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
    const place = relative(output, path).replaceAll('\\', '/');
    if (!path.startsWith(output) || path.includes('node_modules')) return undefined;
    const contents = readFileSync(path, 'utf8')
      .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${dirname(place)}')`)
      .replaceAll('import.meta.url', `new URL('./${place}', import.meta.url).href`);
    return { contents, loader: 'js' };
  });
}

if (!process.argv.includes('--build-only')) await import(new URL('../../dist/main.js', import.meta.url).href);
