import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreatePhoneVerificationDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  GetAccountDocument,
  UpdateEmailDocument,
  UpdatePhoneDocument,
  UpdatePhoneVerificationDocument,
  UpdateVerificationDocument,
} from '../operations/generated.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode, lastLink } from '../support/messages.js';
import { anonymousPerson, goodPassword, newEmail, type Person, signedInPerson } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(3600));

const url = 'http://localhost:3000/verify?x=1';
let numbers = 0;

async function withPhone(person: Person): Promise<string> {
  const phone = `+1415555${String(4000 + numbers++)}`;
  dataOf(await person.client.run(UpdatePhoneDocument, { phone, password: goodPassword }));
  return phone;
}

async function verificationLink(person: Person) {
  dataOf(await person.client.run(CreateVerificationDocument, { url }));
  const { userId, secret, expire } = await lastLink(test, person.email);
  return { userId, secret, expire };
}

describe('createVerification and updateVerification', () => {
  it('verify the address by a link that a guest can use, once', async () => {
    const person = await signedInPerson(test);
    const { createVerification: token } = dataOf(
      await person.client.run(CreateVerificationDocument, { url }),
    );
    expect(token).toMatchObject({ userId: person.userId, phrase: null });
    expect(Date.parse(token.expiresAt) - test.clock.now().getTime()).toBe(7 * 86_400_000);
    const { userId, secret } = await lastLink(test, person.email);
    const run = () => test.client().run(UpdateVerificationDocument, { userId, secret });
    const answers = await Promise.all([run(), run()]);
    expect(answers.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
    expect(dataOf(await person.client.run(GetAccountDocument)).getAccount.emailVerified).toBe(true);
    await expectRefusal(test, 'USER_EMAIL_ALREADY_VERIFIED', () =>
      person.client.run(CreateVerificationDocument, { url }),
    );
  });

  it('work for seven days, to the instant', async () => {
    const [first, second] = [await signedInPerson(test), await signedInPerson(test)];
    const [a, b] = [await verificationLink(first), await verificationLink(second)];
    test.clock.moveToJustBefore(a.expire);
    dataOf(await test.client().run(UpdateVerificationDocument, { userId: a.userId, secret: a.secret }));
    test.clock.advance(0.001);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(UpdateVerificationDocument, { userId: b.userId, secret: b.secret }),
    );
  });

  it('do not verify an address that took the place of the one mailed to', async () => {
    const person = await signedInPerson(test);
    const { userId, secret } = await verificationLink(person);
    dataOf(await person.client.run(UpdateEmailDocument, { email: newEmail(), password: goodPassword }));
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(UpdateVerificationDocument, { userId, secret }),
    );
  });

  it('do not sign in', async () => {
    const { userId, secret } = await verificationLink(await signedInPerson(test));
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(CreateSessionDocument, { userId, secret }),
    );
  });

  it('refuse an account without address, a url that is not listed, and bad input', async () => {
    const anonymous = await anonymousPerson(test);
    await expectRefusal(test, 'USER_EMAIL_NOT_FOUND', () =>
      anonymous.client.run(CreateVerificationDocument, { url }),
    );
    const person = await signedInPerson(test);
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      person.client.run(CreateVerificationDocument, { url: 'https://evil.test/' }),
    );
    const { userId, secret } = await verificationLink(person);
    for (const [id, key] of [
      ['$', secret],
      [userId, ''],
      [userId, '\0'],
      [userId, 'x'.repeat(257)],
    ] as const) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
        test.client().run(UpdateVerificationDocument, { userId: id, secret: key }),
      );
    }
    for (const [id, key] of [
      ['nobody', secret],
      [userId, 'wrong'],
      [(await signedInPerson(test)).userId, secret],
    ] as const) {
      await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
        test.client().run(UpdateVerificationDocument, { userId: id, secret: key }),
      );
    }
  });
});

describe('createPhoneVerification and updatePhoneVerification', () => {
  it('verify the number by a code that works once and does not sign in', async () => {
    const person = await signedInPerson(test);
    const phone = await withPhone(person);
    const { createPhoneVerification: token } = dataOf(
      await person.client.run(CreatePhoneVerificationDocument),
    );
    expect(Date.parse(token.expiresAt) - test.clock.now().getTime()).toBe(900_000);
    const secret = await lastCode(test, phone);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(CreateSessionDocument, { userId: person.userId, secret }),
    );
    const run = () => test.client().run(UpdatePhoneVerificationDocument, { userId: person.userId, secret });
    expect((await Promise.all([run(), run()])).map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
    expect(dataOf(await person.client.run(GetAccountDocument)).getAccount.phoneVerified).toBe(true);
    await expectRefusal(test, 'USER_PHONE_ALREADY_VERIFIED', () =>
      person.client.run(CreatePhoneVerificationDocument),
    );
  });

  it('survive four wrong guesses and die with the fifth', async () => {
    for (const [wrong, expected] of [
      [4, 'ok'],
      [5, 'USER_INVALID_TOKEN'],
    ] as const) {
      const person = await signedInPerson(test);
      const phone = await withPhone(person);
      dataOf(await person.client.run(CreatePhoneVerificationDocument));
      const code = await lastCode(test, phone);
      const guess = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
      for (let count = 0; count < wrong; count += 1) {
        const answer = await test
          .client()
          .run(UpdatePhoneVerificationDocument, { userId: person.userId, secret: guess });
        expect(codeOf(answer)).toBe('USER_INVALID_TOKEN');
      }
      const answer = await test
        .client()
        .run(UpdatePhoneVerificationDocument, { userId: person.userId, secret: code });
      expect(codeOf(answer)).toBe(expected);
    }
  });

  it('refuse an account without a number, and a number that changed since', async () => {
    const person = await signedInPerson(test);
    await expectRefusal(test, 'USER_PHONE_NOT_FOUND', () =>
      person.client.run(CreatePhoneVerificationDocument),
    );
    const phone = await withPhone(person);
    dataOf(await person.client.run(CreatePhoneVerificationDocument));
    const secret = await lastCode(test, phone);
    await withPhone(person);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(UpdatePhoneVerificationDocument, { userId: person.userId, secret }),
    );
  });
});
