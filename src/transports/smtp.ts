import { createTransport } from 'nodemailer';
import { PermanentFailure } from './refused.js';
import type { SenderSettings, Transport } from './transport.js';

/** nodemailer's own time-outs are minutes: a dead server would hold the worker that long. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** As many as the outbox delivers at the same time. */
const maxConnections = 8;
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Sends mail by SMTP over kept connections.
 *
 * @param url `smtp://user:pass@host:port`, which must offer STARTTLS unless it is on this machine, or `smtps://…`.
 */
export function createSmtp(url: string, { from, host }: SenderSettings): Transport {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !loopback.has(hostname),
    ignoreTLS: !secure && loopback.has(hostname),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    pool: true,
    maxConnections,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
  return {
    send: async ({ id, to, subject, text, html }) => {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${host}>`,
          headers: { 'auto-submitted': 'auto-generated' },
        });
      } catch (error) {
        const { responseCode = 0 } = error as { responseCode?: number };
        // 5xx of the recipient or the message; a refused login is the operator's to mend, and worth another try.
        const isFinal = responseCode >= 500 && (error as { code?: string }).code !== 'EAUTH';
        throw isFinal ? new PermanentFailure((error as Error).message) : error;
      }
    },
    close: () => transport.close(),
  };
}
