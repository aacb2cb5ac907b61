import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import type { GraphqlError } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { signedInPerson } from '../support/people.js';

// What other programs add to a request, or send instead of one.

const run = promisify(execFile);
const json = { 'content-type': 'application/json' };
let test: TestApp;

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${test.url}/graphql`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  });

describe('a proxy', () => {
  it.each([
    ['81.2.69.142:51234', '81.2.69.142'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['10.0.0.1, 81.2.69.142:80', '81.2.69.142'],
    ['2001:db8::1', '2001:db8::1'],
  ])('that forwards for %s speaks for %s', async (forwarded, ip) => {
    const answer = await post(
      { query: 'mutation { createAnonymousSession { origin { ip } } }' },
      { 'x-forwarded-for': forwarded },
    );
    expect(await answer.json()).toEqual({ data: { createAnonymousSession: { origin: { ip } } } });
  });
});

describe('a GraphQL client', () => {
  it('that sends a hash instead of a document is told to send that', async () => {
    const extensions = {
      persistedQuery: {
        version: 1,
        sha256Hash: 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38',
      },
    };
    const byGet = `${test.url}/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
    for (const answer of [
      await post({ operationName: 'Q', variables: {}, extensions }),
      await fetch(byGet),
    ]) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        errors: [
          { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
        ],
      });
    }
    expect(await (await post({ query: '{ __typename }', extensions })).json()).toEqual({
      data: { __typename: 'Query' },
    });
  });

  it('may spell its charset as it likes', async () => {
    for (const charset of ['utf-8', 'UTF-8', 'utf8', '"utf-8"'])
      expect(
        (await post({ query: '{ __typename }' }, { 'content-type': `application/json; charset=${charset}` }))
          .status,
      ).toBe(200);
    expect((await post({}, { 'content-type': 'application/json; charset=latin1' })).status).toBe(415);
  });

  it('may introspect as every tool does, and read seven fields deep through fragments', async () => {
    const { client } = await signedInPerson(test);
    for (const options of [
      {},
      { descriptions: false },
      {
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
      },
      { inputValueDeprecation: true, oneOf: true },
    ])
      dataOf(await client.send(getIntrospectionQuery(options)));
    dataOf(
      await client.send(`query { ...A }
        fragment A on Query { getAccount { ... on User { ...B } } }
        fragment B on User { sessions { edges { node { ...C } } } }
        fragment C on Session { origin { ...D } }
        fragment D on Origin { os { name } }`),
    );
  });
});

describe('an argument that does not fit', () => {
  const factors = 'EMAIL, PASSKEY, PHONE, RECOVERY_CODE, TOTP';
  const issuesOf = async (query: string, variables: Record<string, unknown> = {}) => {
    const { client } = await signedInPerson(test);
    const { errors } = await client.send(query, variables);
    expect(errors).toHaveLength(1);
    const [{ extensions }] = errors as [GraphqlError];
    const issues = extensions['issues'] as { argument: string; message: string }[];
    expect(extensions['argument']).toBe(issues[0]?.argument);
    return issues;
  };

  it.each(['"TOTP"', 'totp', '7'])(
    'is named where it is written as %s, with what would fit',
    async (literal) => {
      expect(await issuesOf(`mutation { createMfaChallenge(factor: ${literal}) { id } }`)).toEqual([
        { argument: 'factor', message: `Must be of type AuthenticationFactor!: ${factors}.` },
      ]);
    },
  );

  it('is named where it is a variable, with what would fit', async () => {
    const query = 'mutation($factor: AuthenticationFactor!) { createMfaChallenge(factor: $factor) { id } }';
    for (const variables of [{ factor: 'totp' }, { factor: null }, {}])
      expect(await issuesOf(query, variables)).toEqual([
        { argument: 'factor', message: `Must be of type AuthenticationFactor!: ${factors}.` },
      ]);
  });

  it('is named with all others of its call', async () => {
    const type = 'Must be of type String!.';
    const literals = 'mutation { createEmailPasswordSession(email: 5, password: true) { id } }';
    expect(await issuesOf(literals)).toEqual([
      { argument: 'email', message: type },
      { argument: 'password', message: type },
    ]);
    expect(await issuesOf('mutation { createEmailPasswordSession(email: 5) { id } }')).toEqual([
      { argument: 'email', message: type },
      { argument: 'password', message: type },
    ]);
    const variables = `mutation($email: String!, $password: String!) {
      createEmailPasswordSession(email: $email, password: $password) { id } }`;
    expect(await issuesOf(variables, { email: 5 })).toEqual([
      { argument: 'email', message: type },
      { argument: 'password', message: type },
    ]);
  });

  it('is named with all others where its form fits its type', async () => {
    const signUp =
      'mutation { createAccount(userId: "-", email: "ada", password: "short", name: "") { id } }';
    const { errors } = await test.client().send(signUp);
    const issues = errors[0]?.extensions['issues'] as { argument: string }[];
    expect(issues.map(({ argument }) => argument)).toEqual(['userId', 'email', 'name', 'password']);
  });

  it('is told why it is no JSON that can be stored', async () => {
    const message = async (literal: string) =>
      (await issuesOf(`mutation { updatePrefs(prefs: ${literal}) { id } }`))[0];
    expect(await message('"dark"')).toEqual({ argument: 'prefs', message: 'Must be an object.' });
    expect((await message('{theme: DARK}'))?.message).toContain('no bare words');
    expect((await message('{a: 9007199254740993}'))?.message).toContain('less than 2^53');
    const inside = 'mutation($x: Int) { updatePrefs(prefs: {a: [$x]}) { id } }';
    expect((await issuesOf(inside, { x: 1 }))[0]?.message).toContain('no variables inside');
  });

  it.each([
    ['{ getAccount { id ', 'expected Name, found <EOF>.'],
    ['{ getAccount(hunter2) { id } }', 'expected ":", found ")".'],
    ['mutation { a(b: "hunter2" "hunter3") }', 'expected Name, found String.'],
    ['hunter2 { id }', 'expected an operation or a fragment, found Name.'],
    ['{ a(b: "hunter2) }', 'Unterminated string.'],
  ])('says what is wrong with %s, without repeating it', async (query, problem) => {
    const { errors } = await test.client().send(query);
    expect(errors[0]?.message).toBe(`The document is not valid GraphQL: ${problem}`);
  });

  it('asks which operation is meant', async () => {
    const { errors } = await test.client().send('query A { __typename } query B { __typename }');
    expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual([
      'GENERAL_BAD_REQUEST',
      'Which operation is meant? Name one that the document has in `operationName`.',
    ]);
  });
});

describe('a body over the limit', () => {
  const megabyte = 1024 * 1024;

  it('gets its answer read by Node, whatever its size', async () => {
    for (const size of [400 * 1024, 5 * megabyte, 50 * megabyte]) {
      const body = Buffer.alloc(size, 'x');
      const [status, connection] = await new Promise<[number | undefined, string | undefined]>(
        (resolve, reject) => {
          const sent = request(`${test.url}/graphql`, { method: 'POST', headers: json }, (response) => {
            response.resume().on('end', () => resolve([response.statusCode, response.headers.connection]));
          });
          sent.on('error', reject).end(body);
        },
      );
      expect([size, status, connection]).toEqual([size, 413, 'close']);
    }
  });

  it('gets its answer read by curl and Python, time after time', async () => {
    const python = `
import http.client, sys
port = int(sys.argv[1])
for size in [400_000] * 10 + [5_000_000] * 5 + [50_000_000]:
    connection = http.client.HTTPConnection('127.0.0.1', port)
    connection.request('POST', '/graphql', body=b'x' * size, headers={'content-type': 'application/json'})
    assert connection.getresponse().status == 413
print('read')`;
    const { port } = new URL(test.url);
    expect((await run('python3', ['-c', python, port])).stdout.trim()).toBe('read');
    const { stdout } = await run('bash', [
      '-c',
      `head -c 5000000 /dev/zero | curl -sS -o /dev/null -w '%{http_code}' -H 'content-type: application/json' --data-binary @- ${test.url}/graphql`,
    ]);
    expect(stdout).toBe('413');
  });

  it('keeps the connection of a request that was refused for something else', async () => {
    const refused = await post({ query: '{ __typename }' }, { 'content-type': 'text/plain' });
    expect([refused.status, refused.headers.get('connection')]).toEqual([415, 'keep-alive']);
  });
});

describe('limits', () => {
  it('say which was met', async () => {
    const client = test.client();
    const guess = (index: number) =>
      client.send(`mutation { createSession(userId: "nobody", secret: "00000${index}") { id } }`);
    for (let index = 0; index < 10; index += 1) await guess(index % 10);
    const { errors } = await guess(0);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'GENERAL_RATE_LIMIT_EXCEEDED',
      limit: '10 failures per client address and userId in 1 hour',
    });
  });

  it('are ten times as wide in development', async () => {
    const wide = await createTestApp({ NODE_ENV: 'development' });
    const client = wide.client();
    const signUp = (index: number) =>
      client.send(
        `mutation { createAccount(email: "dev${index}@example.test", password: "correct horse battery staple") { id } }`,
      );
    for (let index = 0; index < 12; index += 1) expect(codeOf(await signUp(index))).toBe('ok');
    await wide.close();
  });
});

describe('an origin that is not listed', () => {
  it('is named in the log, once', async () => {
    const origin = 'https://forgotten.example.com';
    for (let index = 0; index < 3; index += 1)
      expect((await post({ query: '{ __typename }' }, { origin })).status).toBe(403);
    const lines = test.logLines.filter((line) => line.includes(origin));
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: 'warn',
        origin,
        msg: 'refused an origin that CORS_ORIGINS does not list',
      }),
    ]);
  });

  it('is warned of at the start where it is listed, and on another site', async () => {
    const warned = async (settings: Record<string, string>) => {
      const app = await createTestApp({ PUBLIC_URL: 'https://id.example.co.uk', ...settings });
      const lines = app.logLines.filter((line) => line.includes('on another site'));
      await app.close();
      return lines.flatMap((line) => (JSON.parse(line) as { origins: string[] }).origins);
    };
    const CORS_ORIGINS =
      'https://app.example.co.uk,https://*.example.co.uk,https://other.example.org,https://x.vercel.app,myapp://cb';
    expect(await warned({ CORS_ORIGINS })).toEqual(['https://other.example.org', 'https://x.vercel.app']);
    expect(await warned({ CORS_ORIGINS, COOKIE_SAMESITE: 'none' })).toEqual([]);
  });
});

describe('the cookies', () => {
  it('go to other sites where COOKIE_SAMESITE says so, over https alone', async () => {
    const app = await createTestApp({ PUBLIC_URL: 'https://id.example.com', COOKIE_SAMESITE: 'none' });
    const answer = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: json,
      body: '{"query":"mutation { createAnonymousSession { id } }"}',
    });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; Secure; SameSite=None/);
    await app.close();
  });
});

describe('the inbox', () => {
  it('answers what arrived after a message, and all where that is gone', async () => {
    const ask = async (query: string) =>
      (
        (await (await fetch(`${test.url}/inbox/messages${query}`)).json()) as { id: string; to: string }[]
      ).map(({ id, to }) => ({ id, to }));
    const mail = async (email: string) => {
      await test.client().send(`mutation { createEmailToken(email: "${email}") { id } }`);
      test.clock.advance(1);
      await test.app.worker.deliverDue();
    };
    await mail('first@inbox.test');
    const [first] = await ask('');
    await mail('second@inbox.test');
    expect((await ask(`?after=${first?.id}`)).map(({ to }) => to)).toEqual(['second@inbox.test']);
    expect(await ask(`?after=${first?.id}&to=first@inbox.test`)).toEqual([]);
    const all = await ask('');
    expect(await ask('?after=00000000-0000-0000-0000-000000000000')).toEqual(all);
    expect(await ask('?after=nonsense')).toEqual(all);
  });
});
