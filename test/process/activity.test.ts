import { afterAll, beforeAll, expect, it } from 'vitest';
import { CreateEmailPasswordSessionDocument } from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import type { Database } from '../../src/db/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { borrowDatabase } from '../support/databases.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { newEmail, signedInPerson } from '../support/people.js';

const onPostgres = process.env['TEST_DATABASE_URL'] !== undefined;
let database: Database;

beforeAll(async () => {
  database = await borrowDatabase(onPostgres);
});
afterAll(() => database.close());

/** Starts a server on the database that all servers of this file share. */
const startServer = (): Promise<TestApp> =>
  createTestApp(operatorSettings, onPostgres, async () => ({ ...database, close: async () => {} }));

const failSignIn = (test: TestApp) =>
  test.client().run(CreateEmailPasswordSessionDocument, { email: newEmail(), password: 'a wrong password' });

const loadActivity = async (test: TestApp) => {
  const response = await operatorOf(test).fetch('/console/activity');
  if (!response.ok) return response.status;
  const points = (await response.json()) as { signIns: number; failures: number; waiting: number }[];
  return {
    signIns: points.map(({ signIns }) => signIns).filter(Boolean),
    failures: points.map(({ failures }) => failures).filter(Boolean),
  };
};

it('adds up the activity of all servers, keeps it after they stop, and deletes it after a day', async () => {
  const [first, second] = await Promise.all([startServer(), startServer()]);
  await signedInPerson(first);
  await failSignIn(first);
  await signedInPerson(second);
  await failSignIn(second);
  await failSignIn(second);
  await Promise.all([first.close(), second.close()]);
  const third = await startServer();
  await failSignIn(third);
  expect(await loadActivity(third)).toEqual({ signIns: [2], failures: [4] });
  third.clock.advance(days(2));
  await third.app.sweep();
  expect((await database.query({ text: `SELECT 1 FROM activity WHERE "signIns" > 0` })).rows).toEqual([]);
  expect(await loadActivity(third)).toEqual({ signIns: [], failures: [] });
  await third.close();
});

it('keeps counts that could not be stored and stores them later', async () => {
  const test = await startServer();
  await failSignIn(test);
  await database.query({ text: 'ALTER TABLE activity RENAME TO activity_away' });
  expect(await loadActivity(test)).toBe(500);
  await database.query({ text: 'ALTER TABLE activity_away RENAME TO activity' });
  await failSignIn(test);
  expect(await loadActivity(test)).toEqual({ signIns: [], failures: [2] });
  await test.close();
});
