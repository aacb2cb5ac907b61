import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/config.js';

function problemsOf(environment: Record<string, string>): string {
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
      'REDIRECT_ORIGIN: there is no such variable; REDIRECT_ORIGINS',
      'OAUTH_GITHUB_CLIENTID: there is no such variable; OAUTH_GITHUB_CLIENT_ID',
      'OAUTH_GITHUB_VERIFIES_EMAILS: there is no such variable; OAUTH_GITHUB_VERIFIES_EMAIL',
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
    ['PASSKEY_ORIGINS', ['https://evil.test', 'localhost', 'https://*.localhost', 'http://localhost/x']],
  ])('refuses for %s what could not be used', (name, values) => {
    for (const value of values.filter(Boolean))
      expect([value, problemsOf({ [name]: value })]).toEqual([value, expect.stringContaining(`${name}: `)]);
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
