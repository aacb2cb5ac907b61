import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRowId } from '../../src/ids.js';
import {
  CreateAccountDocument,
  CreateJwtDocument,
  CreateMfaAuthenticatorDocument,
  DeleteSessionDocument,
  GetAccountDocument,
  ListLogsDocument,
  UpdateEmailDocument,
  UpdateNameDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
  UpdatePrefsDocument,
  UpdateSessionDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { chrome, type Client } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { goodPassword as password, newEmail, signedInPerson, signIn } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const list = async (client: Client, page: { first?: number; after?: string | null } = {}) =>
  dataOf(await client.run(ListLogsDocument, page)).listLogs;
const eventsOf = async (client: Client) => (await list(client)).nodes.map(({ event }) => event);

/** The origin that the newest line of the log has after a request with these headers. */
async function originWith(client: Client, headers: Record<string, string>) {
  client.headers = headers;
  dataOf(await client.run(UpdateNameDocument, { name: 'Ada' }));
  client.headers = {};
  return (await list(client, { first: 1 })).nodes[0]?.origin;
}

const onWindows = {
  os: { code: 'WIN', name: 'Windows', version: '10' },
  client: {
    type: 'browser',
    code: 'CH',
    name: 'Chrome',
    version: '70.0',
    engine: 'Blink',
    engineVersion: null,
  },
  device: { name: 'desktop', brand: null, model: null },
};
const unknown = {
  os: { code: null, name: null, version: null },
  client: { type: null, code: null, name: null, version: null, engine: null, engineVersion: null },
  device: { name: null, brand: null, model: null },
};

describe('listLogs', () => {
  it('answers whole lines, newest first: a sign-up and two sign-ins leave three', async () => {
    const client = test.client();
    client.address = '8.8.8.8';
    const email = newEmail();
    const times: string[] = [];
    const sessions: (string | null)[] = [null];
    const { createAccount } = dataOf(await client.run(CreateAccountDocument, { email, password }));
    times.unshift(test.clock.now().toISOString());
    for (const _ of ['first', 'second']) {
      test.clock.advance(60);
      sessions.unshift((await signIn(client, { email, password })).sessionId);
      times.unshift(test.clock.now().toISOString());
    }
    const origin = { ip: '8.8.8.8', ...onWindows, country: { code: 'US', name: 'United States' } };
    const { totalCount, nodes, edges, pageInfo } = await list(client);
    expect(totalCount).toBe(3);
    expect(nodes).toEqual(
      ['session.create', 'session.create', 'user.create'].map((event, index) => ({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}$/),
        event,
        detail: null,
        sessionId: sessions[index],
        actor: 'user',
        userId: createAccount.id,
        time: times[index],
        origin,
      })),
    );
    expect(edges.map(({ node }) => node.id)).toEqual(nodes.map(({ id }) => id));
    expect(pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[2]?.cursor,
    });
  });

  it('records each change under its event, and neither reading nor createJWT nor refusals', async () => {
    const { client, sessionId, userId } = await signedInPerson(test);
    const steps = [
      () => client.run(UpdateNameDocument, { name: 'Ada' }),
      () => client.run(UpdatePrefsDocument, { prefs: { a: 1 } }),
      () => client.run(UpdateSessionDocument, { sessionId: 'current' }),
      () => client.run(GetAccountDocument),
      () => client.run(CreateJwtDocument),
      () => client.run(UpdateNameDocument, { name: '' }),
    ];
    for (const step of steps) {
      test.clock.advance(1);
      await step();
    }
    const own = ['session.update', 'user.update', 'user.update', 'session.create', 'user.create'];
    expect(await eventsOf(client)).toEqual(own);
    expect(codeOf(await client.run(DeleteSessionDocument, { sessionId }))).toBe('ok');
    const where = { userId, event: 'session.delete' };
    expect(await test.app.deps.db.prisma.log.count({ where })).toBe(1);
  });

  it('says what exactly changed, and which session did it', async () => {
    const { client, sessionId } = await signedInPerson(test);
    const email = newEmail();
    const steps = [
      () => client.run(UpdateNameDocument, { name: 'Ada' }),
      () => client.run(UpdatePrefsDocument, { prefs: { a: 1 } }),
      () => client.run(UpdateEmailDocument, { email, password }),
      () => client.run(UpdatePhoneDocument, { phone: '+14155550123', password }),
      () => client.run(UpdatePasswordDocument, { password: `${password}!`, oldPassword: password }),
      () => client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }),
    ];
    for (const step of steps) {
      test.clock.advance(1);
      expect(codeOf(await step())).toBe('ok');
    }
    const { nodes } = await list(client, { first: steps.length });
    expect(nodes.map(({ event, detail }) => `${event}: ${detail}`).reverse()).toEqual([
      'user.update: name.update',
      'user.update: prefs.update',
      'user.update: address.update email',
      'user.update: address.update phone',
      'user.update: password.update',
      'user.update: factor.create totp',
    ]);
    expect(new Set(nodes.map((node) => node.sessionId))).toEqual(new Set([sessionId]));
  });

  it('visits every line once, page by page, those of one instant included', async () => {
    const { client } = await signedInPerson(test);
    test.clock.advance(1);
    for (const name of ['a', 'b', 'c']) await client.run(UpdateNameDocument, { name });
    const whole = (await list(client)).nodes.map(({ id }) => id);
    expect(whole).toHaveLength(5);
    const visited: string[] = [];
    const turns = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(client, { first: 2, after });
      visited.push(...page.nodes.map(({ id }) => id));
      turns.push([page.totalCount, page.pageInfo.hasNextPage, page.pageInfo.hasPreviousPage]);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(visited).toEqual(whole);
    expect(turns).toEqual([
      [5, true, false],
      [5, true, true],
      [5, false, true],
    ]);
    const last = (await list(client, { first: 5 })).pageInfo.endCursor;
    expect(await list(client, { after: last })).toEqual({
      totalCount: 5,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  it('answers 25 lines unless told, and at most 100', async () => {
    const { client, userId } = await signedInPerson(test);
    const time = test.clock.now();
    const line = { userId, event: 'user.update', time, origin: { ip: null, ...unknown, country: null } };
    const data = Array.from({ length: 99 }, () => ({ id: newRowId(time), ...line }));
    await test.app.deps.db.prisma.log.createMany({ data });
    for (const [page, length] of [
      [{}, 25],
      [{ first: 1 }, 1],
      [{ first: 100 }, 100],
    ] as const) {
      const { nodes, totalCount, pageInfo } = await list(client, page);
      expect([nodes.length, totalCount, pageInfo.hasNextPage]).toEqual([length, 101, true]);
    }
  });

  it.each([0, -1, 101, 2_147_483_647])('refuses %d lines', async (first) => {
    const { client } = await signedInPerson(test);
    const answer = await client.run(ListLogsDocument, { first });
    expect(answer.data).toEqual({ listLogs: null });
    expect(answer.errors.map(({ extensions }) => extensions)).toEqual([
      {
        code: 'GENERAL_ARGUMENT_INVALID',
        requestId: expect.any(String),
        argument: 'first',
        issues: [{ argument: 'first', message: 'Must be between 1 and 100.' }],
      },
    ]);
  });

  it('refuses cursors that it did not make', async () => {
    const { client } = await signedInPerson(test);
    const encoded = ['1.abc', '0.A', "1.' OR 1=1--"].map((text) => Buffer.from(text).toString('base64url'));
    const codes = [];
    for (const after of ['', '%', '\0', 'x'.repeat(10_000), ...encoded]) {
      codes.push([after.slice(0, 40), codeOf(await client.run(ListLogsDocument, { after }))]);
    }
    expect(codes).toEqual(codes.map(([cursor]) => [cursor, 'GENERAL_ARGUMENT_INVALID']));
  });

  it('shows no line of another user, whoever’s cursor is sent', async () => {
    const person = await signedInPerson(test);
    test.clock.advance(10);
    const stranger = await signedInPerson(test);
    const theirs = await list(person.client);
    const own = await list(stranger.client);
    expect(own.nodes.map(({ userId }) => userId)).toEqual([stranger.userId, stranger.userId]);
    const older = await list(stranger.client, { after: theirs.pageInfo.startCursor });
    expect([older.totalCount, older.nodes]).toEqual([2, []]);
    const newer = await list(person.client, { after: own.pageInfo.startCursor });
    expect([newer.totalCount, newer.nodes]).toEqual([2, theirs.nodes]);
  });

  it('is the same inside the account', async () => {
    const { client } = await signedInPerson(test);
    const fields = '{ totalCount nodes { id event time } pageInfo { endCursor } }';
    const { data } = await client.send<{ getAccount: { logs: unknown }; listLogs: unknown }>(
      `{ getAccount { logs(first: 1) ${fields} } listLogs(first: 1) ${fields} }`,
    );
    expect(data?.listLogs).toMatchObject({ totalCount: 2, nodes: [{ event: 'session.create' }] });
    expect(data?.getAccount.logs).toEqual(data?.listLogs);
    const refused = await client.send('{ getAccount { logs(first: 0) { totalCount } } }');
    expect(codeOf(refused)).toBe('GENERAL_ARGUMENT_INVALID');
  });
});

describe('the origin of a line', () => {
  it.each([
    ['an unknown agent', { 'user-agent': '?' }, unknown],
    ['no agent', { 'user-agent': '' }, unknown],
    ['8 KB of agent', { 'user-agent': `${chrome} ${'x'.repeat(8000)}` }, onWindows],
    ['an agent claimed on the side', { 'x-forwarded-user-agent': 'curl/8.5.0' }, onWindows],
  ])('tells the device by the User-Agent alone: %s', async (_what, headers, device) => {
    const { client } = await signedInPerson(test);
    const origin = await originWith(client, headers);
    expect(origin).toEqual({ ip: client.address, ...device, country: null });
  });

  it('tells the address that the trusted proxy saw, whatever the client claims', async () => {
    const { client } = await signedInPerson(test);
    const claims = {
      'x-forwarded-for': '1.1.1.1, 9.9.9.9, 203.0.113.9',
      forwarded: 'for=1.1.1.1',
      'x-real-ip': '1.1.1.1',
      'x-client-ip': '1.1.1.1',
      'cf-connecting-ip': '1.1.1.1',
      'true-client-ip': '1.1.1.1',
    };
    expect((await originWith(client, claims))?.ip).toBe('203.0.113.9');
    for (const nonsense of ['not an address', '1.2.3.4.5', '<script>', `8.8.8.8${' '.repeat(9)}x`]) {
      const origin = await originWith(client, { 'x-forwarded-for': nonsense });
      expect(origin).toMatchObject({ ip: '127.0.0.1', country: null });
    }
  });

  it('writes IPv6 short, and IPv4 in IPv6 as IPv4', async () => {
    const { client } = await signedInPerson(test);
    const long = await originWith(client, { 'x-forwarded-for': '2001:4860:4860:0:0:0:0:8888' });
    expect(long?.ip).toBe('2001:4860:4860::8888');
    const mapped = await originWith(client, { 'x-forwarded-for': '::ffff:8.8.8.8' });
    expect(mapped).toMatchObject({ ip: '8.8.8.8', country: { code: 'US' } });
  });
});
