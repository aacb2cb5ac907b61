import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailTokenDocument,
  CreatePasskeySessionDocument,
  CreateRecoveryDocument,
  DeleteMfaAuthenticatorDocument,
  DeletePasskeyDocument,
  ListSecurityChangesDocument,
  UndoChangeDocument,
  UndoUserChangesDocument,
  UpdateEmailDocument,
  UpdatePasswordDocument,
  UpdateStatusDocument,
  UpdateUserStatusDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow, passTotp } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { dataOf, expectRefusal } from '../support/expect.js';
import { messagesTo } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { addPasskey, Device, passkeyAnswer, passkeySettings, signInByPasskey } from '../support/passkeys.js';
import { goodPassword as password, newEmail, signIn } from '../support/people.js';
import {
  browse,
  listOwn,
  newOwner,
  oldOwner,
  recover,
  replaceEmail,
  revertAs,
  undo,
  undoLink,
} from '../support/undo.js';

// A revert is a change too. A thief can revert its own changes, or those of the owner, and the owner can revert without a link.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ ...passkeySettings, ...operatorSettings });
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(3600));

const userOf = (id: string) => test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id } });

/** An operator reverts all that the account of a client lists. */
async function revertAllAsOperator(userId: string, client: Client): Promise<void> {
  const changeIds = (await listOwn(client)).map(({ id }) => id);
  dataOf(await operatorOf(test).run(UndoUserChangesDocument, { userId, changeIds }));
}

describe('a thief who reverts changes', () => {
  it('does not get back an address that it added and reverted', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = newEmail();
    await replaceEmail(test, thief, stolen);
    dataOf(await revertAs(thief, await listOwn(thief, 'EMAIL')));
    const device = new Device();
    await addPasskey(thief, device);
    await undo(test, email, /passkey was added/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
    expect(await signInByPasskey(test, device)).toBe('USER_PASSKEY_INVALID');
    expect((await messagesTo(test, stolen)).some(({ subject }) => subject.startsWith('Password'))).toBe(
      false,
    );
  });

  it('does not get back a passkey that it added and reverted, even from the owner’s device', async () => {
    const owner = await oldOwner(test);
    const thief = await browse(test, owner);
    const device = new Device();
    await addPasskey(thief, device);
    dataOf(await revertAs(thief, await listOwn(thief, 'PASSKEY')));
    dataOf(
      await thief.run(UpdatePasswordDocument, { password: 'the thief’s battery', oldPassword: password }),
    );
    await undo(test, owner.email, /password was changed/, owner.client.signedOut());
    expect(await signInByPasskey(test, device)).toBe('USER_PASSKEY_INVALID');
  });

  it('does not keep an address by replacing it twice and reverting the first change', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const first = newEmail();
    await replaceEmail(test, thief, first);
    test.clock.advance(60);
    await replaceEmail(test, thief, newEmail());
    test.clock.advance(60);
    const changeIds = (await listOwn(thief)).slice(-2).map(({ id }) => id);
    dataOf(await thief.run(UndoChangeDocument, { changeIds }));
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    expect((await messagesTo(test, email))[0]?.subject).toBe(
      'The email address of your Accounts account was replaced',
    );
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('does not get an address back by three replacements and two reverts', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = [newEmail(), newEmail(), newEmail()];
    for (const address of stolen) {
      await replaceEmail(test, thief, address);
      test.clock.advance(1);
    }
    const emails = await listOwn(thief, 'EMAIL');
    for (const changes of [emails.slice(2, 4), emails.slice(0, 2)]) dataOf(await revertAs(thief, changes));
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: stolen[1] });
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('does not end the links of the owner by reverting a revert', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    await replaceEmail(test, thief, newEmail());
    for (const kind of ['EMAIL', 'REVERT']) dataOf(await revertAs(thief, await listOwn(thief, kind)));
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('gets nothing back when an operator reverts all that is listed', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = newEmail();
    await replaceEmail(test, thief, stolen);
    test.clock.advance(1);
    await replaceEmail(test, thief, newEmail());
    dataOf(await revertAs(thief, (await listOwn(thief, 'EMAIL')).slice(2)));
    await revertAllAsOperator(userId, thief);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('notifies the owner’s new address when it reverts the owner’s own change', async () => {
    const owner = await oldOwner(test);
    const own = newEmail();
    await replaceEmail(test, await browse(test, owner, owner.client), own);
    test.clock.advance(days(8));
    const thief = await browse(test, { email: own });
    dataOf(await revertAs(thief, await listOwn(thief, 'EMAIL')));
    expect(await userOf(owner.userId)).toMatchObject({ lastVerifiedEmail: owner.email });
    await undo(test, own, /was replaced/);
    expect(await userOf(owner.userId)).toMatchObject({ email: own, lastVerifiedEmail: own });
  });

  it('does not stop the owner’s revert by settling its own address', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = newEmail();
    await replaceEmail(test, thief, stolen);
    dataOf(await thief.run(UpdateEmailDocument, { email: newEmail(), password }));
    dataOf(await revertAs(thief, (await listOwn(thief)).slice(0, 1)));
    await addPasskey(thief, new Device());
    expect((await messagesTo(test, stolen)).map(({ text }) => text).join()).not.toContain('/auth/undo');
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('has no link that works after the owner’s revert, not even one of a recovery', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = newEmail();
    await replaceEmail(test, thief, stolen);
    dataOf(await test.client().run(CreateRecoveryDocument, { email: stolen }));
    const link = await recover(test, stolen, 'the thief’s battery');
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: email });
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(UndoChangeDocument, link));
  });

  it('does not hide that it removed the owner’s app', async () => {
    const owner = await newOwner(test);
    const secret = await addAuthenticator(test, owner.client);
    test.clock.advance(days(31));
    const thief = await browse(test, owner);
    await passTotp(test, thief, secret);
    dataOf(await thief.run(DeleteMfaAuthenticatorDocument, { type: 'TOTP' }));
    test.clock.advance(60);
    await addAuthenticator(test, thief);
    dataOf(await revertAs(thief, await listOwn(thief, 'AUTHENTICATOR')));
    const link = await undoLink(test, owner.email, /app was added/);
    const right = { ...link, otp: codeNow(test, secret) };
    dataOf(await test.client().run(UndoChangeDocument, right));
    const { rows } = await test.app.deps.db.query<{ id: string }>({
      text: 'SELECT "id" FROM authenticators WHERE "userId" = $1 AND "verified"',
      values: [owner.userId],
    });
    expect(rows).toHaveLength(1);
    test.clock.advance(60);
    await recover(test, owner.email, 'a whole new battery');
    const again = test.client();
    await signIn(again, { email: owner.email, password: 'a whole new battery' });
    await passTotp(test, again, secret);
  });

  it('does not escape the block of an operator by reverting its own', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    dataOf(await (await browse(test, owner)).run(UpdateStatusDocument));
    const link = await undoLink(test, email, /was blocked/);
    dataOf(await test.client().run(UndoChangeDocument, link));
    dataOf(await operatorOf(test).run(UpdateUserStatusDocument, { userId, enabled: false }));
    const listed = dataOf(await test.client().run(ListSecurityChangesDocument, link)).listSecurityChanges;
    const changeIds = listed.map(({ id }) => id);
    await test.client().run(UndoChangeDocument, { ...link, changeIds });
    expect(await userOf(userId)).toMatchObject({ enabled: false });
  });

  it('does not push the owner’s device out by signing in often', async () => {
    const owner = await oldOwner(test);
    const rows = () =>
      test.app.deps.db.query({ text: 'SELECT 1 FROM devices WHERE "userId" = $1', values: [owner.userId] });
    await test.app.deps.db.query({
      text: `INSERT INTO devices ("id", "userId", "deviceDigest", "createdAt", "lastSignInAt")
        SELECT gen_random_uuid(), $1, lpad(n::text, 64, '0'), $2, $2 FROM generate_series(1, 60) AS n`,
      values: [owner.userId, test.clock.now()],
    });
    const thief = await browse(test, owner);
    expect((await rows()).rows.length).toBe(50);
    await addAuthenticator(test, thief);
    const { notRestored } = await undo(test, owner.email, /app was added/, owner.client.signedOut());
    expect(notRestored).toEqual([]);
  });

  it('gets nothing back when an operator reverts its revert', async () => {
    const owner = await oldOwner(test);
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    await replaceEmail(test, thief, newEmail());
    dataOf(await revertAs(thief, await listOwn(thief, 'EMAIL')));
    await revertAllAsOperator(userId, thief);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('gets nothing from an owner who selects what the link suggests, or all that is listed', async () => {
    for (const isSelected of [({ suggested }: { suggested: boolean }) => suggested, () => true]) {
      const owner = await oldOwner(test);
      const { email, userId } = owner;
      const thief = await browse(test, owner);
      await replaceEmail(test, thief, newEmail());
      const link = await undoLink(test, email, /was replaced/);
      for (const address of [newEmail(), newEmail()]) {
        test.clock.advance(1);
        await replaceEmail(test, thief, address);
      }
      const emails = await listOwn(thief, 'EMAIL');
      for (const changes of [emails.slice(2, 4), emails.slice(0, 2)]) dataOf(await revertAs(thief, changes));
      const listed = dataOf(await test.client().run(ListSecurityChangesDocument, link)).listSecurityChanges;
      const changeIds = listed.filter(isSelected).map(({ id }) => id);
      dataOf(await test.client().run(UndoChangeDocument, { ...link, changeIds }));
      expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
    }
  });

  it('gains nothing by reverting a passkey of the owner instead of deleting it', async () => {
    const owner = await oldOwner(test);
    const device = new Device();
    await addPasskey(await browse(test, owner), device);
    test.clock.advance(days(10));
    const thief = await browse(test, owner);
    dataOf(await revertAs(thief, await listOwn(thief, 'PASSKEY')));
    await addPasskey(thief, new Device());
    await undo(test, owner.email, /passkey was added/, owner.client.signedOut());
    expect(await signInByPasskey(test, device)).toBe('ok');
  });
});

describe('an owner who reverts changes signed in', () => {
  /** An owner who can sign in by a passkey, whatever a thief does to the address and the password. */
  async function ownerWithPasskey() {
    const owner = await oldOwner(test);
    const device = new Device();
    const passkey = await addPasskey(await browse(test, owner, owner.client), device);
    test.clock.advance(days(31));
    return { ...owner, device, passkeyId: passkey.id };
  }

  async function signInWith(device: Device, browser: Client): Promise<Client> {
    const answer = await browser.run(CreatePasskeySessionDocument, await passkeyAnswer(browser, device));
    browser.bearer = dataOf(answer).createPasskeySession.secret;
    return browser;
  }

  it('sends no link to the address of the thief, even a week later', async () => {
    const { email, userId, client, device } = await ownerWithPasskey();
    const stolen = newEmail();
    await replaceEmail(test, await browse(test, { email }), stolen);
    test.clock.advance(days(8));
    const owner = await signInWith(device, client.signedOut());
    dataOf(await revertAs(owner, await listOwn(owner, 'EMAIL')));
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
    expect((await messagesTo(test, stolen)).map(({ text }) => text).join()).not.toContain('/auth/undo');
  });

  it('ends the link of the recovery that the thief used', async () => {
    const { email, userId, client, device } = await ownerWithPasskey();
    const stolen = newEmail();
    await replaceEmail(test, await browse(test, { email }), stolen);
    dataOf(await test.client().run(CreateRecoveryDocument, { email: stolen }));
    const link = await recover(test, stolen, 'the thief’s battery');
    const owner = await signInWith(device, client.signedOut());
    dataOf(await revertAs(owner, await listOwn(owner)));
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(UndoChangeDocument, link));
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('keeps what came back when another link is used later', async () => {
    const { email, client, device, passkeyId } = await ownerWithPasskey();
    const second = new Device();
    await addPasskey(await browse(test, { email }, client), second);
    test.clock.advance(days(31));
    const thief = await browse(test, { email });
    await addPasskey(thief, new Device());
    test.clock.advance(1);
    dataOf(await thief.run(DeletePasskeyDocument, { passkeyId }));
    const owner = await browse(test, { email });
    const proof = await passkeyAnswer(test.client(), second);
    dataOf(await revertAs(owner, await listOwn(owner, 'PASSKEY'), proof));
    expect(await signInByPasskey(test, device)).toBe('ok');
    test.clock.advance(10);
    await undo(test, email, /passkey was added/, client.signedOut());
    expect(await signInByPasskey(test, device)).toBe('ok');
  });
});
