import { budgets } from '../../../access/budget.js';
import { mutation } from '../../../graphql/operation.js';
import { handOver, Session } from '../../sessions/schema.js';
import { signInAnonymously } from './service.js';

mutation('createAnonymousSession', {
  type: Session,
  description:
    'Sign in without any credential, as a new user. Losing the session loses the account, until updateEmail, ' +
    'updatePhone or an OAuth2 sign-in makes it permanent.',
  policy: {
    access: 'public',
    method: 'anonymous',
    startsSession: true,
    budgets: budgets.anonymous,
    errors: ['USER_COUNT_EXCEEDED'],
  },
  resolve: async (_args, { deps, exchange }) =>
    handOver(exchange, await signInAnonymously(deps, exchange.requester)),
});
