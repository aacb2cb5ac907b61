import { days, hours, inWords, minutes } from '../clock.js';

/** What a limit is keyed by: the client network, the user, the operator's key, or the value of an argument. */
export type LimitKey = 'ip' | 'user' | 'operator' | 'email' | 'phone' | 'userId';

/** How often something may happen in a window that is aligned to the clock. All processes on the database share the count. */
export interface RateLimit {
  /** Names the bucket: limits with one name share it, whichever operation uses them. */
  readonly name: string;
  readonly max: number;
  readonly windowSeconds: number;
  /** Several keys count each combination of their values. A call without a `user` is keyed by its client network. */
  readonly per: readonly [LimitKey, ...LimitKey[]];
  /** Counts failures only, so that correct attempts are never rejected. */
  readonly failuresOnly?: true;
  /** Gives each known device a bucket of its own: see `device-bucket.ts`. */
  readonly separateKnownDevices?: true;
}

const keyWords: Record<LimitKey, string> = {
  ip: 'client address',
  user: 'user',
  operator: 'operator key',
  email: 'e-mail address',
  phone: 'phone number',
  userId: 'userId',
};

/** A limit in words, such as "10 per client address in 1 hour". */
export function describeLimit({
  max,
  windowSeconds,
  per,
  failuresOnly,
  separateKnownDevices,
}: RateLimit): string {
  const keys = per.map((key) => keyWords[key]).join(' and ');
  const devices = separateKnownDevices ? ' (known devices are counted separately)' : '';
  return `${max}${failuresOnly ? ' failures' : ''} per ${keys} in ${inWords(windowSeconds)}${devices}`;
}

/** Messages that one address receives at most, of all kinds that strangers can cause. Further ones are dropped silently. */
export const messageLimits = {
  email: [
    { name: 'email-address', max: 3, windowSeconds: minutes(15), per: ['email'], separateKnownDevices: true },
    {
      name: 'email-address-day',
      max: 10,
      windowSeconds: days(1),
      per: ['email'],
      separateKnownDevices: true,
    },
  ],
  sms: [
    { name: 'sms-number', max: 3, windowSeconds: minutes(15), per: ['phone'], separateKnownDevices: true },
    { name: 'sms-number-day', max: 5, windowSeconds: days(1), per: ['phone'], separateKnownDevices: true },
  ],
} as const satisfies Record<string, readonly RateLimit[]>;

/** Notices of one kind that one address receives at most. The outbox counts them in the transaction that queues them. */
export const noticeLimit = { max: 5, windowSeconds: hours(1) } as const;

/** Wrong guesses at the codes of one address. A new code gives no new guesses. */
export const codeGuessLimits = [
  {
    name: 'code-guesses',
    max: 10,
    windowSeconds: hours(1),
    per: ['email'],
    failuresOnly: true,
    separateKnownDevices: true,
  },
  {
    name: 'code-guesses-day',
    max: 20,
    windowSeconds: days(1),
    per: ['email'],
    failuresOnly: true,
    separateKnownDevices: true,
  },
] as const satisfies readonly RateLimit[];

/** Wrong passwords from all known devices of one account together, in addition to `password-attempts.ts`. */
export const knownDeviceGuessLimits = [
  { name: 'device-guesses', max: 50, windowSeconds: days(1), per: ['user'], failuresOnly: true },
] as const satisfies readonly RateLimit[];

/** Wrong responses to challenges of one user and factor, over all its challenges. */
export interface FactorGuessLimits {
  /** For each device bucket, so that an attacker who knows the password does not use up the owner's guesses. */
  readonly perDevice: readonly RateLimit[];
  /** For all devices and passwords together. */
  readonly overall: readonly RateLimit[];
}

/**
 * Three time steps of a million codes are accepted, so a hundred guesses succeed with a chance of one in three thousand.
 *
 * @see NIST SP 800-63B-4 §3.2.2
 */
const sixDigits = (factor: string): FactorGuessLimits => ({
  perDevice: [
    {
      name: `guesses-${factor}`,
      max: 10,
      windowSeconds: minutes(15),
      per: ['user'],
      failuresOnly: true,
      separateKnownDevices: true,
    },
    {
      name: `guesses-${factor}-month`,
      max: 100,
      windowSeconds: days(30),
      per: ['user'],
      failuresOnly: true,
      separateKnownDevices: true,
    },
  ],
  overall: [
    {
      name: `guesses-${factor}-all`,
      max: 300,
      windowSeconds: days(30),
      per: ['user'],
      failuresOnly: true,
    },
  ],
});

export const factorGuessLimits = {
  EMAIL: sixDigits('email'),
  PHONE: sixDigits('phone'),
  TOTP: sixDigits('totp'),
  /** A signature cannot be guessed; this bounds the work. */
  PASSKEY: {
    perDevice: [
      {
        name: 'guesses-passkey',
        max: 30,
        windowSeconds: minutes(15),
        per: ['user'],
        failuresOnly: true,
        separateKnownDevices: true,
      },
    ],
    overall: [],
  },
  /** A code of 80 random bits cannot be guessed, so there is no monthly limit. */
  RECOVERY_CODE: {
    perDevice: [
      {
        name: 'guesses-recovery',
        max: 10,
        windowSeconds: hours(1),
        per: ['user'],
        failuresOnly: true,
        separateKnownDevices: true,
      },
    ],
    overall: [],
  },
} as const satisfies Record<string, FactorGuessLimits>;

/** After this many wrong responses to one factor in thirty days the owner is notified. */
export const wrongGuessesBeforeNotice = 100;

/** Log streams that may be open at the same time in one process. */
export const maxOpenStreams = { perUser: 10, perAddress: 50 } as const;

/** The limits of all operations. Policies refer to them; descriptions and docs/limits.md print them. */
export const limits = {
  signUp: [
    { name: 'sign-up', max: 10, windowSeconds: hours(1), per: ['ip'] },
    { name: 'sign-up-day', max: 50, windowSeconds: days(1), per: ['ip'] },
  ],
  anonymous: [{ name: 'anonymous', max: 50, windowSeconds: hours(1), per: ['ip'] }],
  /** In addition to `password-attempts.ts`, which counts by account and device. */
  signIn: [
    { name: 'sign-in-failures', max: 30, windowSeconds: minutes(15), per: ['ip'], failuresOnly: true },
    { name: 'sign-in-failures-hour', max: 100, windowSeconds: hours(1), per: ['ip'], failuresOnly: true },
  ],
  /** In addition to `password-attempts.ts`, because these operations ask for the current password. */
  changeCredential: [
    { name: 'change-credential', max: 10, windowSeconds: hours(1), per: ['user'] },
    // Anonymous users are free to make, so a limit by user alone would let them probe addresses without a bound.
    { name: 'change-credential-ip', max: 30, windowSeconds: hours(1), per: ['ip'] },
  ],
  createJwt: [{ name: 'jwt', max: 100, windowSeconds: hours(1), per: ['user'] }],
  extendSession: [{ name: 'session-extend', max: 10, windowSeconds: hours(1), per: ['ip'] }],
  endSession: [{ name: 'session-end', max: 100, windowSeconds: hours(1), per: ['ip'] }],
  /** Operations that send an email. `messageLimits` also bounds, silently, what one address receives. */
  mail: [{ name: 'mail-ip', max: 20, windowSeconds: hours(1), per: ['ip'] }],
  recoveryMail: [
    { name: 'mail-ip', max: 20, windowSeconds: hours(1), per: ['ip'] },
    { name: 'recovery-ip', max: 10, windowSeconds: hours(1), per: ['ip'] },
  ],
  verificationMail: [
    { name: 'mail-ip', max: 20, windowSeconds: hours(1), per: ['ip'] },
    { name: 'mail-user', max: 10, windowSeconds: hours(1), per: ['user'] },
  ],
  sms: [{ name: 'sms-ip', max: 5, windowSeconds: hours(1), per: ['ip'] }],
  verificationSms: [
    { name: 'sms-ip', max: 5, windowSeconds: hours(1), per: ['ip'] },
    { name: 'sms-user', max: 5, windowSeconds: days(1), per: ['user'] },
  ],
  /** In addition, each code allows five guesses, and `codeGuessLimits` bounds all codes of an address. */
  redeemToken: [
    {
      name: 'token-failures',
      max: 10,
      windowSeconds: hours(1),
      per: ['ip', 'userId'],
      failuresOnly: true,
    },
    { name: 'token-failures-ip', max: 30, windowSeconds: minutes(15), per: ['ip'], failuresOnly: true },
  ],
  confirm: [
    { name: 'confirm', max: 10, windowSeconds: hours(1), per: ['ip', 'userId'] },
    { name: 'confirm-ip', max: 60, windowSeconds: hours(1), per: ['ip'] },
  ],
  startChallenge: [
    { name: 'challenge', max: 10, windowSeconds: hours(1), per: ['user'], separateKnownDevices: true },
  ],
  /** In addition, each challenge allows five guesses, and `factorGuessLimits` bounds all challenges of one factor. */
  completeChallenge: [
    {
      name: 'challenge-failures',
      max: 30,
      windowSeconds: minutes(15),
      per: ['user'],
      failuresOnly: true,
      separateKnownDevices: true,
    },
  ],
  verifyAuthenticator: [
    {
      name: 'authenticator-failures',
      max: 10,
      windowSeconds: minutes(15),
      per: ['user'],
      failuresOnly: true,
    },
  ],
  changeMfa: [{ name: 'change-mfa', max: 10, windowSeconds: hours(1), per: ['user'] }],
  passkeyRegistration: [{ name: 'passkey-registration', max: 60, windowSeconds: hours(1), per: ['user'] }],
  /** High, because a page that offers passkeys calls it each time it is opened. */
  passkeySignIn: [{ name: 'passkey-sign-in', max: 300, windowSeconds: hours(1), per: ['ip'] }],
  oauth2: [{ name: 'oauth2', max: 50, windowSeconds: hours(1), per: ['ip'] }],
  oauth2Callback: [{ name: 'oauth2-callback', max: 50, windowSeconds: hours(1), per: ['ip'] }],
  exportAccount: [{ name: 'export', max: 5, windowSeconds: days(1), per: ['user'] }],
  operatorRead: [{ name: 'operator-read', max: 1200, windowSeconds: minutes(1), per: ['operator'] }],
  operatorWrite: [{ name: 'operator-write', max: 600, windowSeconds: minutes(1), per: ['operator'] }],
  /** Ordinary writes to the user's own account. */
  write: [{ name: 'write', max: 600, windowSeconds: minutes(1), per: ['user'] }],
} as const satisfies Record<string, readonly [RateLimit, ...RateLimit[]]>;
