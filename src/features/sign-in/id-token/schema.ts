import { inWords, lifetimes } from '../../../clock.js';
import { builder } from '../../../graphql/builder.js';
import { mutation } from '../../../graphql/operation.js';
import { limits } from '../../../limits/limits.js';
import { OAuthProvider } from '../../oauth2/flows/schema.js';
import { setSessionCookie, Session } from '../../sessions/schema.js';
import type { NonceView } from './nonces.js';
import { signInWithIdToken, startIdTokenSignIn } from './service.js';

const IdTokenNonce = builder.objectRef<NonceView>('IdTokenNonce').implement({
  description: 'A random string that the ID token must contain.',
  fields: (t) => ({
    nonce: t.exposeString('nonce', { description: 'The nonce, for the SDK of the provider.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the nonce stops working.' }),
  }),
});

mutation('createIdTokenNonce', {
  type: IdTokenNonce,
  description:
    'Create a nonce for a sign-in with the SDK of a provider, such as Sign in with Apple or Google One Tap. It works for ' +
    `${inWords(lifetimes.idTokenNonce)}, for one attempt.`,
  policy: {
    access: 'public',
    method: 'oauth2',
    startsSession: true,
    limits: limits.idTokenNonce,
    errors: ['PROJECT_PROVIDER_DISABLED'],
  },
  resolve: (_args, { deps }) => startIdTokenSignIn(deps),
});

mutation('createIdTokenSession', {
  type: Session,
  description:
    'Sign in with the ID token that the SDK of a provider has given to your app, without a browser. The server accepts tokens of `APPLE`, ' +
    '`GOOGLE`, `MICROSOFT` and `OIDC` whose audience is in `OAUTH_<PROVIDER>_AUDIENCES`. The server finds or creates the account as it does for createOAuth2Token.',
  policy: {
    access: 'public',
    method: 'oauth2',
    startsSession: true,
    guessesSecret: true,
    limits: limits.idTokenSession,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'GENERAL_BAD_REQUEST',
      'PROJECT_PROVIDER_DISABLED',
      'USER_ID_TOKEN_INVALID',
      'USER_OAUTH2_PROVIDER_ERROR',
      'USER_OAUTH2_BAD_REQUEST',
      'USER_OAUTH2_UNAUTHORIZED',
      'USER_MISSING_ID',
      'USER_ALREADY_EXISTS',
      'USER_ADDRESS_UNAVAILABLE',
      'USER_SIGN_UP_CLOSED',
      'USER_COUNT_EXCEEDED',
      'USER_INVALID_TOKEN',
    ],
  },
  args: (arg) => ({
    provider: arg({ type: OAuthProvider, description: 'The provider that made the ID token.' }),
    idToken: arg.string({ description: 'The ID token, a JWT.' }),
    nonce: arg.string({
      description:
        'The nonce of createIdTokenNonce. The token contains it, or its SHA-256 in lower-case hexadecimal.',
    }),
    name: arg.string({
      required: false,
      description:
        'Name of the user, 1 to 128 characters, for an account without one. Apple gives it to your app at the first sign-in only, and not in ' +
        'the ID token.',
    }),
  }),
  resolve: async (args, { deps, exchange, requester }) =>
    setSessionCookie(exchange, await signInWithIdToken(deps, args, requester)),
});
