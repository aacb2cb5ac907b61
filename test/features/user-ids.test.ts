import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailTokenDocument,
  CreateSessionDocument,
  CreateUserDocument,
  DeleteUserDocument,
} from '../../src/client/documents.js';
import { importUsers, parseLine } from '../../src/features/operators/import/service.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail } from '../support/people.js';

// Applications keep ids of users, and compare them with the `sub` of a JWT, often in `uuid` columns. A thief who gets the id of
// someone else, of a deleted account or of a user who is yet to be imported, sees that person's data there. The id of a person
// stays theirs, in an hour, a week and a month.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp(operatorSettings);
});
afterAll(() => test.close());

const signUpAs = (userId: string, at = test) =>
  at.client().run(CreateAccountDocument, { userId, email: newEmail(), password: goodPassword });
const uuid = '0b7e9a52-4c1d-4f6e-9b3a-2f8d6c5e1a70';

/** Asks for a code under a handle, and signs in with it. */
async function signInAs(userId: string, at = test) {
  const [client, email] = [at.client(), newEmail()];
  dataOf(await client.run(CreateEmailTokenDocument, { userId, email }));
  const redeem = { userId, secret: await lastCode(at, email) };
  return dataOf(await client.run(CreateSessionDocument, redeem)).createSession;
}

describe('an id that a public caller chooses', () => {
  it.each([
    ['in lower case', uuid],
    ['in upper case', uuid.toUpperCase()],
    ['without hyphens', uuid.replaceAll('-', '')],
    ['with other separators', uuid.replaceAll('-', '_')],
  ])('is no UUID, %s', async (_how, userId) => {
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => signUpAs(userId));
    const session = await signInAs(userId);
    expect(session.userId).not.toBe(userId);
    expect(session.userId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('differs from every other in more than case and separators', async () => {
    dataOf(await signUpAs('ada.lovelace-1815'));
    for (const other of ['ada.lovelace-1815', 'ADA.lovelace-1815', 'adalovelace1815', 'ada_lovelace.1815'])
      await expectRefusal(test, 'USER_ALREADY_EXISTS', () => signUpAs(other));
    expect((await signInAs('Ada_Lovelace_1815')).userId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is given to one of several who choose it at the same time, in several spellings', async () => {
    const answers = await Promise.all(['grace', 'GRACE', 'gr.ace', 'gra-ce'].map((id) => signUpAs(id)));
    expect(answers.map(codeOf).sort()).toEqual([...Array(3).fill('USER_ALREADY_EXISTS'), 'ok']);
  });

  it('is the id of a new account, and a handle that the server chose is, too', async () => {
    expect((await signInAs('chosen-by-alan')).userId).toBe('chosen-by-alan');
    const [client, email] = [test.client(), newEmail()];
    const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email }));
    const redeem = { userId: createEmailToken.userId, secret: await lastCode(test, email) };
    const { createSession } = dataOf(await client.run(CreateSessionDocument, redeem));
    expect(createSession.userId).toBe(createEmailToken.userId);
  });

  it('is only a handle with CHOSEN_IDS=off', async () => {
    const closed = await createTestApp({ ...operatorSettings, CHOSEN_IDS: 'off' });
    await expectRefusal(closed, 'GENERAL_ARGUMENT_INVALID', () => signUpAs('alan', closed));
    expect((await signInAs('alan', closed)).userId).not.toBe('alan');
    const { createUser } = dataOf(
      await operatorOf(closed).run(CreateUserDocument, { userId: 'alan', email: newEmail() }),
    );
    expect(createUser.id).toBe('alan');
    await closed.close();
  });
});

describe('the id of a deleted account', () => {
  it('is never given out again, in no spelling, by sign-up, code, operator or import', async () => {
    const operator = operatorOf(test);
    dataOf(await signUpAs('hedy-lamarr'));
    dataOf(await operator.run(DeleteUserDocument, { userId: 'hedy-lamarr' }));
    for (const id of ['hedy-lamarr', 'Hedy.Lamarr']) {
      await expectRefusal(test, 'USER_ALREADY_EXISTS', () => signUpAs(id));
      await expectRefusal(test, 'USER_ALREADY_EXISTS', () =>
        operator.run(CreateUserDocument, { userId: id, email: newEmail() }),
      );
      const line = parseLine(JSON.stringify({ id, email: newEmail() }), test.clock.now());
      expect(await importUsers(test.app.deps, [line])).toEqual({ made: 0, conflicts: new Set([id]) });
    }
    expect((await signInAs('hedylamarr')).userId).not.toBe('hedylamarr');
  });
});

describe('an id in an import', () => {
  it('may be a UUID, and is a conflict if another user’s differs only in case or separators', async () => {
    const lineOf = (id: string) => parseLine(JSON.stringify({ id, email: newEmail() }), test.clock.now());
    expect(await importUsers(test.app.deps, [lineOf(uuid)])).toEqual({ made: 1, conflicts: new Set() });
    const other = uuid.toUpperCase();
    expect(await importUsers(test.app.deps, [lineOf(other), lineOf('new-one')])).toEqual({
      made: 1,
      conflicts: new Set([other]),
    });
    expect(await importUsers(test.app.deps, [lineOf(uuid)])).toEqual({ made: 0, conflicts: new Set() });
  });
});
