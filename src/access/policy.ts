import { inWords, lifetimes } from '../clock.js';
import type { AuthMethod } from '../config/variables.js';
import type { ErrorCode } from '../errors/catalogue.js';
import { type RateLimit, type RequestSubjectKind, describeLimit } from '../limits/limit.js';

/**
 * Who may call an operation.
 *
 * - `anyone`: everyone. The credentials of the request are not read.
 * - `public`: anybody; a blocked or MFA-pending caller is refused all the same.
 * - `signedIn`: a complete session, or a JWT of one.
 * - `firstFactor`: also a session that still lacks a factor.
 * - `recentChallenge`: a session that passed a challenge in the last 30 minutes.
 * - `freshProof`: a session that began, or passed a challenge, in the last 10 minutes.
 * - `operator`: a key of OPERATOR_KEYS, and never a user.
 */
export type Access =
  | 'anyone'
  | 'public'
  | 'signedIn'
  | 'firstFactor'
  | 'recentChallenge'
  | 'freshProof'
  | 'operator';

/** What stands beside every root field: who, how often, and what can go wrong. Enforced, and printed into its description. */
export interface OperationPolicy {
  readonly access: Access;
  /** Every one is drawn from before the arguments are looked at. Mutations have at least one. */
  readonly limits: readonly RateLimit<RequestSubjectKind>[];
  /** Codes of the operation's own; those that follow from the rest of the policy are implied. */
  readonly errors: readonly ErrorCode[];
  /** Set by `mutation`. */
  readonly writes?: true;
  /** A session without MFA may call the operation even if the server demands MFA, because the operation adds a factor or signs the user out. */
  readonly allowedWithoutMfa?: true;
  /** The operation is public, but it changes the account of the caller if the caller is signed in. */
  readonly changesCaller?: true;
  /**
   * Changes how the user signs in, after a check of the password. A session that a trusted device has completed must prove a second factor
   * first, because an attacker may have stolen both the device cookie and the password.
   */
  readonly distrustsDevices?: true;
  /** A way to sign in that AUTH_METHODS can switch off. */
  readonly method?: AuthMethod;
  /** Makes a session, and so is refused to a caller who has one. */
  readonly startsSession?: true;
  /**
   * Accepts the link of a security notice in the argument `secret`. With it, all other credentials of the request are disregarded: the
   * pending session of the user must not prevent a revert.
   */
  readonly acceptsLink?: true;
  /**
   * Asks for a proof once half of a limit by client network is used up: see `limits/proof.ts`. `strangers`: not on a known device of the account
   * that has verified the address in the arguments, and not of users with a verified address.
   */
  readonly proof?: 'everyone' | 'strangers';
  /** Checks a password, code or secret: at most one such field in a document, so that aliases guess nothing. */
  readonly guessesSecret?: true;
}

/** A mutation's policy: without a limit it does not compile. */
export type MutationPolicy = OperationPolicy & {
  readonly limits: readonly [RateLimit<RequestSubjectKind>, ...RateLimit<RequestSubjectKind>[]];
};

/** All codes that a field with this policy can answer. */
export const errorsOf = (policy: OperationPolicy): ErrorCode[] => [
  ...new Set([...impliedErrors(policy), ...policy.errors]),
];

/** Whether the server rejects the operation for a session without MFA, if it demands MFA of the user. */
export const isClosedWithoutMfa = (policy: OperationPolicy): boolean =>
  policy.writes === true &&
  !policy.allowedWithoutMfa &&
  (policy.changesCaller === true || ['signedIn', 'recentChallenge', 'freshProof'].includes(policy.access));

/** The codes any field with this policy can answer, whatever it does. */
function impliedErrors(policy: OperationPolicy): ErrorCode[] {
  if (policy.access === 'anyone') return ['GENERAL_SERVICE_UNAVAILABLE', 'GENERAL_UNKNOWN'];
  const codes: ErrorCode[] = ['USER_JWT_INVALID', 'USER_CREDENTIALS_CONFLICT', 'USER_BLOCKED'];
  if (policy.access !== 'public') codes.push('GENERAL_UNAUTHORIZED_SCOPE');
  if (policy.access !== 'firstFactor' && policy.access !== 'operator')
    codes.push('USER_MORE_FACTORS_REQUIRED');
  if (policy.access === 'recentChallenge' || policy.access === 'freshProof' || policy.distrustsDevices)
    codes.push('USER_CHALLENGE_REQUIRED');
  if (isClosedWithoutMfa(policy)) codes.push('USER_MFA_ENROLMENT_REQUIRED');
  if (policy.limits.length > 0 || policy.guessesSecret) codes.push('GENERAL_RATE_LIMIT_EXCEEDED');
  if (policy.proof) codes.push('GENERAL_PROOF_REQUIRED');
  if (policy.method) codes.push('USER_AUTH_METHOD_UNSUPPORTED');
  if (policy.startsSession)
    codes.push(
      'USER_SESSION_ALREADY_EXISTS',
      'USER_EMAIL_NOT_VERIFIED',
      'USER_ADDRESS_NOT_ALLOWED',
      'USER_REFUSED',
    );
  return [...codes, 'GENERAL_SERVICE_UNAVAILABLE', 'GENERAL_UNKNOWN'];
}

const accessWords: Record<Access, string> = {
  anyone: 'everyone; the credentials of the request are not read',
  public: 'public',
  signedIn: 'signed in',
  firstFactor: 'signed in, further factors may be missing',
  recentChallenge: `signed in, with a challenge passed in the last ${inWords(lifetimes.recentChallenge)} on this session`,
  freshProof: `signed in, or passed a challenge on this session, in the last ${inWords(lifetimes.freshProof)}`,
  operator: 'operators, with a key of `OPERATOR_KEYS`',
};

function describeAccess({ access, acceptsLink }: OperationPolicy): string {
  if (!acceptsLink) return accessWords[access];
  return access === 'public' ? 'holders of a link' : `holders of a link, or ${accessWords[access]}`;
}

/** The policy as the last line of a field's description. */
export function describePolicy(policy: OperationPolicy): string {
  const errors = errorsOf(policy).filter((code) => !everywhere.has(code) || policy.errors.includes(code));
  return [
    `Access: ${describeAccess(policy)}.`,
    policy.startsSession ? 'Refused while signed in.' : '',
    policy.limits.length > 0 ? `Limit: ${policy.limits.map(describeLimit).join('; ')}.` : '',
    policy.proof
      ? 'Asks for a proof once half of a limit by client address is used up, where `PROOF` is set.'
      : '',
    errors.length > 0 ? `Errors: ${errors.map((code) => `\`${code}\``).join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Codes that every field can answer; docs/operations.md says so once instead of every description. */
const everywhere: ReadonlySet<ErrorCode> = new Set([
  'USER_JWT_INVALID',
  'USER_CREDENTIALS_CONFLICT',
  'USER_BLOCKED',
  'GENERAL_SERVICE_UNAVAILABLE',
  'GENERAL_UNKNOWN',
]);
