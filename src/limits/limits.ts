import { days, hours, inWords, minutes } from '../clock.js';

/**
 * What a limit counts by. A caller can renew none of these: `subject.ts` makes them.
 *
 * - `network`: the client network.
 * - `networkAndUserId`, `networkAndAddress`, `networkAndAccount`: what one client network does to one `userId`, to one mailbox or
 *   phone, or to one account. Such a limit only tightens another one.
 * - `user`: the signed-in user.
 * - `operator`: the operator's key.
 * - `address`: a mailbox or phone, whichever account displays it.
 * - `account`: an account under the address that was typed, or the id of the signed-in user.
 * - `server`: all callers together.
 */
export type SubjectKind =
  | 'network'
  | 'networkAndUserId'
  | 'networkAndAddress'
  | 'networkAndAccount'
  | 'user'
  | 'operator'
  | 'address'
  | 'account'
  | 'server';

/** What a policy can count by: it is known before the operation runs. */
export type RequestSubjectKind = 'network' | 'networkAndUserId' | 'user' | 'operator';

/** How often something may happen in a window that is aligned to the clock. All processes on the database share the count. */
export interface RateLimit<Kind extends SubjectKind = SubjectKind> {
  /** Names the bucket: limits with one name share it, whichever operation uses them. */
  readonly name: string;
  readonly max: number;
  readonly windowSeconds: number;
  readonly per: Kind;
  /** `networkAndAddress` only: what the address may receive from all client networks together. */
  readonly total?: number;
  /** Counts failures only, so that correct attempts are never rejected. */
  readonly failuresOnly?: true;
  /** Gives each known device a bucket of its own: see `known-device.ts`. */
  readonly separateKnownDevices?: true;
  /** Known devices are not counted. The operation counts the others itself, because it learns first whose account it is. */
  readonly exemptsKnownDevices?: true;
}

export const subjectWords: Record<SubjectKind, string> = {
  network: 'client address',
  networkAndUserId: 'client address and userId',
  networkAndAddress: 'client address and mailbox or number',
  networkAndAccount: 'client address and account',
  user: 'user',
  operator: 'operator key',
  address: 'mailbox or number',
  account: 'account',
  server: 'server',
};

/** A limit in words, such as "10 per client address in 1 hour". */
export function describeLimit(limit: RateLimit): string {
  const { max, windowSeconds, per, total, failuresOnly } = limit;
  const additions = [
    ...(total === undefined ? [] : [`${total} from all client addresses`]),
    ...(limit.separateKnownDevices ? ['known devices are counted separately'] : []),
    ...(limit.exemptsKnownDevices ? ['known devices are not counted'] : []),
  ];
  const inBrackets = additions.length > 0 ? ` (${additions.join('; ')})` : '';
  return `${max}${failuresOnly ? ' failures' : ''} per ${subjectWords[per]} in ${inWords(windowSeconds)}${inBrackets}`;
}

/** Limits of one mailbox or phone: in a short time, and in a day. */
export interface AddressLimits {
  readonly short: RateLimit<'address'>;
  readonly day: RateLimit<'networkAndAddress'>;
}

/**
 * Messages that one mailbox or phone receives at most. A message over the limit is dropped silently, because an error would reveal
 * who has an account. One client network can use at most half of the emails of a day, and three of five SMS, so that a stranger
 * cannot keep the owner out.
 */
export const messageLimits = {
  email: {
    short: {
      name: 'email-address',
      max: 3,
      windowSeconds: minutes(15),
      per: 'address',
      separateKnownDevices: true,
    },
    day: {
      name: 'email-address-day',
      max: 5,
      total: 10,
      windowSeconds: days(1),
      per: 'networkAndAddress',
      separateKnownDevices: true,
    },
  },
  /** SMS for callers who have proved nothing. */
  sms: {
    short: {
      name: 'sms-number',
      max: 3,
      windowSeconds: minutes(15),
      per: 'address',
      separateKnownDevices: true,
    },
    day: {
      name: 'sms-number-day',
      max: 3,
      total: 5,
      windowSeconds: days(1),
      per: 'networkAndAddress',
      separateKnownDevices: true,
    },
  },
} as const satisfies Record<string, AddressLimits>;

/** Recovery emails that follow a revert: counted by the user, so that no stranger can use up the address before. */
export const revertRecoveryLimits = [
  { name: 'revert-recovery', max: 10, windowSeconds: days(1), per: 'user' },
] as const satisfies readonly RateLimit[];

/** SMS to one number for users who are signed in, or have passed a first factor. */
export const smsForUsers = [
  { name: 'sms-number-user', max: 5, windowSeconds: days(1), per: 'address' },
] as const satisfies readonly RateLimit[];

/** The same for a number that the user has not verified: strangers cannot use up what its owner needs, under another spelling. */
export const smsForClaims = [
  ...smsForUsers,
  { name: 'sms-number-claim', max: 3, windowSeconds: days(1), per: 'address' },
] as const satisfies readonly RateLimit[];

/** All SMS to one user, whatever they are for. */
export const smsPerUser = [
  { name: 'sms-user', max: 20, windowSeconds: days(1), per: 'user' },
] as const satisfies readonly RateLimit[];

/** SMS that one client network can cause without a session. */
export const smsPerNetwork = (max: number): readonly RateLimit<'network'>[] => [
  { name: 'sms-network', max, windowSeconds: days(1), per: 'network' },
];

/** SMS of the whole server; 0 for no limit. */
export const smsPerServer = (max: number): readonly RateLimit<'server'>[] =>
  max === 0 ? [] : [{ name: 'sms-server', max, windowSeconds: days(1), per: 'server' }];

/** Notices of one kind that one user receives at most. The outbox counts them in the transaction that queues them. */
export const noticeLimit = { max: 5, windowSeconds: hours(1) } as const;

/** Wrong guesses at the codes of one address. A new code gives no new guesses. One client network can use half of those of a day. */
export const codeGuessLimits = {
  short: {
    name: 'code-guesses',
    max: 10,
    windowSeconds: hours(1),
    per: 'address',
    failuresOnly: true,
    separateKnownDevices: true,
  },
  day: {
    name: 'code-guesses-day',
    max: 10,
    total: 20,
    windowSeconds: days(1),
    per: 'networkAndAddress',
    failuresOnly: true,
    separateKnownDevices: true,
  },
} as const satisfies AddressLimits;

/** Wrong passwords from all known devices of one account together, in addition to `password-attempts.ts`. */
export const knownDeviceGuessLimits = [
  { name: 'device-guesses', max: 50, windowSeconds: days(1), per: 'user', failuresOnly: true },
] as const satisfies readonly RateLimit[];

/** Wrong responses to challenges of one user and factor, over all its challenges. */
export interface FactorGuessLimits {
  /** For each device bucket, so that an attacker who knows the password does not use up the owner's guesses. */
  readonly perDevice: readonly RateLimit<'user'>[];
  /** For all devices and passwords together. */
  readonly overall: readonly RateLimit<'user'>[];
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
      per: 'user',
      failuresOnly: true,
      separateKnownDevices: true,
    },
    {
      name: `guesses-${factor}-month`,
      max: 100,
      windowSeconds: days(30),
      per: 'user',
      failuresOnly: true,
      separateKnownDevices: true,
    },
  ],
  overall: [
    {
      name: `guesses-${factor}-all`,
      max: 300,
      windowSeconds: days(30),
      per: 'user',
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
        per: 'user',
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
        per: 'user',
        failuresOnly: true,
        separateKnownDevices: true,
      },
    ],
    overall: [],
  },
} as const satisfies Record<string, FactorGuessLimits>;

/** After this many wrong responses to one factor in thirty days the owner is notified. */
export const wrongGuessesBeforeNotice = 100;

/**
 * Log streams that may be open at the same time in one process. Only users without a verified address share the limit of a client
 * network: they are free to make, and must not use up what their neighbours need.
 */
export const maxOpenStreams = { perUser: 10, perNetwork: 50, perProcess: 5000 } as const;

/** Wrong passwords that one client network gave for one account: a right password uncounts them in the limits of the network. */
export const forgivableFailures = {
  name: 'forgivable-failures',
  max: 30,
  windowSeconds: minutes(15),
  per: 'networkAndAccount',
  failuresOnly: true,
} as const satisfies RateLimit;

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
  oauth2: [{ name: 'oauth2', max: 50, windowSeconds: hours(1), per: 'network' }],
  oauth2Callback: [{ name: 'oauth2-callback', max: 50, windowSeconds: hours(1), per: 'network' }],
  exportAccount: [{ name: 'export', max: 5, windowSeconds: days(1), per: 'user' }],
  operatorRead: [{ name: 'operator-read', max: 1200, windowSeconds: minutes(1), per: 'operator' }],
  operatorWrite: [{ name: 'operator-write', max: 600, windowSeconds: minutes(1), per: 'operator' }],
  /** Ordinary writes to the user's own account. */
  write: [{ name: 'write', max: 600, windowSeconds: minutes(1), per: 'user' }],
} as const satisfies Record<
  string,
  readonly [RateLimit<RequestSubjectKind>, ...RateLimit<RequestSubjectKind>[]]
>;
