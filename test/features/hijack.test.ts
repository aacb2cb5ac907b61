import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMfaChallengeDocument,
  CreatePasskeySessionDocument,
  CreatePhoneTokenDocument,
  CreatePhoneVerificationDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  DeleteAccountDocument,
  DeleteMfaAuthenticatorDocument,
  DeletePasskeyDocument,
  GetAccountDocument,
  ListSecurityChangesDocument,
  UndoChangeDocument,
  UndoUserChangesDocument,
  UpdateEmailDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
  UpdatePhoneVerificationDocument,
  UpdateStatusDocument,
  UpdateUserStatusDocument,
  UpdateVerificationDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator, codeNow, passTotp } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import {
  clientId,
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
} from '../support/identity-provider.js';
import { lastCode, lastLink, messagesTo } from '../support/messages.js';
import { begin, follow, landed, signInAt } from '../support/oauth2-browser.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { addPasskey, Device, passkeyAnswer, passkeySettings } from '../support/passkeys.js';
import { goodPassword as password, newEmail, proveShown, signIn, signUp } from '../support/people.js';
import { browse, newOwner, type Owner, recover, replaceEmail, undo, undoLink } from '../support/undo.js';

// What a thief of a session, of the password or of the mailbox can do, and how the owner gets the account back.
//
// - Within an hour, the thief changes what a fresh proof allows. The owner reverts all of it with one link, from any browser.
// - Within a week, the thief replaces the address. The former address stays reserved, and its links work.
// - Within a month, the owner reverts what was not reverted before, signed in or after a recovery.

let test: TestApp;
let oidc: IdentityProvider;
let count = 0;
const nextPhone = () => {
  count += 1;
  return `+1415555${String(1000 + count)}`;
};

beforeAll(async () => {
  oidc = await startIdentityProvider();
  test = await createTestApp({
    ...passkeySettings,
    ...operatorSettings,
    OAUTH_OIDC_CLIENT_ID: clientId,
    OAUTH_OIDC_CLIENT_SECRET: clientSecret,
    OAUTH_OIDC_ISSUER: oidc.issuer,
    OAUTH_OIDC_VERIFIES_EMAIL: 'on',
  });
  oidc.register(`${test.url}/oauth2/oidc/callback`);
});
afterAll(async () => {
  await test.close();
  await oidc.close();
});
beforeEach(() => {
  count += 1;
  test.clock.advance(3600);
  Object.assign(oidc.account, {
    sub: `hijack-${count}`,
    email: newEmail(),
    email_verified: true,
    name: 'Eve',
  });
});

const userOf = (id: string) => test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id } });
const countOf = (table: string, userId: string): Promise<number> =>
  test.app.deps.db
    .query<{ count: number }>({
      text: `SELECT count(*)::int AS "count" FROM ${table} WHERE "userId" = $1`,
      values: [userId],
    })
    .then(({ rows }) => rows[0]?.count ?? -1);

/** An owner with a verified address who has used a browser for a month. */
async function oldOwner(): Promise<Owner> {
  const owner = await newOwner(test);
  test.clock.advance(days(31));
  return owner;
}

/** Links the account at the provider to the client's account. */
async function linkIdentity(client: Client): Promise<void> {
  const { userId, secret } = await signInAt(client, 'OIDC');
  const browser = client.signedOut();
  const answer = await browser.run(CreateSessionDocument, { userId, secret });
  client.bearer = dataOf(answer).createSession.secret;
}

/** Sets a number and verifies it. */
async function addPhone(client: Client, phone = nextPhone()): Promise<string> {
  dataOf(await client.run(UpdatePhoneDocument, { phone, password }));
  const { createPhoneVerification } = dataOf(await client.run(CreatePhoneVerificationDocument));
  const secret = await lastCode(test, phone);
  const { userId } = createPhoneVerification;
  dataOf(await client.run(UpdatePhoneVerificationDocument, { userId, secret }));
  return phone;
}

const signInByPasskey = async (device: Device) =>
  codeOf(await test.client().run(CreatePasskeySessionDocument, await passkeyAnswer(test.client(), device)));

/** Signs in at the provider from another browser. */
async function signInAtProvider(browser = test.client()): Promise<string> {
  const { error, userId, secret } = await signInAt(browser, 'OIDC');
  if (error) return error;
  return codeOf(await browser.run(CreateSessionDocument, { userId, secret }));
}

describe('a thief with a session', () => {
  it('loses a passkey, an identity, a number and a deletion with the newest link alone', async () => {
    const owner = await oldOwner();
    const thief = await browse(test, owner);
    const device = new Device();
    await addPasskey(thief, device);
    const phone = await addPhone(thief);
    await linkIdentity(thief);
    const stolen = 'the thief’s battery';
    dataOf(await thief.run(UpdatePasswordDocument, { password: stolen, oldPassword: password }));
    dataOf(await thief.run(DeleteAccountDocument));
    const { changes, notRestored } = await undo(test, owner.email, /password was changed/);
    expect(changes.map(({ kind }) => kind).sort()).toEqual([
      'DELETION',
      'IDENTITY',
      'PASSKEY',
      'PASSWORD',
      'PHONE',
      'PHONE',
    ]);
    expect(notRestored).toEqual([]);
    expect(await userOf(owner.userId)).toMatchObject({
      phone: null,
      lastVerifiedPhone: null,
      deleteAt: null,
      passwordHash: null,
    });
    expect(await signInByPasskey(device)).toBe('USER_PASSKEY_INVALID');
    expect(await signInAtProvider()).toBe('USER_OAUTH2_UNAUTHORIZED');
    expect(await countOf('identities', owner.userId)).toBe(0);
    const { createPhoneToken } = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
    const code = await lastCode(test, phone);
    const stranger = { userId: createPhoneToken.userId, secret: code };
    const { createSession } = dataOf(await test.client().run(CreateSessionDocument, stranger));
    expect(createSession.userId).not.toBe(owner.userId);
    await recover(test, owner.email, 'a whole new battery');
    await signIn(test.client(), { email: owner.email, password: 'a whole new battery' });
  });

  it('gets nothing back that the owner has removed before the link was used', async () => {
    const owner = await oldOwner();
    const thief = await browse(test, owner);
    const passkey = await addPasskey(thief, new Device());
    const stolen = await addPhone(thief);
    const defender = await browse(test, owner, owner.client.signedOut());
    dataOf(await defender.run(DeletePasskeyDocument, { passkeyId: passkey.id }));
    const own = await addPhone(defender);
    await addAuthenticator(test, defender);
    dataOf(await defender.run(UpdateMfaDocument, { mfa: true }));
    const { changes } = await undo(test, owner.email, /passkey was added/, defender);
    expect(changes.every(({ thisDevice }) => !thisDevice)).toBe(true);
    expect(await userOf(owner.userId)).toMatchObject({ lastVerifiedPhone: own, mfaEnabled: true });
    expect(own).not.toBe(stolen);
    expect(await countOf('passkeys', owner.userId)).toBe(0);
    expect(await countOf('authenticators', owner.userId)).toBe(1);
  });

  it('loses the number even if another account displays the former one, which gives way', async () => {
    const owner = await oldOwner();
    const former = await addPhone(await browse(test, owner, owner.client));
    test.clock.advance(days(31));
    const thief = await browse(test, owner);
    await addPhone(thief);
    const squatter = await browse(test, await newOwner(test));
    dataOf(await squatter.run(UpdatePhoneDocument, { phone: former, password }));
    owner.client.bearer = null;
    const { notRestored } = await undo(test, owner.email, /phone number was replaced/, owner.client);
    expect(notRestored).toEqual([]);
    expect(await userOf(owner.userId)).toMatchObject({ phone: former, lastVerifiedPhone: former });
    expect(dataOf(await squatter.run(GetAccountDocument)).getAccount).toMatchObject({ phone: null });
  });

  it('blocks the account in vain: the owner is notified and removes the block', async () => {
    const owner = await oldOwner();
    dataOf(await (await browse(test, owner)).run(UpdateStatusDocument));
    const { changes } = await undo(test, owner.email, /was blocked/);
    expect(changes.map(({ kind }) => kind)).toEqual(['BLOCK']);
    await recover(test, owner.email, 'a whole new battery');
    await signIn(test.client(), { email: owner.email, password: 'a whole new battery' });
  });

  it('keeps nothing after an operator blocked and unblocked the account', async () => {
    const owner = await oldOwner();
    const thief = await browse(test, owner);
    const device = new Device();
    await addPasskey(thief, device);
    const link = await undoLink(test, owner.email, /passkey was added/);
    for (const enabled of [false, true])
      dataOf(await operatorOf(test).run(UpdateUserStatusDocument, { userId: owner.userId, enabled }));
    const { undoChange } = dataOf(await test.client().run(UndoChangeDocument, link));
    expect(undoChange.changes.map(({ kind }) => kind)).toEqual(['PASSKEY']);
    expect(await signInByPasskey(device)).toBe('USER_PASSKEY_INVALID');
  });

  it('cannot use up the records with passkeys of its own before it removes the owner’s', async () => {
    const owner = await newOwner(test);
    const own = new Device();
    const { id: passkeyId } = await addPasskey(owner.client, own);
    test.clock.advance(days(31));
    const thief = await browse(test, owner);
    for (let round = 0; round < 6; round += 1) {
      const { id } = await addPasskey(thief, new Device());
      dataOf(await thief.run(DeletePasskeyDocument, { passkeyId: id }));
    }
    dataOf(await thief.run(DeletePasskeyDocument, { passkeyId }));
    // The limit dropped the notice of this removal. The next one lists it.
    dataOf(
      await thief.run(UpdatePasswordDocument, { password: 'the thief’s battery', oldPassword: password }),
    );
    const notice = (await messagesTo(test, owner.email)).find(({ subject }) => /password was/.test(subject));
    expect(notice?.text).toContain('Passkey removed');
    owner.client.bearer = null;
    const link = await undoLink(test, owner.email, /password was changed/);
    const listed = dataOf(await owner.client.run(ListSecurityChangesDocument, link)).listSecurityChanges;
    expect(listed.filter(({ kind }) => kind === 'PASSKEY')).toHaveLength(7);
    dataOf(await owner.client.run(UndoChangeDocument, link));
    expect(await signInByPasskey(own)).toBe('ok');
    expect(await countOf('passkeys', owner.userId)).toBe(1);
  });

  it('reserves a removed passkey, and restores it from the owner’s device', async () => {
    const owner = await newOwner(test);
    const own = new Device();
    const { id: passkeyId } = await addPasskey(owner.client, own);
    test.clock.advance(days(31));
    dataOf(await (await browse(test, owner)).run(DeletePasskeyDocument, { passkeyId }));
    const { rows } = await test.app.deps.db.query<{ reserved: string }>({
      text: `SELECT "reserved" FROM security_changes WHERE "userId" = $1 AND "reserved" IS NOT NULL`,
      values: [owner.userId],
    });
    expect(rows).toHaveLength(1);
    owner.client.bearer = null;
    await undo(test, owner.email, /passkey of your Accounts account was removed/, owner.client);
    expect(await signInByPasskey(own)).toBe('ok');
  });
});

interface OwnChanges {
  readonly getAccount: {
    readonly securityChanges: readonly { readonly id: string; readonly kind: string }[];
  };
}
const listOwn = async (client: Client) =>
  dataOf(await client.send<OwnChanges>('{ getAccount { securityChanges { id kind } } }')).getAccount
    .securityChanges;
const idsOfKind = async (client: Client, wanted: string) =>
  (await listOwn(client)).filter(({ kind }) => kind === wanted).map(({ id }) => id);

describe('a thief who reverts changes', () => {
  const revertAll = async (client: Client, kinds: readonly string[]) => {
    const query = '{ getAccount { securityChanges { id kind } } }';
    interface Listed {
      readonly getAccount: { readonly securityChanges: readonly { id: string; kind: string }[] };
    }
    const { getAccount } = dataOf(await client.send<Listed>(query));
    const changeIds = getAccount.securityChanges
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ id }) => id);
    return client.run(UndoChangeDocument, { changeIds });
  };

  it('does not get back an address that it added and reverted', async () => {
    const owner = await oldOwner();
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = newEmail();
    await replaceEmail(test, thief, stolen);
    dataOf(await revertAll(thief, ['EMAIL']));
    const device = new Device();
    await addPasskey(thief, device);
    await undo(test, email, /passkey was added/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
    expect(await signInByPasskey(device)).toBe('USER_PASSKEY_INVALID');
    expect((await messagesTo(test, stolen)).some(({ subject }) => subject.startsWith('Password'))).toBe(
      false,
    );
  });

  it('does not get back a passkey that it added and reverted, even from the owner’s device', async () => {
    const owner = await oldOwner();
    const thief = await browse(test, owner);
    const device = new Device();
    await addPasskey(thief, device);
    dataOf(await revertAll(thief, ['PASSKEY']));
    dataOf(
      await thief.run(UpdatePasswordDocument, { password: 'the thief’s battery', oldPassword: password }),
    );
    await undo(test, owner.email, /password was changed/, owner.client.signedOut());
    expect(await signInByPasskey(device)).toBe('USER_PASSKEY_INVALID');
  });

  it('does not keep an address by replacing it twice and reverting the first change', async () => {
    const owner = await oldOwner();
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const first = newEmail();
    await replaceEmail(test, thief, first);
    test.clock.advance(60);
    await replaceEmail(test, thief, newEmail());
    test.clock.advance(60);
    const query = '{ getAccount { securityChanges { id kind } } }';
    interface Listed {
      readonly getAccount: { readonly securityChanges: readonly { id: string }[] };
    }
    const { getAccount } = dataOf(await thief.send<Listed>(query));
    const changeIds = getAccount.securityChanges.slice(-2).map(({ id }) => id);
    dataOf(await thief.run(UndoChangeDocument, { changeIds }));
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    expect((await messagesTo(test, email))[0]?.subject).toBe(
      'The email address of your Accounts account was replaced',
    );
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('does not get an address back by three replacements and two reverts', async () => {
    const owner = await oldOwner();
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = [newEmail(), newEmail(), newEmail()];
    for (const address of stolen) {
      await replaceEmail(test, thief, address);
      test.clock.advance(1);
    }
    const emails = (await listOwn(thief)).filter(({ kind }) => kind === 'EMAIL').map(({ id }) => id);
    for (const changeIds of [emails.slice(2, 4), emails.slice(0, 2)])
      dataOf(await thief.run(UndoChangeDocument, { changeIds }));
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: stolen[1] });
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('does not end the links of the owner by reverting a revert', async () => {
    const owner = await oldOwner();
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    await replaceEmail(test, thief, newEmail());
    for (const kind of ['EMAIL', 'REVERT'])
      dataOf(await thief.run(UndoChangeDocument, { changeIds: await idsOfKind(thief, kind) }));
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('gets nothing back when an operator reverts all that is listed', async () => {
    const owner = await oldOwner();
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = newEmail();
    await replaceEmail(test, thief, stolen);
    test.clock.advance(1);
    await replaceEmail(test, thief, newEmail());
    const emails = await idsOfKind(thief, 'EMAIL');
    dataOf(await thief.run(UndoChangeDocument, { changeIds: emails.slice(2) }));
    const changeIds = (await listOwn(thief)).map(({ id }) => id);
    dataOf(await operatorOf(test).run(UndoUserChangesDocument, { userId, changeIds }));
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('notifies the owner’s new address when it reverts the owner’s own change', async () => {
    const owner = await oldOwner();
    const own = newEmail();
    await replaceEmail(test, await browse(test, owner, owner.client), own);
    test.clock.advance(days(8));
    const thief = await browse(test, { email: own });
    dataOf(await thief.run(UndoChangeDocument, { changeIds: await idsOfKind(thief, 'EMAIL') }));
    expect(await userOf(owner.userId)).toMatchObject({ lastVerifiedEmail: owner.email });
    await undo(test, own, /was replaced/);
    expect(await userOf(owner.userId)).toMatchObject({ email: own, lastVerifiedEmail: own });
  });

  it('does not stop the owner’s revert by settling its own address', async () => {
    const owner = await oldOwner();
    const { email, userId } = owner;
    const thief = await browse(test, owner);
    const stolen = newEmail();
    await replaceEmail(test, thief, stolen);
    dataOf(await thief.run(UpdateEmailDocument, { email: newEmail(), password }));
    const query = '{ getAccount { securityChanges { id kind } } }';
    interface Listed {
      readonly getAccount: { readonly securityChanges: readonly { id: string }[] };
    }
    const { getAccount } = dataOf(await thief.send<Listed>(query));
    dataOf(await thief.run(UndoChangeDocument, { changeIds: [getAccount.securityChanges[0]?.id ?? ''] }));
    await addPasskey(thief, new Device());
    expect((await messagesTo(test, stolen)).map(({ text }) => text).join()).not.toContain('/auth/undo');
    await undo(test, email, /was replaced/);
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('has no link that works after the owner’s revert, not even one of a recovery', async () => {
    const owner = await oldOwner();
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
    dataOf(await revertAll(thief, ['AUTHENTICATOR']));
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
    const owner = await oldOwner();
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
    const owner = await oldOwner();
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
});

describe('a thief who reads the mailbox only', () => {
  it('removes no authenticator app that was added this week', async () => {
    const owner = await oldOwner();
    const { client } = owner;
    await browse(test, owner, client);
    await addAuthenticator(test, client);
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    const thief = test.client();
    const { notRestored } = await undo(test, owner.email, /app was added/, thief);
    expect(notRestored.map(({ kind }) => kind).sort()).toEqual(['AUTHENTICATOR', 'MFA']);
    await recover(test, owner.email, 'the thief’s battery');
    await signIn(thief, { email: owner.email, password: 'the thief’s battery' });
    expect(codeOf(await thief.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    const email = await thief.run(CreateMfaChallengeDocument, { factor: 'EMAIL' });
    const otp = await lastCode(test, owner.email);
    const challengeId = dataOf(email).createMfaChallenge.id;
    dataOf(await thief.run(UpdateMfaChallengeDocument, { challengeId, otp }));
    expect(codeOf(await thief.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
  });

  it('does not get in by a new account at a provider and a code to the same mailbox', async () => {
    const owner = await oldOwner();
    await browse(test, owner, owner.client);
    dataOf(await owner.client.run(UpdateMfaDocument, { mfa: true }));
    Object.assign(oidc.account, { email: owner.email });
    const thief = test.client();
    const { userId, secret } = await signInAt(thief, 'OIDC');
    const answer = await thief.run(CreateSessionDocument, { userId, secret });
    thief.bearer = dataOf(answer).createSession.secret;
    expect(userId).toBe(owner.userId);
    const { createMfaChallenge } = dataOf(await thief.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
    const otp = await lastCode(test, owner.email);
    dataOf(await thief.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp }));
    expect(codeOf(await thief.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    const subjects = (await messagesTo(test, owner.email)).map(({ subject }) => subject);
    expect(subjects).toContain('A way to sign in was added to your Accounts account');
  });
});

describe('a recovery', () => {
  it('lists what a thief added, and reverts it with the same link for an hour', async () => {
    const owner = await oldOwner();
    const thief = await browse(test, owner);
    const device = new Device();
    await addPasskey(thief, device);
    await linkIdentity(thief);
    dataOf(await test.client().run(CreateRecoveryDocument, { email: owner.email }));
    const chosen = 'a whole new battery';
    const link = await recover(test, owner.email, chosen);
    expect((await messagesTo(test, owner.email))[0]?.text).toContain('Passkey added');
    const listed = dataOf(await test.client().run(ListSecurityChangesDocument, link)).listSecurityChanges;
    expect(listed.map(({ kind, suggested }) => [kind, suggested])).toEqual([
      ['IDENTITY', true],
      ['PASSKEY', true],
    ]);
    dataOf(await test.client().run(UndoChangeDocument, link));
    expect(await signInByPasskey(device)).toBe('USER_PASSKEY_INVALID');
    await signIn(test.client(), { email: owner.email, password: chosen });
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(CreateSessionDocument, link));
    test.clock.advance(3601);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(UndoChangeDocument, link));
  });
});

describe('an owner in the browser with a pending session', () => {
  it('reverts there, although the thief’s second factor is missing', async () => {
    const owner = await oldOwner();
    const thief = await browse(test, owner);
    await addAuthenticator(test, thief);
    dataOf(await thief.run(UpdateMfaDocument, { mfa: true }));
    const browser = owner.client.signedOut();
    const pending = await browser.browse(CreateEmailPasswordSessionDocument, {
      email: owner.email,
      password,
    });
    expect(dataOf(pending).createEmailPasswordSession.missingFactors).not.toEqual([]);
    expect(codeOf(await browser.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    const { changes } = await undo(test, owner.email, /turned on/, browser);
    expect(changes.map(({ kind }) => kind)).toEqual(['MFA', 'AUTHENTICATOR']);
  });

  it('keeps the new app of an owner who only moved to another phone, whatever link is used', async () => {
    const owner = await oldOwner();
    await browse(test, owner, owner.client);
    const { client, email } = owner;
    await addAuthenticator(test, client);
    const intruder = await browse(test, owner);
    dataOf(
      await intruder.run(UpdatePasswordDocument, { password: 'the thief’s battery', oldPassword: password }),
    );
    const { changes } = await undo(test, email, /password was changed/, client.signedOut());
    expect(changes.map(({ kind }) => kind)).toEqual(['PASSWORD']);
    expect(await countOf('authenticators', owner.userId)).toBe(1);
  });
});

describe('an account with a phone number only', () => {
  it('sends the link of the first email address to the number, and none to the address for a week', async () => {
    const phone = nextPhone();
    const { createPhoneToken } = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
    const thief = test.client();
    const redeem = { userId: createPhoneToken.userId, secret: await lastCode(test, phone) };
    const { createSession } = dataOf(await thief.run(CreateSessionDocument, redeem));
    thief.bearer = createSession.secret;
    test.clock.advance(days(1));
    dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
    const again = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone })).createPhoneToken;
    const fresh = { userId: again.userId, secret: await lastCode(test, phone) };
    thief.bearer = dataOf(await test.client().run(CreateSessionDocument, fresh)).createSession.secret;
    const stolen = newEmail();
    dataOf(await thief.run(UpdateEmailDocument, { email: stolen, password }));
    dataOf(await thief.run(CreateVerificationDocument));
    const own = await lastLink(test, stolen);
    dataOf(await thief.run(UpdateVerificationDocument, { userId: own.userId, secret: own.secret }));
    const sms = (await messagesTo(test, phone))[0]?.text ?? '';
    expect(sms).toContain('Email address changed');
    expect((await messagesTo(test, stolen)).map(({ text }) => text).join()).not.toContain('/auth/undo');
    const url = new URL(/\S+\/auth\/undo\?\S+/.exec(sms)?.[0] ?? 'http://none');
    const link = { userId: url.searchParams.get('userId'), secret: url.searchParams.get('secret') };
    dataOf(await test.client().run(UndoChangeDocument, link));
    expect(await userOf(redeem.userId)).toMatchObject({
      email: null,
      lastVerifiedEmail: null,
      lastVerifiedPhone: phone,
      passwordHash: null,
    });
  });
});

describe('an account whose only way in is a number', () => {
  it('gets the number back by the SMS that was sent to it', async () => {
    const phone = nextPhone();
    const { createPhoneToken } = dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
    const thief = test.client();
    const redeem = { userId: createPhoneToken.userId, secret: await lastCode(test, phone) };
    thief.bearer = dataOf(await thief.run(CreateSessionDocument, redeem)).createSession.secret;
    await addPhone(thief);
    const text = (await messagesTo(test, phone)).find((sms) => sms.text.includes('/auth/undo?'))?.text ?? '';
    const url = new URL(/\S+\/auth\/undo\?\S+/.exec(text)?.[0] ?? 'http://none');
    const link = { userId: url.searchParams.get('userId'), secret: url.searchParams.get('secret') };
    const { undoChange } = dataOf(await test.client().run(UndoChangeDocument, link));
    expect(undoChange.notRestored).toEqual([]);
    expect(await userOf(redeem.userId)).toMatchObject({ phone, lastVerifiedPhone: phone });
  });
});

describe('an address that a thief replaced', () => {
  it('makes no other account: codes, links, recovery, providers and sign-up lead to the revert', async () => {
    const owner = await oldOwner();
    const { email, userId } = owner;
    await replaceEmail(test, await browse(test, owner), newEmail());
    const before = await test.app.deps.db.prisma.user.count();
    const { createEmailToken } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const [mail] = await messagesTo(test, email);
    expect(mail?.subject).toBe('The email address of your Accounts account was replaced');
    expect(mail?.text).not.toContain('Your code');
    const guess = { userId: createEmailToken.userId, secret: '123456' };
    expect(codeOf(await test.client().run(CreateSessionDocument, guess))).toBe('USER_INVALID_TOKEN');
    Object.assign(oidc.account, { email });
    expect(await signInAtProvider()).toBe('USER_ADDRESS_UNAVAILABLE');
    expect(await test.app.deps.db.prisma.user.count()).toBe(before);
    const url = new URL(/\S+\/auth\/undo\?\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://none');
    const link = { userId: url.searchParams.get('userId'), secret: url.searchParams.get('secret') };
    dataOf(await test.client().run(UndoChangeDocument, link));
    expect(await userOf(userId)).toMatchObject({ email, lastVerifiedEmail: email });
  });

  it('is released by its reader, whose links end with that', async () => {
    const owner = await oldOwner();
    const { email } = owner;
    await replaceEmail(test, await browse(test, owner), newEmail());
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const [mail] = await messagesTo(test, email);
    const url = new URL(/\S+\/auth\/release\?\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://none');
    const old = await undoLink(test, email, /was replaced/);
    const before = await test.fingerprint();
    const page = await (await test.client().fetch(url.pathname + url.search)).text();
    expect(page).toContain('Release this address?');
    expect(await test.fingerprint()).toEqual(before);
    const form = { method: 'POST', body: url.search.slice(1) };
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: test.url };
    const done = await test.client().fetch(url.pathname, { ...form, headers });
    expect(await done.text()).toContain('The address is released.');
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(UndoChangeDocument, old));
    await signUp(test, email);
  });
});

describe('a secret of a provider in the URL of a page', () => {
  it('signs in only the browser that began', async () => {
    const thief = test.client();
    const { userId, secret } = landed(await follow(thief, await begin(thief, 'OIDC')));
    const victim = test.client();
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      victim.run(CreateSessionDocument, { userId, secret }),
    );
    dataOf(await thief.run(CreateSessionDocument, { userId, secret }));
  });
});

describe('a stranger who signed up with the address of a victim', () => {
  /** The stranger adds a passkey and a number, and asks for a confirmation by the victim. */
  async function prepared(): Promise<{ email: string; userId: string; device: Device; link: object }> {
    const { email, userId } = await signUp(test);
    const stranger = await browse(test, { email });
    const device = new Device();
    await addPasskey(stranger, device);
    dataOf(await stranger.run(UpdatePhoneDocument, { phone: nextPhone(), password }));
    dataOf(await stranger.run(CreateVerificationDocument));
    const { userId: id, secret } = await lastLink(test, email);
    return { email, userId, device, link: { userId: id, secret } };
  }
  const confirm = (link: object, more = {}) =>
    test.client().run(UpdateVerificationDocument, { ...link, ...more } as { userId: string; secret: string });

  it('keeps no passkey and no number when the victim confirms in another browser', async () => {
    const { email, userId, device, link } = await prepared();
    dataOf(await confirm(link));
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: email, phone: null });
    expect(await signInByPasskey(device)).toBe('USER_PASSKEY_INVALID');
    await signIn(test.client(), { email, password });
  });

  it('is the owner if the confirmation comes with the password, and then loses nothing', async () => {
    const { userId, device, link } = await prepared();
    const wrong = () => confirm(link, { password: 'not the right one' });
    expect(codeOf(await wrong())).toBe('USER_INVALID_CREDENTIALS');
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: null });
    dataOf(await confirm(link, { password }));
    expect(await countOf('passkeys', userId)).toBe(1);
    expect(await signInByPasskey(device)).toBe('ok');
    expect((await userOf(userId)).phone).not.toBeNull();
  });
});

describe('a victim whose browser was signed in to the account of a stranger', () => {
  it('is told by page and mail of the stranger’s passkey when it verifies the address, and removes it', async () => {
    const { email, userId } = await signUp(test);
    const stranger = await browse(test, { email });
    const device = new Device();
    await addPasskey(stranger, device);
    const victim = await browse(test, { email });
    dataOf(await victim.run(CreateVerificationDocument));
    const { url, secret } = await lastLink(test, email);
    const page = await (await victim.fetch(url.pathname + url.search)).text();
    expect(page).toContain('in another browser: Passkey added');
    expect(page).toContain('"auto":false');
    dataOf(await victim.run(UpdateVerificationDocument, { userId, secret }));
    expect(await countOf('passkeys', userId)).toBe(1);
    const { changes } = await undo(test, email, /Sign-in methods on your/, victim);
    expect(changes.map(({ kind }) => kind)).toEqual(['PASSKEY']);
    expect(await signInByPasskey(device)).toBe('USER_PASSKEY_INVALID');
  });
});

describe('factors', () => {
  it('a challenge that began before the factors changed completes nothing', async () => {
    const owner = await newOwner(test);
    const { client } = owner;
    const { createMfaChallenge } = dataOf(await client.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
    const otp = await lastCode(test, owner.email);
    const secret = await addAuthenticator(test, client);
    expect(codeNow(test, secret)).toMatch(/^\d{6}$/);
    const answer = await client.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp });
    expect(codeOf(answer)).toBe('USER_INVALID_TOKEN');
  });
});

it('signs up, and signs in, as before', async () => {
  const { userId } = await signUp(test);
  await proveShown(test, userId);
  expect(await countOf('security_changes', userId)).toBe(0);
});
