import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, configTable, readConfig } from '../../src/config/config.js';

type Environment = Readonly<Record<string, string>>;

function problemsOf(environment: Environment): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
}

const key = (name: string, byte: number) =>
  `${name}:${Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 7 + byte) % 256)).toString('base64')}`;
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db/x',
  PUBLIC_URL: 'https://accounts.example.com',
  MAIL_URL: 'smtps://u:p@mail.example.com',
  MAIL_FROM: 'Example <no-reply@example.com>',
  ENCRYPTION_KEYS: key('k1', 1),
  PEPPER_KEYS: key('k1', 2),
  CODE_KEYS: key('k1', 3),
  JWT_KEYS: `${key('k2', 4)},${key('k1', 5)}`,
};

describe('the configuration', () => {
  it('names every missing variable at once', () => {
    const message = problemsOf({ NODE_ENV: 'production', RATE_LIMITS: 'off', TEST_CLOCK: 'on' });
    const required = [
      'DATABASE_URL',
      'PUBLIC_URL',
      'MAIL_URL',
      'MAIL_FROM',
      'ENCRYPTION_KEYS',
      'PEPPER_KEYS',
      'CODE_KEYS',
      'JWT_KEYS',
    ];
    for (const name of [...required, 'RATE_LIMITS', 'TEST_CLOCK']) expect(message).toContain(`${name}: `);
  });

  it('names every bad variable at once, and never its value', () => {
    const bad = {
      PORT: 'x-1',
      REDIRECT_ORIGINS: '*',
      PEPPER_KEYS: 'k:c2hvcnQ=',
      SESSION_LIFETIME: '366d',
      SESSION_LIMIT: '0',
      AUTH_METHODS: 'telepathy',
      MAIL_URL: 'http://mail',
      ARGON2_TIME: '0',
      TRUSTED_PROXIES: 'all',
    };
    const message = problemsOf(bad);
    for (const name of Object.keys(bad)) expect(message).toContain(`${name}: `);
    for (const value of ['c2hvcnQ=', 'telepathy', 'x-1']) expect(message).not.toContain(value);
  });

  it('names what is missing and what is bad in one message', () => {
    const message = problemsOf({
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://accounts.example.com',
      MAIL_URL: 'smtp://u:100%@mail.example.com',
      MAIL_FROM: 'not an address',
      INBOX: 'on',
      COOKIE_SAMESITE: 'none',
      REDIRECT_ORIGIN: 'https://app.example.com',
      OAUTH_GITHUB_CLIENTID: 'x',
      OAUTH_GITHUB_VERIFIES_EMAILS: 'on',
      HOSTS: 'of another program',
    });
    for (const name of [
      'PUBLIC_URL: must be https',
      'MAIL_URL: ',
      'MAIL_FROM: ',
      'INBOX: ',
      'COOKIE_SAMESITE: ',
      'DATABASE_URL: required',
      'PEPPER_KEYS: required',
      'REDIRECT_ORIGIN: there is no such variable; did you mean REDIRECT_ORIGINS?',
      'OAUTH_GITHUB_CLIENTID: there is no such variable; did you mean OAUTH_GITHUB_CLIENT_ID?',
      'OAUTH_GITHUB_VERIFIES_EMAILS: there is no such variable; did you mean OAUTH_GITHUB_VERIFIES_EMAIL?',
    ])
      expect(message).toContain(name);
    expect(message).not.toContain('HOSTS');
  });

  it.each([
    [
      'PUBLIC_URL',
      ['nowhere', 'https://id.example.com/path', 'https://id.example.com?x', 'https://u@id.example.com'],
    ],
    ['MAIL_FROM', ['Ada', 'Ada <ada>', 'a@b, c@d', 'Ada <a@b>\r\nBcc: c@d']],
    [
      'REDIRECT_ORIGINS',
      ['https://app.example.com.', 'https://127.1', 'https://0x7f.0.0.1', 'https://app..example.com:'],
    ],
    ['APP_NAME', ['Foo\nBar', '']],
    ['PASSKEY_RP_ID', ['127.0.0.1', 'https://example.com', 'example.com/']],
    ['SIGN_UP', ['closed']],
    ['SIGN_UP_DOMAINS', ['@example.com', '*', '*.', 'https://example.com', 'example', 'a b.example', ',']],
    ['SIGN_UP_BLOCKED_DOMAINS', ['*.*.example.com', 'example.com/']],
    ['SMS_COUNTRIES', ['UK', 'EU', 'ZZ', '+49', 'Germany', ',']],
    ['PASSWORD_BREACH_URL', ['ftp://example.com', 'https://u:p@example.com/range/']],
    ['DECIDE_URL', ['https://u@example.com', 'http://example.com']],
    ['DECIDE_SECRET', ['whsec_short']],
    ['DECIDE_REASONS', ['two words']],
    ['PASSKEY_ORIGINS', ['https://evil.test', 'localhost', 'https://*.localhost', 'http://localhost/x']],
  ])('refuses for %s what could not be used', (name, values) => {
    for (const value of values.filter(Boolean))
      expect([value, problemsOf({ [name]: value })]).toEqual([value, expect.stringContaining(`${name}: `)]);
  });

  it('names what a setting for sign-up lacks', () => {
    for (const [settings, problem] of [
      [{ PROOF: 'turnstile' }, 'PROOF_SITE_KEY: required with PROOF=turnstile'],
      [{ PROOF: 'hcaptcha', PROOF_SITE_KEY: 'k' }, 'PROOF_SECRET: required with PROOF=hcaptcha'],
      [
        {
          PROOF: 'recaptcha',
          PROOF_SITE_KEY: 'k',
          PROOF_SECRET: 's',
          PROOF_VERIFY_URL: 'http://example.com',
        },
        'PROOF_VERIFY_URL: must be https, except on this machine',
      ],
      [
        { SIGN_UP_DOMAINS: 'example.com', MAIL_URL: 'none' },
        'SIGN_UP_DOMAINS: needs a mail server to verify addresses, but MAIL_URL is none',
      ],
      [{ DECIDE_URL: 'https://example.com' }, 'DECIDE_SECRET: required with DECIDE_URL'],
      [{ DECIDE_URL: 'https://example.com' }, 'DECIDE_ON_FAILURE: required where the application decides'],
      [{ DECIDE_SECRET: `whsec_${'x'.repeat(32)}` }, 'DECIDE_URL: required with DECIDE_SECRET'],
    ] as const)
      expect(problemsOf(settings)).toContain(problem);
  });

  it('says in its own words what is wrong with a value, once, whatever the value is', () => {
    const values = [
      '%',
      '-1',
      '1e3',
      '0x10',
      'NaN',
      '9'.repeat(400),
      'a,b,c',
      '\0',
      'http://%',
      'x://y',
      '😀',
    ];
    const names = [
      ...configTable().map(({ name }) => name),
      'OAUTH_OIDC_ISSUER',
      'OAUTH_GITHUB_VERIFIES_EMAIL',
    ];
    for (const name of names)
      for (const value of values) {
        const lines = problemsOf({ [name]: value }).split('\n');
        expect([
          name,
          value,
          lines.filter((line) => /expected|received|invalid|too (big|small)/i.test(line)),
        ]).toEqual([name, value, []]);
        expect(new Set(lines).size).toBe(lines.length);
      }
  });

  it.each([
    ['DATABASE_URL', 'postgres://u:100%@db/x'],
    ['DATABASE_URL', 'postgres://db/100%'],
    ['DATABASE_DIRECT_URL', 'postgres://u%zz@db/x'],
    ['VALKEY_URL', 'redis://u:100%@cache'],
    ['MAIL_URL', 'smtp://u:100%@mail.example.com'],
    ['SMS_URL', 'twilio://u:100%@+14155550100'],
    ['SMS_URL', 'webhooks://u:100%@sms.example.com'],
    ['WEBHOOK_URL', 'https://u:100%@hooks.example.com'],
  ])('refuses a bare %% in %s', (name, value) => {
    expect(problemsOf({ [name]: value })).toContain(`${name}: holds a % that is not written as %25`);
  });

  it('refuses an issuer that is no URL', () => {
    const provider = { OAUTH_OIDC_CLIENT_ID: 'x', OAUTH_OIDC_CLIENT_SECRET: 'x' };
    for (const OAUTH_OIDC_ISSUER of ['accounts', 'http://%', 'ftp://x', 'https://'])
      expect(problemsOf({ ...provider, OAUTH_OIDC_ISSUER })).toContain('OAUTH_OIDC_ISSUER: must be a URL');
  });

  it('refuses a domain for passkeys that no page is under', () => {
    expect(
      problemsOf({ PASSKEY_RP_ID: 'example.com', PUBLIC_URL: 'https://accounts.example.org' }),
    ).toContain('PASSKEY_RP_ID: neither PUBLIC_URL nor an origin in CORS_ORIGINS is under example.com');
    for (const settings of [
      { PUBLIC_URL: 'https://accounts.example.com' },
      { PUBLIC_URL: 'https://accounts.example.org', CORS_ORIGINS: 'https://*.example.com' },
      { PUBLIC_URL: 'https://accounts.example.org', REDIRECT_ORIGINS: 'https://example.com:*' },
      { PASSKEY_ORIGINS: 'https://shop.example.com' },
    ])
      expect(problemsOf({ PASSKEY_RP_ID: 'example.com', ...settings })).toBe('');
  });

  it('warns of variables that begin as its own do and are not read', () => {
    const { warnings } = readConfig({
      PASSWORD_MINIMUM: '12',
      OAUTH_GITHUB_TOKEN: 'x',
      APP_NAME_FILE: '',
      NODE_OPTIONS: '',
      TEST_DATABASE_URL: '',
      EDITOR_NAME: '',
    });
    expect(warnings).toEqual([
      'PASSWORD_MINIMUM: the server has no such variable. docs/configuration.md lists them',
      'OAUTH_GITHUB_TOKEN: the server has no such variable. docs/configuration.md lists them',
    ]);
  });

  it('knows a variable written without its underscores', () => {
    for (const [name, meant] of [
      ['SIGNUP', 'SIGN_UP'],
      ['PROOFS', 'PROOF'],
      ['SIGNUPDOMAINS', 'SIGN_UP_DOMAINS'],
    ] as const)
      expect(problemsOf({ [name]: 'x' })).toContain(
        `${name}: there is no such variable; did you mean ${meant}?`,
      );
  });

  it('warns of settings that have no effect, or let no one sign up', () => {
    const warningsOf = (settings: Environment) => readConfig({ INBOX: 'off', ...settings }).warnings;
    expect(warningsOf({ SIGN_UP: 'invited', MAIL_URL: 'none' })).toEqual([
      'SIGN_UP=invited: there are no OPERATOR_KEYS, so no one can invite users',
      'SIGN_UP=invited: MAIL_URL is none, so invitations cannot be sent',
    ]);
    expect(warningsOf({ SESSION_IDLE: '30d' })).toEqual([
      'SESSION_IDLE has no effect, because it is not shorter than SESSION_LIFETIME',
    ]);
    expect(warningsOf({ PROOF_SECRET: 'x' })).toEqual([
      'PROOF_SITE_KEY and PROOF_SECRET have no effect, because PROOF is off',
    ]);
  });

  it('lets production be tried on this machine, with a warning', () => {
    const trial = { ...production, PUBLIC_URL: 'http://localhost:4000' };
    expect(readConfig(trial).warnings).toEqual([expect.stringMatching(/^PUBLIC_URL: http is for trying/)]);
    expect(readConfig(production).warnings).toEqual([]);
    for (const PUBLIC_URL of [
      'http://accounts.example.com',
      'http://localhost.example.com',
      'http://10.0.0.1',
    ])
      expect(problemsOf({ ...production, PUBLIC_URL })).toContain('PUBLIC_URL: must be https');
  });

  it('has no inbox where mail leaves, unless it is asked for', () => {
    const MAIL_URL = 'smtp://localhost:25';
    expect([readConfig({ MAIL_URL }).INBOX, readConfig({ MAIL_URL, INBOX: 'on' }).INBOX]).toEqual([
      false,
      true,
    ]);
  });

  it('refuses one key in two places, and wildcards that hold half the world', () => {
    expect(problemsOf({ ...production, CODE_KEYS: production.PEPPER_KEYS })).toContain(
      'one key stands in two places',
    );
    for (const origin of [
      '*',
      'https://*',
      'https://*.com',
      'https://app.example.com/path',
      'https://u:p@app.example.com',
    ]) {
      expect(problemsOf({ REDIRECT_ORIGINS: origin })).toContain('REDIRECT_ORIGINS: ');
    }
  });

  it('in production turns off what is for development', () => {
    expect(problemsOf(production)).toBe('');
    expect(readConfig(production)).toMatchObject({
      production: true,
      GRAPHIQL: false,
      INTROSPECTION: false,
      INBOX: false,
    });
    expect(readConfig({})).toMatchObject({
      production: false,
      GRAPHIQL: true,
      INTROSPECTION: true,
      INBOX: true,
    });
  });

  it('reads a value from the file that NAME_FILE names', () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-config-'));
    const file = join(directory, 'name');
    writeFileSync(file, 'From a file\n');
    expect(readConfig({ APP_NAME_FILE: file }).APP_NAME).toBe('From a file');
    expect(problemsOf({ APP_NAME_FILE: join(directory, 'none') })).toContain('APP_NAME_FILE: no such file');
    rmSync(directory, { recursive: true });
  });
});
