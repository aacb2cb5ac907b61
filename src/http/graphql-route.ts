import type { Deps } from '../deps.js';
import { isPublicQuery, publicCacheSeconds } from '../graphql/public-cache.js';
import type { Graphql } from '../graphql/server.js';
import { isCrossSite } from './cross-origin.js';
import { pageContentSecurityPolicy } from './headers.js';
import { isPersistedQuery, jsonPost, rejectPersistedQuery, rejectUnacceptable } from './json-post.js';
import { disconnectIdleReader } from './stream-guard.js';
import { type Call, type Handler, type Route, sendError } from './reply.js';

interface GraphqlRouteDeps {
  readonly deps: Pick<Deps, 'config' | 'inFlight'>;
  readonly graphql: Graphql;
  readonly corsOrigins: readonly string[];
}

/** The API, its preflight, and GraphiQL for a browser where that is on. */
export function graphqlRoute({ deps, graphql, corsOrigins }: GraphqlRouteDeps): Route {
  const execute: Handler = async ({ request, response, exchange }) => {
    // The engine makes a URL of the client's Host header, whatever it holds; nothing here uses it.
    request.headers.host = 'this.server';
    if (request.headers.accept?.includes('text/event-stream')) disconnectIdleReader(response);
    await graphql.handle(request, response, { exchange });
  };
  const post = jsonPost(graphql, deps.inFlight, execute);
  return {
    OPTIONS: ({ response }) => void response.writeHead(204).end(),
    GET: async (call) => {
      const { request, response, url } = call;
      // A link to a query of GraphiQL's is opened by it, and not executed.
      if (deps.config.GRAPHIQL && request.headers.accept?.includes('text/html')) {
        response.setHeader('content-security-policy', pageContentSecurityPolicy);
        return execute(call);
      }
      if (url.searchParams.has('query')) {
        if ((await rejectCrossSite(corsOrigins, call)) || (await rejectUnacceptable(call))) return undefined;
        const query = url.searchParams.get('query') ?? '';
        if (isPublicQuery(query, url.searchParams.get('operationName')))
          call.response.setHeader('cache-control', `public, max-age=${publicCacheSeconds}`);
        return execute(call);
      }
      if (isPersistedQuery(parsed(url.searchParams.get('extensions')))) return rejectPersistedQuery(call);
      return sendError(call, 405, 'GENERAL_BAD_REQUEST', 'Send a GraphQL query by POST as application/json.');
    },
    POST: async (call) => {
      const { headers } = call.request;
      if (await rejectCrossSite(corsOrigins, call)) return undefined;
      if (!isJson(headers['content-type'])) {
        return sendError(call, 415, 'GENERAL_BAD_REQUEST', 'Send the request as application/json in UTF-8.');
      }
      const encoding = headers['content-encoding'];
      // A body parser of the host server has already decoded the body.
      if (encoding && encoding !== 'identity' && !call.request.readableEnded) {
        call.response.setHeader('accept-encoding', 'identity');
        return sendError(call, 415, 'GENERAL_BAD_REQUEST', 'Send the request without a content-encoding.');
      }
      // The engine compares the header letter by letter.
      headers['content-type'] = 'application/json';
      return post(call);
    },
  };
}

/** Refuses what a foreign page sent, and says whether it did. */
export async function rejectCrossSite(origins: readonly string[], call: Call): Promise<boolean> {
  if (!isCrossSite(origins, call.request)) return false;
  await sendError(call, 403, 'GENERAL_UNKNOWN_ORIGIN', 'This origin may not send credentials.');
  return true;
}

function parsed(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}

/** Real JSON in UTF-8 only: the forms a page can send without asking first are refused. */
const isJson = (contentType: string | undefined): boolean =>
  /^application\/json *(; *charset="?utf-?8"? *)?$/i.test(contentType ?? '');
