import { isIP } from 'node:net';
import type { Config } from '../config/config.js';
import type { Logger } from '../logger.js';

/** Says at the start which listed origins would sign people in and be signed out at once: browsers keep the cookie from them. */
export function warnOfOtherSites(
  { COOKIE_SAMESITE }: Pick<Config, 'COOKIE_SAMESITE'>,
  publicUrl: string,
  origins: readonly string[],
  log: Logger,
): void {
  if (COOKIE_SAMESITE === 'none') return;
  const here = siteOf(publicUrl);
  const others = origins.filter((origin) => /^https?:/.test(origin) && siteOf(origin) !== here);
  if (others.length > 0)
    log.warn(
      { origins: others, publicUrl },
      'pages of these origins are on another site than PUBLIC_URL: browsers send them no cookie. Set COOKIE_SAMESITE=none, or use bearers',
    );
}

/**
 * Scheme and the last two labels of the host, which is enough for a warning: under a public suffix of two labels, such as
 * `co.uk`, two sites are taken for one.
 */
function siteOf(origin: string): string {
  const { protocol, hostname } = new URL(origin.replace('//*.', '//any.').replace(/:\*$/, ''));
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  return `${protocol}//${isAddress ? hostname : hostname.split('.').slice(-2).join('.')}`;
}
