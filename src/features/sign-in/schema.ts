import { budgets } from '../../access/budget.js';
import { builder } from '../../graphql/builder.js';
import type { Exchange } from '../../graphql/exchange.js';
import { Session } from '../sessions/schema.js';
import type { SessionView } from '../sessions/service.js';
import { type SignedInView, signInAnonymously, signInWithPassword } from './service.js';

/** Gives the browser its cookies, and the caller the session. */
function handOver(exchange: Exchange, { session, deviceSecret }: SignedInView): SessionView {
  if (session.secret !== null) exchange.setSessionCookie(session.secret, session.expiresAt);
  exchange.setDeviceCookie(deviceSecret);
  return session;
}

builder.mutationField('createEmailPasswordSession', (t) =>
  t.field({
    type: Session,
    nullable: true,
    description:
      'Sign in with e-mail address and password. Sets the session cookie and answers the secret for other clients. ' +
      'One session more than the limit ends the oldest.',
    policy: {
      access: 'public',
      method: 'email-password',
      startsSession: true,
      guessesSecret: true,
      budgets: budgets.signIn,
      errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_CREDENTIALS'],
    },
    args: {
      email: t.arg.string({ description: 'E-mail address of the account.' }),
      password: t.arg.string({ description: 'Password of the account, 8 to 256 characters.' }),
    },
    resolve: async (_root, args, { deps, exchange }) => {
      const requester = { origin: await exchange.origin(), deviceSecret: exchange.deviceSecret };
      return handOver(exchange, await signInWithPassword(deps, args, requester));
    },
  }),
);

builder.mutationField('createAnonymousSession', (t) =>
  t.field({
    type: Session,
    nullable: true,
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
    resolve: async (_root, _args, { deps, exchange }) =>
      handOver(exchange, await signInAnonymously(deps, await exchange.origin())),
  }),
);
