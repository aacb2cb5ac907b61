import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateEmailTokenDocument, CreateUserDocument, GetUserDocument } from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { freePort } from '../support/cluster.js';
import { codeOf, dataOf } from '../support/expect.js';
import { bearerOf, operatorOf, operatorSettings } from '../support/operators.js';
import { newEmail, signedInPerson, signIn } from '../support/people.js';
import { isLong } from '../support/long.js';

const browserIsHere = hasBrowser();
const patience = 60_000;

describe.skipIf(!browserIsHere)('the console', { retry: 1 }, () => {
  let test: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    const port = await freePort();
    test = await createTestApp({
      ...operatorSettings,
      TRUSTED_PROXIES: '0',
      MAIL_URL: `smtp://127.0.0.1:${port}`,
      INBOX: 'off',
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await test.close();
  });

  /** Opens the console and collects the errors of the browser. */
  async function open(options: Parameters<Browser['newContext']>[0] = {}) {
    const page = await (await browser.newContext(options)).newPage();
    const browserErrors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') browserErrors.push(message.text());
    });
    page.on('pageerror', (error) => browserErrors.push(error.message));
    await page.goto(`${test.url}/console`);
    return { page, browserErrors };
  }

  async function unlock(page: Page, key = bearerOf('ada')) {
    await page.getByLabel('Operator key').fill(key);
    await page.keyboard.press('Enter');
  }

  const violations = async (page: Page) => {
    await page.evaluate(axe.source);
    const { violations: found } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  };

  it(
    'unlocks with a key, searches while the operator types, and shows and changes a user',
    async () => {
      const email = newEmail();
      const person = await signedInPerson(test);
      const other = test.client();
      test.clock.advance(1);
      await signIn(other, person);
      dataOf(await operatorOf(test).run(CreateUserDocument, { email, name: `Zelda ${email}` }));
      const { page, browserErrors } = await open();
      await unlock(page, 'operator_wrong');
      await page.getByText('The server does not know this key.').waitFor();
      await unlock(page);
      await page.getByRole('searchbox').waitFor();
      await page.keyboard.type(`zelda ${email.slice(0, -3)}`);
      const link = page.getByRole('link', { name: email });
      await link.waitFor();
      await page.waitForFunction(() => document.querySelectorAll('li').length === 1);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: email }).waitFor();
      await page.getByText('user.create').waitFor();
      await page.getByText('operator:ada').waitFor();
      await page.getByRole('link', { name: 'messages', exact: true }).click();
      const recipient = page.getByLabel('Recipient, exact match');
      await expect.poll(() => recipient.inputValue()).toBe(email);
      await page.goBack();
      await page.getByRole('heading', { name: email }).waitFor();
      await page.getByRole('button', { name: 'Set labels' }).focus();
      await page.keyboard.press('Enter');
      await page.getByLabel('Labels, separated by commas').fill('beta, staff');
      await page.keyboard.press('Enter');
      await page.getByText('beta, staff').waitFor();
      // The dialog shows the error and keeps the input.
      await page.getByRole('button', { name: 'Set labels' }).click();
      await page.getByLabel('Labels, separated by commas').fill('a b');
      await page.keyboard.press('Enter');
      await page.getByText('labels: Must be at most 50').waitFor();
      await page.keyboard.press('Escape');
      await page.goto(`${test.url}/console#/users/${person.userId}`);
      await page.reload();
      // The page does not keep the key after a reload.
      await unlock(page);
      await page.getByRole('heading', { name: person.email }).waitFor();
      const endings = page.getByRole('button', { name: 'End this session' });
      await endings.last().click();
      await expect.poll(() => endings.count()).toBe(1);
      expect(codeOf(await other.send('{ getAccount { id } }'))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
      await page.getByRole('button', { name: 'Block', exact: true }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(codeOf(await person.client.send('{ getAccount { id } }'))).toBe('ok');
      await page.getByRole('button', { name: 'Block', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
      await page.getByText('No sessions.').waitFor();
      expect(codeOf(await person.client.send('{ getAccount { id } }'))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
      await page.getByRole('button', { name: 'Unblock' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Unblock' }).click();
      await page.getByText('active').waitFor();
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByLabel('The e-mail address is verified').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Verify' }).click();
      await page.locator('.badge', { hasText: /^verified$/ }).waitFor();
      for (const action of ['Sign out', 'Reset second factors']) {
        await page.getByRole('button', { name: action }).click();
        await page.getByRole('dialog').getByRole('button', { name: action }).click();
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('searchbox').waitFor();
      const { userId } = person;
      expect(codeOf(await operatorOf(test).run(GetUserDocument, { userId }))).toBe('USER_NOT_FOUND');
      await page.getByRole('button', { name: 'Lock' }).click();
      await page.getByLabel('Operator key').waitFor();
      expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]))).toBe(
        '[{},{},""]',
      );
      expect(browserErrors).toEqual([]);
    },
    patience,
  );

  it(
    'shows the state of messages and sends a failed message again',
    async () => {
      const email = newEmail();
      dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
      await test.app.worker.deliverDue();
      test.clock.advance(10);
      await test.app.worker.deliverDue();
      const { page } = await open();
      await unlock(page);
      await page.getByRole('link', { name: 'Messages' }).click();
      await page.getByLabel('Recipient, exact match').fill(email);
      await page.waitForFunction(() => document.querySelectorAll('li').length === 1);
      await page.getByText('ECONNREFUSED').waitFor();
      await page.getByText('attempts: 2').waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText(/attempts: [01]$/).waitFor();
      await page.getByLabel('State').selectOption('SENT');
      await page.getByText('No messages.').waitFor();
    },
    patience,
  );

  it(
    'sends an invitation and deletes it',
    async () => {
      const email = newEmail();
      const { page, browserErrors } = await open();
      await unlock(page);
      await page.getByRole('link', { name: 'Invitations' }).click();
      await page.getByText('No invitations.').waitFor();
      await page.getByRole('button', { name: 'Invite someone' }).click();
      await page.getByLabel('Email address').fill(email);
      await page.getByLabel('Labels, separated by commas').fill('beta, staff');
      await page.keyboard.press('Enter');
      await page.getByText('beta, staff · by ada').waitFor();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('No invitations.').waitFor();
      expect(browserErrors).toEqual([]);
    },
    patience,
  );

  it(
    'draws the activity of the last 24 hours',
    async () => {
      await signedInPerson(test);
      const { page, browserErrors } = await open();
      await unlock(page);
      await page.getByRole('link', { name: 'Activity' }).click();
      await page.getByRole('img', { name: /Sign-ins: [1-9]/ }).waitFor();
      expect(browserErrors).toEqual([]);
    },
    patience,
  );

  it.each(isLong ? (['light', 'dark'] as const) : (['dark'] as const))(
    'has no accessibility violations and no horizontal overflow at 360 pixels in %s mode',
    async (colorScheme) => {
      const { userId } = await signedInPerson(test);
      dataOf(await test.client().run(CreateEmailTokenDocument, { email: newEmail() }));
      const { page } = await open({ viewport: { width: 360, height: 740 }, colorScheme });
      expect(await violations(page)).toEqual([]);
      await unlock(page);
      await page.getByRole('searchbox').waitFor();
      for (const view of ['users', `users/${userId}`, 'invitations', 'messages', 'activity']) {
        await page.goto(`${test.url}/console#/${view}`);
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        await page.waitForTimeout(200);
        expect([view, await violations(page)]).toEqual([view, []]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect([view, overflow]).toEqual([view, 0]);
        if (process.env['SCREENSHOTS'])
          await page.screenshot({
            path: `${process.env['SCREENSHOTS']}/${view.replace(/\/.*/, '-one')}-${colorScheme}.png`,
            fullPage: true,
          });
      }
    },
    patience,
  );

  it('returns 404 without operators or outside their networks, and returns the activity only to operators', async () => {
    const without = await createTestApp();
    expect((await without.client().fetch('/console')).status).toBe(404);
    const help = await without.client().fetch('/console', { headers: { accept: 'text/html' } });
    expect(await help.text()).toContain('Set OPERATOR_KEYS and start the server again');
    await without.close();
    const bound = await createTestApp({ ...operatorSettings, OPERATOR_NETWORKS: '192.0.2.0/24' });
    expect((await bound.client().fetch('/console')).status).toBe(404);
    const inside = bound.client();
    inside.address = '192.0.2.1';
    expect((await inside.fetch('/console')).status).toBe(200);
    await bound.close();
    expect((await test.client().fetch('/console/activity')).status).toBe(401);
    expect((await operatorOf(test).fetch('/console/activity')).status).toBe(200);
  });
});
