import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpError } from '../graphql/error-format.js';
import type { Exchange } from '../graphql/exchange.js';

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

/** Answers an error in the form of GraphQL's. */
export const refuse = (
  call: Pick<Call, 'response' | 'exchange'>,
  status: number,
  code: string,
  message: string,
): void => sendJson(call, status, httpError(message, code, call.exchange.requestId));

export const redirect = ({ response }: Call, location: string): void =>
  void response.writeHead(302, { location }).end();

/** The body as text; null when it is longer than that many bytes. By events: to iterate a stream takes longer than to read it. */
export const readBody = ({ request }: Pick<Call, 'request'>, mostBytes: number): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) return chunks.push(chunk);
      request.removeAllListeners('data').pause();
      return resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => request.complete || reject(new Error('The client hung up.')));
  });
