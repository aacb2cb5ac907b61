import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { Webhook } from 'standardwebhooks';
import { PermanentFailure } from './refused.js';

const timeoutMilliseconds = 15_000;
const goneStatus = 410;

/** Hands one event over. @throws {PermanentFailure} when the receiver is gone for good; any other error is worth another try. */
export type EventSink = (id: string, at: Date, body: string) => Promise<void>;

interface Settings {
  readonly secret: string;
  /** Whether the address may be one of this machine. */
  readonly isLoopback: boolean;
  /** Whether it may be one of a private network. */
  readonly isPrivate: boolean;
}

/**
 * Sends events as Standard Webhooks messages: `webhook-id`, the same for every attempt, `webhook-timestamp` and
 * `webhook-signature`. Follows no redirect. Where the name leads is looked at when the connection is made.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function createEventSink(url: string, { secret, isLoopback, isPrivate }: Settings): EventSink {
  const signer = new Webhook(secret);
  const target = new URL(url);
  const isPlain = target.protocol === 'http:';
  const filter = {
    allowPrivateIPAddress: isPrivate,
    allowIPAddressList: isLoopback ? ['127.0.0.1', '::1'] : [],
  };
  const agent = isPlain ? new RequestFilteringHttpAgent(filter) : new RequestFilteringHttpsAgent(filter);
  const request = isPlain ? plainRequest : tlsRequest;
  return async (id, at, body) => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(target, {
        method: 'POST',
        agent,
        signal: AbortSignal.timeout(timeoutMilliseconds),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'gatehouse',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': signer.sign(id, at, body),
        },
      });
      sent.once('error', reject);
      sent.once('response', (response) => {
        resolve(response.statusCode ?? 0);
        // What it says beside that is nobody's business, however long it is.
        response.destroy();
      });
      sent.end(body);
    });
    if (status >= 200 && status < 300) return;
    const reason = `The webhook answered ${status}.`;
    throw status === goneStatus ? new PermanentFailure(reason) : new Error(reason);
  };
}
