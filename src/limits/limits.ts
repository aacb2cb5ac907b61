import { days, hours, minutes } from '../clock.js';
import type { RateLimit, RequestSubjectKind } from './limit.js';

/**
 * Log streams that may be open at the same time in one process. Only users without a verified address share the limit of a client
 * network. Anyone can create such users, and they must not use up the streams of other users.
 */
export const maxOpenStreams = { perUser: 10, perNetwork: 50, perProcess: 5000 } as const;

const signInFailures = {
  name: 'sign-in-failures',
  max: 30,
  windowSeconds: minutes(15),
  per: 'network',
  failuresOnly: true,
} as const satisfies RateLimit;
const signInFailuresInHour = {
  ...signInFailures,
  name: 'sign-in-failures-hour',
  max: 100,
  windowSeconds: hours(1),
} as const satisfies RateLimit;

/** The limits of all operations. Policies refer to them; descriptions and docs/limits.md print them. */
export const limits = {
  signUp: [
    { name: 'sign-up', max: 10, windowSeconds: hours(1), per: 'network' },
    { name: 'sign-up-day', max: 50, windowSeconds: days(1), per: 'network' },
  ],
  anonymous: [{ name: 'anonymous', max: 50, windowSeconds: hours(1), per: 'network' }],
  /** In addition to `password-attempts.ts`, which counts by account and device. */
  signIn: [
    { ...signInFailures, exemptsKnownDevices: true },
    { ...signInFailuresInHour, exemptsKnownDevices: true },
  ],
  completePasskeySignIn: [signInFailures, signInFailuresInHour],
  /** In addition to `password-attempts.ts`, because these operations ask for the current password. */
  changeCredential: [
    { name: 'change-credential', max: 10, windowSeconds: hours(1), per: 'user' },
    // Anonymous users are free to make, so a limit by user alone would let them probe addresses without a bound.
    { name: 'change-credential-ip', max: 30, windowSeconds: hours(1), per: 'network' },
  ],
  createJwt: [{ name: 'jwt', max: 100, windowSeconds: hours(1), per: 'user' }],
  extendSession: [{ name: 'session-extend', max: 10, windowSeconds: hours(1), per: 'network' }],
  endSession: [{ name: 'session-end', max: 100, windowSeconds: hours(1), per: 'network' }],
  /** Operations that send an email. `messageLimits` also bounds, silently, what one address receives. */
  mail: [{ name: 'mail-ip', max: 20, windowSeconds: hours(1), per: 'network' }],
  recoveryMail: [
    { name: 'mail-ip', max: 20, windowSeconds: hours(1), per: 'network' },
    { name: 'recovery-ip', max: 10, windowSeconds: hours(1), per: 'network' },
  ],
  verificationMail: [
    { name: 'mail-ip', max: 20, windowSeconds: hours(1), per: 'network' },
    { name: 'mail-user', max: 10, windowSeconds: hours(1), per: 'user' },
  ],
  sms: [{ name: 'sms-ip', max: 5, windowSeconds: hours(1), per: 'network' }],
  verificationSms: [
    { name: 'sms-ip', max: 5, windowSeconds: hours(1), per: 'network' },
    { name: 'sms-verification', max: 5, windowSeconds: days(1), per: 'user' },
  ],
  /** In addition, each code allows five guesses, and `codeGuessLimits` bounds all codes of an address. */
  redeemToken: [
    {
      name: 'token-failures',
      max: 10,
      windowSeconds: hours(1),
      per: 'networkAndUserId',
      failuresOnly: true,
    },
    { name: 'token-failures-ip', max: 30, windowSeconds: minutes(15), per: 'network', failuresOnly: true },
  ],
  confirm: [
    { name: 'confirm', max: 10, windowSeconds: hours(1), per: 'networkAndUserId' },
    { name: 'confirm-ip', max: 60, windowSeconds: hours(1), per: 'network' },
  ],
  startChallenge: [
    { name: 'challenge', max: 10, windowSeconds: hours(1), per: 'user', separateKnownDevices: true },
  ],
  /** In addition, each challenge allows five guesses, and `factorGuessLimits` bounds all challenges of one factor. */
  completeChallenge: [
    {
      name: 'challenge-failures',
      max: 30,
      windowSeconds: minutes(15),
      per: 'user',
      failuresOnly: true,
      separateKnownDevices: true,
    },
  ],
  verifyAuthenticator: [
    {
      name: 'authenticator-failures',
      max: 10,
      windowSeconds: minutes(15),
      per: 'user',
      failuresOnly: true,
    },
  ],
  changeMfa: [{ name: 'change-mfa', max: 10, windowSeconds: hours(1), per: 'user' }],
  passkeyRegistration: [{ name: 'passkey-registration', max: 60, windowSeconds: hours(1), per: 'user' }],
  /** High, because a page that offers passkeys calls it each time it is opened. */
  passkeySignIn: [{ name: 'passkey-sign-in', max: 3000, windowSeconds: hours(1), per: 'network' }],
  /** High, because a page with Google One Tap calls it each time it is opened. */
  idTokenNonce: [{ name: 'id-token-nonce', max: 3000, windowSeconds: hours(1), per: 'network' }],
  idTokenSession: [signInFailures, signInFailuresInHour],
  oauth2: [{ name: 'oauth2', max: 50, windowSeconds: hours(1), per: 'network' }],
  oauth2Callback: [{ name: 'oauth2-callback', max: 50, windowSeconds: hours(1), per: 'network' }],
  exportAccount: [{ name: 'export', max: 5, windowSeconds: days(1), per: 'user' }],
  operatorRead: [{ name: 'operator-read', max: 1200, windowSeconds: minutes(1), per: 'operator' }],
  operatorWrite: [{ name: 'operator-write', max: 600, windowSeconds: minutes(1), per: 'operator' }],
  /** Invitations go to addresses that did not ask for them, so a stolen key must not send many. */
  invite: [
    { name: 'operator-write', max: 600, windowSeconds: minutes(1), per: 'operator' },
    { name: 'invite', max: 500, windowSeconds: days(1), per: 'operator' },
  ],
  /** Ordinary writes to the user's own account. */
  write: [{ name: 'write', max: 600, windowSeconds: minutes(1), per: 'user' }],
} as const satisfies Record<
  string,
  readonly [RateLimit<RequestSubjectKind>, ...RateLimit<RequestSubjectKind>[]]
>;
