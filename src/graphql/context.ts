import { actorOf } from '../access/actor.js';
import { recordAccess } from '../access/live-sessions.js';
import type { Admission } from '../access/enforce.js';
import { isFresh, isOperatorSession } from '../access/factors.js';
import { type Authentication, authenticate, type Operator, type SignedIn } from '../access/viewer.js';
import type { Access } from '../access/policy.js';
import type { Deps } from '../deps.js';
import { networkOf } from '../limits/subject.js';
import type { Requester } from '../origin/requester.js';
import type { Exchange } from './exchange.js';

const userKey = (id: string): string => `user ${id}`;
const operatorKey = (name: string): string => `operator ${name}`;
const networkKey = (clientAddress: string): string => `network ${networkOf(clientAddress)}`;

/** Returns the key that the in-flight limits count a caller by: the user, the operator's key, or the client network of a guest. */
export function callerKeyOf(authentication: Authentication, clientAddress: string): string {
  if (authentication.kind === 'user') return userKey(authentication.user.id);
  return authentication.kind === 'operator' ? operatorKey(authentication.keyName) : networkKey(clientAddress);
}

/** What resolvers are given: the deps, the request, and who is asking. */
export class Context {
  #authentication: Promise<Authentication> | undefined;
  #admission: Omit<Admission, 'reportOutcome'> = { caller: null, operator: null, hasProof: false };
  #isOperator = false;
  #requester: Requester | undefined;

  constructor(
    readonly deps: Deps,
    readonly exchange: Exchange,
  ) {}

  /** Who is asking. Looked up once, and again after a mutation, which may have ended the session or blocked the user. */
  authenticate(): Promise<Authentication> {
    this.#authentication ??= this.#lookUp();
    return this.#authentication;
  }

  /** The same, looked up now. */
  authenticateAgain(): Promise<Authentication> {
    this.clearCaller();
    return this.authenticate();
  }

  clearCaller(): void {
    this.#authentication = undefined;
  }

  /** Keeps who the policy of the current field let through. */
  admit(admission: Omit<Admission, 'reportOutcome'>): void {
    this.#admission = admission;
    // No request is an operator's and somebody else's.
    this.#isOperator ||= admission.operator !== null;
  }

  /** Looks up who sends the request: before each mutation. */
  async resolveRequester(): Promise<void> {
    const { caller, operator, hasProof } = this.#admission;
    const actor = await actorOf(this.deps, caller, operator);
    this.#requester = { ...(await this.exchange.requester()), actor, hasProof };
  }

  /** Who sends the request. Only mutations have it. */
  get requester(): Requester {
    if (!this.#requester) throw new Error('Only mutations look up the requester.');
    return this.#requester;
  }

  /** The caller; null for a guest and for an operator. */
  get caller(): SignedIn | null {
    return this.#admission.caller;
  }

  /** Whether what is answered is not for its owner. */
  get isOperator(): boolean {
    return this.#isOperator;
  }

  /** Whether the caller is a session, and not a JWT, that began or passed a challenge in the last minutes. */
  get hasFreshProof(): boolean {
    const { caller } = this.#admission;
    return caller?.by === 'session' && isFresh(caller.session, this.deps.clock.now());
  }

  /** The key that the in-flight limits count the caller by. */
  get callerKey(): string {
    const { caller, operator } = this.#admission;
    if (caller) return userKey(caller.user.id);
    return operator ? operatorKey(operator.keyName) : networkKey(this.exchange.clientAddress);
  }

  /** The caller, in a field whose policy demands one: see {@link ContextOf}. */
  get signedIn(): SignedIn {
    const { caller } = this.#admission;
    if (!caller) throw new Error('A field whose policy admits guests asked for the signed-in user.');
    return caller;
  }

  /** The operator, in a field whose policy demands one. */
  get operator(): Operator {
    const { operator } = this.#admission;
    if (!operator) throw new Error('A field whose policy admits others asked for the operator.');
    return operator;
  }

  async #lookUp(): Promise<Authentication> {
    const authentication = await authenticate(this.deps, this.exchange.credentials);
    if (authentication.kind === 'user' && !isOperatorSession(authentication.session))
      await recordAccess(this.deps, authentication.user);
    return authentication;
  }
}

/** What the resolver of a root field may ask for: a signed-in user, or an operator, only where its policy demands one. */
export type ContextOf<A extends Access> = A extends 'operator'
  ? Omit<Context, 'signedIn'>
  : A extends 'public' | 'anyone'
    ? Omit<Context, 'signedIn' | 'operator'>
    : Omit<Context, 'operator'>;
