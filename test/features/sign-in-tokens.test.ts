import { print } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreatePhoneTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  GetAccountDocument,
  UpdateMagicUrlSessionDocument,
  UpdatePasswordDocument,
  UpdatePhoneSessionDocument,
  UpdatePhoneVerificationDocument,
  UpdateRecoveryDocument,
  UpdateStatusDocument,
  UpdateVerificationDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode, lastLink, lastMessage, messagesTo } from '../support/messages.js';
import { goodPassword, newEmail, signedInPerson, signUp, proveShown } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ REDIRECT_ORIGINS: 'https://app.example.com,myapp://sign-in' });
});
afterAll(() => test.close());
// What one address may receive comes back with time.
beforeEach(() => test.clock.advance(3600));

let numbers = 0;
const newPhone = () => `+1415555${String(3000 + numbers++)}`;
const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Asks for a code by mail and reads it. */
async function emailCode(email = newEmail(), userId?: string) {
  const client = test.client();
  const { createEmailToken: token } = dataOf(
    await client.run(CreateEmailTokenDocument, { email, ...(userId && { userId }) }),
  );
  return { client, email, token, code: await lastCode(test, email) };
}

describe('createEmailToken', () => {
  it('answers a receipt without the secret, and mails six digits', async () => {
    const email = newEmail();
    const client = test.client();
    const answer = await client.run(CreateEmailTokenDocument, { email: email.toUpperCase(), phrase: true });
    const { createEmailToken: token } = dataOf(answer);
    const now = test.clock.now().toISOString();
    expect(token).toEqual({
      id: expect.any(String),
      createdAt: now,
      userId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      expiresAt: new Date(Date.parse(now) + 900_000).toISOString(),
      phrase: expect.stringMatching(/^[A-Z][a-z]+ [a-z]+$/),
    });
    const mail = await lastMessage(test, email);
    expect(mail).toMatchObject({ channel: 'email', to: email, subject: 'OTP for Accounts login' });
    expect(mail.text).toContain(token.phrase);
    expect(mail.text).toContain('Chrome on Windows');
    expect(mail.html).toContain(token.phrase);
    const code = await lastCode(test, email);
    expect(JSON.stringify(answer) + test.logLines.join()).not.toContain(code);
  });

  it('signs a new user up with the code', async () => {
    const { client, email, token, code } = await emailCode();
    const { createSession: session } = dataOf(
      await client.run(CreateSessionDocument, { userId: token.userId, secret: code }),
    );
    expect(session).toMatchObject({
      userId: token.userId,
      provider: 'token',
      providerUid: null,
      factors: ['email'],
      current: true,
    });
    client.bearer = session.secret;
    const { getAccount } = dataOf(await client.run(GetAccountDocument));
    expect(getAccount).toMatchObject({ email, emailVerified: true, passwordUpdatedAt: null, name: '' });
  });

  it('signs the owner of the address in, and repeats the id that the caller chose all the same', async () => {
    const person = await signUp(test);
    const { client, token, code } = await emailCode(person.email, 'mine1');
    expect(token.userId).toBe('mine1');
    const { createSession } = dataOf(
      await client.run(CreateSessionDocument, { userId: 'mine1', secret: code }),
    );
    expect(createSession.userId).toBe(person.userId);
  });

  it('can be redeemed with the user’s own id, too', async () => {
    const person = await signUp(test);
    const { client, code } = await emailCode(person.email);
    dataOf(await client.run(CreateSessionDocument, { userId: person.userId, secret: code }));
  });

  it('makes a new user under the chosen id, or under another when it is taken', async () => {
    const { userId: taken } = await signUp(test);
    const chosen = await emailCode(newEmail(), 'chosen-id');
    const collided = await emailCode(newEmail(), taken);
    const first = dataOf(
      await chosen.client.run(CreateSessionDocument, { userId: 'chosen-id', secret: chosen.code }),
    );
    expect(first.createSession.userId).toBe('chosen-id');
    const second = dataOf(
      await collided.client.run(CreateSessionDocument, { userId: taken, secret: collided.code }),
    );
    expect(second.createSession.userId).not.toBe(taken);
  });

  it('refuses wrong input before anything is written or sent', async () => {
    const client = test.client();
    const bad = [
      { email: '' },
      { email: 'no address' },
      { email: 'nul\0@example.test' },
      { email: '\ud800@example.test' },
      { email: newEmail(), userId: 'wrongId$' },
      { email: newEmail(), userId: '' },
      { email: `${'x'.repeat(100_000)}@example.test` },
    ];
    for (const variables of bad) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
        client.run(CreateEmailTokenDocument, variables),
      );
    }
  });

  it('drops what is more than three messages in fifteen minutes or ten a day, and answers the same', async () => {
    const email = newEmail();
    const ask = async () => codeOf(await test.client().run(CreateEmailTokenDocument, { email }));
    for (let count = 0; count < 5; count += 1) expect(await ask()).toBe('ok');
    expect(await messagesTo(test, email)).toHaveLength(3);
    test.clock.advance(900);
    dataOf(await test.client().run(CreateMagicUrlTokenDocument, { email }));
    expect(await messagesTo(test, email)).toHaveLength(4);
    for (let quarter = 0; quarter < 8; quarter += 1) {
      test.clock.advance(900);
      expect(await ask()).toBe('ok');
    }
    expect((await messagesTo(test, email)).length).toBeLessThanOrEqual(10);
  });
});

describe('createSession with a code', () => {
  it('works once, of two at the same time for one', async () => {
    const { client, token, code } = await emailCode();
    const run = () => client.run(CreateSessionDocument, { userId: token.userId, secret: code });
    expect((await Promise.all([run(), run(), run()])).map(codeOf).sort()).toEqual([
      'USER_INVALID_TOKEN',
      'USER_INVALID_TOKEN',
      'ok',
    ]);
    await expectRefusal(test, 'USER_INVALID_TOKEN', run);
  });

  it('works until the instant it expires', async () => {
    const [first, second] = [await emailCode(), await emailCode()];
    test.clock.moveToJustBefore(first.token.expiresAt);
    dataOf(await first.client.run(CreateSessionDocument, { userId: first.token.userId, secret: first.code }));
    test.clock.advance(0.001);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      second.client.run(CreateSessionDocument, { userId: second.token.userId, secret: second.code }),
    );
  });

  it('dies with the fifth wrong guess, counted over all three operations', async () => {
    const { token, code } = await emailCode();
    const guess = { userId: token.userId, secret: wrongCode(code) };
    const documents = [
      CreateSessionDocument,
      UpdateMagicUrlSessionDocument,
      UpdatePhoneSessionDocument,
      CreateSessionDocument,
      UpdatePhoneSessionDocument,
    ];
    for (const document of documents)
      expect(codeOf(await test.client().send(printed(document), guess))).toBe('USER_INVALID_TOKEN');
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(CreateSessionDocument, { userId: token.userId, secret: code }),
    );
  });

  it('leaves no guesses when an address has used ten in an hour, however many codes it asked for', async () => {
    const email = newEmail();
    for (const handle of ['h1', 'h2']) {
      const { code } = await emailCode(email, handle);
      for (let guess = 0; guess < 5; guess += 1) {
        await test.client().run(CreateSessionDocument, { userId: handle, secret: wrongCode(code) });
      }
    }
    const { code } = await emailCode(email, 'h3');
    await expectRefusal(test, 'GENERAL_RATE_LIMIT_EXCEEDED', () =>
      test.client().run(CreateSessionDocument, { userId: 'h3', secret: code }),
    );
  });

  it('lets an older code live when a newer one is asked for', async () => {
    const first = await emailCode();
    await emailCode(first.email);
    dataOf(await first.client.run(CreateSessionDocument, { userId: first.token.userId, secret: first.code }));
  });

  it('takes a code as people type and paste it', async () => {
    for (const typed of [
      (code: string) => ` ${code}\n`,
      (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
      (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`,
    ]) {
      const { client, token, code } = await emailCode();
      dataOf(await client.run(CreateSessionDocument, { userId: token.userId, secret: typed(code) }));
    }
  });

  it('refuses what is no code of this token', async () => {
    const { token, code } = await emailCode();
    for (const secret of [
      [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''),
      code.slice(1),
    ]) {
      await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
        test.client().run(CreateSessionDocument, { userId: token.userId, secret }),
      );
    }
    for (const [userId, secret] of [
      [token.userId, ''],
      [token.userId, 'x'.repeat(257)],
      ['wrong$', code],
      [token.userId, 'nul\0'],
    ] as const) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
        test.client().run(CreateSessionDocument, { userId, secret }),
      );
    }
    const other = await emailCode();
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(CreateSessionDocument, {
        userId: other.token.userId,
        secret: code === other.code ? wrongCode(code) : code,
      }),
    );
  });

  it('ends what a stranger prepared on an address that nobody had proven', async () => {
    const email = newEmail();
    const attacker = await signedInPersonAt(email);
    const { client, token, code } = await emailCode(email);
    const { createSession } = dataOf(
      await client.run(CreateSessionDocument, { userId: token.userId, secret: code }),
    );
    expect(createSession.userId).toBe(attacker.userId);
    expect(codeOf(await attacker.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    const password = await test
      .client()
      .run(CreateEmailPasswordSessionDocument, { email, password: goodPassword });
    expect(codeOf(password)).toBe('USER_INVALID_CREDENTIALS');
  });

  it('gives the owner of a claimed address an account of their own where another address was proven', async () => {
    const attacker = await signedInPerson(test);
    const { prisma } = test.app.deps.db;
    const phone = newPhone();
    await proveShown(test, attacker.userId);
    await prisma.user.update({ where: { id: attacker.userId }, data: { phone } });
    const client = test.client();
    const { createPhoneToken } = dataOf(await client.run(CreatePhoneTokenDocument, { phone }));
    const secret = await lastCode(test, phone);
    const { createSession } = dataOf(
      await client.run(CreateSessionDocument, { userId: createPhoneToken.userId, secret }),
    );
    expect(createSession.userId).not.toBe(attacker.userId);
    expect(codeOf(await attacker.client.run(GetAccountDocument))).toBe('ok');
    expect(dataOf(await attacker.client.run(GetAccountDocument)).getAccount).toMatchObject({ phone: null });
  });

  it('leaves the account able to choose a password again', async () => {
    const email = newEmail();
    await signedInPersonAt(email);
    const { client, token, code } = await emailCode(email);
    const { createSession } = dataOf(
      await client.run(CreateSessionDocument, { userId: token.userId, secret: code }),
    );
    client.bearer = createSession.secret;
    dataOf(await client.run(UpdatePasswordDocument, { password: goodPassword }));
    expect(
      codeOf(await test.client().run(CreateEmailPasswordSessionDocument, { email, password: goodPassword })),
    ).toBe('ok');
  });

  it('gives no guess back for a code that was right at another address', async () => {
    const [victim, own] = [newEmail(), newEmail()];
    // All within one window of the limit.
    test.clock.advance(3600 - ((test.clock.now().getTime() / 1000) % 3600));
    for (let round = 0; round < 3; round += 1) {
      await emailCode(victim, `shared-${round}`);
      const { code } = await emailCode(own, `shared-${round}`);
      dataOf(await test.client().run(CreateSessionDocument, { userId: `shared-${round}`, secret: code }));
    }
    test.clock.advance(900);
    const { code } = await emailCode(victim, 'last');
    const guess = () => test.client().run(CreateSessionDocument, { userId: 'last', secret: wrongCode(code) });
    for (let count = 0; count < 5; count += 1) await guess();
    test.clock.advance(900);
    const { code: next } = await emailCode(victim, 'next');
    const answers: string[] = [];
    for (let count = 0; count < 3; count += 1)
      answers.push(
        codeOf(await test.client().run(CreateSessionDocument, { userId: 'next', secret: wrongCode(next) })),
      );
    expect(answers).toEqual(['USER_INVALID_TOKEN', 'USER_INVALID_TOKEN', 'GENERAL_RATE_LIMIT_EXCEEDED']);
  });

  it('does not let a stranger’s guesses keep out a device the owner has used', async () => {
    const person = await signUp(test);
    await proveShown(test, person.userId);
    await person.client.browse(CreateEmailPasswordSessionDocument, person);
    person.client.cookies.delete('session');
    for (const handle of ['x1', 'x2']) {
      const { code } = await emailCode(person.email, handle);
      for (let count = 0; count < 5; count += 1)
        await test.client().run(CreateSessionDocument, { userId: handle, secret: wrongCode(code) });
    }
    const { createEmailToken } = dataOf(
      await person.client.run(CreateEmailTokenDocument, { email: person.email }),
    );
    const secret = await lastCode(test, person.email);
    const redeem = { userId: createEmailToken.userId, secret };
    await expectRefusal(test, 'GENERAL_RATE_LIMIT_EXCEEDED', () =>
      test.client().run(CreateSessionDocument, redeem),
    );
    expect(codeOf(await person.client.run(CreateSessionDocument, redeem))).toBe('ok');
  });

  it('keeps password and sessions of an address that was proven', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const { client, token, code } = await emailCode(person.email);
    dataOf(await client.run(CreateSessionDocument, { userId: token.userId, secret: code }));
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    expect(codeOf(await test.client().run(CreateEmailPasswordSessionDocument, person))).toBe('ok');
  });

  it('gives an address that two redeem at once to one new user', async () => {
    const email = newEmail();
    const [a, b] = [await emailCode(email, 'first'), await emailCode(email, 'second')];
    const answers = await Promise.all([
      a.client.run(CreateSessionDocument, { userId: 'first', secret: a.code }),
      b.client.run(CreateSessionDocument, { userId: 'second', secret: b.code }),
    ]);
    const ids = answers.map((answer) => dataOf(answer).createSession.userId);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('createMagicURLToken', () => {
  it('mails a link to the caller’s page, its query and fragment kept, that signs in once', async () => {
    const email = newEmail();
    const client = test.client();
    const url = 'https://app.example.com/in?next=%2Fhome&secret=mine#top';
    const { createMagicURLToken: token } = dataOf(
      await client.run(CreateMagicUrlTokenDocument, { email, url }),
    );
    const link = await lastLink(test, email);
    expect(`${link.url.origin}${link.url.pathname}${link.url.hash}`).toBe('https://app.example.com/in#top');
    expect(link.url.searchParams.get('next')).toBe('/home');
    expect(link.url.searchParams.getAll('secret')).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(link).toMatchObject({ userId: token.userId, expire: token.expiresAt });
    const { createSession } = dataOf(await client.run(CreateSessionDocument, link));
    expect(createSession).toMatchObject({ provider: 'magic-url', factors: ['email'] });
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => client.run(UpdateMagicUrlSessionDocument, link));
  });

  it('leads to a page of this server where no url is given', async () => {
    const email = newEmail();
    dataOf(await test.client().run(CreateMagicUrlTokenDocument, { email }));
    const { url } = await lastLink(test, email);
    expect(`${url.origin}${url.pathname}`).toBe(`${test.url}/auth/magic-url`);
  });

  it('takes a listed custom scheme, and no url that is not listed', async () => {
    const client = test.client();
    const email = newEmail();
    dataOf(await client.run(CreateMagicUrlTokenDocument, { email, url: 'myapp://sign-in?x=1' }));
    expect((await lastLink(test, email)).url.href).toMatch(/^myapp:\/\/sign-in\?x=1&userId=/);
    const bad = [
      'http://app.example.com/',
      'https://app.example.com:8443/',
      'https://app.example.com@evil.com/',
      'https://app.example.com\\@evil.com/',
      '//evil.com',
      'https:app.example.com',
      'https://app.example.com%2eevil.com/',
      'https://app.example.com.evil.com/',
      'https://app.example.com./',
      'https://аpp.example.com/',
      'https://app。example。com/',
      ' https://app.example.com/',
      'https://app.example.com/\n',
      'javascript://app.example.com/%0aalert(1)',
      'blob:https://app.example.com/x',
      'data:text/html,x',
      'myapp://sign-in.evil',
      'myapp://sign-in/../x',
      'http://localhost:3000/',
      `https://app.example.com/${'x'.repeat(5000)}`,
      'nonsense',
    ];
    for (const url of bad) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
        test.client().run(CreateMagicUrlTokenDocument, { email, url }),
      );
    }
  });
});

describe('createPhoneToken', () => {
  it('sends a code, which signs in once and proves the number', async () => {
    const phone = newPhone();
    const client = test.client();
    const { createPhoneToken: token } = dataOf(await client.run(CreatePhoneTokenDocument, { phone }));
    const sms = await lastMessage(test, phone);
    expect(sms).toMatchObject({ channel: 'sms', to: phone, text: expect.stringMatching(/^\d{6} is your /) });
    const run = () =>
      client.run(UpdatePhoneSessionDocument, { userId: token.userId, secret: sms.text.slice(0, 6) });
    const { updatePhoneSession } = dataOf(await run());
    expect(updatePhoneSession).toMatchObject({ provider: 'phone', factors: ['phone'] });
    await expectRefusal(test, 'USER_INVALID_TOKEN', run);
    client.bearer = updatePhoneSession.secret;
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      phone,
      phoneVerified: true,
      email: null,
    });
  });

  it('refuses what is no number', async () => {
    for (const phone of ['', '4155550100', '+0', '+14155550100\0', '+4402071838750']) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
        test.client().run(CreatePhoneTokenDocument, { phone }),
      );
    }
  });
});

describe('who asks for a token', () => {
  it('cannot tell known, unknown and blocked addresses apart', async () => {
    const [known, blocked] = [await signUp(test), await signedInPerson(test)];
    await proveShown(test, blocked.userId);
    dataOf(await blocked.client.run(UpdateStatusDocument));
    const emails = [known.email, newEmail(), blocked.email];
    const shapes = async (
      run: (email: string) => Promise<{ data: unknown; errors: readonly unknown[]; headers: Headers }>,
    ) =>
      Promise.all(
        emails.map(async (email) => {
          const { data, errors, headers } = await run(email);
          const masked = JSON.stringify(data).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
          return { masked, errors, headers: [...headers.keys()].filter((name) => name !== 'content-length') };
        }),
      );
    for (const answers of [
      await shapes((email) => test.client().run(CreateEmailTokenDocument, { email })),
      await shapes((email) => test.client().run(CreateMagicUrlTokenDocument, { email })),
      await shapes((email) =>
        test.client().run(CreateRecoveryDocument, { email, url: 'https://app.example.com/' }),
      ),
    ]) {
      expect(answers[0]?.errors).toEqual([]);
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    }
    const told = (await messagesTo(test, blocked.email)).map(({ subject }) => subject);
    expect(told).toEqual(['Your Accounts account was blocked']);
    const recovery = (await messagesTo(test, emails[1] ?? '')).filter(({ subject }) =>
      subject.startsWith('Password'),
    );
    expect(recovery).toEqual([]);
  });

  it('gets no secret that works for another operation', async () => {
    const email = newEmail();
    const { userId } = await signUp(test, email);
    const { code } = await emailCode(email);
    dataOf(await test.client().run(CreateMagicUrlTokenDocument, { email }));
    const magic = await lastLink(test, email);
    dataOf(await test.client().run(CreateRecoveryDocument, { email, url: 'https://app.example.com/' }));
    const recovery = await lastLink(test, email);
    for (const secret of [code, magic.secret, recovery.secret]) {
      for (const [document, extra] of [
        [UpdateVerificationDocument, {}],
        [UpdatePhoneVerificationDocument, {}],
      ] as const) {
        expect(codeOf(await test.client().send(printed(document), { userId, secret, ...extra }))).toBe(
          'USER_INVALID_TOKEN',
        );
      }
    }
    for (const secret of [code, magic.secret]) {
      const answer = await test
        .client()
        .run(UpdateRecoveryDocument, { userId, secret, password: 'a brand new password' });
      expect(codeOf(answer)).toBe('USER_INVALID_TOKEN');
    }
    expect(codeOf(await test.client().run(CreateSessionDocument, { userId, secret: recovery.secret }))).toBe(
      'USER_INVALID_TOKEN',
    );
    // The code has spent guesses on none of these: it was asked for as another kind.
    dataOf(await test.client().run(CreateSessionDocument, { userId, secret: code }));
  });
});

async function signedInPersonAt(email: string) {
  const { client, userId } = await signUp(test, email);
  const answer = await client.run(CreateEmailPasswordSessionDocument, { email, password: goodPassword });
  client.bearer = dataOf(answer).createEmailPasswordSession.secret;
  return { client, userId };
}

function printed(document: { readonly definitions: readonly unknown[] }): string {
  return print(document as never);
}
