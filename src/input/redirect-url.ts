import { argumentInvalid } from '../errors/account-error.js';
import { isListed } from './allow-list.js';

declare const checked: unique symbol;
/** A URL that the allow-list admits, as the parser writes it. */
export type RedirectUrl = string & { readonly [checked]: 'redirect' };

const longest = 2048;
const httpForm = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?([/?#]|$)/i;

/**
 * Checks where a link or redirect may lead. What the parser silently mends is refused: other parsers mend it otherwise.
 *
 * @param origins The allow-list; a custom scheme works when the URL itself is listed, its query aside.
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export function redirectUrl(origins: readonly string[], argument: string, value: string): RedirectUrl {
  const url = parse(value);
  if (!url || !isAdmitted(origins, value, url)) {
    throw argumentInvalid(
      argument,
      'Must be an absolute URL whose origin is on the allow-list (REDIRECT_ORIGINS).',
    );
  }
  return url.href as RedirectUrl;
}

/** The URL with parameters set, its own query and fragment kept. */
export function withParameters(url: RedirectUrl, parameters: Readonly<Record<string, string>>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  return target.href;
}

function parse(value: string): URL | null {
  if (value.length > longest || !/^[\x21-\x7e]+$/.test(value) || value.includes('\\') || !URL.canParse(value))
    return null;
  const url = new URL(value);
  return url.username || url.password ? null : url;
}

function isAdmitted(origins: readonly string[], value: string, url: URL): boolean {
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    return (
      httpForm.test(value) &&
      !url.hostname.endsWith('.') &&
      isSpelledOut(value, url) &&
      isListed(origins, url)
    );
  }
  return !/\/\.{1,2}([/?#]|$)/.test(value) && isListed(origins, url);
}

/** The host as typed is the host that is meant: no percent signs, no numbers that stand for an address. */
const isSpelledOut = (value: string, { hostname }: URL): boolean =>
  value
    .slice(value.indexOf('//') + 2)
    .toLowerCase()
    .startsWith(hostname);
