import { argumentInvalid } from '../errors/account-error.js';
import { isListed } from './allow-list.js';

declare const checked: unique symbol;
/** A URL that the allow-list admits, as it was given. */
export type RedirectUrl = string & { readonly [checked]: 'redirect' };

const longest = 2048;
const httpForm = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?([/?#]|$)/i;

/** The server's own pages for links without an app behind them. */
export type OwnPage =
  | '/auth/magic-url'
  | '/auth/recovery'
  | '/auth/verification'
  | '/auth/oauth2/success'
  | '/auth/oauth2/failure';

interface World {
  /** The allow-list; a custom scheme works when the URL itself is listed, its query aside. */
  readonly redirectOrigins: readonly string[];
  readonly publicUrl: string;
}

/** A page of the server's own. */
export const ownPage = ({ publicUrl }: Pick<World, 'publicUrl'>, page: OwnPage): RedirectUrl =>
  `${publicUrl}${page}` as RedirectUrl;

/**
 * Checks where a link or redirect may lead. What the parser silently mends is refused: other parsers mend it otherwise.
 * Pages of the server's own may always be led to.
 *
 * @param page Where it leads when the client names nothing.
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export function parseRedirectUrl(
  world: World,
  argument: string,
  value: string | null | undefined,
  page: OwnPage,
): RedirectUrl {
  if (value == null || value === '') return ownPage(world, page);
  const url = admittedUrl(world, value);
  if (url) return url;
  throw argumentInvalid(
    argument,
    'Must be an absolute URL whose origin is on the allow-list (REDIRECT_ORIGINS).',
  );
}

/** A URL that was admitted once, held against the allow-list of now; a page of the server's own where it is off it. */
export const stillAdmitted = (world: World, url: string, page: OwnPage): RedirectUrl =>
  admittedUrl(world, url) ?? ownPage(world, page);

function admittedUrl({ redirectOrigins, publicUrl }: World, value: string): RedirectUrl | null {
  const url = parse(value);
  if (!url) return null;
  const isOwn = url.origin === publicUrl && url.pathname.startsWith('/auth/');
  return isAdmitted(isOwn ? [publicUrl] : redirectOrigins, value, url) ? (value as RedirectUrl) : null;
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
