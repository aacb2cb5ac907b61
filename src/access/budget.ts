import { days, hours, inWords, minutes } from '../clock.js';

/** Whose calls a budget counts together: those of one client address, of one user, or with one value of an argument. */
export type BudgetKey = 'ip' | 'user' | 'email' | 'phone' | 'userId';

/** How often something may happen, in a window that is aligned to the clock. Every process on the database shares the count. */
export interface Budget {
  /** Names the counter: budgets with one name are one counter, whichever operation draws from it. */
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** Several keys count each combination of their values. An unknown `user` is counted by address. */
  readonly per: readonly [BudgetKey, ...BudgetKey[]];
  /** Gives the point back when the operation succeeds, so that only failures count. */
  readonly failuresOnly?: true;
}

const keyWords: Record<BudgetKey, string> = {
  ip: 'client address',
  user: 'user',
  email: 'e-mail address',
  phone: 'phone number',
  userId: 'userId',
};

/** A budget in words, such as "10 per hour and client address". */
export function describeBudget({ points, windowSeconds, per, failuresOnly }: Budget): string {
  const window = inWords(windowSeconds).replace(/^1 /, '');
  const keys = per.map((key) => keyWords[key]).join(' and ');
  return `${points}${failuresOnly ? ' failures' : ''} per ${window} and ${keys}`;
}

/** What one address receives at most, over all kinds of messages that anybody can cause. More is dropped, and looks the same. */
export const messageCaps = {
  email: [
    { name: 'email-address', points: 3, windowSeconds: minutes(15), per: ['email'] },
    { name: 'email-address-day', points: 10, windowSeconds: days(1), per: ['email'] },
  ],
  sms: [
    { name: 'sms-number', points: 3, windowSeconds: minutes(15), per: ['phone'] },
    { name: 'sms-number-day', points: 5, windowSeconds: days(1), per: ['phone'] },
  ],
} as const satisfies Record<string, readonly Budget[]>;

/** Wrong codes for one address, whichever of its codes were guessed at: asking for a new one gives no new guesses. */
export const codeGuesses = [
  { name: 'code-guesses', points: 10, windowSeconds: hours(1), per: ['email'], failuresOnly: true },
  { name: 'code-guesses-day', points: 20, windowSeconds: days(1), per: ['email'], failuresOnly: true },
] as const satisfies readonly Budget[];

const factorBudgets = (factor: string, windowSeconds: number) =>
  [
    { name: `guesses-${factor}`, points: 10, windowSeconds, per: ['user'], failuresOnly: true },
    // Ten at a time add up: three steps of a million are taken, so a hundred guesses are one chance in three thousand.
    {
      name: `guesses-${factor}-month`,
      points: 100,
      windowSeconds: days(30),
      per: ['user'],
      failuresOnly: true,
    },
  ] as const satisfies readonly Budget[];

/** Wrong answers to challenges of one user and factor, whichever challenge they were given to. @see NIST SP 800-63B-4 §3.2.2 */
export const factorGuesses = {
  EMAIL: factorBudgets('email', minutes(15)),
  PHONE: factorBudgets('phone', minutes(15)),
  TOTP: factorBudgets('totp', minutes(15)),
  RECOVERY_CODE: factorBudgets('recovery', hours(1)),
} as const satisfies Record<string, readonly Budget[]>;

/** The numbers, in one place. Operations pick from these; descriptions and the README print them. */
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
  startChallenge: [{ name: 'challenge', points: 10, windowSeconds: hours(1), per: ['user'] }],
  /** Beside these, five guesses a challenge, and `factorGuesses` for all challenges of one factor. */
  passChallenge: [
    { name: 'challenge-failures', points: 30, windowSeconds: minutes(15), per: ['user'], failuresOnly: true },
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
  oauth2: [{ name: 'oauth2', points: 50, windowSeconds: hours(1), per: ['ip'] }],
  oauth2Callback: [{ name: 'oauth2-callback', points: 50, windowSeconds: hours(1), per: ['ip'] }],
  /** Ordinary writes to one's own account. */
  write: [{ name: 'write', points: 600, windowSeconds: minutes(1), per: ['user'] }],
} as const satisfies Record<string, readonly [Budget, ...Budget[]]>;
