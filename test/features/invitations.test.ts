import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailTokenDocument,
  CreateInvitationDocument,
  CreateSessionDocument,
  CreateUserDocument,
  DeleteInvitationDocument,
  ExportAccountDocument,
  GetAccountDocument,
  ListInvitationsDocument,
  UpdateUserLabelsDocument,
  UpdateUserVerificationDocument,
} from '../../src/client/documents.js';
import { days, lifetimes } from '../../src/clock.js';
import { invitationRetention } from '../../src/features/sign-up/invitations/service.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode, lastLink, lastMessage } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail } from '../support/people.js';

// What a thief can do: with the mailbox of the invited person, accept the invitation; with an account that displays the address without
// having verified it, nothing, because accepting empties that account; with an operator's key, send a bounded number of emails in a day.
// What the invited person can do: accept once within 7 days, also after signing up. What the operator can do: stop the link at any time.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({
    ...operatorSettings,
    SIGN_UP: 'invited',
    SIGN_UP_DOMAINS: 'example.com',
    USER_LIMIT: '1',
  });
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(days(1)));

const invite = async (variables: { email: string; name?: string; labels?: string[]; url?: string }) =>
  dataOf(await operatorOf(test).run(CreateInvitationDocument, variables)).createInvitation;

const accept = async (email: string, client = test.client()) => {
  const { userId, secret } = await lastLink(test, email);
  return client.run(CreateSessionDocument, { userId, secret });
};

const list = async () =>
  dataOf(await operatorOf(test).run(ListInvitationsDocument, { first: 100 })).listInvitations.nodes;

describe('createInvitation', () => {
  it('sends a link that creates an account with the name, the labels and the verified address', async () => {
    const email = newEmail();
    const invitation = await invite({ email, name: 'Ada', labels: ['beta', 'staff'] });
    expect(invitation).toEqual({
      id: expect.any(String),
      createdAt: test.clock.now().toISOString(),
      expiresAt: new Date(test.clock.now().getTime() + lifetimes.invitation * 1000).toISOString(),
      email,
      name: 'Ada',
      labels: ['beta', 'staff'],
      invitedBy: 'ada',
      acceptedAt: null,
      userId: null,
    });
    const message = await lastMessage(test, email);
    expect(message.subject).toBe('Invitation to Accounts');
    expect(message.text).toContain('You are invited to create an account at Accounts.');
    const { url, expire } = await lastLink(test, email);
    expect([url.origin + url.pathname, expire]).toEqual([
      `${test.url}/auth/invitation`,
      invitation.expiresAt,
    ]);
    const { createSession: session } = dataOf(await accept(email));
    const client = test.client().withBearer(session.secret);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      id: session.userId,
      name: 'Ada',
      labels: ['beta', 'staff'],
      email,
      emailVerified: true,
    });
    expect((await list()).find(({ id }) => id === invitation.id)).toMatchObject({
      acceptedAt: test.clock.now().toISOString(),
      userId: session.userId,
    });
    const exported = dataOf(await client.run(ExportAccountDocument)).exportAccount as {
      invitations: object[];
    };
    expect(exported.invitations).toEqual([
      expect.objectContaining({ id: invitation.id, email, name: 'Ada' }),
    ]);
  });

  it('leads to a page of the application', async () => {
    const email = newEmail();
    await invite({ email, url: 'http://localhost:3000/welcome?plan=pro' });
    expect((await lastLink(test, email)).url.href).toMatch(
      /^http:\/\/localhost:3000\/welcome\?plan=pro&userId=.+&secret=.+&expire=/,
    );
  });

  it('rejects an address that has an account', async () => {
    const email = newEmail();
    dataOf(await operatorOf(test).run(CreateUserDocument, { email }));
    await expectRefusal(test, 'USER_ALREADY_EXISTS', () =>
      operatorOf(test).run(CreateInvitationDocument, { email }),
    );
  });

  it('names every wrong argument', async () => {
    const answer = await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      operatorOf(test).run(CreateInvitationDocument, {
        email: 'no address',
        name: 'x'.repeat(200),
        labels: ['a b'],
        url: 'https://elsewhere.example/',
      }),
    );
    const issues = ['email', 'name', 'labels', 'url'].map((argument) =>
      expect.objectContaining({ argument }),
    );
    expect(answer.errors[0]?.extensions).toMatchObject({ issues });
  });

  it('replaces an earlier invitation to the same address', async () => {
    const email = newEmail();
    const first = await invite({ email });
    const link = await lastLink(test, email);
    const second = await invite({ email, name: 'Ada' });
    const { userId, secret } = link;
    expect(codeOf(await test.client().run(CreateSessionDocument, { userId, secret }))).toBe(
      'USER_INVALID_TOKEN',
    );
    expect((await list()).filter((each) => each.email === email).map(({ id }) => id)).toEqual([second.id]);
    expect(first.id).not.toBe(second.id);
    dataOf(await accept(email));
  });

  it('keeps one invitation of two that are sent at the same time', async () => {
    const email = newEmail();
    await Promise.all([invite({ email }), invite({ email })]);
    expect((await list()).filter((each) => each.email === email)).toHaveLength(1);
    dataOf(await accept(email));
  });

  it('is rejected when the address has received enough email for the day', async () => {
    const email = newEmail();
    for (let sent = 0; sent < 3; sent += 1) await invite({ email });
    await expectRefusal(test, 'GENERAL_RATE_LIMIT_EXCEEDED', () =>
      operatorOf(test).run(CreateInvitationDocument, { email }),
    );
  });
});

describe('the link of an invitation', () => {
  it('works once, also when it is used twice at the same time', async () => {
    const email = newEmail();
    await invite({ email });
    const { userId, secret } = await lastLink(test, email);
    const redeem = () => test.client().run(CreateSessionDocument, { userId, secret });
    const codes = (await Promise.all([redeem(), redeem()])).map(codeOf);
    expect(codes.sort()).toEqual(['USER_INVALID_TOKEN', 'ok']);
    expect(await test.app.deps.db.prisma.user.count({ where: { email } })).toBe(1);
  });

  it('expires after seven days', async () => {
    const email = newEmail();
    await invite({ email });
    const { userId, secret } = await lastLink(test, email);
    test.clock.advance(lifetimes.invitation);
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(CreateSessionDocument, { userId, secret }),
    );
  });

  it('is rejected while someone is signed in', async () => {
    const email = newEmail();
    await invite({ email });
    const other = newEmail();
    await invite({ email: other });
    const { createSession } = dataOf(await accept(other));
    const { userId, secret } = await lastLink(test, email);
    await expectRefusal(test, 'USER_SESSION_ALREADY_EXISTS', () =>
      test.client().withBearer(createSession.secret).run(CreateSessionDocument, { userId, secret }),
    );
    dataOf(await accept(email));
  });

  it('does not open sign-up for others, or for the same address without the link', async () => {
    const email = newEmail();
    await invite({ email });
    await expectRefusal(test, 'USER_SIGN_UP_CLOSED', () =>
      test.client().run(CreateAccountDocument, { email, password: goodPassword }),
    );
  });

  it('signs in to the account that the address has by then, and adds the labels', async () => {
    const email = newEmail();
    await invite({ email, name: 'Ada', labels: ['beta'] });
    const link = await lastLink(test, email);
    const { createUser } = dataOf(
      await operatorOf(test).run(CreateUserDocument, {
        email,
        emailVerified: true,
        labels: ['staff'],
        name: 'Countess',
      }),
    );
    const { userId, secret } = link;
    const { createSession } = dataOf(await test.client().run(CreateSessionDocument, { userId, secret }));
    expect(createSession.userId).toBe(createUser.id);
    const client = test.client().withBearer(createSession.secret);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      name: 'Countess',
      labels: ['staff', 'beta'],
    });
  });

  it('empties an account that someone else made with the address meanwhile', async () => {
    const open = await createTestApp(operatorSettings);
    const email = newEmail();
    dataOf(await operatorOf(open).run(CreateInvitationDocument, { email, labels: ['beta'] }));
    const { userId, secret } = await lastLink(open, email);
    const thief = open.client();
    dataOf(await thief.run(CreateAccountDocument, { email, password: goodPassword, name: 'Thief' }));
    const { createSession } = dataOf(await open.client().run(CreateSessionDocument, { userId, secret }));
    const client = open.client().withBearer(createSession.secret);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toMatchObject({
      name: '',
      labels: ['beta'],
      passwordUpdatedAt: null,
    });
    await open.close();
  });
});

it('takes labels of an invitation away when someone else turns out to own the address, unless an operator has set them', async () => {
  const [email, other] = [newEmail(), newEmail()];
  const labelsAfterHandOver = async (address: string, confirm: boolean) => {
    await invite({ email: address, labels: ['beta'] });
    const { createSession } = dataOf(await accept(address));
    const { userId } = createSession;
    if (confirm) dataOf(await operatorOf(test).run(UpdateUserLabelsDocument, { userId, labels: ['beta'] }));
    dataOf(
      await operatorOf(test).run(UpdateUserVerificationDocument, {
        userId,
        email: address,
        emailVerified: false,
      }),
    );
    test.clock.advance(days(1));
    const { createEmailToken } = dataOf(
      await test.client().run(CreateEmailTokenDocument, { email: address }),
    );
    const variables = { userId: createEmailToken.userId, secret: await lastCode(test, address) };
    const { createSession: session } = dataOf(await test.client().run(CreateSessionDocument, variables));
    expect(session.userId).toBe(userId);
    const client = test.client().withBearer(session.secret);
    return dataOf(await client.run(GetAccountDocument)).getAccount.labels;
  };
  expect(await labelsAfterHandOver(email, false)).toEqual([]);
  expect(await labelsAfterHandOver(other, true)).toEqual(['beta']);
});

describe('deleteInvitation', () => {
  it('stops the link', async () => {
    const email = newEmail();
    const { id: invitationId } = await invite({ email });
    const { userId, secret } = await lastLink(test, email);
    dataOf(await operatorOf(test).run(DeleteInvitationDocument, { invitationId }));
    await expectRefusal(test, 'USER_INVALID_TOKEN', () =>
      test.client().run(CreateSessionDocument, { userId, secret }),
    );
    expect((await list()).map(({ id }) => id)).not.toContain(invitationId);
  });

  it('leaves either an account or none when the link is used at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      test.clock.advance(days(1));
      const email = newEmail();
      const { id: invitationId } = await invite({ email });
      const [accepted] = await Promise.all([
        accept(email),
        operatorOf(test).run(DeleteInvitationDocument, { invitationId }),
      ]);
      const users = await test.app.deps.db.prisma.user.count({ where: { email } });
      expect([codeOf(accepted), users]).toEqual(
        users === 1 ? ['ok', 1] : [expect.stringMatching('USER_INVALID_TOKEN'), 0],
      );
    }
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'no id'])('rejects %s', async (invitationId) => {
    await expectRefusal(test, 'INVITATION_NOT_FOUND', () =>
      operatorOf(test).run(DeleteInvitationDocument, { invitationId }),
    );
  });
});

it('deletes an invitation 30 days after it has expired, and with the user who accepted it', async () => {
  const [email, accepted] = [newEmail(), newEmail()];
  await invite({ email });
  await invite({ email: accepted });
  const { createSession } = dataOf(await accept(accepted));
  await test.app.deps.db.prisma.user.delete({ where: { id: createSession.userId } });
  const addresses = async () => (await list()).map((each) => each.email);
  expect(await addresses()).not.toContain(accepted);
  test.clock.advance(lifetimes.invitation + invitationRetention - 1);
  await test.app.sweep();
  expect(await addresses()).toContain(email);
  test.clock.advance(1);
  await test.app.sweep();
  expect(await addresses()).not.toContain(email);
});
