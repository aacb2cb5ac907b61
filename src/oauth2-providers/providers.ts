import type { ProviderName } from './names.js';
import {
  at,
  type Oauth2Provider,
  type OidcProvider,
  primaryOf,
  type Provider,
  type ProfileRequest,
  readClaims,
  reading,
  text,
} from './provider.js';

const oidc = (issuer: string | null, parameters?: Record<string, string>): OidcProvider => ({
  issuer,
  scopes: ['openid', 'email', 'profile'],
  verifiesEmail: true,
  read: readClaims,
  ...(parameters && { parameters }),
});

/** A tenant, or a server of one's own: its administrators choose the addresses of its people. */
const administered: OidcProvider = { ...oidc(null), verifiesEmail: false };

/** One request, whose answer is the profile. */
const from = (url: string, more: Omit<ProfileRequest, 'url'> = {}) => ({ user: { url, ...more } });

const paypal = (site: string, api: string): Oauth2Provider => ({
  authorize: `https://${site}/signin/authorize`,
  token: `https://${api}/v1/oauth2/token`,
  profile: from(`https://${api}/v1/identity/openidconnect/userinfo?schema=openid`),
  scopes: ['openid', 'email', 'profile'],
  verifiesEmail: true,
  authentication: 'basic',
  read: reading({
    uid: 'user.user_id',
    email: 'user.email',
    verified: 'user.email_verified',
    name: 'user.name',
  }),
});

const tradeshift = (api: string): Oauth2Provider => ({
  authorize: `https://${api}/tradeshift/auth/login`,
  token: `https://${api}/tradeshift/auth/token`,
  profile: from(`https://${api}/tradeshift/rest/external/info/user`),
  scopes: ['openid', 'offline'],
  verifiesEmail: false,
  authentication: 'basic',
  read: reading({ uid: 'user.Id', email: 'user.Username', name: 'user.FirstName' }),
});

/** The providers as data. */
export const providers: Readonly<Record<ProviderName, Provider>> = {
  AMAZON: {
    authorize: 'https://www.amazon.com/ap/oa',
    token: 'https://api.amazon.com/auth/o2/token',
    profile: from('https://api.amazon.com/user/profile'),
    scopes: ['profile'],
    verifiesEmail: false,
    read: reading({ uid: 'user.user_id', email: 'user.email', name: 'user.name' }),
  },
  APPLE: {
    ...oidc('https://appleid.apple.com', { response_mode: 'form_post' }),
    scopes: ['openid', 'name', 'email'],
  },
  AUTH0: administered,
  AUTHENTIK: administered,
  AUTODESK: {
    authorize: 'https://developer.api.autodesk.com/authentication/v2/authorize',
    token: 'https://developer.api.autodesk.com/authentication/v2/token',
    revoke: 'https://developer.api.autodesk.com/authentication/v2/revoke',
    profile: from('https://api.userprofile.autodesk.com/userinfo'),
    scopes: ['user-profile:read'],
    verifiesEmail: true,
    authentication: 'basic',
    read: reading({
      uid: 'user.sub',
      email: 'user.email',
      verified: 'user.email_verified',
      name: 'user.name',
    }),
  },
  BITBUCKET: {
    authorize: 'https://bitbucket.org/site/oauth2/authorize',
    token: 'https://bitbucket.org/site/oauth2/access_token',
    profile: {
      user: { url: 'https://api.bitbucket.org/2.0/user' },
      emails: { url: 'https://api.bitbucket.org/2.0/user/emails', optional: true },
    },
    scopes: ['account', 'email'],
    verifiesEmail: true,
    authentication: 'basic',
    read: (profile) => ({
      uid: text(profile, 'user.uuid'),
      name: text(profile, 'user.display_name'),
      ...primaryOf(at(profile, 'emails.values'), {
        email: 'email',
        primary: 'is_primary',
        verified: 'is_confirmed',
      }),
    }),
  },
  BITLY: {
    authorize: 'https://bitly.com/oauth/authorize',
    token: 'https://api-ssl.bitly.com/oauth/access_token',
    profile: from('https://api-ssl.bitly.com/v4/user'),
    scopes: [],
    verifiesEmail: true,
    read: (profile) => ({
      uid: text(profile, 'user.login'),
      name: text(profile, 'user.name'),
      ...primaryOf(at(profile, 'user.emails'), {
        email: 'email',
        primary: 'is_primary',
        verified: 'is_verified',
      }),
    }),
  },
  BOX: {
    authorize: 'https://account.box.com/api/oauth2/authorize',
    token: 'https://api.box.com/oauth2/token',
    revoke: 'https://api.box.com/oauth2/revoke',
    profile: from('https://api.box.com/2.0/users/me'),
    scopes: [],
    verifiesEmail: false,
    read: reading({ uid: 'user.id', email: 'user.login', name: 'user.name' }),
  },
  DAILYMOTION: {
    authorize: 'https://www.dailymotion.com/oauth/authorize',
    token: 'https://api.dailymotion.com/oauth/token',
    profile: from('https://api.dailymotion.com/me?fields=id,email,screenname'),
    scopes: ['email', 'userinfo'],
    verifiesEmail: false,
    read: reading({ uid: 'user.id', email: 'user.email', name: 'user.screenname' }),
  },
  DISCORD: {
    authorize: 'https://discord.com/oauth2/authorize',
    token: 'https://discord.com/api/oauth2/token',
    revoke: 'https://discord.com/api/oauth2/token/revoke',
    profile: from('https://discord.com/api/users/@me'),
    scopes: ['identify', 'email'],
    verifiesEmail: true,
    read: reading({ uid: 'user.id', email: 'user.email', verified: 'user.verified', name: 'user.username' }),
  },
  DISQUS: {
    authorize: 'https://disqus.com/api/oauth/2.0/authorize/',
    token: 'https://disqus.com/api/oauth/2.0/access_token/',
    profile: from(
      'https://disqus.com/api/3.0/users/details.json?access_token={accessToken}&api_key={clientId}',
    ),
    scopes: ['read,email'],
    verifiesEmail: false,
    read: reading({ uid: 'user.response.id', email: 'user.response.email', name: 'user.response.name' }),
  },
  DROPBOX: {
    authorize: 'https://www.dropbox.com/oauth2/authorize',
    token: 'https://api.dropboxapi.com/oauth2/token',
    profile: from('https://api.dropboxapi.com/2/users/get_current_account', { method: 'POST' }),
    scopes: ['account_info.read'],
    verifiesEmail: true,
    parameters: { token_access_type: 'offline' },
    read: reading({
      uid: 'user.account_id',
      email: 'user.email',
      verified: 'user.email_verified',
      name: 'user.name.display_name',
    }),
  },
  ETSY: {
    authorize: 'https://www.etsy.com/oauth/connect',
    token: 'https://api.etsy.com/v3/public/oauth/token',
    profile: from('https://openapi.etsy.com/v3/application/users/{userId}', {
      headers: { 'x-api-key': '{clientId}' },
    }),
    scopes: ['email_r', 'profile_r'],
    verifiesEmail: false,
    read: reading({ uid: 'user.user_id', email: 'user.primary_email', name: 'user.first_name' }),
  },
  FACEBOOK: {
    authorize: 'https://www.facebook.com/v21.0/dialog/oauth',
    token: 'https://graph.facebook.com/v21.0/oauth/access_token',
    profile: from('https://graph.facebook.com/v21.0/me?fields=id,name,email'),
    scopes: ['email'],
    verifiesEmail: false,
    read: reading({ uid: 'user.id', email: 'user.email', name: 'user.name' }),
  },
  GITHUB: {
    authorize: 'https://github.com/login/oauth/authorize',
    iss: 'https://github.com/login/oauth',
    token: 'https://github.com/login/oauth/access_token',
    profile: {
      user: { url: 'https://api.github.com/user' },
      emails: { url: 'https://api.github.com/user/emails', optional: true },
    },
    scopes: ['read:user', 'user:email'],
    verifiesEmail: true,
    selfHosted: { host: 'https://github.com', apiHost: 'https://api.github.com', apiPath: '/api/v3' },
    read: (profile) => ({
      uid: text(profile, 'user.id'),
      name: text(profile, 'user.name') ?? text(profile, 'user.login'),
      ...primaryOf(at(profile, 'emails'), { email: 'email', primary: 'primary', verified: 'verified' }),
    }),
  },
  GITLAB: {
    authorize: 'https://gitlab.com/oauth/authorize',
    token: 'https://gitlab.com/oauth/token',
    revoke: 'https://gitlab.com/oauth/revoke',
    profile: from('https://gitlab.com/api/v4/user'),
    scopes: ['read_user'],
    verifiesEmail: true,
    selfHosted: { host: 'https://gitlab.com', apiHost: 'https://gitlab.com', apiPath: '' },
    read: (profile) => ({
      uid: text(profile, 'user.id'),
      name: text(profile, 'user.name'),
      email: text(profile, 'user.email'),
      emailVerified: text(profile, 'user.confirmed_at') !== null,
    }),
  },
  GOOGLE: oidc('https://accounts.google.com', { access_type: 'offline' }),
  LINKEDIN: {
    authorize: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    profile: from('https://api.linkedin.com/v2/userinfo'),
    scopes: ['openid', 'profile', 'email'],
    verifiesEmail: true,
    read: reading({
      uid: 'user.sub',
      email: 'user.email',
      verified: 'user.email_verified',
      name: 'user.name',
    }),
  },
  MICROSOFT: {
    authorize: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    profile: from('https://graph.microsoft.com/v1.0/me'),
    scopes: ['offline_access', 'User.Read'],
    verifiesEmail: false,
    // Any tenant's administrator can set `mail` to any address.
    read: (profile) => ({
      uid: text(profile, 'user.id'),
      name: text(profile, 'user.displayName'),
      // The principal name has the form of an address, and need not be one.
      email: text(profile, 'user.mail'),
      emailVerified: false,
    }),
  },
  NOTION: {
    authorize: 'https://api.notion.com/v1/oauth/authorize',
    token: 'https://api.notion.com/v1/oauth/token',
    profile: from('https://api.notion.com/v1/users/me', { headers: { 'notion-version': '2022-06-28' } }),
    scopes: [],
    verifiesEmail: false,
    parameters: { owner: 'user' },
    authentication: 'basic',
    read: reading({
      uid: 'user.bot.owner.user.id',
      email: 'user.bot.owner.user.person.email',
      name: 'user.bot.owner.user.name',
    }),
  },
  /** The operator has chosen this very issuer. */
  OIDC: oidc(null),
  OKTA: administered,
  PAYPAL: paypal('www.paypal.com', 'api-m.paypal.com'),
  PAYPAL_SANDBOX: paypal('www.sandbox.paypal.com', 'api-m.sandbox.paypal.com'),
  PODIO: {
    authorize: 'https://podio.com/oauth/authorize',
    token: 'https://podio.com/oauth/token',
    profile: from('https://api.podio.com/user/status', {
      headers: { authorization: 'OAuth2 {accessToken}' },
    }),
    scopes: [],
    verifiesEmail: true,
    read: (profile) => ({
      uid: text(profile, 'user.user.user_id'),
      name: text(profile, 'user.profile.name'),
      ...primaryOf(at(profile, 'user.user.mails'), {
        email: 'mail',
        primary: 'primary',
        verified: 'verified',
      }),
    }),
  },
  SALESFORCE: {
    authorize: 'https://login.salesforce.com/services/oauth2/authorize',
    token: 'https://login.salesforce.com/services/oauth2/token',
    revoke: 'https://login.salesforce.com/services/oauth2/revoke',
    profile: from('https://login.salesforce.com/services/oauth2/userinfo'),
    scopes: ['openid', 'email', 'profile', 'refresh_token'],
    // Administrators of an organisation choose the addresses of its users.
    verifiesEmail: false,
    read: reading({
      uid: 'user.user_id',
      email: 'user.email',
      verified: 'user.email_verified',
      name: 'user.name',
    }),
  },
  /** Owners of a workspace choose the addresses of its members. */
  SLACK: { ...oidc('https://slack.com'), verifiesEmail: false },
  SPOTIFY: {
    authorize: 'https://accounts.spotify.com/authorize',
    token: 'https://accounts.spotify.com/api/token',
    profile: from('https://api.spotify.com/v1/me'),
    scopes: ['user-read-email'],
    verifiesEmail: false,
    authentication: 'basic',
    // "This email address is unverified", says its documentation.
    read: reading({ uid: 'user.id', email: 'user.email', name: 'user.display_name' }),
  },
  STRIPE: {
    authorize: 'https://connect.stripe.com/oauth/authorize',
    token: 'https://connect.stripe.com/oauth/token',
    profile: from('https://api.stripe.com/v1/account'),
    scopes: ['read_write'],
    verifiesEmail: false,
    read: reading({ uid: 'user.id', email: 'user.email', name: 'user.settings.dashboard.display_name' }),
  },
  TRADESHIFT: tradeshift('api.tradeshift.com'),
  TRADESHIFT_BOX: tradeshift('api-sandbox.tradeshift.com'),
  TWITCH: {
    authorize: 'https://id.twitch.tv/oauth2/authorize',
    token: 'https://id.twitch.tv/oauth2/token',
    revoke: 'https://id.twitch.tv/oauth2/revoke',
    profile: from('https://api.twitch.tv/helix/users', { headers: { 'client-id': '{clientId}' } }),
    scopes: ['user:read:email'],
    verifiesEmail: true,
    read: (profile) => {
      const email = text(profile, 'user.data.0.email');
      // "The user's verified email address", says its documentation.
      return {
        uid: text(profile, 'user.data.0.id'),
        name: text(profile, 'user.data.0.display_name'),
        email,
        emailVerified: email !== null,
      };
    },
  },
  WORDPRESS: {
    authorize: 'https://public-api.wordpress.com/oauth2/authorize',
    token: 'https://public-api.wordpress.com/oauth2/token',
    profile: from('https://public-api.wordpress.com/rest/v1.1/me'),
    scopes: ['auth'],
    verifiesEmail: true,
    read: reading({
      uid: 'user.ID',
      email: 'user.email',
      verified: 'user.email_verified',
      name: 'user.display_name',
    }),
  },
  YAHOO: oidc('https://api.login.yahoo.com'),
  YAMMER: {
    authorize: 'https://www.yammer.com/oauth2/authorize',
    token: 'https://www.yammer.com/oauth2/access_token.json',
    profile: from('https://www.yammer.com/api/v1/users/current.json'),
    scopes: [],
    verifiesEmail: false,
    read: reading({ uid: 'user.id', email: 'user.email', name: 'user.full_name' }),
  },
  YANDEX: {
    authorize: 'https://oauth.yandex.com/authorize',
    token: 'https://oauth.yandex.com/token',
    profile: from('https://login.yandex.ru/info?format=json', {
      headers: { authorization: 'OAuth {accessToken}' },
    }),
    scopes: ['login:email', 'login:info'],
    verifiesEmail: false,
    read: reading({ uid: 'user.id', email: 'user.default_email', name: 'user.real_name' }),
  },
  ZOHO: {
    authorize: 'https://accounts.zoho.com/oauth/v2/auth',
    token: 'https://accounts.zoho.com/oauth/v2/token',
    revoke: 'https://accounts.zoho.com/oauth/v2/token/revoke',
    profile: from('https://accounts.zoho.com/oauth/user/info', {
      headers: { authorization: 'Zoho-oauthtoken {accessToken}' },
    }),
    scopes: ['aaaserver.profile.READ'],
    verifiesEmail: false,
    parameters: { access_type: 'offline' },
    read: reading({ uid: 'user.ZUID', email: 'user.Email', name: 'user.Display_Name' }),
  },
  ZOOM: {
    authorize: 'https://zoom.us/oauth/authorize',
    token: 'https://zoom.us/oauth/token',
    revoke: 'https://zoom.us/oauth/revoke',
    profile: from('https://api.zoom.us/v2/users/me'),
    scopes: ['user:read:user'],
    // Administrators of an account choose the addresses of its users.
    verifiesEmail: false,
    authentication: 'basic',
    read: reading({
      uid: 'user.id',
      email: 'user.email',
      verified: 'user.verified',
      name: 'user.display_name',
    }),
  },
};
