import type { IncomingMessage } from 'node:http';

const forwardingHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const;

/**
 * Whether a request comes from this machine and was meant for it: a loopback peer, a loopback host name, and no sign of a proxy,
 * behind which the peer is loopback for everyone. A foreign name that resolves to this machine is not a loopback name.
 */
export function isLocalRequest({ headers, socket }: IncomingMessage): boolean {
  const isLoopbackPeer = /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
  const isLoopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
  return isLoopbackPeer && isLoopbackHost && forwardingHeaders.every((name) => headers[name] === undefined);
}
