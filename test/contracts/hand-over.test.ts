import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateEmailTokenDocument, CreateSessionDocument } from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { dataOf } from '../support/expect.js';
import { lastCode } from '../support/messages.js';
import { signUp } from '../support/people.js';

// Whoever verifies an address gets the account that someone else made with it, emptied of what that person prepared. Each column of
// `users` is emptied or kept: a new one must be classified here. `test/features/addresses.test.ts` does the same for tables.

/** The values that the person who did not own the address left, and that must be gone. */
const emptied = {
  name: 'Eve',
  prefs: '{"theme":"stolen"}',
  phone: '+14155550142',
  passwordHash: '$argon2id$prepared',
  passwordKeyId: 'k1',
  passwordUpdatedAt: '2026-01-01T00:00:00.000Z',
  passwordVersion: 7,
  passwordFromRecovery: true,
  passwordHistory: '[{"hash":"prepared","keyId":"k1"}]',
  mfaEnabled: true,
  emailUnsettledSince: '2026-01-01T00:00:00.000Z',
  phoneUnsettledSince: '2026-01-01T00:00:00.000Z',
  mailboxSuffices: false,
  mfaRequiredSince: '2026-01-01T00:00:00.000Z',
  deleteAt: '2036-01-01T00:00:00.000Z',
} as const;
/** Set by the hand-over itself. */
const written = ['lastVerifiedEmail', 'updatedAt', 'accessedAt'];
/** Of the labels, those that the application gave at sign-up: see `test/features/decisions.test.ts`. */
const partly = ['signUpLabels'];
/** What is of the account, and no one's work. Operators write the labels. */
const kept = [
  'testAccount',
  'id',
  'createdAt',
  'registeredAt',
  'enabled',
  'labels',
  'email',
  'lastVerifiedPhone',
];

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const columnsOf = async (userId: string): Promise<Record<string, unknown>> => {
  const { rows } = await test.app.deps.db.query<{ row: Record<string, unknown> }>({
    text: 'SELECT to_json(u) AS "row" FROM users u WHERE "id" = $1',
    values: [userId],
  });
  return rows[0]?.row ?? {};
};

describe('handing an account over', () => {
  it('classifies every column of users', async () => {
    const { userId } = await signUp(test);
    const columns = Object.keys(await columnsOf(userId)).sort();
    expect([...Object.keys(emptied), ...written, ...partly, ...kept].sort()).toEqual(columns);
  });

  it('empties what it says, and keeps the rest', async () => {
    const { userId, email } = await signUp(test);
    const assignments = Object.keys(emptied).map((column, index) => {
      const cast = column === 'prefs' ? '::json' : column === 'passwordHistory' ? '::jsonb' : '';
      return `"${column}" = $${index + 2}${cast}`;
    });
    await test.app.deps.db.query({
      text: `UPDATE users SET ${assignments.join(', ')} WHERE "id" = $1`,
      values: [userId, ...Object.values(emptied)],
    });
    const before = await columnsOf(userId);
    const owner = test.client();
    const { createEmailToken } = dataOf(await owner.run(CreateEmailTokenDocument, { email }));
    const secret = await lastCode(test, email);
    const answer = await owner.run(CreateSessionDocument, { userId: createEmailToken.userId, secret });
    expect(dataOf(answer).createSession.userId).toBe(userId);
    const after = await columnsOf(userId);
    for (const column of Object.keys(emptied)) expect(after[column], column).not.toEqual(before[column]);
    for (const column of kept) expect(after[column], column).toEqual(before[column]);
  });
});
