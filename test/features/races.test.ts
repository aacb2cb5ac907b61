import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  UpdateNameDocument,
  UpdateRecoveryDocument,
  UpdateVerificationDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { lastCode, lastLink } from '../support/messages.js';
import { newEmail, proveShown, signedInPerson } from '../support/people.js';
import { hasPostgres } from '../support/postgres.js';

// What happens between a look at a row and the lock on it: the lock is held here until the request waits for it, so that the
// race is won each time. It takes two sessions, and so a PostgreSQL server.

const postgres = await hasPostgres();

describe.skipIf(!postgres)('while a request waits for the lock on a user', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ RATE_LIMITS: 'off' }, true);
  });
  afterAll(() => test?.close());

  /** Changes the row under its lock while the request waits for it; answers what the request came to. */
  async function overtake<Data>(
    userId: string,
    change: string,
    values: readonly unknown[],
    request: () => Promise<Answer<Data>>,
  ): Promise<string> {
    const { db } = test.app.deps;
    let waiting: Promise<Answer<Data>> | undefined;
    await db.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM users WHERE "id" = ${userId} FOR UPDATE`;
      waiting = request();
      for (let waits = 0; waits === 0; await pause(5)) {
        const text = `SELECT count(*)::int AS waits FROM pg_stat_activity WHERE "wait_event_type" = 'Lock'
          AND "datname" = current_database()`;
        waits = (await db.query<{ waits: number }>({ text })).rows[0]?.waits ?? 0;
      }
      await tx.$executeRawUnsafe(change, ...values);
    });
    return codeOf((await waiting) as Answer<Data>);
  }

  const row = async (userId: string) => {
    const user = await test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id: userId } });
    const { email, lastVerifiedEmail, name } = user;
    return { email, lastVerifiedEmail, name };
  };
  /** As `updateEmail(V)` then `updateEmail(X)` would leave it. */
  const showAnother = 'UPDATE users SET "email" = $2 WHERE "id" = $1';

  it('a link proves nothing but the address it was sent to', async () => {
    const attacker = await signedInPerson(test);
    const owner = test.client();
    dataOf(await owner.run(CreateMagicUrlTokenDocument, { email: attacker.email }));
    const { userId: handle, secret } = await lastLink(test, attacker.email);
    const elsewhere = newEmail();
    const code = await overtake(attacker.userId, showAnother, [attacker.userId, elsewhere], () =>
      owner.run(CreateSessionDocument, { userId: handle, secret }),
    );
    expect(code).toBe('USER_INVALID_TOKEN');
    expect(await row(attacker.userId)).toEqual({ email: elsewhere, lastVerifiedEmail: null, name: '' });
  });

  it('a code, a confirmation and a recovery link neither', async () => {
    const attempts: ((
      email: string,
      client: ReturnType<TestApp['client']>,
    ) => Promise<() => Promise<Answer<unknown>>>)[] = [
      async (email, client) => {
        const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email }));
        const secret = await lastCode(test, email);
        return () => client.run(CreateSessionDocument, { userId: createEmailToken.userId, secret });
      },
      async (email, client) => {
        dataOf(await client.run(CreateRecoveryDocument, { email }));
        const { userId, secret } = await lastLink(test, email);
        return () => client.run(UpdateRecoveryDocument, { userId, secret, password: 'a brand new password' });
      },
    ];
    for (const prepare of attempts) {
      const attacker = await signedInPerson(test);
      const request = await prepare(attacker.email, test.client());
      const elsewhere = newEmail();
      const values = [attacker.userId, elsewhere];
      expect(await overtake(attacker.userId, showAnother, values, request)).toBe('USER_INVALID_TOKEN');
      expect(await row(attacker.userId)).toMatchObject({ email: elsewhere, lastVerifiedEmail: null });
    }
    const person = await signedInPerson(test);
    dataOf(await person.client.run(CreateVerificationDocument));
    const { userId, secret } = await lastLink(test, person.email);
    const elsewhere = newEmail();
    const code = await overtake(person.userId, showAnother, [person.userId, elsewhere], () =>
      person.client.run(UpdateVerificationDocument, { userId, secret }),
    );
    expect(code).toBe('USER_INVALID_TOKEN');
    expect(await row(person.userId)).toMatchObject({ email: elsewhere, lastVerifiedEmail: null });
  });

  it('a session that ends meanwhile changes nothing any more', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const end = 'DELETE FROM sessions WHERE "userId" = $1';
    const code = await overtake(person.userId, end, [person.userId], () =>
      person.client.run(UpdateNameDocument, { name: 'Mallory' }),
    );
    expect(code).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect(await row(person.userId)).toMatchObject({ name: '' });
  });

  it('an account that is blocked meanwhile is not signed in to', async () => {
    const person = await signedInPerson(test);
    await proveShown(test, person.userId);
    const client = test.client();
    const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email: person.email }));
    const secret = await lastCode(test, person.email);
    const block = 'UPDATE users SET "enabled" = false WHERE "id" = $1';
    const code = await overtake(person.userId, block, [person.userId], () =>
      client.run(CreateSessionDocument, { userId: createEmailToken.userId, secret }),
    );
    expect(code).toBe('USER_BLOCKED');
  });
});
