import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeNow } from '../support/authenticator.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { lastCode } from '../support/messages.js';
import { goodPassword as password, newEmail, signIn } from '../support/people.js';
import { isLong } from '../support/long.js';

const patience = 60_000;

describe.skipIf(!hasBrowser())('the example app, on another origin than the server', { retry: 1 }, () => {
  let test: TestApp;
  let browser: Browser;
  let vite: ViteDevServer;
  let appUrl: string;
  beforeAll(async () => {
    test = await createTestApp({ TRUSTED_PROXIES: '0' });
    vite = await createServer({
      root: join(import.meta.dirname, '../examples/shop'),
      configFile: false,
      logLevel: 'silent',
      define: { API_URL: JSON.stringify(`${test.url}/graphql`) },
      cacheDir: join(import.meta.dirname, '../../node_modules/.vite-example'),
      server: { host: '127.0.0.1', port: 0 },
    });
    await vite.listen();
    appUrl = vite.resolvedUrls?.local[0] ?? '';
    browser = await openBrowser();
  }, patience);
  afterAll(async () => {
    await vite.close();
    await test.close();
  });

  const open = async (query = ''): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(appUrl + query);
    return page;
  };
  const fill = async (page: Page, email: string, secret = password): Promise<void> => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(secret);
  };
  const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it.each([['cookies', ''], ...(isLong ? [['a bearer', '?bearer']] : [])])(
    'signs up, in and out with %s, with the second factor, and ends another device',
    async (_how, query = '') => {
      const email = newEmail();
      const page = await open(query);
      await fill(page, email, 'short');
      await click(page, 'Sign up');
      await page.getByRole('alert').getByText('password: ').waitFor();
      await fill(page, email);
      await click(page, 'Sign up');
      await page.getByText(`Signed in as ${email}`).waitFor();
      expect(await page.evaluate("localStorage.getItem('gatehouse.session') !== null")).toBe(query !== '');

      await page.reload();
      await page.getByText(`Signed in as ${email}`).waitFor();
      await click(page, 'Set up an app');
      const totp = await page.locator('#appSecret').getByText(/\w/).innerText();
      await page.getByLabel('Code of the app').fill('000000');
      await click(page, 'Turn it on');
      await page.getByRole('alert').getByText('This code is wrong.').waitFor();
      await page.getByLabel('Code of the app').fill(codeNow(test, totp));
      await click(page, 'Turn it on');
      await page.locator('#twoStep').getByText('On').waitFor();

      await click(page, 'Sign out');
      await fill(page, email, 'a wrong password');
      await click(page, 'Sign in');
      await page.getByRole('alert').getByText('wrong').waitFor();
      await fill(page, email);
      await click(page, 'Sign in');
      test.clock.advance(60);
      await page.getByLabel('Code of your app').fill(codeNow(test, totp));
      await click(page, 'Go on');
      await page.getByText(`Signed in as ${email}`).waitFor();
      await page.getByText('Passed the second step').waitFor();

      const other = test.client();
      await signIn(other, { email, password });
      await page.reload();
      await page.getByText('Chrome on Windows').waitFor();
      await click(page, 'Sign out this device');
      await page.getByText('Chrome on Windows').waitFor({ state: 'detached' });
      await page.context().close();
    },
    patience,
  );

  it(
    'signs in by a code from the mail, and tells other tabs of a sign-in and a sign-out',
    async () => {
      const email = newEmail();
      const page = await open();
      const tab = await page.context().newPage();
      await tab.goto(appUrl);
      await tab.getByLabel('E-mail').waitFor();
      await fill(page, email, '');
      await click(page, 'Mail me a code');
      const code = page.getByLabel('Code from the mail');
      await code.waitFor();
      await code.fill(await lastCode(test, email));
      await click(page, 'Go on');
      await page.getByText(`Signed in as ${email}`).waitFor();
      await tab.getByText(`Signed in as ${email}`).waitFor();
      await tab.reload();
      await tab.getByText(`Signed in as ${email}`).waitFor();
      await click(tab, 'Sign out');
      await page.getByLabel('E-mail').waitFor();
      await page.context().close();
    },
    patience,
  );

  it(
    'works in a browser that keeps nothing and lets no tabs talk',
    async () => {
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(15_000);
      await page.addInitScript(`delete globalThis.BroadcastChannel;
        Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('blocked'); } });`);
      await page.goto(appUrl);
      const email = newEmail();
      await fill(page, email);
      await click(page, 'Sign up');
      await page.getByText(`Signed in as ${email}`).waitFor();
      await click(page, 'Sign out');
      await page.getByLabel('E-mail').waitFor();
      await page.context().close();
    },
    patience,
  );
});
