import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { passwordLength } from '../../input/password.js';
import { mutation } from '../../graphql/operation.js';
import { Token } from '../tokens/schema.js';
import { completeRecovery, startRecovery } from './service.js';

mutation('createRecovery', {
  type: Token,
  description:
    `Mail a link that lets the owner of an address set a new password within ${inWords(lifetimes.recovery)}. It leads to ` +
    '`url` with `userId`, `secret` and `expire` in its query, for updateRecovery. The answer is the same for an address ' +
    'nobody or a blocked user has; nothing is mailed then.',
  policy: {
    access: 'public',
    proof: 'strangers',
    limits: limits.recoveryMail,
    errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_MAIL_DISABLED'],
  },
  args: (arg) => ({
    email: arg.string({ description: 'E-mail address of the account.' }),
    url: arg.string({
      required: false,
      description:
        'Page of yours to land on; its origin must be on the allow-list. Its query and fragment are kept. Absent: a page of ' +
        'this server.',
    }),
  }),
  resolve: (args, { deps, requester }) => startRecovery(deps, args, requester),
});

mutation('updateRecovery', {
  type: Token,
  description:
    'Set a new password with the secret of a recovery link. Ends all sessions, makes none, verifies the address the link ' +
    'was mailed to, and leaves MFA as it is. The link works once; a refused password does not use it up.',
  policy: {
    access: 'public',
    guessesSecret: true,
    limits: limits.confirm,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'USER_INVALID_TOKEN',
      'USER_PASSWORD_TOO_COMMON',
      'USER_PASSWORD_BREACHED',
      'USER_PASSWORD_PERSONAL_DATA',
      'USER_PASSWORD_RECENTLY_USED',
    ],
  },
  args: (arg) => ({
    userId: arg.id({ description: '`userId` of the link.' }),
    secret: arg.string({ description: '`secret` of the link.' }),
    password: arg.string({ description: `New password, ${passwordLength}.` }),
  }),
  resolve: (args, { caller, deps, requester }) => completeRecovery(deps, args, caller, requester),
});
