import { budgets } from '../../../access/budget.js';
import { builder } from '../../../graphql/builder.js';
import type { Exchange } from '../../../graphql/exchange.js';
import { Session } from '../../sessions/schema.js';
import type { SessionView } from '../../sessions/service.js';
import { requester } from '../../addresses/schema.js';
import { type SignedInView, signInAnonymously, signInWithPassword, signInWithToken } from './service.js';

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
    resolve: async (_root, args, { deps, exchange }) =>
      handOver(exchange, await signInWithPassword(deps, args, await requester({ exchange }))),
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
      handOver(exchange, await signInAnonymously(deps, await requester({ exchange }))),
  }),
);

const tokenSessionFields = [
  { name: 'createSession' },
  {
    name: 'updateMagicURLSession',
    deprecationReason: 'Same as createSession. Use createSession. Removal not before 2027-07-01.',
  },
  {
    name: 'updatePhoneSession',
    deprecationReason: 'Same as createSession. Use createSession. Removal not before 2027-07-01.',
  },
];

for (const { name, ...deprecation } of tokenSessionFields) {
  builder.mutationField(name, (t) =>
    t.field({
      ...deprecation,
      type: Session,
      nullable: true,
      description:
        'Sign in with the secret of a mail, SMS or OAuth2 redirect, which works once. It proves the address it was sent to; ' +
        'where nobody had proven it before, a password and sessions from before end, since they may be a stranger’s.',
      policy: {
        access: 'public',
        startsSession: true,
        guessesSecret: true,
        budgets: budgets.redeemToken,
        errors: [
          'GENERAL_ARGUMENT_INVALID',
          'USER_INVALID_TOKEN',
          'USER_COUNT_EXCEEDED',
          'GENERAL_BAD_REQUEST',
        ],
      },
      args: {
        userId: t.arg.id({ description: '`userId` of the token or link, or the user’s own id.' }),
        secret: t.arg.string({ description: 'The code, or the `secret` of the link.' }),
      },
      resolve: async (_root, args, { deps, exchange }) =>
        handOver(exchange, await signInWithToken(deps, args, await requester({ exchange }))),
    }),
  );
}
