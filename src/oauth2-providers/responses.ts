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
    if (options.method !== 'POST' || !response.ok) return new Response(body, response);
    const { status = response.status, text } = repairTokens(body, isOidc(provider));
    return new Response(text, { status, headers: response.headers });
  };

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
 * Lists for scopes, numbers as text, nothing as null, a missing token type, Yammer's token in an object; errors under a status
 * of success. Outside OpenID Connect an ID token is nobody's to judge: it may name an issuer that is not known here.
 */
function repairTokens(body: string, isOidc: boolean): { text: string; status?: number } {
  try {
    const json = JSON.parse(body) as Record<string, unknown>;
    if (typeof json !== 'object' || json === null) return { text: body };
    if (!('access_token' in json))
      return { text: body, ...(typeof json['error'] === 'string' && { status: 400 }) };
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
    return { text: JSON.stringify(mended) };
  } catch {
    return { text: body };
  }
}
