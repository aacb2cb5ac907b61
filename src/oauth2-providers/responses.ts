import type { CustomFetch } from 'openid-client';
import { at, isOidc, type Provider } from './provider.js';

const maxBytes = 256 * 1024;

/** What a provider's answers are made to be, where it takes RFC 6749 lightly: nothing that is checked gets weaker. */
export const lenientFetch =
  (provider: Provider): CustomFetch =>
  async (url, options) => {
    const headers = new Headers(options.headers);
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    const response = await fetch(url, { ...options, headers, redirect: 'error' } as RequestInit);
    const body = await readCapped(response);
    if (options.method !== 'POST') return new Response(body || null, response);
    const refusal = refusalOf(response.status, body);
    if (refusal) return Response.json({ error: refusal }, { status: refusal === wrongClient ? 401 : 400 });
    return response.ok
      ? new Response(repairTokens(body, isOidc(provider)) || null, response)
      : new Response(body || null, response);
  };

/** The provider does not know this server, or its secret is wrong. */
const wrongClient = 'invalid_client';
/** The same in other words than those of RFC 6749, and the codes of Facebook. */
const wordsForWrongClient: ReadonlySet<unknown> = new Set([
  wrongClient,
  'unauthorized_client',
  'incorrect_client_credentials',
  'invalid_client_id',
  'invalid_client_secret',
  'bad_client_id',
  'bad_client_secret',
  'application_suspended',
  1,
  101,
]);

/**
 * What the answer of a token endpoint refuses, as RFC 6749 says it; null for tokens, and for a provider that failed. Some refuse under a status of
 * success, in another form, or as a page.
 */
function refusalOf(status: number, body: string): string | null {
  const json = parsed(body);
  if (json?.['access_token'] !== undefined) return null;
  const error = json?.['error'];
  const code = typeof error === 'object' && error !== null ? (at(error, 'code') ?? at(error, 'type')) : error;
  const isRefusal = status === 400 || status === 401 || (status < 400 && code !== undefined);
  if (!isRefusal) return null;
  if (wordsForWrongClient.has(code) || (status === 401 && typeof code !== 'string')) return wrongClient;
  return typeof code === 'string' && /^[\x20-\x7e]+$/.test(code) ? code : 'invalid_request';
}

function parsed(body: string): Record<string, unknown> | null {
  try {
    const json = JSON.parse(body) as unknown;
    return typeof json === 'object' ? (json as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** The body as text. @throws {Error} for one that is longer than a provider has reason for. */
export async function readCapped(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > maxBytes) throw new Error('The answer of a provider is too long.');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Lists for scopes, numbers as text, nothing as null, a missing token type, Yammer's token in an object. Outside OpenID Connect an ID token is
 * removed, because its issuer may be unknown here.
 */
function repairTokens(body: string, isOidc: boolean): string {
  const json = parsed(body);
  if (!json || !('access_token' in json)) return body;
  const given = Object.entries(json).filter(
    ([name, value]) => value !== null && (isOidc || name !== 'id_token'),
  );
  const mended = Object.fromEntries(given);
  const { access_token: token, scope, expires_in: expiresIn, token_type: type } = mended;
  if (typeof token === 'object') mended['access_token'] = at(token, 'token');
  if (typeof type !== 'string') mended['token_type'] = 'bearer';
  if (Array.isArray(scope)) mended['scope'] = scope.join(' ');
  if (typeof expiresIn === 'string') mended['expires_in'] = Number(expiresIn);
  if (!Number.isFinite(mended['expires_in'])) delete mended['expires_in'];
  return JSON.stringify(mended);
}
