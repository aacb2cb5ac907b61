import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateMfaRecoveryCodesDocument,
  CreatePasskeySessionDocument,
  CreateRecoveryDocument,
  DeleteAccountDocument,
  DeleteIdentityDocument,
  DeleteMfaAuthenticatorDocument,
  DeletePasskeyDocument,
  GetAccountDocument,
  ListSecurityChangesDocument,
  UndoChangeDocument,
  UndoUserChangesDocument,
  UpdateEmailDocument,
  UpdateMfaDocument,
  UpdateMfaRecoveryCodesDocument,
  UpdatePasskeyDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
  UpdateRecoveryDocument,
  UpdateStatusDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { newRowId } from '../../src/ids.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow, passTotp } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastMessage, messagesTo } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { addPasskey, Device, passkeyAnswer, passkeySettings } from '../support/passkeys.js';
import {
  goodPassword as password,
  newEmail,
  type Person,
  proveShown,
  signedInPerson,
  signIn,
  signUp,
} from '../support/people.js';
import {
  browse,
  newOwner,
  recover,
  replaceEmail,
  undo as revertBy,
  undoLink as linkOf,
} from '../support/undo.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ ...passkeySettings, ...operatorSettings, SESSION_ALERTS: 'on' });
});
afterAll(() => test.close());

/** Somebody whose address is verified. */
async function established(): Promise<Person> {
  const person = await signedInPerson(test);
  await proveShown(test, person.userId);
  return person;
}

const undoLink = (email: string, subject: RegExp) => linkOf(test, email, subject);

const undo = async (email: string, subject: RegExp) =>
  test.client().run(UndoChangeDocument, await undoLink(email, subject));

const userOf = (id: string) => test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id } });

describe('every undo', () => {
  it('ends sessions and the password, sends a recovery link, is logged and notified, once', async () => {
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
    const answer = {
      event: 'sessionAlert',
      undoneAt: test.clock.now().toISOString(),
      changes: [],
      notRestored: [],
    };
    for (const each of answers) expect(dataOf(each).undoChange).toEqual(answer);
    for (const caller of [client, thief])
      expect(codeOf(await caller.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    const signInAgain = await test.client().run(CreateEmailPasswordSessionDocument, { email, password });
    expect(codeOf(signInAgain)).toBe('USER_INVALID_CREDENTIALS');
    const subjects = (await messagesTo(test, email)).map(({ subject }) => subject);
    expect(subjects.slice(0, 2).sort()).toEqual([
      'Changes to your Accounts account were reverted',
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

  it('issues undo tokens only for notices that are sent', async () => {
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
      ['en', ['Was this not you?', 'Security alert: new session', 'Revert and secure the account']],
      ['de', ['Waren Sie das nicht?', 'Rückgängig machen und Konto sichern']],
      ['fr', ['Ce n’était pas vous', 'Annuler et sécuriser le compte']],
    ] as const) {
      const path = `/auth/undo?${new URLSearchParams({ userId, secret })}`;
      const page = await test.client().fetch(path, { headers: { 'accept-language': language } });
      const html = await page.text();
      for (const word of words) expect(html).toContain(word);
    }
    expect(await test.fingerprint()).toEqual(before);
    // The page is for this kind of link alone, and other pages for theirs.
    const elsewhere = await test.client().fetch(`/auth/magic-url?${new URLSearchParams({ userId, secret })}`);
    expect(await elsewhere.text()).toContain('does not work any more');
  });
});

describe('a link reverts', () => {
  it('another address, verified or not, which is free afterwards', async () => {
    for (const verifies of [false, true]) {
      const { client, userId, email } = await established();
      const stolen = newEmail();
      if (verifies) await replaceEmail(test, client, stolen);
      else dataOf(await client.run(UpdateEmailDocument, { email: stolen, password }));
      if (verifies) expect((await lastMessage(test, stolen)).text).not.toContain('/auth/undo');
      const result = dataOf(await undo(email, verifies ? /was replaced/ : /address was changed/)).undoChange;
      expect(result?.changes.map(({ kind }) => kind)).toEqual(verifies ? ['EMAIL', 'EMAIL'] : ['EMAIL']);
      expect(result?.notRestored).toEqual([]);
      const restored = { email, lastVerifiedEmail: email, emailUnsettledSince: null };
      expect(await userOf(userId)).toMatchObject(restored);
      await signUp(test, stolen);
    }
  });

  it('only what the former address asks for: a replacement gets notices without links for seven days', async () => {
    const { client, userId, email } = await established();
    const stolen = newEmail();
    await replaceEmail(test, client, stolen);
    dataOf(
      await client.run(UpdatePasswordDocument, { password: 'the thief’s battery', oldPassword: password }),
    );
    expect((await lastMessage(test, stolen)).text).not.toContain('/auth/undo');
    dataOf(await undo(email, /was replaced/));
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: email, passwordHash: null });
    // After a week, an address that the owner changed is like any other.
    const mover = await established();
    const next = newEmail();
    await replaceEmail(test, mover.client, next);
    test.clock.advance(days(7) + 1);
    await signIn(test.client(), { email: next, password });
    expect((await undoLink(next, /new session/)).secret).not.toBe('');
  });

  it('a password that a thief set', async () => {
    const { client, email } = await established();
    const chosen = 'the thief’s battery';
    dataOf(await client.run(UpdatePasswordDocument, { password: chosen, oldPassword: password }));
    dataOf(await undo(email, /password was changed/));
    const answer = await test.client().run(CreateEmailPasswordSessionDocument, { email, password: chosen });
    expect(codeOf(answer)).toBe('USER_INVALID_CREDENTIALS');
    const owner = 'a whole new battery';
    await recover(test, email, owner);
    await signIn(test.client(), { email, password: owner });
  });

  it('a block by the user, and a requested deletion', async () => {
    const blocked = await established();
    dataOf(await blocked.client.run(UpdateStatusDocument));
    dataOf(await undo(blocked.email, /was blocked/));
    expect(await userOf(blocked.userId)).toMatchObject({ enabled: true });
    const leaving = await established();
    dataOf(await leaving.client.run(DeleteAccountDocument));
    dataOf(await undo(leaving.email, /will be deleted/));
    expect(await userOf(leaving.userId)).toMatchObject({ deleteAt: null });
  });

  it('an added passkey, and a new name of one', async () => {
    const { client, userId, email } = await established();
    const { id: passkeyId } = await addPasskey(client, new Device(), 'Laptop');
    dataOf(await client.run(UpdatePasskeyDocument, { passkeyId, name: 'Phone' }));
    const link = await undoLink(email, /passkey of your Accounts account was renamed/);
    const { listSecurityChanges } = dataOf(await test.client().run(ListSecurityChangesDocument, link));
    const [renamed] = listSecurityChanges;
    const changeIds = [renamed?.id ?? ''];
    dataOf(await test.client().run(UndoChangeDocument, { ...link, changeIds }));
    const where = { userId };
    expect(await test.app.deps.db.prisma.passkey.findFirst({ where })).toMatchObject({ name: 'Laptop' });
    dataOf(await undo(email, /passkey was added/));
    expect(await test.app.deps.db.prisma.passkey.count({ where })).toBe(0);
  });

  it('nothing for an unknown change, and says so', async () => {
    const { client, email } = await established();
    await addPasskey(client, new Device());
    const link = await undoLink(email, /passkey was added/);
    const unknown = { ...link, changeIds: [newRowId(test.clock.now())] };
    await expectRefusal(test, 'USER_CHANGE_NOT_FOUND', () => test.client().run(UndoChangeDocument, unknown));
  });

  it('nothing twice: a second use changes nothing and sends nothing', async () => {
    const { client, email } = await established();
    await addPasskey(client, new Device());
    const link = await undoLink(email, /passkey was added/);
    dataOf(await test.client().run(UndoChangeDocument, link));
    const before = await test.fingerprint();
    const again = dataOf(await test.client().run(UndoChangeDocument, link)).undoChange;
    expect(again).toMatchObject({ event: 'passkeyAdded', changes: [], notRestored: [] });
    expect(await test.fingerprint()).toEqual(before);
  });

  it('nothing after another account has verified the address of the link', async () => {
    const { client, email } = await established();
    const next = newEmail();
    await replaceEmail(test, client, next);
    const link = await undoLink(email, /was replaced/);
    test.clock.advance(days(7) - 60);
    const { userId } = await signUp(test, newEmail());
    await test.app.deps.db.query({
      text: 'UPDATE users SET "email" = $2, "lastVerifiedEmail" = $2 WHERE "id" = $1',
      values: [userId, email],
    });
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(UndoChangeDocument, link));
  });
});

describe('a revert', () => {
  it('is listed as a change', async () => {
    const { client, userId, email } = await established();
    await addPasskey(client, new Device());
    const where = { userId };
    const rows = () => test.app.deps.db.prisma.passkey.findMany({ where });
    dataOf(await undo(email, /passkey was added/));
    expect(await rows()).toEqual([]);
    const link = await undoLink(email, /were reverted/);
    const kinds = async () =>
      dataOf(await test.client().run(ListSecurityChangesDocument, link)).listSecurityChanges.map(
        ({ kind }) => kind,
      );
    expect(await kinds()).toEqual(['REVERT']);
    // A link brings nothing back that an unknown device had added.
    expect(dataOf(await test.client().run(UndoChangeDocument, link)).undoChange).toMatchObject({
      changes: [],
      notRestored: [{ kind: 'REVERT', needsFactor: true }],
    });
    expect(await rows()).toEqual([]);
  });

  it('by an operator, of a revert, restores what that removed', async () => {
    const { client, userId, email } = await established();
    await addPasskey(client, new Device());
    const where = { userId };
    const rows = () => test.app.deps.db.prisma.passkey.findMany({ where });
    const before = await rows();
    dataOf(await undo(email, /passkey was added/));
    const link = await undoLink(email, /were reverted/);
    const kinds = async () =>
      dataOf(await test.client().run(ListSecurityChangesDocument, link)).listSecurityChanges.map(
        ({ kind }) => kind,
      );
    const operator = operatorOf(test);
    const { getUser } = dataOf(await operator.send<ChangesOfUser>(changesOfUser, { userId }));
    const changeIds = getUser.securityChanges.map(({ id }) => id);
    dataOf(await operator.run(UndoUserChangesDocument, { userId, changeIds }));
    expect(await rows()).toEqual(before);
    expect(await kinds()).toEqual(['REVERT', 'PASSKEY']);
  });

  it('by the user needs a fresh proof and ids, and leaves the session', async () => {
    const owner = await newOwner(test);
    await addPasskey(owner.client, new Device());
    const other = await browse(test, owner);
    const changeIds = await idsOf(owner.client, 'PASSKEY');
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => owner.client.run(UndoChangeDocument, {}));
    test.clock.advance(601);
    const run = () => owner.client.run(UndoChangeDocument, { changeIds });
    await expectRefusal(test, 'USER_CHALLENGE_REQUIRED', run);
    await browse(test, owner, owner.client.withBearer(null));
    const fresh = await browse(test, owner);
    expect(dataOf(await fresh.run(UndoChangeDocument, { changeIds })).undoChange).toMatchObject({
      event: 'passkeyAdded',
      changes: [{ kind: 'PASSKEY', suggested: false }],
    });
    expect(codeOf(await fresh.run(GetAccountDocument))).toBe('ok');
    expect(codeOf(await other.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    await signIn(test.client(), { email: owner.email, password });
  });

  it('by an operator ends only the sessions that made the changes', async () => {
    const owner = await newOwner(test);
    const thief = await browse(test, owner);
    await addPasskey(thief, new Device());
    const operator = operatorOf(test);
    const { userId } = owner;
    const { getUser } = dataOf(await operator.send<ChangesOfUser>(changesOfUser, { userId }));
    const changeIds = getUser.securityChanges.map(({ id }) => id);
    const { undoUserChanges } = dataOf(await operator.run(UndoUserChangesDocument, { userId, changeIds }));
    expect(undoUserChanges.changes.map(({ actor, kind }) => [actor, kind])).toEqual([['user', 'PASSKEY']]);
    expect(codeOf(await thief.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(codeOf(await owner.client.run(GetAccountDocument))).toBe('ok');
    await signIn(test.client(), { email: owner.email, password });
  });
});

describe('what is guarded', () => {
  it('keeps MFA, apps and recovery codes without a factor or a trusted device', async () => {
    const owner = await newOwner(test);
    const thief = await browse(test, owner);
    await addAuthenticator(test, thief);
    dataOf(await thief.run(UpdateMfaDocument, { mfa: true }));
    dataOf(await thief.run(CreateMfaRecoveryCodesDocument));
    const result = await revertBy(test, owner.email, /turned on/);
    expect(result.changes).toEqual([]);
    expect(result.notRestored.map(({ kind, needsFactor }) => [kind, needsFactor])).toEqual([
      ['RECOVERY_CODES', true],
      ['MFA', true],
      ['AUTHENTICATOR', true],
    ]);
    expect(await userOf(owner.userId)).toMatchObject({ mfaEnabled: true, passwordHash: null });
  });

  it('is reverted from a device that the account has known for a week', async () => {
    const owner = await newOwner(test);
    test.clock.advance(days(8));
    const thief = await browse(test, owner);
    await addAuthenticator(test, thief);
    dataOf(await thief.run(UpdateMfaDocument, { mfa: true }));
    const device = owner.client;
    device.bearer = null;
    const result = await revertBy(test, owner.email, /turned on/, device);
    expect(result.changes.map(({ kind }) => kind)).toEqual(['MFA', 'AUTHENTICATOR']);
    expect(result.notRestored).toEqual([]);
    expect(await userOf(owner.userId)).toMatchObject({ mfaEnabled: false });
  });

  it('is reverted with a code of the app that the thief removed, once', async () => {
    const owner = await newOwner(test);
    const secret = await addAuthenticator(test, owner.client);
    dataOf(await owner.client.run(UpdateMfaDocument, { mfa: true }));
    test.clock.advance(days(31));
    const thief = await browse(test, owner);
    await passTotp(test, thief, secret);
    dataOf(await thief.run(DeleteMfaAuthenticatorDocument, { type: 'TOTP' }));
    await addAuthenticator(test, thief);
    const link = await undoLink(owner.email, /app was added/);
    const wrong = { ...link, otp: '000000' };
    const code = codeOf(await test.client().run(UndoChangeDocument, wrong));
    expect(code).toBe('USER_INVALID_TOKEN');
    const right = { ...link, otp: codeNow(test, secret) };
    const { undoChange } = dataOf(await test.client().run(UndoChangeDocument, right));
    expect(undoChange.changes.map(({ detail }) => detail)).toEqual([
      'factor.verify totp',
      'factor.delete totp',
    ]);
    const chosen = 'a whole new battery';
    await recover(test, owner.email, chosen);
    const again = test.client();
    await signIn(again, { email: owner.email, password: chosen });
    test.clock.advance(60);
    await passTotp(test, again, secret);
    expect(codeOf(await again.run(GetAccountDocument))).toBe('ok');
  });

  it('is reverted with a recovery code that was replaced, or with a passkey that was removed', async () => {
    const owner = await newOwner(test);
    const key = new Device();
    const passkey = await addPasskey(owner.client, key);
    const secret = await addAuthenticator(test, owner.client);
    await passTotp(test, owner.client, secret);
    const { createMfaRecoveryCodes } = dataOf(await owner.client.run(CreateMfaRecoveryCodesDocument));
    test.clock.advance(days(31));
    const thief = await browse(test, owner);
    await passTotp(test, thief, secret);
    dataOf(await thief.run(UpdateMfaRecoveryCodesDocument));
    dataOf(await thief.run(DeletePasskeyDocument, { passkeyId: passkey.id }));
    const link = await undoLink(owner.email, /New recovery codes/);
    const changes = dataOf(await test.client().run(ListSecurityChangesDocument, link)).listSecurityChanges;
    const idOf = (kind: string) => changes.filter((change) => change.kind === kind).map(({ id }) => id);
    const otp = createMfaRecoveryCodes.recoveryCodes[0] ?? '';
    const byCode = { ...link, changeIds: idOf('RECOVERY_CODES'), otp };
    expect(dataOf(await test.client().run(UndoChangeDocument, byCode)).undoChange.changes).toHaveLength(1);
    const codes = await test.app.deps.db.prisma.recoveryCode.count({ where: { userId: owner.userId } });
    expect(codes).toBe(9);
    const answer = await passkeyAnswer(test.client(), key);
    const byPasskey = { ...link, changeIds: idOf('PASSKEY'), ...answer };
    expect(dataOf(await test.client().run(UndoChangeDocument, byPasskey)).undoChange.changes).toHaveLength(1);
    dataOf(await test.client().run(CreatePasskeySessionDocument, await passkeyAnswer(test.client(), key)));
  });

  it('does not accept a factor that a listed change added', async () => {
    const owner = await newOwner(test);
    const thief = await browse(test, owner);
    const secret = await addAuthenticator(test, thief);
    dataOf(await thief.run(UpdateMfaDocument, { mfa: true }));
    const link = await undoLink(owner.email, /turned on/);
    const forged = { ...link, otp: codeNow(test, secret) };
    expect(codeOf(await test.client().run(UndoChangeDocument, forged))).toBe('USER_INVALID_TOKEN');
    expect(await userOf(owner.userId)).toMatchObject({ mfaEnabled: true });
  });

  it('removes a replaced number with any link, but restores the former one only from the owner’s device', async () => {
    const owner = await newOwner(test);
    dataOf(await owner.client.run(UpdatePhoneDocument, { phone: '+14155550300', password }));
    await proveShown(test, owner.userId);
    test.clock.advance(days(31));
    const thief = await browse(test, owner);
    dataOf(await thief.run(UpdatePhoneDocument, { phone: '+14155550301', password }));
    await proveShown(test, owner.userId);
    const result = await revertBy(test, owner.email, /phone number was changed/);
    expect(result.notRestored).toMatchObject([{ kind: 'PHONE' }]);
    expect(await userOf(owner.userId)).toMatchObject({ phone: null, lastVerifiedPhone: null });
    owner.client.bearer = null;
    const again = await revertBy(test, owner.email, /phone number was changed/, owner.client);
    expect(again.changes).toMatchObject([{ kind: 'PHONE' }]);
    const restored = { phone: '+14155550300', lastVerifiedPhone: '+14155550300' };
    expect(await userOf(owner.userId)).toMatchObject(restored);
  });

  it('is an identity that was removed, without what its provider has revoked', async () => {
    const owner = await newOwner(test);
    const { userId } = owner;
    const now = test.clock.now();
    const row = { id: newRowId(now), userId, provider: 'github', providerUid: `uid of ${userId}` };
    const before = await test.app.deps.db.prisma.identity.create({
      data: { ...row, providerAccessTokenSealed: 'sealed', createdAt: now, updatedAt: now },
    });
    test.clock.advance(days(8));
    const thief = await browse(test, owner);
    dataOf(await thief.run(DeleteIdentityDocument, { identityId: row.id }));
    owner.client.bearer = null;
    await revertBy(test, owner.email, /was removed from your/, owner.client);
    expect(await test.app.deps.db.prisma.identity.findMany({ where: { userId } })).toEqual([
      { ...before, providerAccessTokenSealed: null },
    ]);
  });
});

const changesOfUser = 'query ($userId: ID!) { getUser(userId: $userId) { securityChanges { id kind } } }';
interface ChangesOfUser {
  readonly getUser: { readonly securityChanges: readonly { readonly id: string; readonly kind: string }[] };
}

async function idsOf(client: Client, kind: string): Promise<string[]> {
  const query = '{ getAccount { securityChanges { id kind } } }';
  const { getAccount } = dataOf(await client.send<{ getAccount: ChangesOfUser['getUser'] }>(query));
  return getAccount.securityChanges.filter((change) => change.kind === kind).map(({ id }) => id);
}
