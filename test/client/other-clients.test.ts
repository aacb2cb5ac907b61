import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { cacheExchange, createClient as createUrqlClient, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  GetAccountDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { goodPassword as password, newEmail } from '../support/people.js';

// The documents are other clients' to use. That the values are typed, the compiler holds: an `any` would not pass `noImplicitAny`
// where it is destructured, nor a wrong variable.

let test: TestApp;
let url: string;
beforeAll(async () => {
  test = await createTestApp();
  url = `${test.url}/graphql`;
});
afterAll(() => test.close());

describe('the documents', () => {
  it('work with Apollo Client', async () => {
    let bearer = '';
    const link = new SetContextLink(() => ({ headers: { authorization: `Bearer ${bearer}` } })).concat(
      new HttpLink({ uri: url }),
    );
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    const email = newEmail();
    await client.mutate({ mutation: CreateAccountDocument, variables: { email, password } });
    const { data } = await client.mutate({
      mutation: CreateEmailPasswordSessionDocument,
      variables: { email, password },
    });
    const secret: string | null | undefined = data?.createEmailPasswordSession?.secret;
    bearer = secret ?? '';
    const account = await client.query({ query: GetAccountDocument });
    const shown: string | null | undefined = account.data?.getAccount?.email;
    expect(shown).toBe(email);
    // @ts-expect-error the password is missing
    await expect(client.mutate({ mutation: CreateAccountDocument, variables: { email } })).rejects.toThrow();
  });

  it('work with urql', async () => {
    let bearer = '';
    const client = createUrqlClient({
      url,
      exchanges: [cacheExchange, fetchExchange],
      preferGetMethod: false,
      fetchOptions: () => ({ headers: { authorization: `Bearer ${bearer}` } }),
    });
    const email = newEmail();
    await client.mutation(CreateAccountDocument, { email, password });
    const { data } = await client.mutation(CreateEmailPasswordSessionDocument, { email, password });
    bearer = data?.createEmailPasswordSession?.secret ?? '';
    const account = await client.query(GetAccountDocument, {});
    const shown: string | null | undefined = account.data?.getAccount?.email;
    expect(shown).toBe(email);
    // @ts-expect-error the password is missing
    expect((await client.mutation(CreateAccountDocument, { email })).error).toBeDefined();
  });

  it('work with graphql-request', async () => {
    const client = new GraphQLClient(url);
    const email = newEmail();
    await client.request(CreateAccountDocument, { email, password });
    const { createEmailPasswordSession } = await client.request(CreateEmailPasswordSessionDocument, {
      email,
      password,
    });
    const secret: string | null | undefined = createEmailPasswordSession?.secret;
    client.setHeader('authorization', `Bearer ${secret}`);
    const { getAccount } = await client.request(GetAccountDocument);
    expect(getAccount?.email).toBe(email);
    // @ts-expect-error the password is missing
    await expect(client.request(CreateAccountDocument, { email })).rejects.toThrow();
  });
});
