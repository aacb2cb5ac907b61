import { PermanentFailure } from './refused.js';

const timeoutMilliseconds = 10_000;
/** Of what a client is blamed for, these pass by themselves: time-out, too many requests. */
const passing = new Set([408, 429]);

/**
 * Posts to a service that carries messages.
 *
 * @throws {PermanentFailure} when the service says that the request will never do.
 */
export async function post(
  url: string | URL,
  headers: Readonly<Record<string, string>>,
  body: string | URLSearchParams,
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  await response.body?.cancel();
  if (response.ok) return;
  const { status } = response;
  const isFinal = status >= 400 && status < 500 && !passing.has(status);
  const reason = `The transport answered ${status}.`;
  throw isFinal ? new PermanentFailure(reason) : new Error(reason);
}

/** Reads a response as text. @throws {Error} if it is longer than `maxBytes`. */
export async function readBounded(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`The response is longer than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
