// Redeems the one-time token of a link with the API. The token stays valid until the page sends the mutation.
import { problemText, run, setHidden, setText } from '../operation.js';
import type { LandingData } from './data.js';

const hasPasskeys = (): boolean => Boolean(globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON);

async function addPasskey(data: LandingData): Promise<void> {
  const { id, options } = await run<{ id: string; options: PublicKeyCredentialCreationOptionsJSON }>(
    'mutation { createPasskeyRegistration { id options } }',
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) return;
  await run(
    'mutation ($id: ID!, $credential: JSONObject!) { createPasskey(ceremonyId: $id, credential: $credential) { id } }',
    { id, credential: credential.toJSON() },
  );
  setHidden('passkey', true);
  setText('message', data.passkeyAdded);
}

/** Whether the account has security changes that the user can revert after the recovery. */
async function hasChanges({ variables }: LandingData): Promise<boolean> {
  const query =
    'query ($userId: ID!, $secret: String!) { listSecurityChanges(userId: $userId, secret: $secret) { id } }';
  return (await run<readonly object[]>(query, variables).catch(() => [])).length > 0;
}

function start(data: LandingData, form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('#password');
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');

  const redeem = async () => {
    const variables = input?.value ? { ...data.variables, password: input.value } : data.variables;
    const result = await run<{ missingFactors?: readonly string[] }>(data.query, variables);
    if (data.changesPage !== null && (await hasChanges(data))) return location.replace(data.changesPage);
    form.hidden = true;
    for (const id of ['disown', 'warning']) document.getElementById(id)?.remove();
    const isPending = (result.missingFactors?.length ?? 0) > 0;
    const done = (input?.value === '' ? data.doneWithoutPassword : null) ?? data.done;
    setText('message', isPending ? data.secondFactor : done);
    setHidden('onward', false);
    setHidden('passkey', isPending || !hasPasskeys());
  };

  const showProblem = (error: unknown) => {
    setText('problem', problemText(data.problems, error));
    if (button) button.disabled = false;
    input?.setAttribute('aria-invalid', 'true');
    input?.focus();
  };

  const attempt = () => {
    if (button) button.disabled = true;
    setText('problem', '');
    input?.removeAttribute('aria-invalid');
    redeem().catch(showProblem);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt();
  });
  document.getElementById('passkey')?.addEventListener('click', () => {
    // If the user cancels, nothing has changed and the user can click again.
    addPasskey(data).catch(() => {});
  });
  if (data.auto) attempt();
}

const form = document.querySelector<HTMLFormElement>('form#redeem');
const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as LandingData | null;
if (form && data) {
  // The secret must not stay in the address bar, in the history, or in a referrer.
  history.replaceState(null, '', location.pathname);
  start(data, form);
}
