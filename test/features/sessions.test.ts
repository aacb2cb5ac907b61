import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DeleteSessionDocument,
  DeleteSessionsDocument,
  GetAccountDocument,
  GetSessionDocument,
  ListLogsDocument,
  ListSessionsDocument,
  UpdateSessionDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { jwtClient, type Person, signedInPerson, signIn } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const day = 86_400;
const notSessions = [
  '01a20e24-efa1-7fbd-ad20-d034af4fe6f7',
  'nonsense',
  '',
  "' OR 1=1--",
  'nul\0',
  '\ud800',
  'CURRENT',
];

/** A second session of the same person, on another device. */
async function secondDevice(person: Person) {
  const client = test.client();
  test.clock.advance(1);
  return { client, ...(await signIn(client, person)) };
}

describe('Session.user', () => {
  it('lets one request sign in and read the account', async () => {
    const { email, password, userId } = await signedInPerson(test);
    const answer = await test.client().send(
      `mutation ($email: String!, $password: String!) {
        createEmailPasswordSession(email: $email, password: $password) {
          completedFactors user { id email mfaFactors { email } securityChanges { id } passkeys { nodes { id } } logs(first: 1) { nodes { event } } }
        }
      }`,
      { email, password },
    );
    expect(dataOf(answer)).toEqual({
      createEmailPasswordSession: {
        completedFactors: [],
        user: {
          id: userId,
          email,
          mfaFactors: { email: false },
          securityChanges: [],
          passkeys: { nodes: [] },
          logs: { nodes: [{ event: 'session.create' }] },
        },
      },
    });
  });
});

describe('getSession', () => {
  it('gets the current session and any other of the user, without the secret', async () => {
    const person = await signedInPerson(test);
    const other = await secondDevice(person);
    const { getSession: current } = dataOf(
      await person.client.run(GetSessionDocument, { sessionId: 'current' }),
    );
    expect(current).toMatchObject({ id: person.sessionId, current: true, secret: null });
    const { getSession } = dataOf(
      await person.client.run(GetSessionDocument, { sessionId: other.sessionId }),
    );
    expect(getSession).toMatchObject({ id: other.sessionId, current: false, secret: null });
  });

  it('does not tell another user’s session from none', async () => {
    const [person, stranger] = [await signedInPerson(test), await signedInPerson(test)];
    for (const sessionId of [stranger.sessionId, ...notSessions]) {
      const answer = await person.client.run(GetSessionDocument, { sessionId });
      expect(codeOf(answer)).toBe('USER_SESSION_NOT_FOUND');
    }
  });
});

describe('listSessions', () => {
  it('lists live sessions oldest first, in pages', async () => {
    const person = await signedInPerson(test);
    const second = await secondDevice(person);
    const third = await secondDevice(person);
    const { listSessions: all } = dataOf(await third.client.run(ListSessionsDocument, {}));
    expect(all.nodes.map(({ id, current }) => [id, current])).toEqual([
      [person.sessionId, false],
      [second.sessionId, false],
      [third.sessionId, true],
    ]);
    const { listSessions: head } = dataOf(await third.client.run(ListSessionsDocument, { first: 2 }));
    expect(head.totalCount).toBe(3);
    expect(head.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const after = head.pageInfo.endCursor;
    const { listSessions: tail } = dataOf(await third.client.run(ListSessionsDocument, { first: 2, after }));
    expect(tail.nodes.map(({ id }) => id)).toEqual([third.sessionId]);
    expect(tail.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('marks no session as current for a JWT', async () => {
    const client = await jwtClient(await signedInPerson(test));
    const { listSessions } = dataOf(await client.run(ListSessionsDocument, {}));
    expect(listSessions.nodes.map(({ current }) => current)).toEqual([false]);
  });
});

describe('the life of a session', () => {
  it('ends at the instant it says, not a millisecond earlier, and then neither counts nor shows', async () => {
    const person = await signedInPerson(test);
    const { getSession } = dataOf(await person.client.run(GetSessionDocument, { sessionId: 'current' }));
    test.clock.moveToJustBefore(getSession.expiresAt);
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    const later = await secondDevice(person);
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    const { listSessions } = dataOf(await later.client.run(ListSessionsDocument, {}));
    expect(listSessions.nodes.map(({ id }) => id)).toEqual([later.sessionId]);
  });
});

describe('updateSession', () => {
  it('moves the end to a lifetime from now and extends the cookie of the current session', async () => {
    const person = await signedInPerson(test);
    person.client.cookies.set('session', person.secret);
    person.client.bearer = null;
    test.clock.advance(10 * day);
    const answer = await person.client.run(UpdateSessionDocument, { sessionId: 'current' });
    const { updateSession } = dataOf(answer);
    const now = test.clock.now();
    expect(updateSession.updatedAt).toBe(now.toISOString());
    expect(Date.parse(updateSession.expiresAt) - now.getTime()).toBe(30 * day * 1000);
    expect(answer.headers.getSetCookie()).toEqual([
      `session=${person.secret}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax`,
    ]);
  });

  it('never extends past a year after the session began', async () => {
    const person = await signedInPerson(test);
    const { getSession } = dataOf(await person.client.run(GetSessionDocument, { sessionId: 'current' }));
    for (let month = 0; month < 12; month += 1) {
      const answer = await person.client.run(UpdateSessionDocument, { sessionId: 'current' });
      if (codeOf(answer) === 'ok') test.clock.advance(29 * day);
    }
    const { updateSession } = dataOf(
      await person.client.run(UpdateSessionDocument, { sessionId: 'current' }),
    );
    expect(Date.parse(updateSession.expiresAt) - Date.parse(getSession.createdAt)).toBe(365 * day * 1000);
  });

  it('refuses what is not a session of the caller', async () => {
    const [person, stranger] = [await signedInPerson(test), await signedInPerson(test)];
    for (const sessionId of [stranger.sessionId, ...notSessions]) {
      await expectRefusal(test, 'USER_SESSION_NOT_FOUND', () =>
        person.client.run(UpdateSessionDocument, { sessionId }),
      );
    }
  });
});

describe('deleteSession', () => {
  it('signs out at once and clears the cookie', async () => {
    const person = await signedInPerson(test);
    const jwt = await jwtClient(person);
    const answer = await person.client.run(DeleteSessionDocument, { sessionId: 'current' });
    expect(dataOf(answer).deleteSession).toEqual({ deletedSessionId: person.sessionId });
    expect(answer.headers.getSetCookie()).toEqual(['session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(codeOf(await jwt.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('ends another device and leaves this one and its cookie alone', async () => {
    const person = await signedInPerson(test);
    const other = await secondDevice(person);
    const answer = await person.client.run(DeleteSessionDocument, {
      sessionId: other.sessionId.toUpperCase(),
    });
    expect(dataOf(answer).deleteSession).toEqual({ deletedSessionId: other.sessionId });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(codeOf(await other.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, { first: 1 }));
    expect(listLogs.nodes[0]?.event).toBe('session.delete');
  });

  it('works once when sent twice at a time', async () => {
    const person = await signedInPerson(test);
    const other = await secondDevice(person);
    const run = () => person.client.run(DeleteSessionDocument, { sessionId: other.sessionId });
    const codes = (await Promise.all([run(), run()])).map(codeOf);
    expect(codes.sort()).toEqual(['USER_SESSION_NOT_FOUND', 'ok']);
  });

  it('refuses what is not a session of the caller', async () => {
    const [person, stranger] = [await signedInPerson(test), await signedInPerson(test)];
    for (const sessionId of [stranger.sessionId, ...notSessions]) {
      await expectRefusal(test, 'USER_SESSION_NOT_FOUND', () =>
        person.client.run(DeleteSessionDocument, { sessionId }),
      );
    }
  });

  it('leaves nothing for a later field of the same document', async () => {
    const { client } = await signedInPerson(test);
    const answer = await client.send(
      'mutation { deleteSession(sessionId: "current") { deletedSessionId } updateName(name: "x") { id } }',
    );
    expect(codeOf(answer)).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(answer.errors[0]?.path).toEqual(['updateName']);
    expect(answer.data?.['deleteSession']).not.toBeNull();
  });
});

describe('deleteSessions', () => {
  it('ends every session, this one included, and clears the cookie', async () => {
    const person = await signedInPerson(test);
    const other = await secondDevice(person);
    const answer = await person.client.run(DeleteSessionsDocument);
    expect(dataOf(answer).deleteSessions.deletedSessionIds.sort()).toEqual(
      [person.sessionId, other.sessionId].sort(),
    );
    expect(answer.headers.getSetCookie()).toEqual(['session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
    for (const client of [person.client, other.client]) {
      expect(codeOf(await client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    }
  });
});
