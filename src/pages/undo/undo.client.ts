// Reverts the selected security changes with the link of a security notice. The link stays valid.
import { problemText, run, setHidden, setText } from '../operation.js';
import type { UndoData } from './data.js';

interface Undone {
  readonly changes: readonly { readonly id: string }[];
  readonly notRestored: readonly { readonly id: string }[];
}

const undoChange =
  'mutation ($userId: ID, $secret: String, $changeIds: [ID!], $otp: String, $ceremonyId: ID, $credential: JSONObject) {' +
  ' undoChange(userId: $userId, secret: $secret, changeIds: $changeIds, otp: $otp, ceremonyId: $ceremonyId,' +
  ' credential: $credential) { changes { id } notRestored { id } } }';

const hasPasskeys = (): boolean => Boolean(globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON);

/** Asks for a passkey. Returns null if the user cancels. */
async function askForPasskey(): Promise<{ ceremonyId: string; credential: object } | null> {
  const { id, options } = await run<{ id: string; options: PublicKeyCredentialRequestOptionsJSON }>(
    'mutation { createPasskeySignIn { id options } }',
  );
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey }).catch(() => null);
  return credential instanceof PublicKeyCredential
    ? { ceremonyId: id, credential: credential.toJSON() }
    : null;
}

function start(data: UndoData, form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=change]')];
  const otp = form.querySelector<HTMLInputElement>('#otp');
  const buttons = form.querySelectorAll('button');
  const setDisabled = (isDisabled: boolean): void => {
    for (const button of buttons) button.disabled = isDisabled;
  };

  const revert = async (factor: object): Promise<void> => {
    const changeIds = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const isSuggestion =
      changeIds.length === data.suggested.length && data.suggested.every((id) => changeIds.includes(id));
    const variables = { ...data.link, ...factor, ...(!isSuggestion && { changeIds }) };
    const { changes, notRestored } = await run<Undone>(undoChange, variables);
    for (const output of form.querySelectorAll<HTMLOutputElement>('output[data-change]')) {
      const id = output.dataset['change'];
      if (changes.some((change) => change.id === id)) output.textContent = `– ${data.reverted}`;
      if (notRestored.some((change) => change.id === id)) output.textContent = `– ${data.notRestored}`;
    }
    for (const box of boxes) box.disabled = true;
    setHidden('undo-actions', true);
    setText('message', data.done);
  };

  const attempt = (factor: () => Promise<object | null>): void => {
    setDisabled(true);
    setText('problem', '');
    factor()
      .then((given) => given && revert(given))
      .catch((error: unknown) => {
        setText('problem', problemText(data.problems, error));
        otp?.focus();
      })
      .finally(() => setDisabled(false));
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(async () => (otp?.value ? { otp: otp.value } : {}));
  });
  const passkey = document.getElementById('undo-passkey');
  if (passkey && hasPasskeys()) {
    passkey.hidden = false;
    passkey.addEventListener('click', () => attempt(askForPasskey));
  }
}

const form = document.querySelector<HTMLFormElement>('form#undo');
const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as UndoData | null;
if (form && data) start(data, form);
