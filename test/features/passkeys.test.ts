import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateMfaChallengeDocument,
  CreatePasskeyDocument,
  CreatePasskeyRegistrationDocument,
  CreatePasskeySessionDocument,
  CreatePasskeySignInDocument,
  DeletePasskeyDocument,
  GetAccountDocument,
  ListLogsDocument,
  ListMfaFactorsDocument,
  ListPasskeysDocument,
  ListSessionsDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
  UpdateMfaPasskeyChallengeDocument,
  UpdatePasskeyDocument,
  UpdateStatusDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { messagesTo } from '../support/messages.js';
import { addPasskey, Device, passkeyAnswer, passkeySettings } from '../support/passkeys.js';
import { anonymousPerson, proveShown, signedInPerson, signIn } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp(passkeySettings);
});
afterAll(() => test.close());
beforeEach(() => test.clock.advance(3600));

/** Somebody with a passkey. */
async function withPasskey(device = new Device()) {
  const person = await signedInPerson(test);
  await proveShown(test, person.userId);
  const passkey = await addPasskey(person.client, device);
  return { ...person, passkey, device };
}

const begin = async (client: Client) =>
  dataOf(await client.run(CreatePasskeyRegistrationDocument)).createPasskeyRegistration;
const challenge = async (client: Client) =>
  dataOf(await client.run(CreateMfaChallengeDocument, { factor: 'PASSKEY' })).createMfaChallenge;

describe('a passkey', () => {
  it('is made for this site alone, by its holder’s unlocking it', async () => {
    const { client, email, userId } = await signedInPerson(test);
    await proveShown(test, userId);
    const { options, expiresAt } = await begin(client);
    expect(Date.parse(expiresAt) - test.clock.now().getTime()).toBe(300_000);
    expect(options).toMatchObject({
      rp: { id: 'shop.test', name: 'Accounts' },
      user: { name: email, id: Buffer.from(userId).toString('base64url') },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [],
    });
    expect((options['pubKeyCredParams'] as { alg: number }[]).map(({ alg }) => alg).sort()).toEqual([
      -257, -7, -8,
    ]);
  });

  it('is listed, is not made twice on one device, and the user gets an email', async () => {
    const { client, email, userId } = await signedInPerson(test);
    await proveShown(test, userId);
    const { id, options } = await begin(client);
    const credential = new Device().create(options);
    const { createPasskey } = dataOf(await client.run(CreatePasskeyDocument, { ceremonyId: id, credential }));
    expect(createPasskey).toEqual({
      id: expect.any(String),
      createdAt: test.clock.now().toISOString(),
      updatedAt: test.clock.now().toISOString(),
      userId,
      name: 'Chrome, Windows',
      lastUsedAt: null,
      backedUp: expect.any(Boolean),
      transports: expect.any(Array),
    });
    const { listPasskeys } = dataOf(await client.run(ListPasskeysDocument));
    expect(listPasskeys.nodes).toEqual([createPasskey]);
    expect((await messagesTo(test, email))[0]?.subject).toBe('A passkey was added to your Accounts account');
    const { excludeCredentials } = (await begin(client)).options as { excludeCredentials: { id: string }[] };
    expect(excludeCredentials.map(({ id }) => id)).toEqual([credential['id']]);
  });

  it('signs in by itself, also where MFA is on, and once for each ceremony', async () => {
    const { client, device, userId } = await withPasskey();
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    const guest = test.client();
    const answer = await passkeyAnswer(guest, device);
    const answers = await Promise.all([1, 2].map(() => guest.run(CreatePasskeySessionDocument, answer)));
    expect(answers.map(codeOf).sort()).toEqual(['USER_PASSKEY_INVALID', 'ok']);
    const session = answers.find((one) => codeOf(one) === 'ok')?.data?.createPasskeySession;
    expect(session).toMatchObject({
      userId,
      provider: 'passkey',
      factors: ['passkey'],
      missingFactors: [],
      secret: expect.stringMatching(/^session_/),
    });
    const own = test.client().withBearer(session?.secret ?? '');
    expect(codeOf(await own.run(GetAccountDocument))).toBe('ok');
    const { listPasskeys } = dataOf(await own.run(ListPasskeysDocument));
    expect(listPasskeys.nodes[0]?.lastUsedAt).toBe(test.clock.now().toISOString());
  });

  it('completes a sign-in that lacks a factor, once, on its own session', async () => {
    const { client, device, email, password, passkey } = await withPasskey();
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    const [pending, other] = [test.client(), test.client()];
    await signIn(pending, { email, password });
    await signIn(other, { email, password });
    const refused = await pending.run(GetAccountDocument);
    expect(refused.errors[0]?.extensions['factors']).toEqual(['PASSKEY', 'EMAIL']);
    const { listMfaFactors } = dataOf(await pending.run(ListMfaFactorsDocument));
    expect(listMfaFactors).toMatchObject({ passkey: true, email: true, totp: false });
    const { id: challengeId, options, expiresAt } = await challenge(pending);
    expect(Date.parse(expiresAt) - test.clock.now().getTime()).toBe(300_000);
    expect(options?.['allowCredentials']).toHaveLength(1);
    const credential = device.get(options ?? {});
    await expectRefusal(test, 'USER_PASSKEY_INVALID', () =>
      other.run(UpdateMfaPasskeyChallengeDocument, { challengeId, credential }),
    );
    expect(codeOf(await pending.run(UpdateMfaChallengeDocument, { challengeId, otp: '123456' }))).toBe(
      'USER_INVALID_TOKEN',
    );
    const pass = () => pending.run(UpdateMfaPasskeyChallengeDocument, { challengeId, credential });
    const answers = await Promise.all([pass(), pass()]);
    expect(answers.map(codeOf).sort()).toEqual(['USER_PASSKEY_INVALID', 'ok']);
    const { getAccount } = dataOf(await pending.run(GetAccountDocument));
    expect(getAccount.mfaEnabled).toBe(true);
    // What a challenge opens is open.
    expect(codeOf(await pending.run(DeletePasskeyDocument, { passkeyId: passkey.id }))).toBe('ok');
  });

  it('is renamed and removed by its owner alone, and its owner is told', async () => {
    const { client, email, passkey } = await withPasskey();
    const stranger = await signedInPerson(test);
    const passkeyId = passkey.id;
    for (const id of [passkeyId, 'nothing'])
      await expectRefusal(test, 'USER_PASSKEY_NOT_FOUND', () =>
        stranger.client.run(UpdatePasskeyDocument, { passkeyId: id, name: 'Mine' }),
      );
    await expectRefusal(test, 'USER_PASSKEY_NOT_FOUND', () =>
      stranger.client.run(DeletePasskeyDocument, { passkeyId }),
    );
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      client.run(UpdatePasskeyDocument, { passkeyId, name: '' }),
    );
    expect(
      dataOf(await client.run(UpdatePasskeyDocument, { passkeyId, name: 'Laptop' })).updatePasskey.name,
    ).toBe('Laptop');
    expect(
      dataOf(await client.run(DeletePasskeyDocument, { passkeyId })).deletePasskey.deletedPasskeyId,
    ).toBe(passkeyId);
    await expectRefusal(test, 'USER_PASSKEY_NOT_FOUND', () =>
      client.run(DeletePasskeyDocument, { passkeyId }),
    );
    expect((await messagesTo(test, email))[0]?.subject).toBe(
      'A passkey of your Accounts account was removed',
    );
  });

  it('makes an anonymous account permanent, and is its last way in then', async () => {
    const person = await anonymousPerson(test);
    const device = new Device();
    const { id: passkeyId } = await addPasskey(person.client, device, 'Key');
    const refused = await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      person.client.run(DeletePasskeyDocument, { passkeyId }),
    );
    expect(refused.errors[0]?.extensions['issues']).toEqual([
      { argument: 'passkeyId', message: 'Is the only way into the account. Add another one first.' },
    ]);
    await addPasskey(person.client, new Device(), 'Another');
    dataOf(await person.client.run(DeletePasskeyDocument, { passkeyId }));
    test.clock.advance(40 * 86_400);
    await test.app.sweep();
    const { rows } = await test.app.deps.db.query({
      text: 'SELECT 1 FROM users WHERE "id" = $1',
      values: [person.userId],
    });
    expect(rows).toHaveLength(1);
  });

  it('is one of twenty', async () => {
    const { client, userId } = await signedInPerson(test);
    const late = await begin(client);
    for (let count = 0; count < 20; count += 1) await addPasskey(client, new Device());
    await expectRefusal(test, 'USER_PASSKEY_LIMIT_EXCEEDED', () =>
      client.run(CreatePasskeyRegistrationDocument),
    );
    const credential = new Device().create(late.options);
    expect(codeOf(await client.run(CreatePasskeyDocument, { ceremonyId: late.id, credential }))).toBe(
      'USER_PASSKEY_LIMIT_EXCEEDED',
    );
    const { rows } = await test.app.deps.db.query({
      text: 'SELECT 1 FROM passkeys WHERE "userId" = $1',
      values: [userId],
    });
    expect(rows).toHaveLength(20);
  });
});

describe('an attacker', () => {
  it('finds a blocked account blocked only with its passkey', async () => {
    const { client, device } = await withPasskey();
    const guest = test.client();
    const answer = await passkeyAnswer(guest, device);
    dataOf(await client.run(UpdateStatusDocument));
    await expectRefusal(test, 'USER_BLOCKED', () => guest.run(CreatePasskeySessionDocument, answer));
  });

  it('gets nothing from a passkey of another site, page or holder, or one that was not unlocked', async () => {
    const { device } = await withPasskey();
    const guest = test.client();
    const answer = async (make: (options: object) => Record<string, unknown>) => {
      const { createPasskeySignIn: ceremony } = dataOf(await guest.run(CreatePasskeySignInDocument));
      return { ceremonyId: ceremony.id, credential: make(ceremony.options) };
    };
    const stranger = new Device();
    const other = await withPasskey();
    const wrong = [
      // A page under the domain that is not listed, and one elsewhere.
      await answer((options) => device.get(options, 'https://evil.shop.test')),
      // Of somebody who is not registered here.
      await answer((options) => {
        stranger.create({
          ...options,
          rp: { id: 'shop.test', name: '' },
          user: { id: 'YQ', name: 'a', displayName: 'a' },
          pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        });
        return stranger.get(options);
      }),
      // Another user's id beside the right signature, and another user's handle.
      await answer((options) => {
        const mine = device.get(options);
        const theirs = other.device.get(options);
        return { ...mine, id: theirs['id'], rawId: theirs['id'] };
      }),
      await answer((options) => {
        const mine = device.get(options);
        return {
          ...mine,
          response: {
            ...(mine['response'] as object),
            userHandle: Buffer.from(other.userId).toString('base64url'),
          },
        };
      }),
      // A challenge of one's own.
      await answer((options) => device.get({ ...options, challenge: 'AAAA' })),
      // No passkey at all.
      await answer(() => ({})),
      await answer(() => ({ id: 'a\0b', response: null })),
      await answer(() => ({
        id: 'x',
        rawId: 'x',
        type: 'public-key',
        response: { clientDataJSON: 'e30', authenticatorData: '', signature: '' },
      })),
    ];
    for (const variables of wrong)
      await expectRefusal(test, 'USER_PASSKEY_INVALID', () =>
        guest.run(CreatePasskeySessionDocument, variables),
      );
    const right = await answer((options) => device.get(options));
    // Used up by the first answer, however wrong; and of no use for another ceremony.
    const { ceremonyId } = await answer(() => ({}));
    for (const variables of [{ ...right, ceremonyId }, { ...right, ceremonyId: 'x' }, right].slice(0, 2))
      expect(codeOf(await guest.run(CreatePasskeySessionDocument, variables))).toBe('USER_PASSKEY_INVALID');
  });

  it('cannot use one that its holder has not unlocked, nor register such a one', async () => {
    const lax = new Device(false);
    const { client } = await signedInPerson(test);
    const { id: ceremonyId, options } = await begin(client);
    const selection = { residentKey: 'required', userVerification: 'discouraged' };
    const credential = lax.create({ ...options, authenticatorSelection: selection });
    await expectRefusal(test, 'USER_PASSKEY_INVALID', () =>
      client.run(CreatePasskeyDocument, { ceremonyId, credential }),
    );
    const strict = await withPasskey();
    const guest = test.client();
    const { createPasskeySignIn: ceremony } = dataOf(await guest.run(CreatePasskeySignInDocument));
    strict.device.unlocks = false;
    const assertion = strict.device.get({ ...ceremony.options, userVerification: 'discouraged' });
    const variables = { ceremonyId: ceremony.id, credential: assertion };
    await expectRefusal(test, 'USER_PASSKEY_INVALID', () =>
      guest.run(CreatePasskeySessionDocument, variables),
    );
  });

  it('cannot end a ceremony of another session, kind or time', async () => {
    const { client, device, email, password } = await withPasskey();
    const other = test.client();
    await signIn(other, { email, password });
    const made = await begin(client);
    const credential = new Device().create(made.options);
    await expectRefusal(test, 'USER_PASSKEY_INVALID', () =>
      other.run(CreatePasskeyDocument, { ceremonyId: made.id, credential }),
    );
    // The other session's attempt has not used it up.
    dataOf(await client.run(CreatePasskeyDocument, { ceremonyId: made.id, credential }));
    const guest = test.client();
    const registration = await begin(client);
    await expectRefusal(test, 'USER_PASSKEY_INVALID', async () =>
      guest.run(CreatePasskeySessionDocument, {
        ceremonyId: registration.id,
        credential: device.get({ ...registration.options, rpId: 'shop.test', allowCredentials: [] }),
      }),
    );
    const late = await passkeyAnswer(guest, device);
    const early = await passkeyAnswer(guest, device);
    test.clock.advance(299.999);
    // The later counter first: the earlier one would be a copy's then.
    expect(codeOf(await guest.run(CreatePasskeySessionDocument, early))).toBe('ok');
    test.clock.advance(0.001);
    await expectRefusal(test, 'USER_PASSKEY_INVALID', () => guest.run(CreatePasskeySessionDocument, late));
  });

  it('has no use of a passkey that is removed while it signs, and nobody is told of a copy', async () => {
    const { client, device, email, passkey } = await withPasskey();
    const guest = test.client();
    const answer = await passkeyAnswer(guest, device);
    const [removed, signedIn] = await Promise.all([
      client.run(DeletePasskeyDocument, { passkeyId: passkey.id }),
      guest.run(CreatePasskeySessionDocument, answer),
    ]);
    expect(codeOf(removed)).toBe('ok');
    expect(codeOf(signedIn)).toMatch(/^(ok|USER_PASSKEY_INVALID)$/);
    const subjects = (await messagesTo(test, email)).map(({ subject }) => subject).join();
    expect(subjects).not.toContain('copied');
  });

  it('with a copy is refused, and the owner told', async () => {
    const { client, device, email, userId } = await withPasskey();
    await test.app.deps.db.query({
      text: 'UPDATE passkeys SET "counter" = 1000 WHERE "userId" = $1',
      values: [userId],
    });
    const guest = test.client();
    const answer = await passkeyAnswer(guest, device);
    expect(codeOf(await guest.run(CreatePasskeySessionDocument, answer))).toBe('USER_PASSKEY_INVALID');
    const { listSessions } = dataOf(await client.run(ListSessionsDocument));
    expect(listSessions.totalCount).toBe(1);
    expect((await messagesTo(test, email))[0]?.subject).toBe(
      'A passkey of your Accounts account may have been copied',
    );
    const { listLogs } = dataOf(await client.run(ListLogsDocument));
    expect(listLogs.nodes[0]?.event).toBe('session.create.failed');
    const { id: challengeId, options } = await challenge(client);
    expect(
      codeOf(
        await client.run(UpdateMfaPasskeyChallengeDocument, {
          challengeId,
          credential: device.get(options ?? {}),
        }),
      ),
    ).toBe('USER_PASSKEY_INVALID');
    expect(dataOf(await client.run(ListLogsDocument)).listLogs.nodes[0]?.event).toBe(
      'challenge.update.failed',
    );
  });
});
