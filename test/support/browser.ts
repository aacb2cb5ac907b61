import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

/** Whether a browser is installed; the tests that need one say so where none is. */
export function hasBrowser(): boolean {
  if (executablePath) return true;
  process.stdout.write('skipped what needs a browser: no Chromium is installed\n');
  return false;
}

let browser: Promise<Browser> | undefined;

/** A headless browser that reaches only this machine. All test files of a process share it, each with contexts of its own. */
export const openBrowser = (): Promise<Browser> => {
  browser ??= chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return browser;
};
