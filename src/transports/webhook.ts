import { signature } from '../secrets/digest.js';
import { type Sms, timeoutMilliseconds } from './sms.js';

/**
 * Sends by a webhook of your own: `POST { "id", "to", "text" }`, signed with HMAC-SHA-256 in `x-signature`.
 *
 * @param url `webhooks://:<secret>@host/path`; `webhook://` is plain HTTP.
 */
export function createWebhook(url: string): Sms {
  const target = new URL(url.replace(/^webhook(s?):/, 'http$1:'));
  const secret = decodeURIComponent(target.password);
  target.username = '';
  target.password = '';
  return {
    async send(message) {
      const body = JSON.stringify(message);
      const response = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-signature': signature(secret, body) },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The SMS webhook answered ${response.status}.`);
    },
  };
}
