import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestAccounts } from '../../src/client/testing.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeNow } from '../support/authenticator.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { goodPassword as password, newEmail } from '../support/people.js';

const patience = 60_000;
/** The package as it is built. */
const dist = (name: string): string => join(import.meta.dirname, `../../dist/client/${name}.js`);

describe.skipIf(!hasBrowser())('a React app under StrictMode', { retry: 1 }, () => {
  let test: TestApp;
  let browser: Browser;
  let vite: ViteDevServer;
  let appUrl: string;
  beforeAll(async () => {
    test = await createTestApp({ TRUSTED_PROXIES: '0' });
    vite = await createServer({
      root: join(import.meta.dirname, '../examples/react'),
      configFile: false,
      logLevel: 'silent',
      resolve: { alias: { 'gatehouse-client/react': dist('react'), 'gatehouse-client': dist('client') } },
      define: { API_URL: JSON.stringify(`${test.url}/graphql`) },
      cacheDir: join(import.meta.dirname, '../../node_modules/.vite-react'),
      optimizeDeps: { include: ['react', 'react-dom/client', 'react/jsx-dev-runtime'] },
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

  const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const fill = async (page: Page, action: string, email: string) => {
    const form = page.locator('form', { has: page.getByRole('button', { name: action, exact: true }) });
    await form.getByLabel('Email').fill(email);
    await form.getByLabel('Password').fill(password);
    await click(page, action);
  };

  it(
    'is signed in by the cookie of a test user',
    async () => {
      const user = await createTestAccounts({ url: test.url }).signUp({ verified: false });
      const context = await browser.newContext();
      await context.addCookies(user.cookies);
      const page = await context.newPage();
      await page.goto(appUrl);
      await page.getByText(`Signed in as ${user.email}`).waitFor();
      await context.close();
    },
    patience,
  );

  it(
    'signs up, resumes at the second factor after a reload, and follows other tabs',
    async () => {
      const email = newEmail();
      const page = await (await browser.newContext()).newPage();
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      await page.goto(appUrl);
      await fill(page, 'Sign up', email);
      await page.getByText(`Signed in as ${email}`).waitFor();
      await page.reload();
      await page.getByText(`Signed in as ${email}`).waitFor();

      await click(page, 'Add an app');
      const secret = await page.locator('output').innerText();
      await page.getByLabel('Code').fill(codeNow(test, secret));
      await click(page, 'Turn it on');
      await page.getByText('Second factor: on').waitFor();
      await page.getByRole('list', { name: 'Sessions' }).getByText('(this one)').waitFor();
      await page.getByRole('list', { name: 'Security log' }).getByText('mfa.update on').waitFor();
      await click(page, 'Sign out');

      const tab = await page.context().newPage();
      await tab.goto(appUrl);
      await tab.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await fill(page, 'Sign in', email);
      await page.getByText('One more step').waitFor();
      await tab.getByText('One more step').waitFor();
      await page.reload();
      await page.getByText('One more step').waitFor();
      test.clock.advance(60);
      await click(page, 'Use TOTP');
      await page.getByLabel('Code').fill('000000');
      await click(page, 'Continue');
      await page.getByRole('alert').getByText('invalid').waitFor();
      await page.getByLabel('Code').fill(codeNow(test, secret));
      await click(page, 'Continue');
      await page.getByText(`Signed in as ${email}`).waitFor();
      await tab.getByText(`Signed in as ${email}`).waitFor();
      await click(tab, 'Sign out');
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      expect(problems).toEqual([]);
      await page.context().close();
    },
    patience,
  );
});
