import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Client } from './client.js';
import type { SessionState } from './session.js';
import type { Challenge, CodeSent, LinkSent, Redirect, SignIn, SignInFlows } from './sign-in-steps.js';

interface Provided {
  readonly client: Client;
  /** The session when the provider was mounted: what a server rendered, until the page is hydrated. */
  readonly first: SessionState;
}

const Context = createContext<Provided | null>(null);

/** @see GatehouseProvider */
export interface GatehouseProviderProps {
  /** One client for the whole app, or for each request where a server renders. */
  readonly client: Client;
  readonly children?: ReactNode;
}

const [firstRetryMilliseconds, maxRetryMilliseconds] = [2_000, 60_000];

/** Gives the client to the hooks below it, and asks the server who is signed in if that is unknown, until the server responds. */
export function GatehouseProvider({ client, children }: GatehouseProviderProps): ReactElement {
  const [first] = useState(client.session);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isMounted = true;
    const ask = (wait: number): void => {
      if (client.session.status !== 'unknown') return;
      client.signIn.resume().catch(() => {
        if (isMounted) timer = setTimeout(ask, wait, Math.min(wait * 2, maxRetryMilliseconds));
      });
    };
    ask(firstRetryMilliseconds);
    return () => {
      isMounted = false;
      clearTimeout(timer);
    };
  }, [client]);
  return createElement(Context.Provider, { value: { client, first } }, children);
}

function useProvided(): Provided {
  const provided = useContext(Context);
  if (!provided) throw new Error('This hook needs a GatehouseProvider above it.');
  return provided;
}

/** The client of the provider. */
export const useClient = (): Client => useProvided().client;

/** The session. The component is rendered again when it changes, here or in another tab. */
export function useSession(): SessionState {
  const { client, first } = useProvided();
  return useSyncExternalStore(
    client.subscribe,
    () => client.session,
    () => first,
  );
}

type Account = Awaited<ReturnType<Client['getAccount']>>;

/** The account of the signed-in user. */
export interface AccountState {
  /** Null until the account is loaded, after an error, and while no one is signed in. */
  readonly account: Account | null;
  /** Why it could not be loaded. */
  readonly error: unknown;
  /** Loads it again, for example after a change. */
  reload(): Promise<void>;
}

/** Loads the account of the signed-in user, and again for each new session. */
export function useAccount(): AccountState {
  const client = useClient();
  const session = useSession();
  const [loaded, setLoaded] = useState<{ of: SessionState; account: Account | null; error: unknown }>();
  const reload = useCallback(async () => {
    const of = client.session;
    const [account, error] = await client.getAccount().then(
      (answer) => [answer, null] as const,
      (reason: unknown) => [null, reason] as const,
    );
    setLoaded({ of, account, error });
  }, [client]);
  useEffect(() => {
    if (session.status === 'signedIn') void reload();
  }, [session, reload]);
  // What was loaded for another session is not shown.
  const isCurrent = session.status === 'signedIn' && loaded?.of === session;
  return { account: isCurrent ? loaded.account : null, error: isCurrent ? loaded.error : null, reload };
}

/** A step of a sign-in. */
export type SignInStep = SignIn | CodeSent | LinkSent | Redirect | Challenge;

/** The state of a sign-in. */
export interface SignInState {
  /** Null before it starts, and after the user signed out. */
  readonly step: SignInStep | null;
  /** Why the last action failed. Null while the next one runs. */
  readonly error: unknown;
  readonly isBusy: boolean;
  /**
   * Runs an action and keeps the step that it comes to.
   *
   * @example
   * await run((signIn) => signIn.withPassword({ email, password }));
   * if (step?.status === 'challenge') await run(() => step.answer(code));
   */
  run(action: (signIn: SignInFlows) => Promise<SignInStep>): Promise<void>;
  /** Clears the step, so that the user can choose another way to sign in. */
  reset(): void;
}

/** Guides a user through a sign-in. After the page was loaded again, it continues with the second factor. */
export function useSignIn(): SignInState {
  const client = useClient();
  const { status } = useSession();
  const [state, setState] = useState<Pick<SignInState, 'step' | 'error'>>({ step: null, error: null });
  const [isBusy, setBusy] = useState(false);
  const running = useRef(0);

  const run = useCallback<SignInState['run']>(
    async (action) => {
      // If two actions run at the same time, only the result of the later one is used.
      running.current += 1;
      const number = running.current;
      setBusy(true);
      setState(({ step }) => ({ step, error: null }));
      const [step, error] = await action(client.signIn).then(
        (answer) => [answer, null] as const,
        (reason: unknown) => [null, reason] as const,
      );
      if (number !== running.current) return;
      setBusy(false);
      setState((before) => (step ? { step, error } : { step: before.step, error }));
    },
    [client],
  );
  const reset = useCallback(() => {
    running.current += 1;
    setBusy(false);
    setState({ step: null, error: null });
  }, []);

  useEffect(() => {
    if (status === 'factorRequired' && running.current === 0)
      void run(
        async (signIn) =>
          (await signIn.resume()) ??
          Promise.reject(new Error('There is no sign-in to continue. Sign in again.')),
      );
  }, [status, run]);
  const isOver = status === 'signedOut' && state.step?.status === 'signedIn';
  return { ...state, step: isOver ? null : state.step, isBusy, run, reset };
}
