import { processRegularResult } from 'graphql-yoga';
import type { Graphql, Params } from '../graphql/server.js';
import type { InFlightLimits } from '../limits/in-flight.js';
import { networkOf } from '../limits/subject.js';
import { BodyBudget, smallBodyBytes } from './body-budget.js';
import { type Call, type Handler, readBody, sendError } from './reply.js';

const mediaTypes = ['application/graphql-response+json', 'application/json'] as const;
const known: ReadonlySet<string> = new Set(['query', 'variables', 'operationName', 'extensions']);

/**
 * Answers a query or mutation that was posted as JSON, straight from the socket to the engine and back. The engine's own way
 * makes a Request, a Response, streams and an AbortController of each call, which takes longer than all the rest; it is left
 * to what needs it, and to what is not quite right and must be refused in its words.
 */
export const jsonPost = (
  graphql: Graphql,
  { largeBodies }: Pick<InFlightLimits, 'largeBodies'>,
  elsewhere: Handler,
): Handler => {
  const answer = async (body: string, isAccepted: boolean, { exchange }: Call) => {
    const params = paramsOf(body);
    if (params === 'hash') return params;
    return params && isAccepted && (await graphql.answer(params, exchange));
  };
  const budget = new BodyBudget();
  return async (call) => {
    const { request, response } = call;
    budget.reserve(call, graphql.maxBodyBytes);
    const body = await readBody(call, graphql.maxBodyBytes);
    if (body === null) return sendError(call, 413, 'PAYLOAD_TOO_LARGE', 'The request is too large.');
    const accepted = acceptedOf(request.headers.accept);
    const result =
      body.length <= smallBodyBytes
        ? await answer(body, accepted !== null, call)
        : await largeBodies.run(callerOf(call), () => answer(body, accepted !== null, call), body.length);
    if (result === 'hash') return rejectPersistedQuery(call);
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
};

/** Who sends a request, before anyone has checked the credential. */
const callerOf = ({ exchange: { credentials, clientAddress } }: Call): string =>
  credentials.bearer ?? credentials.cookie ?? networkOf(clientAddress);

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
function acceptedOf(accept = '*/*'): string | null {
  if (accept === '*/*' || accept === mediaTypes[1]) return mediaTypes[1];
  for (const entry of accept.replace(/\s/g, '').toLowerCase().split(',')) {
    const [wanted, ...rest] = entry.split(';');
    if (rest.some((parameter) => /^charset=(?!utf-8$)/.test(parameter))) continue;
    if (wanted === '*/*' || wanted === 'application/*') return mediaTypes[1];
    const found = mediaTypes.find((type) => type === wanted);
    if (found) return found;
  }
  return null;
}
