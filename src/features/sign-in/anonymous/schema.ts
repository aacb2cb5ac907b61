import { limits } from '../../../limits/limits.js';
import { mutation } from '../../../graphql/operation.js';
import { setSessionCookie, Session } from '../../sessions/schema.js';
import { signInAnonymously } from './service.js';

mutation('createAnonymousSession', {
  type: Session,
  description:
    'Sign in without any credential, as a new user. Losing the session loses the account, until updateEmail, ' +
    'updatePhone or an OAuth2 sign-in makes it permanent.',
  policy: {
    access: 'public',
    proof: 'everyone',
    method: 'anonymous',
    startsSession: true,
    limits: limits.anonymous,
    errors: ['USER_SIGN_UP_CLOSED', 'USER_COUNT_EXCEEDED'],
  },
  resolve: async (_args, { deps, exchange, requester }) =>
    setSessionCookie(exchange, await signInAnonymously(deps, requester)),
});
