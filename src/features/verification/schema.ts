import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { mutation } from '../../graphql/operation.js';
import { Token } from '../tokens/schema.js';
import { completeVerification, startEmailVerification, startPhoneVerification } from './service.js';

mutation('createVerification', {
  type: Token,
  description:
    `Mail yourself a link that proves your address is yours, within ${inWords(lifetimes.emailVerification)}. It leads to ` +
    '`url` with `userId`, `secret` and `expire` in its query, for updateVerification. Changing the address kills the link.',
  policy: {
    access: 'signedIn',
    allowedWithoutMfa: true,
    limits: limits.verificationMail,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'GENERAL_MAIL_DISABLED',
      'USER_EMAIL_NOT_FOUND',
      'USER_EMAIL_ALREADY_VERIFIED',
    ],
  },
  args: (arg) => ({
    url: arg.string({
      required: false,
      description:
        'Page of yours to land on; its origin must be on the allow-list. Its query and fragment are kept. Absent: a page of ' +
        'this server.',
    }),
  }),
  resolve: (args, { deps, requester, signedIn }) =>
    startEmailVerification(deps, signedIn, args.url, requester),
});

mutation('updateVerification', {
  type: Token,
  description:
    'Verify an email address with the secret of the link that was sent to it. You can use the link once. If the account has verified ' +
    'another address before, the request must come from a session or known device of the account, or from the browser that requested ' +
    'the link. If it has verified none and the request comes from an unknown browser, the account keeps its password, sessions, name ' +
    'and preferences, but loses passkeys, identities, factors and its phone number, because someone else may have signed up with the ' +
    'address. With `password`, nothing is lost. With `VERIFICATION=strict`, such a request without `password` empties the account.',
  policy: {
    access: 'public',
    guessesSecret: true,
    limits: limits.confirm,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_TOKEN', 'USER_INVALID_CREDENTIALS'],
  },
  args: (arg) => ({
    userId: arg.id({ description: '`userId` of the link.' }),
    secret: arg.string({ description: '`secret` of the link.' }),
    password: arg.string({
      required: false,
      description: 'Password of the account. A wrong one verifies nothing, and the link stays valid.',
    }),
  }),
  resolve: (args, { caller, deps, requester }) =>
    completeVerification(deps, 'emailVerification', args, caller, requester),
});

mutation('createPhoneVerification', {
  type: Token,
  description:
    `Send yourself a six-digit code by SMS that proves your number is yours, within ${inWords(lifetimes.phoneVerification)}, ` +
    'for updatePhoneVerification. It does not sign in.',
  policy: {
    access: 'signedIn',
    allowedWithoutMfa: true,
    method: 'phone',
    limits: limits.verificationSms,
    errors: ['GENERAL_SMS_DISABLED', 'USER_PHONE_NOT_FOUND', 'USER_PHONE_ALREADY_VERIFIED'],
  },
  resolve: (_args, { deps, requester, signedIn }) => startPhoneVerification(deps, signedIn, requester),
});

mutation('updatePhoneVerification', {
  type: Token,
  description:
    'Verify a phone number with the code that was sent to it. Works once, for five guesses. Needs no session, unless the ' +
    'account has verified another address before: then it must come from a session or device of the account.',
  policy: {
    access: 'public',
    guessesSecret: true,
    limits: limits.confirm,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_TOKEN'],
  },
  args: (arg) => ({
    userId: arg.id({ description: 'Your user id.' }),
    secret: arg.string({ description: 'The six digits.' }),
  }),
  resolve: (args, { caller, deps, requester }) =>
    completeVerification(deps, 'phoneVerification', args, caller, requester),
});
