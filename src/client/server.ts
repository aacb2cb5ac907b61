import { type Client, createClient } from './client.js';
import type { SessionState } from './session.js';
import { isQuery, type TransportOptions } from './transport.js';

/** The part of the visitor's request that the client reads: a Fetch `Request`, or `{ headers: await headers() }` in Next.js. */
export interface VisitorRequest {
  readonly headers: Pick<Headers, 'get'>;
}

/** How a client for one request is set up. */
export interface ServerClientOptions extends TransportOptions {
  /**
   * The origin of your app, such as `https://app.example.com`: `PUBLIC_URL`, or listed in `CORS_ORIGINS`. The client sends this origin with queries.
   */
  readonly origin: string;
  /**
   * The visitor's address. The API uses it for rate limits and shows it in the security log. If it is null, or `TRUSTED_PROXIES` does not list your
   * app's server, all visitors share the limits of that server.
   */
  readonly address: string | null;
  /** The initial session state. */
  readonly session?: SessionState;
}

/** A cookie that the response to the visitor must set. */
export interface ResponseCookie {
  readonly name: string;
  readonly value: string;
  /** As Next.js, SvelteKit and Express take them. `maxAge` is in seconds. */
  readonly options: {
    readonly path: '/';
    readonly httpOnly: true;
    readonly secure: boolean;
    readonly sameSite: 'lax' | 'strict' | 'none';
    readonly maxAge: number;
  };
}

/** A client for one visitor's request. */
export interface ServerClient extends Client {
  /** The cookies that the calls so far have set: by a sign-in, a sign-out or a longer session. For frameworks that set cookies by name. */
  readonly cookies: readonly ResponseCookie[];
  /** The same as `Set-Cookie` headers, for frameworks that return a `Response`. */
  readonly responseHeaders: Headers;
}

/** The cookies of the API, with and without TLS. No other cookie is forwarded. */
const cookieName = /^(__Host-)?(session|device|browser)$/;

/**
 * Creates a client that calls the API with the visitor's cookies, address, browser and language. Create one for each request. The cookies are those of the app's host, so the API must be reached under the same host: by a path that your app's server or proxy
 * forwards, or on another port.
 *
 * @example
 * const client = createServerClient(request, { url, origin, address });
 * await client.signIn.withPassword({ email, password });
 * return new Response(html, { headers: client.responseHeaders });
 */
export function createServerClient(request: VisitorRequest, options: ServerClientOptions): ServerClient {
  const { origin, address, fetch: send = fetch, ...others } = options;
  const jar = new Map<string, string>();
  // The first one of a name is the one that the API reads.
  for (const [name, value] of (request.headers.get('cookie') ?? '').split(';').map(nameAndValue))
    if (cookieName.test(name) && !jar.has(name)) jar.set(name, value);
  const setCookies = new Map<string, string>();

  const sendAsVisitor: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(visitorHeaders(request, options, isQueryBody(init?.body))))
      if (value !== null) headers.set(name, value);
    if (jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
    const response = await send(input, { ...init, headers, cache: 'no-store' });
    for (const header of response.headers.getSetCookie()) {
      const { name, value, options } = readSetCookie(header);
      setCookies.set(name, header);
      if (options.maxAge > 0) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  };

  const client = createClient({ ...others, fetch: sendAsVisitor, storage: null });
  // Some servers have a `document`: what one visitor does is no other visitor's tab.
  client.close();
  return Object.defineProperties(client as ServerClient, {
    cookies: { get: () => [...setCookies.values()].map(readSetCookie) },
    responseHeaders: {
      get: () =>
        new Headers([...setCookies.values()].map((header) => ['set-cookie', header] as [string, string])),
    },
  });
}

/**
 * The headers that describe the visitor. Queries are sent on behalf of the app. For mutations, the client forwards only what the browser sent, so that a
 * link on another site cannot change anything.
 */
function visitorHeaders(
  { headers }: VisitorRequest,
  { origin, address }: ServerClientOptions,
  isReading: boolean,
): Record<string, string | null> {
  const declared = headers.get('origin');
  return {
    origin: declared ?? (isReading ? origin : null),
    'sec-fetch-site': declared === null && !isReading ? headers.get('sec-fetch-site') : null,
    'user-agent': headers.get('user-agent'),
    'accept-language': headers.get('accept-language'),
    'x-forwarded-for': address,
  };
}

const isQueryBody = (body: unknown): boolean =>
  isQuery((JSON.parse(String(body)) as { query: string }).query);

const nameAndValue = (pair: string): [name: string, value: string] => {
  const [name = '', ...value] = pair.split('=');
  return [withoutBlanks(name), withoutBlanks(value.join('='))];
};

/** As browsers and the API read cookies: another kind of blank is part of the name, which then is no `__Host-` name. */
const withoutBlanks = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, '');

function readSetCookie(header: string): ResponseCookie {
  const [pair = '', ...rest] = header.split(';');
  const [name, value] = nameAndValue(pair);
  const attributes = new Map(rest.map(nameAndValue).map(([key, text]) => [key.toLowerCase(), text]));
  return {
    name,
    value,
    options: {
      path: '/',
      httpOnly: true,
      secure: attributes.has('secure'),
      sameSite: (attributes.get('samesite') ?? 'lax').toLowerCase() as 'lax',
      maxAge: Number(attributes.get('max-age')),
    },
  };
}
