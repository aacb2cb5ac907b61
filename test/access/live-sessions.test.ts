import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days } from '../../src/clock.js';
import { DeleteSessionDocument, GetAccountDocument } from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf } from '../support/expect.js';
import { isLong } from '../support/long.js';
import { jwtClient, signedInPerson } from '../support/people.js';

let test: TestApp;

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const expire = (sessionId: string) =>
  test.app.deps.db.query({
    text: 'UPDATE sessions SET "expiresAt" = "createdAt" WHERE "id" = $1::uuid',
    values: [sessionId],
  });

describe('sessions that are looked up together', () => {
  it('answer each of many simultaneous requests for its own session', async () => {
    const [ada, grace, gone] = await Promise.all([
      signedInPerson(test),
      signedInPerson(test),
      signedInPerson(test),
    ]);
    const byJwt = await jwtClient(ada);
    await expire(gone.sessionId);
    const asked = Array.from({ length: isLong ? 500 : 100 }, (_, index) => {
      const [client, expected] = [
        [ada.client, ada.userId],
        [grace.client, grace.userId],
        [byJwt, ada.userId],
        [gone.client, 'GENERAL_UNAUTHORIZED_SCOPE'],
        [ada.client.withBearer(`session_${index}`), 'GENERAL_UNAUTHORIZED_SCOPE'],
      ][index % 5] as [typeof ada.client, string];
      return { answer: client.run(GetAccountDocument), expected };
    });
    for (const { answer, expected } of asked) {
      const { data, errors } = await answer;
      expect(data?.getAccount?.id ?? errors[0]?.extensions.code).toBe(expected);
    }
  });

  it('are gone for the request after the one that ended them', async () => {
    const person = await signedInPerson(test);
    const others = await Promise.all(Array.from({ length: 20 }, () => signedInPerson(test)));
    const busy = others.map(({ client }) => client.run(GetAccountDocument));
    dataOf(await person.client.run(DeleteSessionDocument, { sessionId: 'current' }));
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect((await Promise.all(busy)).map(codeOf)).toEqual(others.map(() => 'ok'));
  });

  it('fail together where their statement fails, and not after', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => signedInPerson(test)));
    const { db } = test.app.deps;
    await db.query({ text: 'ALTER TABLE sessions RENAME TO sessions_away' });
    const failed = await Promise.all(people.map(({ client }) => client.run(GetAccountDocument)));
    await db.query({ text: 'ALTER TABLE sessions_away RENAME TO sessions' });
    expect(failed.map(codeOf)).toEqual(people.map(() => 'GENERAL_UNKNOWN'));
    const after = await Promise.all(people.map(({ client }) => client.run(GetAccountDocument)));
    expect(after.map(codeOf)).toEqual(people.map(() => 'ok'));
  });

  it('end with the clock, to the millisecond', async () => {
    const person = await signedInPerson(test);
    test.clock.advance(days(30));
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });
});
