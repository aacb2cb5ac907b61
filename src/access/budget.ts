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
  changeCredential: [{ name: 'change-credential', points: 10, windowSeconds: hours(1), per: ['user'] }],
  createJwt: [{ name: 'jwt', points: 100, windowSeconds: hours(1), per: ['user'] }],
  extendSession: [{ name: 'session-extend', points: 10, windowSeconds: hours(1), per: ['ip'] }],
  endSession: [{ name: 'session-end', points: 100, windowSeconds: hours(1), per: ['ip'] }],
  /** Ordinary writes to one's own account. */
  write: [{ name: 'write', points: 600, windowSeconds: minutes(1), per: ['user'] }],
} as const satisfies Record<string, readonly [Budget, ...Budget[]]>;
