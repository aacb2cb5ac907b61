import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/** Which proxies to believe: that many hops, or those with these addresses. */
export type TrustedProxies = number | ((address: string) => boolean);

/**
 * The client's address: the right-most one that no trusted proxy vouches for.
 *
 * @returns IPv4, or IPv6 in its short form; an IPv4 address in IPv6 clothes comes out as IPv4.
 */
export function clientAddress(request: IncomingMessage, trusted: TrustedProxies): string {
  const socketAddress = request.socket.remoteAddress ?? '0.0.0.0';
  const trust = typeof trusted === 'number' ? (_address: string, hop: number) => hop < trusted : trusted;
  const claimed = trusted === 0 ? socketAddress : proxyAddr(withPlainAddresses(request), trust);
  // What most are needs no parsing.
  if (isIPv4(claimed)) return claimed;
  return ipaddr.process(ipaddr.isValid(claimed) ? claimed : socketAddress).toString();
}

/** Some proxies write quotes around the address, the port behind it, and IPv6 in brackets. @see RFC 7239 §6 */
const decorated = /^"?(?:\[?([0-9a-f:]*:[0-9a-f:.]*)\]?(?:(?<=\]):\d+)?|(\d+\.\d+\.\d+\.\d+)(?::\d+)?)"?$/i;

function withPlainAddresses(request: IncomingMessage): IncomingMessage {
  const { headers } = request;
  const forwarded = headers['x-forwarded-for'];
  if (typeof forwarded === 'string')
    headers['x-forwarded-for'] = forwarded
      .split(',')
      .map((hop) => hop.trim().replace(decorated, (_match, six: string, four: string) => six ?? four))
      .join(', ');
  return request;
}
