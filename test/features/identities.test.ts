import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRowId } from '../../src/ids.js';
import {
  CreateAccountDocument,
  DeleteIdentityDocument,
  GetAccountDocument,
  ListIdentitiesDocument,
  ListLogsDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { goodPassword, jwtClient, newEmail, type Person, signedInPerson, signIn } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

/** Links an account at a provider, as the OAuth2 callback does; a second after the last one. */
async function link(person: Person, provider: string, tokens = false, providerEmail: string | null = null) {
  test.clock.advance(1);
  const at = test.clock.now();
  const id = newRowId(at);
  const { db, box } = test.app.deps;
  return db.prisma.identity.create({
    data: {
      id,
      userId: person.userId,
      provider,
      providerUid: `uid of ${id}`,
      providerEmail,
      createdAt: at,
      updatedAt: at,
      ...(tokens && {
        providerAccessTokenSealed: await box.seal(
          ['identities', 'providerAccessTokenSealed', id],
          'access ø',
        ),
        providerRefreshTokenSealed: await box.seal(
          ['identities', 'providerRefreshTokenSealed', id],
          'refresh',
        ),
        providerAccessTokenExpiresAt: new Date(at.getTime() + 14_400_000),
      }),
    },
  });
}

const list = async (
  { client }: Pick<Person, 'client'>,
  page: { first?: number; after?: string | null } = {},
) => dataOf(await client.run(ListIdentitiesDocument, page)).listIdentities;
const remove = ({ client }: Pick<Person, 'client'>, identityId: string) =>
  client.run(DeleteIdentityDocument, { identityId });
const find = (id: string) => test.app.deps.db.prisma.identity.findUnique({ where: { id } });

describe('listIdentities', () => {
  it('lists whole identities oldest first, the provider’s tokens in clear', async () => {
    const person = await signedInPerson(test);
    const github = await link(person, 'github', true, 'ada@example.test');
    const apple = await link(person, 'apple');
    const { nodes, totalCount } = await list(person);
    expect(totalCount).toBe(2);
    expect(nodes).toEqual([
      {
        id: github.id,
        createdAt: github.createdAt.toISOString(),
        updatedAt: github.updatedAt.toISOString(),
        userId: person.userId,
        provider: 'github',
        providerUid: github.providerUid,
        providerEmail: 'ada@example.test',
        providerAccessToken: 'access ø',
        providerAccessTokenExpiresAt: github.providerAccessTokenExpiresAt?.toISOString(),
        providerRefreshToken: 'refresh',
      },
      {
        id: apple.id,
        createdAt: apple.createdAt.toISOString(),
        updatedAt: apple.updatedAt.toISOString(),
        userId: person.userId,
        provider: 'apple',
        providerUid: apple.providerUid,
        providerEmail: null,
        providerAccessToken: null,
        providerAccessTokenExpiresAt: null,
        providerRefreshToken: null,
      },
    ]);
  });

  it('shows nobody the identities of another, and stores no token in clear', async () => {
    const [person, stranger] = [await signedInPerson(test), await signedInPerson(test)];
    const { id } = await link(person, 'github', true);
    expect(await list(stranger)).toEqual({
      totalCount: 0,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    const row = JSON.stringify(await find(id));
    expect(row).not.toMatch(/access ø|"refresh"/);
    expect(test.logLines.join('')).not.toMatch(/access ø|"refresh"/);
  });

  it('does not open a sealed token that was copied into another row', async () => {
    const [person, thief] = [await signedInPerson(test), await signedInPerson(test)];
    const [victim, own] = [await link(person, 'github', true), await link(thief, 'github', true)];
    const { providerAccessTokenSealed } = victim;
    await test.app.deps.db.prisma.identity.update({
      where: { id: own.id },
      data: { providerAccessTokenSealed },
    });
    const answer = await thief.client.run(ListIdentitiesDocument, {});
    expect(codeOf(answer)).toBe('GENERAL_UNKNOWN');
    // A token is nullable: the rest of the identity is not lost with it.
    expect(answer.data?.listIdentities?.nodes).toMatchObject([
      { id: own.id, providerAccessToken: null, providerRefreshToken: 'refresh' },
    ]);
  });

  it('pages, and answers the same inside the account', async () => {
    const person = await signedInPerson(test);
    const ids = [];
    for (const provider of ['github', 'google', 'apple']) ids.push((await link(person, provider)).id);
    const head = await list(person, { first: 2 });
    expect(head.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(head.edges.map(({ node }) => node.id)).toEqual(ids.slice(0, 2));
    expect(head.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: head.edges[0]?.cursor,
      endCursor: head.edges[1]?.cursor,
    });
    const tail = await list(person, { first: 2, after: head.pageInfo.endCursor });
    expect(tail.nodes.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(tail.totalCount).toBe(3);
    expect(tail.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const inside = await person.client.send(
      'query ($after: String) { getAccount { identities(first: 2, after: $after) { totalCount nodes { id } } } }',
      { after: head.pageInfo.endCursor },
    );
    expect(inside.data).toEqual({
      getAccount: { identities: { totalCount: 3, nodes: [{ id: ids[2] }] } },
    });
  });

  it('refuses a page out of range and a cursor that is none', async () => {
    const { client } = await signedInPerson(test);
    for (const page of [{ first: 0 }, { first: 101 }, { after: 'x' }]) {
      const answer = await client.run(ListIdentitiesDocument, page);
      expect(codeOf(answer)).toBe('GENERAL_ARGUMENT_INVALID');
      expect(answer.data).toEqual({ listIdentities: null });
    }
  });
});

describe('deleteIdentity', () => {
  it('unlinks one identity, records it, and lets sessions and the address go on', async () => {
    const person = await signedInPerson(test);
    const email = newEmail();
    const [gone, kept] = [await link(person, 'github', true, email), await link(person, 'apple')];
    expect(dataOf(await remove(person, gone.id))).toEqual({
      deleteIdentity: { deletedIdentityId: gone.id },
    });
    expect((await list(person)).nodes.map(({ id }) => id)).toEqual([kept.id]);
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, { first: 1 }));
    const time = test.clock.now().toISOString();
    expect(listLogs.nodes[0]).toMatchObject({ event: 'identity.delete', userId: person.userId, time });
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    const signUp = await test.client().run(CreateAccountDocument, { email, password: goodPassword });
    expect(codeOf(signUp)).toBe('ok');
  });

  it('works for the last identity, while the sign-in is fresh, and never with a JWT', async () => {
    const person = await signedInPerson(test);
    const { id } = await link(person, 'github');
    const jwt = await jwtClient(person);
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () => remove({ client: jwt }, id));
    test.clock.advance(600.001);
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () => remove(person, id));
    await signIn(person.client, person);
    expect(codeOf(await remove(person, id))).toBe('ok');
    expect((await list(person)).totalCount).toBe(0);
  });

  it('does not tell another user’s identity from none, and leaves it there', async () => {
    const [person, stranger] = [await signedInPerson(test), await signedInPerson(test)];
    const foreign = await link(person, 'github', true);
    const none = '01a20e24-efa1-7fbd-ad20-d034af4fe6f7';
    const answers = [];
    for (const id of [foreign.id, none, 'nonsense', '', "' OR 1=1--", 'nul\0', '\ud800', '%']) {
      const { errors } = await expectRefusal(test, 'USER_IDENTITY_NOT_FOUND', () => remove(stranger, id));
      const [{ extensions, ...error } = { extensions: null }] = errors;
      answers.push(JSON.stringify({ ...error, extensions: { ...extensions, requestId: '' } }));
    }
    expect(new Set(answers).size).toBe(1);
    expect(await find(foreign.id)).toEqual(foreign);
  });

  it('lets one of two parallel deletions win, and records one', async () => {
    const person = await signedInPerson(test);
    const { id } = await link(person, 'github');
    const answers = await Promise.all([remove(person, id), remove(person, id)]);
    expect(answers.map(codeOf).sort()).toEqual(['USER_IDENTITY_NOT_FOUND', 'ok']);
    const where = { userId: person.userId, event: 'identity.delete' };
    expect(await test.app.deps.db.prisma.log.count({ where })).toBe(1);
  });

  it('refuses a second deletion', async () => {
    const person = await signedInPerson(test);
    const { id } = await link(person, 'github');
    dataOf(await remove(person, id));
    await expectRefusal(test, 'USER_IDENTITY_NOT_FOUND', () => remove(person, id));
  });

  it('answers the id as lists do, however it was written', async () => {
    const person = await signedInPerson(test);
    const { id } = await link(person, 'github');
    expect(dataOf(await remove(person, id.toUpperCase()))).toEqual({
      deleteIdentity: { deletedIdentityId: id },
    });
  });
});
