// npm run bench: this server beside a bare graphql-yoga and the bare hash, in one run, on one core, every answer checked.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, type Measured, type Question } from './load.js';
import { type Person, signUp } from './people.js';
import { onMeasuredCore, type Server, startServer } from './servers.js';

const connections = 32;
const signingIn = 16;
const rounds = 3;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);

const beside = (name: string) => ['--import', 'tsx', join(import.meta.dirname, name)];
const ask = (query: string, expect: RegExp, headers: Question['headers'] = {}): Question => ({
  body: JSON.stringify({ query }),
  headers,
  expect,
});
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
const whoAmI = ({ email }: Person, headers: Question['headers']) =>
  ask('{ getAccount { id name email } }', new RegExp(`"email":"${email}"`), headers);

const hello = ask('{ hello }', /\{"data":\{"hello":"world"\}\}/);
const byBearer = (person: Person) => whoAmI(person, bearer(person.secret));
const signIn = ({ id, email, password }: Person) =>
  ask(
    `mutation { createEmailPasswordSession(email: "${email}", password: "${password}") { userId secret } }`,
    new RegExp(`"userId":"${id}","secret":"session_`),
  );

/** What is asked over many connections, on each for a person of its own, and held against the bare server. */
const questions: Readonly<Record<string, (person: Person) => Question>> = {
  'getAccount by bearer': byBearer,
  'getAccount by JWT': (person) => whoAmI(person, bearer(person.jwt)),
  'getAccount by cookie': (person) =>
    whoAmI(person, { cookie: `session=${person.secret}`, 'sec-fetch-site': 'same-origin' }),
  'listSessions, 3 rows': ({ id, secret }) =>
    ask(
      '{ listSessions { nodes { id userId createdAt expiresAt provider current } } }',
      new RegExp(`(?:"userId":"${id}".*){3}`),
      bearer(secret),
    ),
  updateName: ({ secret }) =>
    ask('mutation { updateName(name: "Ada") { name } }', /"updateName":\{"name":"Ada"\}/, bearer(secret)),
};

interface Row {
  readonly measure: string;
  readonly value: string;
  readonly ratio?: number;
  readonly of?: string;
}

/** For measuring alone, and the same in every run, so that a database can be used again. */
const keys = Object.fromEntries(
  ['ENCRYPTION_KEYS', 'PEPPER_KEYS', 'CODE_KEYS', 'JWT_KEYS'].map((name) => [
    name,
    `bench:${createHash('sha256').update(name).digest('base64')}`,
  ]),
);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const perSecond = (value: number) => `${value < 100 ? value.toFixed(1) : Math.round(value)} /s`;

/** Everything about one database. */
async function measure(database: Readonly<Record<string, string>>): Promise<Row[]> {
  const settings = { PORT: '0', LOG_LEVEL: 'info', TRUSTED_PROXIES: '1', ...keys, ...database };
  const start = () => startServer([join(import.meta.dirname, '../dist/server/main.js')], settings);
  // The first start makes the tables.
  await (await start()).stop();
  const [bare, server] = [await startServer(beside('bare-yoga.ts')), await start()];
  try {
    return await measureBoth(bare, server);
  } finally {
    await Promise.all([bare.stop(), server.stop()]);
  }
}

async function measureBoth(bare: Server, server: Server): Promise<Row[]> {
  const rows: Row[] = [];
  const firstAnswer = performance.now();
  await load(server.port, () => ask('{ __typename }', /Query/), { connections: 1, seconds: 0.001 });
  rows.push({
    measure: 'start to the first answer',
    value: `${Math.round(server.startedIn + performance.now() - firstAnswer)} ms`,
  });
  rows.push({ measure: 'memory at start', value: `${Math.round(server.memory())} MiB` });
  const people = await signUp(`http://127.0.0.1:${server.port}/graphql`, connections + signingIn);
  const personOf = (connection: number) => people[connection] as Person;

  const all = { connections, seconds };
  await load(bare.port, () => hello, all);
  for (const question of Object.values(questions).slice(0, -1))
    await load(server.port, (connection) => question(personOf(connection)), all);
  for (const [name, question] of Object.entries(questions)) {
    const pairs: { ours: Measured; theirs: Measured }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const theirs = await load(bare.port, () => hello, all);
      const ours = await load(server.port, (connection) => question(personOf(connection)), all);
      pairs.push({ ours, theirs });
    }
    rows.push({
      measure: name,
      value: perSecond(median(pairs.map(({ ours }) => ours.perSecond))),
      ratio: median(pairs.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond)),
      of: `bare Yoga, ${perSecond(median(pairs.map(({ theirs }) => theirs.perSecond)))}`,
    });
  }

  const signInOf = (connection: number) => signIn(personOf(connections + connection));
  const idle = () =>
    load(server.port, (connection) => byBearer(personOf(connection)), { connections: 1, seconds });
  const pairs: { hashes: number; signIns: number; idle: number; busy: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const hashes = await hashesPerSecond();
    const signIns = await load(server.port, signInOf, { connections: signingIn, seconds });
    const [quiet, [, busy]] = [
      await idle(),
      await Promise.all([load(server.port, signInOf, { connections: signingIn, seconds }), idle()]),
    ];
    pairs.push({ hashes, signIns: signIns.perSecond, idle: quiet.p99, busy: busy.p99 });
  }
  rows.push({
    measure: `sign-ins with a password, ${signingIn} at once`,
    value: perSecond(median(pairs.map(({ signIns }) => signIns))),
    ratio: median(pairs.map(({ signIns, hashes }) => signIns / hashes)),
    of: `the bare hash, ${perSecond(median(pairs.map(({ hashes }) => hashes)))}`,
  });
  rows.push({
    measure: `getAccount, p99 while ${signingIn} sign in`,
    value: `${median(pairs.map(({ busy }) => busy)).toFixed(1)} ms`,
    ratio: median(pairs.map(({ busy, idle }) => busy / idle)),
    of: `p99 while nobody does, ${median(pairs.map(({ idle }) => idle)).toFixed(1)} ms`,
  });
  rows.push({ measure: 'memory after all this', value: `${Math.round(server.memory())} MiB` });
  return rows;
}

/** The bare hash, as often as one core can, in a process of its own. */
async function hashesPerSecond(): Promise<number> {
  const child = onMeasuredCore([...beside('bare-hash.ts'), String(seconds), String(signingIn)]);
  let output = '';
  for await (const chunk of child.stdout ?? []) output += String(chunk);
  return Number(output);
}

function print(title: string, rows: readonly Row[]): void {
  const lines = rows.map(({ measure, value, ratio, of }) => [
    measure,
    value,
    ratio === undefined ? '' : ratio.toFixed(2),
    of ?? '',
  ]);
  process.stdout.write(
    `\n${[[title, '', 'ratio', 'of'], ['---', '--:', '--:', '---'], ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`,
  );
}

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
try {
  print('embedded database', await measure({ DATA_DIR: directory }));
  const url = process.env['BENCH_DATABASE_URL'];
  if (url) print('PostgreSQL', await measure({ DATABASE_URL: url, DATA_DIR: directory }));
} finally {
  rmSync(directory, { recursive: true });
}
