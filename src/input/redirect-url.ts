import { argumentInvalid } from '../errors/account-error.js';
import { isListed } from './allow-list.js';

declare const checked: unique symbol;
/** A URL that the allow-list admits, as it was given. */
export type RedirectUrl = string & { readonly [checked]: 'redirect' };

const longest = 2048;
/** Others must be written with a percent sign: in the text of a mail, a quote or an angle bracket ends a link. @see RFC 3986, appendix A */
const urlCharacters = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;
const httpForm = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?([/?#]|$)/i;

/** The server's own pages for links without an app behind them. */
export type ServerPage =
  | '/auth/invitation'
  | '/auth/magic-url'
  | '/auth/recovery'
  | '/auth/verification'
  | '/auth/oauth2/success'
  | '/auth/oauth2/failure';

interface RedirectDeps {
  /** The allow-list; a custom scheme works when the URL itself is listed, its query aside. */
  readonly redirectOrigins: readonly string[];
  readonly publicUrl: string;
}

/** A page of the server's own. */
export const serverPage = ({ publicUrl }: Pick<RedirectDeps, 'publicUrl'>, page: ServerPage): RedirectUrl =>
  `${publicUrl}${page}` as RedirectUrl;

/**
 * Checks where a link or redirect may lead. What the parser silently mends is refused: other parsers mend it otherwise.
 * Pages of the server's own may always be led to.
 *
 * @param page Where it leads when the client names nothing.
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export function parseRedirectUrl(
  deps: RedirectDeps,
  argument: string,
  value: string | null | undefined,
  page: ServerPage,
): RedirectUrl {
  if (value == null || value === '') return serverPage(deps, page);
  const url = admittedUrl(deps, value);
  if (url) return url;
  throw argumentInvalid(
    argument,
    'Must be an absolute URL whose origin is on the allow-list (REDIRECT_ORIGINS).',
  );
}

/** A URL that was admitted once, held against the allow-list of now; a page of the server's own where it is off it. */
export const recheckedRedirectUrl = (deps: RedirectDeps, url: string, page: ServerPage): RedirectUrl =>
  admittedUrl(deps, url) ?? serverPage(deps, page);

function admittedUrl({ redirectOrigins, publicUrl }: RedirectDeps, value: string): RedirectUrl | null {
  const url = parse(value);
  if (!url) return null;
  const isOwnRequest = url.origin === publicUrl && url.pathname.startsWith('/auth/');
  return isAdmitted(isOwnRequest ? [publicUrl] : redirectOrigins, value, url) ? (value as RedirectUrl) : null;
}

/** The URL with parameters added. All else goes out as it came in, but for parameters of the same names, which would be read first. */
export function withParameters(url: RedirectUrl, parameters: Readonly<Record<string, string>>): string {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(url) ?? [];
  const own = query
    .split('&')
    .filter((pair) => pair && ![...new URLSearchParams(pair).keys()].some((name) => name in parameters));
  return `${base}?${[...own, new URLSearchParams(parameters)].join('&')}${fragment}`;
}

function parse(value: string): URL | null {
  if (value.length > longest || !urlCharacters.test(value) || !URL.canParse(value)) return null;
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
