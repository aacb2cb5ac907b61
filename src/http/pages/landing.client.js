// @ts-nocheck: runs in the browser.
// Redeems the secret of a link by the API, as any client would. Opening the page redeems nothing.
const { query, variables, auto, done } = JSON.parse(document.getElementById('data').textContent) ?? {};
const form = document.getElementById('redeem');
const disown = document.getElementById('disown');
const message = document.getElementById('message');

async function redeem() {
  const button = form.querySelector('button');
  button.disabled = true;
  const password = form.querySelector('input')?.value;
  const body = JSON.stringify({
    query,
    variables: password === undefined ? variables : { ...variables, password },
  });
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { errors } = await response.json();
  if (errors) {
    const [{ message: text, extensions }] = errors;
    message.textContent = extensions.issues?.[0]?.message ?? text;
    button.disabled = false;
    return;
  }
  // The secret is used up; it need not stay in the history.
  history.replaceState(null, '', location.pathname);
  form.hidden = true;
  if (disown) disown.hidden = true;
  message.textContent = done;
}

const attempt = () =>
  redeem().catch(() => {
    message.textContent = 'The server could not be reached. Try again.';
    form.querySelector('button').disabled = false;
  });

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt();
});
if (form && auto) void attempt();
