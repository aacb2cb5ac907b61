import { isAccountError } from './errors.js';
import { createPendingSignIns } from './pending-sign-ins.js';
import { loadLate } from './late.js';
import type { LogEntry, LogListener } from './log-stream.js';
import { type Arguments, createMethods, type Methods } from './methods.js';
import type { Operation, TypedDocument } from './operation.js';
import type { CreatePasskeyMutation } from './generated/types.js';
import { createOptionsKeeper, type SignInOptions } from './options.js';
import { createCredential, hasPasskeys, PasskeyError, requestCredential } from './passkeys.js';
import { createLandings, type Landing, marked } from './redirect.js';
import {
  createSessionKeeper,
  isBrowser,
  memoryStorage,
  pageStorage,
  type SessionEvents,
  type SessionState,
  type SessionStorage,
} from './session.js';
import { createSignInFlows } from './sign-in.js';
import type { Proof, SignInFlows } from './sign-in-steps.js';
import { type Answered, type CallOptions, createTransport, type TransportOptions } from './transport.js';

export type * from './generated/types.js';
export {
  AccountError,
  type ArgumentIssue,
  ConnectionError,
  type ErrorsOf,
  isAccountError,
  type MissingFeature,
  PlatformError,
  type RequiredProof,
  type ServerError,
  type WorkParameters,
} from './errors.js';
export type { LogEntry, LogListener } from './log-stream.js';
export type { Methods } from './methods.js';
export { PasskeyError, type PasskeyProblem } from './passkeys.js';
export type { SignInOptions } from './options.js';
export type { PasskeyCreationOptions, PasskeyRequestOptions } from './passkey-options.js';
export type { Landing } from './redirect.js';
export { memoryStorage, type SessionEvents, type SessionState, type SessionStorage } from './session.js';
export type {
  Challenge,
  CodeFactor,
  CodeSent,
  EnrolmentRequired,
  FactorRequired,
  LinkSent,
  Proof,
  ProofRequired,
  Redirect,
  Session,
  SignedIn,
  SignIn,
  SignInFlows,
  TrustOptions,
} from './sign-in-steps.js';
export type { CallOptions, TransportOptions } from './transport.js';
export type { ErrorCode, Factor, IdentityProvider, LogEvent, SessionProvider } from './generated/values.js';

/** How a client is set up. */
export interface ClientOptions extends TransportOptions, SessionEvents {
  /**
   * Where the secret of the session is kept. Unless given, it is the HttpOnly cookie in a browser, and memory elsewhere.
   * `localStorage` in a browser is for apps on another site than the server: scripts can read it. Null if `fetch` sends cookies.
   */
  readonly storage?: SessionStorage | null;
  /** What is known about the session at first: the `session` of the client with which a server rendered the page. */
  readonly session?: SessionState;
}

/** An account API, typed. */
export interface Client extends Methods {
  /**
   * Runs a document of your own, typed by codegen.
   *
   * @throws {AccountError} as soon as one root field failed; what the others answered is its `data`.
   */
  run<Data, Variables>(
    document: TypedDocument<Data, Variables> | Operation<Data, Variables>,
    ...rest: Arguments<Variables>
  ): Promise<Answered<Data>>;
  /** What the client knows about its session, in step with other tabs. */
  readonly session: SessionState;
  /**
   * Calls a listener after each change of `session`.
   *
   * @returns Stops calling it.
   */
  subscribe(listener: () => void): () => void;
  /** Loads what a sign-in page shows: the methods, the providers and who can sign up. Kept for a minute. */
  options(): Promise<SignInOptions>;
  /** Signs in, second factor included. */
  readonly signIn: SignInFlows;
  readonly passkeys: {
    /** Whether this browser has passkeys. */
    isSupported(): boolean;
    /**
     * Has the browser make a passkey for the account. The session must be fresh, or it is `USER_CHALLENGE_REQUIRED`.
     *
     * @throws {PasskeyError} when the browser makes none.
     */
    register(name?: string): Promise<Answered<CreatePasskeyMutation>['createPasskey']>;
  };
  /** Ends this session. */
  signOut(): Promise<void>;
  /** Mails a link that sets a new password; its page calls `handleRedirect`. */
  recoverPassword(of: { email: string; url?: string }, options?: CallOptions): Promise<void>;
  /** Mails a link that confirms the address of the account; its page calls `handleRedirect`. */
  verifyEmail(by?: { url?: string }): Promise<void>;
  /** What a page was opened with by a link or a provider; `location` in a browser. */
  handleRedirect(location: { readonly href: string }): Promise<Landing>;
  /**
   * A JWT for other services. The same one until a minute before it ends.
   *
   * @param profile One of the setting `JWT_PROFILES`.
   */
  jwt(profile?: string): Promise<string>;
  /** Lets the user prove a factor again, for a service whose `createSessionVerifier` demands it. Ends with a new JWT. */
  prove(profile?: string): Promise<Proof>;
  /**
   * Follows the security log of whoever is signed in: each line within a second, on every device. It connects again by itself.
   *
   * @param onEnd When the server says that the session is over.
   * @returns Stops following.
   */
  onLog(onLine: (line: LogEntry) => void, onEnd?: LogListener['onEnd']): () => void;
  /** Stops listening to other tabs. */
  close(): void;
}

/**
 * Speaks to an account API.
 *
 * @example
 * const client = createClient({ url: 'https://accounts.example.com/graphql' });
 * await client.createAccount({ email, password });
 * const step = await client.signIn.withPassword({ email, password });
 * if (step.status === 'factorRequired' && step.codeFactors[0]) {
 *   const challenge = await step.ask(step.codeFactors[0]);
 *   await challenge.answer(code);
 * }
 */
export function createClient(options: ClientOptions): Client {
  const { storage = isBrowser() ? null : memoryStorage() } = options;
  const session = createSessionKeeper(
    storage,
    options.url,
    options.session ?? { status: 'unknown' },
    options,
  );
  const send = createTransport(options, storage ? 'omit' : 'include');

  const run = async <Data, Variables>(
    document: TypedDocument<Data, Variables> | Operation<Data, Variables>,
    variables?: Variables,
    callOptions?: CallOptions,
  ): Promise<Answered<Data>> => {
    const { generation } = session;
    try {
      const data = await send(document, variables, await session.bearer(), callOptions).catch(
        async (error: unknown) => {
          if (!isAccountError(error) || !error.proof?.challenge) throw error;
          const { proveWork } = await loadLate(() => import('./proof-of-work.js'));
          const proof = await proveWork(error.proof.challenge, callOptions?.signal);
          return send(document, variables, await session.bearer(), { ...callOptions, proof });
        },
      );
      await session.learn(data, variables ?? undefined, generation);
      return data;
    } catch (error) {
      // Of several operations, those that worked have happened.
      if (isAccountError(error)) await session.learn(error.data ?? {}, variables ?? undefined, generation);
      await session.learnRefusal(error, generation);
      throw error;
    }
  };

  const methods = createMethods(run);
  let jwts: Promise<ReturnType<typeof import('./jwt.js').createJwtKeeper>> | undefined;
  const keptJwts = () => {
    jwts ??= loadLate(() => import('./jwt.js')).then(({ createJwtKeeper }) =>
      createJwtKeeper(methods, () => session.generation, requestCredential),
    );
    // The next caller loads it again.
    jwts.catch(() => {
      jwts = undefined;
    });
    return jwts;
  };
  const pendingSignIns = createPendingSignIns(storage ?? pageStorage());
  const { flows, redeem } = createSignInFlows(methods, storage, pendingSignIns);
  return {
    ...methods,
    run: run as Client['run'],
    get session() {
      return session.state;
    },
    subscribe: session.subscribe,
    options: createOptionsKeeper(methods.signInOptions),
    signIn: flows,
    passkeys: {
      isSupported: hasPasskeys,
      async register(name) {
        if (!hasPasskeys()) throw new PasskeyError('unsupported');
        const { id: ceremonyId, options } = await methods.createPasskeyRegistration();
        const credential = await createCredential(options);
        return methods.createPasskey({ ceremonyId, credential, name: name ?? null });
      },
    },
    signOut: async () => void (await methods.deleteSession({ sessionId: 'current' })),
    recoverPassword: async ({ email, url }, options) => {
      const page = url ? marked(url, 'recovery', await pendingSignIns.number()) : null;
      await methods.createRecovery({ email, url: page }, options);
    },
    verifyEmail: async ({ url } = {}) =>
      void (await methods.createVerification({
        url: url ? marked(url, 'verification', await pendingSignIns.number()) : null,
      })),
    handleRedirect: createLandings(async (href) => {
      const { readLanding } = await loadLate(() => import('./landing.js'));
      return readLanding(href, methods, redeem, pendingSignIns.isKnown);
    }),
    jwt: async (profile) => (await keptJwts()).get(profile),
    prove: async (profile) => (await keptJwts()).prove(profile),
    onLog(onLine, onEnd) {
      const stop = new AbortController();
      const listener = { onLine, ...(onEnd && { onEnd }) };
      loadLate(() => import('./log-stream.js')).then(
        ({ followLog }) =>
          followLog(options, session.bearer, storage ? 'omit' : 'include', listener, stop.signal),
        onEnd,
      );
      return () => stop.abort();
    },
    close: session.close,
  };
}
