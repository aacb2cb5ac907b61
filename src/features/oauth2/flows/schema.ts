import { limits } from '../../../limits/limits.js';
import { inWords, lifetimes } from '../../../clock.js';
import { builder } from '../../../graphql/builder.js';
import { mutation } from '../../../graphql/operation.js';
import { providerNames } from '../../../oauth2-providers/names.js';
import { startOAuth2Flow } from './service.js';

export const OAuthProvider = builder.enumType('OAuthProvider', {
  description: 'Providers to sign in with. One works once its client id and secret are configured.',
  values: Object.fromEntries(
    providerNames.map((name) => [
      name,
      { value: name, description: `Set \`OAUTH_${name}_CLIENT_ID\` and its secret.` },
    ]),
  ) as { [Name in (typeof providerNames)[number]]: { value: Name; description: string } },
});

const OAuth2Redirect = builder.objectRef<{ url: string }>('OAuth2Redirect').implement({
  description: 'Where to send the browser.',
  fields: (t) => ({
    url: t.expose('url', {
      type: 'URL',
      description: 'The provider’s page, for a full navigation of this browser.',
    }),
  }),
});

mutation('createOAuth2Token', {
  type: OAuth2Redirect,
  description:
    'Begin a sign-in at a provider. Send the browser that called this (it was given a cookie) to `url` within ' +
    `${inWords(lifetimes.oauth2State)}; it comes back to \`success\` with \`userId\` and \`secret\` in the query, for createSession ` +
    `within ${inWords(lifetimes.oauth2Secret)}, or to \`failure\` with \`error\`, a JSON object of \`code\` and \`message\`. While ` +
    'signed in, the identity is linked to the account and replaces this session by the next; an anonymous account becomes ' +
    'permanent. It does not stand in for a second factor.',
  policy: {
    access: 'public',
    changesCaller: true,
    method: 'oauth2',
    limits: limits.oauth2,
    errors: [
      'GENERAL_UNAUTHORIZED_SCOPE',
      'PROJECT_PROVIDER_DISABLED',
      'GENERAL_ARGUMENT_INVALID',
      'USER_CHALLENGE_REQUIRED',
      'USER_OAUTH2_PROVIDER_ERROR',
      'USER_OAUTH2_BAD_REQUEST',
      'USER_OAUTH2_UNAUTHORIZED',
    ],
  },
  args: (arg) => ({
    provider: arg({ type: OAuthProvider, description: 'The provider.' }),
    success: arg.string({
      required: false,
      description: 'Page of yours to come back to; on the allow-list.',
    }),
    failure: arg.string({
      required: false,
      description: 'Page of yours for what went wrong; on the allow-list.',
    }),
    scopes: arg.stringList({
      required: false,
      description: 'Scopes beside the provider’s own: at most 100, 4096 characters each.',
    }),
    codeChallenge: arg.string({
      required: false,
      description:
        'For an app that opens the system browser: RFC 7636 S256 of a verifier that it keeps for createSession. The sign-in ' +
        'is bound to that instead of this browser. Not while signed in.',
    }),
  }),
  resolve: (args, { caller, deps, requester }) => startOAuth2Flow(deps, caller, args, requester),
});
