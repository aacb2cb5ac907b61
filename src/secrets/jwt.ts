import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { fromUnixSeconds, lifetimes, unixSeconds } from '../clock.js';
import { digest } from './digest.js';
import type { SigningAlgorithm, SigningKeyRing } from './key-ring.js';
import { signingKeyPair, type SigningKeyPair } from './signing-keys.js';

/** What a JWT of this server says: whose it is and which session it lives and dies with. */
export interface JwtClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** For whom a JWT is, and what it tells. */
export interface JwtContent {
  /** Null for this API and services that use it. Otherwise another service, and this API rejects the JWT. */
  readonly audience: string | null;
  /** At most `lifetimes.jwt`. */
  readonly lifetimeSeconds: number;
  /** Claims besides those that every JWT has. */
  readonly claims: Readonly<Record<string, unknown>>;
}

interface Signed {
  readonly claims: JwtClaims;
  readonly expiresAt: Date;
}

/** The type of JWTs that this API accepts. Those for other services have another one, whatever their audience is. */
const ownType = 'account+jwt';
const otherType = 'JWT';
/** Longer than any JWT of this API, whose labels are in it twice. A longer one is rejected before it is parsed. */
const maxJwtLength = 8192;
/** JWTs of which the signature is remembered. */
export const maxCachedJwts = 4096;

/** Signs and verifies the JWTs of createJWT. @see RFC 8037 @see RFC 7518 §3.4 */
export class JwtSigner {
  readonly #keys: ReadonlyMap<string, SigningKeyPair>;
  readonly #current: SigningKeyPair;
  /** By digest. Whether this server signed a text never changes, and takes longer to find out than all else of a request. */
  readonly #verified = new LRUCache<string, Signed>({ max: maxCachedJwts });

  /**
   * @param issuer The `iss` of all JWTs, and the `aud` of those for this API.
   * @param algorithm Which key of the ring signs: the first one of this algorithm. Every key verifies.
   */
  constructor(
    ring: SigningKeyRing,
    private readonly issuer: string,
    algorithm: SigningAlgorithm,
  ) {
    const pairs = ring.map(signingKeyPair);
    const current = pairs.find((pair) => pair.algorithm === algorithm);
    if (!current) throw new Error(`No key of the JWT key ring signs with ${algorithm}.`);
    this.#current = current;
    this.#keys = new Map(pairs.map((pair) => [pair.id, pair]));
  }

  /** Signs a JWT of a session. */
  async sign(
    { userId, sessionId }: JwtClaims,
    { audience, lifetimeSeconds, claims }: JwtContent,
    jwtId: string,
    now: Date,
  ): Promise<{ jwt: string; expiresAt: Date }> {
    const issuedAt = unixSeconds(now);
    const expiresAt = issuedAt + Math.min(lifetimeSeconds, lifetimes.jwt);
    const { id: kid, algorithm: alg, privateKey } = this.#current;
    const jwt = await new SignJWT({ ...claims, sid: sessionId })
      .setProtectedHeader({ alg, kid, typ: audience === null ? ownType : otherType })
      .setIssuer(this.issuer)
      .setAudience(audience ?? this.issuer)
      .setSubject(userId)
      .setJti(jwtId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey);
    return { jwt, expiresAt: fromUnixSeconds(expiresAt) };
  }

  /** The claims of a JWT that this server signed for itself and that has not expired; null for any other text. */
  async verify(jwt: string, now: Date): Promise<JwtClaims | null> {
    if (jwt.length > maxJwtLength) return null;
    const key = digest(jwt);
    const signed = this.#verified.get(key) ?? (await this.#check(jwt, now));
    if (!signed || signed.expiresAt <= now) return null;
    this.#verified.set(key, signed);
    return signed.claims;
  }

  async #check(jwt: string, now: Date): Promise<Signed | null> {
    try {
      const { payload } = await jwtVerify(jwt, ({ kid, alg }) => this.#publicKey(kid, alg), {
        algorithms: ['EdDSA', 'ES256'],
        issuer: this.issuer,
        audience: this.issuer,
        typ: ownType,
        requiredClaims: ['exp', 'iat', 'jti', 'sub', 'sid'],
        currentDate: now,
      });
      const { sub, sid, exp } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined) return null;
      return { claims: { userId: sub, sessionId: sid }, expiresAt: fromUnixSeconds(exp) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  /** The public keys as a JSON Web Key Set. @see RFC 7517 */
  keySet(): { keys: object[] } {
    const keys = [...this.#keys.values()].map(({ id: kid, algorithm: alg, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg,
      use: 'sig',
    }));
    return { keys };
  }

  /** A key verifies its own algorithm only. */
  #publicKey(kid: string | undefined, alg: string | undefined) {
    const key = this.#keys.get(kid ?? '');
    if (key?.algorithm !== alg || !key) throw new errors.JWKSNoMatchingKey();
    return key.publicKey;
  }
}
