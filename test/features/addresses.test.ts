import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreateMfaRecoveryCodesDocument,
  CreatePhoneTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  DeleteAccountDocument,
  GetAccountDocument,
  ListLogsDocument,
  ListMfaFactorsDocument,
  UpdateEmailDocument,
  UpdateMfaDocument,
  UpdateNameDocument,
  UpdatePhoneDocument,
  UpdatePrefsDocument,
  UpdateRecoveryDocument,
  UpdateStatusDocument,
  UpdateVerificationDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { days } from '../../src/clock.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode, lastLink, messagesTo } from '../support/messages.js';
import { goodPassword, newEmail, type Person, proveShown, signIn, signUp } from '../support/people.js';

// Whose an address is: each case was an attack that worked, or something that happens to ordinary people.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ RATE_LIMITS: 'off' });
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(3600));

const password = goodPassword;
const prepareNewPassword = 'another horse, another staple';
const freshEmail = () => `proof-${newEmail()}`;
let numbers = 0;
const newPhone = () => `+1415555${String(7000 + numbers++)}`;

/** Somebody who registers an address, in a browser of their own: it keeps the cookies. */
async function register(email: string): Promise<Person> {
  const person = await signUp(test, email);
  await person.client.browse(CreateEmailPasswordSessionDocument, { email, password });
  person.client.cookies.delete('session');
  return { ...person, ...(await signIn(person.client, person)) };
}

/** Signs in with the code that was mailed, as whoever reads the mailbox. */
async function signInByMail(client: Client, email: string) {
  const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email }));
  const redeem = { userId: createEmailToken.userId, secret: await lastCode(test, email) };
  const { createSession } = dataOf(await client.run(CreateSessionDocument, redeem));
  client.bearer = createSession.secret;
  return createSession;
}

async function signInBySms(client: Client, phone: string) {
  const { createPhoneToken } = dataOf(await client.run(CreatePhoneTokenDocument, { phone }));
  const redeem = { userId: createPhoneToken.userId, secret: await lastCode(test, phone) };
  const { createSession } = dataOf(await client.run(CreateSessionDocument, redeem));
  client.bearer = createSession.secret;
  return createSession;
}

async function recover(client: Client, email: string, wanted = prepareNewPassword): Promise<string> {
  dataOf(await client.run(CreateRecoveryDocument, { email }));
  const { userId, secret } = await lastLink(test, email);
  return codeOf(await client.run(UpdateRecoveryDocument, { userId, secret, password: wanted }));
}

const me = async ({ client }: { client: Client }) => dataOf(await client.run(GetAccountDocument)).getAccount;
const events = async ({ client }: { client: Client }) =>
  dataOf(await client.run(ListLogsDocument, {})).listLogs.nodes.map(({ event }) => event);
const passwordWorks = async (email: string, candidate = password) =>
  codeOf(await test.client().run(CreateEmailPasswordSessionDocument, { email, password: candidate }));

describe('an account that never proved anything', () => {
  /** All that a stranger can prepare on an address of somebody else. */
  async function plant(email: string): Promise<Person> {
    const attacker = await register(email);
    const { client } = attacker;
    dataOf(await client.run(UpdateNameDocument, { name: 'Mallory' }));
    dataOf(await client.run(UpdatePrefsDocument, { prefs: { planted: true } }));
    dataOf(await client.run(UpdatePhoneDocument, { phone: newPhone(), password }));
    await addAuthenticator(test, client);
    dataOf(await client.run(CreateMfaRecoveryCodesDocument));
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    return attacker;
  }

  const proofs: Record<string, (client: Client, email: string) => Promise<unknown>> = {
    'a code': signInByMail,
    'a recovery link': async (client, email) => {
      expect(await recover(client, email)).toBe('ok');
      await signIn(client, { email, password: prepareNewPassword });
    },
  };
  for (const [name, prove] of Object.entries(proofs)) {
    it(`is handed to whoever proves its address by ${name}, emptied of all that was prepared`, async () => {
      const email = freshEmail();
      const attacker = await plant(email);
      const owner = { client: test.client() };
      await prove(owner.client, email);
      expect(await me(owner)).toMatchObject({
        id: attacker.userId,
        email,
        emailVerified: true,
        phone: null,
        name: '',
        prefs: {},
        mfaEnabled: false,
      });
      expect(dataOf(await owner.client.run(ListMfaFactorsDocument)).listMfaFactors).toEqual({
        totp: false,
        phone: false,
        email: true,
        recoveryCode: false,
        passkey: false,
      });
      expect(codeOf(await attacker.client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
      expect(await passwordWorks(email)).toBe('USER_INVALID_CREDENTIALS');
      expect(await events(owner)).toEqual(expect.arrayContaining(['user.create', 'user.update']));
    });
  }

  it('is not deleted after the owner of its address has it, although a stranger had scheduled that', async () => {
    const email = freshEmail();
    const { client, userId } = await plant(email);
    dataOf(await client.run(DeleteAccountDocument));
    const owner = { client: test.client() };
    await signInByMail(owner.client, email);
    expect(await me(owner)).toMatchObject({ id: userId, email, deleteAt: null });
    test.clock.advance(8 * 86_400);
    await test.app.sweep();
    owner.client = test.client();
    await signInByMail(owner.client, email);
    expect(await me(owner)).toMatchObject({ id: userId, name: '' });
  });

  it('keeps no one out after a stranger has blocked it', async () => {
    const email = freshEmail();
    const stranger = await plant(email);
    dataOf(await stranger.client.run(UpdateStatusDocument));
    const owner = { client: test.client() };
    await signInByMail(owner.client, email);
    expect(await me(owner)).toMatchObject({ email, emailVerified: true, enabled: true, name: '' });
    expect((await me(owner)).id).not.toBe(stranger.userId);
    expect(codeOf(await stranger.client.run(GetAccountDocument))).toBe('USER_BLOCKED');
  });

  it('leaves nothing behind in any table that refers to the user, but its log', async () => {
    const email = freshEmail();
    const { userId } = await plant(email);
    const { db } = test.app.deps;
    const now = test.clock.now();
    const identity = { provider: 'github', providerUid: 'planted', createdAt: now, updatedAt: now };
    await db.prisma.identity.create({
      data: { ...identity, id: '01a20e24-2222-7fbd-ad20-d034af4fe6f7', userId },
    });
    await db.prisma.passkey.create({
      data: {
        id: '01a20e24-3333-7fbd-ad20-d034af4fe6f7',
        userId,
        credentialId: 'planted',
        publicKey: new Uint8Array(77),
        counter: 0,
        transports: [],
        backedUp: false,
        model: '00000000-0000-0000-0000-000000000000',
        name: 'Planted',
        createdAt: now,
        updatedAt: now,
      },
    });
    const client = test.client();
    dataOf(await client.run(CreateEmailTokenDocument, { email }));
    await signInByMail(client, email);
    const { rows } = await db.query<{ table: string; column: string }>({
      text: `SELECT c.conrelid::regclass::text AS "table", a.attname AS "column" FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass`,
    });
    const left: Record<string, number> = {};
    for (const { table, column } of rows) {
      const text = `SELECT count(*)::int AS n FROM ${table} WHERE "${column}" = $1`;
      left[table] = (await db.query<{ n: number }>({ text, values: [userId] })).rows[0]?.n ?? -1;
    }
    const { logs, outbox: _mails, ...others } = left;
    expect(others).toEqual({
      sessions: 1,
      devices: 1,
      tokens: 0,
      challenges: 0,
      identities: 0,
      authenticators: 0,
      recovery_codes: 0,
      security_changes: 0,
      passkeys: 0,
      invitations: 0,
    });
    expect(logs).toBeGreaterThan(5);
  });

  it('keeps everything when the proof comes from a device of its own', async () => {
    const email = freshEmail();
    const person = await plant(email);
    person.client.bearer = null;
    const session = await signInByMail(person.client, email);
    expect(session.userId).toBe(person.userId);
    const { rows } = await test.app.deps.db.query({
      text: `SELECT "name", "prefs", "mfaEnabled", "lastVerifiedEmail" FROM users WHERE "id" = $1`,
      values: [person.userId],
    });
    expect(rows).toEqual([
      { name: 'Mallory', prefs: { planted: true }, mfaEnabled: true, lastVerifiedEmail: email },
    ]);
    expect(await passwordWorks(email)).toBe('ok');
  });

  it('keeps its password when its own session confirms the address', async () => {
    const person = await register(freshEmail());
    dataOf(await person.client.run(CreateVerificationDocument));
    const { userId, secret } = await lastLink(test, person.email);
    person.client.cookies.clear();
    dataOf(await person.client.run(UpdateVerificationDocument, { userId, secret }));
    expect(await me(person)).toMatchObject({ emailVerified: true });
    expect(await passwordWorks(person.email)).toBe('ok');
  });

  it('bars nobody by a number it only claims: the owner of the mailbox is safe from it', async () => {
    const email = freshEmail();
    const attacker = await register(email);
    const phone = newPhone();
    dataOf(await attacker.client.run(UpdatePhoneDocument, { phone, password }));
    const owner = { client: test.client() };
    const { userId } = await signInByMail(owner.client, email);
    dataOf(
      await owner.client.run(UpdateEmailDocument, { email: freshEmail(), password: prepareNewPassword }),
    );
    const session = await signInBySms(test.client(), phone);
    expect(session.userId).not.toBe(userId);
  });
});

describe('an account that has proven an address', () => {
  async function proven(): Promise<Person> {
    const person = await register(freshEmail());
    await proveShown(test, person.userId);
    return person;
  }

  it('keeps it reserved while it shows another one', async () => {
    const person = await proven();
    const shown = freshEmail();
    dataOf(await person.client.run(UpdateEmailDocument, { email: shown, password }));
    expect(await me(person)).toMatchObject({ email: shown, emailVerified: false });
    await expectRefusal(test, 'USER_ALREADY_EXISTS', () =>
      test.client().run(CreateAccountDocument, { email: person.email, password }),
    );
    const other = await register(freshEmail());
    await expectRefusal(test, 'USER_EMAIL_ALREADY_EXISTS', () =>
      other.client.run(UpdateEmailDocument, { email: person.email, password }),
    );
    expect([await passwordWorks(person.email), await passwordWorks(shown)]).toEqual(['ok', 'ok']);
    expect((await signInByMail(test.client(), person.email)).userId).toBe(person.userId);
    expect(await recover(test.client(), person.email)).toBe('ok');
    expect(await passwordWorks(shown, prepareNewPassword)).toBe('ok');
    expect((await messagesTo(test, person.email)).map(({ subject }) => subject)).toContain(
      'Your Accounts e-mail address was changed',
    );
    expect((await messagesTo(test, shown)).length).toBe(0);
  });

  it('keeps it reserved for seven days after the new one is verified', async () => {
    const person = await proven();
    const shown = freshEmail();
    dataOf(await person.client.run(UpdateEmailDocument, { email: shown, password }));
    dataOf(await person.client.run(CreateVerificationDocument));
    const { userId, secret } = await lastLink(test, shown);
    dataOf(await person.client.run(UpdateVerificationDocument, { userId, secret }));
    expect(await me(person)).toMatchObject({ email: shown, emailVerified: true });
    expect(await passwordWorks(person.email)).toBe('USER_INVALID_CREDENTIALS');
    const signUp = () => test.client().run(CreateAccountDocument, { email: person.email, password });
    expect(codeOf(await signUp())).toBe('USER_ALREADY_EXISTS');
    test.clock.advance(days(7));
    dataOf(await signUp());
  });

  it('shows it again when the owner of a mistyped one turns up, who gets an account of their own', async () => {
    const person = await proven();
    const mistyped = freshEmail();
    dataOf(await person.client.run(UpdateEmailDocument, { email: mistyped, password }));
    const stranger = { client: test.client() };
    expect((await signInByMail(stranger.client, mistyped)).userId).not.toBe(person.userId);
    expect(await me(stranger)).toMatchObject({ email: mistyped, emailVerified: true, name: '' });
    expect(await me(person)).toMatchObject({ email: person.email, emailVerified: true });
    expect((await events(person)).filter((event) => event === 'user.update').length).toBe(2);
    expect((await messagesTo(test, person.email))[0]?.subject).toBe(
      'An address was taken off your Accounts account',
    );
    expect(await recover(test.client(), mistyped)).toBe('ok');
    expect(await passwordWorks(person.email)).toBe('ok');
  });

  it('is not recovered, and is told nothing, through an address that it only shows', async () => {
    const person = await proven();
    const mistyped = freshEmail();
    dataOf(await person.client.run(UpdateEmailDocument, { email: mistyped, password }));
    dataOf(await test.client().run(CreateRecoveryDocument, { email: mistyped }));
    expect(await messagesTo(test, mistyped)).toEqual([]);
  });

  it('is not handed to whoever confirms a mistyped address elsewhere; the secret stays good for the owner', async () => {
    const person = await proven();
    const mistyped = freshEmail();
    dataOf(await person.client.run(UpdateEmailDocument, { email: mistyped, password }));
    dataOf(await person.client.run(CreateVerificationDocument));
    const { userId, secret } = await lastLink(test, mistyped);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(UpdateVerificationDocument, { userId, secret }),
    );
    dataOf(await person.client.run(UpdateVerificationDocument, { userId, secret }));
    expect(await me(person)).toMatchObject({ email: mistyped, emailVerified: true });
  });

  it('is signed in to by SMS on a device of its own, and by nobody else who has the number', async () => {
    const person = await proven();
    const phone = newPhone();
    dataOf(await person.client.run(UpdatePhoneDocument, { phone, password }));
    person.client.bearer = null;
    expect((await signInBySms(person.client, phone)).userId).toBe(person.userId);
    expect(await me(person)).toMatchObject({ phone, phoneVerified: true });

    const other = await proven();
    const claimed = newPhone();
    dataOf(await other.client.run(UpdatePhoneDocument, { phone: claimed, password }));
    expect((await signInBySms(test.client(), claimed)).userId).not.toBe(other.userId);
    expect(await me(other)).toMatchObject({ phone: null, phoneVerified: false, email: other.email });
  });
});

describe('a secret that was sent to an address', () => {
  it('proves nothing on an account that has let go of it since', async () => {
    const email = freshEmail();
    const attacker = await register(email);
    const owner = test.client();
    const { createMagicURLToken } = dataOf(await owner.run(CreateMagicUrlTokenDocument, { email }));
    const { secret } = await lastLink(test, email);
    const elsewhere = freshEmail();
    dataOf(await attacker.client.run(UpdateEmailDocument, { email: elsewhere, password }));
    const redeem = { userId: createMagicURLToken.userId, secret };
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => owner.run(CreateSessionDocument, redeem));
    expect(await me(attacker)).toMatchObject({ email: elsewhere, emailVerified: false });
    expect((await signInByMail(owner, email)).userId).not.toBe(attacker.userId);
  });
});
