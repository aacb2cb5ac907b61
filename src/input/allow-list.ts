/** Whether an entry of an allow-list, such as `https://app.example.com`, admits the URL: scheme, host and port all count. */
function admits(entry: string, url: URL): boolean {
  const [, scheme, host = '', port] =
    /^([a-z][a-z0-9+.-]*:)\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+|\*))?$/i.exec(entry) ?? [];
  if (!/^https?:$/.test(url.protocol)) {
    if (entry.endsWith('://*')) return entry.slice(0, -'//*'.length).toLowerCase() === url.protocol;
    return URL.canParse(entry) && withoutQuery(new URL(entry)) === withoutQuery(url);
  }
  if (scheme !== url.protocol) return false;
  const wantedPort = port ?? '';
  if (wantedPort !== '*' && wantedPort !== url.port) return normalPort(url.protocol, wantedPort) === url.port;
  if (!host.startsWith('*.')) return host.toLowerCase() === url.hostname;
  // A wildcard stands for exactly one label.
  const [label = '', ...rest] = url.hostname.split('.');
  return /^[a-z0-9-]{1,63}$/.test(label) && rest.join('.') === host.slice(2).toLowerCase();
}

/** A private-use scheme is listed whole, its query and fragment aside, or as `scheme://*`. */
const withoutQuery = ({ href, search, hash }: URL): string =>
  href.slice(0, href.length - search.length - hash.length);

const normalPort = (protocol: string, port: string): string =>
  (protocol === 'https:' && port === '443') || (protocol === 'http:' && port === '80') ? '' : port;

/** Whether the allow-list admits the URL. */
export const isListed = (entries: readonly string[], url: URL): boolean =>
  entries.some((entry) => admits(entry, url));
