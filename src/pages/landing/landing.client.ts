// @ts-nocheck: runs in the browser.
// Redeems the secret of a link by the API, as any client would. Opening the page redeems nothing.
const { query, variables, auto, done, secondStep, passkeyAdded, problems } =
  JSON.parse(document.getElementById('data').textContent) ?? {};
const form = document.getElementById('redeem');
const input = document.getElementById('password');
const problem = document.getElementById('problem');

async function run(query, variables) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw Object.assign(new Error(), { code: errors[0].extensions.code });
  return Object.values(data)[0];
}

async function redeem() {
  const answer = await run(query, input ? { ...variables, password: input.value } : variables);
  // The secret is used up; it need not stay in the history.
  history.replaceState(null, '', location.pathname);
  form.hidden = true;
  for (const id of ['disown', 'warning']) document.getElementById(id)?.remove();
  const isPending = answer.missingFactors?.length > 0;
  document.getElementById('message').textContent = isPending ? secondStep : done;
  document.getElementById('onward').hidden = false;
  const offer = document.getElementById('passkey');
  if (offer) offer.hidden = isPending || !globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;
}

async function addPasskey({ target }) {
  const { id, options } = await run('mutation { createPasskeyRegistration { id options } }');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = (await navigator.credentials.create({ publicKey })).toJSON();
  const add =
    'mutation ($id: ID!, $credential: JSONObject!) { createPasskey(ceremonyId: $id, credential: $credential) { id } }';
  await run(add, { id, credential });
  target.hidden = true;
  document.getElementById('message').textContent = passkeyAdded;
}

function fail(text) {
  problem.textContent = text;
  form.querySelector('button').disabled = false;
  input?.setAttribute('aria-invalid', 'true');
  input?.focus();
}

function attempt() {
  form.querySelector('button').disabled = true;
  problem.textContent = '';
  input?.removeAttribute('aria-invalid');
  return redeem().catch(({ code }) => fail(code ? (problems[code] ?? problems.other) : problems.unreachable));
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt();
});
// A person who says no has changed nothing, and may press it again.
document.getElementById('passkey')?.addEventListener('click', (event) => addPasskey(event).catch(() => {}));
if (form && auto) void attempt();
