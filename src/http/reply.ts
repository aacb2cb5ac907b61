import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpError } from '../graphql/error-format.js';
import type { Exchange } from '../graphql/exchange.js';
import { type PageParts, renderPage } from '../pages/page.js';

/** One request on its way through a route. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly exchange: Exchange;
  readonly url: URL;
}

export type Handler = (call: Call) => Promise<void> | void;

/** Handlers of one path by method; GET answers HEAD, too. */
export type Route = Readonly<Partial<Record<string, Handler>>>;

export const send = (
  { response }: Pick<Call, 'response'>,
  status: number,
  contentType: string,
  body: string,
): void => void response.writeHead(status, { 'content-type': contentType }).end(body);

export const sendJson = (call: Pick<Call, 'response'>, status: number, body: unknown): void =>
  send(call, status, 'application/json; charset=utf-8', JSON.stringify(body));

/** Whether a browser shows the answer. */
export const acceptsHtml = ({ request }: Pick<Call, 'request'>): boolean =>
  request.headers.accept?.includes('text/html') ?? false;

/** Sends a page of the server. */
export function sendPage(call: Pick<Call, 'response'>, parts: PageParts): void {
  const { html, headers } = renderPage(parts);
  for (const [name, value] of Object.entries(headers)) call.response.setHeader(name, value);
  send(call, 200, 'text/html; charset=utf-8', html);
}

/** Answers an error in the form of GraphQL's, to whatever was sent. */
export async function sendError(
  call: Pick<Call, 'request' | 'response' | 'exchange'>,
  status: number,
  code: string,
  message: string,
): Promise<void> {
  const isRead = await readToEnd(call);
  if (!isRead || status === 413) call.response.setHeader('connection', 'close');
  sendJson(call, status, httpError(message, code, call.exchange.requestId));
}

/** What is read of a refused body, and for how long: many clients read no answer before they have sent all. */
const discardLimits = { bytes: 64 * 1024 * 1024, milliseconds: 2000 };

/** Reads and forgets what is left of a body; whether that was all of it. */
async function readToEnd({ request }: Pick<Call, 'request'>): Promise<boolean> {
  // What came in one packet is complete when the parser is done with it.
  await Promise.resolve();
  if (request.complete) return true;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, discardLimits.milliseconds);
    let size = 0;
    request.on('data', ({ length }: Buffer) => {
      size += length;
      if (size > discardLimits.bytes) resolve();
    });
    request.once('close', resolve).once('end', () => {
      clearTimeout(timer);
      resolve();
    });
    request.resume();
  });
  return request.complete;
}

export const redirect = ({ response }: Call, location: string): void =>
  void response.writeHead(302, { location }).end();

/** The text of a body that was parsed already: as a string, bytes, the fields of a form, or JSON. */
function textOfParsed(request: IncomingMessage): string {
  const { body } = request as { body?: unknown };
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
}

const byteOrderMark = '\ufeff';

/** The body as text; null when it is longer than that many bytes. By events: to iterate a stream takes longer than to read it. */
export const readBody = ({ request }: Pick<Call, 'request'>, maxBytes: number): Promise<string | null> =>
  new Promise((resolve, reject) => {
    // The server that this one is mounted in has read and parsed it already.
    if (request.readableEnded) {
      const text = textOfParsed(request);
      return resolve(Buffer.byteLength(text) > maxBytes ? null : text);
    }
    // The client may have hung up while the request waited for its turn.
    if (request.destroyed) return reject(new Error('The client hung up.'));
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) return chunks.push(chunk);
      request.removeAllListeners('data').pause();
      return resolve(null);
    });
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      resolve(text.startsWith(byteOrderMark) ? text.slice(1) : text);
    });
    request.on('close', () => request.complete || reject(new Error('The client hung up.')));
  });
