// What the examples in docs use of frameworks that are too large to install for a test.

interface CookieOptions {
  path: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'lax' | 'strict' | 'none';
  maxAge: number;
}

declare module 'next/headers' {
  export function headers(): Promise<Pick<Headers, 'get' | 'has' | 'forEach'>>;
  export function cookies(): Promise<{
    set(name: string, value: string, options: Partial<CookieOptions>): unknown;
  }>;
}

declare module 'next/navigation' {
  export function redirect(path: string): never;
}

declare module '@sveltejs/kit' {
  export interface RequestEvent {
    readonly request: Request;
    readonly url: URL;
    readonly cookies: {
      set(name: string, value: string, options: Partial<CookieOptions> & { path: string }): void;
    };
    getClientAddress(): string;
  }
  export function redirect(status: number, location: string): never;
  export function fail<Data>(status: number, data: Data): { status: number; data: Data };
}

declare module '@playwright/test' {
  import type { BrowserContext, Locator, Page } from 'playwright-core';
  export function test(
    name: string,
    body: (fixtures: { context: BrowserContext; page: Page }) => Promise<void>,
  ): void;
  export function expect(locator: Locator): { toBeVisible(): Promise<void> };
}
