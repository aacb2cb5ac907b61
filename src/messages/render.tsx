import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Origin } from '../origin/origin.js';
import { type Message, type Requested, secretLifetimes, type UndoLink } from './message.js';
import { durationIn, type Locale, localeFor } from './locale.js';

/** A message in words. A mail has all three forms, from one source; an SMS has text alone, and "" for the rest. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A piece of a mail. */
type Block =
  | { readonly is: 'paragraph' | 'code' | 'note'; readonly text: string }
  | { readonly is: 'link'; readonly label: string; readonly href: string; readonly fallback: string };

type MailMessage = Exclude<Message, { kind: 'smsCode' | 'smsNotice' }>;

/** Who sends: the name people know, and the host whose pages a phone fills codes into. */
export interface Sender {
  readonly appName: string;
  readonly host: string;
  /** The base of the pages of this server. */
  readonly publicUrl: string;
}

/** Puts a message into words, in the language its reader asked for. */
export function render({ appName: app, host, publicUrl }: Sender, message: Message): Rendered {
  const locale = localeFor(message.acceptLanguage);
  const day = 'deleteAt' in message ? message.deleteAt : 'dueAt' in message ? message.dueAt : undefined;
  // What was queued was JSON: an instant comes back as text.
  const date = day ? dayIn(locale, Date.parse(String(day))) : '';
  const lifetime = durationIn(locale.tag, secretLifetimes[message.kind] ?? 0);
  if (message.kind === 'smsCode') {
    const { code } = message;
    // The last line is for phones, which fill the code into the page of that host. @see W3C Origin-bound one-time codes
    const text = `${locale.text('smsCode.body', { app, code, lifetime })}\n\n@${host} #${code}`;
    return { subject: '', text, html: '' };
  }
  if (message.kind === 'smsNotice') {
    const what = locale.text(`changes.${message.notice}`);
    const text = locale.text('smsNotice.body', { app, what, link: undoUrl(publicUrl, message.undo) });
    return { subject: '', text, html: '' };
  }
  const subject = locale.text(`${message.kind}.subject`, { app });
  const blocks = blocksOf(locale, { app, lifetime, date }, publicUrl, message);
  const html = renderToStaticMarkup(<Page lang={locale.tag} title={subject} blocks={blocks} />);
  return { subject, text: blocks.map(textOf).join('\n\n'), html: `<!doctype html>${html}` };
}

function blocksOf(
  locale: Locale,
  values: Readonly<Record<string, string>>,
  publicUrl: string,
  message: MailMessage,
): Block[] {
  const blocks: Block[] = [
    { is: 'paragraph', text: greeting(locale, 'name' in message ? message.name : '') },
    { is: 'paragraph', text: locale.text(`${message.kind}.body`, values) },
  ];
  if ('code' in message) blocks.push({ is: 'code', text: message.code });
  if ('link' in message) {
    const label = locale.text(`${message.kind}.action`);
    blocks.push({ is: 'link', label, href: message.link, fallback: locale.text('linkFallback') });
  }
  if ('phrase' in message && message.phrase !== null) {
    blocks.push({ is: 'paragraph', text: locale.text('phrase', { phrase: message.phrase }) });
  }
  if ('requested' in message) blocks.push({ is: 'note', text: requestedText(locale, message.requested) });
  if ('alsoChanged' in message && message.alsoChanged.length > 0) {
    blocks.push({ is: 'paragraph', text: locale.text('alsoChanged') });
    for (const { notice, at } of message.alsoChanged)
      blocks.push({ is: 'note', text: `${locale.text(`changes.${notice}`)}, ${timeIn(locale, at)} UTC` });
  }
  if ('undo' in message && message.undo) {
    const fallback = locale.text('linkFallback');
    const [label, href] = [locale.text('undo.action'), undoUrl(publicUrl, message.undo)];
    blocks.push({ is: 'paragraph', text: locale.text('undo.body') }, { is: 'link', label, href, fallback });
    if (message.kind === 'addressReserved')
      blocks.push(
        { is: 'paragraph', text: locale.text('addressReserved.release') },
        {
          is: 'link',
          label: locale.text('addressReserved.action'),
          href: `${publicUrl}/auth/release?${new URLSearchParams({ ...message.undo })}`,
          fallback,
        },
      );
  }
  if (message.kind === 'invitation')
    blocks.push({ is: 'note', text: locale.text('invitation.ignore', values) });
  else if ('code' in message || 'link' in message) blocks.push({ is: 'note', text: locale.text('notYou') });
  return blocks;
}

/** A name goes into mail that strangers can cause: only one that cannot be read as a link or an offer does. */
function greeting(locale: Locale, name: string): string {
  return /^[\p{L}\p{M}' -]{1,64}$/u.test(name)
    ? locale.text('greeting', { name })
    : locale.text('greetingNobody');
}

const undoUrl = (publicUrl: string, link: UndoLink): string =>
  `${publicUrl}/auth/undo?${new URLSearchParams({ ...link })}`;

/** A time in the words of a language. What was queued was JSON, so the instant may be text. */
export const timeIn = ({ tag }: Locale, at: Date | string): string =>
  new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(
    Date.parse(String(at)),
  );

const dayIn = ({ tag }: Locale, instant: number): string =>
  new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(instant);

/** Where and when something was asked for. */
export function requestedText(locale: Locale, { at, origin }: Requested): string {
  return locale.text('requested', { time: timeIn(locale, at), ...originWords(locale, origin) });
}

/** The words for an origin. */
export const originWords = (locale: Locale, origin: Origin) => ({
  client: origin.client.name ?? locale.text('unknownClient'),
  os: origin.os.name ?? locale.text('unknownOs'),
  place: [origin.ip, countryName(locale, origin.country?.code) ?? locale.text('unknownPlace')]
    .filter(Boolean)
    .join(', '),
});

const countryName = ({ tag }: Locale, code: string | undefined): string | undefined =>
  code && new Intl.DisplayNames([tag], { type: 'region' }).of(code);

const textOf = (block: Block): string =>
  block.is === 'link'
    ? `${block.label}:\n${block.href}`
    : block.is === 'code'
      ? `    ${block.text}`
      : block.text;

const styles = {
  body: 'margin:0;padding:24px;background:#f4f5f7;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1c1e21',
  card: 'max-width:520px;margin:0 auto;padding:32px;background:#fff;border-radius:8px',
  code: 'margin:24px 0;font:600 32px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px',
  button:
    'display:inline-block;padding:12px 20px;border-radius:6px;background:#1f4bd8;color:#fff;text-decoration:none',
  small: 'font-size:14px;color:#5c6066;word-break:break-all',
  note: 'font-size:14px;color:#5c6066',
};

function Page({ lang, title, blocks }: { lang: string; title: string; blocks: readonly Block[] }) {
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
      </head>
      <body style={styles.body}>
        <div style={styles.card}>{blocks.map((block) => View(block))}</div>
      </body>
    </html>
  );
}

function View(block: Block) {
  if (block.is === 'code') return <p style={styles.code}>{block.text}</p>;
  if (block.is !== 'link') return <p style={block.is === 'note' ? styles.note : ''}>{block.text}</p>;
  return (
    <div>
      <p>
        <a href={block.href} style={styles.button}>
          {block.label}
        </a>
      </p>
      <p style={styles.small}>
        {block.fallback}
        <br />
        {block.href}
      </p>
    </div>
  );
}
