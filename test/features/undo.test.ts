import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateRecoveryDocument,
  CreateEmailPasswordSessionDocument,
  CreateMfaAuthenticatorDocument,
  CreateMfaRecoveryCodesDocument,
  CreatePasskeySessionDocument,
  CreatePasskeySignInDocument,
  CreateVerificationDocument,
  DeleteIdentityDocument,
  DeleteAccountDocument,
  DeleteMfaAuthenticatorDocument,
  DeletePasskeyDocument,
  GetAccountDocument,
  GetMfaRecoveryCodesDocument,
  UndoChangeDocument,
  UpdateEmailDocument,
  UpdateMfaDocument,
  UpdateMfaRecoveryCodesDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
  UpdateRecoveryDocument,
  UpdateVerificationDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { newRowId } from '../../src/ids.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, passTotp } from '../support/authenticator.js';
import { codeOf, dataOf } from '../support/expect.js';
import { lastLink, lastMessage, messagesTo } from '../support/messages.js';
import { addPasskey, Device, passkeySettings } from '../support/passkeys.js';
import {
  goodPassword as password,
  newEmail,
  type Person,
  proveShown,
  signedInPerson,
  signIn,
  signUp,
} from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ ...passkeySettings, SESSION_ALERTS: 'on' });
});
afterAll(() => test.close());

/** Somebody whose address is proven. */
async function established(): Promise<Person> {
  const person = await signedInPerson(test);
  await proveShown(test, person.userId);
  return person;
}

/** The link of the newest notice with this subject. */
async function undoLink(email: string, subject: RegExp): Promise<{ userId: string; secret: string }> {
  const mail = (await messagesTo(test, email)).find((each) => subject.test(each.subject));
  const url = new URL(/\S+\/auth\/undo\?\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://none');
  return { userId: url.searchParams.get('userId') ?? '', secret: url.searchParams.get('secret') ?? '' };
}

const undo = async (email: string, subject: RegExp) =>
  test.client().run(UndoChangeDocument, await undoLink(email, subject));

const userOf = (id: string) => test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id } });

describe('every undo', () => {
  it('ends sessions and the password, mails a way back in, is logged and told, once', async () => {
    const person = await established();
    const { client, email } = person;
    const thief = test.client();
    await signIn(thief, person);
    const link = await undoLink(email, /new session/);
    const before = await test.fingerprint();
    const bad = { ...link, secret: `${link.secret}x` };
    expect(codeOf(await test.client().run(UndoChangeDocument, bad))).toBe('USER_INVALID_TOKEN');
    expect(await test.fingerprint()).toEqual(before);
    const answers = await Promise.all([1, 2, 3].map(() => test.client().run(UndoChangeDocument, link)));
    expect(answers.map(codeOf).sort()).toEqual(['USER_INVALID_TOKEN', 'USER_INVALID_TOKEN', 'ok']);
    expect(answers.find(({ errors }) => errors.length === 0)?.data).toEqual({
      undoChange: { event: 'sessionAlert', undoneAt: test.clock.now().toISOString() },
    });
    for (const caller of [client, thief])
      expect(codeOf(await caller.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    const signInAgain = await test.client().run(CreateEmailPasswordSessionDocument, { email, password });
    expect(codeOf(signInAgain)).toBe('USER_INVALID_CREDENTIALS');
    const subjects = (await messagesTo(test, email)).map(({ subject }) => subject);
    expect(subjects.slice(0, 2).sort()).toEqual([
      'A change of your Accounts account was undone',
      'Password reset for Accounts',
    ]);
    const mails = await messagesTo(test, email);
    const reset = mails.find(({ subject }) => subject.startsWith('Password reset'));
    const url = new URL(/\S+\/auth\/recovery\?\S+/.exec(reset?.text ?? '')?.[0] ?? 'http://none');
    const recovery = {
      userId: url.searchParams.get('userId') ?? '',
      secret: url.searchParams.get('secret') ?? '',
      password: 'a whole new battery',
    };
    dataOf(await test.client().run(UpdateRecoveryDocument, recovery));
    await signIn(client, { email, password: 'a whole new battery' });
    const { data } = await client.send('{ listLogs(first: 5) { nodes { event detail } } }');
    expect(JSON.stringify(data)).toContain('"undo.update"');
  });

  it('mails a way back in although strangers have used up what the address receives', async () => {
    const person = await established();
    const { email } = person;
    await signIn(test.client(), person);
    for (let count = 0; count < 5; count += 1)
      dataOf(await test.client().run(CreateRecoveryDocument, { email }));
    const resets = async () =>
      (await messagesTo(test, email)).filter(({ subject }) => subject.startsWith('Password reset')).length;
    expect(await resets()).toBe(3);
    dataOf(await undo(email, /new session/));
    expect(await resets()).toBe(4);
  });

  it('is made for no more notices than are sent', async () => {
    const person = await established();
    for (let n = 0; n < 8; n += 1) await signIn(test.client(), person);
    const where = { userId: person.userId, purpose: 'undo' as const };
    expect(await test.app.deps.db.prisma.token.count({ where })).toBe(5);
  });

  it('is of no use after seven days', async () => {
    const person = await established();
    await signIn(test.client(), person);
    const link = await undoLink(person.email, /new session/);
    test.clock.advance(days(7));
    expect(codeOf(await test.client().run(UndoChangeDocument, link))).toBe('USER_INVALID_TOKEN');
  });

  it('is offered by a page that says what happened and changes nothing when it is opened', async () => {
    const person = await established();
    await signIn(test.client(), person);
    const { userId, secret } = await undoLink(person.email, /new session/);
    const before = await test.fingerprint();
    for (const [language, words] of [
      ['en', ['Was this not you?', 'Security alert: new session', 'Take it back']],
      ['de', ['Waren Sie das nicht?', 'Zurücknehmen und Konto sichern']],
      ['fr', ['Ce n’était pas vous', 'Annuler et sécuriser le compte']],
    ] as const) {
      const path = `/auth/undo?${new URLSearchParams({ userId, secret })}`;
      const page = await test.client().fetch(path, { headers: { 'accept-language': language } });
      const html = await page.text();
      for (const word of words) expect(html).toContain(word);
      expect(html).toContain('"auto":false');
    }
    expect(await test.fingerprint()).toEqual(before);
    // The page is for this kind of link alone, and other pages for theirs.
    const elsewhere = await test.client().fetch(`/auth/magic-url?${new URLSearchParams({ userId, secret })}`);
    expect(await elsewhere.text()).toContain('does not work any more');
  });
});

describe('an undo takes back', () => {
  it('another address, proven or not, and frees it', async () => {
    for (const proves of [false, true]) {
      const { client, userId, email } = await established();
      const stolen = newEmail();
      dataOf(await client.run(UpdateEmailDocument, { email: stolen, password }));
      if (proves) {
        dataOf(await client.run(CreateVerificationDocument));
        const link = await lastLink(test, stolen);
        dataOf(await client.run(UpdateVerificationDocument, { userId: link.userId, secret: link.secret }));
        expect((await userOf(userId)).lastVerifiedEmail).toBe(stolen);
        // The one who reads the new address is told, and can take nothing back.
        expect((await lastMessage(test, stolen)).text).not.toContain('/auth/undo');
      }
      dataOf(await undo(email, proves ? /was replaced/ : /address was changed/));
      expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email, emailReplacedAt: null });
      await signUp(test, stolen);
    }
  });

  it('another address with the link of before it was proven, too', async () => {
    const { client, userId, email } = await established();
    const stolen = newEmail();
    dataOf(await client.run(UpdateEmailDocument, { email: stolen, password }));
    const first = await undoLink(email, /address was changed/);
    dataOf(await client.run(CreateVerificationDocument));
    const link = await lastLink(test, stolen);
    dataOf(await client.run(UpdateVerificationDocument, { userId: link.userId, secret: link.secret }));
    // Whoever only claims the freed address gives way.
    const squatter = await signUp(test, email);
    dataOf(await test.client().run(UndoChangeDocument, first));
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
    expect(await userOf(squatter.userId)).toMatchObject({ email: null });
  });

  it('nothing of the owner’s by the links of a thief, whose mailbox gets none for a week', async () => {
    const { client, userId, email } = await established();
    const stolen = newEmail();
    dataOf(await client.run(UpdateEmailDocument, { email: stolen, password }));
    dataOf(await client.run(CreateVerificationDocument));
    const link = await lastLink(test, stolen);
    dataOf(await client.run(UpdateVerificationDocument, { userId: link.userId, secret: link.secret }));
    dataOf(
      await client.run(UpdatePasswordDocument, { password: 'the thief’s battery', oldPassword: password }),
    );
    expect((await lastMessage(test, stolen)).text).not.toContain('/auth/undo');
    dataOf(await undo(email, /was replaced/));
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: email, passwordHash: null });
    // After a week an address that was changed by its owner is as good as any.
    const mover = await established();
    const next = newEmail();
    dataOf(await mover.client.run(UpdateEmailDocument, { email: next, password }));
    dataOf(await mover.client.run(CreateVerificationDocument));
    const own = await lastLink(test, next);
    dataOf(await mover.client.run(UpdateVerificationDocument, { userId: own.userId, secret: own.secret }));
    test.clock.advance(days(7) + 1);
    await signIn(test.client(), { email: next, password });
    expect((await undoLink(next, /new session/)).secret).not.toBe('');
  });

  it('whatever a thief did after it, told or not, the last thing first', async () => {
    const { client, userId, email } = await established();
    await addPasskey(client, new Device());
    const where = { userId };
    const before = await test.app.deps.db.prisma.passkey.findMany({ where });
    test.clock.advance(1);
    const stolen = newEmail();
    dataOf(await client.run(UpdateEmailDocument, { email: stolen, password }));
    const link = await undoLink(email, /address was changed/);
    test.clock.advance(1);
    dataOf(await client.run(CreateVerificationDocument));
    const own = await lastLink(test, stolen);
    dataOf(await client.run(UpdateVerificationDocument, { userId: own.userId, secret: own.secret }));
    // From here on the notices go to the thief.
    dataOf(await client.run(DeletePasskeyDocument, { passkeyId: before[0]?.id ?? '' }));
    const device = new Device();
    await addPasskey(client, device);
    await addAuthenticator(test, client);
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    dataOf(await client.run(CreateMfaRecoveryCodesDocument));
    dataOf(await client.run(UpdatePhoneDocument, { phone: '+14155550390', password }));
    dataOf(await test.client().run(UndoChangeDocument, link));
    expect(await test.app.deps.db.prisma.passkey.findMany({ where })).toEqual(before);
    expect(await test.app.deps.db.prisma.authenticator.count({ where })).toBe(0);
    expect(await test.app.deps.db.prisma.recoveryCode.count({ where })).toBe(0);
    expect(await userOf(userId)).toMatchObject({
      email,
      lastVerifiedEmail: email,
      phone: null,
      mfaEnabled: false,
    });
    const thief = test.client();
    const { id: ceremonyId, options } = dataOf(
      await thief.run(CreatePasskeySignInDocument),
    ).createPasskeySignIn;
    const answer = await thief.run(CreatePasskeySessionDocument, {
      ceremonyId,
      credential: device.get(options),
    });
    expect(codeOf(answer)).toBe('USER_PASSKEY_INVALID');
  });

  it('another phone number', async () => {
    const { client, userId, email } = await established();
    dataOf(await client.run(UpdatePhoneDocument, { phone: '+14155550300', password }));
    await proveShown(test, userId);
    dataOf(await client.run(UpdatePhoneDocument, { phone: '+14155550301', password }));
    dataOf(await undo(email, /phone number was changed/));
    expect(await userOf(userId)).toMatchObject({ phone: '+14155550300', lastVerifiedPhone: '+14155550300' });
  });

  it('MFA that was turned on, or off', async () => {
    const { client, userId, email } = await established();
    await addAuthenticator(test, client);
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    dataOf(await undo(email, /was turned on/));
    expect((await userOf(userId)).mfaEnabled).toBe(false);
    const other = await established();
    await addAuthenticator(test, other.client);
    dataOf(await other.client.run(UpdateMfaDocument, { mfa: true }));
    dataOf(await other.client.run(UpdateMfaDocument, { mfa: false }));
    dataOf(await undo(other.email, /was turned off/));
    expect((await userOf(other.userId)).mfaEnabled).toBe(true);
  });

  it('an authenticator that was added, or removed', async () => {
    const { client, userId, email } = await established();
    const secret = await addAuthenticator(test, client);
    await passTotp(test, client, secret);
    const where = { userId };
    const before = await test.app.deps.db.prisma.authenticator.findMany({ where });
    dataOf(await client.run(DeleteMfaAuthenticatorDocument, { type: 'TOTP' }));
    const removed = await undoLink(email, /app of your Accounts account was removed/);
    dataOf(await client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }));
    dataOf(await test.client().run(UndoChangeDocument, removed));
    expect(await test.app.deps.db.prisma.authenticator.findMany({ where })).toEqual(before);
    const other = await established();
    await addAuthenticator(test, other.client);
    dataOf(await undo(other.email, /app was added/));
    const left = await test.app.deps.db.prisma.authenticator.count({ where: { userId: other.userId } });
    expect(left).toBe(0);
  });

  it('recovery codes that were replaced', async () => {
    const { client, userId, email } = await established();
    const secret = await addAuthenticator(test, client);
    await passTotp(test, client, secret);
    const { createMfaRecoveryCodes } = dataOf(await client.run(CreateMfaRecoveryCodesDocument));
    dataOf(await client.run(UpdateMfaRecoveryCodesDocument));
    const rows = () => test.app.deps.db.prisma.recoveryCode.findMany({ where: { userId } });
    expect(await rows()).toHaveLength(10);
    dataOf(await undo(email, /New recovery codes/));
    expect(await rows()).toHaveLength(10);
    // They open again, so they are the ones of before.
    const person = await reopened(email);
    await passTotp(test, person, secret);
    const { getMfaRecoveryCodes } = dataOf(await person.run(GetMfaRecoveryCodesDocument));
    expect([...getMfaRecoveryCodes.recoveryCodes].sort()).toEqual(
      [...createMfaRecoveryCodes.recoveryCodes].sort(),
    );
  });

  it('a passkey that was added, or removed, which signs in again', async () => {
    const { client, userId, email } = await established();
    const device = new Device();
    const passkey = await addPasskey(client, device);
    const where = { userId };
    const before = await test.app.deps.db.prisma.passkey.findMany({ where });
    dataOf(await client.run(DeletePasskeyDocument, { passkeyId: passkey.id }));
    dataOf(await undo(email, /passkey of your Accounts account was removed/));
    expect(await test.app.deps.db.prisma.passkey.findMany({ where })).toEqual(before);
    const other = await established();
    await addPasskey(other.client, new Device());
    dataOf(await undo(other.email, /passkey was added/));
    expect(await test.app.deps.db.prisma.passkey.count({ where: { userId: other.userId } })).toBe(0);
  });

  it('an identity that was unlinked, without what its provider has taken back', async () => {
    const { client, userId, email } = await established();
    const now = test.clock.now();
    const row = { id: newRowId(now), userId, provider: 'github', providerUid: `uid of ${userId}` };
    const before = await test.app.deps.db.prisma.identity.create({
      data: { ...row, providerAccessTokenSealed: 'sealed', createdAt: now, updatedAt: now },
    });
    dataOf(await client.run(DeleteIdentityDocument, { identityId: row.id }));
    dataOf(await undo(email, /was removed from your/));
    expect(await test.app.deps.db.prisma.identity.findMany({ where: { userId } })).toEqual([
      { ...before, providerAccessTokenSealed: null },
    ]);
    // One that somebody else has linked meanwhile stays theirs.
    const other = await established();
    const theirs = { ...row, id: newRowId(now), userId: other.userId, providerUid: 'contested' };
    await test.app.deps.db.prisma.identity.create({ data: { ...theirs, createdAt: now, updatedAt: now } });
    dataOf(await other.client.run(DeleteIdentityDocument, { identityId: theirs.id }));
    const taken = { ...theirs, id: newRowId(now), userId, createdAt: now, updatedAt: now };
    await test.app.deps.db.prisma.identity.create({ data: taken });
    dataOf(await undo(other.email, /was removed from your/));
    expect(await test.app.deps.db.prisma.identity.count({ where: { userId: other.userId } })).toBe(0);
  });

  it('a password that a thief has set', async () => {
    const person = await established();
    const { client, email } = person;
    const chosen = 'the thief’s battery';
    dataOf(await client.run(UpdatePasswordDocument, { password: chosen, oldPassword: password }));
    dataOf(await undo(email, /password was changed/));
    const answer = await test.client().run(CreateEmailPasswordSessionDocument, { email, password: chosen });
    expect(codeOf(answer)).toBe('USER_INVALID_CREDENTIALS');
    await reopened(email);
  });

  it('a deletion', async () => {
    const { client, userId, email } = await established();
    dataOf(await client.run(DeleteAccountDocument));
    dataOf(await undo(email, /will be deleted/));
    expect((await userOf(userId)).deleteAt).toBeNull();
  });
});

/** Signs in after an undo, by a password set with the recovery mail that came with it. */
async function reopened(email: string) {
  const mails = await messagesTo(test, email);
  const reset = mails.find(({ subject }) => subject.startsWith('Password reset'));
  const url = new URL(/\S+\/auth\/recovery\?\S+/.exec(reset?.text ?? '')?.[0] ?? 'http://none');
  const get = (name: string) => url.searchParams.get(name) ?? '';
  const chosen = 'a whole new battery';
  const args = { userId: get('userId'), secret: get('secret'), password: chosen };
  dataOf(await test.client().run(UpdateRecoveryDocument, args));
  const client = test.client();
  await signIn(client, { email, password: chosen });
  return client;
}
