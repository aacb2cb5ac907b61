import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { AccountError } from '../errors/account-error.js';
import type { Sql } from '../db/sql.js';
import { parseEmail } from '../input/email.js';
import { parsePhone } from '../input/phone.js';
import { findKnownDevice, isDeviceOfAddress } from '../devices/known-devices.js';
import { proofFactor, type ProofGate, proofLimits, proofThreshold } from '../limits/proof.js';
import type { RateLimiter, ReportOutcome } from '../limits/limiter.js';
import type { RateLimit, RequestSubjectKind } from '../limits/limit.js';
import {
  byKey,
  byNetwork,
  byNetworkAndUserId,
  byUser,
  type LimitUse,
  type Subject,
  usesOf,
  widened,
} from '../limits/subject.js';
import { isFresh, isOperatorSession, isRecent, missingFactors, needsTrust } from './factors.js';
import { isMfaRequired, lacksMfa, type MfaGrace } from './mfa-requirement.js';
import { isClosedWithoutMfa, type OperationPolicy } from './policy.js';
import type { Authentication, Credential, Operator, SignedIn } from './viewer.js';

interface EnforceDeps {
  readonly clock: Clock;
  readonly db: Sql;
  readonly config: Pick<Config, 'AUTH_METHODS' | 'MFA_REQUIRED'>;
  readonly mfaGrace: MfaGrace;
  readonly limiter: RateLimiter;
  readonly proof: ProofGate | null;
}

/** One call of an operation: who sends it, from where, with which arguments. */
export interface OperationCall {
  readonly operation: string;
  readonly authentication: Authentication;
  readonly clientAddress: string;
  /** SHA-256 of the device cookie; null without one. */
  readonly deviceDigest: string | null;
  readonly args: Readonly<Record<string, unknown>>;
  /** The header `gatehouse-proof`; null without one. */
  readonly proof: string | null;
  /** The header Accept-Language. */
  readonly language: string | null;
}

/** A call that the policy allows. */
export interface Admission {
  /** Null for a guest and for an operator. */
  readonly caller: SignedIn | null;
  /** Null unless the operation is for operators: all other operations treat them as guests. */
  readonly operator: Operator | null;
  /** Whether the caller has given a proof, which widens the limits of the client network. */
  readonly hasProof: boolean;
  /** Must be called when the operation has ended, for limits that count failures only. */
  readonly reportOutcome: ReportOutcome;
}

/**
 * Checks a call against a policy, in the order that clients rely on: credentials, scope, blocked, factors, MFA, proof, rate limit,
 * disabled method, existing session, recent challenge or fresh proof. Arguments are checked after all of these.
 *
 * @throws {AccountError} the first error that applies.
 */
export async function enforce(
  deps: EnforceDeps,
  policy: OperationPolicy,
  call: OperationCall,
): Promise<Admission> {
  const isByLink = policy.acceptsLink && call.args['secret'] != null;
  const { credential, operator } = isByLink
    ? { credential: null, operator: null }
    : admit(policy, call.authentication);
  const now = deps.clock.now();
  if (credential && isClosedWithoutMfa(policy)) await requireMfa(deps, credential, call.language);
  const hasProof = await checkProof(deps, policy, call, credential);
  const uses = (await limitUses(deps, policy, call, credential, operator)).flatMap((use) =>
    hasProof && use.limit.per === 'network' ? widened([use], proofFactor) : [use],
  );
  await deps.limiter.consume(uses.filter(({ limit }) => !limit.failuresOnly));
  const reportOutcome = await deps.limiter.attempt(uses.filter(({ limit }) => limit.failuresOnly));
  try {
    if (policy.method && !deps.config.AUTH_METHODS.includes(policy.method)) {
      throw new AccountError('USER_AUTH_METHOD_UNSUPPORTED');
    }
    if (credential && policy.startsSession) throw new AccountError('USER_SESSION_ALREADY_EXISTS');
    if (credential) rejectStaleProof(policy, credential, now);
  } catch (error) {
    await reportOutcome('passed');
    throw error;
  }
  return {
    caller: credential && asSignedIn(credential),
    operator: operator && ({ keyName: operator.keyName } as Operator),
    hasProof,
    reportOutcome,
  };
}

/**
 * Asks for a proof if many requests have come from the client network.
 *
 * @returns Whether the caller has given one.
 * @throws {AccountError} GENERAL_PROOF_REQUIRED
 */
async function checkProof(
  { clock, db, limiter, proof }: EnforceDeps,
  policy: OperationPolicy,
  call: OperationCall,
  credential: Credential | null,
): Promise<boolean> {
  if (!proof || !policy.proof) return false;
  const { operation, clientAddress, deviceDigest, args } = call;
  const uses = usesOf(policy.limits.filter(isByNetwork), byNetwork(clientAddress));
  const shares = await limiter.usedShares(uses);
  if (shares.every((share) => share < proofThreshold)) return false;
  const address = addressOf(args);
  const isKnown =
    policy.proof === 'strangers' &&
    ((credential !== null && hasVerifiedAddress(credential.user)) ||
      (address !== '' && (await isDeviceOfAddress(db, address, deviceDigest, clock.now()))));
  if (isKnown) return false;
  // No proof helps any more, so the server does no work for one.
  const full = uses.filter((_, index) => (shares[index] ?? 0) >= proofFactor);
  if (full.length > 0) throw limiter.rejection(widened(full, proofFactor));
  await limiter.consume(usesOf(proofLimits, byNetwork(clientAddress)));
  await proof.require({ operation, address, clientAddress }, call.proof);
  return true;
}

/** The address in the arguments, as it is stored; empty if there is none, or none that the operation accepts. */
function addressOf({ email, phone }: OperationCall['args']): string {
  try {
    return typeof email === 'string' ? parseEmail(email) : typeof phone === 'string' ? parsePhone(phone) : '';
  } catch {
    return '';
  }
}

const isByNetwork = (limit: RateLimit): limit is RateLimit<'network'> => limit.per === 'network';

const hasVerifiedAddress = ({ lastVerifiedEmail, lastVerifiedPhone }: Credential['user']): boolean =>
  lastVerifiedEmail !== null || lastVerifiedPhone !== null;

/** Returns the buckets of all limits of a call, except those limits that the operation counts itself. */
async function limitUses(
  { clock, db }: Pick<EnforceDeps, 'clock' | 'db'>,
  { limits }: OperationPolicy,
  { clientAddress, deviceDigest, args }: OperationCall,
  credential: Credential | null,
  operator: { readonly keyName: string } | null,
): Promise<LimitUse[]> {
  const user = credential?.user ?? null;
  const isSeparate = user && limits.some(({ separateKnownDevices }) => separateKnownDevices);
  const device = isSeparate ? await findKnownDevice(db, user.id, deviceDigest, clock.now()) : null;
  const subjectOf = {
    network: () => byNetwork(clientAddress),
    networkAndUserId: () => byNetworkAndUserId(clientAddress, String(args['userId'])),
    user: () => (user ? byUser(user, device) : byNetwork(clientAddress)),
    operator: () => (operator ? byKey(operator.keyName) : byNetwork(clientAddress)),
  } satisfies Record<RequestSubjectKind, () => Subject>;
  return limits
    .filter(({ exemptsKnownDevices }) => !exemptsKnownDevices)
    .flatMap((limit: RateLimit) => usesOf([limit], subjectOf[limit.per as RequestSubjectKind]()));
}

/**
 * Checks the caller against a policy without counting anything. A stream repeats this check for as long as it is open.
 *
 * @throws {AccountError} the first error that applies.
 */
export function admit(
  policy: OperationPolicy,
  authentication: Authentication,
): { credential: Credential | null; operator: { readonly keyName: string } | null } {
  if (authentication.kind === 'invalidJwt') throw new AccountError('USER_JWT_INVALID');
  if (authentication.kind === 'conflict') throw new AccountError('USER_CREDENTIALS_CONFLICT');
  const isForOperators = policy.access === 'operator';
  const operator = isForOperators && authentication.kind === 'operator' ? authentication : null;
  if (isForOperators && !operator) throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  const credential = authentication.kind === 'user' ? authentication : null;
  if (!credential && !operator && policy.access !== 'public')
    throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  if (credential && !credential.user.enabled) throw new AccountError('USER_BLOCKED');
  if (credential && policy.access !== 'firstFactor') rejectPending(credential);
  return { credential, operator };
}

/**
 * Rejects a session without MFA if the server demands it and the grace period has ended.
 *
 * @throws {AccountError} USER_MFA_ENROLMENT_REQUIRED
 */
async function requireMfa(
  { clock, config, mfaGrace }: EnforceDeps,
  { user, session }: Credential,
  language: string | null,
): Promise<void> {
  if (!isMfaRequired(config, user) || !lacksMfa(user, session)) return;
  const dueAt = isOperatorSession(session)
    ? await mfaGrace.end(user.id)
    : await mfaGrace.begin(user.id, language);
  if (dueAt && dueAt <= clock.now()) throw new AccountError('USER_MFA_ENROLMENT_REQUIRED');
}

const asSignedIn = (credential: Credential): SignedIn =>
  ({
    ...credential,
    currentSessionId: credential.by === 'session' ? credential.session.id : null,
  }) as SignedIn;

function rejectPending({ user, session }: Credential): void {
  const factors = missingFactors(user, session);
  if (factors.length > 0) throw new AccountError('USER_MORE_FACTORS_REQUIRED', { factors });
}

function rejectStaleProof(policy: OperationPolicy, { by, session }: Credential, now: Date): void {
  const { access } = policy;
  if (policy.distrustsDevices && needsTrust(session)) throw new AccountError('USER_CHALLENGE_REQUIRED');
  const required = access === 'recentChallenge' ? isRecent : access === 'freshProof' ? isFresh : null;
  // A JWT is handed to other services and lives for minutes, but what these operations change lasts.
  if (required && (by === 'jwt' || !required(session, now)))
    throw new AccountError('USER_CHALLENGE_REQUIRED');
}
