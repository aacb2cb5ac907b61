import * as openid from 'openid-client';
import type { ProviderCredentials, ProviderName } from './names.js';
import {
  isOidc,
  text,
  type Oauth2Provider,
  type OidcProvider,
  type Profile,
  type ProfileRequest,
  type ProviderUser,
} from './provider.js';
import { providers } from './providers.js';
import { lenientFetch, readCapped } from './responses.js';

/** Why a provider's answer was not taken. */
export type ProviderFailure = 'refused request' | 'refused server' | 'failed';

/** A provider that refused or failed. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';

  constructor(
    readonly failure: ProviderFailure,
    options?: { cause: unknown },
  ) {
    super(`The provider ${failure === 'failed' ? 'failed' : failure}.`, options);
  }
}

/** What proves, at the callback, that the answer belongs to the request. */
export interface FlowChecks {
  readonly verifier: string;
  readonly nonce: string;
}

/** A provider's tokens. */
export interface ProviderTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** Seconds the access token lives; null when the provider does not say. */
  readonly expiresInSeconds: number | null;
}

/** A sign-in at a configured provider, by OAuth 2.0 with PKCE or OpenID Connect. */
export interface ProviderClient {
  authorizationUrl(
    redirectUri: string,
    state: string,
    checks: FlowChecks,
    moreScopes: readonly string[],
  ): Promise<string>;
  /** How the provider spells its issuer, where that is not how it is configured; null where all is well, or nobody answers. */
  check(): Promise<string | null>;
  /** Exchanges the code of a callback and reads who signed in. @throws {ProviderError} */
  complete(
    callback: URL,
    state: string,
    checks: FlowChecks,
  ): Promise<{ user: ProviderUser; tokens: ProviderTokens }>;
  /** @throws {ProviderError} */
  refresh(refreshToken: string): Promise<ProviderTokens>;
  /** Ends a token at the provider, where it offers that. @throws {ProviderError} */
  revoke(token: string): Promise<void>;
}

const defaultTimeoutSeconds = 5;
const clockToleranceSeconds = 30;
const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/;

/** Makes the client of one configured provider. */
export function createProviderClient(name: ProviderName, credentials: ProviderCredentials): ProviderClient {
  const provider = providers[name];
  const isOwnHost = !isOidc(provider) && credentials.issuer !== undefined;
  const verifiesEmail = credentials.verifiesEmail ?? (provider.verifiesEmail && !isOwnHost);
  let discovering: Promise<openid.Configuration> | undefined;
  const configuration = (): Promise<openid.Configuration> => {
    discovering ??= configure(provider, credentials);
    // A provider that was down is asked again next time.
    discovering.catch(() => {
      discovering = undefined;
    });
    return discovering;
  };

  return {
    async authorizationUrl(redirectUri, state, { verifier, nonce }, moreScopes) {
      const config = await configuration().catch(raise);
      const scope = [...new Set([...provider.scopes, ...moreScopes])].join(' ');
      return openid.buildAuthorizationUrl(config, {
        ...provider.parameters,
        redirect_uri: redirectUri,
        state,
        ...(scope && { scope }),
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isOidc(provider) && { nonce }),
      }).href;
    },

    async check() {
      if (!isOidc(provider) || !credentials.issuer) return null;
      return configuration().then(
        () => null,
        ({ cause }: { cause?: { cause?: unknown } }) =>
          text(cause, 'cause.body.issuer') ?? text(cause, 'body.issuer'),
      );
    },

    async complete(callback, state, { verifier, nonce }) {
      try {
        const config = await configuration();
        const answer = await openid.authorizationCodeGrant(config, callback, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          ...(isOidc(provider) ? { expectedNonce: nonce, idTokenExpected: true } : {}),
        });
        const tokens = tokensOf(answer);
        const profile = isOidc(provider)
          ? await claimsOf(config, answer)
          : await fetchProfile(provider, credentials, tokens.accessToken);
        const user = provider.read(profile);
        return { user: { ...user, emailVerified: user.emailVerified && verifiesEmail }, tokens };
      } catch (error) {
        return raise(error);
      }
    },

    async refresh(refreshToken) {
      try {
        const tokens = tokensOf(await openid.refreshTokenGrant(await configuration(), refreshToken));
        return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
      } catch (error) {
        return raise(error);
      }
    },

    async revoke(token) {
      try {
        const config = await configuration();
        if (config.serverMetadata().revocation_endpoint) await openid.tokenRevocation(config, token);
      } catch (error) {
        raise(error);
      }
    },
  };
}

async function configure(
  provider: OidcProvider | Oauth2Provider,
  { clientId, clientSecret, issuer, timeoutSeconds = defaultTimeoutSeconds }: ProviderCredentials,
): Promise<openid.Configuration> {
  const metadata = { client_secret: clientSecret, [openid.clockTolerance]: clockToleranceSeconds };
  if (isOidc(provider)) {
    const server = new URL(provider.issuer ?? issuer ?? '');
    return openid.discovery(server, clientId, metadata, openid.ClientSecretPost(clientSecret), {
      timeout: timeoutSeconds,
      [openid.customFetch]: lenientFetch(provider),
      execute: [
        openid.enableNonRepudiationChecks,
        ...(loopback.test(server.href) ? [openid.allowInsecureRequests] : []),
      ],
    });
  }
  const authentication =
    provider.authentication === 'basic'
      ? openid.ClientSecretBasic(clientSecret)
      : openid.ClientSecretPost(clientSecret);
  const config = new openid.Configuration(
    {
      issuer: provider.iss
        ? hosted(provider, issuer, provider.iss)
        : new URL(hosted(provider, issuer, provider.authorize)).origin,
      authorization_endpoint: hosted(provider, issuer, provider.authorize),
      token_endpoint: hosted(provider, issuer, provider.token),
      ...(provider.revoke && { revocation_endpoint: hosted(provider, issuer, provider.revoke) }),
    },
    clientId,
    metadata,
    authentication,
  );
  config.timeout = timeoutSeconds;
  config[openid.customFetch] = lenientFetch(provider);
  if (issuer && loopback.test(issuer)) openid.allowInsecureRequests(config);
  return config;
}

/** The URL at the operator's own host, where the provider can be self-hosted and is. */
function hosted({ selfHosted }: Oauth2Provider, issuer: string | undefined, url: string): string {
  if (!selfHosted || !issuer) return url;
  const base = issuer.replace(/\/$/, '');
  return url.startsWith(selfHosted.apiHost) && selfHosted.apiHost !== selfHosted.host
    ? url.replace(selfHosted.apiHost, base + selfHosted.apiPath)
    : url.replace(selfHosted.host, base);
}

/** The claims of the ID token; what it leaves out is asked at the userinfo endpoint. */
async function claimsOf(
  config: openid.Configuration,
  answer: Awaited<ReturnType<typeof openid.authorizationCodeGrant>>,
): Promise<Profile> {
  const claims = answer.claims() ?? {};
  if ('email' in claims || !config.serverMetadata().userinfo_endpoint) return claims;
  const { sub = '' } = claims as { sub?: string };
  return { ...(await openid.fetchUserInfo(config, answer.access_token, sub)), ...claims };
}

async function fetchProfile(
  provider: Oauth2Provider,
  { clientId, issuer, timeoutSeconds = defaultTimeoutSeconds }: ProviderCredentials,
  accessToken: string,
): Promise<Profile> {
  // Etsy's tokens begin with the id of their user.
  const values: Record<string, string> = { accessToken, clientId, userId: accessToken.split('.')[0] ?? '' };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_match, name: string) => values[name] ?? '');
  const ask = async ({ url, method, headers = {}, optional }: ProfileRequest): Promise<unknown> => {
    const filled = Object.entries(headers).map(([name, value]) => [name, fill(value)]);
    const response = await fetch(fill(hosted(provider, issuer, url)), {
      method: method ?? 'GET',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${accessToken}`,
        'user-agent': 'gatehouse',
        ...Object.fromEntries(filled),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    const body = await readCapped(response);
    if (optional && (response.status === 403 || response.status === 404)) return null;
    if (!response.ok) throw new ProviderError(response.status === 401 ? 'refused server' : 'failed');
    return JSON.parse(body) as unknown;
  };
  const parts = Object.entries(provider.profile).map(
    async ([name, request]) => [name, await ask(request)] as const,
  );
  return Object.fromEntries(await Promise.all(parts));
}

const tokensOf = (answer: {
  access_token: string;
  refresh_token?: string;
  expires_in?: number;
}): ProviderTokens => ({
  accessToken: answer.access_token,
  refreshToken: answer.refresh_token ?? null,
  expiresInSeconds: answer.expires_in ?? null,
});

function raise(error: unknown): never {
  if (error instanceof ProviderError) throw error;
  const status = error instanceof openid.ResponseBodyError ? error.status : undefined;
  // A 401 that says what it wants speaks of the request; one that does not, of the server.
  const isChallenge = error instanceof openid.WWWAuthenticateChallengeError;
  const failure =
    status === 400 || isChallenge ? 'refused request' : status === 401 ? 'refused server' : 'failed';
  throw new ProviderError(failure, { cause: error });
}
