import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { ProviderError } from './client.js';
import type { IdTokenProvider, IdTokenSettings } from './names.js';
import { type ProviderUser, readClaims, text } from './provider.js';
import { providers } from './providers.js';
import { readCapped } from './responses.js';

// ID tokens that the SDK of a provider hands to an application: Sign in with Apple, Google One Tap and others.

/** Verifies the ID tokens of one provider. */
export interface IdTokenVerifier {
  /**
   * Reads who signed in.
   *
   * @param nonces Values of which the claim `nonce` must be one.
   * @returns Null for a token that is not valid here.
   * @throws {ProviderError} if the keys of the provider cannot be loaded.
   */
  verify(idToken: string, nonces: readonly string[], now: Date): Promise<ProviderUser | null>;
}

interface Rule {
  /** The issuers that a token may name. */
  readonly issuers: (claims: JWTPayload) => readonly string[];
  /** URL of the keys. Null: the server reads it from the OpenID configuration of the issuer. */
  readonly keys: string | null;
  readonly read: (claims: JWTPayload) => ProviderUser;
}

const tenantForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * @see https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 * @see https://developer.apple.com/documentation/signinwithapple/verifying-a-user
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference
 */
const rules: Readonly<Record<Exclude<IdTokenProvider, 'OIDC'>, Rule>> = {
  GOOGLE: {
    issuers: () => ['https://accounts.google.com', 'accounts.google.com'],
    keys: 'https://www.googleapis.com/oauth2/v3/certs',
    read: readClaims,
  },
  APPLE: {
    issuers: () => ['https://appleid.apple.com'],
    keys: 'https://appleid.apple.com/auth/keys',
    // A token never contains the name.
    read: (claims) => ({ ...readClaims(claims), name: null }),
  },
  MICROSOFT: {
    // Each tenant is an issuer of its own.
    issuers: ({ tid }) =>
      typeof tid === 'string' && tenantForm.test(tid)
        ? [`https://login.microsoftonline.com/${tid}/v2.0`]
        : [],
    keys: 'https://login.microsoftonline.com/common/discovery/v2.0/keys',
    // `sub` differs between applications. `oid` is the id in Microsoft Graph, which the OAuth 2.0 sign-in uses. The administrator of any tenant
    // can set any address.
    read: (claims) => ({ ...readClaims(claims), uid: text(claims, 'oid'), emailVerified: false }),
  },
};

/** Only asymmetric algorithms, because the keys are public. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const clockToleranceSeconds = 60;
const defaultTimeoutSeconds = 5;
/** The server rejects longer texts without parsing them. */
const maxIdTokenLength = 16_384;

/** Verifies ID tokens with the keys of the provider. They are cached for 10 minutes, and loaded again for an unknown key. */
export function createIdTokenVerifier(name: IdTokenProvider, settings: IdTokenSettings): IdTokenVerifier {
  const { audiences, issuer = '', verifiesEmail, timeoutSeconds = defaultTimeoutSeconds } = settings;
  const rule: Rule =
    name === 'OIDC' ? { issuers: () => [issuer], keys: null, read: readClaims } : rules[name];
  const load = async (url: string): Promise<string> => {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    if (!response.ok) throw new Error(`${url} responded with status ${response.status}.`);
    return readCapped(response);
  };
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const getKeys = (): Promise<JWTVerifyGetKey> => {
    keys ??= (async () => {
      const url = rule.keys ?? (await keysUrlOf(issuer, load));
      return createRemoteJWKSet(new URL(url), {
        [customFetch]: async (address: string) => new Response(await load(address)),
      });
    })();
    keys.catch(() => {
      keys = undefined;
    });
    return keys;
  };

  const isOwn = ({ aud, azp, iss, ...claims }: JWTPayload, nonces: readonly string[]): boolean => {
    const named = [aud ?? []].flat();
    return (
      named.length > 0 &&
      named.every((audience) => audiences.includes(audience)) &&
      (azp === undefined || audiences.includes(azp as string)) &&
      rule.issuers(claims).includes(iss ?? '') &&
      nonces.includes(claims['nonce'] as string)
    );
  };

  return {
    async verify(idToken, nonces, now) {
      if (idToken.length > maxIdTokenLength) return null;
      try {
        const { payload } = await jwtVerify(idToken, await getKeys(), {
          algorithms,
          clockTolerance: clockToleranceSeconds,
          currentDate: now,
          requiredClaims: ['iss', 'aud', 'sub', 'exp', 'iat', 'nonce'],
          // With a maximum age, jose also rejects a token whose `iat` is in the future. The nonce limits the age further, to 10 minutes.
          maxTokenAge: '1h',
        });
        if (!isOwn(payload, nonces)) return null;
        const user = rule.read(payload);
        return {
          ...user,
          emailVerified: user.emailVerified && (verifiesEmail ?? providers[name].verifiesEmail),
        };
      } catch (error) {
        if (isOfTheToken(error)) return null;
        throw new ProviderError('failed', { cause: error });
      }
    },
  };
}

/** Whether an error is a fault of the token. Others mean that the keys could not be loaded. */
const isOfTheToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) &&
  error.code !== errors.JOSEError.code;

/** @throws {Error} if the configuration belongs to another issuer. */
async function keysUrlOf(issuer: string, load: (url: string) => Promise<string>): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const configuration = JSON.parse(await load(url)) as unknown;
  const keys = text(configuration, 'jwks_uri');
  if (text(configuration, 'issuer') !== issuer || keys === null)
    throw new Error(`${url} is not the configuration of ${issuer}.`);
  return keys;
}
