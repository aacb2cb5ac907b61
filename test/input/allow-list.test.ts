import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/config.js';
import { isListed } from '../../src/input/allow-list.js';

const list = ['https://app.example.com', 'https://*.cust.example.com', 'myapp://cb'];
const admits = (url: string, entries: readonly string[] = list) => isListed(entries, new URL(url));

describe('isListed, of private-use schemes', () => {
  it.each([
    ['com.example.app:/cb?x=1', 'com.example.app:/cb', true],
    ['com.example.app:/other', 'com.example.app:/cb', false],
    ['exp://192.168.0.7:8081/--/cb', 'exp://*', true],
    ['exps://192.168.0.7:8081/--/cb', 'exp://*', false],
    ['https://evil.example.com/', 'exp://*', false],
  ])('%s, by %s: %s', (url, entry, admitted) => {
    expect(admits(url, [entry])).toBe(admitted);
    expect(readConfig({ REDIRECT_ORIGINS: entry }).REDIRECT_ORIGINS).toEqual([entry]);
  });

  it.each(['javascript://*', 'data:/x', 'file:///x', 'vbscript:/x', 'blob:/x'])('never %s', (entry) => {
    expect(() => readConfig({ REDIRECT_ORIGINS: entry })).toThrow(ConfigError);
  });
});

describe('isListed', () => {
  it.each([
    'https://app.example.com/cb?x=1',
    'HTTPS://APP.EXAMPLE.COM/cb',
    'https://app.example.com:443/',
    'https://app.example.com/cb?secret=x&userId=y',
    'https://app.example.com/#frag',
    'https://x.cust.example.com/',
    'https://X-1.CUST.example.com/',
  ])('admits %s', (url) => {
    expect(admits(url)).toBe(true);
  });

  it.each([
    ['another scheme', 'http://app.example.com/'],
    ['another scheme at the https port', 'http://app.example.com:443/'],
    ['a WebSocket', 'wss://app.example.com/'],
    ['another port', 'https://app.example.com:8443/'],
    ['a host behind userinfo', 'https://app.example.com@evil.com/'],
    ['a host behind userinfo with a port', 'https://app.example.com:443@evil.com/'],
    ['a host before a backslash', 'https://evil.com\\.app.example.com/'],
    ['a slash and a backslash', 'https:/\\evil.com'],
    ['an escaped dot', 'https://app.example.com%2eevil.com/'],
    ['a longer host', 'https://app.example.com.evil.com/'],
    ['no label boundary', 'https://evilapp.example.com/'],
    ['a parent domain', 'https://example.com/'],
    ['a subdomain', 'https://x.app.example.com/'],
    ['a trailing dot', 'https://app.example.com./'],
    ['a Cyrillic letter', 'https://\u0430pp.example.com/'],
    ['javascript:', 'javascript://app.example.com/%0aalert(1)'],
    ['blob:', 'blob:https://app.example.com/x'],
    ['data:', 'data:text/html,https://app.example.com'],
    ['vbscript:', 'vbscript://app.example.com'],
    ['file:', 'file://app.example.com/'],
    ['intent:', 'intent://app.example.com/#Intent;scheme=https;end'],
    ['the loopback in hexadecimal', 'https://0x7f.1/'],
    ['the loopback as a number', 'https://2130706433/'],
    ['the loopback in circles', 'https://\u2460\u2461\u2466.0.0.1/'],
    ['the loopback in IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['a wildcard’s own domain', 'https://cust.example.com/'],
    ['two labels for a wildcard', 'https://a.b.cust.example.com/'],
    ['an empty label for a wildcard', 'https://.cust.example.com/'],
    ['a label that only ends like a wildcard’s domain', 'https://x-cust.example.com/'],
    ['a wildcard’s domain in the query', 'https://evil.com?.cust.example.com'],
    ['a wildcard’s domain in the fragment', 'https://evil.com#.cust.example.com'],
    ['a wildcard’s domain at another port', 'https://x.cust.example.com:444/'],
    ['a wildcard’s domain by another scheme', 'http://x.cust.example.com/'],
  ])('refuses %s', (_what, url) => {
    expect(admits(url)).toBe(false);
  });

  it.each([
    ['myapp://cb', true],
    ['MYAPP://cb', true],
    ['myapp://cb?secret=x', true],
    ['myapp://cb.evil', false],
    ['myapp://cb:1', false],
    ['myapp://CB', false],
    ['myapp://other', false],
    ['myapp:cb', false],
    ['notmyapp://cb', false],
    ['myapp://cb/path', false],
    ['myapp://cb/../x', false],
  ])('holds the custom URL %s against the entry exactly', (url, admitted) => {
    expect(admits(url)).toBe(admitted);
  });

  it('compares ports as numbers, a default one with none', () => {
    expect(admits('https://a.test/', ['https://a.test:443'])).toBe(true);
    expect(admits('http://a.test:80/', ['http://a.test'])).toBe(true);
    expect(admits('http://a.test/', ['http://a.test:443'])).toBe(false);
    expect(admits('https://a.test:8443/', ['https://a.test:8443'])).toBe(true);
    expect(admits('https://a.test/', ['https://a.test:8443'])).toBe(false);
    expect(admits('https://a.test:80/', ['https://a.test'])).toBe(false);
  });

  it('takes any port for *, of that host and scheme alone', () => {
    const local = ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'];
    const admitted = [
      'http://localhost',
      'http://LOCALHOST:3000',
      'http://127.0.0.1:1',
      'http://[0:0:0:0:0:0:0:1]:8080',
    ];
    const refused = [
      'https://localhost:3000',
      'http://localhost.example.com:3000',
      'http://127.0.0.1.example.com:1',
      'http://127.0.0.2:1',
      'http://[::2]:1',
      'http://localhost.:3000',
    ];
    expect(admitted.filter((url) => admits(url, local))).toEqual(admitted);
    expect(refused.filter((url) => admits(url, local))).toEqual([]);
  });

  it('admits nothing by an empty list or an entry that is no origin', () => {
    expect(admits('https://evil.com', [])).toBe(false);
    for (const entry of ['', '*', '://', 'https://', 'https://*', '*.com', 'evil.com', 'https:evil.com']) {
      expect([entry, admits('https://evil.com', [entry])]).toEqual([entry, false]);
    }
  });
});

describe('REDIRECT_ORIGINS', () => {
  it.each([
    'https://app.example.com',
    'https://*.example.com',
    'http://localhost:*',
    'http://[::1]:3000',
    'myapp://cb',
  ])('may hold %s', (entry) => {
    expect(readConfig({ REDIRECT_ORIGINS: entry }).REDIRECT_ORIGINS).toEqual([entry]);
  });

  it.each([
    '*',
    '*.com',
    'https://*',
    'https://*:*',
    'https://*.com',
    'app.example.com',
    'https://app.example.com/path',
    'https://user@app.example.com',
    'https://*.*.example.com',
    'HTTPS://app.example.com',
  ])('refuses %s when the server starts', (entry) => {
    expect(() => readConfig({ REDIRECT_ORIGINS: `https://fine.test,${entry}` })).toThrow(ConfigError);
  });
});
