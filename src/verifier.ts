import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import { fromUnixSeconds, systemClock, unixSeconds } from './clock.js';

// Verifies JWTs in other services. Runs wherever Web Crypto does, so it imports nothing of Node.

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

/** A JSON Web Key Set, as `/.well-known/jwks.json` returns it. */
export interface KeySet {
  readonly keys: readonly object[];
}

/** Options of `createSessionVerifier`. */
export interface VerifierOptions {
  /** `PUBLIC_URL` of the accounts server: the issuer of its JWTs, and their audience unless `audience` is set. */
  readonly url: string;
  /** The URL of the public keys, if this service reaches the server at another address. Default: `/.well-known/jwks.json` of `url`. */
  readonly jwksUrl?: string;
  /** The public keys themselves, for services that cannot load them. */
  readonly keys?: KeySet;
  /** The `aud` of a profile in `JWT_PROFILES`, for a service that accepts JWTs of this profile only. */
  readonly audience?: string;
  /** The maximum number of seconds since the user last proved something: signed in, or passed a challenge. */
  readonly maxAge?: number;
  /** `2` demands that the session has proved two factors. */
  readonly factors?: 1 | 2;
  /** Labels that the user must have, all of them. */
  readonly scopes?: readonly string[];
}

/** What a JWT is good for. */
export type SessionCheck =
  | { readonly ok: true; readonly session: VerifiedSession }
  /** Not a JWT of this server for this service, or too old. Get a new one, or let the user sign in. */
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' }
  /** The user lacks these labels. Only an operator can change that. */
  | { readonly ok: false; readonly reason: 'scopeMissing'; readonly missing: readonly string[] }
  /** The session has proved one factor only. Ask for a second one, with `client.prove()`. */
  | { readonly ok: false; readonly reason: 'factorMissing'; readonly ask: 'secondFactor' }
  /** The last proof is older than `maxAge`. Ask for any factor, with `client.prove()`. */
  | { readonly ok: false; readonly reason: 'proofTooOld'; readonly ask: 'anyFactor' };

export interface SessionVerifier {
  /** Returns null for a JWT that is expired, invalid or foreign, or does not meet the demands of the options. */
  (jwt: string): Promise<VerifiedSession | null>;
  /** Says why a JWT is not good enough, and what to ask the user for. */
  check(jwt: string): Promise<SessionCheck>;
}

/**
 * Creates a function that verifies JWTs with the public keys, without a request to the server for each JWT. The keys are
 * cached for 10 minutes, and loaded again when a JWT has an unknown key id. A JWT stays valid for up to 15 minutes after its session has ended. To detect
 * this immediately, call the API.
 *
 * @throws {TypeError} if an option has an impossible value. The returned function throws an error if `url` is not the `PUBLIC_URL` of the
 *   server that made the JWT, or if the keys cannot be loaded.
 */
export function createSessionVerifier(options: VerifierOptions): SessionVerifier {
  const { origin } = new URL(options.url);
  const { audience = origin, factors = 1, maxAge = Number.POSITIVE_INFINITY, scopes = [] } = options;
  // A wrong value, such as `NaN` or an empty text from a missing variable, must not accept every JWT.
  if (audience === '') throw new TypeError('audience: must not be empty.');
  if (!(typeof maxAge === 'number' && maxAge >= 0))
    throw new TypeError('maxAge: must be a number of seconds, 0 or more.');
  if (!Array.isArray(scopes)) throw new TypeError('scopes: must be a list of labels.');
  if (factors !== 1 && factors !== 2) throw new TypeError('factors: must be 1 or 2.');
  const keysUrl = new URL(options.jwksUrl ?? `${origin}/.well-known/jwks.json`);
  const keys = options.keys
    ? createLocalJWKSet(options.keys as unknown as JSONWebKeySet)
    : createRemoteJWKSet(keysUrl);

  const read = async (jwt: string): Promise<JWTPayload | 'invalid' | 'expired'> => {
    try {
      const { payload } = await jwtVerify(jwt, keys, {
        algorithms: ['EdDSA', 'ES256'],
        issuer: origin,
        audience,
        typ: options.audience === undefined ? 'account+jwt' : 'JWT',
        requiredClaims: ['exp', 'sub', 'sid'],
      });
      return payload;
    } catch (error) {
      // The signature is right, so the server of this verifier made the JWT, but under another address.
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss')
        throw new Error(
          `url: must be the PUBLIC_URL of the server, which made this JWT as ${String(error.payload.iss)}, not ${origin}.`,
        );
      if (error instanceof errors.JWTExpired) return 'expired';
      if (isOfTheJwt(error)) return 'invalid';
      throw new Error(`The keys at ${keysUrl.href} could not be loaded.`, { cause: error });
    }
  };

  const check = async (jwt: string): Promise<SessionCheck> => {
    const payload = await read(jwt);
    if (typeof payload === 'string') return { ok: false, reason: payload };
    const session = sessionOf(payload);
    const missing = scopes.filter((scope) => !session.labels.includes(scope));
    if (missing.length > 0) return { ok: false, reason: 'scopeMissing', missing };
    if (factors === 2 && payload['acr'] !== '2')
      return { ok: false, reason: 'factorMissing', ask: 'secondFactor' };
    const age = unixSeconds(systemClock.now()) - Number(payload['auth_time'] ?? 0);
    if (!(age <= maxAge)) return { ok: false, reason: 'proofTooOld', ask: 'anyFactor' };
    return { ok: true, session };
  };

  const verify = async (jwt: string): Promise<VerifiedSession | null> => {
    const result = await check(jwt);
    return result.ok ? result.session : null;
  };
  return Object.assign(verify, { check });
}

const sessionOf = (payload: JWTPayload): VerifiedSession => ({
  userId: String(payload.sub),
  sessionId: String(payload['sid']),
  expiresAt: fromUnixSeconds(payload.exp ?? 0),
  emailVerified: payload['email_verified'] === true,
  labels: Array.isArray(payload['labels']) ? payload['labels'].map(String) : [],
});

/** Whether the JWT is invalid, as opposed to a failure to load the keys. */
const isOfTheJwt = (error: unknown): boolean =>
  error instanceof errors.JWTInvalid ||
  error instanceof errors.JWTClaimValidationFailed ||
  error instanceof errors.JWSInvalid ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSEAlgNotAllowed ||
  error instanceof errors.JOSENotSupported;
