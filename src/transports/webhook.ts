import { signature } from '../secrets/digest.js';
import { post } from './http.js';
import type { Transport } from './transport.js';

/**
 * Sends by a webhook of your own: `POST { "id", "to", "text" }`, signed with HMAC-SHA-256 in `x-signature`.
 *
 * @param url `webhooks://:<secret>@host/path`; `webhook://` is plain HTTP.
 */
export function createWebhook(url: string): Transport {
  const target = new URL(url.replace(/^webhook(s?):/, 'http$1:'));
  const secret = decodeURIComponent(target.password);
  target.username = '';
  target.password = '';
  return {
    send: ({ id, to, text }) => {
      const body = JSON.stringify({ id, to, text });
      const headers = { 'content-type': 'application/json', 'x-signature': signature(secret, body) };
      return post(target, headers, body);
    },
    close: () => {},
  };
}
