import type { IncomingMessage, ServerResponse } from 'node:http';
import { isListed } from '../input/allow-list.js';

const preflightSeconds = 600;

/** Lets listed origins read the answer. Never `*`, never an echo, never `null`. */
export function allowCrossOrigin(
  origins: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.appendHeader('vary', 'Origin');
  const { origin } = request.headers;
  if (!origin || !isOriginListed(origins, origin)) return;
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
 * {@link saysOrigin}.
 */
export function isForeign(origins: readonly string[], request: IncomingMessage): boolean {
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
export const saysOrigin = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

const isOriginListed = (origins: readonly string[], origin: string): boolean =>
  URL.canParse(origin) && isListed(origins, new URL(origin));
