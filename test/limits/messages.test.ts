import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreateMfaChallengeDocument,
  CreatePhoneTokenDocument,
  CreatePhoneVerificationDocument,
  CreateSessionDocument,
  UpdatePhoneDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { lastCode, lastLink, messagesTo } from '../support/messages.js';
import { goodPassword, newEmail, proveShown, signedInPerson } from '../support/people.js';

// Limits of messages to one mailbox or phone. An attacker on one client network can cause at most five emails and three SMS in a
// day. An owner on another network or a known device still receives messages. An owner who repeats a request can use the newest
// message that arrived.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(86_400));

let lastPhone = 100;
function newPhone(): string {
  lastPhone += 1;
  return `+14155550${lastPhone}`;
}

const askByEmail = async (client: Client, email: string, userId?: string) =>
  dataOf(await client.run(CreateEmailTokenDocument, { email, ...(userId && { userId }) })).createEmailToken;

/** Counts the messages that were not dropped. Reads the outbox, because the inbox deletes messages earlier. */
async function sentTo(at: TestApp, recipient: string): Promise<number> {
  const { rows } = await at.app.deps.db.query<{ count: number }>({
    text: 'SELECT count(*)::int AS "count" FROM outbox WHERE "recipient" = $1',
    values: [recipient],
  });
  return rows[0]?.count ?? 0;
}

/** Asks eight times, once every 15 minutes. */
async function askForHours(ask: () => Promise<unknown>): Promise<void> {
  for (let quarter = 0; quarter < 8; quarter += 1) {
    await ask();
    test.clock.advance(900);
  }
}

describe('one client network', () => {
  it('one client network can cause at most half of the emails that a mailbox receives in a day', async () => {
    const email = newEmail();
    const stranger = test.client();
    await askForHours(() => askByEmail(stranger, email));
    expect(await sentTo(test, email)).toBe(5);
    await askForHours(() => askByEmail(test.client(), email));
    expect(await sentTo(test, email)).toBe(10);
  });

  it('one client network can cause at most three of the five SMS that a number receives in a day', async () => {
    const phone = newPhone();
    const stranger = test.client();
    await askForHours(() => stranger.run(CreatePhoneTokenDocument, { phone }));
    expect(await sentTo(test, phone)).toBe(3);
    await askForHours(() => test.client().run(CreatePhoneTokenDocument, { phone }));
    expect(await sentTo(test, phone)).toBe(5);
  });

  it('one client network can cause at most SMS_NETWORK_LIMIT SMS without a session', async () => {
    const few = await createTestApp({ SMS_NETWORK_LIMIT: '2' });
    const client = few.client();
    const ask = async () => codeOf(await client.run(CreatePhoneTokenDocument, { phone: newPhone() }));
    expect([await ask(), await ask(), await ask()]).toEqual(['ok', 'ok', 'GENERAL_RATE_LIMIT_EXCEEDED']);
    client.address = few.client().address;
    expect(await ask()).toBe('ok');
    await few.close();
  });
});

describe('the whole server', () => {
  it('the server sends at most SMS_DAILY_LIMIT SMS in a day, including challenges', async () => {
    const few = await createTestApp({ SMS_DAILY_LIMIT: '2' });
    const person = await signedInPerson(few);
    const phone = newPhone();
    dataOf(await person.client.run(UpdatePhoneDocument, { phone, password: goodPassword }));
    await proveShown(few, person.userId);
    dataOf(await person.client.run(CreateMfaChallengeDocument, { factor: 'PHONE' }));
    const ask = async () => codeOf(await few.client().run(CreatePhoneTokenDocument, { phone: newPhone() }));
    expect([await ask(), await ask()]).toEqual(['ok', 'GENERAL_RATE_LIMIT_EXCEEDED']);
    expect(codeOf(await person.client.run(CreateMfaChallengeDocument, { factor: 'PHONE' }))).toBe(
      'GENERAL_RATE_LIMIT_EXCEEDED',
    );
    expect(await messagesTo(few, phone)).toHaveLength(1);
    await few.close();
  });
});

describe('SMS for a signed-in user', () => {
  it('a signed-in user can cause five SMS a day to a number, even after strangers have used up their SMS', async () => {
    const person = await signedInPerson(test);
    const phone = newPhone();
    dataOf(await person.client.run(UpdatePhoneDocument, { phone, password: goodPassword }));
    await askForHours(() => test.client().run(CreatePhoneTokenDocument, { phone }));
    const before = await sentTo(test, phone);
    for (let count = 0; count < 3; count += 1)
      dataOf(await person.client.run(CreatePhoneVerificationDocument));
    await proveShown(test, person.userId);
    const codes: string[] = [];
    for (let count = 0; count < 4; count += 1)
      codes.push(codeOf(await person.client.run(CreateMfaChallengeDocument, { factor: 'PHONE' })));
    expect(codes).toEqual(['ok', 'ok', 'GENERAL_RATE_LIMIT_EXCEEDED', 'GENERAL_RATE_LIMIT_EXCEEDED']);
    expect((await sentTo(test, phone)) - before).toBe(5);
  });
});

describe('someone who asks eight times', () => {
  for (const [where, ask] of [
    ['in a browser', (client: Client, email: string) => client.browse(CreateEmailTokenDocument, { email })],
    ['with a program', (client: Client, email: string) => client.run(CreateEmailTokenDocument, { email })],
  ] as const) {
    it(`someone who asks eight times ${where} can sign in with the newest email and the newest userId`, async () => {
      const email = newEmail();
      const client = test.client();
      let userId = '';
      for (let count = 0; count < 8; count += 1) {
        test.clock.advance(1);
        userId = dataOf(await ask(client, email)).createEmailToken.userId;
      }
      expect(await messagesTo(test, email)).toHaveLength(3);
      const secret = await lastCode(test, email);
      const { createSession } = dataOf(await client.run(CreateSessionDocument, { userId, secret }));
      expect(createSession.provider).toBe('token');
      expect(codeOf(await test.client().run(CreateSessionDocument, { userId, secret }))).toBe(
        'USER_INVALID_TOKEN',
      );
    });
  }

  it('someone who asks eight times can sign in with the newest link', async () => {
    const email = newEmail();
    const client = test.client();
    let userId = '';
    for (let count = 0; count < 8; count += 1) {
      test.clock.advance(1);
      userId = dataOf(await client.run(CreateMagicUrlTokenDocument, { email })).createMagicURLToken.userId;
    }
    const { secret } = await lastLink(test, email);
    dataOf(await client.run(CreateSessionDocument, { userId, secret }));
  });

  it('rejects a code that another browser requested', async () => {
    const email = newEmail();
    const owner = test.client();
    for (let count = 0; count < 3; count += 1) await owner.browse(CreateEmailTokenDocument, { email });
    const secret = await lastCode(test, email);
    const stranger = test.client();
    stranger.address = owner.address;
    await stranger.browse(CreateEmailTokenDocument, { email: newEmail() });
    const { userId } = dataOf(await stranger.browse(CreateEmailTokenDocument, { email })).createEmailToken;
    expect(codeOf(await stranger.run(CreateSessionDocument, { userId, secret }))).toBe('USER_INVALID_TOKEN');
  });

  it('rejects a code that another client network requested', async () => {
    const email = newEmail();
    for (let count = 0; count < 3; count += 1) await askByEmail(test.client(), email);
    const secret = await lastCode(test, email);
    const stranger = test.client();
    const { userId } = await askByEmail(stranger, email);
    expect(codeOf(await stranger.run(CreateSessionDocument, { userId, secret }))).toBe('USER_INVALID_TOKEN');
  });
});

describe('wrong codes', () => {
  it('two processes compare only ten of forty parallel wrong codes', async () => {
    const keyOf = (text: string) => `test:${Buffer.from(text).toString('base64')}`;
    const keys = {
      CODE_KEYS: keyOf('a key for codes, the tests alone'),
      ENCRYPTION_KEYS: keyOf('a sealing key for the tests only'),
      JWT_KEYS: keyOf('a signing key for the tests only'),
    };
    const first = await createTestApp(keys);
    const second = await createTestApp(keys, undefined, async () => ({
      ...first.app.deps.db,
      close: async () => {},
    }));
    const email = newEmail();
    const handles = ['first-handle', 'second-handle', 'third-handle'];
    for (const handle of handles) await askByEmail(first.client(), email, handle);
    const right = new Set<string>();
    for (const { text } of await messagesTo(first, email)) right.add(/\d{6}/.exec(text)?.[0] ?? '');
    const wrong = ['000000', '111111', '222222', '333333'].find((code) => !right.has(code)) ?? '';
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        [first, second][index % 2]
          ?.client()
          .run(CreateSessionDocument, { userId: handles[index % 3] ?? '', secret: wrong }),
      ),
    );
    const codes = answers.map((answer) => answer && codeOf(answer));
    expect(codes.filter((code) => code === 'USER_INVALID_TOKEN')).toHaveLength(10);
    expect(codes.filter((code) => code === 'GENERAL_RATE_LIMIT_EXCEEDED')).toHaveLength(30);
    await second.close();
    await first.close();
  });
});
