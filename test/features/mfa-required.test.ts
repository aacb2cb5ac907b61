import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, memoryStorage } from '../../src/client/client.js';
import {
  CreateEmailTokenDocument,
  CreateJwtDocument,
  CreateMfaAuthenticatorDocument,
  CreatePasskeyRegistrationDocument,
  CreateMfaChallengeDocument,
  CreatePasskeySessionDocument,
  CreateSessionDocument,
  DeletePasskeyDocument,
  ListPasskeysDocument,
  UpdateMfaChallengeDocument,
  DeleteSessionDocument,
  DeleteUserFactorsDocument,
  GetAccountDocument,
  GetUserDocument,
  ListLogsDocument,
  ListSessionsDocument,
  ListUsersDocument,
  SignInOptionsDocument,
  UpdateMfaDocument,
  UpdateNameDocument,
  UpdatePasswordDocument,
  UpdatePrefsDocument,
  UpdateUserLabelsDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode, messagesTo } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { addPasskey, Device, passkeyAnswer, passkeySettings } from '../support/passkeys.js';
import {
  anonymousPerson,
  goodPassword,
  jwtClient,
  newEmail,
  type Person,
  proveShown,
  signIn,
  signUp,
} from '../support/people.js';

// A thief who has the password of an account without MFA: in the first week, as much as without MFA_REQUIRED. After the grace period, the thief
// reads the account and can add a factor, which notifies the owner with a link that removes it, but changes nothing else and gets no JWT.
// The owner: gets one email, has a week, and afterwards is never locked out, because adding a factor always works.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ ...operatorSettings, ...passkeySettings, MFA_REQUIRED: 'on' });
});
afterAll(() => test.close());

const required = 'USER_MFA_ENROLMENT_REQUIRED';

/** A user with a verified address who has just signed in for the first time. */
async function newcomer(app = test): Promise<Person> {
  const person = await signUp(app);
  await proveShown(app, person.userId);
  return { ...person, ...(await signIn(person.client, person)) };
}

/** The same after the grace period, signed in again. */
async function latecomer(app = test): Promise<Person> {
  const person = await newcomer(app);
  app.clock.advance(days(7));
  return { ...person, ...(await signIn(person.client, person)) };
}

/** Passes a challenge for the mailbox. */
async function passEmail({ client, email }: Pick<Person, 'client' | 'email'>): Promise<void> {
  const { createMfaChallenge } = dataOf(await client.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
  const proof = { challengeId: createMfaChallenge.id, otp: await lastCode(test, email) };
  dataOf(await client.run(UpdateMfaChallengeDocument, proof));
}

const rename = (client: Client) => client.run(UpdateNameDocument, { name: 'Ada' });
const mailsTo = async ({ email }: Pick<Person, 'email'>, app = test) =>
  (await messagesTo(app, email)).filter(({ subject }) => subject.includes('second factor'));
const dueAtOf = async (client: Client) => dataOf(await client.run(GetAccountDocument)).getAccount.mfaDueAt;

describe('MFA_REQUIRED', () => {
  it('gives a user without MFA seven days from the first sign-in, and sends one email', async () => {
    const person = await newcomer();
    const dueAt = test.clock.now().getTime() + days(7) * 1000;
    expect(await dueAtOf(person.client)).toBe(new Date(dueAt).toISOString());
    const mails = await mailsTo(person);
    test.clock.advance(days(7) - 1);
    await signIn(person.client, person);
    dataOf(await rename(person.client));
    expect(mails.map(({ subject }) => subject)).toEqual(['Accounts: set up a second factor']);
    expect(mails[0]?.text).toContain('Sign in, add a second factor');
    test.clock.advance(1);
    await expectRefusal(test, required, () => rename(person.client));
    await signIn(person.client, person);
    expect(await mailsTo(person)).toEqual(mails);
  });

  it('lets a session without MFA only read and sign out after the grace period', async () => {
    const { client, sessionId, password } = await latecomer();
    for (const change of [
      () => rename(client),
      () => client.run(UpdatePrefsDocument, { prefs: {} }),
      () => client.run(UpdatePasswordDocument, { password: `${goodPassword}2`, oldPassword: password }),
      () => client.run(CreateJwtDocument),
      () => client.send('mutation { updateEmail(email: "new@example.test", password: "x") { id } }'),
      () => client.send('mutation { deleteAccount { deleteAt } }'),
      () => client.send('mutation { updateStatus { id } }'),
      () => client.send('mutation { updateSession(sessionId: "current") { id } }'),
      () => client.send(`mutation { updatePhone(phone: "+14155550123", password: "${password}") { id } }`),
      () => client.send('mutation { createOAuth2Token(provider: GOOGLE) { url } }'),
    ])
      await expectRefusal(test, required, change);
    expect(dataOf(await client.run(ListSessionsDocument, {})).listSessions.nodes).toMatchObject([
      { enrolmentRequired: true },
      { enrolmentRequired: true },
    ]);
    expect(codeOf(await client.run(ListLogsDocument, {}))).toBe('ok');
    expect(codeOf(await client.send('{ exportAccount }'))).toBe('ok');
    expect(codeOf(await client.run(DeleteSessionDocument, { sessionId }))).toBe('ok');
  });

  it('also restricts JWTs of the session', async () => {
    const person = await newcomer();
    test.clock.advance(days(7) - 60);
    const jwt = await jwtClient(person);
    test.clock.advance(60);
    await expectRefusal(test, required, () => rename(jwt));
    expect(codeOf(await jwt.run(GetAccountDocument))).toBe('ok');
  });

  it('lets the user add an authenticator app and turn MFA on, which ends the restriction', async () => {
    const person = await latecomer();
    await addAuthenticator(test, person.client);
    await expectRefusal(test, required, () => rename(person.client));
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    dataOf(await rename(person.client));
    expect(await dueAtOf(person.client)).toBeNull();
  });

  it('makes a session pending that turns MFA on without proving a second factor', async () => {
    const person = await latecomer();
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    await expectRefusal(test, 'USER_MORE_FACTORS_REQUIRED', () => rename(person.client));
    await passEmail(person);
    dataOf(await rename(person.client));
  });

  it('still restricts a session that has proved one mailbox twice', async () => {
    const { email, ...person } = await latecomer();
    await test.app.deps.db.query({
      text: 'UPDATE users SET "passwordHash" = NULL, "mfaEnabled" = true WHERE "id" = $1',
      values: [person.userId],
    });
    const client = test.client();
    const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email }));
    const secret = await lastCode(test, email);
    const answer = await client.run(CreateSessionDocument, { userId: createEmailToken.userId, secret });
    client.bearer = dataOf(answer).createSession.secret;
    await passEmail({ client, email });
    await expectRefusal(test, required, () => rename(client));
  });

  it('lets the user add a passkey, with which sessions are not restricted', async () => {
    const person = await latecomer();
    expect(codeOf(await person.client.run(CreatePasskeyRegistrationDocument))).toBe('ok');
    const device = new Device();
    await addPasskey(person.client, device);
    await expectRefusal(test, required, () => rename(person.client));
    const answer = await passkeyAnswer(test.client(), device);
    const { createPasskeySession } = dataOf(await test.client().run(CreatePasskeySessionDocument, answer));
    expect(createPasskeySession.enrolmentRequired).toBe(false);
    const byPasskey = person.client.withBearer(createPasskeySession.secret);
    dataOf(await rename(byPasskey));
    const { listPasskeys } = dataOf(await byPasskey.run(ListPasskeysDocument, {}));
    dataOf(await byPasskey.run(DeletePasskeyDocument, { passkeyId: listPasskeys.nodes[0]?.id ?? '' }));
    await expectRefusal(test, required, () => rename(byPasskey));
  });

  it('lets the user add an authenticator app with an old session that passes a challenge', async () => {
    const { client, email } = await latecomer();
    test.clock.advance(days(1));
    const start = () => client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' });
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', start);
    await passEmail({ client, email });
    expect(codeOf(await start())).toBe('ok');
  });

  it('does not let the user turn MFA off', async () => {
    const person = await newcomer();
    await addAuthenticator(test, person.client);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      person.client.run(UpdateMfaDocument, { mfa: false }),
    );
  });

  it('restricts sessions immediately after an operator has reset the factors, without a second grace period', async () => {
    const person = await newcomer();
    await addAuthenticator(test, person.client);
    dataOf(await person.client.run(UpdateMfaDocument, { mfa: true }));
    test.clock.advance(days(8));
    dataOf(await operatorOf(test).run(DeleteUserFactorsDocument, { userId: person.userId }));
    await expectRefusal(test, required, () => rename(person.client));
    expect(await mailsTo(person)).toHaveLength(1);
  });

  it('does not demand MFA of anonymous users until they add a sign-in method', async () => {
    const { client } = await anonymousPerson(test);
    test.clock.advance(days(8));
    dataOf(await rename(client));
    dataOf(
      await client.send(
        'mutation ($email: String!, $password: String!) { updateEmail(email: $email, password: $password) { id } }',
        { email: newEmail(), password: goodPassword },
      ),
    );
    dataOf(await rename(client));
    test.clock.advance(days(7));
    await expectRefusal(test, required, () => rename(client));
  });

  it('begins one grace period when an existing session makes several changes simultaneously', async () => {
    const person = await newcomer();
    await test.app.deps.db.query({ text: 'UPDATE users SET "mfaRequiredSince" = NULL' });
    const before = await mailsTo(person);
    await Promise.all([rename(person.client), rename(person.client), rename(person.client)]);
    expect((await mailsTo(person)).length - before.length).toBe(1);
    expect(await dueAtOf(person.client)).not.toBeNull();
  });

  it('does not begin the grace period at a sign-in with a passkey', async () => {
    const person = await newcomer();
    const device = new Device();
    await addPasskey(person.client, device);
    await test.app.deps.db.query({
      text: 'UPDATE users SET "mfaRequiredSince" = NULL WHERE "id" = $1',
      values: [person.userId],
    });
    const answer = await passkeyAnswer(test.client(), device);
    const { createPasskeySession } = dataOf(await test.client().run(CreatePasskeySessionDocument, answer));
    const client = test.client().withBearer(createPasskeySession.secret);
    dataOf(await rename(client));
    expect(await dueAtOf(client)).toBeNull();
  });

  it('shows operators the end of the grace period, and signInOptions that MFA is required', async () => {
    const person = await newcomer();
    const mfaDueAt = await dueAtOf(person.client);
    const operator = operatorOf(test);
    const { listUsers } = dataOf(await operator.run(ListUsersDocument, { search: person.email }));
    expect(listUsers.nodes).toMatchObject([{ mfaDueAt }]);
    const { getUser } = dataOf(await operator.run(GetUserDocument, { userId: person.userId }));
    expect(getUser.mfaDueAt).toBe(mfaDueAt);
    const { signInOptions } = dataOf(await test.client().run(SignInOptionsDocument));
    expect(signInOptions.mfaRequired).toBe(true);
  });

  it('makes the client return the step enrolmentRequired', async () => {
    const person = await latecomer();
    const client = createClient({ url: `${test.url}/graphql`, storage: memoryStorage() });
    const step = await client.signIn.withPassword(person);
    expect(step).toMatchObject({ status: 'enrolmentRequired', session: { userId: person.userId } });
    expect(client.session.status).toBe('signedIn');
    const { secret } = await client.createMfaAuthenticator({ type: 'TOTP' });
    await client.updateMfaAuthenticator({ type: 'TOTP', otp: codeNow(test, secret) });
    expect(await client.signIn.resume()).toMatchObject({ status: 'enrolmentRequired' });
    await client.updateMFA({ mfa: true });
    expect(await client.signIn.resume()).toMatchObject({ status: 'signedIn' });
  });
});

describe('MFA_REQUIRED=label:staff', () => {
  let labelled: TestApp;
  beforeAll(async () => {
    labelled = await createTestApp({ ...operatorSettings, MFA_REQUIRED: 'label:staff', MFA_GRACE: '0d' });
  });
  afterAll(() => labelled.close());

  it('demands MFA only of users with the label, immediately if MFA_GRACE is 0d', async () => {
    const person = await newcomer(labelled);
    dataOf(await rename(person.client));
    expect(await dueAtOf(person.client)).toBeNull();
    const label = (labels: string[]) =>
      operatorOf(labelled).run(UpdateUserLabelsDocument, { userId: person.userId, labels });
    dataOf(await label(['staff']));
    // The first one begins the grace period.
    expect(codeOf(await rename(person.client))).toBe(required);
    await expectRefusal(labelled, required, () => rename(person.client));
    expect(await mailsTo(person, labelled)).toHaveLength(1);
    dataOf(await label([]));
    dataOf(await rename(person.client));
    const { signInOptions } = dataOf(await labelled.client().run(SignInOptionsDocument));
    expect(signInOptions.mfaRequired).toBe(false);
  });
});
