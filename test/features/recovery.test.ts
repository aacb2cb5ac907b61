import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateRecoveryDocument,
  GetAccountDocument,
  ListLogsDocument,
  UpdateEmailDocument,
  UpdatePasswordDocument,
  UpdateRecoveryDocument,
  UpdateStatusDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastLink, messagesTo } from '../support/messages.js';
import { goodPassword, newEmail, signedInPerson, signIn, signUp, proveShown } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(3600));

const url = 'http://localhost:3000/reset';
const password = 'a brand new password';

/** Asks for a recovery and reads the link. */
async function recoveryLink(email: string) {
  dataOf(await test.client().run(CreateRecoveryDocument, { email, url }));
  const { userId, secret, expire } = await lastLink(test, email);
  return { userId, secret, expire };
}

describe('recovery', () => {
  it('sets a new password, verifies the address, ends all sessions and tells the owner', async () => {
    const person = await signedInPerson(test);
    const { expire, ...link } = await recoveryLink(person.email);
    const answer = await test.client().run(UpdateRecoveryDocument, { ...link, password });
    expect(dataOf(answer).updateRecovery).toMatchObject({
      userId: link.userId,
      expiresAt: expire,
      phrase: null,
    });
    expect(answer.headers.getSetCookie().some((cookie) => cookie.startsWith('session='))).toBe(false);
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(codeOf(await test.client().run(CreateEmailPasswordSessionDocument, person))).toBe(
      'USER_INVALID_CREDENTIALS',
    );
    await signIn(person.client, { email: person.email, password });
    const { getAccount } = dataOf(await person.client.run(GetAccountDocument));
    expect(getAccount.emailVerified).toBe(true);
    const [notice] = await messagesTo(test, person.email);
    expect(notice?.subject).toBe('Your Accounts account was recovered');
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, {}));
    expect(listLogs.nodes.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['recovery.create', 'recovery.update']),
    );
  });

  it('works once, of two at the same time for one', async () => {
    const { email } = await signUp(test);
    const { userId, secret } = await recoveryLink(email);
    const run = (wanted: string) =>
      test.client().run(UpdateRecoveryDocument, { userId, secret, password: wanted });
    const codes = (await Promise.all([run('first new password'), run('second new password')])).map(codeOf);
    expect(codes.sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => run('third new password'));
  });

  it('works until the instant it expires', async () => {
    const [first, second] = [await signUp(test), await signUp(test)];
    const [a, b] = [await recoveryLink(first.email), await recoveryLink(second.email)];
    test.clock.moveToJustBefore(a.expire);
    expect(Date.parse(a.expire) - test.clock.now().getTime()).toBe(1);
    dataOf(await test.client().run(UpdateRecoveryDocument, { userId: a.userId, secret: a.secret, password }));
    test.clock.advance(0.001);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(UpdateRecoveryDocument, { userId: b.userId, secret: b.secret, password }),
    );
  });

  it('is not used up by a password that is refused', async () => {
    const person = await signUp(test);
    const { userId, secret } = await recoveryLink(person.email);
    const run = (wanted: string) => () =>
      test.client().run(UpdateRecoveryDocument, { userId, secret, password: wanted });
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run('short'));
    await expectRefusal(test, 'USER_PASSWORD_TOO_COMMON', run('password123'));
    await expectRefusal(test, 'USER_PASSWORD_PERSONAL_DATA', run(`it is ${person.email}`));
    expect(codeOf(await run(password)())).toBe('ok');
  });

  it('answers wrong and unknown alike, and changes nothing', async () => {
    const person = await signUp(test);
    const { userId, secret } = await recoveryLink(person.email);
    for (const [id, key] of [
      [userId, `${secret.slice(0, -1)}~`],
      ['nobody', secret],
      [person.userId, '123456'],
      [userId, 'x'],
    ] as const) {
      await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
        test.client().run(UpdateRecoveryDocument, { userId: id, secret: key, password }),
      );
    }
    for (const [id, key] of [
      ['$', secret],
      [userId, ''],
      [userId, 'nul\0'],
      [userId, 'x'.repeat(257)],
    ] as const) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
        test.client().run(UpdateRecoveryDocument, { userId: id, secret: key, password }),
      );
    }
  });

  it('dies with a change of the address or the password', async () => {
    const [first, second] = [await signedInPerson(test), await signedInPerson(test)];
    await proveShown(test, first.userId);
    const [a, b] = [await recoveryLink(first.email), await recoveryLink(second.email)];
    dataOf(await first.client.run(UpdateEmailDocument, { email: newEmail(), password: goodPassword }));
    dataOf(
      await second.client.run(UpdatePasswordDocument, {
        password: 'another good one',
        oldPassword: goodPassword,
      }),
    );
    for (const { userId, secret } of [a, b]) {
      await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
        test.client().run(UpdateRecoveryDocument, { userId, secret, password }),
      );
    }
    const [notice] = await messagesTo(test, first.email);
    expect(notice?.subject).toBe('Your Accounts e-mail address was changed');
  });

  it('is refused to a user who was blocked since', async () => {
    const person = await signedInPerson(test);
    const { userId, secret } = await recoveryLink(person.email);
    dataOf(await person.client.run(UpdateStatusDocument));
    await expectRefusal(test, 'USER_BLOCKED', () =>
      test.client().run(UpdateRecoveryDocument, { userId, secret, password }),
    );
  });

  it('opens a password that guessing had disabled', async () => {
    const person = await signUp(test);
    for (let guess = 0; guess < 5; guess += 1) {
      await test
        .client()
        .run(CreateEmailPasswordSessionDocument, { email: person.email, password: 'not the password' });
    }
    const { userId, secret } = await recoveryLink(person.email);
    dataOf(await test.client().run(UpdateRecoveryDocument, { userId, secret, password }));
    await signIn(test.client(), { email: person.email, password });
  });

  it('refuses urls that are not listed and addresses that are none', async () => {
    const { email } = await signUp(test);
    const run = (variables: { email: string; url: string }) => () =>
      test.client().run(CreateRecoveryDocument, variables);
    for (const bad of ['https://evil.test/', 'localhost/reset', 'http://localhost.evil.test/']) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run({ email, url: bad }));
    }
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run({ email: 'none', url }));
  });
});
