import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { AccountError } from '../errors/account-error.js';
import type { CodeDigester } from '../secrets/digest.js';
import { type Counted, drawsOf } from './draws.js';
import { isFresh, isRecent, missingFactors } from './factors.js';
import type { OperationPolicy } from './policy.js';
import type { RateLimiter, Settle } from './rate-limiter.js';
import type { Authentication, Credential, Operator, SignedIn } from './viewer.js';

interface World {
  readonly clock: Clock;
  readonly codes: CodeDigester;
  readonly config: Pick<Config, 'AUTH_METHODS'>;
  readonly limiter: RateLimiter;
}

/** A call that may go on. */
export interface Admission {
  /** Null for a guest and for an operator. */
  readonly caller: SignedIn | null;
  /** Null for everybody else, and where an operation is not for operators: to those they are guests. */
  readonly operator: Operator | null;
  /** To be called when the operation has ended: budgets of which only failures count are drawn from then. */
  readonly settle: Settle;
}

/**
 * Holds a call against a policy, in the order clients rely on: credentials, scope, blocked, factors, rate limit,
 * switched-off method, second session, recent challenge or fresh proof. Arguments come after all of these.
 *
 * @throws {AccountError} the first refusal that applies.
 */
export async function enforce(world: World, policy: OperationPolicy, call: Counted): Promise<Admission> {
  const { credential, operator } = admit(policy, call.authentication);
  const now = world.clock.now();
  const drawsFrom = (budgets: OperationPolicy['budgets']) =>
    budgets.flatMap((budget) => drawsOf(world.codes, budget, call, now));
  await world.limiter.draw(drawsFrom(policy.budgets.filter(({ failuresOnly }) => !failuresOnly)));
  const settle = await world.limiter.attempt(
    drawsFrom(policy.budgets.filter(({ failuresOnly }) => failuresOnly)),
  );
  try {
    if (policy.method && !world.config.AUTH_METHODS.includes(policy.method)) {
      throw new AccountError('USER_AUTH_METHOD_UNSUPPORTED');
    }
    if (credential && policy.startsSession) throw new AccountError('USER_SESSION_ALREADY_EXISTS');
    if (credential) refuseStale(policy, credential, now);
  } catch (error) {
    await settle('passed');
    throw error;
  }
  return {
    caller: credential && asSignedIn(credential),
    operator: operator && ({ keyName: operator.keyName } as Operator),
    settle,
  };
}

/**
 * Holds who is asking against a policy, as far as that needs no counting: what lets a stream begin must let it go on.
 *
 * @throws {AccountError} the first refusal that applies.
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
  if (credential && policy.access !== 'firstFactor') refusePending(credential);
  return { credential, operator };
}

const asSignedIn = (credential: Credential): SignedIn =>
  ({
    ...credential,
    currentSessionId: credential.by === 'session' ? credential.session.id : null,
  }) as SignedIn;

function refusePending({ user, session }: Credential): void {
  const factors = missingFactors(user, session.factors);
  if (factors.length > 0) throw new AccountError('USER_MORE_FACTORS_REQUIRED', { factors });
}

function refuseStale({ access }: OperationPolicy, { by, session }: Credential, now: Date): void {
  const needed = access === 'recentChallenge' ? isRecent : access === 'freshProof' ? isFresh : null;
  // A JWT is lent out for minutes; what these operations change would last.
  if (needed && (by === 'jwt' || !needed(session, now))) throw new AccountError('USER_CHALLENGE_REQUIRED');
}
