import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMfaAuthenticatorDocument,
  CreateMfaChallengeDocument,
  CreateMfaRecoveryCodesDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  DeleteMfaAuthenticatorDocument,
  DeleteSessionDocument,
  GetAccountDocument,
  GetMfaRecoveryCodesDocument,
  ListMfaFactorsDocument,
  UpdateMfaAuthenticatorDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
  UpdateMfaRecoveryCodesDocument,
  UpdatePasswordDocument,
  UpdateRecoveryDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow, passTotp } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { readQrCode } from '../support/qr-code.js';
import { lastCode, lastLink, messagesTo } from '../support/messages.js';
import { isLong } from '../support/long.js';
import {
  anonymousPerson,
  goodPassword,
  jwtClient,
  type Person,
  signedInPerson,
  signIn,
  proveShown,
} from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(3600));

/** Somebody with an authenticator and MFA on, and the authenticator's secret. */
async function withTotp(): Promise<Person & { totp: string }> {
  const person = await signedInPerson(test);
  const totp = await addAuthenticator(test, person.client);
  dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
  return { ...person, totp };
}

/** A new sign-in with the password, pending where MFA is on. */
async function signInAgain(person: Pick<Person, 'email' | 'password'>): Promise<Client> {
  const client = test.client();
  await signIn(client, person);
  return client;
}

const start = async (client: Client, factor: 'EMAIL' | 'PHONE' | 'TOTP' | 'RECOVERY_CODE') =>
  dataOf(await client.run(CreateMfaChallengeDocument, { factor })).createMfaChallenge;
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('the gate', () => {
  it('holds a sign-in until a second factor is proven: list, challenge, pass', async () => {
    const person = await withTotp();
    const client = test.client();
    const { email, password } = person;
    const { createEmailPasswordSession: session } = dataOf(
      await client.run(CreateEmailPasswordSessionDocument, { email, password }),
    );
    expect(session).toMatchObject({ factors: ['password'], missingFactors: ['TOTP'] });
    client.bearer = session.secret;
    const refused = await client.run(GetAccountDocument);
    expect(codeOf(refused)).toBe('USER_MORE_FACTORS_REQUIRED');
    expect(refused.errors[0]?.extensions['factors']).toEqual(['TOTP']);
    const { listMfaFactors } = dataOf(await client.run(ListMfaFactorsDocument));
    expect(listMfaFactors).toEqual({
      totp: true,
      phone: false,
      email: false,
      recoveryCode: false,
      passkey: false,
    });
    const challenge = await start(client, 'TOTP');
    expect(challenge).toMatchObject({ userId: person.userId, factor: 'TOTP' });
    expect(Date.parse(challenge.expiresAt) - test.clock.now().getTime()).toBe(900_000);
    const otp = codeNow(test, person.totp);
    const { updateMfaChallenge } = dataOf(
      await client.run(UpdateMfaChallengeDocument, { challengeId: challenge.id, otp }),
    );
    expect(updateMfaChallenge).toMatchObject({
      current: true,
      factors: ['password', 'totp'],
      missingFactors: [],
      mfaUpdatedAt: test.clock.now().toISOString(),
      secret: null,
    });
    expect(dataOf(await client.run(GetAccountDocument)).getAccount.mfaEnabled).toBe(true);
  });

  it('shows the user with the session, but not before the second factor is proven', async () => {
    const { userId, email, password, totp } = await withTotp();
    const parts =
      'secret completedFactors user { id sessions { nodes { id } } securityChanges { id } mfaFactors { totp } }';
    const client = test.client();
    const { createEmailPasswordSession: session } = dataOf(
      await client.send<{ createEmailPasswordSession: { secret: string; completedFactors: string[] } }>(
        `mutation ($email: String!, $password: String!) { createEmailPasswordSession(email: $email, password: $password) { ${parts} } }`,
        { email, password },
      ),
    );
    expect(session).toEqual({ secret: expect.any(String), completedFactors: [], user: null });
    client.bearer = session.secret;
    const { id: challengeId } = await start(client, 'TOTP');
    const answer = await client.send(
      `mutation ($challengeId: ID!, $otp: String!) { updateMfaChallenge(challengeId: $challengeId, otp: $otp) { ${parts} } }`,
      { challengeId, otp: codeNow(test, totp) },
    );
    expect(dataOf(answer)).toEqual({
      updateMfaChallenge: {
        secret: null,
        completedFactors: ['TOTP'],
        user: {
          id: userId,
          sessions: { nodes: [{ id: expect.any(String) }, { id: expect.any(String) }] },
          securityChanges: expect.any(Array),
          mfaFactors: { totp: true },
        },
      },
    });
  });

  it('makes other sessions pending when MFA is turned on, and frees them when it is turned off', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const other = await signInAgain(person);
    await addAuthenticator(test, person.client);
    const { updateMFA } = dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    expect(updateMFA.mfaFactors.totp).toBe(true);
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    expect(codeOf(await other.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    await expectRefusal(test, 'USER_MORE_FACTORS_REQUIRED', () =>
      other.run(UpdateMfaDocument, { mfa: false }),
    );
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: false }));
    expect(codeOf(await other.run(GetAccountDocument))).toBe('ok');
    expect((await messagesTo(test, person.email)).map(({ subject }) => subject)).toEqual([
      'Two-step sign-in of your Accounts account was turned off',
      'Two-step sign-in of your Accounts account was turned on',
      'An authenticator app was added to your Accounts account',
    ]);
  });

  it('is not turned on for an account that can prove only its password', async () => {
    const person = await signedInPerson(test);
    dataOf(await person.client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }));
    const turnOn = () => person.client.run(UpdateMfaDocument, { mfa: true });
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', turnOn);
    await proveShown(test, person.userId);
    expect(dataOf(await turnOn()).updateMFA).toMatchObject({ mfaEnabled: true });
  });

  it('does not count e-mail twice', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    const client = test.client();
    const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email: person.email }));
    const secret = await lastCode(test, person.email);
    const { createSession } = dataOf(
      await client.run(CreateSessionDocument, { userId: createEmailToken.userId, secret }),
    );
    client.bearer = createSession.secret;
    const challenge = await start(client, 'EMAIL');
    const otp = await lastCode(test, person.email);
    const { updateMfaChallenge } = dataOf(
      await client.run(UpdateMfaChallengeDocument, { challengeId: challenge.id, otp }),
    );
    expect(updateMfaChallenge.factors).toEqual(['email']);
    expect(codeOf(await client.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    dataOf(await client.run(DeleteSessionDocument, { sessionId: 'current' }));
  });

  it('stands for a JWT as it does for its session', async () => {
    const person = await signedInPerson(test);
    const jwt = await jwtClient(person);
    const other = await signInAgain(person);
    await addAuthenticator(test, other);
    dataOf(await other.run(UpdateMfaDocument, { mfa: true }));
    expect(codeOf(await jwt.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
  });

  it('is not passed by recovery or by a change of the password', async () => {
    const person = await withTotp();
    await proveShown(test, person.userId);
    dataOf(
      await test.client().run(CreateRecoveryDocument, { email: person.email, url: 'http://localhost/' }),
    );
    const { userId, secret } = await lastLink(test, person.email);
    const password = 'a brand new password';
    dataOf(await test.client().run(UpdateRecoveryDocument, { userId, secret, password }));
    const client = await signInAgain({ email: person.email, password });
    expect(codeOf(await client.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    const change = { password: 'yet another password', oldPassword: password };
    await expectRefusal(test, 'USER_MORE_FACTORS_REQUIRED', () => client.run(UpdatePasswordDocument, change));
  });

  it('comes before anything a guest may do', async () => {
    const person = await withTotp();
    const client = await signInAgain(person);
    await expectRefusal(test, 'USER_MORE_FACTORS_REQUIRED', () =>
      client.run(CreateEmailPasswordSessionDocument, person),
    );
  });
});

describe('challenges', () => {
  it('by TOTP use each code once, in parallel and over sessions', async () => {
    const person = await withTotp();
    const clients = [await signInAgain(person), await signInAgain(person), await signInAgain(person)];
    const challenges = await Promise.all(clients.map((client) => start(client, 'TOTP')));
    const otp = codeNow(test, person.totp);
    const answers = await Promise.all(
      clients.map((client, index) =>
        client.run(UpdateMfaChallengeDocument, { challengeId: challenges[index]?.id ?? '', otp }),
      ),
    );
    expect(answers.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'USER_INVALID_TOKEN', 'ok']);
    const late = await signInAgain(person);
    const challenge = await start(late, 'TOTP');
    const older = codeNow(test, person.totp, -1);
    expect(
      codeOf(await late.run(UpdateMfaChallengeDocument, { challengeId: challenge.id, otp: older })),
    ).toBe('USER_INVALID_TOKEN');
    test.clock.advance(30);
    const next = codeNow(test, person.totp);
    expect(codeOf(await late.run(UpdateMfaChallengeDocument, { challengeId: challenge.id, otp: next }))).toBe(
      'ok',
    );
  });

  it('by mail work once, to the instant they expire, for five guesses', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const pass = (challengeId: string, otp: string) =>
      person.client.run(UpdateMfaChallengeDocument, { challengeId, otp });
    const first = await start(person.client, 'EMAIL');
    const code = await lastCode(test, person.email);
    const twice = await Promise.all([pass(first.id, code), pass(first.id, code)]);
    expect(twice.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);

    const second = await start(person.client, 'EMAIL');
    const secondCode = await lastCode(test, person.email);
    test.clock.moveToJustBefore(second.expiresAt);
    const third = await start(person.client, 'EMAIL');
    expect(codeOf(await pass(second.id, secondCode))).toBe('ok');

    const thirdCode = await lastCode(test, person.email);
    for (let guess = 0; guess < 5; guess += 1)
      expect(codeOf(await pass(third.id, wrong(thirdCode)))).toBe('USER_INVALID_TOKEN');
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => pass(third.id, thirdCode));
    test.clock.advance(900);
    const fourth = await start(person.client, 'EMAIL');
    const fourthCode = await lastCode(test, person.email);
    test.clock.moveToJustBefore(fourth.expiresAt);
    test.clock.advance(0.001);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => pass(fourth.id, fourthCode));
  });

  it('leave ten guesses in fifteen minutes for a factor, however many challenges there are', async () => {
    const person = await withTotp();
    const client = await signInAgain(person);
    for (let round = 0; round < 2; round += 1) {
      const { id } = await start(client, 'TOTP');
      for (let guess = 0; guess < 5; guess += 1) {
        const otp = wrong(codeNow(test, person.totp));
        expect(codeOf(await client.run(UpdateMfaChallengeDocument, { challengeId: id, otp }))).toBe(
          'USER_INVALID_TOKEN',
        );
      }
    }
    const { id } = await start(client, 'TOTP');
    const right = { challengeId: id, otp: codeNow(test, person.totp) };
    await expectRefusal(test, 'GENERAL_RATE_LIMIT_EXCEEDED', () =>
      client.run(UpdateMfaChallengeDocument, right),
    );
    test.clock.advance(900);
    const again = await signInAgain(person);
    const { id: later } = await start(again, 'TOTP');
    expect(
      codeOf(
        await again.run(UpdateMfaChallengeDocument, { challengeId: later, otp: codeNow(test, person.totp) }),
      ),
    ).toBe('ok');
  });

  it.skipIf(!isLong)('leave a hundred wrong guesses in thirty days', async () => {
    const person = await withTotp();
    let challenge = { id: '' };
    for (let count = 0; count < 100; count += 1) {
      if (count % 5 === 0) challenge = await start(person.client, 'TOTP');
      test.clock.advance(90);
      const wrong = { challengeId: challenge.id, otp: '000000' };
      expect(codeOf(await person.client.run(UpdateMfaChallengeDocument, wrong))).toBe('USER_INVALID_TOKEN');
    }
    const { id } = await start(person.client, 'TOTP');
    const right = { challengeId: id, otp: codeNow(test, person.totp) };
    await expectRefusal(test, 'GENERAL_RATE_LIMIT_EXCEEDED', () =>
      person.client.run(UpdateMfaChallengeDocument, right),
    );
  });

  it('are bound to their session and user', async () => {
    const [victim, attacker] = [await withTotp(), await withTotp()];
    const [session, sibling] = [await signInAgain(victim), await signInAgain(victim)];
    const { id } = await start(session, 'TOTP');
    const otp = codeNow(test, victim.totp);
    for (const client of [attacker.client, sibling]) {
      await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
        client.run(UpdateMfaChallengeDocument, { challengeId: id, otp }),
      );
    }
    const { id: own } = await start(attacker.client, 'TOTP');
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      attacker.client.run(UpdateMfaChallengeDocument, { challengeId: own, otp }),
    );
    for (const challengeId of ['nonsense', '01a20e24-efa1-7fbd-ad20-d034af4fe6f7']) {
      await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
        session.run(UpdateMfaChallengeDocument, { challengeId, otp }),
      );
    }
    for (const [challengeId, answer] of [
      [id, ''],
      [id, 'x'.repeat(257)],
      [id, 'nul\0'],
      ['', otp],
    ] as const) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
        session.run(UpdateMfaChallengeDocument, { challengeId, otp: answer }),
      );
    }
    expect(codeOf(await session.run(UpdateMfaChallengeDocument, { challengeId: id, otp }))).toBe('ok');
  });

  it('are refused for factors the account does not have', async () => {
    const person = await signedInPerson(test);
    const run = (factor: 'EMAIL' | 'PHONE' | 'TOTP' | 'RECOVERY_CODE') => () =>
      person.client.run(CreateMfaChallengeDocument, { factor });
    await expectRefusal(test, 'USER_EMAIL_NOT_VERIFIED', run('EMAIL'));
    await expectRefusal(test, 'USER_PHONE_NOT_FOUND', run('PHONE'));
    await expectRefusal(test, 'USER_RECOVERY_CODES_NOT_FOUND', run('RECOVERY_CODE'));
    dataOf(await person.client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }));
    await expectRefusal(test, 'USER_AUTHENTICATOR_NOT_FOUND', run('TOTP'));
    const phone = `+1415555${5000 + (Math.floor(test.clock.now().getTime() / 3_600_000) % 1000)}`;
    await test.app.deps.db.prisma.user.update({ where: { id: person.userId }, data: { phone, email: null } });
    await expectRefusal(test, 'USER_PHONE_NOT_VERIFIED', run('PHONE'));
    await expectRefusal(test, 'USER_EMAIL_NOT_FOUND', run('EMAIL'));
    await proveShown(test, person.userId);
    const { id } = await start(person.client, 'PHONE');
    const otp = await lastCode(test, phone);
    const answer = await person.client.run(UpdateMfaChallengeDocument, { challengeId: id, otp });
    expect(dataOf(answer).updateMfaChallenge.factors).toEqual(['password', 'phone']);
  });

  it('have no session to be passed on with a JWT', async () => {
    const person = await withTotp();
    await passTotp(test, person.client, person.totp);
    const jwt = await jwtClient(person);
    const { id } = await start(person.client, 'TOTP');
    const answer = { challengeId: id, otp: codeNow(test, person.totp) };
    await expectRefusal(test, 'USER_SESSION_NOT_FOUND', () => jwt.run(UpdateMfaChallengeDocument, answer));
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () => jwt.run(GetMfaRecoveryCodesDocument));
  });
});

describe('authenticators', () => {
  it('come with a QR code that a camera reads, and a label also for those without an address', async () => {
    const { client, userId } = await anonymousPerson(test);
    const { createMfaAuthenticator } = dataOf(
      await client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }),
    );
    const { uri, qrCode, secret } = createMfaAuthenticator;
    expect(readQrCode(qrCode)).toBe(uri);
    expect(decodeURIComponent(uri)).toContain(`Accounts:${userId}?`);
    expect(uri).toContain(`secret=${secret}`);
  });

  it('count once they are verified by a code that works once', async () => {
    const person = await signedInPerson(test);
    const { createMfaAuthenticator: first } = dataOf(
      await person.client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }),
    );
    const { createMfaAuthenticator: second } = dataOf(
      await person.client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }),
    );
    const verify = (otp: string) => person.client.run(UpdateMfaAuthenticatorDocument, { type: 'TOTP', otp });
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => verify(codeNow(test, first.secret)));
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => verify(''));
    const otp = codeNow(test, second.secret, -1);
    const codes = (await Promise.all([verify(otp), verify(otp)])).map(codeOf).sort();
    expect(codes[1]).toBe('ok');
    expect(['USER_INVALID_TOKEN', 'USER_AUTHENTICATOR_ALREADY_VERIFIED']).toContain(codes[0]);
    await expectRefusal(test, 'USER_AUTHENTICATOR_ALREADY_VERIFIED', () =>
      verify(codeNow(test, second.secret)),
    );
    await expectRefusal(test, 'USER_AUTHENTICATOR_ALREADY_VERIFIED', () =>
      person.client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }),
    );
    const { id } = await start(person.client, 'TOTP');
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      person.client.run(UpdateMfaChallengeDocument, { challengeId: id, otp }),
    );
  });

  it('are removed after a recent challenge on the same session', async () => {
    const person = await withTotp();
    const remove = () => person.client.run(DeleteMfaAuthenticatorDocument, { type: 'TOTP' });
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', remove);
    const other = await signInAgain(person);
    await passTotp(test, other, person.totp);
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', remove);
    await passTotp(test, person.client, person.totp);
    test.clock.advance(1800 - 60);
    const { deleteMfaAuthenticator } = dataOf(await remove());
    expect(deleteMfaAuthenticator).toMatchObject({
      deletedType: 'TOTP',
      user: { id: person.userId, mfaEnabled: true },
    });
    await expectRefusal(test, 'USER_AUTHENTICATOR_NOT_FOUND', remove);
    test.clock.advance(0.001);
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', remove);
    expect(codeOf(await (await signInAgain(person)).run(GetAccountDocument))).toBe('ok');
  });

  it('need one to be verified', async () => {
    const person = await signedInPerson(test);
    await expectRefusal(test, 'USER_AUTHENTICATOR_NOT_FOUND', () =>
      person.client.run(UpdateMfaAuthenticatorDocument, { type: 'TOTP', otp: '123456' }),
    );
  });
});

describe('recovery codes', () => {
  it('are ten, readable after a challenge, and each works once even in parallel', async () => {
    const person = await withTotp();
    const { createMfaRecoveryCodes } = dataOf(await person.client.run(CreateMfaRecoveryCodesDocument));
    const codes = createMfaRecoveryCodes.recoveryCodes;
    expect(new Set(codes).size).toBe(10);
    await expectRefusal(test, 'USER_RECOVERY_CODES_ALREADY_EXISTS', () =>
      person.client.run(CreateMfaRecoveryCodesDocument),
    );
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () =>
      person.client.run(GetMfaRecoveryCodesDocument),
    );
    await passTotp(test, person.client, person.totp);
    expect(
      dataOf(await person.client.run(GetMfaRecoveryCodesDocument)).getMfaRecoveryCodes.recoveryCodes,
    ).toEqual(codes);

    const clients = [await signInAgain(person), await signInAgain(person), await signInAgain(person)];
    const challenges = await Promise.all(clients.map((client) => start(client, 'RECOVERY_CODE')));
    const spelled = (codes[0] ?? '').toLowerCase().replaceAll('-', ' ');
    const answers = await Promise.all(
      clients.map((client, index) =>
        client.run(UpdateMfaChallengeDocument, { challengeId: challenges[index]?.id ?? '', otp: spelled }),
      ),
    );
    expect(answers.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'USER_INVALID_TOKEN', 'ok']);
    const winner = clients[answers.findIndex((answer) => codeOf(answer) === 'ok')];
    if (!winner) throw new Error('Nobody won.');
    expect(codeOf(await winner.run(GetAccountDocument))).toBe('ok');
    const left = dataOf(await winner.run(GetMfaRecoveryCodesDocument)).getMfaRecoveryCodes.recoveryCodes;
    expect(left).toEqual(codes.slice(1));
  });

  it('are replaced after a challenge, and the old ones die', async () => {
    const person = await withTotp();
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () =>
      person.client.run(UpdateMfaRecoveryCodesDocument),
    );
    await passTotp(test, person.client, person.totp);
    await expectRefusal(test, 'USER_RECOVERY_CODES_NOT_FOUND', () =>
      person.client.run(UpdateMfaRecoveryCodesDocument),
    );
    await expectRefusal(test, 'USER_RECOVERY_CODES_NOT_FOUND', () =>
      person.client.run(GetMfaRecoveryCodesDocument),
    );
    const { createMfaRecoveryCodes: old } = dataOf(await person.client.run(CreateMfaRecoveryCodesDocument));
    const { updateMfaRecoveryCodes: fresh } = dataOf(await person.client.run(UpdateMfaRecoveryCodesDocument));
    expect(old.recoveryCodes.filter((code) => fresh.recoveryCodes.includes(code))).toEqual([]);
    const { id } = await start(person.client, 'RECOVERY_CODE');
    const dead = { challengeId: id, otp: old.recoveryCodes[0] ?? '' };
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      person.client.run(UpdateMfaChallengeDocument, dead),
    );
  });

  it('leave the account able to make new ones when the last one is used', async () => {
    const person = await withTotp();
    const { createMfaRecoveryCodes } = dataOf(await person.client.run(CreateMfaRecoveryCodesDocument));
    const [last = ''] = createMfaRecoveryCodes.recoveryCodes;
    const { prisma } = test.app.deps.db;
    const rows = await prisma.recoveryCode.findMany({
      where: { userId: person.userId },
      orderBy: { id: 'asc' },
    });
    await prisma.recoveryCode.deleteMany({ where: { id: { in: rows.slice(1).map(({ id }) => id) } } });
    const client = await signInAgain(person);
    const { id } = await start(client, 'RECOVERY_CODE');
    dataOf(await client.run(UpdateMfaChallengeDocument, { challengeId: id, otp: last }));
    expect(dataOf(await client.run(ListMfaFactorsDocument)).listMfaFactors.recoveryCode).toBe(false);
    await expectRefusal(test, 'USER_RECOVERY_CODES_NOT_FOUND', () =>
      client.run(UpdateMfaRecoveryCodesDocument),
    );
    expect(
      dataOf(await client.run(CreateMfaRecoveryCodesDocument)).createMfaRecoveryCodes.recoveryCodes,
    ).toHaveLength(10);
  });

  it('and TOTP secrets are sealed at rest', async () => {
    const person = await withTotp();
    const { createMfaRecoveryCodes } = dataOf(await person.client.run(CreateMfaRecoveryCodesDocument));
    const stored = JSON.stringify(await test.rows());
    for (const secret of [person.totp, ...createMfaRecoveryCodes.recoveryCodes]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(secret.replaceAll('-', ''));
    }
    expect(test.logLines.join()).not.toContain(person.totp);
    expect(goodPassword && stored.includes(goodPassword)).toBe(false);
  });
});
