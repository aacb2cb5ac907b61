import { describe, expect, it } from 'vitest';
import {
  CreateAnonymousSessionDocument,
  CreateEmailTokenDocument,
  GetAccountDocument,
} from '../../src/client/documents.js';
import { createTestApp } from '../support/app.js';
import { codeOf, dataOf } from '../support/expect.js';
import { newEmail, signedInPerson } from '../support/people.js';

describe('the sweeper', () => {
  it('removes what has expired and leaves what lives', async () => {
    const test = await createTestApp({ SESSION_LIFETIME: '1h' });
    const { prisma } = test.app.deps.db;
    dataOf(await test.client().run(CreateAnonymousSessionDocument));
    dataOf(await test.client().run(CreateEmailTokenDocument, { email: newEmail() }));
    await test.app.worker.deliverDue();
    test.clock.advance(3600);
    const person = await signedInPerson(test);
    await test.app.sweep();
    expect(await prisma.session.count()).toBe(1);
    expect(await prisma.token.count()).toBe(0);
    expect(await prisma.outbox.count()).toBe(1);
    expect(codeOf(await person.client.run(GetAccountDocument))).toBe('ok');
    test.clock.advance(8 * 86_400);
    await test.app.sweep();
    expect(await prisma.outbox.count()).toBe(0);
    expect(await prisma.session.count()).toBe(0);
    expect(await prisma.log.count({ where: { userId: null } })).toBe(0);
    expect(await prisma.user.count()).toBe(2);
    await test.close();
  });
});
