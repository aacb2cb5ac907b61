import type { IncomingMessage, ServerResponse } from 'node:http';
import { isListed } from '../input/allow-list.js';

/** What browsers' pages may do across origins. */
export interface CrossOriginRules {
  /** Origins that may send credentials. */
  readonly origins: readonly string[];
  readonly sessionCookie: string;
}

const preflightSeconds = 600;

/** Lets listed origins read the answer. Never `*`, never an echo, never `null`. */
export function allowCrossOrigin(
  rules: CrossOriginRules,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.appendHeader('vary', 'Origin');
  const { origin } = request.headers;
  if (!origin || !isOriginListed(rules, origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-expose-headers', 'retry-after');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('access-control-allow-headers', 'content-type, authorization');
  response.setHeader('access-control-max-age', String(preflightSeconds));
}

/**
 * Whether a foreign page may have made the browser send this request: the defence against CSRF, login included.
 *
 * A browser says where a request comes from. Programs do not, and are let through unless they send the cookie, which
 * only browsers need to.
 */
export function isForeign(rules: CrossOriginRules, request: IncomingMessage): boolean {
  const { origin, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return false;
  if (origin !== undefined) return !isOriginListed(rules, origin);
  if (site !== undefined) return site !== 'none' || request.method === 'POST';
  return new RegExp(`(^|; *)${rules.sessionCookie}=`).test(cookie ?? '');
}

const isOriginListed = ({ origins }: CrossOriginRules, origin: string): boolean =>
  URL.canParse(origin) && isListed(origins, new URL(origin));
