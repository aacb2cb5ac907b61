import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient, memoryStorage, PlatformError } from '../../src/client/client.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { newEmail } from '../support/people.js';

// What the client does on platforms that lack something, such as React Native without polyfills.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
afterEach(() => {
  vi.unstubAllGlobals();
});

const clientOf = () => createClient({ url: `${test.url}/graphql`, storage: memoryStorage() });
const missingOf = (call: () => Promise<unknown>) =>
  call().then(
    () => 'nothing',
    (error: unknown) => (error instanceof PlatformError ? error.missing : String(error)),
  );

describe('a platform without crypto', () => {
  it('is told what is missing', async () => {
    vi.stubGlobal('crypto', undefined);
    const client = clientOf();
    const link = { email: newEmail(), url: 'http://localhost:3000/in' };
    expect(await missingOf(() => client.signIn.withMagicLink(link))).toBe('crypto.getRandomValues');
    const provider = { provider: 'GITHUB', success: 'app://in' } as const;
    expect(await missingOf(() => client.signIn.withProvider(provider))).toBe('crypto.subtle');
  });
});

describe('a platform without URLSearchParams', () => {
  it('reads what a page was opened with', async () => {
    vi.stubGlobal('URLSearchParams', undefined);
    const client = clientOf();
    const href = 'app://in?a=1&gatehouse=link.x&userId=u%2B1&secret=s+s#top';
    expect(await client.handleRedirect({ href })).toMatchObject({ kind: 'signIn', expected: false });
    const failed = `app://in?gatehouse=provider&error=${encodeURIComponent('{"code":"USER_BLOCKED"}')}`;
    expect(await client.handleRedirect({ href: failed })).toEqual({ kind: 'failed', code: 'USER_BLOCKED' });
  });
});

describe('an address that is not the account API', () => {
  it('is named in the error', async () => {
    expect(() => createClient({ url: 'accounts.example.com/graphql' })).toThrow(TypeError);
    const page = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<p>Hello</p>');
    });
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const { port } = page.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const client = createClient({ url, storage: memoryStorage(), retries: 0 });
    await expect(client.getAccount()).rejects.toThrow(/responded with status \d+ and .*not the account API/);
    page.close();
    const away = createClient({ url: 'http://127.0.0.1:9/graphql', storage: memoryStorage(), retries: 0 });
    await expect(away.getAccount()).rejects.toThrow('http://127.0.0.1:9/graphql did not respond.');
  });
});
