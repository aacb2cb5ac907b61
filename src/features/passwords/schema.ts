import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { passwordLength } from '../../input/password.js';
import { mutation } from '../../graphql/operation.js';
import { User } from '../account/schema.js';
import { updatePassword } from './service.js';

mutation('updatePassword', {
  type: User,
  description:
    'Change the password. The user’s other sessions end; this one stays. Recovery links sent before die.',
  policy: {
    access: 'signedIn',
    distrustsDevices: true,
    limits: limits.changeCredential,
    guessesSecret: true,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'USER_INVALID_CREDENTIALS',
      'USER_CHALLENGE_REQUIRED',
      'USER_PASSWORD_TOO_COMMON',
      'USER_PASSWORD_BREACHED',
      'USER_PASSWORD_PERSONAL_DATA',
      'USER_PASSWORD_RECENTLY_USED',
    ],
  },
  args: (arg) => ({
    password: arg.string({ description: `New password, ${passwordLength}.` }),
    oldPassword: arg.string({
      required: false,
      description:
        'Current password. Needed unless the account never had one; then the session must be no older than ' +
        `${inWords(lifetimes.freshProof)} or have passed a challenge since.`,
    }),
  }),
  resolve: (args, { deps, requester, signedIn }) => updatePassword(deps, signedIn, args, requester),
});
