import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

// Which layer may import which, and which module owns a primitive or a table. The files are read as text.

const source = join(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(tsx?|js)$/.test(name) && !name.startsWith('generated'))
  .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));
const names = new Set(files.map(({ name }) => name));

interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** Static imports and exports, side-effect imports, dynamic imports and import types. */
const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g;

/** The file that a relative import names: a `.js` in the specifier may stand for `.ts` or `.tsx`. */
function fileOf(from: string, specifier: string): string {
  const path = normalize(join(dirname(from), specifier));
  const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  return candidates.find((candidate) => names.has(candidate)) ?? path;
}

const arrows: Arrow[] = files.flatMap(({ name, text }) =>
  [...text.matchAll(importPattern)].map(([, specifier = '']) => ({
    from: name,
    to: fileOf(name, specifier),
  })),
);

/** The folder directly below `src/`, or the file there. */
const layerOf = (path: string): string => path.split('/')[0]?.replace(/\.(tsx?|js)$/, '') ?? '';

/** Files without arrows of their own, or whose types everyone may use. */
const base = [
  'activity',
  'clock',
  'config',
  'decisions',
  'errors',
  'generated',
  'ids',
  'log-feed',
  'logger',
  'metrics',
];

/** Layer -> layers that it may import. */
const allowed: Record<string, readonly string[]> = {
  access: [...base, 'db', 'devices', 'input', 'limits', 'origin', 'secrets'],
  activity: ['clock', 'db', 'logger'],
  client: [],
  clock: [],
  commands: ['app', 'client', 'db', 'features', 'secrets', 'transports', ...base],
  config: ['clock', 'oauth2-providers', 'secrets'],
  db: ['input', 'secrets', ...base],
  decisions: [],
  deps: ['access', 'db', 'limits', 'oauth2-providers', 'origin', 'outbox', 'secrets', 'transports', ...base],
  devices: ['clock', 'db', 'ids', 'origin'],
  errors: [],
  'external-services': ['deps', 'limits', 'transports', ...base],
  features: [
    'access',
    'db',
    'deps',
    'devices',
    'graphql',
    'input',
    'limits',
    'messages',
    'oauth2-providers',
    'origin',
    'outbox',
    'secrets',
    ...base,
  ],
  graphql: ['access', 'db', 'deps', 'input', 'limits', 'origin', ...base],
  http: [
    'access',
    'deps',
    'features',
    'graphql',
    'input',
    'limits',
    'messages',
    'oauth2-providers',
    'origin',
    'outbox',
    'pages',
    'secrets',
    ...base,
  ],
  ids: [],
  input: ['clock', 'config', 'errors', 'ids'],
  limits: ['clock', 'config', 'db', 'devices', 'errors', 'ids', 'logger', 'secrets'],
  'log-feed': ['origin'],
  logger: [],
  messages: ['clock', 'origin'],
  metrics: [],
  'oauth2-providers': ['logger'],
  origin: [],
  outbox: ['db', 'input', 'messages', 'origin', 'secrets', 'sms-watch', 'transports', ...base],
  pages: ['client', 'messages', 'secrets'],
  schema: ['features', 'graphql'],
  secrets: ['clock', 'errors'],
  'sms-watch': ['input', 'limits', ...base],
  'stop-signals': ['config', 'logger'],
  transports: ['secrets'],
  verifier: ['clock'],
};
/** Entry points and development tools may import anything. */
const unbound = new Set(['app', 'cli', 'main', 'server', 'start-failure', 'tools']);

describe('imports', () => {
  it('resolve to files of the source folder', () => {
    const isFile = (path: string) => names.has(path) || existsSync(join(source, path));
    // Code generators print imports of the files that they write.
    const missing = arrows.filter(
      ({ from, to }) => !isFile(to) && !to.startsWith('generated') && !from.startsWith('tools/'),
    );
    expect(missing).toEqual([]);
    expect(arrows.length).toBeGreaterThan(800);
  });

  it('lead only to layers that the layer may import', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const [here, there] = [layerOf(from), layerOf(to)];
      return here !== there && !unbound.has(here) && !allowed[here]?.includes(there);
    });
    expect(wrong).toEqual([]);
  });

  it('lead from a module to GraphQL only in its schema.ts, and from GraphQL to no module', () => {
    const isSchema = (path: string) => /\/schema\.ts$/.test(path);
    const wrong = arrows.filter(
      ({ from, to }) =>
        (from.startsWith('features/') && !isSchema(from) && (to.startsWith('graphql/') || isSchema(to))) ||
        (from.startsWith('graphql/') && to.startsWith('features/')),
    );
    expect(wrong).toEqual([]);
  });

  it('have no cycle, types included', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      expect(path, `cycle through ${file}`).not.toContain(file);
      if (done.has(file)) return;
      for (const target of next.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of next.keys()) visit(file, []);
  });

  it('have no cycle between layers', () => {
    const next = new Map<string, Set<string>>();
    for (const { from, to } of arrows) {
      const [here, there] = [layerOf(from), layerOf(to)];
      if (here !== there) next.set(here, (next.get(here) ?? new Set()).add(there));
    }
    const done = new Set<string>();
    const visit = (layer: string, path: readonly string[]): void => {
      expect(path, `cycle through ${layer}`).not.toContain(layer);
      if (done.has(layer)) return;
      for (const target of next.get(layer) ?? []) visit(target, [...path, layer]);
      done.add(layer);
    };
    for (const layer of next.keys()) visit(layer, []);
  });

  it('need no folder without a subject', () => {
    expect(
      files.filter(({ name }) => /(^|\/)(utils?|helpers?|common|shared|core|lib|index\.ts)(\/|$)/.test(name)),
    ).toEqual([]);
  });
});

/** Primitives and the file that owns each; the message names the owner. */
const primitives: [pattern: RegExp, owners: RegExp, advice: string][] = [
  [
    /new Date\(|Date\.now/,
    /^(clock|input\/page|client\/(jwt|options|sign-in|testing)|tools\/.*)\.(ts|js)$/,
    'ask the Clock',
  ],
  [
    /randomBytes|randomUUID|randomInt|\.getRandomValues\(|Math\.random/,
    /^(secrets\/random|ids|client\/(pkce|log-stream|testing))\.ts$/,
    'secrets/random.ts or ids.ts',
  ],
  [/from 'argon2'/, /^secrets\/(password|imported-hash)\.ts$/, 'secrets/password.ts'],
  [
    /from 'standardwebhooks'/,
    /^transports\/(standard-webhook|decision-hook)\.ts$/,
    'transports/standard-webhook.ts and decision-hook.ts',
  ],
  [/from 'node:crypto'/, /^(secrets\/.*|ids|tools\/.*)\.(ts|js)$/, 'secrets/'],
  [/from 'otplib/, /^secrets\/totp\.ts$/, 'secrets/totp.ts'],
  [
    /from 'jose'/,
    /^(secrets\/(jwt|sealed-box)|oauth2-providers\/id-tokens|verifier)\.ts$/,
    'secrets/jwt.ts, secrets/sealed-box.ts or oauth2-providers/id-tokens.ts',
  ],
  [/from 'nodemailer/, /^transports\/smtp\.ts$/, 'transports/smtp.ts'],
  [/new PrismaClient|from '@electric-sql\/pglite'|from 'pg'/, /^(db\/|tools\/schema-engine)/, 'db/'],
  [
    /process\.env/,
    /^(config\/environment|tools\/.*)\.(ts|js)$/,
    'config.ts, which is handed the environment',
  ],
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

/** The module that owns a table. Other modules call its service. */
const tableOwners: Record<string, { table: string; owner: RegExp }> = {
  user: { table: 'users', owner: /^features\/users\// },
  deletedUserId: { table: 'deleted_user_ids', owner: /^features\/users\// },
  invitation: { table: 'invitations', owner: /^features\/sign-up\/invitations\// },
  session: { table: 'sessions', owner: /^features\/sessions\// },
  token: { table: 'tokens', owner: /^features\/tokens\// },
  challenge: { table: 'challenges', owner: /^features\/mfa\/challenges\// },
  authenticator: { table: 'authenticators', owner: /^features\/mfa\/authenticators\// },
  recoveryCode: { table: 'recovery_codes', owner: /^features\/mfa\/recovery-codes\// },
  identity: { table: 'identities', owner: /^features\/oauth2\/identities\// },
  oAuth2Flow: { table: 'oauth2_flows', owner: /^features\/oauth2\/flows\// },
  passkey: { table: 'passkeys', owner: /^features\/passkeys\// },
  idTokenNonce: { table: 'id_token_nonces', owner: /^features\/sign-in\/id-token\// },
  passkeyCeremony: { table: 'passkey_ceremonies', owner: /^features\/passkeys\// },
  logListener: { table: 'log_listeners', owner: /^features\/logs\// },
  log: { table: 'logs', owner: /^features\/logs\// },
  securityChange: { table: 'security_changes', owner: /^features\/security-changes\// },
  outbox: { table: 'outbox', owner: /^outbox\// },
  inboxMessage: { table: 'inbox_messages', owner: /^outbox\// },
  rateLimitBucket: { table: 'rate_limit_buckets', owner: /^limits\// },
  keyCheck: { table: 'key_checks', owner: /^db\// },
  device: { table: 'devices', owner: /^devices\// },
  activity: { table: 'activity', owner: /^activity/ },
  passwordAttempts: { table: 'password_attempts', owner: /^limits\// },
};
/** Files whose statements may read the tables of several modules, because one statement has to see one moment. */
const readers = new Set([
  'access/live-sessions.ts',
  'devices/known-devices.ts',
  'features/users/unreachable.ts',
]);

describe('tables', () => {
  for (const [model, { table, owner }] of Object.entries(tableOwners)) {
    it(`${table} is used by one module only`, () => {
      const use = new RegExp(`(prisma|tx)\\.${model}\\.|\\b(FROM|JOIN|INTO|UPDATE)\\s+"?${table}\\b`);
      const trespassers = files
        .filter(({ name, text }) => use.test(text) && !owner.test(name) && !readers.has(name))
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
