import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, memoryStorage } from '../../src/client/client.js';
import { createGatehouse, createSessionVerifier, type Gatehouse } from '../../src/server.js';
import { maxOpenStreams } from '../../src/limits/limits.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { emptyDatabase, hasPostgres } from '../support/postgres.js';
import { goodPassword as password, jwtClient, newEmail, signedInPerson } from '../support/people.js';

const postgres = await hasPostgres();
const close = (server: Server) => new Promise((resolve) => server.close(resolve).closeAllConnections());

describe.skipIf(!postgres)('the API in a server of one’s own', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let gatehouse: Gatehouse;
  beforeAll(async () => {
    database = await emptyDatabase();
    gatehouse = await createGatehouse({
      PUBLIC_URL: 'http://localhost:3999',
      DATABASE_URL: database.url,
      NODE_ENV: 'test',
      ARGON2_MEMORY_KIB: '1024',
      LOG_LEVEL: 'silent',
    });
  });
  afterAll(async () => {
    await gatehouse.close();
    await database.drop();
  });

  /** Signs up and in through it, and finds the server's own pages where they were. */
  async function expectToWork(origin: string, send: typeof fetch = fetch): Promise<void> {
    const client = createClient({ url: `${origin}/graphql`, fetch: send });
    const email = newEmail();
    await client.createAccount({ email, password });
    await client.signIn.withPassword({ email, password });
    expect((await client.getAccount()).email).toBe(email);
    expect((await send(`${origin}/health/ready`)).status).toBe(200);
    for (const path of ['/', '/shop?item=1', '/graphql/else'])
      expect(await (await send(origin + path)).text()).toBe(`the shop at ${path}`);
    expect(await (await send(`${origin}/shop`, { method: 'POST', body: 'x' })).text()).toBe(
      'the shop at /shop',
    );
  }

  async function serve(listener: RequestListener): Promise<{ server: Server; origin: string }> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it('of node:http', async () => {
    const { server, origin } = await serve(async (request, response) => {
      if (!(await gatehouse.handle(request, response))) response.end(`the shop at ${request.url}`);
    });
    await expectToWork(origin);
    await close(server);
  });

  it.each([
    ['before all body parsers', []],
    ['behind one for JSON', [express.json()]],
    ['behind one for bytes', [express.raw({ type: '*/*' })]],
    ['behind one for text', [express.text({ type: '*/*' })]],
  ])('of Express, %s', async (_place, parsers) => {
    const app = express();
    for (const parser of parsers) app.use(parser);
    app.use(gatehouse.handle);
    app.use((request, response) => void response.send(`the shop at ${request.originalUrl}`));
    const { server, origin } = await serve(app);
    await expectToWork(origin);
    await close(server);
  });

  it('of Fastify', async () => {
    const app = fastify();
    app.addHook('onRequest', async (request, reply) => {
      if (await gatehouse.handle(request.raw, reply.raw)) reply.hijack();
    });
    app.addContentTypeParser('text/plain', (_request, _body, done) => done(null));
    app.all('*', async (request) => `the shop at ${request.url}`);
    await expectToWork(await app.listen());
    await app.close();
  });

  it.each([
    ['a form', express.urlencoded()],
    ['bytes', express.raw({ type: '*/*' })],
  ])('of Express, when a provider posts a form that was parsed as %s', async (_kind, parser) => {
    const app = express();
    app.use(parser, gatehouse.handle);
    const { server, origin } = await serve(app);
    const answer = await fetch(`${origin}/oauth2/apple/callback`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ code: 'a b', state: 'x&y' }),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/oauth2/apple/callback?code=a+b&state=x%26y',
    ]);
    await close(server);
  });

  it('of Hono, by Fetch', async () => {
    const app = new Hono();
    app.use(async (context, next) => {
      const { raw } = context.req;
      return gatehouse.owns(raw) ? gatehouse.fetch(raw, { address: '10.3.0.1' }) : next();
    });
    app.all(
      '*',
      ({ req: { raw } }) => new Response(`the shop at ${raw.url.replace('http://shop.test', '')}`),
    );
    await expectToWork('http://shop.test', async (target, init) => app.fetch(new Request(target, init)));
  });

  it('streams the security log by Fetch, and ends a stream whose reader has stopped', async () => {
    const send: typeof fetch = async (target, init) =>
      gatehouse.fetch(new Request(target, init), { address: '10.3.0.2' });
    const storage = memoryStorage();
    const client = createClient({ url: 'http://shop.test/graphql', fetch: send, storage });
    const person = { email: newEmail(), password };
    await client.createAccount(person);
    await client.signIn.withPassword(person);
    const headers = {
      authorization: `Bearer ${await storage.getItem('gatehouse.session')}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
    };
    const open = async () => {
      const body = JSON.stringify({ query: 'subscription { logCreated { detail } }' });
      const answer = await send('http://shop.test/graphql', { method: 'POST', headers, body });
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      return { read: async () => (await reader?.read())?.value ?? '', stop: () => reader?.cancel() };
    };
    for (let count = 0; count < 2 * maxOpenStreams.perUser; count += 1) await (await open()).stop();
    const { read, stop } = await open();
    let text = await read();
    await client.updateName({ name: 'Ada' });
    while (!text.includes('name.update')) text += await read();
    await stop();
    expect(text).not.toContain('errors');
  });

  it('takes no request by Fetch without knowing the address of the client', async () => {
    await expect(gatehouse.fetch(new Request('http://shop.test/health/ready'))).rejects.toThrow(
      'pass the address of the client, or set TRUSTED_PROXIES',
    );
    const answer = await gatehouse.fetch(new Request('http://shop.test/nowhere'), { address: '10.3.0.3' });
    expect(answer.status).toBe(404);
    for (const address of ['', 'unknown', '1.2.3.4, 5.6.7.8'])
      await expect(gatehouse.fetch(new Request('http://shop.test/nowhere'), { address })).rejects.toThrow(
        'must be one IP address',
      );
  });

  it('says that the body of a Fetch request has been read', async () => {
    const request = new Request('http://shop.test/graphql', { method: 'POST', body: '{}' });
    await request.text();
    await expect(gatehouse.fetch(request, { address: '10.3.0.5' })).rejects.toThrow(
      'Read a clone of the request',
    );
  });

  it('gives a Fetch request up whose client hangs up in the middle of the body', async () => {
    const headers = { 'content-type': 'application/json' };
    const hangUp = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"query":')),
      pull: (controller) => controller.error(new Error('gone')),
    });
    const request = new Request('http://shop.test/graphql', {
      method: 'POST',
      headers,
      body: hangUp,
      duplex: 'half',
    } as RequestInit);
    await expect(gatehouse.fetch(request, { address: '10.3.0.6' })).rejects.toThrow('The client hung up.');
  });

  it('answers Fetch requests that servers of Node would not let through', async () => {
    const url = 'http://shop.test/graphql';
    const send = (init: RequestInit) => gatehouse.fetch(new Request(url, init), { address: '10.3.0.7' });
    for (const method of ['constructor', 'toString', '__proto__'])
      expect((await send({ method })).status).toBe(405);
    const headers = { 'content-type': 'application/json' };
    const body = '{"query":"{ __typename }"}';
    const twice = { ...headers, 'content-length': `${body.length}, ${body.length}` };
    for (let count = 0; count < 3; count += 1)
      expect((await send({ method: 'POST', body, headers: twice })).status).toBe(200);
    const large = JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(6000) } });
    expect((await send({ method: 'POST', body: large, headers })).status).toBe(200);
  });

  /** A user who has signed in, and the secret of the session. */
  async function visitor() {
    const send: typeof fetch = async (target, init) =>
      gatehouse.fetch(new Request(target, init), { address: '10.3.0.4' });
    const storage = memoryStorage();
    const client = createClient({ url: 'http://shop.test/graphql', fetch: send, storage });
    const person = { email: newEmail(), password };
    const { id } = await client.createAccount(person);
    await client.signIn.withPassword(person);
    const secret = (await storage.getItem('gatehouse.session')) ?? '';
    const ask = async (method: string, headers: Record<string, string>) =>
      (await gatehouse.getSession(new Request('http://shop.test/cart', { method, headers })))?.userId ?? null;
    return { client, email: person.email, id, secret, ask };
  }

  it('says whose request it is, by the bearer, until the session ends', async () => {
    const { client, email, id, secret, ask } = await visitor();
    expect(await ask('GET', {})).toBeNull();
    expect(await ask('POST', { authorization: `Bearer ${secret}` })).toBe(id);
    const request = new Request('http://shop.test/cart', { headers: { authorization: `Bearer ${secret}` } });
    expect(await gatehouse.getSession(request)).toEqual({
      userId: id,
      sessionId: expect.any(String),
      name: '',
      email,
      emailVerified: false,
      labels: [],
    });
    await client.signOut();
    expect(await gatehouse.getSession(request)).toBeNull();
  });

  it('says whose request it is, by the cookie of a page of its own', async () => {
    const { id, secret, ask } = await visitor();
    const cookie = `session=${secret}`;
    expect(await ask('GET', { cookie, 'sec-fetch-site': 'none' })).toBe(id);
    expect(await ask('GET', { cookie, 'sec-fetch-site': 'cross-site' })).toBe(id);
    expect(await ask('POST', { cookie, origin: 'http://localhost:3999' })).toBe(id);
    expect(await ask('GET', { cookie, origin: 'http://localhost:3999' })).toBe(id);
  });

  it('disregards the cookie in requests of other sites', async () => {
    const { secret, ask } = await visitor();
    const cookie = `session=${secret}`;
    expect(await ask('POST', { cookie, origin: 'https://evil.test' })).toBeNull();
    // As a WebSocket begins.
    expect(await ask('GET', { cookie, origin: 'https://evil.test' })).toBeNull();
    expect(await ask('POST', { cookie, 'sec-fetch-site': 'cross-site' })).toBeNull();
  });

  it('says at once which settings it cannot use', async () => {
    await expect(createGatehouse({ PUBLIC_URL: 'nowhere', SESSION_LIMIT: '0' })).rejects.toThrow(
      /PUBLIC_URL.*SESSION_LIMIT/s,
    );
  });
});

describe('another service', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ PUBLIC_URL: 'https://accounts.example.test' });
  });
  afterAll(() => test.close());

  it('knows whose JWT it is from the keys alone, until it ends', async () => {
    test.clock.advance((Date.now() - test.clock.now().getTime()) / 1000);
    const verify = createSessionVerifier({
      url: 'https://accounts.example.test',
      jwksUrl: `${test.url}/.well-known/jwks.json`,
    });
    const person = await signedInPerson(test);
    const text = `UPDATE users SET "labels" = '{beta}' WHERE "id" = $1`;
    await test.app.deps.db.query({ text, values: [person.userId] });
    const jwt = (await jwtClient(person)).bearer ?? '';
    expect(await verify(jwt)).toEqual({
      userId: person.userId,
      sessionId: person.sessionId,
      expiresAt: expect.any(Date),
      emailVerified: false,
      labels: ['beta'],
    });
    expect(await verify(`${jwt.slice(0, -4)}AAAA`)).toBeNull();
    expect(await verify('none')).toBeNull();
    expect(await verify(person.secret)).toBeNull();
    const elsewhere = createSessionVerifier({
      url: 'https://other.example.test',
      jwksUrl: `${test.url}/.well-known/jwks.json`,
    });
    await expect(elsewhere(jwt)).rejects.toThrow(
      'url: must be the PUBLIC_URL of the server, which made this JWT as https://accounts.example.test',
    );
    test.clock.advance(-3600);
    const old = (await jwtClient(await signedInPerson(test))).bearer ?? '';
    expect(await verify(old)).toBeNull();
  });

  it('is told when the keys are out of reach, rather than that nobody is signed in', async () => {
    const verify = createSessionVerifier({
      url: 'https://accounts.example.test',
      jwksUrl: 'http://127.0.0.1:1/',
    });
    const jwt = (await jwtClient(await signedInPerson(test))).bearer ?? '';
    await expect(verify(jwt)).rejects.toThrow('The keys at http://127.0.0.1:1/ could not be loaded.');
  });
});
