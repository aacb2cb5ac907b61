import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  DeleteAccountDocument,
  ExportAccountDocument,
  GetAccountDocument,
  ListLogsDocument,
  UpdateEmailDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode, messagesTo } from '../support/messages.js';
import { newEmail, proveShown, signedInPerson, signIn } from '../support/people.js';

// What has expired does not count, although the sweep removes it minutes later. No test here runs the sweep.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ LOG_RETENTION: '5d', SESSION_LIFETIME: '3d', DELETION_GRACE: '2d' });
});
afterAll(() => test.close());

describe('a log entry older than LOG_RETENTION', () => {
  it('is neither listed nor exported', async () => {
    const person = await signedInPerson(test);
    test.clock.advance(days(5));
    await signIn(person.client, person);
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, {}));
    expect(listLogs).toMatchObject({ totalCount: 1, nodes: [{ event: 'session.create' }] });
    const { exportAccount } = dataOf(await person.client.run(ExportAccountDocument));
    expect(exportAccount).toMatchObject({ logs: [{ event: 'session.create' }] });
  });
});

describe('an expired session', () => {
  it('is not exported', async () => {
    const person = await signedInPerson(test);
    test.clock.advance(days(3));
    const { sessionId } = await signIn(person.client, person);
    const { exportAccount } = dataOf(await person.client.run(ExportAccountDocument));
    expect(exportAccount).toMatchObject({ sessions: [{ id: sessionId }] });
  });
});

describe('an account whose deletion is due', () => {
  /** Someone whose account is due in one millisecond, signed in again during the grace period. */
  async function almostDeleted() {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const { deleteAccount } = dataOf(await person.client.run(DeleteAccountDocument));
    await signIn(person.client, person);
    test.clock.moveToJustBefore(deleteAccount.deleteAt ?? '');
    return person;
  }

  it('has no valid session from that millisecond on', async () => {
    const { client } = await almostDeleted();
    expect(codeOf(await client.run(GetAccountDocument))).toBe('ok');
    test.clock.advance(0.001);
    expect(codeOf(await client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it('is not signed in to with the right password', async () => {
    const person = await almostDeleted();
    test.clock.advance(0.001);
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', () =>
      test.client().run(CreateEmailPasswordSessionDocument, person),
    );
  });

  it('keeps its verified address until the sweep: nobody else can display it', async () => {
    const { email } = await almostDeleted();
    test.clock.advance(0.001);
    const other = await signedInPerson(test);
    await expectRefusal(test, 'USER_EMAIL_ALREADY_EXISTS', () =>
      other.client.run(UpdateEmailDocument, { email, password: other.password }),
    );
  });

  it('keeps its verified address also if it displays another one', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const change = { email: newEmail(), password: person.password };
    dataOf(await person.client.run(UpdateEmailDocument, change));
    const { deleteAccount } = dataOf(await person.client.run(DeleteAccountDocument));
    test.clock.moveToJustBefore(deleteAccount.deleteAt ?? '');
    test.clock.advance(0.001);
    const other = await signedInPerson(test);
    await expectRefusal(test, 'USER_EMAIL_ALREADY_EXISTS', () =>
      other.client.run(UpdateEmailDocument, { email: person.email, password: other.password }),
    );
  });

  it('receives no recovery mail', async () => {
    const person = await almostDeleted();
    const before = await messagesTo(test, person.email);
    test.clock.advance(0.001);
    dataOf(await test.client().run(CreateRecoveryDocument, { email: person.email }));
    expect(await messagesTo(test, person.email)).toEqual(before);
  });

  it('is not signed in to with a code: the address is free a few minutes later', async () => {
    const person = await almostDeleted();
    test.clock.advance(0.001);
    const client = test.client();
    const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email: person.email }));
    const variables = { userId: createEmailToken.userId, secret: await lastCode(test, person.email) };
    await expectRefusal(test, 'GENERAL_SERVICE_UNAVAILABLE', () =>
      client.run(CreateSessionDocument, variables),
    );
    await test.app.sweep();
    const { createSession } = dataOf(await client.run(CreateSessionDocument, variables));
    expect(createSession.userId).not.toBe(person.userId);
  });
});
