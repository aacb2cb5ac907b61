import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationPolicy } from '../../src/access/policy.js';
import {
  CancelAccountDeletionDocument,
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreateMfaChallengeDocument,
  CreatePhoneTokenDocument,
  CreatePhoneVerificationDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  DeleteAccountDocument,
  DeleteSessionsDocument,
  UpdateEmailDocument,
  UpdateMagicUrlSessionDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
  UpdateNameDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
  UpdatePhoneSessionDocument,
  UpdatePhoneVerificationDocument,
} from '../../src/client/documents.js';
import { schema } from '../../src/schema.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { isLong } from '../support/long.js';
import { goodPassword, newEmail, proveShown, signedInPerson } from '../support/people.js';

// An attacker with one client network, ten accounts and five devices tries for a day to send messages to the mailbox and phone of
// someone else, and to guess the codes, password and second factor of that person. Before each round, the attacker changes
// something in one of the ten accounts. The attacker still gets no more than the limits allow.

/** Operations that send something or check a secret, and are tried in every round. */
const tried = [
  'createEmailToken',
  'createMagicURLToken',
  'createRecovery',
  'createVerification',
  'createPhoneToken',
  'createPhoneVerification',
  'createMfaChallenge',
  'createSession',
  'updateMagicURLSession',
  'updatePhoneSession',
  'updatePhoneVerification',
  'createEmailPasswordSession',
  'updateMfaChallenge',
];
/** Operations that this test does not try, and what they check. */
const notTried: Record<string, string> = {
  updateVerification: 'a link of 256 random bits',
  updateRecovery: 'a link of 256 random bits',
  undoChange: 'a link of 256 random bits',
  createIdTokenSession: 'a signature',
  createPasskeySession: 'a signature',
  updateMfaPasskeyChallenge: 'a signature',
  updateMfaAuthenticator: 'an authenticator that the caller has just added',
  updatePassword: 'the password of the caller, counted with createEmailPasswordSession',
  updateEmail: 'the password of the caller, counted with createEmailPasswordSession',
  updatePhone: 'the password of the caller, counted with createEmailPasswordSession',
};
const roundMinutes = isLong ? 10 : 180;
const rounds = (24 * 60) / roundMinutes;
const passwords = [goodPassword, 'another horse, another staple'] as const;

interface Account {
  readonly client: Client;
  readonly userId: string;
  email: string;
  password: string;
}

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

it('this test tries every operation that sends a message or checks a secret, or lists why it does not', () => {
  const sends = (policy: OperationPolicy) =>
    policy.limits.some(({ name }) => /^(mail|sms|challenge$)/.test(name));
  const all = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ extensions }) => {
    const { policy } = extensions['pothosOptions'] as { policy: OperationPolicy };
    return policy.access !== 'operator' && (policy.guessesSecret || sends(policy));
  });
  expect(all.map(({ name }) => name).sort()).toEqual([...tried, ...Object.keys(notTried)].sort());
});

describe('an attacker with ten accounts and five devices on one client network', () => {
  it('an attacker who changes their accounts gets no more messages and guesses in a day than the limits allow', async () => {
    const owner = await signedInPerson(test);
    const phone = '+14155550199';
    dataOf(await owner.client.run(UpdatePhoneDocument, { phone, password: goodPassword }));
    await proveShown(test, owner.userId);
    await addAuthenticator(test, owner.client);
    dataOf(await owner.client.run(UpdateMfaDocument, { mfa: true }));
    // Someone whose password the attacker does not know.
    const other = await signedInPerson(test);
    // A mailbox and a phone without an account, which the attacker can display.
    const [mailbox, number] = [newEmail(), '+14155550198'];

    const { address } = test.client();
    const devices = Array.from({ length: 5 }, () => new Map<string, string>());
    const accounts: Account[] = [];
    const addAccount = async (): Promise<void> => {
      const person = await signedInPerson(test);
      person.client.address = address;
      accounts.push({
        client: person.client,
        userId: person.userId,
        email: person.email,
        password: goodPassword,
      });
    };
    for (let count = 0; count < 10; count += 1) await addAccount();

    const guest = (round: number): Client => {
      const client = test.client();
      client.address = address;
      for (const [name, value] of devices[round % 5] ?? []) client.cookies.set(name, value);
      client.cookies.delete('session');
      return client;
    };
    const displayed = async (account: Account, email: string) => {
      const answer = await account.client.run(UpdateEmailDocument, { email, password: account.password });
      if (codeOf(answer) === 'ok') account.email = email;
    };

    /** Changes that a user can make. Each round makes one of them. */
    const changes: ((account: Account, round: number) => Promise<unknown>)[] = [
      async (account) => {
        const [password] = passwords.filter((each) => each !== account.password);
        const change = { password: password ?? '', oldPassword: account.password };
        if (codeOf(await account.client.run(UpdatePasswordDocument, change)) === 'ok')
          account.password = change.password;
      },
      (account) => displayed(account, newEmail()),
      (account) => displayed(account, mailbox),
      (account) => account.client.run(UpdatePhoneDocument, { phone: number, password: account.password }),
      async (account, round) => {
        const again = guest(round);
        const { data } = await again.browse(CreateEmailPasswordSessionDocument, account);
        // The limit of the network may reject it.
        if (!data?.createEmailPasswordSession) return;
        await account.client.run(DeleteSessionsDocument);
        again.cookies.delete('session');
        devices[round % 5] = again.cookies;
        const fresh = await again.run(CreateEmailPasswordSessionDocument, account);
        account.client.bearer = fresh.data?.createEmailPasswordSession?.secret ?? null;
      },
      (_account, round) => Promise.resolve(devices[round % 5]?.clear()),
      (account, round) => account.client.run(UpdateNameDocument, { name: `Name ${round}` }),
      async (account) => {
        await account.client.run(DeleteAccountDocument);
        await account.client.run(CancelAccountDeletionDocument);
      },
      async (_account, round) => {
        const email = newEmail();
        if (codeOf(await guest(round).run(CreateAccountDocument, { email, password: goodPassword })) === 'ok')
          await addAccount();
      },
    ];

    const guesses = { code: 0, password: 0, factor: 0 };
    const isWrong = (code: string) => code === 'USER_INVALID_TOKEN' || code === 'USER_INVALID_CREDENTIALS';
    for (let round = 0; round < rounds; round += 1) {
      const account = accounts[round % accounts.length] as Account;
      await changes[round % changes.length]?.(account, round);
      const stranger = guest(round);
      for (const email of [mailbox, owner.email]) {
        await stranger.run(CreateEmailTokenDocument, { email });
        await stranger.run(CreateMagicUrlTokenDocument, { email });
        await stranger.run(CreateRecoveryDocument, { email });
      }
      await account.client.run(CreateVerificationDocument);
      for (const to of [number, phone]) await stranger.run(CreatePhoneTokenDocument, { phone: to });
      await account.client.run(CreatePhoneVerificationDocument);
      const { data } = await stranger.run(CreateEmailTokenDocument, { email: mailbox });
      const userId = data?.createEmailToken?.userId ?? '';
      for (let guess = 0; guess < 3; guess += 1) {
        const args = { userId, secret: '000000' };
        const redeem = [
          CreateSessionDocument,
          UpdateMagicUrlSessionDocument,
          UpdatePhoneSessionDocument,
        ] as const;
        // A request that the limit of the network rejects gives nothing to guess at.
        for (const document of userId ? redeem : [])
          if (isWrong(codeOf(await stranger.run(document as typeof CreateSessionDocument, args))))
            guesses.code += 1;
        await stranger.run(UpdatePhoneVerificationDocument, { userId: account.userId, secret: '000000' });
        const wrong = { email: other.email, password: 'not the password' };
        if (isWrong(codeOf(await stranger.run(CreateEmailPasswordSessionDocument, wrong))))
          guesses.password += 1;
      }
      // The attacker knows the password of the owner, and lacks the second factor.
      const thief = guest(round);
      const signedIn = await thief.run(CreateEmailPasswordSessionDocument, owner);
      thief.bearer = signedIn.data?.createEmailPasswordSession?.secret ?? null;
      for (const factor of ['TOTP', 'PHONE', 'EMAIL'] as const) {
        const challenge = await thief.run(CreateMfaChallengeDocument, { factor });
        const challengeId = challenge.data?.createMfaChallenge?.id;
        if (!challengeId || factor !== 'TOTP') continue;
        for (let guess = 0; guess < 5; guess += 1) {
          const code = codeOf(await thief.run(UpdateMfaChallengeDocument, { challengeId, otp: '000000' }));
          if (isWrong(code)) guesses.factor += 1;
        }
      }
      test.clock.advance(roundMinutes * 60);
    }

    const sent = async (recipient: string, kinds: readonly string[]) => {
      const { rows } = await test.app.deps.db.query<{ count: number }>({
        text: `SELECT count(*)::int AS "count" FROM outbox WHERE "recipient" = $1 AND "kind" = ANY ($2)`,
        values: [recipient, kinds],
      });
      return rows[0]?.count ?? 0;
    };
    const mails = ['otpSession', 'magicSession', 'recovery', 'verification'];
    // The day began at noon, so the attempts reach into two windows.
    expect(await sent(mailbox, mails)).toBeLessThanOrEqual(2 * 5);
    expect(await sent(owner.email, mails)).toBeLessThanOrEqual(2 * 5);
    expect(await sent(number, ['smsCode'])).toBeLessThanOrEqual(2 * (3 + 5));
    expect(await sent(phone, ['smsCode'])).toBeLessThanOrEqual(2 * (3 + 5));
    expect(guesses.code).toBeLessThanOrEqual(2 * 10);
    expect(guesses.password).toBeLessThanOrEqual(100);
    expect(guesses.factor).toBeLessThanOrEqual(100);
    // The attempts really reached the limits. The counts above are not low because the calls failed.
    expect(await sent(mailbox, mails)).toBeGreaterThan(3);
    expect(guesses.code).toBeGreaterThan(5);
    expect(guesses.password).toBeGreaterThan(10);
    expect(guesses.factor).toBeGreaterThan(20);
    // The owner can request a sign-in email from another network.
    const home = test.client();
    expect(codeOf(await home.run(CreateEmailTokenDocument, { email: owner.email }))).toBe('ok');
  }, 180_000);
});
