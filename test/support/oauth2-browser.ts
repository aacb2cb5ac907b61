import { parseSetCookie } from 'cookie';
import { CreateOAuth2TokenDocument, type OAuthProvider } from '../../src/client/documents.js';
import type { Client } from './client.js';
import { dataOf } from './expect.js';

/** Where the app of these tests wants its browser back. */
export const pages = { success: 'http://localhost:3000/in?x=1', failure: 'http://localhost:3000/out' };

/** Begins a sign-in as a page of the app does; the client keeps the cookie. */
export async function begin(client: Client, provider: OAuthProvider): Promise<URL> {
  const answer = await client.browse(CreateOAuth2TokenDocument, { provider, ...pages });
  return new URL(dataOf(answer).createOAuth2Token.url);
}

/** Follows redirects as a browser would, over hosts and with their cookies, until one leads to the app or back to `stopAt`. */
export async function follow(client: Client, start: URL, stopAt?: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let hop = 0; hop < 15; hop += 1) {
    if (url.href.startsWith('http://localhost:3000/') || (stopAt && url.href.startsWith(stopAt))) return url;
    const isOurs = url.origin === client.origin;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = isOurs
      ? await client.fetch(url.pathname + url.search)
      : await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    await response.body?.cancel();
    if (!isOurs) {
      for (const { name, value } of response.headers.getSetCookie().map((header) => parseSetCookie(header)))
        cookies.set(name, value ?? '');
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`${url.href} answered ${response.status} and led nowhere.`);
    url = new URL(location, url);
  }
  throw new Error('Too many redirects.');
}

/** Begins and ends a sign-in; what stands in the query of the page it comes back to. */
export async function signInAt(
  client: Client,
  provider: OAuthProvider,
): Promise<{ page: string; userId: string; secret: string; error: string }> {
  return landed(await follow(client, await begin(client, provider)));
}

/** The page, and what was handed to it. */
export function landed(url: URL): { page: string; userId: string; secret: string; error: string } {
  const get = (name: string) => url.searchParams.get(name) ?? '';
  const error = get('error') ? (JSON.parse(get('error')) as { code: string }).code : '';
  return { page: url.pathname, userId: get('userId'), secret: get('secret'), error };
}
