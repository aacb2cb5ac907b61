import { describe, expect, it } from 'vitest';
import { type ProviderName, providerNames } from '../../src/oauth2-providers/names.js';
import { isOidc, type ProviderUser } from '../../src/oauth2-providers/provider.js';
import { providers } from '../../src/oauth2-providers/providers.js';

const ada = (
  uid: string,
  emailVerified: boolean,
  email: string | null = 'ada@example.test',
  name: string | null = 'Ada',
): ProviderUser => ({ uid, email, emailVerified, name });
const claims = { sub: 'u1', email: 'ada@example.test', email_verified: true, name: 'Ada' };
const openId = [claims, ada('u1', true)] as const;

/** A profile in the form that each provider documents, and what is read from it. */
const profiles: Record<ProviderName, readonly [profile: object, expected: ProviderUser]> = {
  AMAZON: [
    { user: { user_id: 'amzn1.account.K2LI23KL2LK2', email: 'ada@example.test', name: 'Ada' } },
    ada('amzn1.account.K2LI23KL2LK2', false),
  ],
  APPLE: [
    { sub: '001.abc', email: 'ada@example.test', email_verified: 'true' },
    ada('001.abc', true, 'ada@example.test', null),
  ],
  AUTH0: openId,
  AUTHENTIK: openId,
  AUTODESK: [
    { user: { sub: 'RAC', email: 'ada@example.test', email_verified: true, name: 'Ada' } },
    ada('RAC', true),
  ],
  BITBUCKET: [
    {
      user: { uuid: '{b1}', display_name: 'Ada' },
      emails: {
        values: [
          { email: 'x@example.test', is_primary: false, is_confirmed: true },
          { email: 'ada@example.test', is_primary: true, is_confirmed: true },
        ],
      },
    },
    ada('{b1}', true),
  ],
  BITLY: [
    {
      user: {
        login: 'ada',
        name: 'Ada',
        emails: [{ email: 'ada@example.test', is_primary: true, is_verified: false }],
      },
    },
    ada('ada', false),
  ],
  BOX: [
    { user: { id: '11446498', login: 'ada@example.test', name: 'Ada', type: 'user' } },
    ada('11446498', false),
  ],
  DAILYMOTION: [{ user: { id: 'x1', email: 'ada@example.test', screenname: 'Ada' } }, ada('x1', false)],
  DISCORD: [
    { user: { id: '80351110224678912', username: 'Ada', email: 'ada@example.test', verified: true } },
    ada('80351110224678912', true),
  ],
  DISQUS: [
    { user: { code: 0, response: { id: '1', email: 'ada@example.test', name: 'Ada' } } },
    ada('1', false),
  ],
  DROPBOX: [
    {
      user: {
        account_id: 'dbid:AAH4',
        name: { display_name: 'Ada' },
        email: 'ada@example.test',
        email_verified: true,
      },
    },
    ada('dbid:AAH4', true),
  ],
  ETSY: [
    { user: { user_id: 12345, primary_email: 'ada@example.test', first_name: 'Ada' } },
    ada('12345', false),
  ],
  FACEBOOK: [{ user: { id: '10158', name: 'Ada', email: 'ada@example.test' } }, ada('10158', false)],
  GITHUB: [
    {
      user: { id: 1, login: 'ada', name: 'Ada', email: null },
      emails: [{ email: 'ada@example.test', primary: true, verified: true }],
    },
    ada('1', true),
  ],
  GITLAB: [
    { user: { id: 1, name: 'Ada', email: 'ada@example.test', confirmed_at: '2012-05-23T09:05:22Z' } },
    ada('1', true),
  ],
  GOOGLE: openId,
  LINKEDIN: [{ user: claims }, ada('u1', true)],
  MICROSOFT: [
    { user: { id: '48d3', displayName: 'Ada', mail: null, userPrincipalName: 'ada@example.test' } },
    ada('48d3', false, null),
  ],
  NOTION: [
    {
      user: { bot: { owner: { user: { id: '16d8', name: 'Ada', person: { email: 'ada@example.test' } } } } },
    },
    ada('16d8', false),
  ],
  OIDC: openId,
  OKTA: openId,
  PAYPAL: [
    {
      user: {
        user_id: 'https://www.paypal.com/webapps/auth/identity/user/m',
        name: 'Ada',
        email: 'ada@example.test',
        email_verified: 'true',
      },
    },
    ada('https://www.paypal.com/webapps/auth/identity/user/m', true),
  ],
  PAYPAL_SANDBOX: [
    { user: { user_id: 'm', name: 'Ada', email: 'ada@example.test', email_verified: false } },
    ada('m', false),
  ],
  PODIO: [
    {
      user: {
        user: { user_id: 1, mails: [{ mail: 'ada@example.test', primary: true, verified: true }] },
        profile: { name: 'Ada' },
      },
    },
    ada('1', true),
  ],
  SALESFORCE: [
    { user: { user_id: '005', email: 'ada@example.test', email_verified: true, name: 'Ada' } },
    ada('005', true),
  ],
  SLACK: openId,
  SPOTIFY: [{ user: { id: 'ada', email: 'ada@example.test', display_name: 'Ada' } }, ada('ada', false)],
  STRIPE: [
    { user: { id: 'acct_1', email: 'ada@example.test', settings: { dashboard: { display_name: 'Ada' } } } },
    ada('acct_1', false),
  ],
  TRADESHIFT: [{ user: { Id: 'aaaa', Username: 'ada@example.test', FirstName: 'Ada' } }, ada('aaaa', false)],
  TRADESHIFT_BOX: [
    { user: { Id: 'aaaa', Username: 'ada@example.test', FirstName: 'Ada' } },
    ada('aaaa', false),
  ],
  TWITCH: [
    { user: { data: [{ id: '141981764', display_name: 'Ada', email: 'ada@example.test' }] } },
    ada('141981764', true),
  ],
  WORDPRESS: [
    { user: { ID: 78, display_name: 'Ada', email: 'ada@example.test', email_verified: true } },
    ada('78', true),
  ],
  YAHOO: openId,
  YAMMER: [{ user: { id: 4022984, full_name: 'Ada', email: 'ada@example.test' } }, ada('4022984', false)],
  YANDEX: [
    { user: { id: '1000034426', default_email: 'ada@example.test', real_name: 'Ada' } },
    ada('1000034426', false),
  ],
  ZOHO: [{ user: { ZUID: 65, Email: 'ada@example.test', Display_Name: 'Ada' } }, ada('65', false)],
  ZOOM: [
    { user: { id: 'z8', display_name: 'Ada', email: 'ada@example.test', verified: 1 } },
    ada('z8', true),
  ],
};

/** Administrators choose the addresses: what is called verified there is a claim. */
const administered = new Set<ProviderName>(['AUTH0', 'AUTHENTIK', 'OKTA', 'SALESFORCE', 'SLACK', 'ZOOM']);

describe('provider entries', () => {
  it.each(providerNames)('%s reads its profile', (name) => {
    const [profile, expected] = profiles[name];
    expect(providers[name].read(profile as never)).toEqual(expected);
    if (expected.emailVerified) expect(providers[name].verifiesEmail).toBe(!administered.has(name));
  });

  it.each(providerNames)('%s makes nothing of an empty profile', (name) => {
    expect(providers[name].read({})).toEqual({ uid: null, email: null, emailVerified: false, name: null });
  });

  it.each(providerNames)('%s speaks TLS alone', (name) => {
    const provider = providers[name];
    const urls = isOidc(provider)
      ? [provider.issuer ?? 'https://set.by.the.operator']
      : [
          provider.authorize,
          provider.token,
          provider.revoke ?? provider.token,
          ...Object.values(provider.profile).map(({ url }) => url),
        ];
    for (const url of urls) expect(url).toMatch(/^https:\/\/[a-z0-9.-]+(\/|$)/);
  });
});
