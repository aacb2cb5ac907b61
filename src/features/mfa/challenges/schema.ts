import { limits } from '../../../limits/limits.js';
import { completedFactors, missingFactors } from '../../../access/factors.js';
import { inWords, lifetimes } from '../../../clock.js';
import { builder } from '../../../graphql/builder.js';
import { Json } from '../../../graphql/json.js';
import { mutation } from '../../../graphql/operation.js';
import { setSessionCookie, Session } from '../../sessions/schema.js';
import { type ChallengeView, startChallenge } from './start.js';
import { maxGuesses } from './guesses.js';
import { completeChallenge, completePasskeyChallenge } from './service.js';

const AuthenticationFactor = builder.enumType('AuthenticationFactor', {
  description: 'What a challenge can ask for.',
  values: {
    EMAIL: { description: 'A code mailed to the verified e-mail address.' },
    PHONE: { description: 'A code sent by SMS to the verified phone number.' },
    TOTP: { description: 'A code of the verified authenticator app.' },
    RECOVERY_CODE: { description: 'An unused recovery code, which the challenge uses up.' },
    PASSKEY: { description: 'A passkey of the account.' },
  } as const,
});

const MfaChallenge = builder.objectRef<ChallengeView>('MfaChallenge').implement({
  description: 'A challenge on this session, to be passed with updateMfaChallenge.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the challenge.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was started.' }),
    userId: t.exposeID('userId', { description: 'Id of the user.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
    factor: t.expose('factor', { type: AuthenticationFactor, description: 'What it asks for.' }),
    options: t.field({
      type: 'JSONObject',
      nullable: true,
      description:
        'For `PASSKEY`: what the browser is asked to do, for `parseRequestOptionsFromJSON`; else null.',
      resolve: ({ options }) => options && new Json(options),
    }),
  }),
});

builder.objectField(Session, 'missingFactors', (t) =>
  t.field({
    type: [AuthenticationFactor],
    description:
      'Factors any one of which would complete the sign-in; empty once it is complete. An unused recovery code stands in ' +
      'for any of them.',
    resolve: async ({ id: sessionId, userId }, _args, { deps }) => {
      const live = await deps.liveSessions.byClaims({ sessionId, userId });
      return live ? missingFactors(live.user, live.session) : [];
    },
  }),
);

builder.objectField(Session, 'completedFactors', (t) =>
  t.field({
    type: [AuthenticationFactor],
    description: 'Those of `factors` that a challenge can ask for.',
    resolve: completedFactors,
  }),
);

mutation('createMfaChallenge', {
  type: MfaChallenge,
  description:
    `Start a challenge on this session. It lives ${inWords(lifetimes.challenge)}, for ${maxGuesses} guesses. For \`EMAIL\` ` +
    'and `PHONE` a six-digit code is sent; for the others nothing is.',
  policy: {
    access: 'firstFactor',
    limits: limits.startChallenge,
    errors: [
      'GENERAL_MAIL_DISABLED',
      'GENERAL_SMS_DISABLED',
      'USER_EMAIL_NOT_FOUND',
      'USER_EMAIL_NOT_VERIFIED',
      'USER_PHONE_NOT_FOUND',
      'USER_PHONE_NOT_VERIFIED',
      'USER_AUTHENTICATOR_NOT_FOUND',
      'USER_RECOVERY_CODES_NOT_FOUND',
      'USER_PASSKEY_NOT_FOUND',
    ],
  },
  args: (arg) => ({
    factor: arg({
      type: AuthenticationFactor,
      description: 'What to ask for; listMfaFactors says what there is.',
    }),
  }),
  resolve: ({ factor }, { deps, requester, signedIn }) => startChallenge(deps, signedIn, factor, requester),
});

const trustDevice = {
  required: false,
  description:
    `True to make this browser a trusted device for ${inWords(lifetimes.trustedDevice)}: a sign-in on it then needs one factor only. The ` +
    'server recognises the browser by a cookie. Has no effect if MFA is off, or if the session has not proved two factors after this challenge.',
} as const;

mutation('updateMfaChallenge', {
  type: Session,
  description:
    'Pass a challenge of this session with its code. The factor is added to the session, and recovery codes and ' +
    `authenticators are open for ${inWords(lifetimes.recentChallenge)}. A factor proven before counts once: it completes nothing.`,
  policy: {
    access: 'firstFactor',
    guessesSecret: true,
    limits: limits.completeChallenge,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_SESSION_NOT_FOUND', 'USER_INVALID_TOKEN'],
  },
  args: (arg) => ({
    challengeId: arg.id({ description: 'Id of a challenge of this session.' }),
    otp: arg.string({ description: 'The code that was sent, that the app shows, or a recovery code.' }),
    trustDevice: arg.boolean(trustDevice),
  }),
  resolve: async (args, { deps, exchange, requester, signedIn }) =>
    setSessionCookie(exchange, await completeChallenge(deps, signedIn, args, requester)),
});

mutation('updateMfaPasskeyChallenge', {
  type: Session,
  description: 'Pass a challenge of this session with a passkey. As `updateMfaChallenge` otherwise.',
  policy: {
    access: 'firstFactor',
    guessesSecret: true,
    limits: limits.completeChallenge,
    errors: ['USER_SESSION_NOT_FOUND', 'USER_PASSKEY_INVALID'],
  },
  args: (arg) => ({
    challengeId: arg.id({ description: 'Id of a challenge of this session, for `PASSKEY`.' }),
    credential: arg({
      type: 'JSONObject',
      description: 'What the browser made of the options: `credential.toJSON()`.',
    }),
    trustDevice: arg.boolean(trustDevice),
  }),
  resolve: async (args, { deps, exchange, requester, signedIn }) =>
    setSessionCookie(exchange, await completePasskeyChallenge(deps, signedIn, args, requester)),
});
