import type { TargetedSubmitEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleData } from '../data.js';
import { createOperatorApi, describeError, isKeyRejected, type OperatorApi } from './operator-api.js';

interface UnlockProps {
  readonly data: ConsoleData;
  /** The reason why the console was locked; empty if there is none. */
  readonly reason: string;
  readonly onUnlock: (api: OperatorApi) => void;
}

/** The form for the operator key. */
export function Unlock({ data, reason, onUnlock }: UnlockProps) {
  const [problem, setProblem] = useState(reason);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);

  const unlock = async (key: string) => {
    const api = createOperatorApi(key, data);
    try {
      await api.client.listUsers({ first: 1 });
    } catch (error) {
      setProblem(isKeyRejected(error) ? 'The server does not know this key.' : describeError(error));
      input.current?.focus();
      return;
    }
    onUnlock(api);
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void unlock(input.current?.value.trim() ?? '');
  };

  return (
    <main class="card narrow" id="unlock">
      <h1>{data.title}</h1>
      <form id="key" onSubmit={submit}>
        <label for="bearer">Operator key</label>
        <input
          id="bearer"
          ref={input}
          type="password"
          autocomplete="off"
          placeholder="operator_…"
          aria-describedby="wrong"
          required
        />
        <p class="problem" id="wrong" role="alert">
          {problem}
        </p>
        <button type="submit">Unlock</button>
      </form>
      <p class="soft">
        This tab keeps the key in memory only. You must enter it again after you close or reload the tab.
      </p>
    </main>
  );
}
