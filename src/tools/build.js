// Makes dist, which holds all that a server reads beside its packages, and the client with its types. Plain JavaScript,
// because it runs before there is a build.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../..');
const source = join(root, 'src');
const output = join(root, 'dist');
const server = join(output, 'server');
const client = join(output, 'client');
const { version, license, engines, dependencies, devDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/**
 * Runtime packages that are bundled into `dist` all the same, because opening their many small files takes most of a start. They
 * are listed as dependencies because the server is built on them. Development packages that the server imports are bundled too.
 */
const bundled = new Set(['@pothos/core', 'graphql', 'jose', 'otplib']);

/** What is read as a file, and so stands where its reader does. */
const assets = ['generated/pages', 'messages/locales', 'origin/device-worker.js'];

/** Name, size and time of every source file: cheaper to compare than to build. */
export const sourceState = () =>
  [source, join(root, 'prisma/migrations')]
    .flatMap((directory) =>
      readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => join(directory, name)),
    )
    .filter((file) => /\.(ts|tsx|js|json|sql)$/.test(file))
    .sort()
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${relative(root, file)} ${size} ${mtimeMs}`;
    })
    .join('\n');

/** Makes the server and the client from nothing. */
export async function build() {
  rmSync(output, { recursive: true, force: true });
  await Promise.all([makeServer(), makeClient(), declareTypes()]);
  describeClient();
}

async function makeServer() {
  await bundle({
    entryPoints: ['cli.ts', 'main.ts', 'server.ts'].map((name) => join(source, name)),
    outdir: server,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // The ES modules of packages that have both: the getters of their CommonJS builds cost 5 % of each request.
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    external: Object.keys(dependencies).filter((name) => !bundled.has(name)),
    // Packages in CommonJS ask for Node's own modules by it.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [{ name: 'places', setup: keepPlaces }],
    logLevel: 'warning',
  });
  for (const asset of assets)
    cpSync(join(source, asset), join(server, asset), {
      recursive: true,
      filter: (file) => !/\.tsx?$/.test(file),
    });
  cpSync(join(root, 'prisma/migrations'), join(output, 'prisma/migrations'), { recursive: true });
}

/** File by file, so that bundlers leave out what an app does not use. */
async function makeClient() {
  await bundle({
    entryPoints: readdirSync(join(source, 'client'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(source, 'client', name)),
    outbase: join(source, 'client'),
    outdir: client,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
}

/** What can be imported from the client's package, beside the client itself. */
const clientEntries = ['apollo', 'documents', 'react', 'server', 'testing', 'urql'];

/** Makes the client a package of its own, without dependencies: `npm pack ./dist/client`. */
function describeClient() {
  const entry = (/** @type {string} */ name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
  const manifest = {
    name: 'gatehouse-client',
    version,
    description:
      'The typed client of a Gatehouse account API, for browsers, React, React Native and servers.',
    license,
    type: 'module',
    sideEffects: false,
    engines,
    exports: {
      '.': entry('client'),
      ...Object.fromEntries(clientEntries.map((name) => [`./${name}`, entry(name)])),
      './schema.graphql': './schema.graphql',
      './package.json': './package.json',
    },
    peerDependencies: { graphql: '>=16', react: '>=18' },
    peerDependenciesMeta: { graphql: { optional: true }, react: { optional: true } },
  };
  writeFileSync(join(client, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(root, 'docs/client.md'), join(client, 'README.md'));
  for (const file of ['LICENSE', 'schema.graphql']) cpSync(join(root, file), join(client, file));
}

/**
 * The types of what can be imported; what the rest of the server declares is nobody's business. A server runs without them,
 * and so is built without the packages of development, too.
 */
async function declareTypes() {
  if (
    !Object.keys(devDependencies)
      .filter((name) => /^(@types\/|typescript$)/.test(name))
      .every(isHere)
  )
    return;
  const types = mkdtempSync(join(tmpdir(), 'gatehouse-types-'));
  const compiler = join(require.resolve('typescript/package.json'), '../bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, '--project', source, '--outDir', types]).catch(
    ({ stdout }) => {
      throw new Error(stdout);
    },
  );
  cpSync(join(types, 'server.d.ts'), join(server, 'server.d.ts'));
  cpSync(join(types, 'client'), client, { recursive: true });
  rmSync(types, { recursive: true });
}

/** Whether a package is installed. @param {string} name */
function isHere(name) {
  try {
    return Boolean(require.resolve(`${name}/package.json`));
  } catch {
    return false;
  }
}

/** Files that ask where they are still mean the place that they had. @param {import('esbuild').PluginBuild} build */
function keepPlaces(build) {
  build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
    const place = relative(source, path).replaceAll('\\', '/');
    if (place.startsWith('..')) return undefined;
    const contents = readFileSync(path, 'utf8')
      .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${dirname(place)}')`)
      .replaceAll('import.meta.url', `new URL('./${place}', import.meta.url).href`);
    return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
  });
}
