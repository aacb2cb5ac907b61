import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMfaChallengeDocument,
  CreatePhoneTokenDocument,
  CreatePhoneVerificationDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  DeleteAccountDocument,
  DeletePasskeyDocument,
  GetAccountDocument,
  ListSecurityChangesDocument,
  UndoChangeDocument,
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
import { addAuthenticator, codeNow } from '../support/authenticator.js';
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
import { addPasskey, Device, passkeySettings, signInByPasskey } from '../support/passkeys.js';
import { goodPassword as password, newEmail, proveShown, signIn, signUp } from '../support/people.js';
import { browse, newOwner, oldOwner, recover, replaceEmail, undo, undoLink } from '../support/undo.js';

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

/** Signs in at the provider from another browser. */
async function signInAtProvider(browser = test.client()): Promise<string> {
  const { error, userId, secret } = await signInAt(browser, 'OIDC');
  if (error) return error;
  return codeOf(await browser.run(CreateSessionDocument, { userId, secret }));
}

describe('a thief with a session', () => {
  it('loses a passkey, an identity, a number and a deletion with the newest link alone', async () => {
    const owner = await oldOwner(test);
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
    expect(await signInByPasskey(test, device)).toBe('USER_PASSKEY_INVALID');
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
    const owner = await oldOwner(test);
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
    const owner = await oldOwner(test);
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
    const owner = await oldOwner(test);
    dataOf(await (await browse(test, owner)).run(UpdateStatusDocument));
    const { changes } = await undo(test, owner.email, /was blocked/);
    expect(changes.map(({ kind }) => kind)).toEqual(['BLOCK']);
    await recover(test, owner.email, 'a whole new battery');
    await signIn(test.client(), { email: owner.email, password: 'a whole new battery' });
  });

  it('keeps nothing after an operator blocked and unblocked the account', async () => {
    const owner = await oldOwner(test);
    const thief = await browse(test, owner);
    const device = new Device();
    await addPasskey(thief, device);
    const link = await undoLink(test, owner.email, /passkey was added/);
    for (const enabled of [false, true])
      dataOf(await operatorOf(test).run(UpdateUserStatusDocument, { userId: owner.userId, enabled }));
    const { undoChange } = dataOf(await test.client().run(UndoChangeDocument, link));
    expect(undoChange.changes.map(({ kind }) => kind)).toEqual(['PASSKEY']);
    expect(await signInByPasskey(test, device)).toBe('USER_PASSKEY_INVALID');
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
    expect(await signInByPasskey(test, own)).toBe('ok');
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
    expect(await signInByPasskey(test, own)).toBe('ok');
  });
});

describe('a thief who reads the mailbox only', () => {
  it('removes no authenticator app that was added this week', async () => {
    const owner = await oldOwner(test);
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
    const owner = await oldOwner(test);
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
    const owner = await oldOwner(test);
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
    expect(await signInByPasskey(test, device)).toBe('USER_PASSKEY_INVALID');
    await signIn(test.client(), { email: owner.email, password: chosen });
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(CreateSessionDocument, link));
    test.clock.advance(3601);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => test.client().run(UndoChangeDocument, link));
  });
});

describe('an owner in the browser with a pending session', () => {
  it('reverts there, although the thief’s second factor is missing', async () => {
    const owner = await oldOwner(test);
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
    const owner = await oldOwner(test);
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
    const owner = await oldOwner(test);
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
    const owner = await oldOwner(test);
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
    expect(await signInByPasskey(test, device)).toBe('USER_PASSKEY_INVALID');
    await signIn(test.client(), { email, password });
  });

  it('is the owner if the confirmation comes with the password, and then loses nothing', async () => {
    const { userId, device, link } = await prepared();
    const wrong = () => confirm(link, { password: 'not the right one' });
    expect(codeOf(await wrong())).toBe('USER_INVALID_CREDENTIALS');
    expect(await userOf(userId)).toMatchObject({ lastVerifiedEmail: null });
    dataOf(await confirm(link, { password }));
    expect(await countOf('passkeys', userId)).toBe(1);
    expect(await signInByPasskey(test, device)).toBe('ok');
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
    expect(await signInByPasskey(test, device)).toBe('USER_PASSKEY_INVALID');
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
