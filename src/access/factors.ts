import { later, lifetimes } from '../clock.js';

// The state machine of multi-factor sign-in. What an account has verified decides how many factors its sessions need;
// what a session has proven decides whether it is complete or pending. A pending session may list the factors, start and
// pass a challenge, and end itself: see `policy.ts`.

/** What a session has proven, as `Session.factors` lists it. A set: proven twice counts once. */
export type Factor = 'password' | 'anonymous' | 'email' | 'phone' | 'totp' | 'recovery-code' | 'oauth2';

/** What a challenge can ask for. */
export type ChallengeFactor = 'EMAIL' | 'PHONE' | 'TOTP' | 'RECOVERY_CODE';

/** What of an account decides how many factors its sessions need. */
export interface FactorAccount {
  readonly mfaEnabled: boolean;
  readonly emailVerified: boolean;
  readonly phoneVerified: boolean;
  /** Has a verified TOTP authenticator; an unverified one counts for nothing. */
  readonly totpVerified: boolean;
}

/** The further factors an account can prove. Recovery codes stand in for one but are not one. */
export const verifiedFactors = (account: FactorAccount): ('totp' | 'email' | 'phone')[] => [
  ...(account.totpVerified ? (['totp'] as const) : []),
  ...(account.emailVerified ? (['email'] as const) : []),
  ...(account.phoneVerified ? (['phone'] as const) : []),
];

/** Two where MFA is wanted and some further factor is verified, else one. */
export const requiredFactors = (account: FactorAccount): 1 | 2 =>
  account.mfaEnabled && verifiedFactors(account).length > 0 ? 2 : 1;

/** Whether a session with these factors still lacks one. */
export const isPending = (account: FactorAccount, factors: readonly string[]): boolean =>
  new Set(factors).size < requiredFactors(account);

/** Passing a challenge adds its factor, and makes the session recently challenged. */
export const afterChallenge = (factors: readonly string[], factor: ChallengeFactor): string[] =>
  adding(factors, [factorOf[factor]]);

/** Verifying an authenticator adds its factor, so that it locks nobody out. It is no challenge. */
export const afterAuthenticator = (factors: readonly string[]): string[] => adding(factors, ['totp']);

/** Turning MFA on adds every factor the account has verified, so that it locks nobody out. Turning it off adds nothing. */
export const afterMfa = (factors: readonly string[], account: FactorAccount, mfaEnabled: boolean): string[] =>
  adding(factors, mfaEnabled ? verifiedFactors(account) : []);

/** Whether a challenge was passed so recently that recovery codes and authenticators are open. */
export const isRecent = (mfaUpdatedAt: Date | null, now: Date): boolean =>
  mfaUpdatedAt !== null && later(mfaUpdatedAt, lifetimes.recentChallenge) >= now;

const factorOf: Record<ChallengeFactor, Factor> = {
  EMAIL: 'email',
  PHONE: 'phone',
  TOTP: 'totp',
  RECOVERY_CODE: 'recovery-code',
};

const adding = (factors: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...factors, ...more]),
];
