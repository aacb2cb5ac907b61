import type { ServerResponse } from 'node:http';

const hstsSeconds = 31_536_000;

/** Scripts and styles of a page stand in the page itself or come from this server; nothing comes from elsewhere. */
export const pageContentSecurityPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob: data:; connect-src 'self'; frame-ancestors 'none'";

/** Headers of every answer, errors included. */
export function setSecurityHeaders(response: ServerResponse, { tls }: { tls: boolean }): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('cross-origin-resource-policy', 'same-site');
  if (tls) response.setHeader('strict-transport-security', `max-age=${hstsSeconds}; includeSubDomains`);
}
