/** Every provider the API knows, as enum OAuthProvider and the variables OAUTH_<PROVIDER>_… spell it. */
export const providerNames = [
  'AMAZON',
  'APPLE',
  'AUTH0',
  'AUTHENTIK',
  'AUTODESK',
  'BITBUCKET',
  'BITLY',
  'BOX',
  'DAILYMOTION',
  'DISCORD',
  'DISQUS',
  'DROPBOX',
  'ETSY',
  'FACEBOOK',
  'GITHUB',
  'GITLAB',
  'GOOGLE',
  'LINKEDIN',
  'MICROSOFT',
  'NOTION',
  'OIDC',
  'OKTA',
  'PAYPAL',
  'PAYPAL_SANDBOX',
  'PODIO',
  'SALESFORCE',
  'SLACK',
  'SPOTIFY',
  'STRIPE',
  'TRADESHIFT',
  'TRADESHIFT_BOX',
  'TWITCH',
  'WORDPRESS',
  'YAHOO',
  'YAMMER',
  'YANDEX',
  'ZOHO',
  'ZOOM',
] as const;

export type ProviderName = (typeof providerNames)[number];

/** The names of the providers, as they write them. */
export const displayNames: Readonly<Record<ProviderName, string>> = {
  AMAZON: 'Amazon',
  APPLE: 'Apple',
  AUTH0: 'Auth0',
  AUTHENTIK: 'authentik',
  AUTODESK: 'Autodesk',
  BITBUCKET: 'Bitbucket',
  BITLY: 'Bitly',
  BOX: 'Box',
  DAILYMOTION: 'Dailymotion',
  DISCORD: 'Discord',
  DISQUS: 'Disqus',
  DROPBOX: 'Dropbox',
  ETSY: 'Etsy',
  FACEBOOK: 'Facebook',
  GITHUB: 'GitHub',
  GITLAB: 'GitLab',
  GOOGLE: 'Google',
  LINKEDIN: 'LinkedIn',
  MICROSOFT: 'Microsoft',
  NOTION: 'Notion',
  OIDC: 'OpenID Connect',
  OKTA: 'Okta',
  PAYPAL: 'PayPal',
  PAYPAL_SANDBOX: 'PayPal Sandbox',
  PODIO: 'Podio',
  SALESFORCE: 'Salesforce',
  SLACK: 'Slack',
  SPOTIFY: 'Spotify',
  STRIPE: 'Stripe',
  TRADESHIFT: 'Tradeshift',
  TRADESHIFT_BOX: 'Tradeshift Sandbox',
  TWITCH: 'Twitch',
  WORDPRESS: 'WordPress.com',
  YAHOO: 'Yahoo',
  YAMMER: 'Yammer',
  YANDEX: 'Yandex',
  ZOHO: 'Zoho',
  ZOOM: 'Zoom',
};

/** What an operator sets for one provider. */
export interface ProviderCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly issuer?: string;
  /** Whether its users' addresses count as verified. The default is in the provider's entry. */
  readonly verifiesEmail?: boolean;
  /** How long a request to the provider may take; 5 unless given. */
  readonly timeoutSeconds?: number | undefined;
}

/** The providers whose ID tokens createIdTokenSession accepts. */
export const idTokenProviders = ['APPLE', 'GOOGLE', 'MICROSOFT', 'OIDC'] as const satisfies ProviderName[];
export type IdTokenProvider = (typeof idTokenProviders)[number];

/** What an operator sets for the ID tokens of one provider. */
export interface IdTokenSettings {
  /** Ids of the applications whose ID tokens are accepted. */
  readonly audiences: readonly string[];
  /** For OIDC. */
  readonly issuer?: string;
  readonly verifiesEmail?: boolean;
  readonly timeoutSeconds?: number | undefined;
}

/** A provider's name in URLs, sessions and identities, such as `paypal_sandbox`. */
export const slugOf = (name: ProviderName): string => name.toLowerCase();

/** The provider with this name in a URL; null for any other text. */
export const bySlug = (slug: string): ProviderName | null =>
  providerNames.find((name) => slugOf(name) === slug) ?? null;
