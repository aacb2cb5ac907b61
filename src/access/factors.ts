/** What a session has proven, as `Session.factors` lists it. */
export type Factor = 'password' | 'anonymous' | 'email' | 'phone' | 'totp' | 'recovery-code' | 'oauth2';

/** What of an account decides how many factors its sessions need. */
export interface FactorAccount {
  readonly mfaEnabled: boolean;
  readonly emailVerified: boolean;
  readonly phoneVerified: boolean;
  /** Has a verified TOTP authenticator. */
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

/** Whether a session with these factors still lacks one. A factor proven twice counts once. */
export const isPending = (account: FactorAccount, factors: readonly string[]): boolean =>
  new Set(factors).size < requiredFactors(account);
