import { createStaticHandler } from 'react-router';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { days } from '../../src/clock.js';
import { createServerClient, type ServerClientOptions } from '../../src/client/server.js';
import { action, loader } from '../examples/react-router/routes.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { chrome } from '../support/client.js';
import { messagesTo } from '../support/messages.js';
import { goodPassword as password, newEmail, signUp } from '../support/people.js';

// An app whose server renders its pages calls the API for its visitors. What a link on another site can do is nothing.

const origin = 'https://app.example.com';
const address = '203.0.113.7';
const visitor = {
  'user-agent': chrome,
  'accept-language': 'de',
  'x-forwarded-for': address,
};

let test: TestApp;
let options: ServerClientOptions;
const { query } = createStaticHandler([{ id: 'home', path: '/', loader, action }]);
beforeAll(async () => {
  test = await createTestApp({ TRUSTED_PROXIES: '127.0.0.0/8', CORS_ORIGINS: origin });
  options = { url: `${test.url}/graphql`, origin, address };
  process.env['ACCOUNTS_URL'] = options.url;
});
afterAll(() => test.close());

const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');

/** Opens the page of the example app. */
async function open(cookie: string, site = 'none'): Promise<unknown> {
  const headers = { ...visitor, cookie, 'sec-fetch-site': site };
  const context = await query(new Request(`${origin}/`, { headers }));
  return context instanceof Response ? context : context.loaderData['home'];
}

/** Sends the form of the example app. */
async function submit(email: string, typed = password, from = origin) {
  const body = new URLSearchParams({ email, password: typed });
  return query(new Request(`${origin}/`, { method: 'POST', body, headers: { ...visitor, origin: from } }));
}

describe('an app of React Router', () => {
  it('signs in by a form, and renders the account afterwards', async () => {
    const email = newEmail();
    const { userId } = await signUp(test, email);
    const response = (await submit(email)) as Response;
    expect([response.status, response.headers.get('location')]).toEqual([302, '/']);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((header) => header.split('=')[0]).sort()).toEqual(['device', 'session']);
    for (const header of cookies) expect(header).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(await open(cookiesOf(response.headers))).toMatchObject({
      session: { status: 'signedIn', userId },
      account: { email },
    });
  });

  it('renders the sign-in page for a guest', async () => {
    expect(await open('')).toEqual({ session: { status: 'signedOut' }, account: null });
  });

  it('says why a sign-in failed', async () => {
    const email = newEmail();
    await signUp(test, email);
    const context = await submit(email, 'not the password');
    expect(context).toMatchObject({ actionData: { home: { message: expect.stringContaining('password') } } });
  });

  it('does not sign in for a form of another site', async () => {
    const email = newEmail();
    await signUp(test, email);
    const before = await test.fingerprint();
    const context = await submit(email, password, 'https://attacker.example');
    expect(context).toMatchObject({ actionData: { home: { message: expect.stringContaining('origin') } } });
    expect(await test.fingerprint()).toEqual(before);
  });
});

/** A signed-in visitor: the cookies of their browser. */
async function signedIn() {
  const email = newEmail();
  await signUp(test, email);
  const request = { headers: new Headers({ ...visitor, origin }) };
  const client = createServerClient(request, options);
  await client.signIn.withPassword({ email, password });
  return { email, client, cookie: cookiesOf(client.responseHeaders) };
}

describe('createServerClient', () => {
  it('forwards the address, the browser and the language of the visitor', async () => {
    const { client, email } = await signedIn();
    const { nodes } = await client.listSessions();
    expect(nodes).toMatchObject([{ current: true, origin: { ip: address, client: { name: 'Chrome' } } }]);
    await client.verifyEmail();
    const [mail] = await messagesTo(test, email);
    expect(mail?.subject).toContain('Bestätigung');
  });

  it('uses a session that it has made itself, and forgets one that it has ended', async () => {
    const { client, email } = await signedIn();
    expect((await client.getAccount()).email).toBe(email);
    expect(client.cookies).toEqual([
      { name: 'device', value: expect.any(String), options: expect.objectContaining({ httpOnly: true }) },
      {
        name: 'session',
        value: expect.stringMatching(/^session_/),
        options: { path: '/', httpOnly: true, secure: false, sameSite: 'lax', maxAge: days(30) },
      },
    ]);
    await client.signOut();
    expect(client.cookies.find(({ name }) => name === 'session')).toMatchObject({
      value: '',
      options: { maxAge: 0 },
    });
    await expect(client.getAccount()).rejects.toMatchObject({ code: 'GENERAL_UNAUTHORIZED_SCOPE' });
  });

  it('forwards no cookie of the app', async () => {
    const sent: (string | null)[] = [];
    const cookie = 'theme=dark; session=session_x; __Host-session=session_y; sessions=z; device=w';
    const client = createServerClient(
      { headers: new Headers({ cookie }) },
      {
        ...options,
        fetch: (url, init) => {
          sent.push(new Headers(init?.headers).get('cookie'));
          return fetch(url, init);
        },
      },
    );
    await client.signIn.resume();
    expect(sent).toEqual(['session=session_x; __Host-session=session_y; device=w']);
  });

  it.each(['none', 'cross-site', 'same-site'])(
    'lets a link that is %s read and change nothing',
    async (site) => {
      const { email, cookie } = await signedIn();
      const headers = new Headers({ ...visitor, cookie, 'sec-fetch-site': site });
      const client = createServerClient({ headers }, options);
      expect((await client.getAccount()).email).toBe(email);
      const before = await test.fingerprint();
      await expect(client.signOut()).rejects.toMatchObject({ code: 'GENERAL_UNKNOWN_ORIGIN' });
      await expect(client.updateName({ name: 'Mallory' })).rejects.toMatchObject({
        code: 'GENERAL_UNKNOWN_ORIGIN',
      });
      expect(await test.fingerprint()).toEqual(before);
    },
  );

  it('reads cookies as the API does: the first of a name, and no blanks but spaces and tabs', async () => {
    const victim = await signedIn();
    const attacker = await signedIn();
    const emailSeenWith = async (cookie: string) => {
      const headers = { get: (name: string) => (name === 'cookie' ? cookie : null) };
      const client = createServerClient({ headers }, options);
      return client.getAccount().then(
        ({ email }) => email,
        () => null,
      );
    };
    const [own, foreign] = [victim.cookie, attacker.cookie].map(
      (cookie) => /session=[^;]+/.exec(cookie)?.[0] ?? '',
    );
    expect(await emailSeenWith(`${own}; \xa0${foreign}`)).toBe(victim.email);
    expect(await emailSeenWith(`${own}; ${foreign}`)).toBe(victim.email);
    expect(await emailSeenWith(`\xa0${foreign}`)).toBeNull();
    expect(await emailSeenWith(`theme=dark;\t${own} `)).toBe(victim.email);
  });

  it.each([
    ', mutation { updateName(name: "Mallory") { id } }',
    'fragment Parts on User { id }, mutation { updateName(name: "Mallory") { ...Parts } }',
    '"A description." mutation Rename { updateName(name: "Mallory") { id } }',
    '# a comment\nmutation { updateName(name: "Mallory") { id } }',
  ])('knows a change however it is written: %s', async (text) => {
    const { cookie } = await signedIn();
    const headers = new Headers({ ...visitor, cookie, 'sec-fetch-site': 'cross-site' });
    const before = await test.fingerprint();
    await expect(createServerClient({ headers }, options).run(text as never)).rejects.toMatchObject({
      code: 'GENERAL_UNKNOWN_ORIGIN',
    });
    expect(await test.fingerprint()).toEqual(before);
  });

  it('has nothing to do with the tabs of a browser', async () => {
    vi.stubGlobal('document', {});
    const { cookie } = await signedIn();
    const other = createServerClient({ headers: new Headers(visitor) }, options);
    const client = createServerClient({ headers: new Headers({ ...visitor, origin, cookie }) }, options);
    await client.getAccount();
    await client.signOut();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(other.session).toEqual({ status: 'unknown' });
    vi.unstubAllGlobals();
  });

  it('does not change anything for a request that does not say where it comes from', async () => {
    const { cookie } = await signedIn();
    const client = createServerClient({ headers: new Headers({ cookie }) }, options);
    const before = await test.fingerprint();
    await expect(client.updateName({ name: 'Mallory' })).rejects.toMatchObject({
      code: 'GENERAL_UNAUTHORIZED_SCOPE',
    });
    expect(await test.fingerprint()).toEqual(before);
  });
});
