import { post } from './http.js';
import type { Transport } from './transport.js';

/**
 * Sends by Twilio's Messages resource, or by what speaks like it.
 *
 * @param url `twilio://<account sid>:<auth token>@api.twilio.com?from=+15005550006`; with `&insecure=on` plain HTTP, for a
 *   fake on this machine.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 */
export function createTwilio(url: string): Transport {
  const { username, password, host, searchParams } = new URL(url);
  const scheme = searchParams.get('insecure') === 'on' ? 'http' : 'https';
  const endpoint = `${scheme}://${host}/2010-04-01/Accounts/${username}/Messages.json`;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const from = searchParams.get('from') ?? '';
  return {
    send: ({ to, text }) =>
      post(endpoint, { authorization }, new URLSearchParams({ To: to, From: from, Body: text })),
    close: () => {},
  };
}
