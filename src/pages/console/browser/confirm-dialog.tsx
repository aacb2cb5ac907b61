import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { describeError } from './operator-api.js';

interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  readonly submitLabel: string;
  readonly isDanger: boolean;
  /** Fields of the form. */
  readonly children?: ComponentChildren;
  readonly submit: (form: FormData) => Promise<unknown>;
  /** Runs after `submit` has succeeded. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks the operator to confirm an action. Shows an error in the dialog and keeps what the operator entered. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);

  const run = async (form: FormData) => {
    setIsBusy(true);
    setProblem('');
    try {
      await props.submit(form);
    } catch (error) {
      setProblem(describeError(error));
      return;
    } finally {
      setIsBusy(false);
    }
    dialog.current?.close();
    props.onDone();
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void run(new FormData(event.currentTarget));
  };

  return (
    <dialog id="confirm" ref={dialog} aria-labelledby="confirm-title" onClose={props.onClose}>
      <form method="dialog" onSubmit={submit}>
        <h2 id="confirm-title">{props.title}</h2>
        <p id="confirm-text">{props.text}</p>
        <div id="confirm-fields">{props.children}</div>
        <p class="problem" id="confirm-problem" role="alert">
          {problem}
        </p>
        <div class="row">
          <button type="button" class="plain" id="confirm-cancel" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="submit"
            id="confirm-yes"
            class={props.isDanger ? 'danger' : undefined}
            disabled={isBusy}
          >
            {props.submitLabel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
