import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { fromUnixSeconds } from './clock.js';
import type { Decide } from './decisions.js';

export type { Decide, Decision, DecisionRequest } from './decisions.js';

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

/** The user and session of a JWT. */
export interface VerifiedSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** Whether the user's address was verified when the JWT was made. */
  readonly emailVerified: boolean;
  /** Labels of the account when the JWT was made. */
  readonly labels: readonly string[];
}

/** Options of `createSessionVerifier`. */
export interface VerifierOptions {
  /** `PUBLIC_URL` of the accounts server: the issuer and the audience of its JWTs. */
  readonly url: string;
  /** The URL of the public keys, if this service reaches the server at another address. Default: `/.well-known/jwks.json` of `url`. */
  readonly jwksUrl?: string;
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

/**
 * Creates a function that verifies JWTs with the public keys, without a request to the server for each JWT. The keys are
 * cached for 10 minutes, and loaded again when a JWT has an unknown key id. A JWT stays valid for up to 15 minutes after its session has ended. To detect
 * this immediately, call the API.
 *
 * @returns A function that returns null for an expired, invalid or foreign JWT. It throws an error if `url` is not the `PUBLIC_URL` of the server that
 *   made the JWT, or if the keys cannot be loaded.
 */
export function createSessionVerifier({
  url,
  jwksUrl,
}: VerifierOptions): (jwt: string) => Promise<VerifiedSession | null> {
  const { origin } = new URL(url);
  const keysUrl = new URL(jwksUrl ?? `${origin}/.well-known/jwks.json`);
  const keys = createRemoteJWKSet(keysUrl);
  return async (jwt) => {
    try {
      const { payload } = await jwtVerify(jwt, keys, {
        algorithms: ['EdDSA', 'ES256'],
        issuer: origin,
        audience: origin,
        typ: 'account+jwt',
        requiredClaims: ['exp', 'sub', 'sid'],
      });
      return {
        userId: String(payload.sub),
        sessionId: String(payload['sid']),
        expiresAt: fromUnixSeconds(payload.exp ?? 0),
        emailVerified: payload['email_verified'] === true,
        labels: Array.isArray(payload['labels']) ? payload['labels'].map(String) : [],
      };
    } catch (error) {
      // The signature is right, so the server of this verifier made the JWT, but under another address.
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss')
        throw new Error(
          `url: must be the PUBLIC_URL of the server, which made this JWT as ${String(error.payload.iss)}, not ${origin}.`,
        );
      if (isOfTheJwt(error)) return null;
      throw new Error(`The keys at ${keysUrl.href} could not be loaded.`, { cause: error });
    }
  };
}

/** Whether the JWT is invalid, as opposed to a failure to load the keys. */
const isOfTheJwt = (error: unknown): boolean =>
  error instanceof errors.JWTInvalid ||
  error instanceof errors.JWTExpired ||
  error instanceof errors.JWTClaimValidationFailed ||
  error instanceof errors.JWSInvalid ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JOSEAlgNotAllowed ||
  error instanceof errors.JOSENotSupported;
