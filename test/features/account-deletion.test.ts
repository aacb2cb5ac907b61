import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CancelAccountDeletionDocument,
  CreateEmailTokenDocument,
  CreateMfaRecoveryCodesDocument,
  DeleteAccountDocument,
  ExportAccountDocument,
  GetAccountDocument,
  UpdateNameDocument,
  UpdatePrefsDocument,
} from '../../src/client/documents.js';
import { days, later } from '../../src/clock.js';
import { tablesWithoutUserData, exportSections } from '../../src/features/account-export/service.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import { codeOf, dataOf } from '../support/expect.js';
import { lastMessage, messagesTo } from '../support/messages.js';
import { addPasskey, Device, passkeySettings } from '../support/passkeys.js';
import { jwtClient, proveShown, signedInPerson, signIn, signUp } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp(passkeySettings);
});
afterAll(() => test.close());

const scope = 'GENERAL_UNAUTHORIZED_SCOPE';

/** Rows that are left of a user, by table. */
async function leftOf(app: TestApp, userId: string): Promise<Record<string, number>> {
  const { rows } = await app.app.deps.db.query<{ table: string }>({
    text: `SELECT table_name AS "table" FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'userId'`,
  });
  const left: Record<string, number> = {};
  for (const [table, column] of [['users', 'id'], ...rows.map(({ table }) => [table, 'userId'])]) {
    const text = `SELECT count(*)::int AS "count" FROM "${table}" WHERE "${column}" = $1`;
    const answer = await app.app.deps.db.query<{ count: number }>({ text, values: [userId] });
    if (answer.rows[0]?.count) left[table ?? ''] = answer.rows[0].count;
  }
  return left;
}

/** Somebody with a row in every table that can hold one. */
async function settledPerson(app: TestApp) {
  const person = await signedInPerson(app);
  await proveShown(app, person.userId);
  await addAuthenticator(app, person.client);
  await addPasskey(person.client, new Device());
  dataOf(await person.client.run(CreateMfaRecoveryCodesDocument));
  dataOf(await person.client.run(UpdatePrefsDocument, { prefs: { b: 1, a: [null] } }));
  dataOf(await app.client().run(CreateEmailTokenDocument, { email: person.email }));
  return person;
}

describe('deleteAccount', () => {
  it('ends all sessions at once, and tells the owner how to take it back', async () => {
    const person = await settledPerson(test);
    const { client, userId, email } = person;
    const jwt = await jwtClient(person);
    const { deleteAccount } = dataOf(await client.run(DeleteAccountDocument));
    const deleteAt = later(test.clock.now(), days(7));
    expect(deleteAccount).toMatchObject({ id: userId, deleteAt: deleteAt.toISOString() });
    for (const caller of [client, jwt]) expect(codeOf(await caller.run(GetAccountDocument))).toBe(scope);
    const { subject, text } = await lastMessage(test, email);
    expect(subject).toBe('Your Accounts account will be deleted');
    expect(text).toMatch(/on March \d+, 2026/);
    expect(text).toContain('/auth/undo?');
    await signIn(client, person);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount.deleteAt).toBe(deleteAt.toISOString());
  });

  it('can be cancelled during the grace, with one notice', async () => {
    const person = await settledPerson(test);
    const { client, userId, email } = person;
    dataOf(await client.run(DeleteAccountDocument));
    await signIn(client, person);
    for (let count = 0; count < 2; count += 1) {
      const { cancelAccountDeletion } = dataOf(await client.run(CancelAccountDeletionDocument));
      expect(cancelAccountDeletion.deleteAt).toBeNull();
    }
    const notices = (await messagesTo(test, email)).filter(({ subject }) => subject.includes('cancelled'));
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).not.toContain('/auth/undo?');
    const { data } = await client.send('{ listLogs(first: 3) { nodes { event detail } } }');
    expect(data).toEqual({
      listLogs: {
        nodes: [
          { event: 'user.update', detail: 'deletion.cancel' },
          { event: 'session.create', detail: null },
          { event: 'user.update', detail: 'deletion.create' },
        ],
      },
    });
    test.clock.advance(days(8));
    await test.app.sweep();
    expect(await leftOf(test, userId)).toMatchObject({ users: 1 });
  });

  it('takes everything after the grace, in every table, and frees the address', async () => {
    const { client, userId, email } = await settledPerson(test);
    dataOf(await client.run(DeleteAccountDocument));
    const before = await leftOf(test, userId);
    expect(Object.keys(before).length).toBeGreaterThan(6);
    test.clock.advance(days(7) - 1);
    await test.app.sweep();
    expect((await leftOf(test, userId))['users']).toBe(1);
    test.clock.advance(1);
    await Promise.all([test.app.sweep(), test.app.sweep()]);
    expect(await leftOf(test, userId)).toEqual({});
    await signUp(test, email);
  });

  it('needs a proof that is fresh', async () => {
    const { client } = await signedInPerson(test);
    test.clock.advance(601);
    expect(codeOf(await client.run(DeleteAccountDocument))).toBe('USER_CHALLENGE_REQUIRED');
  });

  it('takes everything in the call where there is no grace', async () => {
    const none = await createTestApp({ ...passkeySettings, DELETION_GRACE: '0d' });
    const person = await settledPerson(none);
    const jwt = await jwtClient(person);
    const answers = await Promise.all([1, 2].map(() => person.client.run(DeleteAccountDocument)));
    expect(answers.map(codeOf).sort()).toEqual([scope, 'ok']);
    expect(await leftOf(none, person.userId)).toEqual({});
    for (const caller of [person.client, jwt])
      expect(codeOf(await caller.run(GetAccountDocument))).toBe(scope);
    await none.close();
  });
});

describe('exportAccount', () => {
  it('answers all that is held about the caller, and no secret', async () => {
    const person = await settledPerson(test);
    const { client, userId, email, sessionId } = person;
    await messagesTo(test, email);
    const { exportAccount } = dataOf(await client.run(ExportAccountDocument)) as {
      exportAccount: Record<string, Record<string, unknown>[]> & { user: object };
    };
    expect(Object.keys(exportAccount)).toEqual(Object.keys(exportSections));
    expect(exportAccount.user).toMatchObject({
      id: userId,
      email,
      lastVerifiedEmail: email,
      prefs: { b: 1, a: [null] },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(exportAccount['sessions']).toMatchObject([{ id: sessionId, origin: { ip: client.address } }]);
    for (const name of ['authenticators', 'passkeys', 'recoveryCodes', 'tokens', 'messages', 'logs'])
      expect([name, exportAccount[name]?.length]).not.toEqual([name, 0]);
    expect(exportAccount['messages']?.map(({ kind }) => kind)).toContain('otpSession');
    const text = JSON.stringify(exportAccount);
    const user = await test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id: userId } });
    for (const hidden of [user.passwordHash ?? '', '$argon2', person.secret, 'Sealed', 'Digest'])
      expect(text).not.toContain(hidden);
  });

  it('holds nothing of anybody else', async () => {
    const other = await settledPerson(test);
    const { client } = await settledPerson(test);
    const text = JSON.stringify(dataOf(await client.run(ExportAccountDocument)));
    for (const theirs of [other.userId, other.email, other.sessionId]) expect(text).not.toContain(theirs);
  });

  it('is answered five times a day', async () => {
    const { client } = await signedInPerson(test);
    const codes = [];
    for (let call = 0; call < 6; call += 1) codes.push(codeOf(await client.run(ExportAccountDocument)));
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'ok'), 'GENERAL_RATE_LIMIT_EXCEEDED']);
    expect(codeOf(await client.run(UpdateNameDocument, { name: 'Ada' }))).toBe('ok');
  });

  it('knows every column of every table: shown, or kept back for a reason', () => {
    const schema = readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');
    const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)];
    const names = new Set(models.map(([, name]) => name));
    expect(models.length).toBeGreaterThan(14);
    for (const [, , body = ''] of models) {
      const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
      const columns = [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)]
        .filter(([, , type]) => !names.has(type))
        .map(([, column]) => column);
      if (tablesWithoutUserData[table]) continue;
      const section = Object.values(exportSections).find((each) => each.table === table);
      expect([table, section ? [...section.shown, ...Object.keys(section.hidden)].sort() : null]).toEqual([
        table,
        columns.sort(),
      ]);
      for (const reason of Object.values(section?.hidden ?? {})) expect(reason.length).toBeGreaterThan(10);
    }
  });
});
