import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateEmailPasswordSessionDocument, CreateUserDocument } from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { signIn, signUp } from '../support/people.js';
import { emptyDatabase, hasPostgres, type TestDatabase } from '../support/postgres.js';
import { spawnServer } from '../support/server-process.js';
import { newDataDir } from '../support/data-dir.js';
import { isLong } from '../support/long.js';

const cli = join(import.meta.dirname, '../../dist/server/cli.js');

/** Keys of the import and of the server that reads what it has written. For tests alone. */
const keySettings = Object.fromEntries(
  ['ENCRYPTION_KEYS', 'PEPPER_KEYS', 'CODE_KEYS', 'JWT_KEYS'].map((name) => [
    name,
    `test:${Buffer.from(`for tests alone, ${name}`.padEnd(32, '.')).toString('base64')}`,
  ]),
);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as an operator would, with an embedded database in the directory unless told. */
const run = (directory: string, args: string[], environment: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    execFile(process.execPath, [cli, ...args], { cwd: directory, env }, (error, stdout, stderr) =>
      resolve({ code: (error?.code as number | undefined) ?? 0, stdout, stderr }),
    );
  });

describe('gatehouse import', async () => {
  const there = await hasPostgres();
  let directory: string;
  let database: TestDatabase | undefined;
  /** A server where one is there, because each start of the embedded database takes seconds. */
  let settings: Record<string, string> = {};
  beforeAll(async () => {
    directory = newDataDir();
    database = there ? await emptyDatabase() : undefined;
    settings = database ? { DATABASE_URL: database.url } : { DATA_DIR: directory };
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await database?.drop();
  });

  const importLines = (lines: (object | string)[], ...flags: string[]) => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    writeFileSync(join(directory, 'users.ndjson'), text);
    return run(directory, ['import', 'users.ndjson', ...flags], { ...settings, ...keySettings });
  };

  it('makes whole users of what each system exports, who sign in with the passwords they have', async () => {
    const guide = readFileSync(join(import.meta.dirname, '../../docs/moving-in.md'), 'utf8');
    const passwords: Record<string, string> = {
      Appwrite: 'ada from appwrite',
      Firebase: 'user1password',
      ...(isLong && {
        Supabase: 'ada from supabase',
        Auth0: 'ada from auth0',
        Devise: 'ada from devise',
      }),
    };
    const lines = [];
    for (const name of Object.keys(passwords)) {
      const section = guide.slice(guide.indexOf(`\n## ${name}\n`));
      const [, sample = '', script = ''] =
        /```json\n([\s\S]*?)```[\s\S]*?```js\n([\s\S]*?)```/.exec(section) ?? [];
      const file = join(directory, `${name}.mjs`);
      writeFileSync(file, script);
      const { default: map } = (await import(pathToFileURL(file).href)) as {
        default: (user: unknown) => object;
      };
      lines.push(map(JSON.parse(sample)));
    }
    expect(await importLines(lines)).toEqual({
      code: 0,
      stdout: `${lines.length} made, 0 there already, 0 refused\n`,
      stderr: '',
    });
    const server = await spawnServer({ ...settings, ...keySettings, ...operatorSettings }).ready;
    for (const [name, password] of Object.entries(passwords)) {
      const email = `ada@${name.toLowerCase()}.example`;
      const wrong = { email, password: `${password}!` };
      server.client.bearer = null;
      expect(codeOf(await server.client.run(CreateEmailPasswordSessionDocument, wrong))).toBe(
        'USER_INVALID_CREDENTIALS',
      );
      await signIn(server.client, { email, password });
      const { data } = await server.client.send(
        `{ getAccount { name emailVerified createdAt labels prefs } }`,
      );
      expect(data).toMatchObject({ getAccount: { emailVerified: true } });
      // Once it is ours, it signs in as before.
      await signIn(server.client, { email, password });
    }
    const { data } = await server.client.send<{ getAccount: object }>('{ getAccount { name createdAt } }');
    expect(data?.getAccount).toEqual({ name: 'Ada', createdAt: '2023-04-01T09:12:33.000Z' });
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('stops at a line that is wrong, names its fields, and goes on where it stopped', async () => {
    const bad = { email: 'nowhere', passwordHash: 'secret-md5', labels: ['a b'], nickname: 'A', id: '/' };
    const lines = [{ email: 'a@x.test' }, '', bad, { email: 'b@x.test' }];
    const stopped = await importLines(lines);
    expect(stopped.code).toBe(1);
    expect(stopped.stdout).toBe('1 made, 0 there already, 1 refused\n');
    expect(stopped.stderr).toContain('line 3: nickname: There is no such field.');
    expect(stopped.stderr).toContain('Stopped at line 3; what stands before it is imported.');
    const { nickname: _, ...rest } = bad;
    const issues = await importLines([rest]);
    expect(issues.stderr).toMatch(/^line 1: id: .* email: .* labels: .* passwordHash: /);
    expect(issues.stderr).not.toContain('secret-md5');
    expect(await importLines([{ email: 'a@x.test' }, { email: 'b@x.test' }])).toMatchObject({
      code: 0,
      stdout: '1 made, 1 there already, 0 refused\n',
    });
  });

  it('skips what is wrong where it is told to', async () => {
    const wrong = [
      '{',
      '[]',
      'null',
      '{}',
      '{"email":1}',
      '{"email":"c@x.test","labels":[1]}',
      '{"email":"c@x.test","prefs":[]}',
      '{"email":"c@x.test","createdAt":"tomorrow"}',
      '{"email":"c@x.test","createdAt":"2999-01-01T00:00:00Z"}',
      '{"email":"c@x.test","passwordHash":"$2b$31$AJur99Dkq9FVToMRciF0wefqR5k9umw1d8pPsGfzK7iR6Uzm8xm36"}',
    ];
    const { code, stdout, stderr } = await importLines(
      ['\uFEFF{"email":"first@x.test"}', ...wrong, { email: 'last@x.test' }],
      '--skip',
    );
    expect([code, stdout]).toEqual([1, `2 made, 0 there already, ${wrong.length} refused\n`]);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(wrong.map((_, index) => `line ${index + 2}`));
  });

  it('says what it takes', async () => {
    for (const args of [
      ['import'],
      ['import', 'a', 'b'],
      ['import', 'nothing.ndjson'],
      ['import', 'x', '--fast'],
    ])
      expect(await run(directory, args)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('gatehouse import on PostgreSQL', async () => {
  const there = await hasPostgres();
  let database: TestDatabase;
  let directory: string;
  beforeAll(async () => {
    if (!there) return;
    database = await emptyDatabase();
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-import-'));
  });
  afterAll(async () => {
    if (!there) return;
    rmSync(directory, { recursive: true });
    await database.drop();
  });

  it.skipIf(!there || !isLong)(
    'takes a large file without growing with it, and after a kill comes to the same end',
    async () => {
      const file = join(directory, 'users.ndjson');
      const stream = createWriteStream(file);
      const count = 40_000;
      const prefs = { padding: 'x'.repeat(500) };
      for (let n = 0; n < count; n += 1) {
        const line = `${JSON.stringify({ email: `user-${n}@x.test`, name: `User ${n}`, prefs })}\n`;
        if (!stream.write(line)) await once(stream, 'drain');
      }
      await new Promise((resolve) => stream.end(resolve));
      const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url };
      const child = spawn(process.execPath, ['--max-old-space-size=64', cli, 'import', file], { env });
      const made = async () => Number((await database.run('SELECT count(*) FROM users'))[0]?.['count']);
      const isThere = async () =>
        (await database.run(`SELECT to_regclass('users') AS "it"`))[0]?.['it'] !== null;
      while (!(await isThere()) || (await made()) < 2000)
        await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill('SIGKILL');
      await once(child, 'exit');
      // What was sent before the kill may still commit.
      const env2 = { DATABASE_URL: database.url, NODE_OPTIONS: '--max-old-space-size=64' };
      const { code, stdout } = await run(directory, ['import', file], env2);
      const [, made2 = 0, there2 = 0] = /^(\d+) made, (\d+) there already, 0 refused\n$/.exec(stdout) ?? [];
      expect([code, Number(made2) + Number(there2)]).toEqual([0, count]);
      expect(Number(there2)).toBeGreaterThanOrEqual(2000);
      expect(await made()).toBe(count);
      const logs = await database.run(
        `SELECT count(*) FROM logs WHERE event = 'user.create' AND actor = 'system'`,
      );
      expect(Number(logs[0]?.['count'])).toBe(count);
    },
    60_000,
  );
});

describe('an imported password', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp(operatorSettings);
  });
  afterAll(() => test.close());

  it.each([
    ['bcrypt of PHP', 'ada from php', '$2y$10$mWXBPwrhHoL3lXfka.ftGOr7vdvDkyIdjOX8KqCBxN25cFoF3c5mW'],
    // The accent is a character of its own, as macOS writes it; the normal form has another hash.
    [
      'bcrypt of a decomposed password',
      'cafe\u0301 du nord',
      '$2b$04$4FvUuyLMIfjrwjG3XypS3OzRa7dR02jVCIwFzt4Bs073OaUUobMi.',
    ],
    [
      'bcrypt of a decomposed password that is typed composed',
      'caf\u00e9 du sud',
      '$2b$04$6ZX0pYHidW1eOEz5/SqONe/IIqGhU/EPUOPvu11q/8o897nJ.feJq',
    ],
    [
      'bcrypt of WordPress',
      ' ada from wordpress ',
      '$wp$2y$06$d0P0ySm4rv7ldXMZ.JydWOteOaCNc9Yf5be8O3aLJIErIJnyuKaaW',
    ],
    ['phpass of WordPress', 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
    [
      'PBKDF2 of Django',
      'ada from django',
      'pbkdf2_sha256$20000$cUqWYg8M3xpBEJdIcrGbOD$vSl9XxDA+UfcS4Eq5nbLHpb0NK7vwLcodUApFzLFi+g=',
    ],
    [
      'PBKDF2 with SHA-1 of Django',
      'ada from django',
      'pbkdf2_sha1$1000$cUqWYg8M3xpBEJdIcrGbOD$QuHpkOuKZztuVQ5tEFj1EjZV8O8=',
    ],
    [
      'ASP.NET Core Identity 3',
      'ada from asp.net',
      'AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg8ziVx9Zf77A56QDKRpVj3yTpaQqOaqX9mtUGLxCX5xNw==',
    ],
    [
      'ASP.NET Core Identity 3 with SHA-1',
      'my password',
      'AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M',
    ],
    ['bcrypt 2b', 'ada from auth0', '$2b$10$AJur99Dkq9FVToMRciF0wefqR5k9umw1d8pPsGfzK7iR6Uzm8xm36'],
    [
      'argon2i',
      'ada argon2i',
      '$argon2i$v=19$m=4096,t=3,p=1$Ck5A2R488fA6e1FWlURR1g$tCViahPNeh092reLKmA5v5Sw6e+aBGUqNv80hnQex/0',
    ],
    [
      'scrypt as PHC',
      'ada from passlib',
      '$scrypt$ln=14,r=8,p=1$c2l4dGVlbiBieXRlcy4uLg$efozBECzqUPEYrIsQic924iLSs4FWFfCXmfrb2xdsVw',
    ],
    [
      'scrypt as MCF',
      'ada from passlib',
      '$s0$e0801$c2l4dGVlbiBieXRlcy4uLg==$efozBECzqUPEYrIsQic924iLSs4FWFfCXmfrb2xdsVw=',
    ],
  ])('signs in, and becomes one of ours: %s', async (_what, password, passwordHash) => {
    const email = `${Buffer.from(passwordHash).toString('hex').slice(-12)}${passwordHash.length}@x.test`;
    const { createUser } = dataOf(await operatorOf(test).run(CreateUserDocument, { email, passwordHash }));
    const stored = () => test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id: createUser.id } });
    expect(await stored()).toMatchObject({ passwordHash, passwordKeyId: null });
    const wrong = { email, password: `${password}.` };
    expect(codeOf(await test.client().run(CreateEmailPasswordSessionDocument, wrong))).toBe(
      'USER_INVALID_CREDENTIALS',
    );
    expect((await stored()).passwordHash).toBe(passwordHash);
    await signIn(test.client(), { email, password });
    expect(await stored()).toMatchObject({
      passwordHash: expect.stringMatching(/^\$argon2id\$/),
      passwordKeyId: 'test',
      passwordVersion: 0,
    });
    await signIn(test.client(), { email, password });
  });

  it.each([
    ['a plain password', 'password'],
    ['MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['bcrypt that takes hours', '$2b$31$AJur99Dkq9FVToMRciF0wefqR5k9umw1d8pPsGfzK7iR6Uzm8xm36'],
    [
      'argon2 that takes gigabytes',
      '$argon2id$v=19$m=4194304,t=3,p=1$Ck5A2R488fA6e1FWlURR1g$tCViahPNeh092reLKmA5v5Sw6e+aBGUqNv80hnQex/0',
    ],
    [
      'scrypt that takes gigabytes',
      '$scrypt$ln=24,r=8,p=1$c2l4dGVlbiBieXRlcy4uLg$efozBECzqUPEYrIsQic924iLSs4FWFfCXmfrb2xdsVw',
    ],
    ['bcrypt that takes four seconds', '$2b$15$AJur99Dkq9FVToMRciF0wefqR5k9umw1d8pPsGfzK7iR6Uzm8xm36'],
    [
      'argon2 that takes eighteen seconds',
      '$argon2id$v=19$m=262144,t=20,p=1$Ck5A2R488fA6e1FWlURR1g$tCViahPNeh092reLKmA5v5Sw6e+aBGUqNv80hnQex/0',
    ],
    [
      'argon2 with less memory than it takes',
      '$argon2id$v=19$m=7,t=1,p=1$Ck5A2R488fA6e1FWlURR1g$tCViahPNeh092reLKmA5v5Sw6e+aBGUqNv80hnQex/0',
    ],
    ['scrypt whose key any password may have', '$scrypt$ln=14,r=8,p=1$c2l4dGVlbiBieXRlcy4uLg$eQ'],
    ['scrypt without a key', '$scrypt$ln=14,r=8,p=1$c2l4dGVlbiBieXRlcy4uLg$e'],
    ['scrypt with a short salt', '$scrypt$ln=14,r=8,p=1$c2l4$efozBECzqUPEYrIsQic924iLSs4FWFfCXmfrb2xdsVw'],
    [
      'scrypt of sixteen lanes',
      '$scrypt$ln=17,r=8,p=16$c2l4dGVlbiBieXRlcy4uLg$efozBECzqUPEYrIsQic924iLSs4FWFfCXmfrb2xdsVw',
    ],
    [
      'scrypt of Firebase whose key has another length than its signer',
      '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH$42xEC+ixf3L2lw==$lSrfV15cpx95',
    ],
    [
      'PBKDF2 with too many rounds',
      'pbkdf2_sha256$9000000$cUqWYg8M3xpBEJdIcrGbOD$vSl9XxDA+UfcS4Eq5nbLHpb0NK7vwLcodUApFzLFi+g=',
    ],
    ['PBKDF2 with a short key', 'pbkdf2_sha256$20000$cUqWYg8M3xpBEJdIcrGbOD$vSl9XxDA'],
    ['PBKDF2 with a short salt', 'pbkdf2_sha256$20000$salt$vSl9XxDA+UfcS4Eq5nbLHpb0NK7vwLcodUApFzLFi+g='],
    [
      'of ASP.NET Core Identity with too many rounds',
      'AQAAAAJ/////AAAAEAABAgMEBQYHCAkKCwwNDg8ziVx9Zf77A56QDKRpVj3yTpaQqOaqX9mtUGLxCX5xNw==',
    ],
    [
      'of ASP.NET Core Identity and longer in its salt than in all',
      'AQAAAAIAAYagAAAA/wABAgMEBQYHCAkKCwwNDg8ziVx9Zf77A56QDKRpVj3yTpaQqOaqX9mtUGLxCX5xNw==',
    ],
    ['phpass with too many rounds', '$P$IIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
    ['phpass with hardly any rounds', '$P$0IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
    ['nothing', ''],
    ['a megabyte', `$2b$10$${'A'.repeat(100_000)}`],
  ])('is refused where it is %s', async (_what, passwordHash) => {
    const before = await test.fingerprint();
    const answer = await operatorOf(test).run(CreateUserDocument, { email: 'refused@x.test', passwordHash });
    expect(codeOf(answer)).toBe('GENERAL_ARGUMENT_INVALID');
    expect(await test.fingerprint()).toEqual(before);
  });

  it('does not come over an address that somebody has proven', async () => {
    const { userId, email } = await signUp(test);
    const text = `UPDATE users SET "lastVerifiedEmail" = "email", "email" = 'other@x.test' WHERE "id" = $1`;
    await test.app.deps.db.query({ text, values: [userId] });
    const { importUsers, parseLine } = await import('../../src/features/operators/import/service.js');
    const user = parseLine(JSON.stringify({ email, emailVerified: true }), test.clock.now());
    expect((await importUsers(test.app.deps, [user])).made).toBe(0);
  });
});
