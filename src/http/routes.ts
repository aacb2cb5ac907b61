import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { networkOf } from '../limits/subject.js';
import type { MovableClock } from '../clock.js';
import type { Deps } from '../deps.js';
import { catalogue } from '../errors/catalogue.js';
import { ServiceUnavailable } from '../errors/unavailable.js';
import type { Graphql } from '../graphql/server.js';
import type { Inbox } from '../outbox/inbox.js';
import { consoleOffRoute, consoleRoutes } from './console-routes.js';
import { crossOrigin } from './cross-origin.js';
import type { Exchange } from '../graphql/exchange.js';
import { createExchange } from './exchange.js';
import { graphqlRoute } from './graphql-route.js';
import { setSecurityHeaders } from './headers.js';
import { inboxRoutes } from './inbox-routes.js';
import { homeRoute, landingRoutes } from './landing-routes.js';
import { oauth2Routes } from './oauth2-routes.js';
import { findRequestSession, type RequestSession } from './request-session.js';
import { clockRoute, healthRoutes, keySetRoute, metricsRoute } from './operations-routes.js';
import { type Call, type Route, redirect, sendError } from './reply.js';

interface RoutesDeps {
  readonly deps: Deps;
  readonly graphql: Graphql;
  /** Set where TEST_CLOCK is on. */
  readonly movableClock: MovableClock | null;
  readonly corsOrigins: readonly string[];
  /** Set where the inbox is on. */
  readonly inbox: Inbox | null;
  readonly isDraining: () => boolean;
}

/** All requests of one address together, before anything else is looked at. Each process counts its own. */
export const requestsPerMinute = 1200;
const floodSeconds = 60;

/** Answers every HTTP request. */
export function createRoutes({ deps, graphql, movableClock, corsOrigins, inbox, isDraining }: RoutesDeps) {
  const { config, log, metrics } = deps;
  const tls = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const flood = new RateLimiterMemory({
    points: requestsPerMinute * config.limitFactor,
    duration: floodSeconds,
  });

  const allowCrossOrigin = crossOrigin(corsOrigins, log);

  const routes: Record<string, Route> = {
    '/graphql': graphqlRoute({ deps, graphql, corsOrigins }),
    '/.well-known/jwks.json': keySetRoute(deps),
    ...healthRoutes(deps, isDraining),
    ...landingRoutes(deps, corsOrigins),
    ...oauth2Routes(deps),
    ...(config.OPERATOR_KEYS && consoleRoutes(deps)),
    ...(inbox &&
      inboxRoutes({ inbox, isOpen: config.isInboxOpen, origins: corsOrigins, appName: config.APP_NAME })),
    ...(metrics && config.METRICS_PORT === undefined && { '/metrics': metricsRoute(metrics) }),
    ...(movableClock && { '/test/clock': clockRoute(movableClock, corsOrigins) }),
  };
  // Help for people who open the server in a browser. Not owned, because a host server has its own pages there.
  const signposts: Record<string, Route> = {
    '/': config.GRAPHIQL ? { GET: (call: Call) => redirect(call, '/graphql') } : homeRoute(deps),
    '/console': consoleOffRoute(deps),
  };

  const answer = async (call: Call): Promise<void> => {
    const { request, response, exchange, url } = call;
    if (config.RATE_LIMITS && !(await passes(flood, exchange.clientAddress))) {
      response.setHeader('retry-after', String(floodSeconds));
      return sendError(call, 429, 'GENERAL_RATE_LIMIT_EXCEEDED', 'Too many requests.');
    }
    const place = [routes, signposts].find((known) => Object.hasOwn(known, url.pathname));
    const route = place?.[url.pathname];
    if (!route) return sendError(call, 404, 'GENERAL_NOT_FOUND', catalogue.GENERAL_NOT_FOUND.message);
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const handler = Object.hasOwn(route, method) ? route[method] : undefined;
    if (handler) return handler(call);
    response.setHeader('allow', Object.keys(route).join(', '));
    return sendError(call, 405, 'GENERAL_BAD_REQUEST', 'This method is not allowed here.');
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    // A request that was destroyed has none any more.
    const { socket } = request;
    let exchange: Exchange | undefined;
    try {
      setSecurityHeaders(response, { tls });
      allowCrossOrigin(request, response);
      exchange = createExchange(deps, request, response);
      const { requestId } = exchange;
      const url = parseTarget(request.url);
      if (!request.url?.startsWith('/')) request.url = url.pathname + url.search;
      response.on('finish', () => {
        const seconds = (performance.now() - startedAt) / 1000;
        const { statusCode: status } = response;
        metrics?.observe(routes[url.pathname] ? url.pathname : 'other', status, seconds);
        log.debug({ requestId, method: request.method, path: url.pathname, status, seconds }, 'request');
        // The rest of a body that nobody reads would be taken for the next request.
        if (!request.complete) socket.destroySoon();
      });
      await answer({ request, response, exchange, url });
    } catch (error) {
      // A client that hung up in the middle of its request waits for no answer.
      if (request.destroyed && !request.complete) return;
      if (exchange && error instanceof ServiceUnavailable && !response.headersSent) {
        response.setHeader('retry-after', '1');
        const { message } = catalogue.GENERAL_SERVICE_UNAVAILABLE;
        await sendError({ request, response, exchange }, 503, 'GENERAL_SERVICE_UNAVAILABLE', message);
        return;
      }
      log.error({ error }, 'unforeseen error');
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    }
  };
  return {
    handle,
    owns: (target: string | undefined) => Object.hasOwn(routes, parseTarget(target).pathname),
    findSession: (request: IncomingMessage): Promise<RequestSession | null> =>
      findRequestSession(deps, corsOrigins, request),
  };
}

const passes = (limiter: RateLimiterMemory, address: string): Promise<boolean> =>
  limiter.consume(networkOf(address)).then(
    () => true,
    () => false,
  );

const base = 'http://this.server';
const nowhere = new URL('/nowhere', base);

/** The path and query of a target, which may be in absolute form; its host is the client's claim and is not used. */
function parseTarget(target = ''): URL {
  const [, path = '', query = ''] = /^(?:https?:\/\/[^/?#]*)?([^?#]*)([^#]*)/i.exec(target) ?? [];
  if (!URL.canParse(base + path + query)) return nowhere;
  const url = new URL(base + path + query);
  // The parser resolves dot segments and backslashes. A proxy in front, which shuts out paths, may not.
  return url.pathname === (path || '/') ? url : nowhere;
}
