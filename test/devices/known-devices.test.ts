import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMfaChallengeDocument,
  CreateMfaRecoveryCodesDocument,
  CreatePasskeySessionDocument,
  CreatePhoneTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  GetAccountDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
  UpdatePasswordDocument,
  UpdateRecoveryDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { isLong } from '../support/long.js';
import { lastCode, lastLink, messagesTo } from '../support/messages.js';
import { goodPassword as password, newEmail, proveShown, signIn, signUp } from '../support/people.js';

// What strangers try is counted apart from what a known device does: neither a stranger nor a crowd keeps the owner out.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(86_400));

const newPassword = 'another horse, another staple';

/** Somebody with a proven address, whose browser has signed in and out. */
async function ownerWithDevice() {
  const person = await signUp(test);
  await proveShown(test, person.userId);
  await person.client.browse(CreateEmailPasswordSessionDocument, person);
  person.client.cookies.delete('session');
  return person;
}

/** The same, with TOTP demanded at every sign-in. */
async function ownerWithTotp() {
  const person = await ownerWithDevice();
  await signIn(person.client, person);
  const totp = await addAuthenticator(test, person.client);
  dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
  return { ...person, totp };
}

/** Signs in to a pending session. */
async function pending(client: Client, person: { email: string }, candidate = password): Promise<Client> {
  await signIn(client, { email: person.email, password: candidate });
  return client;
}

const start = async (client: Client, factor: 'TOTP' | 'EMAIL' | 'RECOVERY_CODE') =>
  client.run(CreateMfaChallengeDocument, { factor });
const answer = async (client: Client, factor: 'TOTP' | 'EMAIL' | 'RECOVERY_CODE', otp: string) => {
  const { createMfaChallenge } = dataOf(await start(client, factor));
  return codeOf(await client.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp }));
};
/** Gives five responses to one challenge: as many as one survives. */
const answerFiveTimes = async (client: Client, factor: 'TOTP' | 'RECOVERY_CODE', otp: string) => {
  const { createMfaChallenge } = dataOf(await start(client, factor));
  const codes: string[] = [];
  for (let count = 0; count < 5; count += 1)
    codes.push(
      codeOf(await client.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp })),
    );
  return codes;
};
const passwordCode = async (client: Client, email: string, candidate = password) =>
  codeOf(await client.run(CreateEmailPasswordSessionDocument, { email, password: candidate }));

/** Sends wrong passwords from unknown devices until the next attempt is delayed. */
async function spendFreePasswords(email: string): Promise<void> {
  for (let count = 0; count < 5; count += 1) await passwordCode(test.client(), email, 'wrong one');
}

describe('a known device', () => {
  it('gets its mail though strangers have used up what an address receives', async () => {
    const person = await ownerWithDevice();
    const ask = (client: Client) => client.run(CreateEmailTokenDocument, { email: person.email });
    for (let count = 0; count < 5; count += 1) dataOf(await ask(test.client()));
    expect((await messagesTo(test, person.email)).length).toBe(3);
    dataOf(await ask(person.client));
    expect((await messagesTo(test, person.email)).length).toBe(4);
  });

  it('has guesses and challenges of its own though a thief of the password has used up theirs', async () => {
    const person = await ownerWithTotp();
    const thief = await pending(test.client(), person);
    const codes: string[] = [];
    for (let count = 0; count < 10; count += 1) codes.push(await answer(thief, 'TOTP', '000000'));
    expect(new Set(codes)).toEqual(new Set(['USER_INVALID_TOKEN']));
    expect(codeOf(await start(thief, 'TOTP'))).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    const owner = await pending(person.client, person);
    expect(await answer(owner, 'TOTP', codeNow(test, person.totp))).toBe('ok');
  });

  it('is one only after every factor was proven there', async () => {
    const person = await ownerWithTotp();
    const thief = test.client();
    await thief.browse(CreateEmailPasswordSessionDocument, person);
    expect([...thief.cookies.keys()]).not.toContain('device');
    const { createMfaChallenge } = dataOf(await start(thief, 'TOTP'));
    const otp = codeNow(test, person.totp);
    await thief.browse(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp });
    expect([...thief.cookies.keys()]).toContain('device');
  });

  it('a device is no longer known 400 days after its last sign-in', async () => {
    const person = await ownerWithDevice();
    test.clock.advance(399 * 86_400);
    await spendFreePasswords(person.email);
    expect(await passwordCode(person.client, person.email)).toBe('ok');
    person.client.bearer = null;
    test.clock.advance(400 * 86_400);
    await spendFreePasswords(person.email);
    expect(await passwordCode(person.client, person.email)).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
  });

  it('after a new password, even one set on the device itself, a known device has no bucket until its next sign-in', async () => {
    const person = await ownerWithDevice();
    await signIn(person.client, person);
    const change = { password: newPassword, oldPassword: password };
    dataOf(await person.client.browse(UpdatePasswordDocument, change));
    person.client.bearer = null;
    await spendFreePasswords(person.email);
    expect(await passwordCode(person.client, person.email, newPassword)).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    test.clock.advance(3600);
    expect(await passwordCode(person.client, person.email, newPassword)).toBe('ok');
    await spendFreePasswords(person.email);
    expect(await passwordCode(person.client, person.email, newPassword)).toBe('ok');
  });

  it('a new password gives a known device no new guesses', async () => {
    const person = await ownerWithDevice();
    const codes: string[] = [];
    for (const [current, next] of [
      [password, newPassword],
      [newPassword, password],
    ] as const) {
      for (let guess = 0; guess < 9; guess += 1) {
        test.clock.advance(901);
        codes.push(await passwordCode(person.client, person.email, 'wrong one'));
      }
      const other = test.client();
      await signIn(other, { email: person.email, password: current });
      dataOf(await other.run(UpdatePasswordDocument, { password: next, oldPassword: current }));
      await person.client.browse(CreateEmailPasswordSessionDocument, { email: person.email, password: next });
      person.client.cookies.delete('session');
    }
    expect(new Set(codes)).toEqual(new Set(['USER_INVALID_CREDENTIALS']));
    const devices = await test.app.deps.db.query({
      text: 'SELECT "current" FROM devices WHERE "userId" = $1 ORDER BY "createdAt"',
      values: [person.userId],
    });
    // The browser, and the program that changed the password twice.
    expect(devices.rows).toEqual([{ current: true }, { current: false }, { current: false }]);
  });

  it('all users of a browser share one device cookie', async () => {
    const [first, second] = [await ownerWithDevice(), await signUp(test)];
    const cookie = first.client.cookies.get('device');
    await proveShown(test, second.userId);
    await first.client.browse(CreateEmailPasswordSessionDocument, second);
    first.client.cookies.delete('session');
    expect(first.client.cookies.get('device')).toBe(cookie);
    for (const { email } of [first, second]) {
      await spendFreePasswords(email);
      expect(await passwordCode(first.client, email)).toBe('ok');
    }
  });

  it('at most five devices of an account have buckets of their own', async () => {
    const person = await ownerWithDevice();
    const devices: Client[] = [];
    for (let count = 0; count < 8; count += 1) {
      test.clock.advance(1);
      const device = test.client();
      await device.browse(CreateEmailPasswordSessionDocument, person);
      device.cookies.delete('session');
      devices.push(device);
    }
    const codes: string[] = [];
    for (const device of devices)
      for (let guess = 0; guess < 7; guess += 1)
        codes.push(await passwordCode(device, person.email, 'wrong one'));
    // Seven guesses on each of the five newest devices, and five on all others together.
    expect(codes.filter((code) => code === 'USER_INVALID_CREDENTIALS').length).toBe(40);
  });

  it.skipIf(!isLong)(
    'a device that signed in again after a day keeps its bucket, however many devices an attacker creates',
    async () => {
      const person = await ownerWithDevice();
      test.clock.advance(86_400);
      await person.client.browse(CreateEmailPasswordSessionDocument, person);
      person.client.cookies.delete('session');
      for (let count = 0; count < 55; count += 1) {
        test.clock.advance(901);
        const thief = test.client();
        for (const _again of [1, 2]) {
          test.clock.advance(1);
          await thief.browse(CreateEmailPasswordSessionDocument, person);
          thief.cookies.delete('session');
        }
      }
      await spendFreePasswords(person.email);
      expect(await passwordCode(person.client, person.email)).toBe('ok');
      const { rows } = await test.app.deps.db.query<{ count: number }>({
        text: 'SELECT count(*)::int AS "count" FROM devices WHERE "userId" = $1',
        values: [person.userId],
      });
      expect(rows).toEqual([{ count: 50 }]);
    },
  );
});

describe('recovery', () => {
  const recover = async (email: string) => {
    dataOf(await test.client().run(CreateRecoveryDocument, { email }));
    const { userId, secret } = await lastLink(test, email);
    dataOf(await test.client().run(UpdateRecoveryDocument, { userId, secret, password: newPassword }));
  };

  it('clears the wrong passwords of strangers', async () => {
    const person = await ownerWithDevice();
    for (let count = 0; count < 6; count += 1) await passwordCode(test.client(), person.email, 'wrong one');
    expect(await passwordCode(test.client(), person.email)).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    await recover(person.email);
    expect(await passwordCode(test.client(), person.email, newPassword)).toBe('ok');
  });

  it('clears no wrong codes of a factor, because a mailbox reader could renew the guesses', async () => {
    const person = await ownerWithTotp();
    const thief = await pending(test.client(), person);
    for (let count = 0; count < 10; count += 1) await answer(thief, 'TOTP', '000000');
    await recover(person.email);
    const reader = await pending(test.client(), person, newPassword);
    expect(codeOf(await start(reader, 'TOTP'))).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    test.clock.advance(3600);
    const later = await pending(test.client(), person, newPassword);
    expect(await answer(later, 'TOTP', codeNow(test, person.totp))).toBe('ok');
  });

  it('and a code by mail are one mailbox, which does not beat an authenticator', async () => {
    const person = await ownerWithTotp();
    await recover(person.email);
    const thief = await pending(test.client(), person, newPassword);
    const refused = await thief.run(GetAccountDocument);
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'USER_MORE_FACTORS_REQUIRED',
      factors: ['TOTP'],
    });
    const { createMfaChallenge } = dataOf(await start(thief, 'EMAIL'));
    const otp = await lastCode(test, person.email);
    dataOf(await thief.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp }));
    expect(codeOf(await thief.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    expect(await answer(thief, 'TOTP', codeNow(test, person.totp))).toBe('ok');
    dataOf(await thief.run(UpdatePasswordDocument, { password, oldPassword: newPassword }));
    const later = await pending(test.client(), person);
    const { createMfaChallenge: again } = dataOf(await start(later, 'EMAIL'));
    const code = await lastCode(test, person.email);
    dataOf(await later.run(UpdateMfaChallengeDocument, { challengeId: again.id, otp: code }));
    expect(codeOf(await later.run(GetAccountDocument))).toBe('ok');
  });
});

it('a passed challenge does not change the cookie of a known device', async () => {
  const person = await ownerWithTotp();
  const browser = test.client();
  const passChallenge = async () => {
    test.clock.advance(60);
    browser.cookies.delete('session');
    await browser.browse(CreateEmailPasswordSessionDocument, person);
    const { data } = await browser.browse(CreateMfaChallengeDocument, { factor: 'TOTP' });
    const challengeId = data?.createMfaChallenge?.id ?? '';
    const otp = codeNow(test, person.totp);
    expect(codeOf(await browser.browse(UpdateMfaChallengeDocument, { challengeId, otp }))).toBe('ok');
    return browser.cookies.get('device');
  };
  const first = await passChallenge();
  expect(await passChallenge()).toBe(first);
});

describe('guesses at a factor', () => {
  it.skipIf(!isLong)('the owner is notified after a hundred wrong guesses at a factor', async () => {
    const person = await ownerWithTotp();
    let thief = await pending(test.client(), person);
    const notices = async () =>
      (await messagesTo(test, person.email)).filter(({ subject }) => subject.startsWith('Many wrong')).length;
    for (let count = 0; count < 95; count += 5) {
      if (count % 10 === 0) {
        test.clock.advance(3600);
        thief = await pending(test.client(), person);
      }
      await answerFiveTimes(thief, 'TOTP', '000000');
    }
    for (let count = 96; count <= 100; count += 1) {
      await answer(thief, 'TOTP', '000000');
      expect(await notices()).toBe(count < 100 ? 0 : 1);
    }
  });

  it('do not end for recovery codes, of which nobody guesses one', async () => {
    const person = await ownerWithTotp();
    const { createMfaRecoveryCodes } = dataOf(await person.client.run(CreateMfaRecoveryCodesDocument));
    const [code = ''] = createMfaRecoveryCodes.recoveryCodes;
    let owner = await pending(test.client(), person);
    for (let count = 0; count < (isLong ? 120 : 30); count += 5) {
      if (count % 10 === 0) {
        test.clock.advance(3600);
        owner = await pending(test.client(), person);
      }
      const codes = await answerFiveTimes(owner, 'RECOVERY_CODE', 'AAAA-AAAA-AAAA-AAAA');
      expect(codes).toEqual(Array(5).fill('USER_INVALID_TOKEN'));
    }
    test.clock.advance(3600);
    owner = await pending(test.client(), person);
    expect(await answer(owner, 'RECOVERY_CODE', code)).toBe('ok');
  });
});

describe('a crowd behind one address', () => {
  it('of sixty signs in at once', async () => {
    const people: { email: string }[] = [];
    for (let count = 0; count < 12; count += 1) people.push(await signUp(test));
    const address = test.client().address;
    const codes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const client = test.client();
        client.address = address;
        return passwordCode(client, people[index % 12]?.email ?? '');
      }),
    );
    expect(codes.filter((code) => code !== 'ok')).toEqual([]);
  });

  it('is let no more wrong passwords than the limit, however many come at once', async () => {
    const client = test.client();
    const codes = await Promise.all(
      Array.from({ length: 60 }, () => passwordCode(client, newEmail(), 'wrong one')),
    );
    expect(codes.filter((code) => code === 'USER_INVALID_CREDENTIALS').length).toBe(30);
  });

  it('of one IPv6 network has a limit, however many customers’ addresses it uses', async () => {
    const client = test.client();
    const askFrom = async (address: string, count: number) => {
      client.address = address;
      return codeOf(await client.run(CreatePhoneTokenDocument, { phone: `+141555501${10 + count}` }));
    };
    const codes: string[] = [];
    for (let count = 0; count < 45; count += 1)
      codes.push(await askFrom(`2001:db8:7:${count.toString(16)}::1`, count));
    expect(codes).toEqual([...Array(40).fill('ok'), ...Array(5).fill('GENERAL_RATE_LIMIT_EXCEEDED')]);
    expect(await askFrom('2001:db8:8::1', 50)).toBe('ok');
  });

  it('people behind one address who mistype and then sign in are never rejected, even beyond its limit', async () => {
    const people: { email: string }[] = [];
    for (let count = 0; count < 8; count += 1) people.push(await signUp(test));
    const { address } = test.client();
    const codes: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      const client = test.client();
      client.address = address;
      const { email } = people[count % 8] ?? { email: '' };
      codes.push(await passwordCode(client, email, 'wrong one'), await passwordCode(client, email));
    }
    expect(codes).toEqual(Array(40).fill(['USER_INVALID_CREDENTIALS', 'ok']).flat());
  });

  it('a known device can still try passwords when the limit of its client address is used up', async () => {
    const person = await ownerWithDevice();
    const stranger = test.client();
    person.client.address = stranger.address;
    for (let count = 0; count < 30; count += 1) await passwordCode(stranger, newEmail(), 'wrong one');
    expect(await passwordCode(stranger, newEmail(), 'wrong one')).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    expect(await passwordCode(person.client, person.email, 'wrong one')).toBe('USER_INVALID_CREDENTIALS');
    expect(await passwordCode(person.client, person.email)).toBe('ok');
  });

  it('a correct password removes only wrong ones that counted towards the limit of the client address', async () => {
    const own = await signUp(test);
    const { address } = test.client();
    const from = () => Object.assign(test.client(), { address });
    const session = from();
    await signIn(session, own);
    const codes: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      codes.push(await passwordCode(from(), newEmail(), 'wrong one'));
      if (count % 5 !== 4) continue;
      for (let guess = 0; guess < 3; guess += 1)
        await session.run(UpdatePasswordDocument, { password: newPassword, oldPassword: 'wrong one' });
      await passwordCode(from(), own.email);
    }
    expect(codes.filter((code) => code === 'USER_INVALID_CREDENTIALS').length).toBe(30);
  });

  it('parallel wrong passwords and passkeys from one client address share one limit', async () => {
    const address = test.client().address;
    const answers = Array.from({ length: 120 }, (_, index) => {
      const client = Object.assign(test.client(), { address });
      return index % 2 === 0
        ? passwordCode(client, newEmail(), 'wrong one')
        : client
            .run(CreatePasskeySessionDocument, { ceremonyId: 'none', credential: {} })
            .then((answer) => codeOf(answer));
    });
    const codes = await Promise.all(answers);
    expect(codes.filter((code) => code !== 'GENERAL_RATE_LIMIT_EXCEEDED')).toHaveLength(30);
  });

  it('a correct password for one account gives no new guesses at other accounts', async () => {
    const own = await signUp(test);
    const { address } = test.client();
    const from = () => Object.assign(test.client(), { address });
    const codes: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      codes.push(await passwordCode(from(), newEmail(), 'wrong one'));
      if (count % 4 === 3) await passwordCode(from(), own.email);
    }
    expect(codes.filter((code) => code === 'USER_INVALID_CREDENTIALS').length).toBe(30);
  });
});

describe('a stranger’s token under a known id', () => {
  it('that is spent does not refuse the owner’s right code', async () => {
    const person = await ownerWithDevice();
    const stranger = newEmail();
    for (let round = 0; round < 3; round += 1) {
      dataOf(await test.client().run(CreateEmailTokenDocument, { userId: person.userId, email: stranger }));
      for (let guess = 0; guess < 5; guess += 1)
        await test.client().run(CreateSessionDocument, { userId: person.userId, secret: '000000' });
    }
    dataOf(await test.client().run(CreateEmailTokenDocument, { email: person.email }));
    const secret = await lastCode(test, person.email);
    expect(codeOf(await test.client().run(CreateSessionDocument, { userId: person.userId, secret }))).toBe(
      'ok',
    );
  });
});
