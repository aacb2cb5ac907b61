import { type Decisions, DecisionNeeded, type Permission } from '../../../access/decisions.js';
import type { Decide, Decision, DecisionRequest } from '../../../decisions.js';
import type { Deps } from '../../../deps.js';
import { AccountError, isAccountError } from '../../../errors/account-error.js';
import { parseLabels } from '../../../input/labels.js';

// The application can refuse new users, sign-ins and new addresses. The functions that write these rows require its permission inside
// their transaction. If it has not been asked, the transaction is rolled back, the application is asked without any lock, and the
// transaction runs again and checks everything again. So no sign-up or sign-in method can skip the question, and after a rejection, codes and links stay valid.

/** How long the application may take. */
const decisionMilliseconds = 3000;
/** A transaction asks for at most two decisions. More mean that the account changes all the time. */
const maxQuestions = 5;

/** An application that decides nothing. */
export const noDecisions: Decisions = {
  require: ({ userId }) => ({ userId, labels: [] }),
  ask: null,
};

/** Asks a function of the application. */
export const createDecisions = (
  { config, log, metrics }: Pick<Deps, 'config' | 'log' | 'metrics'>,
  decide: Decide,
): Decisions => ({
  require(request) {
    throw new DecisionNeeded(request);
  },
  async ask(request) {
    const decision = await decideInTime(decide, request).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ reason, type: request.type }, 'the application did not decide; DECIDE_ON_FAILURE applies');
      return null;
    });
    if (decision === null) {
      metrics?.externalCheck('decision', 'failed');
      if (config.DECIDE_ON_FAILURE !== 'allow') throw new AccountError('USER_REFUSED', { reason: null });
      return { userId: request.userId, labels: [] };
    }
    metrics?.externalCheck('decision', decision.allow ? 'passed' : 'rejected');
    if (decision.allow) return { userId: request.userId, labels: decision.labels ?? [] };
    const { reason } = decision;
    const isKnown = config.DECIDE_REASONS.includes(reason);
    if (!isKnown) log.warn({ reason }, 'a reason of the application is not one of DECIDE_REASONS');
    throw new AccountError('USER_REFUSED', { reason: isKnown ? reason : null });
  },
});

async function decideInTime(decide: Decide, request: DecisionRequest): Promise<Decision> {
  const signal = AbortSignal.timeout(decisionMilliseconds);
  const isOver = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  // An async function, because `decide` may throw before it returns a promise.
  const answer = (async () => decide(request, { signal }))();
  return checked(await Promise.race([answer, isOver]), request);
}

/** The decision, which a program of someone else has made. @throws {TypeError} */
function checked(decision: unknown, { type }: DecisionRequest): Decision {
  const { allow, labels, reason } = Object(decision) as Record<string, unknown>;
  if (allow === false && typeof reason === 'string') return { allow, reason };
  if (allow !== true) throw new TypeError('A decision is { allow: true } or { allow: false, reason }.');
  if (labels === undefined) return { allow };
  const areTexts = Array.isArray(labels) && labels.every((label) => typeof label === 'string');
  if (!areTexts || type !== 'user.create')
    throw new TypeError('Labels are a list of texts, for user.create.');
  return { allow, labels: parseLabels(labels) };
}

/**
 * Runs work whose transaction may need decisions: again, with the decision of the application, as often as it needs another one.
 *
 * @param work Must do nothing outside the transaction that it could not do twice.
 * @param optional What the work can do without. It then gets no permission, instead of an error.
 * @throws {AccountError} USER_REFUSED
 */
export async function withDecisions<D extends Pick<Deps, 'decisions'>, Result>(
  deps: D,
  work: (deps: D) => Promise<Result>,
  optional: DecisionRequest['type'] | null = null,
): Promise<Result> {
  const { ask } = deps.decisions;
  if (!ask) return work(deps);
  const permissions = new Map<string, Permission | null>();
  const decisions: Decisions = {
    ask,
    require(request) {
      const permission = permissions.get(subjectOf(request));
      if (permission === undefined) throw new DecisionNeeded(request);
      return permission;
    },
  };
  for (let questions = 0; ; questions += 1) {
    try {
      return await work({ ...deps, decisions });
    } catch (error) {
      if (!(error instanceof DecisionNeeded) || questions === maxQuestions) throw error;
      const { request } = error;
      const answer = ask(request).catch((refusal: unknown) => {
        if (request.type !== optional || !isAccountError(refusal, 'USER_REFUSED')) throw refusal;
        return null;
      });
      permissions.set(subjectOf(request), await answer);
    }
  }
}

/** What a decision is about. A new account has another id each time, so it keeps the one that the application was told. */
const subjectOf = ({ origin: _, userId, ...request }: DecisionRequest): string =>
  JSON.stringify({ ...request, userId: request.type === 'user.create' ? null : userId });
