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
const leaves = ['clock', 'errors', 'config', 'logger', 'generated'];

/** Folder -> folders it may import from, itself included anyway. `app.ts` and `main.ts` may import anything. */
const allowed: Record<string, readonly string[]> = {
  access: [...leaves, 'secrets', 'db'],
  db: [...leaves, 'secrets', 'input'],
  deps: ['access', 'db', 'secrets', 'outbox', 'sms', 'mail', 'oauth2-providers', ...leaves],
  errors: [],
  clock: [],
  ids: [],
  logger: [],
  config: ['clock', 'secrets', 'oauth2-providers'],
  features: [
    'access',
    'db',
    'deps',
    'graphql',
    'ids',
    'input',
    'origin',
    'outbox',
    'oauth2-providers',
    'secrets',
    ...leaves,
  ],
  graphql: ['access', 'db', 'deps', 'features', 'input', 'origin', ...leaves],
  http: [
    'access',
    'deps',
    'features',
    'graphql',
    'ids',
    'input',
    'oauth2-providers',
    'origin',
    'outbox',
    'secrets',
    ...leaves,
  ],
  input: ['errors', 'config', 'generated', 'clock'],
  mail: ['outbox'],
  'oauth2-providers': [],
  origin: [],
  outbox: ['clock', 'db', 'ids', 'mail', 'sms', 'secrets', 'logger', 'generated', 'origin'],
  secrets: ['clock', 'errors'],
  sms: ['secrets'],
};

describe('imports', () => {
  it('point one way', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)];
      return here !== there && here !== 'app' && here !== 'main' && !allowed[here]?.includes(there);
    });
    expect(wrong).toEqual([]);
  });

  it('keep GraphQL out of services, and features out of the GraphQL layer', () => {
    const wrong = arrows.filter(
      ({ from, to }) =>
        (/^features\/.*\/service/.test(from) && (to.startsWith('graphql/') || to.endsWith('/schema'))) ||
        (from.startsWith('graphql/') && from !== 'graphql/schema.ts' && to.startsWith('features/')),
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
  [/new Date\(|Date\.now/, /^(clock|input\/page)\.ts$/, 'ask the Clock'],
  [
    /randomBytes|randomUUID|randomInt|getRandomValues|Math\.random/,
    /^(secrets\/random|ids)\.ts$/,
    'secrets/random.ts or ids.ts',
  ],
  [/from 'argon2'/, /^secrets\/password\.ts$/, 'secrets/password.ts'],
  [/from 'node:crypto'/, /^(secrets\/.*|ids)\.ts$/, 'secrets/'],
  [/from 'otplib/, /^secrets\/totp\.ts$/, 'secrets/totp.ts'],
  [/from 'jose'/, /^secrets\/(jwt|sealed-box)\.ts$/, 'secrets/jwt.ts or secrets/sealed-box.ts'],
  [/from 'nodemailer/, /^mail\/smtp\.ts$/, 'mail/smtp.ts'],
  [/new PrismaClient|from '@electric-sql\/pglite'|from 'pg'/, /^(db\/|tools\/schema-engine)/, 'db/'],
  [/process\.env/, /^main\.ts$/, 'config.ts, which main.ts hands the environment'],
  [/new GraphQLError|GraphQLError\(/, /^graphql\//, 'graphql/'],
  [/console\./, /^$/, 'logger.ts'],
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
