import { request } from 'node:http';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateEmailPasswordSessionDocument, UpdateNameDocument } from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { goodPassword, newEmail, signedInPerson, signUp } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ CORS_ORIGINS: 'https://app.example.com,https://*.cust.example.com' });
});
afterAll(() => test.close());

const json = { 'content-type': 'application/json' };
const typename = JSON.stringify({ query: '{ __typename }' });

describe('POST /graphql', () => {
  it('passes the audits of GraphQL over HTTP', async () => {
    const audits = serverAudits({ url: `${test.url}/graphql`, fetchFn: fetch });
    const results = await Promise.all(audits.map(async (audit) => ({ audit, result: await audit.fn() })));
    // Requests that are refused for their form are refused with 4xx, whatever they accept.
    const failed = results.filter(
      ({ audit, result }) => audit.name.startsWith('MUST') && result.status === 'error',
    );
    expect(failed.map(({ audit }) => audit.name)).toEqual([]);
  });

  it('takes JSON and nothing that a page may send without asking', async () => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/graphql',
      'text/plain; application/json',
      'application/graphql+json',
      'application/json, multipart/form-data',
      'application/json;charset=utf-16',
      '',
    ];
    for (const type of types) {
      const response = await test
        .client()
        .fetch('/graphql', { method: 'POST', headers: { 'content-type': type }, body: typename });
      expect([type, response.status]).toEqual([type, 415]);
    }
    const mixedCase = await test.client().fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'aPPlication/JSON; charset=UTF-8' },
      body: typename,
    });
    expect(mixedCase.status).toBe(200);
  });

  it('refuses bodies over 256 KiB, arrays and garbage', async () => {
    const post = async (body: string) => {
      const response = await test.client().fetch('/graphql', { method: 'POST', headers: json, body });
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      return [response.status, errors[0]?.extensions.code];
    };
    expect(
      await post(JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(262_144) } })),
    ).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await post(`[${typename},${typename}]`)).toEqual([400, 'GENERAL_BAD_REQUEST']);
    expect(await post('{')).toEqual([400, 'GENERAL_BAD_REQUEST']);
    expect(await post('{"query":"{ __typename }","debug":true}')).toEqual([400, 'GENERAL_BAD_REQUEST']);
    expect(await post('{"query":"{ getAccount { id "}')).toEqual([200, 'GRAPHQL_PARSE_FAILED']);
  });

  it('refuses documents that are too large before anything runs', async () => {
    const { client } = await signedInPerson(test);
    const documents = {
      depth: `{ getAccount { ${'sessions { nodes { user { '.repeat(3)} id ${'} } } '.repeat(3)} } }`,
      aliases: `{ ${Array.from({ length: 16 }, (_, index) => `a${index}: __typename`).join(' ')} }`,
      tokens: `{ ${'__typename '.repeat(1200)} }`,
      directives: `{ __typename ${'@include(if: true) '.repeat(11)} }`,
      mutations: `mutation { ${Array.from({ length: 6 }, (_, index) => `a${index}: updateStatus { id }`).join(' ')} }`,
      characters: `{ __typename } # ${'x'.repeat(16_384)}`,
      'lists of lists': `{ listSessions { nodes { user { logs(first: 100) { nodes { id } } } } } }`,
      'lists within lists': `{ listSessions(first: 8) { nodes { user { sessions(first: 8) { nodes { user { logs(first: 8) { totalCount } } } } } } } }`,
      rows: `{ ${Array.from({ length: 6 }, (_, index) => `a${index}: listLogs(first: 100) { totalCount }`).join(' ')} }`,
    };
    for (const [name, document] of Object.entries(documents)) {
      expect([name, codeOf(await client.send(document)).split(' ')[0]]).toEqual([name, 'QUERY_TOO_COMPLEX']);
    }
  });

  it('answers tools that look at a type as deeply as they do at the schema, and refuses lists within lists', async () => {
    const client = test.client();
    const wrapped = `{ __type(name: "User") { fields { type { ${'ofType { '.repeat(9)} name ${'} '.repeat(9)} } } } }`;
    expect(codeOf(await client.send(wrapped))).toBe('ok');
    const lists = `{ __type(name: "User") { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } }`;
    expect(codeOf(await client.send(lists))).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('refuses more than five operations in a document', async () => {
    const query = Array.from({ length: 6 }, (_, index) => `query Q${index} { __typename }`).join(' ');
    const body = JSON.stringify({ query, operationName: 'Q0' });
    const response = await test.client().fetch('/graphql', { method: 'POST', headers: json, body });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
  });

  it('lets one query read everything of an account', async () => {
    const { client } = await signedInPerson(test);
    const origin =
      'origin { ip os { code name version } client { type code name version engine engineVersion } device { name brand model } country { code name } }';
    const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    const answer =
      await client.send(`{ getAccount { id createdAt updatedAt name registeredAt enabled labels email emailVerified
      phone phoneVerified passwordUpdatedAt mfaEnabled prefs accessedAt
      sessions(first: 100) { totalCount nodes { id createdAt updatedAt userId expiresAt provider providerUid current factors secret ${origin} } edges { cursor node { id ${origin} } } ${page} }
      logs(first: 100) { totalCount nodes { id event userId time ${origin} } edges { cursor node { id } } ${page} }
      identities(first: 100) { totalCount nodes { id provider providerUid providerEmail } edges { cursor node { id } } ${page} } } }`);
    expect(codeOf(answer)).toBe('ok');
  });

  it('never repeats a value it was sent, in the answer or the log', async () => {
    const client = test.client();
    const secret = 'hunter2-S034';
    const variables = { email: 'ada@example.test', password: { x: secret } };
    const document =
      'mutation ($email: String!, $password: String!) { createEmailPasswordSession(email: $email, password: $password) { id } }';
    const coerced = await client.send(document, variables);
    expect(codeOf(coerced)).toBe('GENERAL_ARGUMENT_INVALID');
    expect(coerced.errors[0]?.extensions).toMatchObject({ argument: 'password' });
    const literal = await client.send(
      `mutation { createEmailPasswordSession(email: "a", password: { x: "${secret}" }) { id } }`,
    );
    expect(codeOf(literal)).toBe('GRAPHQL_VALIDATION_FAILED');
    const syntax = await client.send(
      `mutation { createEmailPasswordSession(email: "a" "${secret}") { id } }`,
    );
    expect(codeOf(syntax)).toBe('GRAPHQL_PARSE_FAILED');
    expect(JSON.stringify([coerced, literal, syntax]) + test.logLines.join()).not.toContain(secret);
  });

  it('answers unforeseen errors with a request id and logs the cause under it', async () => {
    const { client } = await signedInPerson(test);
    const { prisma } = test.app.deps.db;
    await prisma.$executeRawUnsafe('ALTER TABLE users RENAME COLUMN "name" TO "nom"');
    const answer = await client.run(UpdateNameDocument, { name: 'Ada' });
    await prisma.$executeRawUnsafe('ALTER TABLE users RENAME COLUMN "nom" TO "name"');
    expect(codeOf(answer)).toBe('GENERAL_UNKNOWN');
    expect(answer.status).toBe(200);
    const { requestId } = answer.errors[0]?.extensions ?? {};
    expect(JSON.stringify(answer.errors[0]?.extensions) + answer.errors[0]?.message).not.toMatch(
      /prisma|P20|SELECT|column|node_modules/i,
    );
    expect(test.logLines.some((line) => line.includes(requestId ?? '-') && line.includes('column'))).toBe(
      true,
    );
  });
});

describe('cross-origin requests', () => {
  it('are refused with the cookie unless their origin is listed', async () => {
    const { client, email } = await signUp(test);
    await client.browse(CreateEmailPasswordSessionDocument, { email, password: goodPassword });
    const send = async (headers: Record<string, string>) => {
      client.headers = headers;
      const answer = await client.run(UpdateNameDocument, { name: 'Ada' });
      return [answer.status, codeOf(answer)];
    };
    const refused = [403, 'GENERAL_UNKNOWN_ORIGIN'];
    const before = await test.rows();
    for (const origin of [
      'https://evil.test',
      'null',
      'https://app.example.com.evil.test',
      'https://evilapp.example.com',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://a.b.cust.example.com',
    ]) {
      expect(await send({ origin, 'sec-fetch-site': 'cross-site' })).toEqual(refused);
      expect(await send({ origin, 'sec-fetch-site': 'same-site' })).toEqual(refused);
    }
    expect(await send({ 'sec-fetch-site': 'cross-site' })).toEqual(refused);
    expect(await send({ 'sec-fetch-site': 'none' })).toEqual(refused);
    expect(await test.rows()).toEqual(before);
    expect(await send({ 'sec-fetch-site': 'same-origin' })).toEqual([200, 'ok']);
    expect(await send({ origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' })).toEqual([
      200,
      'ok',
    ]);
    expect(await send({ origin: 'https://x.cust.example.com', 'sec-fetch-site': 'cross-site' })).toEqual([
      200,
      'ok',
    ]);
  });

  it('are refused without the cookie, too, so that no page can sign somebody in', async () => {
    const { email } = await signUp(test);
    const client = test.client();
    client.headers = { origin: 'https://evil.test' };
    await expectRefusal(test, 'GENERAL_UNKNOWN_ORIGIN', () =>
      client.run(CreateEmailPasswordSessionDocument, { email, password: goodPassword }),
    );
  });

  it('with the cookie count for nothing without an origin; a bearer beside it counts', async () => {
    const { email, secret } = await signedInPerson(test);
    const ask = async (headers: Record<string, string>) => {
      const body = '{"query":"{ getAccount { email } }"}';
      const init = { method: 'POST', headers: { ...json, ...headers }, body };
      const response = await fetch(`${test.url}/graphql`, init);
      const { data, errors } = (await response.json()) as {
        data: { getAccount: { email: string } | null };
        errors?: { extensions: { code: string } }[];
      };
      return [response.status, data.getAccount?.email ?? errors?.[0]?.extensions.code];
    };
    const cookie = `session=${secret}`;
    const authorization = `Bearer ${secret}`;
    expect(await ask({ cookie })).toEqual([200, 'GENERAL_UNAUTHORIZED_SCOPE']);
    expect(await ask({ cookie, origin: 'https://app.example.com' })).toEqual([200, email]);
    expect(await ask({ cookie, 'sec-fetch-site': 'same-origin' })).toEqual([200, email]);
    expect(await ask({ cookie, authorization })).toEqual([200, email]);
    expect(await ask({ cookie: 'session=of-somebody-else', authorization })).toEqual([200, email]);
    for (const nothing of ['Bearer null', 'Bearer undefined', 'Bearer ', ''])
      expect(await ask({ cookie, origin: 'https://app.example.com', authorization: nothing })).toEqual([
        200,
        email,
      ]);
  });

  it('may be read by listed origins alone', async () => {
    const preflight = async (origin: string) => {
      const response = await fetch(`${test.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type, x-apollo-operation-name, sentry-trace',
        },
      });
      return [
        response.headers.get('access-control-allow-origin'),
        response.headers.get('access-control-allow-credentials'),
        response.headers.get('vary'),
        response.headers.get('access-control-allow-headers'),
      ];
    };
    expect(await preflight('https://app.example.com')).toEqual([
      'https://app.example.com',
      'true',
      'Origin, Access-Control-Request-Headers',
      'content-type, x-apollo-operation-name, sentry-trace',
    ]);
    for (const origin of ['https://evil.test', 'null', 'http://app.example.com']) {
      expect(await preflight(origin)).toEqual([null, null, 'Origin', null]);
    }
  });
});

describe('HTTP', () => {
  it('never carries out a mutation by GET', async () => {
    const { client, email } = await signUp(test);
    await client.browse(CreateEmailPasswordSessionDocument, { email, password: goodPassword });
    const before = await test.rows();
    const response = await client.fetch('/graphql?query=mutation{deleteSessions{deletedSessionIds}}');
    expect(response.status).toBe(405);
    expect(await test.rows()).toEqual(before);
    const query = await client.fetch('/graphql?query={getAccount{email}}');
    expect(await query.json()).toEqual({ data: { getAccount: { email } } });
  });

  it('answers other methods and places with 405 and 404', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await fetch(`${test.url}/graphql`, { method })).status).toBe(405);
    expect((await fetch(`${test.url}/nowhere`)).status).toBe(404);
    expect(
      (await fetch(`${test.url}/test/clock`, { method: 'POST', body: '{"advanceSeconds":1}' })).status,
    ).toBe(404);
  });

  it('sends security headers with every answer', async () => {
    for (const path of ['/graphql?query={__typename}', '/nowhere', '/health/live']) {
      const { headers } = await fetch(`${test.url}${path}`);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('survives bodies that are too large, and NUL in a link', async () => {
    const big = { method: 'POST', body: 'x'.repeat(20_000) };
    expect((await fetch(`${test.url}/oauth2/apple/callback`, big)).status).toBe(413);
    expect((await fetch(`${test.url}/auth/magic-url?userId=a%00b&secret=x%00`)).status).toBe(200);
    expect((await fetch(`${test.url}/health/live`)).status).toBe(200);
  });

  it('shows the inbox under no name but its own', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        `${test.url}/inbox/messages`,
        { headers: { host: 'evil.test', 'sec-fetch-site': 'same-origin' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', reject).end();
    });
    expect(status).toBe(403);
    expect((await fetch(`${test.url}/inbox/messages`)).status).toBe(200);
  });

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'])(
    'does not show the inbox to a request with the header %s, because everyone behind a proxy looks local',
    async (name) => {
      const headers = { [name]: '127.0.0.1' };
      for (const path of ['/inbox', '/inbox/messages', '/inbox/mail'])
        expect((await fetch(`${test.url}${path}`, { headers })).status).toBe(403);
    },
  );

  it('has no inbox on another host than this machine, and says so at the start', async () => {
    const app = await createTestApp({ PUBLIC_URL: 'https://accounts.example.com' });
    expect((await fetch(`${app.url}/inbox/messages`)).status).toBe(404);
    expect(app.logLines.join('')).toContain('the inbox is off because PUBLIC_URL is another host');
    await app.close();
  });

  it('survives odd credentials as a guest', async () => {
    const odd = [
      'Bearer',
      'Bearer ',
      'Bearer  x  y',
      'Basic YTpi',
      'bearer x',
      `Bearer ${'x'.repeat(9000)}`,
      'Bearer é',
    ];
    for (const authorization of odd) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const sent = request(`${test.url}/graphql`, { method: 'POST', headers: json }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.setHeader('authorization', authorization);
        sent.on('error', reject).end('{"query":"{ getAccount { id } }"}');
      });
      expect([authorization.slice(0, 20), status]).toEqual([authorization.slice(0, 20), 200]);
    }
  });

  it('says whether it lives and is ready', async () => {
    expect((await fetch(`${test.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${test.url}/health/ready`)).json()).toEqual({ status: 'ready' });
  });

  it('serves GraphiQL without reaching for other hosts', async () => {
    const page = await (await fetch(`${test.url}/graphql`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('SecurityLog');
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
  });

  it('believes no proxy it was not told of', async () => {
    const direct = await createTestApp({ TRUSTED_PROXIES: '0' });
    const client = direct.client();
    client.headers = { forwarded: 'for=1.2.3.4', 'x-real-ip': '1.2.3.4', 'cf-connecting-ip': '1.2.3.4' };
    const answer = await client.send('mutation { createAnonymousSession { origin { ip } } }');
    expect(dataOf(answer)).toEqual({ createAnonymousSession: { origin: { ip: '127.0.0.1' } } });
    await direct.close();
  });
});

describe('a request whose Accept allows no answer', () => {
  const accounts = () => test.app.deps.db.prisma.user.count();

  it.each(['image/png', 'application/json;charset=latin1'])(
    'is rejected before it is executed (%s)',
    async (accept) => {
      const before = await accounts();
      const body = JSON.stringify({
        query: `mutation { createAccount(email: "${newEmail()}", password: "${goodPassword}") { id } }`,
      });
      const options = { method: 'POST', headers: { ...json, accept }, body };
      const response = await fetch(`${test.url}/graphql`, options);
      expect(response.status).toBe(406);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'GENERAL_BAD_REQUEST' } }],
      });
      expect(await accounts()).toBe(before);
      const byGet = await fetch(`${test.url}/graphql?query={__typename}`, { headers: { accept } });
      expect([byGet.status, await byGet.json()]).toMatchObject([406, { errors: [{}] }]);
    },
  );

  it('is a subscription that takes no stream', async () => {
    const query = 'subscription { logCreated { id } }';
    const headers = { ...json, accept: 'application/json' };
    const bodies = [
      fetch(`${test.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) }),
      fetch(`${test.url}/graphql?query=${encodeURIComponent(query)}`, { headers }),
    ];
    for (const response of await Promise.all(bodies)) {
      expect(response.status).toBe(406);
      expect(await response.json()).toMatchObject({
        errors: [
          {
            message: expect.stringContaining('text/event-stream'),
            extensions: { code: 'GENERAL_BAD_REQUEST' },
          },
        ],
      });
    }
  });
});

describe('the two ways to the engine', () => {
  it('choose the same media type for every Accept', async () => {
    for (const accept of [
      '*/*',
      'application/json',
      'application/graphql-response+json',
      'application/graphql-response+json, application/json;q=0.9',
      'application/json, application/graphql-response+json',
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream',
      'application/json; charset=utf-8',
      'application/json; charset=latin1, application/graphql-response+json',
      'application/*',
      'image/png, */*;q=0.1',
    ]) {
      const byGet = await fetch(`${test.url}/graphql?query={__typename}`, { headers: { accept } });
      const body = '{"query":"{__typename}"}';
      const byPost = await fetch(`${test.url}/graphql`, {
        method: 'POST',
        headers: { ...json, accept },
        body,
      });
      expect([accept, byPost.status, byPost.headers.get('content-type')]).toEqual([
        accept,
        byGet.status,
        byGet.headers.get('content-type'),
      ]);
      expect(await byPost.text()).toBe(await byGet.text());
    }
  });

  it('answer what is no request at once, an empty body, too', async () => {
    for (const body of ['', ' ', 'null', '[]', '{}', '{"query":1}', '{"query":"{__typename}","extra":1}']) {
      const response = await fetch(`${test.url}/graphql`, { method: 'POST', headers: json, body });
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      expect([body, response.status, errors[0]?.extensions.code]).toEqual([body, 400, 'GENERAL_BAD_REQUEST']);
    }
  });

  it('say the same of an error the first time and from the cache', async () => {
    const client = test.client();
    const [first, second] = [
      await client.send('{ getAccount { id } }'),
      await client.send('{ getAccount { id } }'),
    ];
    const without = ({ errors }: typeof first) =>
      errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: '' } }));
    expect(without(first)).toEqual(without(second));
    expect(first.errors[0]).toMatchObject({ locations: [{ line: 1, column: 3 }], path: ['getAccount'] });
  });
});

describe('production', () => {
  it('has no GraphiQL, no introspection and no suggestions', async () => {
    const quiet = await createTestApp({ GRAPHIQL: 'off', INTROSPECTION: 'off', INBOX: 'off' });
    const client = quiet.client();
    expect((await client.fetch('/graphql', { headers: { accept: 'text/html' } })).status).toBe(405);
    expect((await client.fetch('/')).status).toBe(404);
    const home = await client.fetch('/', { headers: { accept: 'text/html' } });
    expect([home.status, await home.text()]).toEqual([
      200,
      expect.stringContaining('the accounts of Accounts'),
    ]);
    for (const query of ['{ __schema { types { name } } }', '{ x: __type(name: "User") { name } }']) {
      const answer = await client.send(query);
      expect([codeOf(answer).split(' ')[0], answer.errors[0]?.message]).toEqual([
        'GRAPHQL_VALIDATION_FAILED',
        'Introspection is off.',
      ]);
    }
    for (const query of [
      '{ getAccoun { id } }',
      '{ getAccount { emai } }',
      '{ getSession(sesionId: "x") { id } }',
      '{ getAccount { ... on Use { id } } }',
    ]) {
      expect(JSON.stringify((await client.send(query)).errors)).not.toMatch(
        /did you mean|getAccount"|email"/i,
      );
    }
    expect(codeOf(await client.send('{ __typename }'))).toBe('ok');
    await quiet.close();
  });
});
