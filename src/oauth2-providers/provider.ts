/** What a provider says of somebody, in its own form: its profile, and the ID token's claims where it makes one. */
export type Profile = Readonly<Record<string, unknown>>;

/** Who signed in, as far as the provider says. */
export interface ProviderUser {
  /** The user's id at the provider; null where it said none. */
  readonly uid: string | null;
  readonly email: string | null;
  /** Whether the profile says that the address is verified. */
  readonly emailVerified: boolean;
  readonly name: string | null;
}

interface Common {
  readonly scopes: readonly string[];
  /**
   * Whether its documentation says that an address it calls verified is. Where it does not, an address is a claim, which
   * links nothing; likewise where the administrator of a tenant chooses the addresses of its people, and on a host of one's
   * own, which can skip the confirmation. OAUTH_<PROVIDER>_VERIFIES_EMAIL says otherwise.
   */
  readonly verifiesEmail: boolean;
  /** How the profile is read. */
  readonly read: (profile: Profile) => ProviderUser;
  /** Parameters of the authorization request that this provider needs. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A provider of OpenID Connect: it is discovered, and its ID token is verified. */
export interface OidcProvider extends Common {
  /** Null where the operator names it: OAUTH_<PROVIDER>_ISSUER. */
  readonly issuer: string | null;
}

/** A provider of plain OAuth 2.0. */
export interface Oauth2Provider extends Common {
  readonly authorize: string;
  /** What it calls itself in the `iss` parameter, where that is not its origin. @see RFC 9207 */
  readonly iss?: string;
  readonly token: string;
  readonly revoke?: string;
  /** Requests whose answers make the profile, each under its name; `{accessToken}` and `{clientId}` are filled in. */
  readonly profile: Readonly<Record<string, ProfileRequest>>;
  /** How the server proves itself at the token endpoint; in the body unless said otherwise. */
  readonly authentication?: 'basic';
  /** Where the host of every URL can be the operator's own: OAUTH_<PROVIDER>_ISSUER replaces it. */
  readonly selfHosted?: { readonly host: string; readonly apiHost: string; readonly apiPath: string };
}

export interface ProfileRequest {
  readonly url: string;
  readonly method?: 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** A part that the provider may keep to itself: without it somebody signs in all the same. */
  readonly optional?: true;
}

export type Provider = OidcProvider | Oauth2Provider;

export const isOidc = (provider: Provider): provider is OidcProvider => 'issuer' in provider;

/** The value at a path such as `user.person.email`, or undefined. */
export function at(profile: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], profile);
}

/** The text at a path; a number counts as text, an empty one as none. */
export function text(profile: unknown, path: string): string | null {
  const value = at(profile, path);
  // The parser has rounded a larger number, so that two ids could become one.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Reads a profile whose parts stand at fixed paths. Without a path for it, no address counts as verified. */
export const reading =
  (paths: { uid: string; email: string; verified?: string; name: string }) =>
  (profile: Profile): ProviderUser => {
    const verified = paths.verified ? at(profile, paths.verified) : false;
    return {
      uid: text(profile, paths.uid),
      email: text(profile, paths.email),
      emailVerified: verified === true || verified === 'true' || verified === 1,
      name: text(profile, paths.name),
    };
  };

/** Reads the claims of OpenID Connect. */
export const readClaims = reading({ uid: 'sub', email: 'email', verified: 'email_verified', name: 'name' });

/** The primary address of a list such as GitHub's, and whether it is verified. */
export function primaryOf(
  list: unknown,
  keys: { email: string; primary: string; verified: string },
): Pick<ProviderUser, 'email' | 'emailVerified'> {
  const entries = Array.isArray(list) ? (list as Record<string, unknown>[]) : [];
  const entry = entries.find((item) => item[keys.primary] === true) ?? entries[0];
  return { email: text(entry, keys.email), emailVerified: entry?.[keys.verified] === true };
}
