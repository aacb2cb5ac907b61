import { days, hours, minutes } from '../clock.js';
import type { AddressLimits, RateLimit } from './limit.js';

/**
 * Wrong guesses at the codes of one address. A new code gives no new guesses. One client network can use half of the daily ones.
 */
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

/** Wrong passwords from one client network for one account. A correct password removes them from the limits of the network. */
export const forgivableFailures = {
  name: 'forgivable-failures',
  max: 30,
  windowSeconds: minutes(15),
  per: 'networkAndAccount',
  failuresOnly: true,
} as const satisfies RateLimit;
