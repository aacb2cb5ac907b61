import type { GetUserQuery } from 'gatehouse/client';
import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { OperatorApi } from './operator-api.js';

export interface ConsoleContext {
  readonly api: OperatorApi;
  /**
   * Runs work and shows its error at the top of the page. Locks the console if the server rejects the key.
   *
   * @param signal When it is aborted, the error is ignored.
   */
  readonly attempt: (work: () => Promise<void>, signal?: AbortSignal) => Promise<void>;
}

export const ConsoleContext = createContext<ConsoleContext | null>(null);

export function useConsole(): ConsoleContext {
  const context = useContext(ConsoleContext);
  if (!context) throw new Error('useConsole: render the component inside ConsoleContext.Provider');
  return context;
}

type Load<Data> = (signal: AbortSignal) => Promise<Data>;

/** A user with the first page of each of its lists. */
export type UserDetails = NonNullable<GetUserQuery['getUser']>;

/** Returns a function that loads data. Each call aborts the previous one, and so does the removal of the component. */
export function useLatestRequest(): <Data>(load: Load<Data>, accept: (data: Data) => void) => Promise<void> {
  const { attempt } = useConsole();
  const latest = useRef<AbortController | null>(null);
  useEffect(() => () => latest.current?.abort(), []);
  return useCallback(
    (load, accept) => {
      latest.current?.abort();
      const controller = new AbortController();
      latest.current = controller;
      const { signal } = controller;
      return attempt(async () => {
        const data = await load(signal);
        if (!signal.aborted) accept(data);
      }, signal);
    },
    [attempt],
  );
}

/** Loads data when the component appears and whenever `load` is a new function. */
export function useLoadedData<Data>(load: Load<Data>): {
  readonly data: Data | null;
  readonly reload: () => Promise<void>;
} {
  const [data, setData] = useState<Data | null>(null);
  const request = useLatestRequest();
  const reload = useCallback(() => request(load, (loaded) => setData(() => loaded)), [request, load]);
  useEffect(() => void reload(), [reload]);
  return { data, reload };
}
