// @ts-nocheck: runs in the browser.
// Shows the inbox and keeps it up to date. Text is set as text, and a mail's HTML is shown in a frame that has no rights.
const list = document.getElementById('messages');
/** Id of the newest message that is shown; only what came after it is asked for. */
let newest = '';

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
  const made = element('section', { className: 'card', id: `message-${id}` }, head);
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

const nothing = element('p', {
  className: 'soft',
  textContent: 'Nothing yet. Messages appear here as they are sent.',
});

async function refresh() {
  const query = new URLSearchParams(location.search);
  if (newest) query.set('after', newest);
  const response = await fetch(`/inbox/messages?${query}`);
  const messages = await response.json();
  // Where the newest is gone, somebody has emptied the inbox, and all that is there comes.
  const fresh = messages.filter(({ id }) => !document.getElementById(`message-${id}`));
  if (messages.length > 0) newest = messages[0].id;
  if (fresh.length > 0) nothing.remove();
  list.prepend(...fresh.map(card));
  if (list.childElementCount === 0) list.append(nothing);
}

async function empty() {
  await fetch('/inbox/messages', { method: 'DELETE' });
  newest = '';
  list.replaceChildren();
  await refresh();
}

const live = () =>
  refresh()
    .catch(() => {})
    .then(() => setTimeout(live, 1000));
document.getElementById('empty').onclick = empty;
void live();
