/** Tells the time. Every instant the product writes or compares comes from one of these, never from the database. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that tests and `POST /test/clock` can move forward. */
export class MovableClock implements Clock {
  #offsetMilliseconds = 0;

  constructor(private readonly base: Clock = systemClock) {}

  now(): Date {
    return new Date(this.base.now().getTime() + this.#offsetMilliseconds);
  }

  advance(seconds: number): void {
    this.#offsetMilliseconds += seconds * 1000;
  }
}

/** Durations are whole seconds everywhere; these say which unit was meant. */
export const minutes = (count: number): number => count * 60;
export const hours = (count: number): number => count * 3600;
export const days = (count: number): number => count * 86_400;

/** The instant `seconds` after another one; negative for before. */
export const later = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);

/** Whole seconds since 1970, as JWTs and TOTP count. */
export const unixSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/** The instant that lies so many seconds after 1970 began. */
export const fromUnixSeconds = (seconds: number): Date => new Date(seconds * 1000);

/** The instant that an ISO 8601 text names. */
export const fromIso = (text: string): Date => new Date(text);

/** Seconds from one instant to another, rounded up, never negative. */
export const secondsUntil = (from: Date, to: Date): number =>
  Math.max(0, Math.ceil((to.getTime() - from.getTime()) / 1000));

/** How long things live, in seconds. Descriptions and docs/ print these. */
export const lifetimes = {
  emailOtp: minutes(15),
  phoneOtp: minutes(15),
  phoneVerification: minutes(15),
  magicUrl: hours(1),
  recovery: hours(1),
  emailVerification: days(7),
  undo: days(7),
  invitation: days(7),
  /** Unless the operator asks for another one. */
  userToken: minutes(1),
  userTokenMaximum: minutes(15),
  oauth2Secret: minutes(15),
  oauth2State: minutes(10),
  idTokenNonce: minutes(10),
  jwt: minutes(15),
  challenge: minutes(15),
  passkeyCeremony: minutes(5),
  /** How long a passed challenge opens recovery codes and authenticators. */
  recentChallenge: minutes(30),
  /** How fresh a sign-in or challenge must be to add or remove a way into the account. */
  freshProof: minutes(10),
  /** A session that lacks a factor ends after this time. */
  pendingSession: minutes(15),
  /** No session outlives this, however often it is extended. */
  sessionMaximum: days(365),
  /** A device is known for this long after the last complete sign-in on it. */
  device: days(400),
  /** A device that the user has made trusted replaces the second factor for this long. */
  trustedDevice: days(30),
} as const;

/** A duration in words for descriptions, such as "15 minutes" or "30 days". */
export function inWords(seconds: number): string {
  const units: readonly [number, string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ];
  const [size, unit] = units.find(([size]) => seconds % size === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
