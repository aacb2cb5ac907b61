import { processRegularResult } from 'graphql-yoga';
import Negotiator from 'negotiator';
import { eventStream, type Graphql, type Params } from '../graphql/server.js';
import type { InFlightLimits } from '../limits/in-flight.js';
import { siteOf } from '../limits/subject.js';
import { type Call, type Handler, readBody, sendError } from './reply.js';

const mediaTypes = ['application/graphql-response+json', 'application/json'] as const;
const answers = [...mediaTypes, eventStream].flatMap((type) => [type, `${type};charset=utf-8`]);
const known: ReadonlySet<string> = new Set(['query', 'variables', 'operationName', 'extensions']);

/** Only larger bodies are counted and may have to wait, so that a client that sends small bodies never waits. */
export const smallBodyBytes = 4096;

/**
 * Answers a query or mutation that was posted as JSON, straight from the socket to the engine and back. The engine's own way
 * makes a Request, a Response, streams and an AbortController of each call, which takes longer than all the rest; it is left
 * to what needs it, and to what is not quite right and must be refused in its words.
 */
export function jsonPost(graphql: Graphql, inFlight: InFlightLimits, elsewhere: Handler): Handler {
  const { maxBodyBytes } = graphql;
  const answer = async (body: string | null, accepted: string | null, { exchange }: Call) => {
    const params = body === null ? null : paramsOf(body);
    const result = params !== 'hash' && params && accepted && (await graphql.answer(params, exchange));
    return { body, isHash: params === 'hash', result: result || null };
  };
  /** Reads and executes a large body as soon as its client network, the process and its sender are below their limits. */
  const answerInTurn = (call: Call, accepted: string | null, bytes: number) => {
    const { credentials, clientAddress } = call.exchange;
    const network = siteOf(clientAddress);
    // The credential is not checked yet, so the key contains the network as well.
    const sender = JSON.stringify([network, credentials.bearer, credentials.cookie]);
    const readAndAnswer = async () => {
      const body = await readBody(call, maxBodyBytes);
      return inFlight.executedBytes.run(sender, () => answer(body, accepted, call), bytes);
    };
    return inFlight.heldBytes.run(
      network,
      () => inFlight.allHeldBytes.run('process', readAndAnswer, bytes),
      bytes,
    );
  };
  return async (call) => {
    const { request, response } = call;
    const accepted = acceptedOf(request.headers.accept);
    if (!accepted && (await rejectUnacceptable(call))) return undefined;
    const length = request.headers['content-length'] ?? '';
    // Without a length, and with one that a server by Fetch let through, a body counts as a large one.
    const bytes = /^\d+$/.test(length) ? Math.min(Number(length), maxBodyBytes) : maxBodyBytes;
    const { body, isHash, result } =
      bytes <= smallBodyBytes
        ? await answer(await readBody(call, maxBodyBytes), accepted, call)
        : await answerInTurn(call, accepted, bytes);
    if (body === null) return sendError(call, 413, 'PAYLOAD_TOO_LARGE', 'The request is too large.');
    if (isHash) return rejectPersistedQuery(call);
    if (!accepted || !result) {
      // The body is read; an empty one would be looked for in the socket.
      Object.assign(request, { body: body || ' ' });
      return elsewhere(call);
    }
    const { text, init } = processRegularResult(
      result,
      { Response: Plain } as never,
      accepted,
    ) as unknown as Plain;
    response.writeHead(init.status, { ...init.headers, 'content-length': Buffer.byteLength(text) }).end(text);
  };
}

/** Rejects a request whose `accept` allows no answer, before it is executed. Returns whether it did. */
export async function rejectUnacceptable(call: Call): Promise<boolean> {
  const accept = call.request.headers.accept || '*/*';
  if (new Negotiator({ headers: { accept } }).mediaType(answers)) return false;
  const message = `The answer is ${mediaTypes[1]} or, for a subscription, ${eventStream}: the header "accept" must allow it.`;
  await sendError(call, 406, 'GENERAL_BAD_REQUEST', message);
  return true;
}

/** What the engine says of an answer, kept as it is. */
class Plain {
  constructor(
    readonly text: string,
    readonly init: { readonly status: number; readonly headers: Record<string, string> },
  ) {}
}

/** In the words that make a client send the whole document. @see Apollo's automatic persisted queries */
export const rejectPersistedQuery = (call: Call): Promise<void> =>
  sendError(call, 200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');

/** Whether the extensions of a request stand for the document that it leaves out. */
export const isPersistedQuery = (extensions: unknown): boolean =>
  typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions;

/** The parameters of a sound request; null for anything else. */
function paramsOf(body: string): Params | 'hash' | null {
  try {
    const parsed = JSON.parse(body) as Record<string, unknown> | null;
    const { query, variables, operationName, extensions } = parsed ?? {};
    if (!query && isPersistedQuery(extensions)) return 'hash';
    const isSound =
      typeof query === 'string' &&
      (variables == null || (typeof variables === 'object' && !Array.isArray(variables))) &&
      (operationName == null || typeof operationName === 'string') &&
      Object.keys(parsed ?? {}).every((name) => known.has(name));
    return isSound ? (parsed as unknown as Params) : null;
  } catch {
    return null;
  }
}

/** The media type that the client would rather have; null where it wants none of ours, or says so in another charset. */
function acceptedOf(accept: string | undefined): string | null {
  if (!accept || accept === '*/*' || accept === mediaTypes[1]) return mediaTypes[1];
  for (const entry of accept.replace(/\s/g, '').toLowerCase().split(',')) {
    const [wanted, ...rest] = entry.split(';');
    if (rest.some((parameter) => /^charset=(?!utf-8$)/.test(parameter))) continue;
    if (wanted === '*/*' || wanted === 'application/*') return mediaTypes[1];
    const found = mediaTypes.find((type) => type === wanted);
    if (found) return found;
  }
  return null;
}
