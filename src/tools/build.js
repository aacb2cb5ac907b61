// Makes dist, which holds all that a server reads beside its packages, and the client with its types. Plain JavaScript,
// because it runs before there is a build.
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../..');
const source = join(root, 'src');
const dist = join(root, 'dist');
/** Where the build is made, before it takes its place. */
let output = '';
let server = '';
let client = '';
const { version, license, engines, dependencies, devDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/**
 * Runtime packages that are bundled into `dist` all the same, because opening their many small files takes most of a start. They
 * are listed as dependencies because the server is built on them. Development packages that the server imports are bundled too.
 */
const bundled = new Set(['@pothos/core', 'graphql', 'jose', 'otplib']);

const programs = ['cli', 'main', 'server'];
const entries = programs.map((name) => join('server', `${name}.js`));

/** What is read as a file, and so stands where its reader does. */
const assets = ['generated/pages', 'messages/locales', 'origin/device-worker.js'];

/** How long files of earlier builds are kept: a running server may still load parts of itself. */
const keptMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Makes the server and the client. Each file takes the place of the one before in one step, because a server may be running from `dist`, and
 * another start may build at the same time.
 */
export async function build() {
  mkdirSync(dist, { recursive: true });
  output = mkdtempSync(join(dist, '.new-'));
  server = join(output, 'server');
  client = join(output, 'client');
  try {
    await Promise.all([makeServer(), makeVerifier(), makeClient(), declareTypes()]);
    describeClient();
    const files = filesIn(output);
    const isEntry = (/** @type {string} */ file) => entries.includes(file);
    // What a program loads is there before the program.
    for (const file of [...files.filter((file) => !isEntry(file)), ...files.filter(isEntry)]) {
      mkdirSync(dirname(join(dist, file)), { recursive: true });
      renameSync(join(output, file), join(dist, file));
    }
    removeOldFiles(new Set(files));
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** @param {string} directory */
const filesIn = (directory) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(directory, name)).isFile(),
  );

/** @param {ReadonlySet<string>} current */
function removeOldFiles(current) {
  for (const file of filesIn(dist)) {
    const isOld = Date.now() - statSync(join(dist, file)).mtimeMs > keptMilliseconds;
    if (isOld && !current.has(file) && dirname(file) !== '.') rmSync(join(dist, file), { force: true });
  }
}

async function makeServer() {
  await bundle({
    entryPoints: programs.map((name) => join(source, `${name}.ts`)),
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

/** For edge runtimes too, so it is a file of its own, without anything of Node. */
async function makeVerifier() {
  await bundle({
    entryPoints: [join(source, 'verifier.ts')],
    outdir: server,
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
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
  for (const file of ['server.d.ts', 'decisions.d.ts', 'verifier.d.ts'])
    cpSync(join(types, file), join(server, file));
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
