import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  GetAccountDocument,
  UpdateEmailDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import {
  anonymousPerson,
  goodPassword,
  jwtClient,
  newEmail,
  signedInPerson,
  signIn,
  signUp,
  proveShown,
} from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const prepareNewPassword = 'a better battery horse';
let phones = 0;
const newPhone = () => `+1415555${String(2000 + phones++)}`;

/** Somebody who signed in by other means than a password, a while ago. */
async function passwordlessPerson() {
  const person = await anonymousPerson(test);
  await test.app.deps.db.prisma.user.update({
    where: { id: person.userId },
    data: { email: newEmail() },
  });
  await proveShown(test, person.userId);
  return person;
}

describe('updateEmail', () => {
  it('changes the address, which must be verified again, and keeps the sessions', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const email = newEmail();
    const answer = await person.client.run(UpdateEmailDocument, {
      email: email.toUpperCase(),
      password: goodPassword,
    });
    expect(dataOf(answer).updateEmail).toMatchObject({ id: person.userId, email, emailVerified: false });
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    await signIn(test.client(), { email, password: goodPassword });
    await signIn(test.client(), { email: person.email, password: goodPassword });
    const old = { email: person.email, password: goodPassword };
    await expectRefusal(test, 'USER_ALREADY_EXISTS', () => test.client().run(CreateAccountDocument, old));
  });

  it('kills the tokens sent to the old address and no others', async () => {
    const person = await signedInPerson(test);
    const { prisma } = test.app.deps.db;
    const instants = { createdAt: test.clock.now(), expiresAt: new Date('2027-01-01') };
    const token = {
      userId: person.userId,
      handle: person.userId,
      purpose: 'emailVerification',
      origin: {},
      ...instants,
    } as const;
    const ids = ['01a20e24-0000-7fbd-ad20-d034af4fe6f7', '01a20e24-0000-7fbd-ad20-d034af4fe6f8'];
    await prisma.token.create({
      data: { ...token, id: ids[0] ?? '', address: person.email, secretDigest: 'a'.repeat(64) },
    });
    await prisma.token.create({
      data: { ...token, id: ids[1] ?? '', address: '+14155550100', secretDigest: 'b'.repeat(64) },
    });
    dataOf(await person.client.run(UpdateEmailDocument, { email: newEmail(), password: goodPassword }));
    expect(await prisma.token.findMany({ where: { id: { in: ids } }, select: { id: true } })).toEqual([
      { id: ids[1] },
    ]);
  });

  it('refuses a wrong password, a bad address, a taken one and one’s own', async () => {
    const [person, other] = [await signedInPerson(test), await signUp(test)];
    const run =
      (email: string, password = goodPassword) =>
      () =>
        person.client.run(UpdateEmailDocument, { email, password });
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', run(newEmail(), 'not the password'));
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run('no address'));
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run(newEmail(), 'short'));
    await expectRefusal(test, 'USER_EMAIL_ALREADY_EXISTS', run(other.email));
    await expectRefusal(test, 'USER_EMAIL_ALREADY_EXISTS', run(person.email));
  });

  it('does not say that an identity of somebody else has the address', async () => {
    const [person, other] = [await signedInPerson(test), await signUp(test)];
    const email = newEmail();
    const now = test.clock.now();
    await test.app.deps.db.prisma.identity.create({
      data: {
        id: '01a20e24-1111-7fbd-ad20-d034af4fe6f7',
        userId: other.userId,
        provider: 'github',
        providerUid: '1',
        providerEmail: email,
        providerEmailVerified: true,
        createdAt: now,
        updatedAt: now,
      },
    });
    await expectRefusal(test, 'USER_ADDRESS_UNAVAILABLE', () =>
      person.client.run(UpdateEmailDocument, { email, password: goodPassword }),
    );
    await expectRefusal(test, 'USER_ADDRESS_UNAVAILABLE', () =>
      test.client().run(CreateAccountDocument, { email, password: goodPassword }),
    );
  });

  it('gives a free address to exactly one of two people who want it', async () => {
    const people = [await signedInPerson(test), await signedInPerson(test)];
    const email = newEmail();
    const codes = await Promise.all(
      people.map(async ({ client }) =>
        codeOf(await client.run(UpdateEmailDocument, { email, password: goodPassword })),
      ),
    );
    expect(codes.sort()).toEqual(['USER_EMAIL_ALREADY_EXISTS', 'ok']);
  });

  it('gives an account without a password this one, while the session is fresh', async () => {
    const person = await passwordlessPerson();
    test.clock.advance(600);
    const email = newEmail();
    const common = () => person.client.run(UpdateEmailDocument, { email, password: 'password1' });
    await expectRefusal(test, 'USER_PASSWORD_TOO_COMMON', common);
    const personal = () => person.client.run(UpdateEmailDocument, { email, password: `my ${email}` });
    await expectRefusal(test, 'USER_PASSWORD_PERSONAL_DATA', personal);
    expect(codeOf(await person.client.run(UpdateEmailDocument, { email, password: goodPassword }))).toBe(
      'ok',
    );
    await signIn(test.client(), { email, password: goodPassword });
  });

  it('refuses to give a password through a session that is no longer fresh', async () => {
    const person = await passwordlessPerson();
    test.clock.advance(601);
    const email = () => person.client.run(UpdateEmailDocument, { email: newEmail(), password: goodPassword });
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', email);
    const password = () => person.client.run(UpdatePasswordDocument, { password: goodPassword });
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', password);
  });
});

describe('updatePhone', () => {
  it('changes the number, which must be verified again', async () => {
    const person = await signedInPerson(test);
    const phone = newPhone();
    const answer = await person.client.run(UpdatePhoneDocument, { phone, password: goodPassword });
    expect(dataOf(answer).updatePhone).toMatchObject({ id: person.userId, phone, phoneVerified: false });
  });

  it('refuses a wrong password, a bad number, a taken one and one’s own', async () => {
    const [person, other] = [await signedInPerson(test), await signedInPerson(test)];
    const [phone, taken] = [newPhone(), newPhone()];
    dataOf(await person.client.run(UpdatePhoneDocument, { phone, password: goodPassword }));
    dataOf(await other.client.run(UpdatePhoneDocument, { phone: taken, password: goodPassword }));
    const run =
      (number: string, password = goodPassword) =>
      () =>
        person.client.run(UpdatePhoneDocument, { phone: number, password });
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', run(newPhone(), 'not the password'));
    for (const bad of ['4155550100', '+1 415 555 0100', '+0155550100', '+8020000000', '+14155550100\0', '']) {
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run(bad));
    }
    await expectRefusal(test, 'USER_PHONE_ALREADY_EXISTS', run(taken));
    await expectRefusal(test, 'USER_PHONE_ALREADY_EXISTS', run(phone));
  });
});

describe('updatePassword', () => {
  it('changes the password, ends the other sessions and keeps this one', async () => {
    const person = await signedInPerson(test);
    const other = test.client();
    await signIn(other, person);
    test.clock.advance(5);
    const args = { password: prepareNewPassword, oldPassword: goodPassword };
    const { updatePassword } = dataOf(await person.client.run(UpdatePasswordDocument, args));
    expect(updatePassword.passwordUpdatedAt).toBe(test.clock.now().toISOString());
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    expect(codeOf(await other.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(codeOf(await test.client().run(CreateEmailPasswordSessionDocument, person))).toBe(
      'USER_INVALID_CREDENTIALS',
    );
    await signIn(test.client(), { email: person.email, password: prepareNewPassword });
  });

  it('keeps, for a JWT, the session it was made from', async () => {
    const person = await signedInPerson(test);
    const other = test.client();
    await signIn(other, person);
    const jwt = await jwtClient(person);
    dataOf(
      await jwt.run(UpdatePasswordDocument, { password: prepareNewPassword, oldPassword: goodPassword }),
    );
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    expect(codeOf(await other.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('refuses without the old password and with bad new ones', async () => {
    const person = await signedInPerson(test);
    const run = (password: string, oldPassword?: string | null) => () =>
      person.client.run(UpdatePasswordDocument, {
        password,
        ...(oldPassword !== undefined && { oldPassword }),
      });
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', run(prepareNewPassword));
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', run(prepareNewPassword, null));
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', run(prepareNewPassword, 'short'));
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', run('short', goodPassword));
    await expectRefusal(test, 'USER_PASSWORD_TOO_COMMON', run('Password123', goodPassword));
    await expectRefusal(test, 'USER_PASSWORD_PERSONAL_DATA', run(`${person.email} is me`, goodPassword));
  });

  it('takes one of two changes that start from the same password', async () => {
    const person = await signedInPerson(test);
    const run = (password: string) =>
      person.client.run(UpdatePasswordDocument, { password, oldPassword: goodPassword });
    const codes = (await Promise.all([run('first new password'), run('second new password')])).map(codeOf);
    expect(codes.sort()).toEqual(['USER_INVALID_CREDENTIALS', 'ok']);
  });

  it('leaves no session of the old password behind when a sign-in races with the change', async () => {
    const person = await signedInPerson(test);
    const racer = test.client();
    const [change, signInAnswer] = await Promise.all([
      person.client.run(UpdatePasswordDocument, { password: prepareNewPassword, oldPassword: goodPassword }),
      racer.run(CreateEmailPasswordSessionDocument, person),
    ]);
    dataOf(change);
    racer.bearer = signInAnswer.data?.createEmailPasswordSession?.secret ?? null;
    expect(codeOf(await racer.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('remembers as many former passwords as it is told to', async () => {
    const strict = await createTestApp({ PASSWORD_HISTORY: '2' });
    const person = await signedInPerson(strict);
    const run = async (password: string, oldPassword: string) =>
      codeOf(await person.client.run(UpdatePasswordDocument, { password, oldPassword }));
    expect(await run(goodPassword, goodPassword)).toBe('USER_PASSWORD_RECENTLY_USED');
    expect(await run('the second password', goodPassword)).toBe('ok');
    expect(await run(goodPassword, 'the second password')).toBe('USER_PASSWORD_RECENTLY_USED');
    expect(await run('the third password', 'the second password')).toBe('ok');
    expect(await run(goodPassword, 'the third password')).toBe('ok');
    await strict.close();
  });
});
