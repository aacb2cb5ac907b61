import { createTransport } from 'nodemailer';
import type { SendMail } from './deliver.js';

/** nodemailer's own time-outs are minutes: a dead server would hold the worker that long. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Sends mail by SMTP over kept connections.
 *
 * @param url `smtp://user:pass@host:port`, which must offer STARTTLS unless it is on this machine, or `smtps://…`.
 * @param from Sender, such as `Accounts <no-reply@example.com>`.
 */
export function createSmtp(
  url: string,
  from: string,
  messageHost: string,
): { send: SendMail; close: () => void } {
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
    maxConnections: 2,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
  return {
    send: async (id, to, { subject, text, html }) => {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${messageHost}>`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}
