import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { fromUnixSeconds, lifetimes, unixSeconds } from '../clock.js';
import { digest } from './digest.js';
import type { KeyRing } from './key-ring.js';

/** What a JWT of this server says: whose it is and which session it lives and dies with. */
export interface JwtClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** What else it tells other services, as it was when the JWT was made. */
export interface JwtProfile {
  readonly emailVerified: boolean;
  readonly labels: readonly string[];
}

interface Signed {
  readonly claims: JwtClaims;
  readonly expiresAt: Date;
}

const type = 'account+jwt';
const algorithm = 'EdDSA';
/** Longer than any JWT made here; a longer one is refused before it is parsed. */
const maxJwtLength = 4096;
/** JWTs of which the signature is remembered. */
export const maxCachedJwts = 4096;
/** The fixed head of a PKCS #8 Ed25519 key; the 32-byte seed follows. @see RFC 8410 §7 */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs and verifies the JWTs of createJWT with Ed25519. @see RFC 8037 */
export class JwtSigner {
  readonly #keys: ReadonlyMap<string, { privateKey: KeyObject; publicKey: KeyObject }>;
  readonly #currentKeyId: string;
  /** By digest. Whether this server signed a text never changes, and takes longer to find out than all else of a request. */
  readonly #verified = new LRUCache<string, Signed>({ max: maxCachedJwts });

  /** @param issuer Both `iss` and `aud`: the tokens are for this API alone. */
  constructor(
    ring: KeyRing,
    private readonly issuer: string,
  ) {
    this.#currentKeyId = ring[0].id;
    this.#keys = new Map(
      ring.map(({ id, bytes }) => {
        const privateKey = createPrivateKey({
          key: Buffer.concat([pkcs8Head, bytes]),
          format: 'der',
          type: 'pkcs8',
        });
        return [id, { privateKey, publicKey: createPublicKey(privateKey) }];
      }),
    );
  }

  /** Signs a JWT that ends after `lifetimes.jwt` seconds. */
  async sign(
    { userId, sessionId }: JwtClaims,
    { emailVerified, labels }: JwtProfile,
    jwtId: string,
    now: Date,
  ): Promise<{ jwt: string; expiresAt: Date }> {
    const issuedAt = unixSeconds(now);
    const key = this.#keys.get(this.#currentKeyId);
    if (!key) throw new Error('The JWT key ring is empty.');
    const jwt = await new SignJWT({ sid: sessionId, email_verified: emailVerified, labels: [...labels] })
      .setProtectedHeader({ alg: algorithm, kid: this.#currentKeyId, typ: type })
      .setIssuer(this.issuer)
      .setAudience(this.issuer)
      .setSubject(userId)
      .setJti(jwtId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimes.jwt)
      .sign(key.privateKey);
    return { jwt, expiresAt: fromUnixSeconds(issuedAt + lifetimes.jwt) };
  }

  /** The claims of a JWT that this server signed and that has not expired; null for any other text. */
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
      const { payload } = await jwtVerify(jwt, ({ kid }) => this.#publicKey(kid), {
        algorithms: [algorithm],
        issuer: this.issuer,
        audience: this.issuer,
        typ: type,
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
    const keys = [...this.#keys].map(([kid, { publicKey }]) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg: algorithm,
      use: 'sig',
    }));
    return { keys };
  }

  #publicKey(kid: string | undefined): KeyObject {
    const key = this.#keys.get(kid ?? '');
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key.publicKey;
  }
}
