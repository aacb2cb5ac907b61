import { noteAccess } from '../access/live-sessions.js';
import { type Authentication, authenticate, type SignedIn } from '../access/viewer.js';
import type { Access } from '../access/policy.js';
import type { Deps } from '../deps.js';
import type { Requester } from '../origin/requester.js';
import type { Exchange } from './exchange.js';

/** What resolvers are given: the world, the request, and who is asking. */
export class Context {
  #authentication: Promise<Authentication> | undefined;
  #signedIn: SignedIn | null = null;

  constructor(
    readonly deps: Deps,
    readonly exchange: Exchange,
  ) {}

  /** Who is asking. Looked up once, and again after a mutation, which may have ended the session or blocked the user. */
  authenticate(): Promise<Authentication> {
    this.#authentication ??= this.#lookUp();
    return this.#authentication;
  }

  forgetCaller(): void {
    this.#authentication = undefined;
  }

  /** Keeps who the policy of the current field let through. */
  admit(caller: SignedIn | null): void {
    this.#signedIn = caller;
  }

  /** Who sends the request, whoever that is. */
  get requester(): Requester {
    return this.exchange.requester;
  }

  /** The caller; null for a guest. */
  get caller(): SignedIn | null {
    return this.#signedIn;
  }

  /** The caller, in a field whose policy demands one: see {@link ContextOf}. */
  get signedIn(): SignedIn {
    if (!this.#signedIn) throw new Error('A field whose policy admits guests asked for the signed-in user.');
    return this.#signedIn;
  }

  async #lookUp(): Promise<Authentication> {
    const authentication = await authenticate(this.deps, this.exchange.credentials);
    if (authentication.kind === 'user') await noteAccess(this.deps, authentication.user);
    return authentication;
  }
}

/** What the resolver of a root field may ask for: a signed-in user only where its policy demands one. */
export type ContextOf<A extends Access> = A extends 'public' ? Omit<Context, 'signedIn'> : Context;
