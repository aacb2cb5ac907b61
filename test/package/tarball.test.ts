import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { build } from 'esbuild';
import { parse } from 'graphql';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import codegenConfig from '../examples/shop/codegen.js';
import { emptyDatabase, hasPostgres } from '../support/postgres.js';
import { isLong } from '../support/long.js';

// The package as somebody else gets it: packed, and in CI installed into an empty project and used there.

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const patience = 180_000;
let directory: string;
let project: string;
let tarball: string;
/** The client as a package of its own. */
let clientTarball: string;
let files: string[];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-package-'));
  project = join(directory, 'project');
  const destination = isLong ? ['--pack-destination', directory] : ['--dry-run'];
  const { stdout } = await run('npm', ['pack', '--json', ...destination], { cwd: root });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  tarball = join(directory, packed.filename);
  files = packed.files.map(({ path }) => path);
  if (!isLong) return;
  const client = await run('npm', ['pack', '--json', ...destination, './dist/client'], { cwd: root });
  clientTarball = join(directory, (JSON.parse(client.stdout) as [{ filename: string }])[0].filename);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "shop", "private": true, "type": "module" }');
  await install(project, tarball, clientTarball);
}, patience);
const install = (cwd: string, ...tarballs: readonly string[]) =>
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=optional', ...tarballs], {
    cwd,
  });
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const bin = (...args: string[]) => run(join(project, 'node_modules/.bin/gatehouse'), args, { cwd: project });

describe('the package', () => {
  it('holds what it promises, and none of what it is made from', () => {
    for (const file of [
      'LICENSE',
      'README.md',
      'schema.graphql',
      'dist/client/client.d.ts',
      'dist/server/server.d.ts',
    ])
      expect(files).toContain(file);
    expect(files.filter((file) => /^(src|test|bench|prisma|\.)|made-from/.test(file))).toEqual([]);
  });

  it.skipIf(!isLong)('brings its client alone where a front end installs that', async () => {
    const app = join(directory, 'app');
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }');
    await install(app, clientTarball);
    const installed = readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['gatehouse-client']);
  });

  it.skipIf(!isLong).each([
    ['gatehouse', () => tarball],
    ['gatehouse-client', () => clientTarball],
  ])('%s has nothing that its linters complain of', async (_name, fileOf) => {
    const packed = new Uint8Array(readFileSync(fileOf()));
    const { messages } = await publint({ pack: { tarball: packed.buffer } });
    expect(messages).toEqual([]);
    const result = await checkPackage(createPackageFromTarballData(packed), {
      excludeEntrypoints: ['./schema.graphql'],
    });
    const problems = result.types === false ? ['no types'] : result.problems;
    // Only `import` finds it: from CommonJS, Node 20 and later load it by `await import()`, or by require since 20.19.
    const modern = problems.filter(
      (problem) =>
        typeof problem === 'string' ||
        !('resolutionKind' in problem) ||
        /^(node16-esm|bundler)$/.test(problem.resolutionKind),
    );
    expect(modern).toEqual([]);
  });

  it.skipIf(!isLong)('signs in with at most 8 kB, and loads the rest when it is used', async () => {
    const client = await sizesOf("export { createClient } from 'gatehouse-client';");
    const document = await sizesOf("export { GetAccountDocument } from 'gatehouse-client/documents';");
    process.stdout.write(
      `gzipped: a sign-in ${client.first} bytes, the client ${client.all}, one document ${document.all}\n`,
    );
    expect(client.first).toBeLessThanOrEqual(8_000);
    expect(client.all).toBeLessThanOrEqual(15_000);
    expect(document.all).toBeLessThan(800);
  });
});

/** The gzipped sizes of what a page loads at first, and of all that it may load. */
async function sizesOf(contents: string): Promise<{ first: number; all: number }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: project, sourcefile: 'page.js' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    absWorkingDir: project,
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const sizeOf = (path: string): number =>
    gzipSync(outputFiles.find((file) => file.path.endsWith(path))?.contents ?? '').length;
  const first = new Set<string>();
  const load = (path: string): void => {
    if (first.has(path)) return;
    first.add(path);
    for (const { kind, path: next } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement') load(next);
  };
  load(Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint) ?? '');
  const sum = (paths: Iterable<string>): number =>
    [...paths].reduce((total, path) => total + sizeOf(path), 0);
  return { first: sum(first), all: sum(Object.keys(metafile.outputs)) };
}

/** Compiles programs of the project's, and answers what is wrong with each. */
async function errorsOf(
  sources: readonly string[],
  module: 'bundler' | 'nodenext',
  types: readonly string[] = [],
  options: object = {},
): Promise<string[][]> {
  const names = sources.map((source, index) => {
    const name = `main-${index}.${source.includes('/>') ? 'tsx' : 'ts'}`;
    writeFileSync(join(project, name), source);
    return name;
  });
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    types,
    typeRoots: [join(root, 'node_modules/@types')],
    ...options,
    module: module === 'bundler' ? 'ESNext' : 'NodeNext',
    moduleResolution: module,
    strict: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    noEmit: true,
  };
  const files = [...names, join(root, 'test/examples/frameworks.d.ts')];
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const output = await run(process.execPath, [compiler, '-p', project], { cwd: project }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
  const errors = [...output.matchAll(/^(.*?)\(\d+,\d+\): error (TS\d+)/gm)];
  return names.map((name) => errors.filter(([, file]) => file === name).map(([, , code]) => code ?? ''));
}

const head = `
import { createClient, isAccountError, AccountError, type ErrorCode, type ErrorsOf, type SignIn } from 'gatehouse-client';
const client = createClient({ url: 'https://accounts.example.com/graphql', storage: localStorage });
`;

describe.skipIf(!isLong)('its types', () => {
  it.each(['bundler', 'nodenext'] as const)('let a right program pass, with %s', async (module) => {
    const source = `${head}
export async function main(): Promise<string> {
  const user = await client.createAccount({ email: 'ada@example.com', password: 'correct horse battery' });
  const id: string = user.id;
  let step: SignIn = await client.signIn.withPassword({ email: 'ada@example.com', password: 'x' });
  while (step.status === 'factorRequired') {
    const challenge = await step.ask(step.codeFactors[0] ?? 'RECOVERY_CODE');
    step = await challenge.answer('123456');
  }
  if (step.status !== 'signedIn') throw new Error(step.status);
  switch (step.session.provider) { case 'email': case 'google': return id; default: return step.session.id; }
}
interface Settings { theme: string }
export async function save(settings: Settings): Promise<void> {
  await client.updatePrefs({ prefs: settings });
}
export async function register(): Promise<void> {
  const { id: ceremonyId, options } = await client.createPasskeyRegistration();
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  await client.createPasskey({ ceremonyId, credential: credential.toJSON() as RegistrationResponseJSON });
  const request: PublicKeyCredentialRequestOptionsJSON = (await client.createPasskeySignIn()).options;
  PublicKeyCredential.parseRequestOptionsFromJSON(request);
}
export function why(error: unknown): string {
  if (!isAccountError<ErrorsOf<'createAccount'>>(error)) return '';
  switch (error.code) { case 'USER_ALREADY_EXISTS': return 'exists'; default: return error.message; }
}
export function inWords(error: unknown): string {
  if (isAccountError(error, 'USER_BLOCKED', 'USER_INVALID_CREDENTIALS')) {
    switch (error.code) { case 'USER_BLOCKED': return 'blocked'; case 'USER_INVALID_CREDENTIALS': return 'wrong'; }
  }
  if (error instanceof AccountError) { const code: ErrorCode = error.code; return code; }
  return 'offline';
}`;
    expect(await errorsOf([source], module)).toEqual([[]]);
  });

  it('refuse wrong ones, each for its own reason', async () => {
    const wrong: [why: string, line: string, code: string][] = [
      ['a missing variable', "await client.createAccount({ email: 'ada@example.com' });", 'TS2741'],
      ['no variables at all', 'await client.createAccount();', 'TS2554'],
      ['a variable too many', "await client.getAccount({ id: 'x' });", 'TS2322'],
      ['a misspelt operation', 'await client.createAcount({});', 'TS2551'],
      ['a misspelt code', "isAccountError(null, 'USER_BLOKED');", 'TS2345'],
      [
        'a code that cannot be',
        "const e: unknown = 0; if (isAccountError(e, 'USER_BLOCKED') && e.code === 'USER_INVALID_TOKEN') {}",
        'TS2367',
      ],
      ['an unknown factor', "await client.createMfaChallenge({ factor: 'FAX' });", 'TS2322'],
      [
        'a passkey that is asked for like a code',
        "const s = await client.signIn.withPassword({ email: '', password: '' }); if (s.status === 'factorRequired') await s.ask('PASSKEY');",
        'TS2345',
      ],
      ['a text as preferences', "await client.updatePrefs({ prefs: 'dark' });", 'TS2322'],
      [
        'a code that the operation does not fail with',
        "const e: unknown = 0; if (isAccountError<ErrorsOf<'createAccount'>>(e) && e.code === 'USER_PASSKEY_INVALID') {}",
        'TS2367',
      ],
      [
        'a factor that was not looked at',
        "const s = await client.signIn.withPassword({ email: '', password: '' }); s.ask('TOTP');",
        'TS2339',
      ],
      [
        'a log event that does not exist',
        "for (const l of (await client.listLogs()).nodes) if (l.event === 'user.burn') {}",
        'TS2367',
      ],
      [
        'an unhandled status',
        "export function f(s: SignIn): string { switch (s.status) { case 'signedIn': return s.session.id; } }",
        'TS2366',
      ],
    ];
    const errors = await errorsOf(
      wrong.map(([, line]) => `${head}${line}\nexport {};`),
      'bundler',
    );
    expect(wrong.map(([why], index) => [why, errors[index]])).toEqual(
      wrong.map(([why, , code]) => [why, [code]]),
    );
  });
});

describe.skipIf(!isLong)('what the texts show', () => {
  it('compiles', async () => {
    const examples = [
      'README.md',
      'docs/client.md',
      'docs/server-rendering.md',
      'docs/other-clients.md',
      'docs/testing.md',
      'docs/passkeys.md',
      'docs/operators.md',
      'docs/jwt.md',
      'docs/providers.md',
      'docs/sign-up.md',
    ].flatMap((name) =>
      [...readFileSync(join(root, name), 'utf8').matchAll(/```tsx?\n(.*?)```/gs)].map(
        ([, text = '']) => text,
      ),
    );
    expect(examples.length).toBeGreaterThan(5);
    // An application that verifies our sessions brings a GraphQL server of its own.
    const installed = [
      '@apollo/client',
      '@tanstack/query-core',
      '@urql/core',
      '@urql/exchange-graphcache',
      'graphql-sse',
      'graphql-yoga',
      'react-router',
      'relay-runtime',
      'standardwebhooks',
    ];
    const paths = {
      ...Object.fromEntries(installed.map((name) => [name, [join(root, 'node_modules', name)]])),
      react: [join(root, 'node_modules/@types/react')],
      'react/jsx-runtime': [join(root, 'node_modules/@types/react/jsx-runtime.d.ts')],
    };
    const options = { paths, jsx: 'react-jsx' };
    expect(await errorsOf(examples, 'bundler', ['node'], options)).toEqual(examples.map(() => []));
  });

  it('generates types for operations of one’s own that a Vite template takes', async () => {
    const output = codegenConfig.generates['src/gql.ts'];
    const schema = readFileSync(join(project, codegenConfig.schema), 'utf8');
    const document =
      parse(`query Mine { getAccount { id createdAt prefs email sessions { nodes { factors missingFactors } } } }
      mutation Ask($factor: AuthenticationFactor!) { createMfaChallenge(factor: $factor) { id } }`);
    const types = await codegen({
      filename: 'gql.ts',
      schema: parse(schema),
      documents: [{ document }],
      config: output.config,
      plugins: output.plugins.map((name) => ({ [name]: {} })),
      pluginMap: { 'typescript-operations': typescriptOperations, 'typed-document-node': typedDocumentNode },
    });
    expect(types).not.toContain(': any');
    expect(types).toContain('createdAt: string');
    // Apollo Client, urql and graphql-request bring it.
    const core = '@graphql-typed-document-node/core';
    const paths = { [core]: [join(root, 'node_modules', core)] };
    const vite = { verbatimModuleSyntax: true, erasableSyntaxOnly: true, paths };
    expect(await errorsOf([types], 'bundler', [], vite)).toEqual([[]]);
  });
});

describe.skipIf(!isLong)('its command', () => {
  it('explains itself, and refuses what it does not know', async () => {
    expect((await bin('--help')).stdout).toMatch(/gatehouse start.*gatehouse keys.*gatehouse migrate/s);
    expect((await bin()).stdout).toBe((await bin('help')).stdout);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect((await bin('--version')).stdout).toBe(`${version}\n`);
    await expect(bin('strat')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no command "strat"'),
    });
  });

  it('prints keys that a production server takes, other ones each time', async () => {
    const { stdout } = await bin('keys');
    expect((await bin('keys')).stdout).not.toBe(stdout);
    const keys = Object.fromEntries(
      [...stdout.matchAll(/^(\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(readConfig({ ...keys, NODE_ENV: 'test' }).JWT_KEYS).toHaveLength(1);
    expect(Object.keys(keys)).toEqual(['ENCRYPTION_KEYS', 'PEPPER_KEYS', 'CODE_KEYS', 'JWT_KEYS']);
  });

  it(
    'serves a sign-up through the installed client, by the settings of .env, and migrates without serving',
    async () => {
      // A new embedded database takes many seconds: other tests have it.
      const database = (await hasPostgres()) ? await emptyDatabase() : null;
      const place = database ? `DATABASE_URL=${database.url}\n` : '';
      writeFileSync(join(project, '.env'), `${place}DATA_DIR=kept\nAPP_NAME="The Shop"\nPORT=1\n`);
      const child = spawn(join(project, 'node_modules/.bin/gatehouse'), ['start'], {
        cwd: project,
        env: { ...process.env, PORT: '0' },
      });
      const url = await new Promise<string>((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
        createInterface({ input: child.stdout }).on('line', (line) => {
          if (line.includes('"ready"')) resolve((JSON.parse(line) as { url: string }).url);
        });
      });
      writeFileSync(
        join(project, 'sign-up.js'),
        `import { createClient } from 'gatehouse/client';
const client = createClient({ url: '${url}' });
const person = { email: 'ada@example.com', password: 'correct horse battery' };
await client.createAccount(person);
await client.signIn.withPassword(person);
console.log((await client.getAccount()).email);`,
      );
      expect((await run(process.execPath, ['sign-up.js'], { cwd: project })).stdout).toBe(
        'ada@example.com\n',
      );
      expect(await (await fetch(new URL('/inbox', url))).text()).toContain('Inbox of The Shop');
      const exited = new Promise((resolve) => child.removeAllListeners('exit').once('exit', resolve));
      child.kill('SIGTERM');
      expect(await exited).toBe(0);
      expect((await bin('migrate')).stdout).toContain('the tables are up to date');
      await database?.drop();
    },
    patience,
  );
});
