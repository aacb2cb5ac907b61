import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestAccounts, type TestAccountsOptions } from '../../src/client/testing.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { newEmail } from '../support/people.js';
import { bearerOf, operatorSettings } from '../support/operators.js';

// What the tests of other people's apps use.

let test: TestApp;
let options: TestAccountsOptions;
beforeAll(async () => {
  test = await createTestApp(operatorSettings);
  options = {
    url: `${test.url}/graphql`,
    timeoutMilliseconds: 300,
    fetch: async (input, init) => {
      if (String(input).includes('/inbox/')) await test.app.worker.deliverDue();
      return fetch(input, init);
    },
  };
});
afterAll(() => test.close());

describe('createTestAccounts', () => {
  it('signs up a user with a verified address', async () => {
    const user = await createTestAccounts(options).signUp();
    expect(await user.client.getAccount()).toMatchObject({
      id: user.userId,
      email: user.email,
      emailVerified: true,
      name: '',
    });
  });

  it('signs up the user that the test wants', async () => {
    const person = { email: newEmail(), password: 'a very long password indeed', name: 'Ada' };
    const accounts = createTestAccounts(options);
    const user = await accounts.signUp({ ...person, verified: false });
    expect(await user.client.getAccount()).toMatchObject({
      email: person.email,
      emailVerified: false,
      name: 'Ada',
    });
    expect((await accounts.signIn(person)).userId).toBe(user.userId);
  });

  it('signs up through an operator’s key without a mail', async () => {
    const accounts = createTestAccounts({ ...options, operatorKey: bearerOf('ada') });
    const user = await accounts.signUp({ name: 'Ada' });
    expect(await user.client.getAccount()).toMatchObject({ emailVerified: true, name: 'Ada' });
    await expect(accounts.waitForMessage(user.email)).rejects.toThrow('got no message');
  });

  it('has the session as a cookie for a browser', async () => {
    const { cookies, email } = await createTestAccounts(options).signUp();
    const [cookie] = cookies;
    expect(cookies).toEqual([
      {
        name: 'session',
        value: expect.stringMatching(/^session_/),
        url: test.url,
        httpOnly: true,
        sameSite: 'Lax',
      },
    ]);
    const response = await fetch(`${test.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: test.url,
        cookie: `session=${cookie?.value}`,
      },
      body: '{"query":"{ getAccount { email } }"}',
    });
    expect(await response.json()).toEqual({ data: { getAccount: { email } } });
  });

  it('waits for a code and a link, and returns each message once', async () => {
    const accounts = createTestAccounts(options);
    const { email, client } = await accounts.signUp();
    await client.signOut();
    const sent = await client.signIn.withEmailCode({ email });
    const { code, channel, to } = await accounts.waitForMessage(email, /code/i);
    expect([channel, to]).toEqual(['email', email]);
    expect(await sent.answer(code ?? '')).toMatchObject({ status: 'signedIn' });
    await client.signOut();
    await client.signIn.withMagicLink({ email });
    const { link } = await accounts.waitForMessage(email, '/auth/');
    expect(new URL(link ?? '').searchParams.get('secret')).toBeTruthy();
    await expect(accounts.waitForMessage(email)).rejects.toThrow(
      `Waited 300 ms for a message to ${email}; got no message.`,
    );
  });

  it('names the messages that arrived instead', async () => {
    const accounts = createTestAccounts(options);
    const { email, client } = await accounts.signUp();
    await client.recoverPassword({ email });
    await expect(accounts.waitForMessage(email, 'invoice')).rejects.toThrow(/got "[^"]+"\./);
  });

  it('says that the inbox is off', async () => {
    const closed = await createTestApp({ INBOX: 'off' });
    const accounts = createTestAccounts({ ...options, url: closed.url });
    await expect(accounts.waitForMessage('ada@example.test')).rejects.toThrow('Is the inbox on?');
    await closed.close();
  });
});
