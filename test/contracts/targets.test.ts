import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { operatorSettings } from '../support/operators.js';
import { signedInPerson } from '../support/people.js';

// What proxies and unusual clients send.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ ...operatorSettings, TRUSTED_PROXIES: '1' });
});
afterAll(() => test.close());

/** Sends a request as it is written, and returns the status. */
function statusOf(target: string, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(test.url);
    const socket = connect(Number(port), hostname);
    socket.once('error', reject).once('data', (data) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(String(data))?.[1]));
    });
    socket.write(
      `${method} ${target} HTTP/1.1\r\nhost: x\r\naccept: application/json\r\nconnection: close\r\n\r\n`,
    );
  });
}

describe('a request target', () => {
  it.each([
    ['http://accounts.example.com/graphql?query={__typename}', 200],
    ['HTTP://other.example/health/ready', 200],
    ['http://accounts.example.com', 302],
    ['http://accounts.example.com?x', 302],
    ['/health/ready', 200],
  ])('%s is answered with %i', async (target, status) => {
    expect(await statusOf(target)).toBe(status);
  });

  it.each([
    '/a/../console',
    '/a/..\\console',
    '\\console',
    '/\\console',
    '//console',
    '/./console',
    '/%2e/console',
    '/a/%2e%2e/console',
    '/console/.',
    'http://x/a/../console',
    'http://x\\console',
    'ftp://x/console',
    '*',
    '/constructor',
    '/__proto__',
  ])('%s leads nowhere, as it may for a proxy in front', async (target) => {
    expect(await statusOf('/console')).toBe(200);
    expect([404, 400]).toContain(await statusOf(target));
  });
});

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${test.url}/graphql`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('a body', () => {
  it('may begin with a byte order mark', async () => {
    expect(await (await post('\ufeff{"query":"{ __typename }"}')).json()).toEqual({
      data: { __typename: 'Query' },
    });
  });

  it('with a content-encoding is refused in words', async () => {
    const body = new Uint8Array(gzipSync('{"query":"{ __typename }"}'));
    const response = await post(body, { 'content-encoding': 'gzip' });
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(await response.json()).toMatchObject({
      errors: [
        {
          message: 'Send the request without a content-encoding.',
          extensions: { code: 'GENERAL_BAD_REQUEST' },
        },
      ],
    });
  });

  it('may say that it has none', async () => {
    const response = await post('{"query":"{ __typename }"}', { 'content-encoding': 'identity' });
    expect(response.status).toBe(200);
  });
});

describe('X-Forwarded-For', () => {
  it.each([
    ['"2001:db8::1"', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['"203.0.113.9"', '203.0.113.9'],
    ['"203.0.113.9:443"', '203.0.113.9'],
    ['203.0.113.9:443', '203.0.113.9'],
    ['198.51.100.1, "2001:db8::2"', '2001:db8::2'],
  ])('%s is %s', async (header, address) => {
    const { email, password } = await signedInPerson(test);
    const answer = await post(
      JSON.stringify({
        query:
          'mutation ($email: String!, $password: String!) { createEmailPasswordSession(email: $email, password: $password) { origin { ip } } }',
        variables: { email, password },
      }),
      { 'x-forwarded-for': header },
    );
    expect(await answer.json()).toEqual({
      data: { createEmailPasswordSession: { origin: { ip: address } } },
    });
  });
});
