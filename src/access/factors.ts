import { later, lifetimes } from '../clock.js';

// The state machine of multi-factor sign-in. What an account has verified decides how many factors its sessions need;
// what a session has proven decides whether it is complete or pending. A pending session may list the factors, start and
// pass a challenge, and end itself: see `policy.ts`. How a factor is asked for and proven stands in `features/mfa/factors`.

/** What a session has proven, as `Session.factors` lists it. A set: proven twice counts once. */
export const sessionFactors = [
  'password',
  'anonymous',
  'email',
  'phone',
  'totp',
  'recovery-code',
  'oauth2',
  'passkey',
] as const;
export type Factor = (typeof sessionFactors)[number];

/** What of an account decides how many factors its sessions need. */
export interface FactorAccount {
  readonly mfaEnabled: boolean;
  /** The address codes go to; what the account only shows counts for nothing. */
  readonly lastVerifiedEmail: string | null;
  readonly lastVerifiedPhone: string | null;
  /** Has a verified TOTP authenticator; an unverified one counts for nothing. */
  readonly totpVerified: boolean;
  readonly hasPasskey: boolean;
  /** Whether the password was set by a recovery link. */
  readonly passwordFromRecovery: boolean;
}

interface FactorRow {
  /** What a passed challenge adds to the session. */
  readonly proves: Factor;
  /** Whether the account can prove it, so that MFA asks for it. Recovery codes stand in for a factor but are not one. */
  readonly isVerified: (account: FactorAccount) => boolean;
}

/** The factors that a challenge can ask for, the strongest first. */
export const factorTable = {
  PASSKEY: { proves: 'passkey', isVerified: ({ hasPasskey }) => hasPasskey },
  TOTP: { proves: 'totp', isVerified: ({ totpVerified }) => totpVerified },
  EMAIL: { proves: 'email', isVerified: ({ lastVerifiedEmail }) => lastVerifiedEmail !== null },
  PHONE: { proves: 'phone', isVerified: ({ lastVerifiedPhone }) => lastVerifiedPhone !== null },
  RECOVERY_CODE: { proves: 'recovery-code', isVerified: () => false },
} as const satisfies Record<string, FactorRow>;

/** What a challenge can ask for. */
export type ChallengeFactor = keyof typeof factorTable;
export const challengeFactors = Object.keys(factorTable) as ChallengeFactor[];

/** The further factors an account can prove. */
const verifiedFactors = (account: FactorAccount): ChallengeFactor[] =>
  challengeFactors.filter((factor) => factorTable[factor].isVerified(account));

/** Two where MFA is wanted and some further factor is verified, else one. */
export const requiredFactors = (account: FactorAccount): 1 | 2 =>
  account.mfaEnabled && verifiedFactors(account).length > 0 ? 2 : 1;

/**
 * Whether a code by mail counts beside what the session has proven. A password that came by mail and a code by mail are
 * one mailbox, not two factors; it is taken for two only where the account has nothing else to ask for.
 */
const mailCounts = (account: FactorAccount, factors: readonly string[]): boolean =>
  !(account.passwordFromRecovery && factors.includes('password')) ||
  verifiedFactors(account).every((factor) => factor === 'EMAIL');

/**
 * Whether a session with these factors still lacks one. A passkey is two by itself: something its holder has, unlocked by
 * something they know or are.
 */
export function isPending(account: FactorAccount, factors: readonly string[]): boolean {
  if (factors.includes('passkey')) return false;
  const counting = mailCounts(account, factors) ? factors : factors.filter((factor) => factor !== 'email');
  return new Set(counting).size < requiredFactors(account);
}

/** What could complete a session: nothing once it is complete. Where only a recovery code can, it is that. */
export function missingFactors(account: FactorAccount, factors: readonly string[]): ChallengeFactor[] {
  if (!isPending(account, factors)) return [];
  const missing = verifiedFactors(account).filter(
    (factor) =>
      !factors.includes(factorTable[factor].proves) && (factor !== 'EMAIL' || mailCounts(account, factors)),
  );
  return missing.length > 0 ? missing : ['RECOVERY_CODE'];
}

/** Passing a challenge adds its factor, and makes the session recently challenged. */
export const factorsAfterChallenge = (factors: readonly string[], factor: ChallengeFactor): string[] =>
  adding(factors, [factorTable[factor].proves]);

/** Verifying an authenticator adds its factor, so that it locks nobody out. It is no challenge. */
export const factorsAfterAuthenticator = (factors: readonly string[]): string[] => adding(factors, ['totp']);

/** Turning MFA on adds every factor the account has verified, so that it locks nobody out. Turning it off adds nothing. */
export const factorsAfterMfaSwitch = (
  factors: readonly string[],
  account: FactorAccount,
  mfaEnabled: boolean,
): string[] =>
  adding(factors, mfaEnabled ? verifiedFactors(account).map((factor) => factorTable[factor].proves) : []);

/** What of a session tells how fresh its proofs are. */
export interface ProofTimes {
  readonly createdAt: Date;
  readonly mfaUpdatedAt: Date | null;
}

/** Whether a challenge was passed so recently that recovery codes and authenticators are open. */
export const isRecent = ({ mfaUpdatedAt }: ProofTimes, now: Date): boolean =>
  mfaUpdatedAt !== null && later(mfaUpdatedAt, lifetimes.recentChallenge) >= now;

/** Whether the sign-in or a challenge is so fresh that ways in may be added and removed. */
export const isFresh = ({ createdAt, mfaUpdatedAt }: ProofTimes, now: Date): boolean =>
  [createdAt, mfaUpdatedAt].some((at) => at !== null && later(at, lifetimes.freshProof) >= now);

const adding = (factors: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...factors, ...more]),
];
