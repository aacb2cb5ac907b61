// @ts-nocheck: runs in the browser.
// Shows the inbox and keeps it up to date. Text is set as text, and a mail's HTML is shown in a frame that has no rights.
const list = document.getElementById('messages');
let shown = '';

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function card({ id, channel, to, subject, text, html, createdAt }) {
  const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
  const link = /https?:\/\/\S+|[a-z][a-z0-9+.-]*:\/\/\S+/i.exec(text)?.[0];
  const head = element('div', { className: 'row' });
  head.append(
    element('strong', { textContent: channel === 'sms' ? 'SMS' : subject }),
    element('span', { className: 'soft', textContent: `${to} · ${new Date(createdAt).toLocaleString()}` }),
  );
  const made = element('section', { className: 'card' }, head);
  if (code && !link) {
    const copy = element('button', { textContent: 'Copy', className: 'plain' });
    copy.onclick = () => navigator.clipboard.writeText(code).then(() => (copy.textContent = 'Copied'));
    made.append(
      element('p', { className: 'row' }, element('span', { className: 'code', textContent: code }), copy),
    );
  }
  if (link) {
    made.append(
      element(
        'p',
        {},
        element('a', {
          href: link,
          className: 'button',
          textContent: 'Open link',
          target: '_blank',
          rel: 'noreferrer',
        }),
      ),
    );
  }
  if (html) {
    const frame = element('iframe', { title: subject, loading: 'lazy', src: `/inbox/mail?id=${id}` });
    made.append(element('details', {}, element('summary', { textContent: 'Show the mail' }), frame));
  }
  return made;
}

async function refresh() {
  const response = await fetch(`/inbox/messages${location.search}`);
  const messages = await response.json();
  const state = messages.map(({ id }) => id).join();
  if (state === shown && list.childElementCount > 0) return;
  shown = state;
  const cards = messages.map(card);
  if (cards.length === 0)
    cards.push(
      element('p', { className: 'soft', textContent: 'Nothing yet. Messages appear here as they are sent.' }),
    );
  list.replaceChildren(...cards);
}

const live = () =>
  refresh()
    .catch(() => {})
    .then(() => setTimeout(live, 1000));
document.getElementById('empty').onclick = () => fetch('/inbox/messages', { method: 'DELETE' }).then(refresh);
void live();
