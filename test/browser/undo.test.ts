import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateRecoveryDocument,
  UpdateMfaDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { dataOf } from '../support/expect.js';
import { lastLink } from '../support/messages.js';
import { addPasskey, Device, passkeySettings } from '../support/passkeys.js';
import { goodPassword as password } from '../support/people.js';
import { browse, newOwner, undoLink } from '../support/undo.js';

const patience = 60_000;
const pictures = process.env['PICTURES'];

describe.skipIf(!hasBrowser())('the page of a security notice', { retry: 1 }, () => {
  let test: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    test = await createTestApp({ ...passkeySettings, TRUSTED_PROXIES: '1' });
    browser = await openBrowser();
  });
  afterAll(() => test.close());

  const newPage = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 480, height: 900 } });
    return context.newPage();
  };
  const take = async (page: Page, name: string) => {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  };
  const violations = async (page: Page) => {
    await page.addScriptTag({ content: axe.source }).catch(() => undefined);
    return page.evaluate(async () => {
      const { axe: checker } = globalThis as unknown as { axe?: typeof axe };
      return checker ? (await checker.run()).violations.map(({ id }) => id) : [];
    });
  };

  /** A thief has added a passkey, an app and a number, and changed the password. */
  let phone = 4155550320;
  async function hijacked() {
    phone += 1;
    const owner = await newOwner(test);
    test.clock.advance(days(31));
    const thief = await browse(test, owner);
    await addPasskey(thief, new Device());
    dataOf(await thief.run(UpdatePhoneDocument, { phone: `+1${phone}`, password }));
    await addAuthenticator(test, thief);
    dataOf(await thief.run(UpdateMfaDocument, { mfa: true }));
    dataOf(
      await thief.run(UpdatePasswordDocument, { password: 'the thief’s battery', oldPassword: password }),
    );
    return owner;
  }

  it(
    'lists the changes by device, reverts the selected ones, and says what was not reverted',
    async () => {
      const { email, userId } = await hijacked();
      const link = new URLSearchParams(await undoLink(test, email, /password was changed/));
      const page = await newPage();
      await page.goto(`${test.url}/auth/undo?${link}`);
      await page.getByText('5 changes').waitFor();
      await take(page, 'undo-before');
      expect(await violations(page)).toEqual([]);
      const boxes = page.getByRole('checkbox');
      expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual(
        Array.from({ length: 5 }, () => true),
      );
      await page.getByLabel('Code from the authenticator app').fill('000000');
      await page.getByRole('button', { name: 'Revert and secure the account' }).click();
      await page.getByText('Nothing was reverted.').waitFor();
      await page.getByLabel('Code from the authenticator app').fill('');
      await page.getByRole('button', { name: 'Revert and secure the account' }).click();
      await page.getByText('All devices are signed out.').waitFor();
      await take(page, 'undo-after');
      expect(await page.getByText('– reverted').count()).toBe(3);
      expect(await page.getByText('– not fully reverted').count()).toBe(2);
      const user = await test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id: userId } });
      expect(user).toMatchObject({ phone: null, passwordHash: null, mfaEnabled: true });
    },
    patience,
  );

  it(
    'follows a recovery, and leaves the new password',
    async () => {
      const { email, userId } = await hijacked();
      dataOf(await test.client().run(CreateRecoveryDocument, { email }));
      const { url } = await lastLink(test, email);
      const page = await newPage();
      await page.goto(url.href);
      await page.getByLabel('New password').fill('a whole new battery');
      await page.getByRole('button', { name: 'Set the password' }).click();
      await page.getByText('Check your account').waitFor();
      await take(page, 'recovery-changes');
      await page.getByRole('button', { name: 'Revert and secure the account' }).click();
      await page.getByText('Sign in with your new password.').waitFor();
      const passkeys = await test.app.deps.db.prisma.passkey.count({ where: { userId } });
      expect(passkeys).toBe(0);
      await page.reload();
      await page.getByText('Check your account').waitFor();
    },
    patience,
  );
});
