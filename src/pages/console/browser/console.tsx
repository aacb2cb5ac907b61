import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConsoleData } from '../data.js';
import { Activity } from './activity.js';
import { ConsoleContext } from './context.js';
import { Invitations } from './invitations.js';
import { allMessages, Messages } from './messages.js';
import { describeError, isKeyRejected, type OperatorApi } from './operator-api.js';
import { Unlock } from './unlock.js';
import { User } from './user.js';
import { Users } from './users.js';

/** The console: a form for the operator key, then the views. */
export function Console(data: ConsoleData) {
  const [api, setApi] = useState<OperatorApi | null>(null);
  const [lockReason, setLockReason] = useState('');
  const lock = useCallback((reason: string) => {
    setLockReason(reason);
    setApi(null);
  }, []);
  return api ? (
    <UnlockedConsole title={data.title} api={api} lock={lock} />
  ) : (
    <Unlock data={data} reason={lockReason} onUnlock={setApi} />
  );
}

const links = [
  ['users', 'Users'],
  ['invitations', 'Invitations'],
  ['messages', 'Messages'],
  ['activity', 'Activity'],
] as const;

interface UnlockedConsoleProps {
  readonly title: string;
  readonly api: OperatorApi;
  readonly lock: (reason: string) => void;
}

function UnlockedConsole({ title, api, lock }: UnlockedConsoleProps) {
  const [problem, setProblem] = useState('');
  const hash = useHash();
  const { view, userId, sentTo } = readRoute(hash);
  const main = useRef<HTMLElement>(null);

  const attempt = useCallback<ConsoleContext['attempt']>(
    async (work, signal) => {
      setProblem('');
      try {
        await work();
      } catch (error) {
        if (signal?.aborted) return;
        if (isKeyRejected(error)) lock('The server no longer accepts the key.');
        else setProblem(describeError(error));
      }
    },
    [lock],
  );
  const context = useMemo(() => ({ api, attempt }), [api, attempt]);

  // Focuses the new view, unless the view has focused one of its fields.
  useLayoutEffect(() => {
    if (!main.current?.contains(document.activeElement)) main.current?.focus();
  }, [hash]);

  return (
    <ConsoleContext.Provider value={context}>
      <div id="console">
        <header class="row">
          <h1>{title}</h1>
          <nav class="row" aria-label="Console">
            {links.map(([name, text]) => (
              <a key={name} href={`#/${name}`} aria-current={name === view ? 'page' : undefined}>
                {text}
              </a>
            ))}
            <button type="button" class="plain" id="lock" onClick={() => lock('')}>
              Lock
            </button>
          </nav>
        </header>
        <p class="problem" id="problem" role="alert">
          {problem}
        </p>
        <main id="view" tabIndex={-1} ref={main}>
          <View view={view} userId={userId} sentTo={sentTo} />
        </main>
      </div>
    </ConsoleContext.Provider>
  );
}

/** The view of a route. The search and the filters stay the same when the operator leaves a view and returns. */
function View({ view, userId, sentTo }: Route) {
  const [search, setSearch] = useState('');
  const [filters, setFilters] = useState(allMessages);
  useEffect(() => {
    if (sentTo !== null) setFilters({ ...allMessages, to: sentTo });
  }, [sentTo]);
  if (userId !== null) return <User key={userId} userId={userId} />;
  if (view === 'messages') return <Messages filters={filters} onChange={setFilters} />;
  if (view === 'invitations') return <Invitations />;
  if (view === 'activity') return <Activity />;
  return <Users search={search} onChange={setSearch} />;
}

interface Route {
  readonly view: string;
  readonly userId: string | null;
  /** The recipient whose messages are to be shown. */
  readonly sentTo: string | null;
}

/** Reads `#/users`, `#/users/<id>`, `#/invitations`, `#/messages`, `#/messages/<recipient>` and `#/activity`. */
function readRoute(hash: string): Route {
  const [, view = 'users', part] = hash.split('/');
  const of = (name: string) => (view === name && part ? decodePart(part) : null);
  return { view, userId: of('users'), sentTo: of('messages') };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const update = () => setHash(location.hash);
    addEventListener('hashchange', update);
    return () => removeEventListener('hashchange', update);
  }, []);
  return hash;
}
