// Redeems the one-time token of a link with the API. The token stays valid until the page sends the mutation.
import type { LandingData } from './data.js';

/** The API rejected an operation. */
class ResponseError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

interface GraphqlResponse<Result> {
  readonly data?: Readonly<Record<string, Result>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Runs an operation that has one root field, and returns the value of the field. */
async function run<Result>(query: string, variables: object = {}): Promise<Result> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as GraphqlResponse<Result>;
  if (errors?.[0]) throw new ResponseError(errors[0].extensions.code);
  const [result] = Object.values(data ?? {});
  if (result === undefined) throw new Error('The response contains no data.');
  return result;
}

function setText(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}

function setHidden(id: string, isHidden: boolean): void {
  const element = document.getElementById(id);
  if (element) element.hidden = isHidden;
}

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

function start(data: LandingData, form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('#password');
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');

  const redeem = async () => {
    const variables = input ? { ...data.variables, password: input.value } : data.variables;
    const result = await run<{ missingFactors?: readonly string[] }>(data.query, variables);
    // The token is used. The browser history does not need it.
    history.replaceState(null, '', location.pathname);
    form.hidden = true;
    for (const id of ['disown', 'warning']) document.getElementById(id)?.remove();
    const isPending = (result.missingFactors?.length ?? 0) > 0;
    setText('message', isPending ? data.secondFactor : data.done);
    setHidden('onward', false);
    setHidden('passkey', isPending || !hasPasskeys());
  };

  const showProblem = (error: unknown) => {
    const key = error instanceof ResponseError ? error.code : 'unreachable';
    setText('problem', data.problems[key] ?? data.problems['other'] ?? key);
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
if (form && data) start(data, form);
