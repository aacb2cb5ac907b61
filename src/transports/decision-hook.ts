import { Webhook } from 'standardwebhooks';
import { readBounded } from './http.js';

/** A decision is a few bytes. */
const maxBytes = 64 * 1024;

/**
 * Posts a question to the application, signed as Standard Webhooks, and returns its response.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function createDecisionHook(url: string, secret: string) {
  const signer = new Webhook(secret);
  return async (id: string, at: Date, question: object, signal: AbortSignal): Promise<unknown> => {
    const body = JSON.stringify(question);
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'gatehouse',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signer.sign(id, at, body),
      },
    });
    if (!response.ok) throw new Error(`DECIDE_URL answered ${response.status}.`);
    return JSON.parse(await readBounded(response, maxBytes));
  };
}
