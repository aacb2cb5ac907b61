import type { IncomingMessage, ServerResponse } from 'node:http';
import { toFetchResponse, toReqRes } from 'fetch-to-node';

const placeholder = '0.0.0.0';

/** Converts a Fetch request to a Node request without a body. */
export function nodeRequestOf(request: Request, address = placeholder): IncomingMessage {
  const { req } = toReqRes(request);
  return withSocket(req, address);
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/**
 * Handles a Fetch request with a Node request handler. If the client disconnects or stops reading, the response emits `close`, as on a socket.
 *
 * @param address The client's. Unless given, the request comes from a proxy.
 */
export async function answerFetch(
  request: Request,
  address: string | undefined,
  handle: Handle,
): Promise<Response> {
  if (request.bodyUsed || request.body?.locked)
    throw new TypeError('fetch: the body of the request has been read. Read a clone of the request instead.');
  const { req, res } = toReqRes(request);
  withSocket(req, address);
  const end = (): void => {
    if (!res.writableFinished) res.destroy();
    res.emit('close');
  };
  res.once('finish', end);
  request.signal.addEventListener('abort', end, { once: true });
  if (request.signal.aborted) end();
  const hungUp = handle(req, res).then(() => {
    if (res.headersSent) return new Promise<never>(() => {});
    end();
    throw new Error('The client hung up.');
  });
  const response = await Promise.race([toFetchResponse(res), hungUp]);
  const { body, status, statusText, headers } = response;
  return body ? new Response(notifying(body, end), { status, statusText, headers }) : response;
}

/** Returns the same stream, and calls `onCancel` when the reader cancels it. */
function notifying(body: ReadableStream<Uint8Array>, onCancel: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    // If its own stream were cancelled while the handler writes, fetch-to-node would throw an error that nothing can catch.
    cancel: onCancel,
  });
}

/** Adds a placeholder socket, because the request did not arrive on one. The API reads only its address. */
function withSocket(request: IncomingMessage, address = placeholder): IncomingMessage {
  // What is left of a body that is too large is not read.
  const destroySoon = (): void => void request.destroy();
  const socket = { value: { remoteAddress: address, destroySoon } };
  return Object.defineProperties(request, { socket, connection: socket });
}
