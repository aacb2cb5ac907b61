import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateInvitationDocument,
  CreateMagicUrlTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  CreateVerificationDocument,
  GetAccountDocument,
  UpdateVerificationDocument,
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
import { operatorOf, operatorSettings } from '../support/operators.js';
import { newEmail, signedInPerson, signIn, signUp } from '../support/people.js';
import { isLong } from '../support/long.js';

const browserIsHere = hasBrowser();
const patience = 60_000;

describe.skipIf(!browserIsHere)('in a browser', { retry: 1 }, () => {
  let test: TestApp;
  let browser: Browser;
  let provider: IdentityProvider;
  beforeAll(async () => {
    provider = await startIdentityProvider();
    test = await createTestApp({
      ...operatorSettings,
      TRUSTED_PROXIES: '0',
      OAUTH_OIDC_CLIENT_ID: clientId,
      OAUTH_OIDC_CLIENT_SECRET: clientSecret,
      OAUTH_OIDC_ISSUER: provider.issuer,
    });
    provider.register(`${test.url}/oauth2/oidc/callback`);
    browser = await openBrowser();
  });
  afterAll(async () => {
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
    'an invitation asks first in a browser that is signed in to another account, and then replaces the session',
    async () => {
      const [email, other] = [newEmail(), newEmail()];
      for (const address of [email, other])
        dataOf(await operatorOf(test).run(CreateInvitationDocument, { email: address }));
      const page = await newPage();
      await page.goto((await lastLink(test, other)).url.href);
      await page.getByRole('heading', { name: 'Invitation to Accounts' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Open the link again' }).waitFor();
      await page.goto((await lastLink(test, other)).url.href);
      await page.getByRole('button', { name: 'Accept and sign in' }).click();
      await page.getByText('Your account is ready, and you are signed in.').waitFor();
      await page.goto((await lastLink(test, email)).url.href);
      await page.getByText('Account: p…@example.test').waitFor();
      await page.getByText(`You are signed in as ${other}.`).waitFor();
      expect((await ask(page, '{ getAccount { email } }')).data).toEqual({ getAccount: { email: other } });
      await page.getByRole('button', { name: 'Accept and sign in' }).click();
      await page.getByText('Your account is ready, and you are signed in.').waitFor();
      expect((await ask(page, '{ getAccount { email } }')).data).toEqual({ getAccount: { email } });
      if (process.env['SCREENSHOTS'])
        await page.screenshot({ path: `${process.env['SCREENSHOTS']}/invitation.png` });
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
      await page.getByText('from Chrome on Windows').waitFor();
      await page.getByRole('button', { name: 'This was not me' }).click();
      await page.getByText('no longer on that account').waitFor();
      expect(dataOf(await person.client.run(GetAccountDocument)).getAccount.email).toBeNull();
    },
    patience,
  );

  it(
    'with VERIFICATION=strict, a confirmation says what happens without the password, before and after',
    async () => {
      const strict = await createTestApp({ VERIFICATION: 'strict' });
      const person = await signedInPerson(strict);
      dataOf(await person.client.run(CreateVerificationDocument));
      const page = await newPage();
      await page.goto((await lastLink(strict, person.email)).url.href);
      await page.getByText('we also remove the password and sign out all devices').waitFor();
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('The account has no password now').waitFor();
      await strict.close();
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
      await page.getByText('from Chrome on Windows').waitFor();
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

  it('GraphiQL opens each tab with one click and runs it, again after a reload, without another host', {
    timeout: patience,
  }, async () => {
    const page = await newPage();
    const strangers: string[] = [];
    page.setDefaultTimeout(15_000);
    page.on('request', (request) => {
      if (!request.url().startsWith(test.url) && !/^(data|blob):/.test(request.url()))
        strangers.push(request.url());
    });
    await page.goto(`${test.url}/graphql`);
    const result = page.locator('.result-window');
    const run = async (tab: string, expected: RegExp, operation?: string) => {
      await page.getByRole('tab').getByText(tab, { exact: true }).click();
      const play = page.locator('.graphiql-execute-button');
      if (operation) {
        // The button knows that there are several a moment later.
        await expect.poll(() => play.getAttribute('aria-haspopup')).toBe('menu');
        await play.click();
        await page.getByRole('menuitem', { name: operation }).click();
      } else if ((await play.getAttribute('aria-haspopup')) === null) {
        // At once: the tab before had one operation, too.
        await play.click({ noWaitAfter: true });
      } else {
        await expect.poll(() => play.getAttribute('aria-haspopup')).toBe(null);
        await play.click();
      }
      await expect.poll(() => result.innerText(), { timeout: 8000, interval: 150 }).toMatch(expected);
    };
    const runTheOtherTabs = async () => {
      await run('SignIn', /missingFactors/);
      await run('Me', /totalCount/);
      await run('VerifyAddress', /createVerification/);
      await run('StorePreferences', /dark/);
      await run('SecurityLog', /user\.update/);
      await run('Devices', /listSessions/, 'Devices');
      const change = setInterval(
        () => void ask(page, 'mutation { updateName(name: "Ada") { id } }').catch(() => {}),
        500,
      );
      await run('LiveLog', /name\.update/).finally(() => clearInterval(change));
      await page.locator('.graphiql-execute-button').click();
      await run('AddAuthenticator', /otpauth:/, 'AddAuthenticator');
      await run('AddAuthenticator', /USER_INVALID_TOKEN/, 'ConfirmAuthenticator');
      await run('SignOut', /deletedSessionId/);
      await run('EmailCode', /phrase/, 'EmailCode');
      await run('Recover', /createRecovery/);
      await run('FindUsers', /GENERAL_UNAUTHORIZED_SCOPE|USER_CREDENTIALS_CONFLICT/, 'FindUsers');
    };
    await run('SignUp', /registeredAt/);
    if (isLong) await runTheOtherTabs();
    // The page writes what is open into its address, and so into links that people share.
    expect(page.url()).toContain('?query=');
    await page.reload();
    await page
      .getByRole('tab')
      .getByText(isLong ? 'FindUsers' : 'SignUp', { exact: true })
      .waitFor();
    const [inbox] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Inbox' }).click(),
    ]);
    await inbox.getByRole('heading', { name: /Inbox/ }).waitFor();
    expect(strangers).toEqual([]);
  });
});

describe.skipIf(!browserIsHere)('the pages', { retry: 1 }, () => {
  const appUrl = 'https://shop.example.test';
  let test: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    test = await createTestApp({
      TRUSTED_PROXIES: '0',
      APP_NAME: 'Shop',
      REDIRECT_ORIGINS: appUrl,
      PASSWORD_MIN: '10',
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await test.close();
  });

  const recoveryLink = async () => {
    const person = await signUp(test);
    dataOf(await test.client().run(CreateRecoveryDocument, { email: person.email }));
    return { ...person, href: (await lastLink(test, person.email)).url.href };
  };

  it(
    'are readable for everybody, in light and in dark, also on a small screen',
    async () => {
      const context = await browser.newContext({ viewport: { width: 360, height: 640 }, bypassCSP: true });
      const page = await context.newPage();
      const person = await signedInPerson(test);
      dataOf(await person.client.run(CreateVerificationDocument));
      const confirmation = (await lastLink(test, person.email)).url.href;
      const { href } = await recoveryLink();
      for (const path of ['/inbox', '/auth/magic-url', '/auth/oauth2/failure', confirmation, href]) {
        await page.goto(new URL(path, test.url).href);
        await page.getByRole('heading').first().waitFor();
        if (path === href) {
          await page.getByLabel('New password').fill('password123');
          await page.getByRole('button', { name: 'Set the password' }).click();
          await page.getByText('too common').waitFor();
        }
        await page.addScriptTag({ content: axe.source });
        for (const colorScheme of isLong ? (['light', 'dark'] as const) : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          const { violations } = await page.evaluate(() =>
            (globalThis as unknown as { axe: typeof axe }).axe.run(),
          );
          expect(violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)])).toEqual([]);
        }
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      }
      await context.close();
    },
    patience,
  );

  it(
    'speak the reader’s language, say what is wrong at the field, know whose account it is, and lead back to the app',
    async () => {
      const page = await (await browser.newContext({ locale: 'de-DE' })).newPage();
      const { email, href } = await recoveryLink();
      await page.goto(href);
      expect(await page.locator('html').getAttribute('lang')).toBe('de');
      await expect(page.locator('[autocomplete=username]').inputValue()).resolves.toBe(email);
      const password = page.getByLabel('Neues Passwort, mindestens 10 Zeichen');
      await password.fill('password123');
      await page.getByRole('button', { name: 'Passwort setzen' }).click();
      await page.getByRole('alert').getByText('Dieses Passwort ist zu verbreitet.').waitFor();
      expect(await password.getAttribute('aria-invalid')).toBe('true');
      expect(await page.evaluate('document.activeElement.id')).toBe('password');
      await password.fill('ein ganz neues Passwort');
      await page.keyboard.press('Enter');
      await page.getByText('Ihr Passwort ist gesetzt').waitFor();
      expect(await page.getByRole('link', { name: 'Weiter zu Shop' }).getAttribute('href')).toBe(appUrl);
      await page.context().close();
    },
    patience,
  );

  it(
    'say that an address is confirmed already',
    async () => {
      const person = await signedInPerson(test);
      dataOf(await person.client.run(CreateVerificationDocument));
      const first = await lastLink(test, person.email);
      test.clock.advance(120);
      dataOf(await person.client.run(CreateVerificationDocument));
      const second = await lastLink(test, person.email);
      const { userId, secret } = first;
      dataOf(await person.client.run(UpdateVerificationDocument, { userId, secret }));
      const page = await browser.newPage();
      await page.goto(second.url.href);
      await page.getByText('This address is confirmed already.').waitFor();
      expect(await page.getByRole('button').count()).toBe(0);
      await page.close();
    },
    patience,
  );
});
