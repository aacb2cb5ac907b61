import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateJwtDocument,
  CreateOAuth2TokenDocument,
  CreatePasskeyRegistrationDocument,
  CreateSessionDocument,
  CreateUserDocument,
  CreateUserTokenDocument,
  DeleteAccountDocument,
  GetAccountDocument,
  ListLogsDocument,
  ListSessionsDocument,
  ListTrustedDevicesDocument,
  UpdateMfaDocument,
  UpdateNameDocument,
  UpdateUserStatusDocument,
} from '../../src/client/documents.js';
import { unixSeconds } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, passTotp } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { messagesTo } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { newEmail, type Person, proveShown, signedInPerson, signIn } from '../support/people.js';

// A thief with the key of an operator could block and delete accounts before. With user tokens, the thief reads what users read, for as long as a
// session lives, and leaves a log entry and an email to the owner for each account. The thief adds no sign-in method, and does not get past MFA.
// A thief who sees a user token, in a log of a proxy for example, has a minute, and only if the operator has not used it.
// The owner sees who signed in, in the log, the list of sessions and the mailbox, and can end the session.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({
    ...operatorSettings,
    USER_TOKENS: 'on',
    OAUTH_GITHUB_CLIENT_ID: 'id',
    OAUTH_GITHUB_CLIENT_SECRET: 'for tests alone',
  });
});
afterAll(() => test.close());

const tokenFor = async (userId: string, expiresIn?: number) =>
  dataOf(await operatorOf(test).run(CreateUserTokenDocument, { userId, expiresIn })).createUserToken;

/** An operator, Ada, who has signed in as a user. */
async function asUser(userId: string): Promise<Client> {
  const { secret } = await tokenFor(userId);
  const client = test.client();
  const { createSession } = dataOf(await client.browse(CreateSessionDocument, { userId, secret }));
  client.cookies.delete('session');
  client.bearer = createSession.secret;
  return client;
}

async function owner(): Promise<Person> {
  const person = await signedInPerson(test);
  await proveShown(test, person.userId);
  return person;
}

const noticesTo = async ({ email }: Pick<Person, 'email'>) =>
  (await messagesTo(test, email)).filter(({ subject }) => subject.includes('signed in to your account'));

describe('createUserToken', () => {
  it('signs an operator in as the user, once', async () => {
    const { userId } = await owner();
    const { secret, expiresAt } = await tokenFor(userId);
    expect(expiresAt).toBe(new Date(test.clock.now().getTime() + 60_000).toISOString());
    const answers = await Promise.all(
      [0, 1].map(() => test.client().run(CreateSessionDocument, { userId, secret })),
    );
    expect(answers.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
    expect(answers.find((answer) => codeOf(answer) === 'ok')?.data?.createSession).toMatchObject({
      userId,
      provider: 'token',
      providerUid: null,
      factors: [],
      actor: 'operator:ada',
    });
  });

  it('accepts a lifetime of 1 to 900 seconds, and rejects the secret after it', async () => {
    const { userId } = await owner();
    const create = (expiresIn: number) =>
      operatorOf(test).run(CreateUserTokenDocument, { userId, expiresIn });
    for (const expiresIn of [0, -1, 901])
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => create(expiresIn));
    const { secret } = await tokenFor(userId, 900);
    test.clock.advance(899);
    dataOf(await test.client().run(CreateSessionDocument, { userId, secret }));
    const late = await tokenFor(userId);
    test.clock.advance(60);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(CreateSessionDocument, { userId, secret: late.secret }),
    );
  });

  it('does not work for another user, nor for a blocked one', async () => {
    const [person, other] = [await owner(), await owner()];
    const { secret } = await tokenFor(person.userId);
    const redeem = (userId: string) => test.client().run(CreateSessionDocument, { userId, secret });
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => redeem(other.userId));
    dataOf(await operatorOf(test).run(UpdateUserStatusDocument, { userId: person.userId, enabled: false }));
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => redeem(person.userId));
    await expectRefusal(test, 'USER_NOT_FOUND', () =>
      operatorOf(test).run(CreateUserTokenDocument, { userId: 'unknown' }),
    );
  });

  it('names the operator in the log, in the list of sessions and in JWTs', async () => {
    const person = await owner();
    const client = await asUser(person.userId);
    dataOf(await client.run(UpdateNameDocument, { name: 'Ada' }));
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, { first: 3 }));
    expect(listLogs.nodes.map(({ event, detail, actor }) => [event, detail, actor])).toEqual([
      ['user.update', 'name.update', 'operator:ada'],
      ['session.create', null, 'operator:ada'],
      ['user.update', 'user-token.create', 'operator:ada'],
    ]);
    const { listSessions } = dataOf(await person.client.run(ListSessionsDocument, {}));
    expect(listSessions.nodes.map(({ actor }) => actor)).toEqual(['user', 'operator:ada']);
    const { createJWT } = dataOf(await client.run(CreateJwtDocument));
    expect(decodeJwt(createJWT.jwt)).toMatchObject({ act: { sub: 'operator:ada' }, amr: [], acr: '1' });
    dataOf(await client.withBearer(createJWT.jwt).run(UpdateNameDocument, { name: 'Eve' }));
    const { listLogs: later } = dataOf(await person.client.run(ListLogsDocument, { first: 1 }));
    expect(later.nodes).toMatchObject([{ actor: 'operator:ada' }]);
  });

  it('names the operator in security changes, which the user can revert', async () => {
    const person = await owner();
    const client = await asUser(person.userId);
    const change = { email: newEmail(), password: person.password };
    dataOf(
      await client.send(
        'mutation ($email: String!, $password: String!) { updateEmail(email: $email, password: $password) { id } }',
        change,
      ),
    );
    const answer = await person.client.send<{
      getAccount: { securityChanges: { actor: string; thisDevice: boolean }[] };
    }>('{ getAccount { securityChanges { actor thisDevice } } }');
    expect(dataOf(answer).getAccount.securityChanges).toEqual([{ actor: 'operator:ada', thisDevice: false }]);
  });

  it('notifies the user, unless no one has signed in to the account', async () => {
    const person = await owner();
    await asUser(person.userId);
    expect(await noticesTo(person)).toHaveLength(1);
    const email = newEmail();
    const unused = { email, password: person.password, emailVerified: true };
    const { createUser } = dataOf(await operatorOf(test).run(CreateUserDocument, unused));
    for (let count = 0; count < 2; count += 1) {
      const client = await asUser(createUser.id);
      dataOf(await client.run(GetAccountDocument));
      test.clock.advance(60);
    }
    expect(await noticesTo({ email })).toEqual([]);
    await signIn(test.client(), unused);
    await asUser(createUser.id);
    expect(await noticesTo({ email })).toHaveLength(1);
  });

  it('starts a session without a fresh proof until the operator passes a challenge', async () => {
    const person = await owner();
    const totp = await addAuthenticator(test, person.client);
    const client = await asUser(person.userId);
    for (const change of [
      () => client.run(UpdateMfaDocument, { mfa: true }),
      () => client.run(CreatePasskeyRegistrationDocument),
      () => client.run(DeleteAccountDocument),
    ])
      await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', change);
    await passTotp(test, client, totp);
    expect(codeOf(await client.run(CreatePasskeyRegistrationDocument))).toBe('ok');
  });

  it('starts a session that cannot set the first password of the account', async () => {
    const { createUser } = dataOf(await operatorOf(test).run(CreateUserDocument, { email: newEmail() }));
    const client = await asUser(createUser.id);
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', () =>
      client.send('mutation { updatePassword(password: "a password by the operator") { id } }'),
    );
  });

  it('starts a pending session if MFA is on', async () => {
    const person = await owner();
    const totp = await addAuthenticator(test, person.client);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    const client = await asUser(person.userId);
    await expectRefusal(test, 'USER_MORE_FACTORS_REQUIRED', () => client.run(GetAccountDocument));
    await passTotp(test, client, totp);
    expect(codeOf(await client.run(GetAccountDocument))).toBe('ok');
  });

  it('makes no known or trusted device, verifies no address and ends no session', async () => {
    const person = await signedInPerson(test);
    const devices = () => test.app.deps.db.prisma.device.count({ where: { userId: person.userId } });
    const before = await devices();
    for (let count = 0; count < 11; count += 1) await asUser(person.userId);
    expect(await devices()).toBe(before);
    const { getAccount } = dataOf(await person.client.run(GetAccountDocument));
    expect(getAccount.emailVerified).toBe(false);
    expect(dataOf(await person.client.run(ListTrustedDevicesDocument)).listTrustedDevices).toEqual([]);
  });

  it('counts sessions of operators separately, so that they never end a session of the user', async () => {
    const person = await owner();
    const totp = await addAuthenticator(test, person.client);
    const sessions: Client[] = [];
    for (let count = 0; count < 11; count += 1) sessions.push(await asUser(person.userId));
    for (let count = 0; count < 2; count += 1) await signIn(test.client(), person);
    const states = await Promise.all(
      [person.client, ...sessions].map((each) => each.run(GetAccountDocument)),
    );
    expect(states.map(codeOf)).toEqual(['ok', 'GENERAL_UNAUTHORIZED_SCOPE', ...Array(10).fill('ok')]);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    const pending = test.client();
    await signIn(pending, person);
    for (let count = 0; count < 6; count += 1) await asUser(person.userId);
    await passTotp(test, pending, totp);
    expect(codeOf(await pending.run(GetAccountDocument))).toBe('ok');
    await passTotp(test, await asUser(person.userId), totp);
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
  });

  it('starts a session that cannot link an identity', async () => {
    const person = await owner();
    const totp = await addAuthenticator(test, person.client);
    const client = await asUser(person.userId);
    await passTotp(test, client, totp);
    await expectRefusal(test, 'GENERAL_UNAUTHORIZED_SCOPE', () =>
      client.run(CreateOAuth2TokenDocument, { provider: 'GITHUB' }),
    );
  });

  it('gives JWTs that say what the user has proved: nothing, then one factor', async () => {
    const person = await owner();
    const totp = await addAuthenticator(test, person.client);
    const client = await asUser(person.userId);
    const claims = async () => decodeJwt(dataOf(await client.run(CreateJwtDocument)).createJWT.jwt);
    expect(await claims()).toMatchObject({ auth_time: 0, amr: [], acr: '1' });
    const passedAt = unixSeconds(test.clock.now());
    await passTotp(test, client, totp);
    expect(await claims()).toMatchObject({ auth_time: passedAt, amr: ['otp'], acr: '1' });
  });

  it('is rejected unless USER_TOKENS is on', async () => {
    const off = await createTestApp(operatorSettings);
    try {
      const person = await signedInPerson(off);
      await expectRefusal(off, 'USER_AUTH_METHOD_UNSUPPORTED', () =>
        operatorOf(off).run(CreateUserTokenDocument, { userId: person.userId }),
      );
    } finally {
      await off.close();
    }
  });
});
