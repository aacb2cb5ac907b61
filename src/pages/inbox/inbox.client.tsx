import { render } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { formatTime } from '../format-time.js';
import type { InboxData, ListedMessage } from './data.js';

const pollMilliseconds = 1000;

function Inbox({ appName }: InboxData) {
  const { messages, deleteAll } = useMessages();
  return (
    <main>
      <div class="row">
        <h1>Inbox</h1>
        <button type="button" class="plain" id="empty" onClick={() => void deleteAll()}>
          Delete all
        </button>
      </div>
      <p class="soft">
        All e-mails and SMS from {appName}, newest first. The inbox exists only in development.
      </p>
      <div id="messages" aria-live="polite">
        {messages?.map((message) => (
          <Message key={message.id} message={message} />
        ))}
        {messages?.length === 0 && (
          <p class="soft">Nothing yet. Messages appear here when the server sends them.</p>
        )}
      </div>
    </main>
  );
}

/** The messages, updated every second; null until they are loaded. */
function useMessages() {
  const [messages, setMessages] = useState<readonly ListedMessage[] | null>(null);
  /** The ID of the newest message. The page requests only later messages. */
  const newestId = useRef('');

  const refresh = useCallback(async () => {
    const query = new URLSearchParams(location.search);
    if (newestId.current) query.set('after', newestId.current);
    const response = await fetch(`/inbox/messages?${query}`);
    const loaded = (await response.json()) as readonly ListedMessage[];
    newestId.current = loaded[0]?.id ?? newestId.current;
    // If the newest message was deleted elsewhere, the server returns messages that the page shows already.
    setMessages((shown) => {
      const shownIds = new Set(shown?.map(({ id }) => id));
      const all = [...loaded.filter(({ id }) => !shownIds.has(id)), ...(shown ?? [])];
      // Ids are ordered by time.
      return all.sort((left, right) => (left.id < right.id ? 1 : -1));
    });
  }, []);

  const deleteAll = async () => {
    await fetch('/inbox/messages', { method: 'DELETE' });
    newestId.current = '';
    setMessages([]);
    await refresh();
  };

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isStopped = false;
    const poll = async () => {
      // If the server cannot be reached, the next request tries again.
      await refresh().catch(() => {});
      if (!isStopped) timer = setTimeout(() => void poll(), pollMilliseconds);
    };
    void poll();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }, [refresh]);

  return { messages, deleteAll };
}

function Message({ message }: { readonly message: ListedMessage }) {
  const { id, channel, to, subject, text, html, createdAt } = message;
  const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
  const link = /https?:\/\/\S+|[a-z][a-z0-9+.-]*:\/\/\S+/i.exec(text)?.[0];
  return (
    <section class="card" id={`message-${id}`}>
      <div class="row">
        <strong>{channel === 'sms' ? 'SMS' : subject}</strong>
        <span class="soft">{`${to} · ${formatTime(createdAt)}`}</span>
      </div>
      {code && !link && (
        <p class="row">
          <span class="code">{code}</span>
          <CopyButton text={code} />
        </p>
      )}
      {link && (
        <p>
          <a class="button" href={link} target="_blank" rel="noreferrer">
            Open link
          </a>
        </p>
      )}
      {html && (
        <details>
          <summary>Show the e-mail</summary>
          {/* The server sends this HTML with a policy that allows no scripts. */}
          <iframe title={subject} loading="lazy" src={`/inbox/mail?id=${id}`} />
        </details>
      )}
    </section>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return (
    <button type="button" class="plain" onClick={() => void copy()}>
      {isCopied ? 'Copied' : 'Copy'}
    </button>
  );
}

const app = document.getElementById('app');
const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as InboxData | null;
if (app && data) render(<Inbox {...data} />, app);
