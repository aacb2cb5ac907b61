import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Decide } from './decisions.js';

export type { Decide, Decision, DecisionRequest } from './decisions.js';
export {
  createSessionVerifier,
  type KeySet,
  type SessionCheck,
  type SessionVerifier,
  type VerifiedSession,
  type VerifierOptions,
} from './verifier.js';

/**
 * Settings by the names of the environment variables, such as `DATABASE_URL` and `REDIRECT_ORIGINS`; `PUBLIC_URL` is where the
 * server that this API is mounted in is reached. Nothing is read from the environment.
 */
export interface GatehouseSettings {
  readonly PUBLIC_URL: string;
  /** Decides about new users, sign-ins and new addresses. `DECIDE_ON_FAILURE` must be set with it. */
  readonly decide?: Decide;
  readonly [variable: string]: string | Decide | undefined;
}

/** The whole API, to be mounted into a server of one's own. */
export interface Gatehouse {
  /**
   * Handles the request if its path belongs to the API, for example `/graphql`, `/auth/…` or `/console`. Otherwise calls `next`, if given.
   *
   * @returns Whether the path belongs to the API.
   */
  handle(request: IncomingMessage, response: ServerResponse, next?: () => void): Promise<boolean>;
  /**
   * Answers a Fetch request, for Hono, Next.js route handlers, Deno and Bun. For other paths, the response has the status
   * 404: check with `owns` first.
   *
   * @param options.address The client's address. Rate limits count by it. It can be omitted only if `TRUSTED_PROXIES` is a number of hops, because a
   *   proxy in front then sets X-Forwarded-For.
   * @throws {TypeError} without an address otherwise.
   */
  fetch(request: Request, options?: FetchOptions): Promise<Response>;
  /** Whether the path of a request is one of the API's. */
  owns(request: IncomingMessage | Request): boolean;
  /**
   * Finds the user and session of a request, by the cookie or the bearer, as the API does. The cookie is ignored if the request has neither `Origin` nor
   * `Sec-Fetch-Site`, and for methods other than GET and HEAD unless the request comes from a page of `PUBLIC_URL` or of a listed origin.
   *
   * @returns Null for a guest, a blocked user, and a session that lacks a second factor.
   */
  getSession(request: IncomingMessage | Request): Promise<RequestSession | null>;
  /** Waits for open requests and messages, then closes the database. Call it once your server has closed. */
  close(): Promise<void>;
}

/** @see Gatehouse.fetch */
export interface FetchOptions {
  readonly address?: string;
}

/** The user of a request. */
export interface RequestSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  /** Null for an account without one. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly labels: readonly string[];
}

/**
 * Starts the API without a socket of its own: opens and migrates the database, and begins to deliver messages.
 *
 * @throws {Error} whose message names every setting that is missing or wrong.
 */
export async function createGatehouse(settings: GatehouseSettings): Promise<Gatehouse> {
  const [
    { createApp },
    { answerFetch, nodeRequestOf },
    { ConfigError, onFailureRequired, readConfig },
    { createLogger },
  ] = await Promise.all([
    import('./app.js'),
    import('./http/fetch-request.js'),
    import('./config/config.js'),
    import('./logger.js'),
  ]);
  const { decide, ...variables } = settings;
  const config = readConfig(variables as Readonly<Record<string, string | undefined>>);
  if (decide && !config.DECIDE_ON_FAILURE) throw new ConfigError([onFailureRequired]);
  if (decide && config.DECIDE_URL)
    throw new ConfigError(['DECIDE_URL: cannot be set together with the function `decide`']);
  const publicUrl = new URL(settings.PUBLIC_URL).origin;
  const app = await createApp(config, { log: createLogger(config.LOG_LEVEL), publicUrl, decide });
  const underWay = new Set<Promise<unknown>>();
  const handle = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const closed = new Promise((resolve) => response.once('close', resolve));
    underWay.add(closed);
    void closed.finally(() => underWay.delete(closed));
    return app.handle(request, response);
  };
  return {
    async handle(request, response, next) {
      if (!app.owns(request.url)) {
        next?.();
        return false;
      }
      await handle(request, response);
      return true;
    },
    async fetch(request, { address } = {}) {
      if (
        address === undefined &&
        (typeof config.TRUSTED_PROXIES !== 'number' || config.TRUSTED_PROXIES === 0)
      )
        throw new TypeError(
          'fetch: pass the address of the client, or set TRUSTED_PROXIES to the number of proxies that set X-Forwarded-For',
        );
      if (address !== undefined && isIP(address) === 0)
        throw new TypeError(`fetch: the address of the client must be one IP address, not "${address}"`);
      return answerFetch(request, address, handle);
    },
    owns: ({ url }) => app.owns(url),
    getSession: (request) => app.findSession(request instanceof Request ? nodeRequestOf(request) : request),
    async close() {
      app.drain();
      await Promise.allSettled(underWay);
      await app.close();
    },
  };
}
