import { AccountError, ConnectionError, isAccountError, type ServerError } from './errors.js';
import { loadLate } from './late.js';
import type { Operation, TypedDocument } from './operation.js';

/** How calls travel. */
export interface TransportOptions {
  /** The endpoint, such as `https://accounts.example.com/graphql`. */
  readonly url: string;
  /** Instead of the global one. */
  readonly fetch?: typeof fetch;
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How often a query is sent again that met an overloaded server or none at all; 2 unless given. Mutations never are. */
  readonly retries?: number;
}

/** How one call is made. */
export interface CallOptions {
  /** Gives the call up. */
  readonly signal?: AbortSignal;
  /** What the widget of a CAPTCHA service returned, after `GENERAL_PROOF_REQUIRED`. The client does proof of work by itself. */
  readonly proof?: string;
}

/** The root fields of an answer: a null one comes with an error, which is thrown. */
export type Answered<Data> = { [Field in keyof Data]: NonNullable<Data[Field]> };

/** No more than that is waited before a query is sent again. */
const maxRetryWaitMilliseconds = 10_000;
const firstWait = 300;

/**
 * Sends a document and answers its data.
 *
 * @param credentials `include` where cookies are the session, `omit` where the bearer is.
 * @throws {AccountError} as soon as one root field failed.
 * @throws {ConnectionError} when no answer came.
 */
export type Send = <Data, Variables>(
  document: TypedDocument<Data, Variables> | Operation<Data, Variables>,
  variables: Variables | undefined,
  bearer: string | null,
  options?: CallOptions,
) => Promise<Answered<Data>>;

/**
 * The address of the endpoint. In a browser, it may be relative to the page.
 *
 * @throws {TypeError} for anything else.
 */
function absoluteUrl(url: string): string {
  const { location } = globalThis as { location?: { readonly href: string } };
  const absolute = parsed(url, location?.href);
  if (!absolute || !/^https?:$/.test(absolute.protocol))
    throw new TypeError(
      `url: must be an http or https address, such as https://accounts.example.com/graphql; got "${url}"`,
    );
  return absolute.href;
}

function parsed(url: string, base: string | undefined): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** Whether a document changes nothing. One that contains the word anywhere counts as a change. */
export const isQuery = (text: string): boolean => !/\bmutation\b/.test(text);

export function createTransport(options: TransportOptions, credentials: 'include' | 'omit'): Send {
  const { headers, retries = 2 } = options;
  const url = absoluteUrl(options.url);
  return async (document, variables, bearer, { signal, proof } = {}) => {
    const text =
      typeof document === 'string'
        ? document
        : (await loadLate(() => import('./document-text.js'))).textOf(document);
    const body = JSON.stringify({ query: text, variables });
    /** In seconds. A proxy, or a server that is starting, has no other place to say it. */
    let retryAfter = Number.NaN;
    const attempt = async () => {
      retryAfter = Number.NaN;
      const response = await (options.fetch ?? fetch)(url, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          accept: 'application/json',
          ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
          ...(proof && { 'gatehouse-proof': proof }),
        },
        body,
        credentials,
        ...(signal && { signal }),
      });
      retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
      const type = response.headers.get('content-type') ?? 'no content type';
      if (!/json/.test(type))
        throw new ConnectionError(
          `${url} responded with status ${response.status} and ${type}, which is not the account API. Check the url.`,
        );
      return (await response.json()) as { data?: never; errors?: readonly ServerError[] };
    };
    for (let attemptsLeft = isQuery(text) ? retries : 0; ; attemptsLeft -= 1) {
      try {
        const { data, errors } = await attempt().catch((cause: unknown) => {
          // Given up by the caller, who gets their own reason.
          signal?.throwIfAborted();
          if (cause instanceof ConnectionError) throw cause;
          throw new ConnectionError(`${url} did not respond.`, { cause });
        });
        if (errors?.length) throw new AccountError(errors, data);
        if (data == null) throw new ConnectionError('The answer is none of this server.');
        return data;
      } catch (error) {
        const isPassing =
          error instanceof ConnectionError || isAccountError(error, 'GENERAL_SERVICE_UNAVAILABLE');
        if (!isPassing || attemptsLeft <= 0) throw error;
        const wait = Number.isNaN(retryAfter) ? firstWait * 2 ** (retries - attemptsLeft) : retryAfter * 1000;
        await new Promise((resolve) => setTimeout(resolve, Math.min(wait, maxRetryWaitMilliseconds)));
      }
    }
  };
}
