import type { IncomingMessage, ServerResponse } from 'node:http';
import { isListed } from '../input/allow-list.js';
import type { Logger } from '../logger.js';

const preflightSeconds = 600;

/** Names that are remembered as refused: a stranger can make up any number. */
const maxRejectedOrigins = 100;

/** Lets listed origins read the answer, never `*`, never an echo, never `null`; tells the log once of each other one. */
export function crossOrigin(origins: readonly string[], log: Logger) {
  const loggedOrigins = new Set<string>();
  return (request: IncomingMessage, response: ServerResponse): void => {
    response.appendHeader('vary', 'Origin');
    const { origin } = request.headers;
    if (!origin) return;
    if (isOriginListed(origins, origin)) allow(origin, request, response);
    else if (!loggedOrigins.has(origin) && loggedOrigins.size < maxRejectedOrigins) {
      loggedOrigins.add(origin);
      log.warn({ origin: origin.slice(0, 256) }, 'refused an origin that CORS_ORIGINS does not list');
    }
  };
}

function allow(origin: string, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-expose-headers', 'retry-after');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, POST');
  // Tools add headers of their own; a listed origin may send any, and none has a meaning here that it should not.
  const asked = request.headers['access-control-request-headers'];
  response.setHeader('access-control-allow-headers', asked ?? 'content-type, authorization');
  response.appendHeader('vary', 'Access-Control-Request-Headers');
  response.setHeader('access-control-max-age', String(preflightSeconds));
}

/**
 * Whether a foreign page may have made the browser send this request: the defence against CSRF, login included.
 *
 * A browser says where a request comes from. Programs do not, and are let through; their cookie is not read, see
 * {@link declaresOrigin}.
 */
export function isCrossSite(origins: readonly string[], request: IncomingMessage): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  // Before the browser's word that it is the same origin: a name that was pointed at this machine is that, too.
  if (origin !== undefined) return !isOriginListed(origins, origin);
  return site !== undefined && site !== 'same-origin' && (site !== 'none' || request.method === 'POST');
}

/**
 * Whether the request says where it comes from, as every browser's does. Without that, the session cookie counts for nothing:
 * a program has its bearer, and what hides where it comes from could be a foreign page's.
 */
export const declaresOrigin = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

const isOriginListed = (origins: readonly string[], origin: string): boolean =>
  URL.canParse(origin) && isListed(origins, new URL(origin));
