import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { AccountError } from '../errors/account-error.js';
import type { Budget, BudgetKey } from './budget.js';
import { isPending, isRecent, verifiedFactors } from './factors.js';
import type { OperationPolicy } from './policy.js';
import { addressGroup, type RateLimiter, type Refund } from './rate-limiter.js';
import type { Authentication, Credential, SignedIn } from './viewer.js';

/** What a policy is held against. */
export interface Call {
  readonly authentication: Authentication;
  readonly clientAddress: string;
  readonly args: Readonly<Record<string, unknown>>;
}

interface World {
  readonly clock: Clock;
  readonly config: Pick<Config, 'AUTH_METHODS'>;
  readonly limiter: RateLimiter;
}

/** A call that may go on. */
export interface Admission {
  /** Null for a guest. */
  readonly caller: SignedIn | null;
  /** To be called when the operation has succeeded: gives back the points of budgets that count failures only. */
  succeeded(): Promise<void>;
}

/**
 * Holds a call against a policy, in the order clients rely on: credentials, scope, blocked, factors, rate limit,
 * switched-off method, second session, recent challenge. Arguments come after all of these.
 *
 * @throws {AccountError} the first refusal that applies.
 */
export async function enforce(world: World, policy: OperationPolicy, call: Call): Promise<Admission> {
  const { authentication } = call;
  if (authentication.kind === 'invalidJwt') throw new AccountError('USER_JWT_INVALID');
  if (authentication.kind === 'conflict') throw new AccountError('USER_CREDENTIALS_CONFLICT');
  const credential = authentication.kind === 'user' ? authentication : null;
  if (!credential && policy.access !== 'public') throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  if (credential && !credential.user.enabled) throw new AccountError('USER_BLOCKED');
  if (credential && policy.access !== 'firstFactor') refusePending(credential);
  const refunds: Refund[] = [];
  for (const budget of policy.budgets) {
    const refund = await world.limiter.draw(budget, budgetKey(budget, call));
    if (budget.failuresOnly) refunds.push(refund);
  }
  if (policy.method && !world.config.AUTH_METHODS.includes(policy.method)) {
    throw new AccountError('USER_AUTH_METHOD_UNSUPPORTED');
  }
  if (credential && policy.startsSession) throw new AccountError('USER_SESSION_ALREADY_EXISTS');
  if (policy.access === 'recentChallenge') refuseStale(credential, world.clock.now());
  const succeeded = async () => void (await Promise.all(refunds.map((refund) => refund())));
  return { caller: credential && asSignedIn(credential), succeeded };
}

const asSignedIn = (credential: Credential): SignedIn =>
  ({
    ...credential,
    currentSessionId: credential.by === 'session' ? credential.session.id : null,
  }) as SignedIn;

function refusePending({ user, session }: Credential): void {
  if (!isPending(user, session.factors)) return;
  const factors = verifiedFactors(user).filter((factor) => !session.factors.includes(factor));
  throw new AccountError('USER_MORE_FACTORS_REQUIRED', {
    factors: factors.map((factor) => factor.toUpperCase()),
  });
}

function refuseStale(credential: Credential | null, now: Date): void {
  const passedAt = credential?.by === 'session' ? credential.session.mfaUpdatedAt : null;
  if (!isRecent(passedAt, now)) throw new AccountError('USER_CHALLENGE_REQUIRED');
}

function budgetKey({ per }: Budget, call: Call): string {
  return JSON.stringify(per.map((key) => keyValue(key, call)));
}

/** Spellings of one address must not have budgets of their own. */
function keyValue(key: BudgetKey, { authentication, clientAddress, args }: Call): string {
  if (key === 'ip') return addressGroup(clientAddress);
  if (key === 'user')
    return authentication.kind === 'user' ? authentication.user.id : addressGroup(clientAddress);
  const value = args[key];
  return typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase().slice(0, 512) : '';
}
