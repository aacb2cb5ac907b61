// @ts-nocheck: runs in the browser.
// Redeems the secret of a link by the API, as any client would. Opening the page redeems nothing.
const { query, variables, auto, done, secondStep, problems } =
  JSON.parse(document.getElementById('data').textContent) ?? {};
const form = document.getElementById('redeem');
const input = document.getElementById('password');
const problem = document.getElementById('problem');

async function redeem() {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: input ? { ...variables, password: input.value } : variables }),
  });
  const { data, errors } = await response.json();
  if (errors) return fail(problems[errors[0].extensions.code] ?? problems.other);
  // The secret is used up; it need not stay in the history.
  history.replaceState(null, '', location.pathname);
  form.hidden = true;
  for (const id of ['disown', 'warning']) document.getElementById(id)?.remove();
  const [answer] = Object.values(data);
  document.getElementById('message').textContent = answer.missingFactors?.length ? secondStep : done;
  document.getElementById('onward').hidden = false;
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
  return redeem().catch(() => fail(problems.unreachable));
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt();
});
if (form && auto) void attempt();
