import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateMagicUrlTokenDocument } from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { dataOf } from '../support/expect.js';
import { lastLink, messagesTo } from '../support/messages.js';
import { goodPassword as password, newEmail, proveShown } from '../support/people.js';
import { isLong } from '../support/long.js';

const patience = 60_000;

describe.skipIf(!hasBrowser())('a passkey of a browser', { retry: 1 }, () => {
  let test: TestApp;
  let browser: Browser;
  let vite: ViteDevServer;
  let appUrl: string;
  beforeAll(async () => {
    // A passkey is bound to a domain, which an address of numbers is not.
    test = await createTestApp({ TRUSTED_PROXIES: '0', PASSKEY_RP_ID: 'localhost' });
    vite = await createServer({
      root: join(import.meta.dirname, '../examples/shop'),
      configFile: false,
      logLevel: 'silent',
      define: { API_URL: JSON.stringify(`${test.url.replace('127.0.0.1', 'localhost')}/graphql`) },
      cacheDir: join(import.meta.dirname, '../../node_modules/.vite-passkeys'),
      server: { host: '127.0.0.1', port: 0 },
    });
    await vite.listen();
    appUrl = (vite.resolvedUrls?.local[0] ?? '').replace('127.0.0.1', 'localhost');
    browser = await openBrowser();
  }, patience);
  afterAll(async () => {
    await vite.close();
    await test.close();
  });

  /** A page on a device whose holder unlocks it at every question. */
  async function open(): Promise<{ page: Page; device: CDPSession; authenticatorId: string }> {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(15_000);
    const device = await page.context().newCDPSession(page);
    await device.send('WebAuthn.enable');
    const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: false,
      },
    });
    await page.goto(appUrl);
    await page.getByLabel('E-mail').waitFor();
    return { page, device, authenticatorId };
  }

  /** Live sessions that began so. */
  const signedInBy = async (provider: string): Promise<number> => {
    const text = 'SELECT 1 FROM sessions WHERE "provider" = $1';
    return (await test.app.deps.db.query({ text, values: [provider] })).rows.length;
  };

  const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  async function signUp(page: Page): Promise<string> {
    const email = newEmail();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await click(page, 'Sign up');
    await page.getByText(`Signed in as ${email}`).waitFor();
    return email;
  }

  /** While the holder touches the device whenever it asks. */
  const touching = async (
    { device, authenticatorId }: { device: CDPSession; authenticatorId: string },
    enabled: boolean,
  ) => {
    await device.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  };

  it(
    'is added, signs in, is offered among the suggestions, completes a sign-in, and works no more once it is removed',
    async () => {
      const opened = await open();
      const { page, device, authenticatorId } = opened;
      const email = await signUp(page);
      await touching(opened, true);
      await click(page, 'Add a passkey');
      await page.getByRole('button', { name: 'Remove My device' }).waitFor();
      await click(page, 'Add a passkey');
      await page.getByRole('alert').getByText('This device has a passkey already.').waitFor();

      // Offered: the simulated holder picks the one suggestion at once.
      await click(page, 'Sign out');
      await expect.poll(() => signedInBy('passkey'), { timeout: 15_000 }).toBe(1);
      await page.getByText(`Signed in as ${email}`).waitFor();

      await touching(opened, false);
      await click(page, 'Sign out');
      await page.getByLabel('E-mail').waitFor();
      await touching(opened, true);
      await click(page, 'Use a passkey');
      await page.getByText(`Signed in as ${email}`).waitFor();

      // As a second factor.
      const { rows } = await test.app.deps.db.query<{ id: string }>({
        text: 'SELECT "id" FROM users WHERE "email" = $1',
        values: [email],
      });
      await proveShown(test, rows[0]?.id ?? '');
      await test.app.deps.db.query({
        text: 'UPDATE users SET "mfaEnabled" = true WHERE "email" = $1',
        values: [email],
      });
      await touching(opened, false);
      await click(page, 'Sign out');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill(password);
      await touching(opened, true);
      await click(page, 'Sign in');
      await page.getByText(`Signed in as ${email}`).waitFor();
      await page.getByText('Passed the second step').first().waitFor();

      // A copy has used a later count meanwhile.
      await test.app.deps.db.query({ text: 'UPDATE passkeys SET "counter" = "counter" + 100', values: [] });
      await touching(opened, false);
      await click(page, 'Sign out');
      await page.getByLabel('E-mail').waitFor();
      await touching(opened, true);
      await click(page, 'Use a passkey');
      await page.getByRole('alert').getByText('does not work here any more').waitFor();
      expect((await messagesTo(test, email))[0]?.subject).toContain('may have been copied');

      const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId });
      expect(credentials).toHaveLength(1);
      await test.app.deps.db.query({ text: 'DELETE FROM passkeys', values: [] });
      await click(page, 'Use a passkey');
      await page.getByRole('alert').getByText('does not work here any more').waitFor();
      await page.context().close();
    },
    patience,
  );

  it(
    'is offered after a sign-in by mail on the server’s own page',
    async () => {
      const opened = await open();
      const { page } = opened;
      const email = newEmail();
      dataOf(await test.client().run(CreateMagicUrlTokenDocument, { email }));
      await touching(opened, true);
      await page.goto((await lastLink(test, email)).url.href.replace('127.0.0.1', 'localhost'));
      await click(page, 'Sign in');
      await page.getByText('You are signed in.').waitFor();
      await click(page, 'Next time without a mail: add a passkey');
      await page.getByText('The passkey is added.').waitFor();
      await page.goto(appUrl);
      await page.getByRole('button', { name: /^Remove / }).waitFor();
      await page.context().close();
    },
    patience,
  );

  it.skipIf(!isLong)(
    'is not the twenty-first',
    async () => {
      const opened = await open();
      const { page } = opened;
      const email = await signUp(page);
      await touching(opened, true);
      await click(page, 'Add a passkey');
      await page.getByRole('button', { name: 'Remove My device' }).waitFor();
      await test.app.deps.db.query({
        text: `INSERT INTO passkeys SELECT gen_random_uuid(), "userId", 'copy-' || n, "publicKey", 0, '{}', false, "model", "name",
          "createdAt", "updatedAt", NULL FROM passkeys, generate_series(2, 20) n WHERE "userId" = (SELECT "id" FROM users WHERE "email" = $1)`,
        values: [email],
      });
      await click(page, 'Add a passkey');
      await page.getByRole('alert').getByText('as many passkeys as it may').waitFor();
      await page.context().close();
    },
    patience,
  );

  it.skipIf(!isLong)(
    'is none of a page on another site, of a browser without passkeys, or of a person who says no',
    async () => {
      const opened = await open();
      const { page, device, authenticatorId } = opened;
      await signUp(page);
      await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
      await touching(opened, true);
      await click(page, 'Add a passkey');
      await page.getByRole('alert').getByText('No passkey was used.').waitFor();
      await page.context().close();

      const elsewhere = await (await browser.newContext()).newPage();
      await elsewhere.goto(appUrl.replace('localhost', '127.0.0.1'));
      await click(elsewhere, 'Use a passkey');
      await elsewhere.getByRole('alert').getByText('No passkey was used.').waitFor();
      await elsewhere.context().close();

      const old = await (await browser.newContext()).newPage();
      await old.addInitScript('delete globalThis.PublicKeyCredential');
      await old.goto(appUrl);
      await click(old, 'Use a passkey');
      await old.getByRole('alert').getByText('No passkey was used.').waitFor();
      await old.context().close();
    },
    patience,
  );
});
