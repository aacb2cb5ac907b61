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
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import type { Client } from '../support/client.js';
import { lastCode, lastLink, messagesTo } from '../support/messages.js';
import {
  anonymousPerson,
  goodPassword,
  newEmail,
  type Person,
  proveShown,
  signedInPerson,
  signUp,
} from '../support/people.js';

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

describe('the page behind a confirmation', () => {
  const page = async (client: Client, query: string) =>
    (await client.fetch(`/auth/verification?${query}`)).text();
  const disown = async (client: Client, link: { userId: string; secret: string }, headers = {}) =>
    client.fetch('/auth/verification/disown', {
      method: 'POST',
      body: new URLSearchParams({ ...link }),
      headers,
    });

  /** A user who has asked to verify another address, which may be mistyped. */
  async function withMistypedAddress() {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const mistyped = newEmail();
    dataOf(await person.client.run(UpdateEmailDocument, { email: mistyped, password: goodPassword }));
    dataOf(await person.client.run(CreateVerificationDocument));
    const { url, userId, secret } = await lastLink(test, mistyped);
    return { person, url, link: { userId, secret } };
  }

  it('says who asked, and offers to disown the address, in a browser that neither asked nor is signed in', async () => {
    const { url } = await withMistypedAddress();
    expect(url.pathname).toBe('/auth/verification');
    const elsewhere = await page(test.client(), url.searchParams.toString());
    expect(elsewhere).toContain('from Chrome on Windows');
    expect(elsewhere).toContain('This was not me');
    expect(elsewhere).toContain('sign in to your account in this browser');
  });

  it('offers nothing but to confirm in the browser that asked', async () => {
    const { person, url } = await withMistypedAddress();
    const own = await page(person.client, url.searchParams.toString());
    expect(own).not.toContain('This was not me');
    expect(own).toContain('Confirm address');
  });

  it('lets the address be disowned from its own page only, with the right secret', async () => {
    const { link } = await withMistypedAddress();
    const before = await test.fingerprint();
    expect((await disown(test.client(), link, { origin: 'https://evil.test' })).status).toBe(403);
    expect(await (await disown(test.client(), { ...link, secret: 'wrong' })).text()).toContain(
      'does not work any more',
    );
    expect(await test.fingerprint()).toEqual(before);
  });

  it('takes the address off the account for the reader who disowns it, once', async () => {
    const { person, link } = await withMistypedAddress();
    expect(await (await disown(test.client(), link)).text()).toContain('no longer on that account');
    expect(dataOf(await person.client.run(GetAccountDocument)).getAccount).toMatchObject({
      email: person.email,
      emailVerified: true,
    });
    const [notice] = await messagesTo(test, person.email);
    expect(notice?.subject).toBe('An address was taken off your Accounts account');
    expect(await (await disown(test.client(), link)).text()).toContain('does not work any more');
  });

  it('leaves the address to whoever wants it next, where the account never proved one', async () => {
    const person = await signedInPerson(test);
    dataOf(await person.client.run(CreateVerificationDocument));
    const { userId, secret } = await lastLink(test, person.email);
    await disown(test.client(), { userId, secret });
    expect(dataOf(await person.client.run(GetAccountDocument)).getAccount.email).toBeNull();
    await signUp(test, person.email);
  });

  it('repeats no words of a stranger’s program', async () => {
    const person = await signedInPerson(test);
    person.client.headers = {
      'user-agent': 'Your account was hacked call +15550100/1.0 (iPhone; iOS 16.0; Scale/2.0)',
    };
    dataOf(await person.client.run(CreateVerificationDocument));
    const { url: link } = await lastLink(test, person.email);
    expect(await page(test.client(), link.searchParams.toString())).toContain('an unknown program');
    expect(JSON.stringify(await messagesTo(test, person.email))).not.toContain('hacked');
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
