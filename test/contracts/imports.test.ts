import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

// Which way the arrows point, and who owns the raw primitives. Read as text, so that it needs no build.

const source = join(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('generated'))
  .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const arrows: Arrow[] = files.flatMap(({ name, text }) =>
  [...text.matchAll(/^(?:import|export) (type )?[^;]*?from '(\.[^']+)';|^import '(\.[^']+)';/gm)].map(
    ([, type, from, bare]) => ({
      from: name,
      to: normalize(join(dirname(name), (from ?? bare ?? '').replace(/\.js$/, ''))),
      typeOnly: type !== undefined,
    }),
  ),
);

const roomOf = (path: string): string => path.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
const leaves = ['activity', 'clock', 'errors', 'config', 'logger', 'metrics', 'generated'];

/** Folder -> folders it may import from, itself included anyway. What starts a server, and `tools/`, may import anything. */
const allowed: Record<string, readonly string[]> = {
  access: [...leaves, 'secrets', 'db'],
  db: [...leaves, 'secrets', 'input'],
  deps: ['access', 'db', 'features', 'secrets', 'outbox', 'origin', 'oauth2-providers', ...leaves],
  client: [],
  commands: [
    'app',
    'client',
    'clock',
    'config',
    'db',
    'environment',
    'errors',
    'features',
    'ids',
    'logger',
    'secrets',
    'transports',
  ],
  activity: ['clock'],
  environment: [],
  errors: [],
  clock: [],
  ids: [],
  metrics: [],
  logger: [],
  config: ['clock', 'secrets', 'oauth2-providers'],
  features: [
    'access',
    'db',
    'deps',
    'graphql',
    'ids',
    'input',
    'messages',
    'origin',
    'oauth2-providers',
    'outbox',
    'secrets',
    ...leaves,
  ],
  graphql: ['access', 'db', 'deps', 'input', 'origin', ...leaves],
  http: [
    'access',
    'deps',
    'features',
    'graphql',
    'ids',
    'input',
    'messages',
    'oauth2-providers',
    'origin',
    'outbox',
    'secrets',
    ...leaves,
  ],
  input: ['errors', 'config', 'generated', 'clock'],
  messages: ['clock', 'origin'],
  'oauth2-providers': [],
  origin: [],
  outbox: [
    'clock',
    'db',
    'ids',
    'input',
    'messages',
    'origin',
    'secrets',
    'logger',
    'metrics',
    'generated',
    'transports',
  ],
  schema: ['features', 'graphql'],
  secrets: ['clock', 'errors'],
  transports: ['secrets'],
};
const unbound = new Set(['app', 'cli', 'main', 'server', 'start-failure', 'tools']);

describe('imports', () => {
  it('point one way', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)];
      return here !== there && !unbound.has(here) && !allowed[here]?.includes(there);
    });
    expect(wrong).toEqual([]);
  });

  it('keep GraphQL out of services, and features out of the GraphQL layer', () => {
    const wrong = arrows.filter(
      ({ from, to }) =>
        (/^features\/.*\/service/.test(from) && (to.startsWith('graphql/') || to.endsWith('/schema'))) ||
        (from.startsWith('graphql/') && to.startsWith('features/')),
    );
    expect(wrong).toEqual([]);
  });

  it('have no cycle', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typeOnly } of arrows) {
      if (!typeOnly)
        next.set(from.replace(/\.tsx?$/, ''), [...(next.get(from.replace(/\.tsx?$/, '')) ?? []), to]);
    }
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      expect(path, `cycle through ${file}`).not.toContain(file);
      if (done.has(file)) return;
      for (const target of next.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of next.keys()) visit(file, []);
  });

  it('need no folder without a subject', () => {
    expect(
      files.filter(({ name }) => /(^|\/)(utils?|helpers?|common|shared|core|lib|index\.ts)(\/|$)/.test(name)),
    ).toEqual([]);
  });
});

/** What may be used where: the owner's name is the advice. */
const primitives: [pattern: RegExp, owners: RegExp, advice: string][] = [
  [/new Date\(|Date\.now/, /^(clock|input\/page|client\/jwt|tools\/.*)\.ts$/, 'ask the Clock'],
  [
    /randomBytes|randomUUID|randomInt|getRandomValues|Math\.random/,
    /^(secrets\/random|ids|client\/(pkce|log-stream))\.ts$/,
    'secrets/random.ts or ids.ts',
  ],
  [/from 'argon2'/, /^secrets\/(password|imported-hash)\.ts$/, 'secrets/password.ts'],
  [/from 'standardwebhooks'/, /^transports\/standard-webhook\.ts$/, 'transports/standard-webhook.ts'],
  [/from 'node:crypto'/, /^(secrets\/.*|ids)\.ts$/, 'secrets/'],
  [/from 'otplib/, /^secrets\/totp\.ts$/, 'secrets/totp.ts'],
  [/from 'jose'/, /^(secrets\/(jwt|sealed-box)|server)\.ts$/, 'secrets/jwt.ts or secrets/sealed-box.ts'],
  [/from 'nodemailer/, /^transports\/smtp\.ts$/, 'transports/smtp.ts'],
  [/new PrismaClient|from '@electric-sql\/pglite'|from 'pg'/, /^(db\/|tools\/schema-engine)/, 'db/'],
  [/process\.env/, /^environment\.ts$/, 'config.ts, which is handed the environment'],
  [/new GraphQLError|GraphQLError\(/, /^graphql\//, 'graphql/'],
  [/\bconsole\.(log|error|warn|info|debug|trace)\b/, /^$/, 'logger.ts'],
];

describe('raw primitives', () => {
  for (const [pattern, owners, advice] of primitives) {
    it(`${pattern.source} belongs to ${advice}`, () => {
      const trespassers = files
        .filter(({ name, text }) => pattern.test(text) && !owners.test(name))
        .map(({ name }) => name);
      expect(trespassers).toEqual([]);
    });
  }
});

/** Which room owns a table: the others call its service. The viewer's query is the one look across rooms. */
const tableOwners: Record<string, { table: string; owner: RegExp }> = {
  user: { table: 'users', owner: /^features\/users\// },
  session: { table: 'sessions', owner: /^features\/sessions\// },
  token: { table: 'tokens', owner: /^features\/tokens\// },
  challenge: { table: 'challenges', owner: /^features\/mfa\/challenges\// },
  authenticator: { table: 'authenticators', owner: /^features\/mfa\/authenticators\// },
  recoveryCode: { table: 'recovery_codes', owner: /^features\/mfa\/recovery-codes\// },
  identity: { table: 'identities', owner: /^features\/oauth2\/identities\// },
  oAuth2Flow: { table: 'oauth2_flows', owner: /^features\/oauth2\/flows\// },
  passkey: { table: 'passkeys', owner: /^features\/passkeys\// },
  passkeyCeremony: { table: 'passkey_ceremonies', owner: /^features\/passkeys\// },
  logListener: { table: 'log_listeners', owner: /^features\/logs\// },
  log: { table: 'logs', owner: /^features\/logs\// },
  outbox: { table: 'outbox', owner: /^outbox\// },
  inboxMessage: { table: 'inbox_messages', owner: /^outbox\// },
  rateLimitBucket: { table: 'rate_limit_buckets', owner: /^limits\// },
  keyCheck: { table: 'key_checks', owner: /^db\// },
  passwordAttempts: { table: 'password_attempts', owner: /^limits\// },
};
const viewer = 'access/live-sessions.ts';

describe('tables', () => {
  for (const [model, { table, owner }] of Object.entries(tableOwners)) {
    it(`${table} belongs to one room`, () => {
      const use = new RegExp(`(prisma|tx)\\.${model}\\.|\\b(FROM|JOIN|INTO|UPDATE)\\s+"?${table}\\b`);
      const trespassers = files
        .filter(({ name, text }) => use.test(text) && !owner.test(name) && name !== viewer)
        .map(({ name }) => name);
      expect(trespassers).toEqual([]);
    });
  }

  it('all have an owner', () => {
    const schema = readFileSync(join(source, '../prisma/schema.prisma'), 'utf8');
    const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => table);
    expect(
      Object.values(tableOwners)
        .map(({ table }) => table)
        .sort(),
    ).toEqual(tables.sort());
  });
});

/** A brand says that a text was checked: it has one maker, and nobody else claims it by a cast. */
describe('brands', () => {
  it('are made in their own file', () => {
    const brands = files.flatMap(({ name, text }) =>
      [...text.matchAll(/export type (\w+) = string & \{/g)].map(([, brand]) => ({ name, brand })),
    );
    expect(brands.length).toBeGreaterThan(3);
    const forged = brands.flatMap(({ name: home, brand }) =>
      files
        .filter(({ name, text }) => name !== home && new RegExp(`as ${brand}\\b`).test(text))
        .map(({ name }) => `${name}: as ${brand}`),
    );
    expect(forged).toEqual([]);
  });
});
