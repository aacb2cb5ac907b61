import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { mutation } from '../../graphql/operation.js';
import { User } from '../account/schema.js';
import { updateEmail, updatePhone } from './service.js';

const firstPassword =
  'An account without a password gets this one, if the session is no older than ' +
  `${inWords(lifetimes.freshProof)} or has passed a challenge since; an anonymous account at any time.`;

mutation('updateEmail', {
  type: User,
  description:
    'Change the e-mail address, or give an anonymous account one. The new address starts unverified, and is sent nothing: ' +
    'go on with createVerification. Until it is verified, the last verified one stays yours: it is told of the change, nobody ' +
    'else can take it, and it still signs in and recovers. What was sent to the old address dies.',
  policy: {
    access: 'signedIn',
    distrustsDevices: true,
    limits: limits.changeCredential,
    guessesSecret: true,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'USER_INVALID_CREDENTIALS',
      'USER_ADDRESS_NOT_ALLOWED',
      'USER_REFUSED',
      'USER_EMAIL_ALREADY_EXISTS',
      'USER_ADDRESS_UNAVAILABLE',
      'USER_CHALLENGE_REQUIRED',
      'USER_PASSWORD_TOO_COMMON',
      'USER_PASSWORD_BREACHED',
      'USER_PASSWORD_PERSONAL_DATA',
    ],
  },
  args: (arg) => ({
    email: arg.string({ description: 'New e-mail address, at most 320 characters.' }),
    password: arg.string({ description: `Current password. ${firstPassword}` }),
  }),
  resolve: (args, { deps, requester, signedIn }) => updateEmail(deps, signedIn, args, requester),
});

mutation('updatePhone', {
  type: User,
  description:
    'Change the phone number, or give the account one. The new number starts unverified; no SMS is sent: go on with ' +
    'createPhoneVerification. Until it is verified, the last verified one stays yours. Codes sent to the old number die.',
  policy: {
    access: 'signedIn',
    distrustsDevices: true,
    limits: limits.changeCredential,
    guessesSecret: true,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'USER_INVALID_CREDENTIALS',
      'USER_REFUSED',
      'USER_PHONE_ALREADY_EXISTS',
      'USER_CHALLENGE_REQUIRED',
      'USER_PASSWORD_TOO_COMMON',
      'USER_PASSWORD_BREACHED',
      'USER_PASSWORD_PERSONAL_DATA',
    ],
  },
  args: (arg) => ({
    phone: arg.string({ description: 'New phone number in E.164, for example +14155550100.' }),
    password: arg.string({ description: `Current password. ${firstPassword}` }),
  }),
  resolve: (args, { deps, requester, signedIn }) => updatePhone(deps, signedIn, args, requester),
});
