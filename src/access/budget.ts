import { days, hours, inWords, minutes } from '../clock.js';

/** Whose calls a budget counts together: those of one client address, of one user, or with one value of an argument. */
export type BudgetKey = 'ip' | 'user' | 'operator' | 'email' | 'phone' | 'userId';

/** How often something may happen, in a window that is aligned to the clock. Every process on the database shares the count. */
export interface Budget {
  /** Names the counter: budgets with one name are one counter, whichever operation draws from it. */
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** Several keys count each combination of their values. An unknown `user` is counted by address. */
  readonly per: readonly [BudgetKey, ...BudgetKey[]];
  /** Only failures cost a point: right answers are never refused for being many. */
  readonly failuresOnly?: true;
  /** Devices the owner has signed in from are counted apart: see `lane.ts`. */
  readonly lanes?: true;
}

const keyWords: Record<BudgetKey, string> = {
  ip: 'client address',
  user: 'user',
  operator: 'operator key',
  email: 'e-mail address',
  phone: 'phone number',
  userId: 'userId',
};

/** A budget in words, such as "10 per hour and client address". */
export function describeBudget({ points, windowSeconds, per, failuresOnly, lanes }: Budget): string {
  const window = inWords(windowSeconds).replace(/^1 /, '');
  const keys = per.map((key) => keyWords[key]).join(' and ');
  return `${points}${failuresOnly ? ' failures' : ''} per ${window} and ${keys}${lanes ? ', known devices apart' : ''}`;
}

/** What one address receives at most, over all kinds of messages that anybody can cause. More is dropped, and looks the same. */
export const messageCaps = {
  email: [
    { name: 'email-address', points: 3, windowSeconds: minutes(15), per: ['email'], lanes: true },
    { name: 'email-address-day', points: 10, windowSeconds: days(1), per: ['email'], lanes: true },
  ],
  sms: [
    { name: 'sms-number', points: 3, windowSeconds: minutes(15), per: ['phone'], lanes: true },
    { name: 'sms-number-day', points: 5, windowSeconds: days(1), per: ['phone'], lanes: true },
  ],
} as const satisfies Record<string, readonly Budget[]>;

/** Notices of one kind that one address receives at most; more is dropped. Counted by the outbox, in the same transaction. */
export const noticeCap = { points: 5, windowSeconds: hours(1) } as const;

/** Wrong codes for one address, whichever of its codes were guessed at: asking for a new one gives no new guesses. */
export const codeGuesses = [
  {
    name: 'code-guesses',
    points: 10,
    windowSeconds: hours(1),
    per: ['email'],
    failuresOnly: true,
    lanes: true,
  },
  {
    name: 'code-guesses-day',
    points: 20,
    windowSeconds: days(1),
    per: ['email'],
    failuresOnly: true,
    lanes: true,
  },
] as const satisfies readonly Budget[];

/** Wrong passwords from all known devices of one account together, beside the guard's lane of each. */
export const deviceGuesses = [
  { name: 'device-guesses', points: 50, windowSeconds: days(1), per: ['user'], failuresOnly: true },
] as const satisfies readonly Budget[];

/** Wrong answers to challenges of one user and factor, whichever challenge they were given to. */
export interface FactorGuesses {
  /** By lane: a stranger who knows the password does not use up the owner's. */
  readonly inLane: readonly Budget[];
  /** Over all lanes and passwords. */
  readonly inAll: readonly Budget[];
}

/**
 * Ten at a time add up: three steps of a million are taken, so a hundred guesses are one chance in three thousand.
 *
 * @see NIST SP 800-63B-4 §3.2.2
 */
const sixDigits = (factor: string): FactorGuesses => ({
  inLane: [
    {
      name: `guesses-${factor}`,
      points: 10,
      windowSeconds: minutes(15),
      per: ['user'],
      failuresOnly: true,
      lanes: true,
    },
    {
      name: `guesses-${factor}-month`,
      points: 100,
      windowSeconds: days(30),
      per: ['user'],
      failuresOnly: true,
      lanes: true,
    },
  ],
  inAll: [
    {
      name: `guesses-${factor}-all`,
      points: 300,
      windowSeconds: days(30),
      per: ['user'],
      failuresOnly: true,
    },
  ],
});

export const factorGuesses = {
  EMAIL: sixDigits('email'),
  PHONE: sixDigits('phone'),
  TOTP: sixDigits('totp'),
  /** Nobody guesses a signature; this bounds the work. */
  PASSKEY: {
    inLane: [
      {
        name: 'guesses-passkey',
        points: 30,
        windowSeconds: minutes(15),
        per: ['user'],
        failuresOnly: true,
        lanes: true,
      },
    ],
    inAll: [],
  },
  /** 80 bits: nobody guesses one, in however many months. */
  RECOVERY_CODE: {
    inLane: [
      {
        name: 'guesses-recovery',
        points: 10,
        windowSeconds: hours(1),
        per: ['user'],
        failuresOnly: true,
        lanes: true,
      },
    ],
    inAll: [],
  },
} as const satisfies Record<string, FactorGuesses>;

/** After this many wrong answers to one factor in thirty days the owner is told. */
export const guessesWorthANotice = 100;

/** Streams that are open at once in one process. */
export const openStreams = { perUser: 10, perAddress: 50 } as const;

/** The numbers, in one place. Operations pick from these; descriptions and docs/limits.md print them. */
export const budgets = {
  signUp: [
    { name: 'sign-up', points: 10, windowSeconds: hours(1), per: ['ip'] },
    { name: 'sign-up-day', points: 50, windowSeconds: days(1), per: ['ip'] },
  ],
  anonymous: [{ name: 'anonymous', points: 50, windowSeconds: hours(1), per: ['ip'] }],
  /** Beside the password guard, which counts by account and device. */
  signIn: [
    { name: 'sign-in-failures', points: 30, windowSeconds: minutes(15), per: ['ip'], failuresOnly: true },
    { name: 'sign-in-failures-hour', points: 100, windowSeconds: hours(1), per: ['ip'], failuresOnly: true },
  ],
  /** Beside the password guard, too: these ask for the current password. */
  changeCredential: [
    { name: 'change-credential', points: 10, windowSeconds: hours(1), per: ['user'] },
    // Anonymous users cost nothing, and could ask about addresses or sign people up past the budget for that.
    { name: 'change-credential-ip', points: 30, windowSeconds: hours(1), per: ['ip'] },
  ],
  createJwt: [{ name: 'jwt', points: 100, windowSeconds: hours(1), per: ['user'] }],
  extendSession: [{ name: 'session-extend', points: 10, windowSeconds: hours(1), per: ['ip'] }],
  endSession: [{ name: 'session-end', points: 100, windowSeconds: hours(1), per: ['ip'] }],
  /** Operations that mail somebody. Beside these, what one address receives is capped in silence: see `messageCaps`. */
  mail: [{ name: 'mail-ip', points: 20, windowSeconds: hours(1), per: ['ip'] }],
  recoveryMail: [
    { name: 'mail-ip', points: 20, windowSeconds: hours(1), per: ['ip'] },
    { name: 'recovery-ip', points: 10, windowSeconds: hours(1), per: ['ip'] },
  ],
  verificationMail: [
    { name: 'mail-ip', points: 20, windowSeconds: hours(1), per: ['ip'] },
    { name: 'mail-user', points: 10, windowSeconds: hours(1), per: ['user'] },
  ],
  sms: [{ name: 'sms-ip', points: 5, windowSeconds: hours(1), per: ['ip'] }],
  verificationSms: [
    { name: 'sms-ip', points: 5, windowSeconds: hours(1), per: ['ip'] },
    { name: 'sms-user', points: 5, windowSeconds: days(1), per: ['user'] },
  ],
  /** Beside these, five guesses a code, and `codeGuesses` for all codes of an address. */
  redeemToken: [
    {
      name: 'token-failures',
      points: 10,
      windowSeconds: hours(1),
      per: ['ip', 'userId'],
      failuresOnly: true,
    },
    { name: 'token-failures-ip', points: 30, windowSeconds: minutes(15), per: ['ip'], failuresOnly: true },
  ],
  confirm: [
    { name: 'confirm', points: 10, windowSeconds: hours(1), per: ['ip', 'userId'] },
    { name: 'confirm-ip', points: 60, windowSeconds: hours(1), per: ['ip'] },
  ],
  startChallenge: [{ name: 'challenge', points: 10, windowSeconds: hours(1), per: ['user'], lanes: true }],
  /** Beside these, five guesses a challenge, and `factorGuesses` for all challenges of one factor. */
  passChallenge: [
    {
      name: 'challenge-failures',
      points: 30,
      windowSeconds: minutes(15),
      per: ['user'],
      failuresOnly: true,
      lanes: true,
    },
  ],
  verifyAuthenticator: [
    {
      name: 'authenticator-failures',
      points: 10,
      windowSeconds: minutes(15),
      per: ['user'],
      failuresOnly: true,
    },
  ],
  changeMfa: [{ name: 'change-mfa', points: 10, windowSeconds: hours(1), per: ['user'] }],
  passkeyRegistration: [{ name: 'passkey-registration', points: 60, windowSeconds: hours(1), per: ['user'] }],
  /** A page that offers passkeys by itself asks whenever it is opened. */
  passkeySignIn: [{ name: 'passkey-sign-in', points: 300, windowSeconds: hours(1), per: ['ip'] }],
  oauth2: [{ name: 'oauth2', points: 50, windowSeconds: hours(1), per: ['ip'] }],
  oauth2Callback: [{ name: 'oauth2-callback', points: 50, windowSeconds: hours(1), per: ['ip'] }],
  exportAccount: [{ name: 'export', points: 5, windowSeconds: days(1), per: ['user'] }],
  operatorRead: [{ name: 'operator-read', points: 1200, windowSeconds: minutes(1), per: ['operator'] }],
  operatorWrite: [{ name: 'operator-write', points: 600, windowSeconds: minutes(1), per: ['operator'] }],
  /** Ordinary writes to one's own account. */
  write: [{ name: 'write', points: 600, windowSeconds: minutes(1), per: ['user'] }],
} as const satisfies Record<string, readonly [Budget, ...Budget[]]>;
