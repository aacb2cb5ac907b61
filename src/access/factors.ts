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

/**
 * Where the proof of a factor comes from. Two proofs from one source are one proof: whoever reads the mailbox can provide both.
 *
 * - `knowledge`: a password, unless a recovery link set it.
 * - `mailbox`: an email code, a magic link, a password that a recovery link set, or an identity that was linked because its provider
 *   verified the address.
 * - `number`: an SMS code.
 * - `provider`: an identity that created the account, or that a signed-in user linked.
 * - `trusted-device`: a device on which the user proved two factors before (`devices/trusted-devices.ts`). It replaces the second factor at
 *   sign-in only: see `withoutTrust`.
 * - `operator`: an operator who signed in as the user with createUserToken.
 */
export type ProofSource =
  | 'knowledge'
  | 'mailbox'
  | 'number'
  | 'app'
  | 'recovery-code'
  | 'passkey'
  | 'provider'
  | 'trusted-device'
  | 'operator';

/** What of an account decides which factors its sessions need. */
export interface FactorAccount {
  readonly mfaEnabled: boolean;
  /** The address that codes are sent to. An unverified address does not count. */
  readonly lastVerifiedEmail: string | null;
  readonly lastVerifiedPhone: string | null;
  /** Whether the account has a verified TOTP authenticator. */
  readonly totpVerified: boolean;
  readonly hasPasskey: boolean;
  /**
   * Whether the account has a source besides the mailbox that no challenge asks for first: a password that no recovery link set, an own
   * identity, or recovery codes. Only read for accounts with MFA.
   */
  readonly hasSourceWithoutChallenge: boolean;
  /** False after a revert removed the last factor from another source. */
  readonly mailboxSuffices: boolean;
}

/** What a session has proven. */
export interface SessionProofs {
  readonly sources: readonly string[];
  /** Whether the session turned MFA on. */
  readonly mfaExempt: boolean;
  /** When the session last passed a challenge. */
  readonly mfaUpdatedAt: Date | null;
}

interface FactorRow {
  /** What a passed challenge adds to `Session.factors`. */
  readonly proves: Factor;
  readonly source: ProofSource;
  /** Whether the account can prove it, so that MFA asks for it. Recovery codes replace a factor but are not one. */
  readonly isVerified: (account: FactorAccount) => boolean;
}

/** The factors that a challenge can ask for, the strongest first. */
export const factorTable = {
  PASSKEY: { proves: 'passkey', source: 'passkey', isVerified: ({ hasPasskey }) => hasPasskey },
  TOTP: { proves: 'totp', source: 'app', isVerified: ({ totpVerified }) => totpVerified },
  EMAIL: {
    proves: 'email',
    source: 'mailbox',
    isVerified: ({ lastVerifiedEmail }) => lastVerifiedEmail !== null,
  },
  PHONE: {
    proves: 'phone',
    source: 'number',
    isVerified: ({ lastVerifiedPhone }) => lastVerifiedPhone !== null,
  },
  RECOVERY_CODE: { proves: 'recovery-code', source: 'recovery-code', isVerified: () => false },
} as const satisfies Record<string, FactorRow>;

/** What a challenge can ask for. */
export type ChallengeFactor = keyof typeof factorTable;
export const challengeFactors = Object.keys(factorTable) as ChallengeFactor[];

/** The source of a sign-in with a password. */
export const passwordSource = ({
  passwordFromRecovery,
}: {
  readonly passwordFromRecovery: boolean;
}): ProofSource => (passwordFromRecovery ? 'mailbox' : 'knowledge');

/** The second factors that an account can prove. */
const verifiedFactors = (account: FactorAccount): ChallengeFactor[] =>
  challengeFactors.filter((factor) => factorTable[factor].isVerified(account));

/** Whether sessions of the account need two sources: MFA is on, and there is a second factor. */
export const isMfaDue = (account: FactorAccount): boolean =>
  account.mfaEnabled && verifiedFactors(account).length > 0;

/** Whether the account has a second factor besides the mailbox. */
export const hasFactorBesidesMailbox = (account: FactorAccount): boolean =>
  verifiedFactors(account).some((factor) => factor !== 'EMAIL');

/** Whether a second proof of the mailbox may complete a session, because the account has nothing else to ask for. */
const mayProveMailboxTwice = (account: FactorAccount): boolean =>
  account.mailboxSuffices && !account.hasSourceWithoutChallenge && !hasFactorBesidesMailbox(account);

/** Whether a session lacks a factor. A passkey is two factors: something that its holder has, unlocked by what they know or are. */
export function isPending(
  account: FactorAccount,
  { sources, mfaExempt, mfaUpdatedAt }: SessionProofs,
): boolean {
  if (!isMfaDue(account) || mfaExempt || areTwoFactors(sources)) return false;
  const provedMailboxTwice = sources.includes('mailbox') && mfaUpdatedAt !== null;
  return !(provedMailboxTwice && mayProveMailboxTwice(account));
}

/** The sources whose first factor a trusted device completes. */
export const trustableSources: readonly (ProofSource | null)[] = [
  'knowledge',
  'provider',
  'mailbox',
  'number',
];

/** What a session has proved itself, without its trusted device. */
export const withoutTrust = (sources: readonly string[]): string[] =>
  sources.filter((source) => source !== 'trusted-device');

/** Whether sources are two factors. A passkey is two; two proofs of one mailbox are one. */
const areTwoFactors = (sources: readonly string[]): boolean =>
  sources.includes('passkey') || new Set(sources).size >= 2;

/** Whether the user has proved two factors on a session: neither a trusted device nor an operator counts. */
export const hasProvedTwoFactors = ({ sources }: { readonly sources: readonly string[] }): boolean =>
  areTwoFactors(withoutTrust(sources).filter((source) => source !== 'operator'));

/** Whether the user can make the device of a session trusted. */
export const mayTrustDevice = (
  account: FactorAccount,
  session: { readonly sources: readonly string[] },
): boolean => isMfaDue(account) && hasProvedTwoFactors(session);

/** The factors that could complete a session: none for a complete one, and recovery codes if nothing else can. */
export function missingFactors(account: FactorAccount, session: SessionProofs): ChallengeFactor[] {
  if (!isPending(account, session)) return [];
  const missing = verifiedFactors(account).filter(
    (factor) =>
      !session.sources.includes(factorTable[factor].source) ||
      (factor === 'EMAIL' && mayProveMailboxTwice(account)),
  );
  return missing.length > 0 ? missing : ['RECOVERY_CODE'];
}

/** The factors that a session has proven, in the words of challenges. */
export const completedFactors = ({ factors }: { readonly factors: readonly string[] }): ChallengeFactor[] =>
  challengeFactors.filter((factor) => factors.includes(factorTable[factor].proves));

/** What a proof adds to a session. */
export interface AddedProof {
  readonly factors: readonly Factor[];
  readonly sources: readonly ProofSource[];
}

/** What a passed challenge adds. */
export const challengeProof = (factor: ChallengeFactor): AddedProof => ({
  factors: [factorTable[factor].proves],
  sources: [factorTable[factor].source],
});

/** What the verification of an authenticator adds, because the user has just used it. */
export const authenticatorProof: AddedProof = { factors: ['totp'], sources: ['app'] };

/** What turning MFA on adds: the verified factors of the account, but no source, because nothing was proven. */
export const mfaSwitchProof = (account: FactorAccount, mfaEnabled: boolean): AddedProof => ({
  factors: mfaEnabled ? verifiedFactors(account).map((factor) => factorTable[factor].proves) : [],
  sources: [],
});

/** Whether an operator began the session with createUserToken. Such a session is no fresh proof and belongs to no device. */
export const isOperatorSession = ({ sources }: { readonly sources: readonly string[] }): boolean =>
  sources.includes('operator');

/** What a session signed in with. Security changes store it, so that a revert finds what an added sign-in method was used for. */
export const credentialOf = (
  kind: 'password' | 'passkey' | 'identity' | 'email' | 'phone' | 'operator',
  value: string | number,
): string => `${kind}:${value}`;

/** What of a session tells how fresh its proofs are. */
export interface ProofTimes {
  readonly createdAt: Date;
  readonly mfaUpdatedAt: Date | null;
  readonly sources: readonly string[];
}

/** Whether a trusted device completed the session. Someone with one factor and the device cookie must not get further than the sign-in. */
export const needsTrust = ({ sources }: { readonly sources: readonly string[] }): boolean =>
  sources.includes('trusted-device');

/** Whether the session passed a challenge recently enough to read or replace recovery codes and authenticators. */
export const isRecent = (session: ProofTimes, now: Date): boolean =>
  session.mfaUpdatedAt !== null &&
  later(session.mfaUpdatedAt, lifetimes.recentChallenge) >= now &&
  !needsTrust(session);

/** Whether the last sign-in or challenge is recent enough to add or remove sign-in methods. */
export const isFresh = (session: ProofTimes, now: Date): boolean =>
  [isOperatorSession(session) ? null : session.createdAt, session.mfaUpdatedAt].some(
    (at) => at !== null && later(at, lifetimes.freshProof) >= now,
  ) && !needsTrust(session);
