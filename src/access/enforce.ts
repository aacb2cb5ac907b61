import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { AccountError } from '../errors/account-error.js';
import { type LimitedCall, limitUsesOf } from '../limits/key.js';
import type { RateLimiter, ReportOutcome } from '../limits/limiter.js';
import type { KeyedDigest } from '../secrets/digest.js';
import { isFresh, isRecent, missingFactors } from './factors.js';
import type { OperationPolicy } from './policy.js';
import type { Authentication, Credential, Operator, SignedIn } from './viewer.js';

interface EnforceDeps {
  readonly clock: Clock;
  readonly keyedDigest: KeyedDigest;
  readonly config: Pick<Config, 'AUTH_METHODS'>;
  readonly limiter: RateLimiter;
}

/** One call of an operation: who sends it, from where, with which arguments. */
export interface OperationCall extends Pick<LimitedCall, 'clientAddress' | 'deviceSecret' | 'args'> {
  readonly authentication: Authentication;
}

/** A call that the policy allows. */
export interface Admission {
  /** Null for a guest and for an operator. */
  readonly caller: SignedIn | null;
  /** Null unless the operation is for operators: all other operations treat them as guests. */
  readonly operator: Operator | null;
  /** Must be called when the operation has ended, for limits that count failures only. */
  readonly reportOutcome: ReportOutcome;
}

/**
 * Checks a call against a policy, in the order that clients rely on: credentials, scope, blocked, factors, rate limit,
 * disabled method, existing session, recent challenge or fresh proof. Arguments are checked after all of these.
 *
 * @throws {AccountError} the first error that applies.
 */
export async function enforce(
  deps: EnforceDeps,
  policy: OperationPolicy,
  call: OperationCall,
): Promise<Admission> {
  const { credential, operator } = admit(policy, call.authentication);
  const now = deps.clock.now();
  const limited: LimitedCall = {
    user: credential?.user ?? null,
    operatorKeyName: operator?.keyName ?? null,
    clientAddress: call.clientAddress,
    deviceSecret: call.deviceSecret,
    args: call.args,
  };
  const usesOf = (limits: OperationPolicy['limits']) =>
    limits.flatMap((limit) => limitUsesOf(deps.keyedDigest, limit, limited, now));
  await deps.limiter.consume(usesOf(policy.limits.filter(({ failuresOnly }) => !failuresOnly)));
  const reportOutcome = await deps.limiter.attempt(
    usesOf(policy.limits.filter(({ failuresOnly }) => failuresOnly)),
  );
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
    reportOutcome,
  };
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

const asSignedIn = (credential: Credential): SignedIn =>
  ({
    ...credential,
    currentSessionId: credential.by === 'session' ? credential.session.id : null,
  }) as SignedIn;

function rejectPending({ user, session }: Credential): void {
  const factors = missingFactors(user, session.factors);
  if (factors.length > 0) throw new AccountError('USER_MORE_FACTORS_REQUIRED', { factors });
}

function rejectStaleProof({ access }: OperationPolicy, { by, session }: Credential, now: Date): void {
  const required = access === 'recentChallenge' ? isRecent : access === 'freshProof' ? isFresh : null;
  // A JWT is handed to other services and lives for minutes, but what these operations change lasts.
  if (required && (by === 'jwt' || !required(session, now)))
    throw new AccountError('USER_CHALLENGE_REQUIRED');
}
