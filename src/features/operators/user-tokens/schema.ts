import { inWords, lifetimes } from '../../../clock.js';
import { builder } from '../../../graphql/builder.js';
import { mutation } from '../../../graphql/operation.js';
import { limits } from '../../../limits/limits.js';
import { createUserToken, type UserTokenView } from './service.js';

const UserToken = builder.objectRef<UserTokenView>('UserToken').implement({
  description: 'A secret with which an operator can sign in as a user once.',
  fields: (t) => ({
    userId: t.exposeID('userId', { description: 'Id of the user, for createSession.' }),
    secret: t.exposeString('secret', {
      description: 'The secret, for createSession. Only in the response of createUserToken.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the secret stops working.' }),
  }),
});

mutation('createUserToken', {
  type: UserToken,
  description:
    'Create a one-time token with which you can sign in as a user (createSession), to see what the user sees. Requires `USER_TOKENS=on`. All ' +
    'log entries and security changes of the session name you as `actor`. The server notifies the user of the sign-in, unless no one has ' +
    'signed in to the account yet. The session does not count as a fresh proof. It is pending if MFA is on.',
  policy: {
    access: 'operator',
    limits: limits.operatorWrite,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_AUTH_METHOD_UNSUPPORTED', 'USER_NOT_FOUND'],
  },
  args: (arg) => ({
    userId: arg.id({ description: 'Id of the user.' }),
    expiresIn: arg.int({
      required: false,
      description: `Lifetime of the secret in seconds, at most ${lifetimes.userTokenMaximum}. The default is ${inWords(lifetimes.userToken)}.`,
    }),
  }),
  resolve: (args, { deps, operator, requester }) => createUserToken(deps, operator, args, requester),
});
