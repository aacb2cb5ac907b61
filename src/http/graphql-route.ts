import type { Deps } from '../deps.js';
import type { Graphql } from '../graphql/server.js';
import { isForeign } from './cross-origin.js';
import { pageContentSecurityPolicy } from './headers.js';
import { isHash, jsonPost, refuseHash } from './json-post.js';
import { cutOffIdleReader } from './stream-guard.js';
import { type Call, type Handler, type Route, refuse } from './reply.js';

interface World {
  readonly deps: Pick<Deps, 'config'>;
  readonly graphql: Graphql;
  readonly corsOrigins: readonly string[];
}

/** The API, its preflight, and GraphiQL for a browser where that is on. */
export function graphqlRoute({ deps, graphql, corsOrigins }: World): Route {
  const execute: Handler = async ({ request, response, exchange }) => {
    // The engine makes a URL of the client's Host header, whatever it holds; nothing here uses it.
    request.headers.host = 'this.server';
    if (request.headers.accept?.includes('text/event-stream')) cutOffIdleReader(response);
    await graphql.handle(request, response, { exchange });
  };
  const post = jsonPost(graphql, execute);
  return {
    OPTIONS: ({ response }) => void response.writeHead(204).end(),
    GET: async (call) => {
      const { request, response, url } = call;
      // A link to a query of GraphiQL's is opened by it, and not executed.
      if (deps.config.GRAPHIQL && request.headers.accept?.includes('text/html')) {
        response.setHeader('content-security-policy', pageContentSecurityPolicy);
        return execute(call);
      }
      if (url.searchParams.has('query'))
        return (await refuseForeign(corsOrigins, call)) ? undefined : execute(call);
      if (isHash(parsed(url.searchParams.get('extensions')))) return refuseHash(call);
      return refuse(call, 405, 'GENERAL_BAD_REQUEST', 'Send a GraphQL query by POST as application/json.');
    },
    POST: async (call) => {
      const { headers } = call.request;
      if (await refuseForeign(corsOrigins, call)) return undefined;
      if (!isJson(headers['content-type'])) {
        return refuse(call, 415, 'GENERAL_BAD_REQUEST', 'Send the request as application/json in UTF-8.');
      }
      // The engine compares the header letter by letter.
      headers['content-type'] = 'application/json';
      return post(call);
    },
  };
}

/** Refuses what a foreign page sent, and says whether it did. */
export async function refuseForeign(origins: readonly string[], call: Call): Promise<boolean> {
  if (!isForeign(origins, call.request)) return false;
  await refuse(call, 403, 'GENERAL_UNKNOWN_ORIGIN', 'This origin may not send credentials.');
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
