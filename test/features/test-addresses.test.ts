import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailTokenDocument,
  CreateMfaChallengeDocument,
  CreatePhoneTokenDocument,
  CreateSessionDocument,
  GetAccountDocument,
  GetUserDocument,
  UpdateMfaChallengeDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { messagesTo } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail, signUp } from '../support/people.js';

// A thief who reads the settings of a test server signs in to the test accounts, and to no account that was made in another way, such as one in a
// copy of production. In production, the setting stops the start.

const [email, claimed, phone] = ['e2e@example.test', 'claimed@example.test', '+14155550100'];
let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({
    ...operatorSettings,
    TEST_ADDRESSES: `${email}=123456, ${claimed}=111111,${phone}=654321,later@example.test=222222`,
  });
});
afterAll(() => test.close());

async function signInByCode(to: { email: string } | { phone: string }, secret: string) {
  const client = test.client();
  const { userId } =
    'email' in to
      ? dataOf(await client.run(CreateEmailTokenDocument, to)).createEmailToken
      : dataOf(await client.run(CreatePhoneTokenDocument, to)).createPhoneToken;
  const answer = await client.run(CreateSessionDocument, { userId, secret });
  client.bearer = answer.data?.createSession?.secret ?? null;
  return { client, answer };
}

describe('TEST_ADDRESSES', () => {
  it.each([
    [{ email }, '123456'],
    [{ phone }, '654321'],
  ])('accepts the fixed code of %j at every sign-in, and sends no message', async (to, code) => {
    for (let count = 0; count < 5; count += 1) {
      const { client } = await signInByCode(to, code);
      expect(codeOf(await client.run(GetAccountDocument))).toBe('ok');
      test.clock.advance(1);
    }
    expect(await messagesTo(test, Object.values(to)[0] ?? '')).toEqual([]);
    expect(
      (await test.app.deps.db.prisma.outbox.findMany({ where: { recipient: { in: [email, phone] } } }))
        .length,
    ).toBe(0);
  });

  it('accepts no other code', async () => {
    const { answer } = await signInByCode({ email }, '000000');
    expect(codeOf(answer)).toBe('USER_INVALID_TOKEN');
  });

  it('accepts the fixed code in challenges', async () => {
    const { client } = await signInByCode({ email }, '123456');
    const { createMfaChallenge } = dataOf(await client.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
    const proof = { challengeId: createMfaChallenge.id, otp: '123456' };
    expect(codeOf(await client.run(UpdateMfaChallengeDocument, proof))).toBe('ok');
  });

  it('rejects the fixed code for an account that is not a test account', async () => {
    // As an account in a copy of the production database.
    const client = test.client();
    const account = { email: claimed, password: goodPassword };
    const { createAccount } = dataOf(await client.run(CreateAccountDocument, account));
    await test.app.deps.db.prisma.user.update({
      where: { id: createAccount.id },
      data: { testAccount: false },
    });
    const { answer } = await signInByCode({ email: claimed }, '111111');
    expect(codeOf(answer)).toBe('USER_INVALID_TOKEN');
    expect(await messagesTo(test, claimed)).toHaveLength(1);
  });

  it('rejects a fixed code that was requested before a normal account got the address', async () => {
    const address = 'later@example.test';
    const client = test.client();
    const { createEmailToken } = dataOf(await client.run(CreateEmailTokenDocument, { email: address }));
    const { userId } = await signUp(test);
    const data = { email: address, lastVerifiedEmail: address };
    await test.app.deps.db.prisma.user.update({ where: { id: userId }, data });
    const redeem = { userId: createEmailToken.userId, secret: '222222' };
    await expectRefusal(test, 'USER_INVALID_TOKEN', () => client.run(CreateSessionDocument, redeem));
  });

  it('sends random codes to addresses that it does not list', async () => {
    const other = newEmail();
    const { answer } = await signInByCode({ email: other }, '123456');
    expect(codeOf(answer)).toBe('USER_INVALID_TOKEN');
    expect(await messagesTo(test, other)).toHaveLength(1);
  });

  it('shows operators which accounts are test accounts', async () => {
    const { client } = await signInByCode({ email }, '123456');
    const { getAccount } = dataOf(await client.run(GetAccountDocument));
    const { getUser } = dataOf(await operatorOf(test).run(GetUserDocument, { userId: getAccount.id }));
    expect(getUser).toMatchObject({ testAccount: true });
    await expectRefusal(test, 'USER_NOT_FOUND', () =>
      operatorOf(test).run(GetUserDocument, { userId: 'unknown' }),
    );
  });
});
