import { limits } from '../../../limits/limits.js';
import { mutation } from '../../../graphql/operation.js';
import { setSessionCookie, Session } from '../../sessions/schema.js';
import { signInWithPassword } from './service.js';

mutation('createEmailPasswordSession', {
  type: Session,
  description:
    'Sign in with e-mail address and password. Sets the session cookie and answers the secret for other clients. ' +
    'One session more than the limit ends the oldest.',
  policy: {
    access: 'public',
    proof: 'strangers',
    method: 'email-password',
    startsSession: true,
    guessesSecret: true,
    limits: limits.signIn,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_CREDENTIALS'],
  },
  args: (arg) => ({
    email: arg.string({
      description: 'E-mail address of the account: the one it shows, or the last one it verified.',
    }),
    password: arg.string({ description: 'Password of the account, 8 to 256 characters.' }),
  }),
  resolve: async (args, { deps, exchange, requester }) =>
    setSessionCookie(exchange, await signInWithPassword(deps, args, requester)),
});
