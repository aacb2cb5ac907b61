import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateMfaChallengeDocument,
  CreatePhoneTokenDocument,
  CreatePhoneVerificationDocument,
  CreateUserDocument,
  UpdateEmailDocument,
  UpdateMfaDocument,
  UpdatePhoneDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { messagesTo } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail, signedInPerson, signIn } from '../support/people.js';

const german = '+4915123456789';
const american = '+14155550123';
const satellite = '+881612345678';

describe('SMS_COUNTRIES', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ ...operatorSettings, METRICS: 'on', SMS_COUNTRIES: 'de, at,+881' });
  });
  afterAll(() => test.close());

  it('sends codes to listed countries and networks', async () => {
    for (const phone of [german, satellite]) {
      dataOf(await test.client().run(CreatePhoneTokenDocument, { phone }));
      expect(await messagesTo(test, phone)).toHaveLength(1);
    }
    const metrics = await (await fetch(`${test.url}/metrics`)).text();
    expect(metrics).toContain('sms_total{country="DE",result="queued"} 1');
    expect(metrics).toContain('sms_total{country="+881",result="queued"} 1');
  });

  it('rejects numbers of other countries by argument', async () => {
    const { client } = await signedInPerson(test);
    for (const call of [
      () => test.client().run(CreatePhoneTokenDocument, { phone: american }),
      () => client.run(UpdatePhoneDocument, { phone: american, password: goodPassword }),
    ]) {
      const answer = await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', call);
      expect(answer.errors[0]?.extensions).toMatchObject({ argument: 'phone' });
    }
  });

  it('sends nothing to a number of another country that an account has already', async () => {
    const email = newEmail();
    const user = { email, emailVerified: true, phone: american, phoneVerified: true, password: goodPassword };
    const { createUser } = dataOf(await operatorOf(test).run(CreateUserDocument, user));
    const client = test.client();
    await signIn(client, { email, password: goodPassword });
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    expect(codeOf(await client.run(CreateMfaChallengeDocument, { factor: 'PHONE' }))).toBe(
      'GENERAL_SMS_DISABLED',
    );
    await test.app.deps.db.query({
      text: 'UPDATE users SET "lastVerifiedPhone" = NULL WHERE "id" = $1',
      values: [createUser.id],
    });
    expect(codeOf(await client.run(CreatePhoneVerificationDocument))).toBe('GENERAL_SMS_DISABLED');
    expect(await messagesTo(test, american)).toEqual([]);
  });

  it('drops security notices to a number of another country, and counts them', async () => {
    const { createUser } = dataOf(
      await operatorOf(test).run(CreateUserDocument, {
        phone: '+14155550124',
        phoneVerified: true,
        password: goodPassword,
        email: newEmail(),
      }),
    );
    const client = test.client();
    await signIn(client, { email: createUser.email ?? '', password: goodPassword });
    dataOf(await client.run(UpdateEmailDocument, { email: newEmail(), password: goodPassword }));
    expect(await messagesTo(test, '+14155550124')).toEqual([]);
    const metrics = await (await fetch(`${test.url}/metrics`)).text();
    expect(metrics).toContain('sms_total{country="US",result="rejected"} 1');
  });
});

it('rejects satellite numbers unless SMS_COUNTRIES names their network', async () => {
  const test = await createTestApp();
  expect(codeOf(await test.client().run(CreatePhoneTokenDocument, { phone: satellite }))).toBe(
    'GENERAL_ARGUMENT_INVALID',
  );
  await test.close();
});

it('warns once a day when 80 % of SMS_DAILY_LIMIT are used', async () => {
  const test = await createTestApp({ SMS_DAILY_LIMIT: '10' });
  const warnings = () => test.logLines.filter((line) => line.includes('SMS_DAILY_LIMIT is nearly reached'));
  const send = async (count: number, first: number) => {
    for (let index = 0; index < count; index += 1)
      dataOf(await test.client().run(CreatePhoneTokenDocument, { phone: `+1415555${first + index}` }));
  };
  await send(7, 3000);
  expect(warnings()).toEqual([]);
  await send(2, 3100);
  await expect.poll(warnings).toHaveLength(1);
  test.clock.advance(days(1));
  await send(8, 3200);
  await expect.poll(warnings).toHaveLength(2);
  await test.close();
});
