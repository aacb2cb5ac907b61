import { limits } from '../../../limits/limits.js';
import { inWords, lifetimes } from '../../../clock.js';
import { mutation } from '../../../graphql/operation.js';
import { setSessionCookie, Session } from '../../sessions/schema.js';
import { Token } from '../../tokens/schema.js';
import { sendEmailCode, sendMagicUrl, sendPhoneCode } from './sending.js';
import { signInWithToken } from './service.js';

const userIdDescription =
  'Id for the user if there is none with this address yet: 1 to 36 letters, digits, ".", "-", "_". Absent or `unique()`: ' +
  'a random one. The answer repeats it either way.';
const uniform = 'The answer is the same for an address somebody has, nobody has, or a blocked user has.';

mutation('createEmailToken', {
  type: Token,
  description:
    `Mail a six-digit code to sign in with, by createSession, within ${inWords(lifetimes.emailOtp)}. Whoever has no ` +
    `account gets one when the code is redeemed. ${uniform}`,
  policy: {
    access: 'public',
    proof: 'strangers',
    method: 'email-otp',
    limits: limits.mail,
    errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_MAIL_DISABLED'],
  },
  args: (arg) => ({
    userId: arg.id({ required: false, description: userIdDescription }),
    email: arg.string({ description: 'E-mail address, at most 320 characters.' }),
    phrase: arg.boolean({
      required: false,
      description: 'Put a security phrase into the mail and the answer.',
    }),
  }),
  resolve: (args, { deps, requester }) => sendEmailCode(deps, args, requester),
});

mutation('createMagicURLToken', {
  type: Token,
  description:
    `Mail a link to sign in with within ${inWords(lifetimes.magicUrl)}. It leads to \`url\` with \`userId\`, \`secret\` and ` +
    '`expire` in its query, for createSession; without `url`, to a page of this server. Whoever has no account gets ' +
    `one when the link is used. Opening the link uses nothing up. ${uniform}`,
  policy: {
    access: 'public',
    proof: 'strangers',
    method: 'magic-url',
    limits: limits.mail,
    errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_MAIL_DISABLED'],
  },
  args: (arg) => ({
    userId: arg.id({ required: false, description: userIdDescription }),
    email: arg.string({ description: 'E-mail address, at most 320 characters.' }),
    url: arg.string({
      required: false,
      description:
        'Page of yours to land on; its origin must be on the allow-list. Its query and fragment are kept.',
    }),
    phrase: arg.boolean({
      required: false,
      description: 'Put a security phrase into the mail and the answer.',
    }),
  }),
  resolve: (args, { deps, requester }) => sendMagicUrl(deps, args, requester),
});

mutation('createPhoneToken', {
  type: Token,
  description:
    `Send a six-digit code by SMS to sign in with, by createSession, within ${inWords(lifetimes.phoneOtp)}. Whoever has no ` +
    `account gets one when the code is redeemed. ${uniform}`,
  policy: {
    access: 'public',
    proof: 'strangers',
    method: 'phone',
    limits: limits.sms,
    errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_SMS_DISABLED'],
  },
  args: (arg) => ({
    userId: arg.id({ required: false, description: userIdDescription }),
    phone: arg.string({ description: 'Phone number in E.164, for example +14155550100.' }),
  }),
  resolve: (args, { deps, requester }) => sendPhoneCode(deps, args, requester),
});

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
  mutation(name, {
    ...deprecation,
    type: Session,
    description:
      'Sign in with the secret of a mail, SMS or OAuth2 redirect, which works once. It proves the address it was sent to. ' +
      'On an account that never proved one, all that was there before ends, since it may be a stranger’s: password, sessions, ' +
      'identities, factors, name and preferences. An account that has proven another address, and only shows this one, loses ' +
      'it, and you get an account of your own. On a device that has signed in to the account before, nothing ends.',
    policy: {
      access: 'public',
      startsSession: true,
      guessesSecret: true,
      limits: limits.redeemToken,
      errors: [
        'GENERAL_ARGUMENT_INVALID',
        'USER_INVALID_TOKEN',
        'USER_SIGN_UP_CLOSED',
        'USER_COUNT_EXCEEDED',
      ],
    },
    args: (arg) => ({
      userId: arg.id({ description: '`userId` of the token or link, or the user’s own id.' }),
      secret: arg.string({ description: 'The code, or the `secret` of the link.' }),
      ...(name === 'createSession' && {
        codeVerifier: arg.string({
          required: false,
          description: 'The verifier of the `codeChallenge` that the OAuth2 sign-in began with.',
        }),
      }),
    }),
    resolve: async (args, { deps, exchange, requester }) =>
      setSessionCookie(exchange, await signInWithToken(deps, args, requester)),
  });
}
