import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMfaChallengeDocument,
  CreateSessionDocument,
  UpdateEmailDocument,
  UpdateMfaDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { lastCode, messagesTo } from '../support/messages.js';
import { goodPassword, newEmail, proveShown, signedInPerson, signIn, signUp } from '../support/people.js';

// An attacker with accounts of their own cannot renew a limit on somebody else's address. In an hour they send three emails and
// guess ten codes, in a day ten and twenty, whatever they change of their accounts.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(86_400));

const wrongCode = (code: string) => (code === '000000' ? '000001' : '000000');

/** Changes the password of the caller's account, back and forth. */
async function changePassword(client: Client, round: number): Promise<void> {
  const passwords = ['another horse, another staple', goodPassword];
  const [password = '', oldPassword = ''] = round % 2 === 0 ? passwords : passwords.toReversed();
  dataOf(await client.run(UpdatePasswordDocument, { password, oldPassword }));
}

describe('the number of emails to an address', () => {
  it('is not renewed by a new password of an account that displays the address', async () => {
    const attacker = await signedInPerson(test);
    for (let round = 0; round < 6; round += 1) {
      dataOf(await test.client().run(CreateEmailTokenDocument, { email: attacker.email }));
      await changePassword(attacker.client, round);
    }
    const codes = (await messagesTo(test, attacker.email)).filter(({ text }) => /\d{6}/.test(text));
    expect(codes.length).toBe(3);
  });

  it('is the same for an address with a tag', async () => {
    const email = newEmail();
    for (let count = 0; count < 5; count += 1) {
      const tagged = email.replace('@', `+${count}@`);
      dataOf(await test.client().run(CreateEmailTokenDocument, { email: tagged }));
    }
    const received = await Promise.all(
      Array.from({ length: 5 }, (_, count) => messagesTo(test, email.replace('@', `+${count}@`))),
    );
    expect(received.flat().length).toBe(3);
  });

  it('in a day is not used up by emails that the short limit dropped', async () => {
    const email = newEmail();
    for (let count = 0; count < 10; count += 1)
      dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    expect((await messagesTo(test, email)).length).toBe(3);
    test.clock.advance(900);
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    expect((await messagesTo(test, email)).length).toBe(4);
  });

  it('in a day is not used up by a burst of parallel requests', async () => {
    const email = newEmail();
    await Promise.all(
      Array.from({ length: 18 }, () => test.client().run(CreateEmailTokenDocument, { email })),
    );
    expect((await messagesTo(test, email)).length).toBe(3);
    test.clock.advance(3600);
    for (let count = 0; count < 3; count += 1)
      dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    expect((await messagesTo(test, email)).length).toBe(6);
  });
});

describe('the number of guesses at the codes of an address', () => {
  it('is not renewed by another account that displays the address', async () => {
    const email = newEmail();
    const codes: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const attacker = await signedInPerson(test);
      dataOf(await attacker.client.run(UpdateEmailDocument, { email, password: goodPassword }));
      const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
      const secret = wrongCode(await lastCode(test, email));
      for (let count = 0; count < 5; count += 1)
        codes.push(
          codeOf(await test.client().run(CreateSessionDocument, { userId: createEmailToken.userId, secret })),
        );
      const away = { email: newEmail(), password: goodPassword };
      dataOf(await attacker.client.run(UpdateEmailDocument, away));
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('USER_INVALID_TOKEN'));
    expect(codes.slice(10)).toEqual(Array(5).fill('GENERAL_RATE_LIMIT_EXCEEDED'));
  });

  it('is drawn on once by a guess at several addresses of one mailbox', async () => {
    const email = newEmail();
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const secret = await lastCode(test, email);
    const userId = 'a-handle-of-my-choice';
    for (let count = 0; count < 11; count += 1) {
      const tagged = email.replace('@', `+${count}@`);
      dataOf(await test.client().run(CreateEmailTokenDocument, { userId, email: tagged }));
    }
    const wrong = { userId, secret: wrongCode(secret) };
    for (let count = 0; count < 5; count += 1)
      expect(codeOf(await test.client().run(CreateSessionDocument, wrong))).toBe('USER_INVALID_TOKEN');
    dataOf(await test.client().run(CreateSessionDocument, { userId: createEmailToken.userId, secret }));
  });
});

describe('the number of challenges by SMS', () => {
  it('is not renewed by a new password', async () => {
    const attacker = await signedInPerson(test);
    const phone = '+14155550123';
    dataOf(await attacker.client.run(UpdatePhoneDocument, { phone, password: goodPassword }));
    await proveShown(test, attacker.userId);
    dataOf(await attacker.client.run(UpdateMfaDocument, { mfa: true }));
    const codes: string[] = [];
    for (let round = 0; round < 14; round += 1) {
      codes.push(codeOf(await attacker.client.run(CreateMfaChallengeDocument, { factor: 'PHONE' })));
      if (round < 9) await changePassword(attacker.client, round);
    }
    expect(codes.filter((code) => code === 'ok').length).toBe(5);
  });
});

describe('a device cookie', () => {
  it('a changed device cookie counts as that of an unknown device', async () => {
    const person = await signUp(test);
    await proveShown(test, person.userId);
    await person.client.browse(CreateEmailPasswordSessionDocument, person);
    person.client.cookies.delete('session');
    const secret = person.client.cookies.get('device') ?? '';
    const wrong = { email: person.email, password: 'not the password' };
    const codes: string[] = [];
    for (let count = 0; count < 8; count += 1) {
      person.client.cookies.set('device', `${secret}.${count}`);
      codes.push(codeOf(await person.client.run(CreateEmailPasswordSessionDocument, wrong)));
    }
    expect(codes.filter((code) => code === 'USER_INVALID_CREDENTIALS').length).toBe(5);
  });
});

describe('wrong passwords', () => {
  it('for an address without an account do not disable the password of whoever signs up there later', async () => {
    const email = newEmail();
    const attempt = async () =>
      codeOf(
        await test.client().run(CreateEmailPasswordSessionDocument, { email, password: 'not the password' }),
      );
    for (let count = 0; count < 100; count += 1) {
      expect(await attempt()).toBe('USER_INVALID_CREDENTIALS');
      test.clock.advance(901);
    }
    expect(await attempt()).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    const person = await signUp(test, email);
    await signIn(test.client(), person);
  });

  it('at the verified address do not reveal that the displayed address is of the same account', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const displayed = newEmail();
    dataOf(await person.client.run(UpdateEmailDocument, { email: displayed, password: goodPassword }));
    const attempt = async (email: string) =>
      codeOf(
        await test.client().run(CreateEmailPasswordSessionDocument, { email, password: 'not the password' }),
      );
    for (let count = 0; count < 6; count += 1) await attempt(person.email);
    expect(await attempt(person.email)).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    expect(await attempt(displayed)).toBe('USER_INVALID_CREDENTIALS');
    await signIn(person.client, { email: displayed, password: goodPassword });
  });
});
