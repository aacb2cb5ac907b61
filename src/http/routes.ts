import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { addressGroup } from '../access/rate-limiter.js';
import type { MovableClock } from '../clock.js';
import type { Deps } from '../deps.js';
import { httpError } from '../graphql/error-format.js';
import type { Exchange } from '../graphql/exchange.js';
import type { createGraphql } from '../graphql/server.js';
import { allowCrossOrigin, type CrossOriginRules, isForeign } from './cross-origin.js';
import { cookieNames, createExchange } from './exchange.js';
import { pageContentSecurityPolicy, setSecurityHeaders } from './headers.js';
import { createMetrics } from './metrics.js';

interface World {
  readonly deps: Deps;
  readonly graphql: ReturnType<typeof createGraphql>;
  /** Set where TEST_CLOCK is on. */
  readonly movableClock: MovableClock | null;
  readonly corsOrigins: readonly string[];
  readonly isDraining: () => boolean;
}

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
  url: URL,
) => Promise<void> | void;

/** All requests of one address together, before anything else is looked at. Each process counts its own. */
const requestsPerMinute = 1200;
const mostClockBytes = 1024;

/** Answers every HTTP request. */
export function createRoutes({ deps, graphql, movableClock, corsOrigins, isDraining }: World) {
  const { config, log } = deps;
  const tls = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const rules: CrossOriginRules = {
    origins: corsOrigins,
    sessionCookie: cookieNames(config.production).session,
  };
  const metrics = config.METRICS ? createMetrics() : null;
  const flood = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });

  const refuse = (
    response: ServerResponse,
    status: number,
    code: string,
    message: string,
    { requestId }: Exchange,
  ) => sendJson(response, status, httpError(message, code, requestId));

  const routes: Record<string, Partial<Record<string, Handler>>> = {
    '/health/live': { GET: (_request, response) => sendJson(response, 200, { status: 'live' }) },
    '/health/ready': {
      GET: async (_request, response) => {
        if (isDraining()) return sendJson(response, 503, { status: 'draining' });
        const answers = await deps.db.query({ text: 'SELECT 1' }).then(
          () => true,
          () => false,
        );
        return answers
          ? sendJson(response, 200, { status: 'ready' })
          : sendJson(response, 503, { status: 'database unavailable' });
      },
    },
    '/.well-known/jwks.json': {
      GET: (_request, response) => {
        response.setHeader('cache-control', 'public, max-age=600');
        sendJson(response, 200, deps.jwt.keySet());
      },
    },
    ...(metrics && {
      '/metrics': {
        GET: async (_request: IncomingMessage, response: ServerResponse) =>
          send(response, 200, metrics.contentType, await metrics.text()),
      },
    }),
    ...(movableClock && {
      '/test/clock': {
        POST: async (request: IncomingMessage, response: ServerResponse, exchange: Exchange) => {
          const seconds = advanceSeconds(await readBody(request));
          if (seconds === null) {
            return refuse(
              response,
              400,
              'GENERAL_ARGUMENT_INVALID',
              'Send {"advanceSeconds": n}, n at least 0.',
              exchange,
            );
          }
          movableClock.advance(seconds);
          return sendJson(response, 200, { now: movableClock.now().toISOString() });
        },
      },
    }),
    ...(config.GRAPHIQL && {
      '/': { GET: (_request: IncomingMessage, response: ServerResponse) => redirect(response, '/graphql') },
    }),
    '/graphql': {
      OPTIONS: (_request, response) => void response.writeHead(204).end(),
      GET: (request, response, exchange, url) => {
        const wantsPage =
          config.GRAPHIQL && !url.searchParams.has('query') && request.headers.accept?.includes('text/html');
        if (wantsPage) response.setHeader('content-security-policy', pageContentSecurityPolicy);
        else if (!url.searchParams.has('query')) {
          return refuse(
            response,
            405,
            'GENERAL_BAD_REQUEST',
            'Send a GraphQL query by POST as application/json.',
            exchange,
          );
        } else if (isForeign(rules, request)) return refuseForeign(response, exchange);
        return execute(request, response, exchange);
      },
      POST: (request, response, exchange) => {
        if (isForeign(rules, request)) return refuseForeign(response, exchange);
        if (!isJson(request.headers['content-type'])) {
          return refuse(
            response,
            415,
            'GENERAL_BAD_REQUEST',
            'Send the request as application/json in UTF-8.',
            exchange,
          );
        }
        // Yoga compares the header letter by letter.
        request.headers['content-type'] = 'application/json';
        return execute(request, response, exchange);
      },
    },
  };

  const refuseForeign = (response: ServerResponse, exchange: Exchange) =>
    refuse(response, 403, 'GENERAL_UNKNOWN_ORIGIN', 'This origin may not send credentials.', exchange);

  const execute = async (request: IncomingMessage, response: ServerResponse, exchange: Exchange) => {
    await graphql.handle(request, response, { exchange });
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    setSecurityHeaders(response, { tls });
    allowCrossOrigin(rules, request, response);
    const exchange = createExchange(deps, request, response);
    const url = parseTarget(request.url);
    const route = url && routes[url.pathname];
    response.on('finish', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      metrics?.observe(route && url ? url.pathname : 'other', response.statusCode, seconds);
      log.debug(
        {
          requestId: exchange.requestId,
          method: request.method,
          path: url?.pathname,
          status: response.statusCode,
          seconds,
        },
        'request',
      );
    });
    try {
      if (!url || !route)
        return refuse(response, 404, 'GENERAL_BAD_REQUEST', 'There is nothing here.', exchange);
      if (
        url.pathname === '/graphql' &&
        config.RATE_LIMITS &&
        !(await passes(flood, exchange.clientAddress))
      ) {
        response.setHeader('retry-after', '60');
        return refuse(response, 429, 'GENERAL_RATE_LIMIT_EXCEEDED', 'Too many requests.', exchange);
      }
      const handler = route[request.method === 'HEAD' ? 'GET' : (request.method ?? '')];
      if (!handler) {
        response.setHeader('allow', Object.keys(route).join(', '));
        return refuse(response, 405, 'GENERAL_BAD_REQUEST', 'This method is not allowed here.', exchange);
      }
      await handler(request, response, exchange, url);
    } catch (error) {
      log.error({ requestId: exchange.requestId, error }, 'unforeseen error');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'GENERAL_UNKNOWN', 'Something went wrong.', exchange);
    }
  };
}

const passes = (limiter: RateLimiterMemory, address: string): Promise<boolean> =>
  limiter.consume(addressGroup(address)).then(
    () => true,
    () => false,
  );

/** The target's path and query; its host is the client's claim and is not used. */
function parseTarget(target: string | undefined): URL | null {
  const base = 'http://this.server';
  return target?.startsWith('/') && URL.canParse(base + target) ? new URL(base + target) : null;
}

/** Real JSON in UTF-8 only: the forms a page can send without asking first are refused. */
const isJson = (contentType: string | undefined): boolean =>
  /^application\/json *(; *charset="?utf-8"? *)?$/i.test(contentType ?? '');

function advanceSeconds(body: string): number | null {
  try {
    const { advanceSeconds: seconds } = JSON.parse(body) as { advanceSeconds?: unknown };
    return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
  } catch {
    return null;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > mostClockBytes) return '';
  }
  return body;
}

const redirect = (response: ServerResponse, location: string): void =>
  void response.writeHead(302, { location }).end();

const sendJson = (response: ServerResponse, status: number, body: object): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));

const send = (response: ServerResponse, status: number, contentType: string, body: string): void =>
  void response.writeHead(status, { 'content-type': contentType }).end(body);
