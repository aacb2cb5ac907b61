import { isAccountError } from './errors.js';
import type { AuthenticationFactor } from './generated/types.js';

/** Keeps the secret of the session where there are no cookies. `localStorage` is one, and so is React Native's AsyncStorage. */
export interface SessionStorage {
  getItem(key: string): Promise<string | null> | string | null;
  setItem(key: string, value: string): Promise<unknown> | unknown;
  removeItem(key: string): Promise<unknown> | unknown;
}

/**
 * What the client knows about its session. Another object for each change, so that it is a snapshot for React's `useSyncExternalStore`.
 * After the page was loaded, the status is `unknown` until `signIn.resume()` or `getAccount()` has asked the server.
 */
export type SessionState =
  | { readonly status: 'unknown' }
  | { readonly status: 'signedOut' }
  /** A second factor is missing: `signIn.resume()` continues the sign-in. */
  | { readonly status: 'factorRequired'; readonly factors: readonly AuthenticationFactor[] }
  /** `userId` is null if a document of your own signed in and did not select it. */
  | { readonly status: 'signedIn'; readonly userId: string | null };

/** What the app is told. */
export interface SessionEvents {
  /** A session is complete, here or in another tab. While a second factor is missing, it is not. */
  readonly onSignedIn?: () => void;
  /**
   * There is no session any more: signed out here or in another tab, ended by the server, or never there. It is not called when a sign-in
   * ends whose second factor was missing, because a new sign-in may replace it.
   */
  readonly onSignedOut?: () => void;
}

/** Keeps things as long as the page or process lives. */
export function memoryStorage(): SessionStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** What a page remembers beside its cookie; for as long as it is open, where its browser lets it keep nothing. */
export function pageStorage(): SessionStorage {
  try {
    // Some servers have one, too, which all visitors would share.
    return isBrowser() ? localStorage : memoryStorage();
  } catch {
    return memoryStorage();
  }
}

/** Keeps the session, and learns from answers what became of it. */
export interface SessionKeeper {
  readonly state: SessionState;
  /** Calls a listener after each change of the state, here or in another tab. */
  subscribe(listener: () => void): () => void;
  /** To be sent with calls; null for a guest, and where cookies do it. */
  bearer(): Promise<string | null>;
  /** Counts sign-ins and sign-outs: what was asked under another number says nothing of the session of now. */
  readonly generation: number;
  /** Learns from an answer what became of the session. @param asked The generation in which the request was sent. */
  learn(data: object, variables: object | undefined, asked: number): Promise<void>;
  /** The same from a refusal. */
  learnRefusal(error: unknown, asked: number): Promise<void>;
  close(): void;
}

/** How session secrets begin. */
const secretPrefix = 'session_';
const key = 'gatehouse.session';

/**
 * @param storage Null where cookies are the session.
 * @param name Tells one server from another, for tabs that listen to each other.
 */
export function createSessionKeeper(
  storage: SessionStorage | null,
  name: string,
  initial: SessionState,
  { onSignedIn, onSignedOut }: SessionEvents,
): SessionKeeper {
  let state = initial;
  let generation = 0;
  let sessionId: string | null = null;
  const listeners = new Set<() => void>();
  let tabs =
    isBrowser() && 'BroadcastChannel' in globalThis ? new BroadcastChannel(`gatehouse ${name}`) : null;

  const change = (next: SessionState): void => {
    state = next;
    for (const listener of [...listeners]) listener();
  };

  /** Takes note of a session that existed before. */
  const discover = (id: unknown): void => {
    const userId = stringOf(id);
    const isKnown = state.status === 'signedIn' && (userId === null || userId === state.userId);
    if (!isKnown) change({ status: 'signedIn', userId });
  };

  /** Takes note of another session, or of none, and tells the app. A second sign-in is another session. */
  const become = (next: SessionState): void => {
    const [before, now] = [state.status, next.status];
    if (before === 'signedOut' && now === 'signedOut') return;
    generation += 1;
    change(next);
    if (now === 'signedIn') onSignedIn?.();
    if (now === 'signedOut' && before !== 'factorRequired') onSignedOut?.();
  };

  const tellTabs = (): void => tabs?.postMessage(state);

  /** @param tell Whether other tabs are to know. */
  const signedOut = async (tell: boolean): Promise<void> => {
    await storage?.removeItem(key);
    sessionId = null;
    become({ status: 'signedOut' });
    if (tell) tellTabs();
  };

  const learnSession = async (secret: string, { id, userId, missingFactors }: Root): Promise<void> => {
    await storage?.setItem(key, secret);
    sessionId = stringOf(id);
    const factors = factorsOf(missingFactors);
    become(
      factors.length > 0
        ? { status: 'factorRequired', factors }
        : { status: 'signedIn', userId: stringOf(userId) },
    );
    tellTabs();
  };

  const follow = async (next: SessionState): Promise<void> => {
    // A storage that is not shared between tabs has not changed.
    const isOut = storage ? (await storage.getItem(key)) === null : next.status === 'signedOut';
    if (isOut === (next.status === 'signedOut')) become(next);
  };
  tabs?.addEventListener('message', ({ data }) => void follow(data as SessionState));

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    bearer: async () => (await storage?.getItem(key)) ?? null,
    get generation() {
      return generation;
    },
    async learn(data, variables, asked) {
      const isCurrent = asked === generation;
      const requested = (variables as { sessionId?: unknown } | undefined)?.sessionId;
      for (const [field, root] of Object.entries(data) as [string, Root | null][]) {
        if (!root) continue;
        const { secret, id, userId, current, deletedSessionId, deletedSessionIds, missingFactors } = root;
        if (typeof secret === 'string' && secret.startsWith(secretPrefix)) await learnSession(secret, root);
        const passed = field === 'updateMfaChallenge' || field === 'updateMfaPasskeyChallenge';
        // A page that was loaded again does not know that its session was pending.
        if (passed && factorsOf(missingFactors).length === 0 && state.status !== 'signedIn') {
          become({ status: 'signedIn', userId: stringOf(userId) });
          tellTabs();
        }
        if (isCurrent && field === 'getAccount') discover(id);
        if (isCurrent && field === 'getSession' && current === true) discover(userId);
        const isEnded =
          // Not where an operator has signed somebody else out.
          (deletedSessionIds !== undefined && field !== 'deleteUserSessions') ||
          // Blocked by its owner.
          field === 'updateStatus' ||
          (deletedSessionId !== undefined && (requested === 'current' || deletedSessionId === sessionId));
        if (isEnded) await signedOut(true);
      }
    },
    async learnRefusal(error, asked) {
      if (asked !== generation) return;
      if (isAccountError(error, 'USER_MORE_FACTORS_REQUIRED') && state.status !== 'factorRequired')
        return change({ status: 'factorRequired', factors: error.factors });
      const wasIn = state.status === 'signedIn';
      const isOver =
        isAccountError(error, 'GENERAL_UNAUTHORIZED_SCOPE') ||
        (wasIn && isAccountError(error, 'USER_BLOCKED'));
      // A page that finds itself a guest has nothing to tell: another may be signing in just now.
      if (isOver) await signedOut(wasIn);
    },
    close() {
      tabs?.close();
      tabs = null;
      listeners.clear();
    },
  };
}

/** What a root field answered. A document of one's own selects what it likes. */
type Root = Readonly<Record<string, unknown>>;
const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const factorsOf = (value: unknown): readonly AuthenticationFactor[] => (Array.isArray(value) ? value : []);

/** Whether there are cookies and tabs. */
export const isBrowser = (): boolean => 'document' in globalThis;
