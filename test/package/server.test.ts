import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/client.js';
import { createGatehouse, createSessionVerifier, type Gatehouse } from '../../src/server.js';
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
  async function expectToWork(origin: string): Promise<void> {
    const client = createClient({ url: `${origin}/graphql` });
    const email = newEmail();
    await client.createAccount({ email, password });
    await client.signIn.withPassword({ email, password });
    expect((await client.getAccount()).email).toBe(email);
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    for (const path of ['/', '/shop?item=1', '/graphql/else'])
      expect(await (await fetch(origin + path)).text()).toBe(`the shop at ${path}`);
    expect(await (await fetch(`${origin}/shop`, { method: 'POST', body: 'x' })).text()).toBe(
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

  it.each(['before', 'behind'])('of Express, %s its body parser', async (place) => {
    const app = express();
    if (place === 'behind') app.use(express.json());
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
