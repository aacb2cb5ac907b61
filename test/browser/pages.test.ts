import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateMagicUrlTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  GetAccountDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { codeOf, dataOf } from '../support/expect.js';
import {
  clientId,
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
} from '../support/identity-provider.js';
import { lastLink, messagesTo } from '../support/messages.js';
import { newEmail, signedInPerson, signIn, signUp } from '../support/people.js';

const browserIsHere = hasBrowser();
const patience = 60_000;

describe.skipIf(!browserIsHere)('in a browser', { retry: 1 }, () => {
  let test: TestApp;
  let browser: Browser;
  let provider: IdentityProvider;
  beforeAll(async () => {
    provider = await startIdentityProvider();
    test = await createTestApp({
      TRUSTED_PROXIES: '0',
      OAUTH_OIDC_CLIENT_ID: clientId,
      OAUTH_OIDC_CLIENT_SECRET: clientSecret,
      OAUTH_OIDC_ISSUER: provider.issuer,
    });
    provider.register(`${test.url}/oauth2/oidc/callback`);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
    await provider.close();
  });

  const newPage = async (): Promise<Page> => (await browser.newContext()).newPage();
  /** Sends a mutation from the page, as an app on it would. */
  const ask = (page: Page, query: string) =>
    page.evaluate(async (text) => {
      const body = JSON.stringify({ query: text });
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return response.json() as Promise<{ data: Record<string, unknown>; errors?: unknown[] }>;
    }, query);

  it(
    'a link goes on by itself in the browser that asked for it, and the inbox leads to it',
    async () => {
      const email = newEmail();
      const page = await newPage();
      await page.goto(`${test.url}/inbox`);
      await page.getByText('Nothing yet').waitFor();
      expect(
        (await ask(page, `mutation { createMagicURLToken(email: "${email}") { id } }`)).errors,
      ).toBeUndefined();
      await test.app.worker.deliverDue();
      await page.getByText(email).waitFor();
      const [opened] = await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('link', { name: 'Open link' }).click(),
      ]);
      await opened.getByText('You are signed in.').waitFor();
      const { data } = await ask(opened, '{ getAccount { email emailVerified } }');
      expect(data).toEqual({ getAccount: { email, emailVerified: true } });
      expect(new URL(opened.url()).search).toBe('');
    },
    patience,
  );

  it(
    'a confirmation that somebody else asked for is disowned by a button',
    async () => {
      const person = await signedInPerson(test);
      dataOf(await person.client.run(CreateVerificationDocument));
      const { url } = await lastLink(test, person.email);
      const page = await newPage();
      await page.goto(url.href);
      await page.getByText('asked for in another browser: Chrome on Windows').waitFor();
      await page.getByRole('button', { name: 'This was not me' }).click();
      await page.getByText('no longer on that account').waitFor();
      expect(dataOf(await person.client.run(GetAccountDocument)).getAccount.email).toBeNull();
    },
    patience,
  );

  it(
    'a link asks before it goes on in another browser, and says who asked for it',
    async () => {
      const email = newEmail();
      const client = test.client();
      dataOf(await client.run(CreateMagicUrlTokenDocument, { email }));
      const { url, userId, secret } = await lastLink(test, email);
      for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(url, { method })).status).toBe(200);
      const page = await newPage();
      await page.goto(url.href);
      await page.getByText('asked for in another browser: Chrome on Windows').waitFor();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('You are signed in.').waitFor();
      expect(codeOf(await client.run(CreateSessionDocument, { userId, secret }))).toBe('USER_INVALID_TOKEN');
      await page.goto(url.href);
      await page.getByText('does not work any more').waitFor();
    },
    patience,
  );

  it(
    'a recovery link takes a new password, and says what is wrong with a bad one',
    async () => {
      const person = await signUp(test);
      const url = `${test.url}/auth/recovery`;
      dataOf(await test.client().run(CreateRecoveryDocument, { email: person.email, url }));
      const link = await lastLink(test, person.email);
      const page = await newPage();
      await page.goto(link.url.href);
      await page.getByLabel('New password').fill('password1');
      await page.getByRole('button', { name: 'Set the password' }).click();
      await page.getByText('The password is too common.').waitFor();
      await page.getByLabel('New password').fill('a brand new password');
      await page.getByRole('button', { name: 'Set the password' }).click();
      await page.getByText('Your password is set').waitFor();
      await signIn(test.client(), { email: person.email, password: 'a brand new password' });
      expect(await messagesTo(test, person.email)).toHaveLength(2);
    },
    patience,
  );

  it(
    'a sign-in at a provider comes back signed in',
    async () => {
      const page = await newPage();
      await page.goto(`${test.url}/inbox`);
      const { data } = await ask(page, 'mutation { createOAuth2Token(provider: OIDC) { url } }');
      await page.goto((data['createOAuth2Token'] as { url: string }).url);
      await page.getByText('You are signed in.').waitFor();
      const { data: me } = await ask(page, '{ getAccount { email name emailVerified } }');
      expect(me).toEqual({ getAccount: { email: 'ada@provider.test', name: 'Ada', emailVerified: true } });
    },
    patience,
  );

  it(
    'GraphiQL walks from sign-up to the security log without another host',
    async () => {
      const page = await newPage();
      const strangers: string[] = [];
      page.setDefaultTimeout(15_000);
      page.on('request', (request) => {
        if (!request.url().startsWith(test.url) && !/^(data|blob):/.test(request.url()))
          strangers.push(request.url());
      });
      await page.goto(`${test.url}/graphql`);
      const run = async (tab: string, expected: string) => {
        // By keyboard: the page loses the first click on a tab, which people are told of in the first one.
        await page.getByRole('tab').getByText(tab, { exact: true }).press('Enter');
        // Again until the editor has caught up with the tab.
        await expect
          .poll(
            async () => {
              const result = await page.locator('.result-window').innerText();
              if (!result.includes(expected))
                await page.getByRole('button', { name: /Execute query/ }).click();
              return result;
            },
            { timeout: 20_000, interval: 1500 },
          )
          .toContain(expected);
      };
      await run('SignUp', 'registeredAt');
      await run('SignIn', 'factors');
      await run('Me', 'totalCount');
      await run('VerifyAddress', 'expiresAt');
      await run('StorePreferences', 'dark');
      await run('SecurityLog', 'user.update');
      expect(strangers).toEqual([]);
    },
    patience,
  );
});
