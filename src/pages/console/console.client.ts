// @ts-nocheck: runs in the browser.
// The operators' page: one view for each hash, everything asked of the API with the key that was typed in. The key stays in a
// variable. Text is set as text.
import {
  createClient,
  isAccountError,
  ListMessagesDocument,
  ListUsersDocument,
  memoryStorage,
} from 'gatehouse/client';

const { path } = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
const [view, problem] = [byId('view'), byId('problem')];
/** Milliseconds without another letter before a search is sent. */
const typingPause = 150;

let api = null;
let key = '';

function element(tag, properties = {}, ...children) {
  const { attributes = {}, ...own } = properties;
  const made = Object.assign(document.createElement(tag), own);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const button = (textContent, onclick, className = 'plain') =>
  element('button', { type: 'button', textContent, onclick, className });
const card = (title, ...children) =>
  element('section', { className: 'card' }, element('h2', { textContent: title }), ...children);
const soft = (textContent) => element('p', { className: 'soft', textContent });
const badge = (textContent, isBad = false) =>
  element('span', { className: isBad ? 'badge bad' : 'badge', textContent });
const time = (instant) =>
  instant ? element('time', { dateTime: instant, textContent: new Date(instant).toLocaleString() }) : 'never';

/** Runs what a person asked for, and shows why it failed. */
async function attempt(work) {
  problem.textContent = '';
  try {
    return await work();
  } catch (error) {
    if (error.name === 'AbortError') return undefined;
    if (isAccountError(error, 'GENERAL_UNAUTHORIZED_SCOPE')) return lock('The key is not accepted any more.');
    problem.textContent = said(error);
    return undefined;
  }
}

const said = (error) =>
  [error.message, ...(error.issues ?? []).map(({ argument, message }) => `${argument}: ${message}`)].join(
    ' ',
  );

byId('key').onsubmit = async (event) => {
  event.preventDefault();
  key = byId('bearer').value.trim();
  const client = createClient({
    url: new URL(path, location.href).href,
    storage: memoryStorage(),
    headers: { authorization: `Bearer ${key}` },
  });
  try {
    await client.listUsers({ first: 1 });
  } catch (error) {
    const isWrong = isAccountError(error, 'GENERAL_UNAUTHORIZED_SCOPE', 'USER_JWT_INVALID');
    byId('wrong').textContent = isWrong ? 'This key is not known here.' : said(error);
    byId('bearer').focus();
    return;
  }
  api = client;
  byId('bearer').value = '';
  byId('wrong').textContent = '';
  byId('unlock').hidden = true;
  byId('console').hidden = false;
  await show();
};

function lock(reason = '') {
  [api, key] = [null, ''];
  view.replaceChildren();
  byId('console').hidden = true;
  byId('unlock').hidden = false;
  byId('wrong').textContent = reason;
  byId('bearer').focus();
}
byId('lock').onclick = () => lock();

/** Asks before something is done; its fields are read by whoever does it. */
function confirm({ title, text, yes, isDanger = false, fields = [] }, act) {
  const dialog = byId('confirm');
  byId('confirm-title').textContent = title;
  byId('confirm-text').textContent = text;
  byId('confirm-problem').textContent = '';
  byId('confirm-fields').replaceChildren(...fields);
  const submit = byId('confirm-yes');
  submit.textContent = yes;
  submit.className = isDanger ? 'danger' : '';
  byId('confirm-cancel').onclick = () => dialog.close();
  dialog.querySelector('form').onsubmit = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await act();
      dialog.close();
      await show();
    } catch (error) {
      byId('confirm-problem').textContent = said(error);
    } finally {
      submit.disabled = false;
    }
  };
  dialog.showModal();
}

/** The pages of a list, one under the other. */
function listed(load, rowOf, nothing) {
  const rows = element('ul', { className: 'list' });
  const more = button('Show more', () => attempt(() => next(false)));
  const said = soft('');
  let after = null;
  let asked = null;
  const next = async (isNew) => {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    if (isNew) after = null;
    const { nodes, pageInfo } = await load(after, signal);
    if (signal.aborted) return;
    const made = nodes.map(rowOf);
    if (isNew) rows.replaceChildren(...made);
    else rows.append(...made);
    after = pageInfo.endCursor;
    more.hidden = !pageInfo.hasNextPage;
    said.textContent = rows.childElementCount === 0 ? nothing : '';
  };
  more.hidden = true;
  said.setAttribute('role', 'status');
  return { parts: [rows, said, more], refresh: () => attempt(() => next(true)) };
}

const nameOf = ({ email, phone, name, id }) => email ?? phone ?? (name || id);

// Users

let lastSearch = '';
async function showUsers() {
  const { parts, refresh } = listed(
    async (after, signal) =>
      (await api.run(ListUsersDocument, { first: 25, after, search: lastSearch || null }, { signal }))
        .listUsers,
    (user) =>
      element(
        'li',
        {},
        element('a', { href: `#/users/${encodeURIComponent(user.id)}`, textContent: nameOf(user) }),
        user.enabled ? null : badge('blocked', true),
        soft([user.name, user.email ? user.phone : null, user.id].filter(Boolean).join(' · ')),
      ),
    'Nobody is found. A search begins at the first letter of an address, number or name, or is a whole id.',
  );
  const input = element('input', {
    type: 'search',
    id: 'search',
    value: lastSearch,
    placeholder: 'Address, phone number, name or id',
    attributes: { 'aria-label': 'Search users', autocomplete: 'off', maxlength: '320' },
  });
  let typing;
  input.oninput = () => {
    lastSearch = input.value;
    clearTimeout(typing);
    typing = setTimeout(refresh, typingPause);
  };
  view.replaceChildren(card('Users', input, ...parts));
  // Before the list is there: whoever begins to type at once loses no letter.
  input.focus();
  await refresh();
}

async function showUser(userId) {
  const user = await api.getUser({ userId });
  const who = nameOf(user);
  const { email, phone, mfaFactors, mfaEnabled } = user;
  const address = (value, isVerified) =>
    value ? element('span', {}, value, badge(isVerified ? 'verified' : 'unverified')) : 'none';
  const facts = [
    ['Id', user.id],
    ['E-mail', address(email, user.emailVerified)],
    ['Phone', address(phone, user.phoneVerified)],
    ['Name', user.name || 'none'],
    ['State', user.enabled ? 'active' : badge('blocked', true)],
    ['Labels', user.labels.join(', ') || 'none'],
    ['Second step', mfaEnabled ? 'on' : 'off'],
    [
      'Factors',
      Object.keys(mfaFactors)
        .filter((name) => mfaFactors[name] === true)
        .join(', ') || 'none',
    ],
    ['Password set', time(user.passwordUpdatedAt)],
    ['Signed up', time(user.registeredAt)],
    ['Last seen', time(user.accessedAt)],
  ].flatMap(([term, value]) => [element('dt', { textContent: term }), element('dd', {}, value)]);
  const rows = (nodes, rowOf, nothing) =>
    nodes.length === 0
      ? soft(nothing)
      : element('ul', { className: 'list' }, ...nodes.map((node) => element('li', {}, ...rowOf(node))));
  const from = ({ ip, client, os, country }) =>
    soft([client.name, os.name, ip, country?.name].filter(Boolean).join(' · ') || 'unknown');
  view.replaceChildren(
    element('p', {}, element('a', { href: '#/users', className: 'back', textContent: '← Users' })),
    card(who, element('dl', {}, ...facts), actionsOf(user, who)),
    card(
      'Sessions',
      rows(
        user.sessions.nodes,
        ({ provider, createdAt, origin, missingFactors }) => [
          provider,
          ' since ',
          time(createdAt),
          missingFactors.length > 0 ? badge('second step missing') : null,
          from(origin),
        ],
        'Signed in nowhere.',
      ),
    ),
    card(
      'Identities and passkeys',
      rows(
        [...user.identities.nodes, ...user.passkeys.nodes],
        ({ provider, providerEmail, name, createdAt }) => [
          provider ? `${provider} ${providerEmail ?? ''}` : `Passkey: ${name}`,
          ' since ',
          time(createdAt),
        ],
        'None.',
      ),
    ),
    card(
      'Security log',
      rows(
        user.logs.nodes,
        ({ event, actor, time: at, origin }) => [
          element('strong', { textContent: event }),
          actor === 'user' ? null : badge(actor),
          ' ',
          time(at),
          from(origin),
        ],
        'Nothing yet.',
      ),
    ),
  );
}

/** What can be done with one user. */
function actionsOf(user, who) {
  const { id: userId, enabled } = user;
  const labels = element('input', {
    id: 'labels',
    value: user.labels.join(', '),
    attributes: { 'aria-label': 'Labels, with commas between' },
  });
  const check = (label, checked) => {
    const input = element('input', { type: 'checkbox', checked });
    return [element('label', { className: 'check' }, input, label), input];
  };
  const [emailLabel, emailBox] = check('The e-mail address is verified', user.emailVerified);
  const [phoneLabel, phoneBox] = check('The phone number is verified', user.phoneVerified);
  const actions = [
    [
      enabled ? 'Block' : 'Unblock',
      {
        text: enabled
          ? 'Ends all sessions at once, and lets nobody sign in.'
          : 'Lets the user sign in again.',
        isDanger: enabled,
      },
      () => api.updateUserStatus({ userId, enabled: !enabled }),
    ],
    ['Sign out', { text: 'Ends all sessions on all devices.' }, () => api.deleteUserSessions({ userId })],
    [
      'Verify',
      {
        text: 'Say so only if you know that the address is the user’s.',
        fields: [user.email ? emailLabel : null, user.phone ? phoneLabel : null].filter(Boolean),
      },
      () =>
        api.updateUserVerification({
          userId,
          emailVerified: user.email && emailBox.checked !== user.emailVerified ? emailBox.checked : null,
          phoneVerified: user.phone && phoneBox.checked !== user.phoneVerified ? phoneBox.checked : null,
        }),
    ],
    [
      'Labels',
      { text: 'They stand in every JWT of the user from then on.', fields: [labels] },
      () =>
        api.updateUserLabels({
          userId,
          labels: labels.value
            .split(',')
            .map((label) => label.trim())
            .filter(Boolean),
        }),
    ],
    [
      'Reset second factors',
      {
        text: 'Removes authenticator, recovery codes and passkeys, turns the second step off and tells the owner. Be sure who asks for it.',
        isDanger: true,
      },
      () => api.deleteUserFactors({ userId }),
    ],
    [
      'Delete',
      { text: 'Deletes the user with all that is theirs, for good.', isDanger: true },
      async () => {
        await api.deleteUser({ userId });
        location.hash = '#/users';
      },
    ],
  ];
  return element(
    'div',
    { className: 'actions' },
    ...actions.map(([name, dialog, act]) =>
      button(
        name,
        () => confirm({ title: `${name}: ${who}`, yes: name, ...dialog }, act),
        dialog.isDanger ? 'danger' : 'plain',
      ),
    ),
  );
}

// Messages

const filters = { state: '', to: '' };
async function showMessages() {
  const { parts, refresh } = listed(
    async (after, signal) =>
      (
        await api.run(
          ListMessagesDocument,
          { first: 25, after, state: filters.state || null, to: filters.to || null },
          { signal },
        )
      ).listMessages,
    (message) => {
      const { id, kind, channel, to, state, attempts, createdAt, lastError } = message;
      const retry = async () => {
        await attempt(() => api.retryMessage({ messageId: id }));
        await refresh();
      };
      return element(
        'li',
        {},
        element(
          'div',
          { className: 'row' },
          element('strong', { textContent: to }),
          badge(state.toLowerCase(), state === 'FAILED'),
        ),
        soft(
          `${kind} · ${channel.toLowerCase()} · ${new Date(createdAt).toLocaleString()} · attempts: ${attempts}`,
        ),
        lastError ? soft(lastError) : null,
        state === 'SENT' ? null : button('Try again', retry),
      );
    },
    'No messages.',
  );
  const state = element(
    'select',
    {
      onchange: () => {
        filters.state = state.value;
        return refresh();
      },
    },
    ...[
      ['', 'All'],
      ['QUEUED', 'Queued'],
      ['SENT', 'Sent'],
      ['FAILED', 'Failed'],
    ].map(([value, textContent]) =>
      element('option', { value, textContent, selected: value === filters.state }),
    ),
  );
  const to = element('input', { type: 'search', value: filters.to });
  let typing;
  to.oninput = () => {
    filters.to = to.value;
    clearTimeout(typing);
    typing = setTimeout(refresh, typingPause);
  };
  view.replaceChildren(
    card(
      'Messages',
      element(
        'div',
        { className: 'filters' },
        element('label', {}, 'State', state),
        element('label', {}, 'To exactly', to),
      ),
      ...parts,
    ),
  );
  await refresh();
}

// Activity

const width = 960;
const height = 200;
function shape(tag, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

async function showActivity() {
  const response = await fetch('/console/activity', {
    headers: { authorization: `Bearer ${key}` },
    credentials: 'omit',
  });
  if (response.status === 401) return lock('The key is not accepted any more.');
  const samples = await response.json();
  const sum = (name) => samples.reduce((total, sample) => total + sample[name], 0);
  const most = Math.max(1, ...samples.map(({ signIns, failures }) => signIns + failures));
  const longest = Math.max(1, ...samples.map(({ waiting }) => waiting));
  const bar = width / samples.length;
  const up = (count) => (count / most) * (height - 30);
  const floor = height - 20;
  const texts = `Sign-ins: ${sum('signIns')}. Failures: ${sum('failures')}. Messages waiting: at most ${Math.max(...samples.map(({ waiting }) => waiting))}.`;
  const picture = shape('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': texts });
  samples.forEach(({ signIns, failures }, index) => {
    const x = index * bar + 1;
    picture.append(
      shape('rect', { class: 'good', x, y: floor - up(signIns), width: bar - 2, height: up(signIns) }),
      shape('rect', {
        class: 'bad-bar',
        x,
        y: floor - up(signIns + failures),
        width: bar - 2,
        height: up(failures),
      }),
    );
  });
  const points = samples.map(
    ({ waiting }, index) => `${(index + 0.5) * bar},${floor - (waiting / longest) * (height - 30)}`,
  );
  picture.append(
    shape('polyline', { class: 'line', points: points.join(' ') }),
    shape('line', { class: 'axis', x1: 0, x2: width, y1: floor, y2: floor }),
  );
  view.replaceChildren(
    card(
      'Activity of the last day',
      element(
        'p',
        { className: 'soft' },
        element('span', { className: 'key good', textContent: `sign-ins: ${sum('signIns')}` }),
        element('span', { className: 'key bad-bar', textContent: `failures: ${sum('failures')}` }),
        element('span', { className: 'key', textContent: 'messages waiting (line)' }),
      ),
      picture,
      element(
        'div',
        { className: 'row soft' },
        element('span', { textContent: new Date(samples[0].at).toLocaleString() }),
        element('span', { textContent: 'now' }),
      ),
      soft('By the quarter of an hour, counted by the process that shows this page since it started.'),
    ),
  );
}

// Which view

async function show() {
  if (!api) return;
  const [, name = 'users', id] = location.hash.split('/');
  for (const link of document.querySelectorAll('nav a'))
    if (link.hash === `#/${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  const views = { users: showUsers, messages: showMessages, activity: showActivity };
  view.focus();
  await attempt(() => (id ? showUser(decodeURIComponent(id)) : (views[name] ?? showUsers)()));
}
window.onhashchange = show;
byId('bearer').focus();
