import { type Sms, timeoutMilliseconds } from './sms.js';

/**
 * Sends by Twilio's Messages resource, or by what speaks like it.
 *
 * @param url `twilio://<account sid>:<auth token>@api.twilio.com?from=+15005550006`; with `&insecure=on` plain HTTP, for a
 *   fake on this machine.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 */
export function createTwilio(url: string): Sms {
  const { username, password, host, searchParams } = new URL(url);
  const scheme = searchParams.get('insecure') === 'on' ? 'http' : 'https';
  const endpoint = `${scheme}://${host}/2010-04-01/Accounts/${username}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  const from = searchParams.get('from') ?? '';
  return {
    async send({ to, text }) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams({ To: to, From: from, Body: text }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The SMS transport answered ${response.status}.`);
    },
  };
}
