import { gql } from '@apollo/client';
import { QueryObserver } from '@tanstack/query-core';
import { GraphQLClient } from 'graphql-request';
import { commitMutation, type ConcreteRequest, requestSubscription } from 'relay-runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccountError, createClient, memoryStorage } from '../../src/client/client.js';
import { GetAccountDocument, UpdateNameDocument } from '../../src/client/documents.js';
import { createApolloClient } from '../examples/other-clients/apollo.js';
import { createEnvironment } from '../examples/other-clients/relay.js';
import { accountOf, createQueryClient } from '../examples/other-clients/tanstack.js';
import { createUrqlClient } from '../examples/other-clients/urql.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { dataOf } from '../support/expect.js';
import { type Person, signedInPerson } from '../support/people.js';

// Other GraphQL clients, set up as docs/other-clients.md shows it. Their browser's cookie is a bearer here.

let test: TestApp;
let url: string;
let person: Person;
/** Everything that was sent to the server. */
let sent: string[];
const plainFetch = fetch;

beforeAll(async () => {
  test = await createTestApp();
  url = `${test.url}/graphql`;
});
afterAll(() => test.close());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function signIn(): Promise<void> {
  person = await signedInPerson(test);
  sent = [];
  vi.stubGlobal('fetch', (input: string, init: RequestInit = {}) => {
    sent.push(String(init.body));
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${person.client.bearer}`);
    return plainFetch(input, { ...init, headers });
  });
}

const factors = gql`query Factors { getAccount { id mfaFactors { totp } sessions { nodes { id } } } }`;
const moreFactors = gql`query MoreFactors { getAccount { id mfaFactors { email } sessions { totalCount } } }`;
const lines = 'subscription Lines { logCreated { id event } }';
const shows = { event: 'user.update', id: expect.any(String) };
const rename = async () =>
  dataOf(await person.client.run(UpdateNameDocument, { name: `Ada ${Math.random()}` }));

/** Changes the account until the subscription, which takes a moment to begin, has told of it. */
const untilTold = (told: unknown[]) =>
  vi.waitFor(async () => {
    await rename();
    expect(told.length).toBeGreaterThan(0);
  }, 10_000);

describe('Apollo Client', () => {
  it('loads two queries that select different fields of an object without an id once each', async () => {
    await signIn();
    const client = createApolloClient(url);
    const seen: unknown[] = [];
    const subscriptions = [factors, moreFactors].map((query) =>
      client.watchQuery({ query }).subscribe(({ data }) => data && seen.push(data)),
    );
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2));
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const subscription of subscriptions) subscription.unsubscribe();
    expect(sent).toHaveLength(2);
    const cached = client.cache.extract() as Record<string, unknown>;
    expect(cached[`User:${person.userId}`]).toMatchObject({
      mfaFactors: { totp: false, email: false },
    });
  });

  it('subscribes to the security log', async () => {
    await signIn();
    const told: unknown[] = [];
    const subscription = createApolloClient(url)
      .subscribe({ query: gql(lines) })
      .subscribe(({ data }) => told.push(data));
    await untilTold(told);
    subscription.unsubscribe();
    expect(told[0]).toMatchObject({ logCreated: shows });
  });

  it('throws errors that AccountError.from reads', async () => {
    const thrown = await createApolloClient(url)
      .query({ query: GetAccountDocument })
      .catch((error: unknown) => error);
    expect(AccountError.from(thrown)).toMatchObject({ code: 'GENERAL_UNAUTHORIZED_SCOPE' });
  });
});

describe('urql', () => {
  it('keeps objects without an id, and warns of none', async () => {
    await signIn();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const client = createUrqlClient(url);
    const everything = gql`query { getAccount { id mfaFactors { totp email } sessions { nodes { id origin { ip os { name } } } pageInfo { hasNextPage } } } }`;
    const { data, error } = await client.query(everything, {});
    expect([error, data]).toMatchObject([undefined, { getAccount: { id: person.userId } }]);
    expect(warn.mock.calls).toEqual([]);
  });

  it('subscribes to the security log', async () => {
    await signIn();
    const told: unknown[] = [];
    const { unsubscribe } = createUrqlClient(url)
      .subscription(lines, {})
      .subscribe(({ data }) => data && told.push(data));
    await untilTold(told);
    unsubscribe();
    expect(told[0]).toMatchObject({ logCreated: shows });
  });

  it('answers errors that AccountError.from reads', async () => {
    const { error } = await createUrqlClient(url).query(GetAccountDocument, {});
    expect(AccountError.from(error)).toMatchObject({ code: 'GENERAL_UNAUTHORIZED_SCOPE' });
  });
});

/** As Relay's compiler writes it. */
function compiled(operationKind: 'mutation' | 'subscription', text: string, field: object): ConcreteRequest {
  const part = { argumentDefinitions: [], name: 'Compiled', selections: [field] };
  return {
    kind: 'Request',
    fragment: { ...part, kind: 'Fragment', metadata: null, type: 'Mutation', abstractKey: null },
    operation: { ...part, kind: 'Operation' },
    params: { id: null, cacheID: text, metadata: {}, name: 'Compiled', operationKind, text },
  } as unknown as ConcreteRequest;
}
const scalar = (name: string) => ({ alias: null, args: null, kind: 'ScalarField', name, storageKey: null });
const linked = (name: string, concreteType: string, fields: readonly string[]) => ({
  ...scalar(name),
  kind: 'LinkedField',
  plural: false,
  concreteType,
  selections: fields.map(scalar),
});

describe('Relay', () => {
  it('subscribes to the security log', async () => {
    await signIn();
    const told: unknown[] = [];
    const { dispose } = requestSubscription(createEnvironment(url), {
      subscription: compiled('subscription', lines, linked('logCreated', 'Log', ['id', 'event'])),
      variables: {},
      onNext: (data) => void told.push(data),
    });
    await untilTold(told);
    dispose();
    expect(told[0]).toMatchObject({ logCreated: shows });
  });

  it('passes on errors that AccountError.from reads', async () => {
    const text = 'mutation Compiled { createJWT { jwt } }';
    const errors = await new Promise((resolve, reject) => {
      commitMutation(createEnvironment(url), {
        mutation: compiled('mutation', text, linked('createJWT', 'Jwt', ['jwt'])),
        variables: {},
        onCompleted: (_data, answered) => resolve(answered),
        onError: reject,
      });
    });
    expect(AccountError.from(errors)).toMatchObject({ code: 'GENERAL_UNAUTHORIZED_SCOPE' });
  });
});

describe('TanStack Query', () => {
  it('loads the account, and does not load again what was refused', async () => {
    await signIn();
    const signedIn = createClient({ url, storage: memoryStorage() });
    await expect(createQueryClient().fetchQuery(accountOf(signedIn))).resolves.toMatchObject({
      id: person.userId,
    });
    vi.unstubAllGlobals();
    const calls = vi.spyOn(globalThis, 'fetch');
    const guest = createClient({ url, storage: memoryStorage() });
    const observer = new QueryObserver(createQueryClient(), { ...accountOf(guest), retryDelay: 1 });
    const stop = observer.subscribe(() => {});
    await vi.waitFor(() => expect(observer.getCurrentResult().status).toBe('error'));
    stop();
    expect(observer.getCurrentResult().error).toMatchObject({ code: 'GENERAL_UNAUTHORIZED_SCOPE' });
    expect(calls).toHaveBeenCalledTimes(1);
  });
});

describe('AccountError.from', () => {
  it('reads what graphql-request throws', async () => {
    const thrown = await new GraphQLClient(url).request(GetAccountDocument).catch((error: unknown) => error);
    expect(AccountError.from(thrown)).toMatchObject({ code: 'GENERAL_UNAUTHORIZED_SCOPE' });
  });

  it.each([
    null,
    undefined,
    'text',
    new TypeError('fetch failed'),
    new AggregateError([new Error('one')]),
    { errors: [] },
    [],
  ])('answers null for anything else (%s)', (error) => {
    expect(AccountError.from(error)).toBeNull();
  });
});
