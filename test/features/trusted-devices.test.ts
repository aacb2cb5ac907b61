import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateJwtDocument,
  CreateMfaChallengeDocument,
  CreateMfaRecoveryCodesDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  DeleteMfaAuthenticatorDocument,
  DeleteSessionsDocument,
  DeleteTrustedDeviceDocument,
  DeleteUserFactorsDocument,
  DeleteUserSessionsDocument,
  GetAccountDocument,
  GetMfaRecoveryCodesDocument,
  ListLogsDocument,
  ListTrustedDevicesDocument,
  UpdateEmailDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
  UpdateUserStatusDocument,
  UpdateUserVerificationDocument,
} from '../../src/client/documents.js';
import { days, minutes } from '../../src/clock.js';
import { newRowId } from '../../src/ids.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { newEmail, type Person, proveShown, signedInPerson } from '../support/people.js';
import { listOwn, recover, revertAs } from '../support/undo.js';

// A thief who knows the password, or reads the mailbox, is asked for the second factor, for a month as on the first day. A thief who copies
// the device cookie gets nothing with it alone. With the cookie and the first factor the thief is signed in for up to 30 days after the
// owner trusted the device, but cannot change factors, addresses or sign-in methods, and the JWTs say that one factor was proved.
// The owner types one code in 30 days on each browser. Any security change, a sign-out everywhere, a recovery and a revert end all trust, so
// that an owner who acts against a thief need not know of trusted devices.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp(operatorSettings);
});
afterAll(() => test.close());

const pending = 'USER_MORE_FACTORS_REQUIRED';

interface Owner extends Person {
  /** The browser of the owner, which keeps its cookies. */
  readonly browser: Client;
  readonly totp: string;
}

/** Signs in again on a browser with a password. Returns `ok`, or the error code of the session. */
async function passwordSignIn(browser: Client, person: Pick<Person, 'email' | 'password'>): Promise<string> {
  browser.cookies.delete('session');
  dataOf(await browser.browse(CreateEmailPasswordSessionDocument, person));
  return codeOf(await browser.run(GetAccountDocument));
}

/** Passes a TOTP challenge. */
async function pass(browser: Client, totp: string, trustDevice: boolean | null = true): Promise<void> {
  test.clock.advance(60);
  const { createMfaChallenge } = dataOf(await browser.run(CreateMfaChallengeDocument, { factor: 'TOTP' }));
  const proof = { challengeId: createMfaChallenge.id, otp: codeNow(test, totp) };
  dataOf(await browser.browse(UpdateMfaChallengeDocument, { ...proof, trustDevice }));
}

/** A user with MFA who has trusted a browser, and is signed in there. */
async function owner(): Promise<Owner> {
  const person = await signedInPerson(test);
  await proveShown(test, person.userId);
  const totp = await addAuthenticator(test, person.client);
  dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
  const browser = test.client();
  expect(await passwordSignIn(browser, person)).toBe(pending);
  await pass(browser, totp);
  expect(codeOf(await browser.run(GetAccountDocument))).toBe('ok');
  return { ...person, browser, totp };
}

const trustedDevicesOf = async (client: Client) =>
  dataOf(await client.run(ListTrustedDevicesDocument)).listTrustedDevices;

/** Signs in with a code from the mailbox. */
async function emailSignIn(browser: Client, email: string): Promise<string> {
  browser.cookies.delete('session');
  const { createEmailToken } = dataOf(await browser.browse(CreateEmailTokenDocument, { email }));
  const secret = await lastCode(test, email);
  dataOf(await browser.browse(CreateSessionDocument, { userId: createEmailToken.userId, secret }));
  return codeOf(await browser.run(GetAccountDocument));
}

describe('a trusted device', () => {
  it('needs one factor for 30 days, and using it does not extend this time', async () => {
    const { browser, totp, ...person } = await owner();
    test.clock.advance(days(20));
    expect(await passwordSignIn(browser, person)).toBe('ok');
    test.clock.advance(days(10) - 1);
    expect(await passwordSignIn(browser, person)).toBe('ok');
    test.clock.advance(1);
    expect(await passwordSignIn(browser, person)).toBe(pending);
    await pass(browser, totp);
    expect(await passwordSignIn(browser, person)).toBe('ok');
  });

  it('also accepts a code by email as the one factor', async () => {
    const { browser, email } = await owner();
    expect(await emailSignIn(browser, email)).toBe('ok');
  });

  it('is made only if the challenge asks for it', async () => {
    const { client, browser, totp, ...person } = await owner();
    const other = test.client();
    for (const trustDevice of [false, null]) {
      await passwordSignIn(other, person);
      await pass(other, totp, trustDevice);
      expect(await passwordSignIn(other, person)).toBe(pending);
    }
    expect(await trustedDevicesOf(client)).toHaveLength(1);
    expect(await passwordSignIn(browser, person)).toBe('ok');
  });

  it('is not made by a wrong code, nor while MFA is off', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const totp = await addAuthenticator(test, person.client);
    await pass(person.client, totp);
    expect(await trustedDevicesOf(person.client)).toEqual([]);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    const browser = test.client();
    await passwordSignIn(browser, person);
    const { createMfaChallenge } = dataOf(await browser.run(CreateMfaChallengeDocument, { factor: 'TOTP' }));
    const wrong = { challengeId: createMfaChallenge.id, otp: '000000', trustDevice: true };
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => browser.run(UpdateMfaChallengeDocument, wrong));
    expect(await trustedDevicesOf(person.client)).toEqual([]);
  });

  it('is not made by two proofs of one mailbox on the session that turned MFA on', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const browser = test.client();
    await emailSignIn(browser, person.email);
    await addAuthenticator(test, person.client);
    dataOf(await browser.run(UpdateMfaDocument, { mfa: true }));
    const { createMfaChallenge } = dataOf(await browser.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
    const proof = { challengeId: createMfaChallenge.id, otp: await lastCode(test, person.email) };
    dataOf(await browser.browse(UpdateMfaChallengeDocument, { ...proof, trustDevice: true }));
    expect(await trustedDevicesOf(browser)).toEqual([]);
    expect(await emailSignIn(browser, person.email)).toBe(pending);
  });

  it('is not made by two proofs of one mailbox, although they complete the sign-in', async () => {
    const email = newEmail();
    const browser = test.client();
    await emailSignIn(browser, email);
    await test.app.deps.db.query({
      text: 'UPDATE users SET "mfaEnabled" = true WHERE "email" = $1',
      values: [email],
    });
    expect(await emailSignIn(browser, email)).toBe(pending);
    const { createMfaChallenge } = dataOf(await browser.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
    const proof = { challengeId: createMfaChallenge.id, otp: await lastCode(test, email) };
    dataOf(await browser.browse(UpdateMfaChallengeDocument, { ...proof, trustDevice: true }));
    expect(await trustedDevicesOf(browser)).toEqual([]);
  });

  it('is listed with its time, place and last use, and both are in the log', async () => {
    const { browser, client, ...person } = await owner();
    const trustedAt = test.clock.now();
    const [before] = await trustedDevicesOf(client);
    expect(before).toMatchObject({
      createdAt: trustedAt.toISOString(),
      expiresAt: new Date(trustedAt.getTime() + days(30) * 1000).toISOString(),
      lastUsedAt: null,
      current: false,
      origin: { ip: browser.address, client: { name: 'Chrome' } },
    });
    test.clock.advance(days(1));
    browser.address = '203.0.113.77';
    await passwordSignIn(browser, person);
    expect(await trustedDevicesOf(browser)).toEqual([
      {
        ...before,
        lastUsedAt: test.clock.now().toISOString(),
        current: true,
        origin: { ...before?.origin, ip: '203.0.113.77' },
      },
    ]);
    const { listLogs } = dataOf(await browser.run(ListLogsDocument, { first: 3 }));
    expect(listLogs.nodes.map(({ event, detail }) => [event, detail])).toEqual([
      ['session.create', 'trusted-device.use'],
      ['challenge.update', null],
      ['user.update', 'trusted-device.create'],
    ]);
  });

  it('does not work for another account of the same browser', async () => {
    const [one, other] = [await owner(), await owner()];
    expect(await passwordSignIn(one.browser, other)).toBe(pending);
    await pass(one.browser, other.totp, false);
    expect(await trustedDevicesOf(one.browser)).toMatchObject([{ current: false }]);
    expect(await passwordSignIn(one.browser, one)).toBe('ok');
  });

  it('gives nothing to someone who has its cookie alone, or the password alone', async () => {
    const { browser, ...person } = await owner();
    const thief = test.client();
    thief.cookies.set('device', browser.cookies.get('device') ?? '');
    expect(codeOf(await thief.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', () =>
      thief.run(CreateEmailPasswordSessionDocument, { ...person, password: 'a guess of the thief' }),
    );
    expect(await passwordSignIn(test.client(), person)).toBe(pending);
  });

  it('does not count as a fresh proof or as a factor of JWTs until the user passes a challenge', async () => {
    const { browser, totp, client, ...person } = await owner();
    test.clock.advance(days(1));
    await passwordSignIn(browser, person);
    const claims = async () => decodeJwt(dataOf(await browser.run(CreateJwtDocument)).createJWT.jwt);
    expect(await claims()).toMatchObject({ amr: ['pwd'], acr: '1' });
    for (const change of [
      () => browser.run(UpdateMfaDocument, { mfa: false }),
      () => browser.run(DeleteMfaAuthenticatorDocument, { type: 'TOTP' }),
      () => browser.run(CreateMfaRecoveryCodesDocument),
      () => browser.run(UpdateEmailDocument, { email: newEmail(), password: person.password }),
      () => browser.run(UpdatePhoneDocument, { phone: '+14155550177', password: person.password }),
      () =>
        browser.run(UpdatePasswordDocument, {
          password: 'a password of a thief',
          oldPassword: person.password,
        }),
    ])
      await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', change);
    await pass(browser, totp, null);
    expect(await claims()).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: '2' });
    expect(codeOf(await browser.run(CreateMfaRecoveryCodesDocument))).toBe('ok');
  });

  it('does not count as a fresh proof after the user has proved one mailbox twice', async () => {
    const { browser, email, client, totp } = await owner();
    await pass(client, totp, null);
    dataOf(await client.run(CreateMfaRecoveryCodesDocument));
    // That has ended the trust.
    await emailSignIn(browser, email);
    await pass(browser, totp);
    await emailSignIn(browser, email);
    const { createMfaChallenge } = dataOf(await browser.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
    const proof = { challengeId: createMfaChallenge.id, otp: await lastCode(test, email) };
    dataOf(await browser.run(UpdateMfaChallengeDocument, proof));
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () => browser.run(GetMfaRecoveryCodesDocument));
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () =>
      browser.run(UpdateMfaDocument, { mfa: false }),
    );
    await pass(browser, totp, null);
    expect(codeOf(await browser.run(GetMfaRecoveryCodesDocument))).toBe('ok');
  });

  it('can be deleted once, and only by its owner', async () => {
    const { browser, client, ...person } = await owner();
    const other = await owner();
    const [device] = await trustedDevicesOf(client);
    const deviceId = device?.id ?? '';
    for (const refused of [
      () => other.client.run(DeleteTrustedDeviceDocument, { deviceId }),
      () => client.run(DeleteTrustedDeviceDocument, { deviceId: newRowId(test.clock.now()) }),
      () => client.run(DeleteTrustedDeviceDocument, { deviceId: 'none' }),
    ])
      await expectRefusal(test, 'USER_DEVICE_NOT_FOUND', refused);
    const answers = await Promise.all(
      [deviceId, deviceId.toUpperCase()].map((id) =>
        client.run(DeleteTrustedDeviceDocument, { deviceId: id }),
      ),
    );
    expect(answers.map(codeOf).sort()).toEqual(['USER_DEVICE_NOT_FOUND', 'ok']);
    expect(await trustedDevicesOf(client)).toEqual([]);
    expect(codeOf(await browser.run(GetAccountDocument))).toBe('ok');
    const { listLogs } = dataOf(await client.run(ListLogsDocument, { first: 1 }));
    expect(listLogs.nodes).toMatchObject([{ event: 'user.update', detail: 'trusted-device.delete' }]);
    expect(await passwordSignIn(browser, person)).toBe(pending);
  });

  it('stays trusted after a new name or new preferences', async () => {
    const { browser, client, ...person } = await owner();
    dataOf(await client.send('mutation { updateName(name: "Ada") { id } }'));
    dataOf(await client.send('mutation { updatePrefs(prefs: { a: 1 }) { id } }'));
    expect(await passwordSignIn(browser, person)).toBe('ok');
  });

  const operator = () => operatorOf(test);
  it.each<[string, (owner: Owner) => Promise<unknown>]>([
    [
      'the owner signs out everywhere',
      async ({ client }) => dataOf(await client.run(DeleteSessionsDocument)),
    ],
    [
      'recovery codes are made',
      async ({ client, totp }) => {
        await pass(client, totp, null);
        dataOf(await client.run(CreateMfaRecoveryCodesDocument));
      },
    ],
    [
      'MFA is turned off and on',
      async ({ client, totp }) => {
        await pass(client, totp, null);
        dataOf(await client.run(UpdateMfaDocument, { mfa: false }));
        dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
      },
    ],
    [
      'the address is replaced',
      async ({ client, totp, password }) => {
        await pass(client, totp, null);
        const email = newEmail();
        dataOf(await client.run(UpdateEmailDocument, { email, password }));
      },
    ],
    [
      'a phone number is added',
      async ({ client, totp, password }) => {
        await pass(client, totp, null);
        dataOf(await client.run(UpdatePhoneDocument, { phone: '+4915112345678', password }));
        dataOf(await client.send('mutation { createPhoneVerification { id } }'));
        const secret = await lastCode(test, '+4915112345678');
        const { getAccount } = dataOf(await client.run(GetAccountDocument));
        dataOf(
          await client.send(
            'mutation ($userId: ID!, $secret: String!) { updatePhoneVerification(userId: $userId, secret: $secret) { id } }',
            { userId: getAccount.id, secret },
          ),
        );
      },
    ],
    [
      'the owner reverts a change',
      async ({ client, totp }) => {
        await pass(client, totp, null);
        dataOf(await revertAs(client, (await listOwn(client, 'MFA')).slice(0, 1)));
        dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
      },
    ],
    [
      'an operator blocks and enables the user',
      async ({ userId }) => {
        for (const enabled of [false, true])
          dataOf(await operator().run(UpdateUserStatusDocument, { userId, enabled }));
      },
    ],
    [
      'an operator enables the user',
      async ({ userId }) => dataOf(await operator().run(UpdateUserStatusDocument, { userId, enabled: true })),
    ],
    [
      'an operator ends all sessions',
      async ({ userId }) => dataOf(await operator().run(DeleteUserSessionsDocument, { userId })),
    ],
    [
      'an operator withdraws the verification of the address',
      async ({ userId, email }) => {
        const change = { userId, email, emailVerified: false };
        dataOf(await operator().run(UpdateUserVerificationDocument, change));
      },
    ],
  ])('is no longer trusted when %s', async (_, event) => {
    const { browser, ...person } = await owner();
    await passwordSignIn(browser, person);
    await event({ browser, ...person });
    // A session that needs the trust is pending, or has ended.
    expect(codeOf(await browser.run(GetAccountDocument))).not.toBe('ok');
    const { email } = person;
    const shown = await test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id: person.userId } });
    expect(await passwordSignIn(browser, { ...person, email: shown.email ?? email })).toBe(pending);
  });

  it('is no longer trusted after a new password or a recovery', async () => {
    const { browser, client, totp, ...person } = await owner();
    const password = 'the second one of these passwords';
    dataOf(await client.run(UpdatePasswordDocument, { password, oldPassword: person.password }));
    expect(await passwordSignIn(browser, { ...person, password })).toBe(pending);
    await pass(browser, totp);
    expect(await passwordSignIn(browser, { ...person, password })).toBe('ok');
    dataOf(await test.client().run(CreateRecoveryDocument, { email: person.email }));
    await recover(test, person.email, 'the third one of these passwords');
    expect(await passwordSignIn(browser, { ...person, password: 'the third one of these passwords' })).toBe(
      pending,
    );
  });

  it('stays untrusted after an operator resets the factors and the user turns MFA on again', async () => {
    const { browser, userId, ...person } = await owner();
    dataOf(await operator().run(DeleteUserFactorsDocument, { userId }));
    const client = test.client();
    expect(await passwordSignIn(client, person)).toBe('ok');
    await addAuthenticator(test, client);
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    expect(await passwordSignIn(browser, person)).toBe(pending);
  });

  it('leaves its sessions pending after MFA is turned off and on', async () => {
    const { browser, client, totp, ...person } = await owner();
    await passwordSignIn(browser, person);
    await pass(client, totp, null);
    for (const mfa of [false, true]) dataOf(await client.run(UpdateMfaDocument, { mfa }));
    expect(codeOf(await browser.run(GetAccountDocument))).toBe(pending);
  });

  it('stays one device after two simultaneous sign-ins', async () => {
    const { browser, ...person } = await owner();
    const states = await Promise.all(
      [0, 1].map(() => {
        const same = browser.signedOut();
        return passwordSignIn(same, person);
      }),
    );
    expect(states).toEqual(['ok', 'ok']);
    test.clock.advance(minutes(1));
    expect(await trustedDevicesOf(browser)).toHaveLength(1);
  });
});
