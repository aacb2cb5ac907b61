import { type AccountError, isAccountError } from './errors.js';

/** Keeps the secret of the session where there are no cookies. `localStorage` is one, and so is React Native's AsyncStorage. */
export interface SessionStorage {
  getItem(key: string): Promise<string | null> | string | null;
  setItem(key: string, value: string): Promise<unknown> | unknown;
  removeItem(key: string): Promise<unknown> | unknown;
}

/** What the app is told. */
export interface SessionEvents {
  /** A session is complete, here or in another tab. While a second factor is missing, it is not. */
  readonly onSignedIn?: () => void;
  /** There is no session any more: signed out here or in another tab, ended by the server, or never there. */
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
    return localStorage;
  } catch {
    return memoryStorage();
  }
}

/** What the client knows of its session. */
export interface SessionKeeper {
  /** To be sent with calls; null for a guest, and where cookies do it. */
  bearer(): Promise<string | null>;
  /** Counts sign-ins and sign-outs: what was asked under another number says nothing of the session of now. */
  readonly generation: number;
  /** Learns from an answer what became of the session. */
  learn(data: object, variables: object | undefined): Promise<void>;
  /** The same from a refusal. */
  learnRefusal(error: unknown, generation: number): Promise<void>;
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
  { onSignedIn, onSignedOut }: SessionEvents,
): SessionKeeper {
  let state: 'unknown' | 'pending' | 'in' | 'out' = 'unknown';
  let generation = 0;
  let sessionId: string | null = null;
  const tabs =
    isBrowser() && 'BroadcastChannel' in globalThis ? new BroadcastChannel(`gatehouse ${name}`) : null;

  /** Takes note of a change, and tells the app. */
  const become = (next: 'in' | 'out'): boolean => {
    // A second sign-in is another session.
    if (state === next && next === 'out') return false;
    state = next;
    generation += 1;
    if (next === 'in') onSignedIn?.();
    else onSignedOut?.();
    return true;
  };

  /** Tells the app and other tabs that a session is complete. */
  const completed = (): void => {
    become('in');
    tabs?.postMessage('in');
  };

  /** @param isPending Whether a second factor is missing. The app is not told until it is proven. */
  const signedIn = async (secret: string, id: unknown, isPending: boolean): Promise<void> => {
    await storage?.setItem(key, secret);
    sessionId = typeof id === 'string' ? id : null;
    if (!isPending) return completed();
    state = 'pending';
    generation += 1;
  };

  /** @param tell Whether other tabs are to know. */
  const signedOut = async (tell: boolean): Promise<void> => {
    await storage?.removeItem(key);
    sessionId = null;
    if (become('out') && tell) tabs?.postMessage('out');
  };

  const follow = async (message: unknown): Promise<void> => {
    // A storage that is not shared between tabs has not changed.
    const isIn = storage ? (await storage.getItem(key)) !== null : message === 'in';
    if (isIn === (message === 'in')) become(isIn ? 'in' : 'out');
  };
  tabs?.addEventListener('message', ({ data }) => void follow(data));

  return {
    bearer: async () => (await storage?.getItem(key)) ?? null,
    get generation() {
      return generation;
    },
    async learn(data, variables) {
      const requested = (variables as { sessionId?: unknown } | undefined)?.sessionId;
      for (const root of Object.values(data) as (Record<string, unknown> | null)[]) {
        const { secret, id, deletedSessionId, deletedSessionIds, missingFactors } = root ?? {};
        const isComplete = !Array.isArray(missingFactors) || missingFactors.length === 0;
        if (typeof secret === 'string' && secret.startsWith(secretPrefix))
          await signedIn(secret, id, !isComplete);
        // A page that was loaded again does not know that its session was pending.
        const passes = 'updateMfaChallenge' in data || 'updateMfaPasskeyChallenge' in data;
        if (passes && root && isComplete && state !== 'in') completed();
        const isEnded =
          // Not where an operator has signed somebody else out.
          (deletedSessionIds !== undefined && !('deleteUserSessions' in data)) ||
          // Blocked by its owner.
          (root && 'updateStatus' in data) ||
          (deletedSessionId !== undefined && (requested === 'current' || deletedSessionId === sessionId));
        if (isEnded) await signedOut(true);
      }
    },
    async learnRefusal(error, asked) {
      if (asked !== generation || !isOver(error, state === 'in')) return;
      // A page that finds itself a guest has nothing to tell: another may be signing in just now.
      await signedOut(state === 'in');
    },
    close: () => tabs?.close(),
  };
}

const isOver = (error: unknown, wasIn: boolean): error is AccountError =>
  isAccountError(error, 'GENERAL_UNAUTHORIZED_SCOPE') || (wasIn && isAccountError(error, 'USER_BLOCKED'));

/** Whether there are cookies and tabs. */
export const isBrowser = (): boolean => 'document' in globalThis;
