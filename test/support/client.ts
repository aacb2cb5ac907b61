import type { TypedDocumentNode } from '../../src/client/documents.js';
import { parseSetCookie } from 'cookie';
import { print } from 'graphql';

/** An answer as it came. */
export interface Answer<Data> {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly GraphqlError[];
  readonly headers: Headers;
}

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly requestId: string; readonly [key: string]: unknown };
}

/** The User-Agent of the contract's fixture. */
export const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.3538.77 Safari/537.36';

/** Talks to the server over HTTP, as a browser (cookies) or a program (bearer). */
export class Client {
  /** Sent as `Authorization: Bearer`. */
  bearer: string | null = null;
  /** Kept from answers and sent again, like a browser does. */
  readonly cookies = new Map<string, string>();
  headers: Record<string, string> = {};

  constructor(
    readonly origin: string,
    public address: string,
  ) {}

  /** Another program of the same person: same address, given credential. */
  withBearer(bearer: string | null): Client {
    const client = new Client(this.origin, this.address);
    client.bearer = bearer;
    return client;
  }

  /** The same browser without its session. */
  signedOut(): Client {
    const client = this.withBearer(null);
    for (const [name, value] of this.cookies) if (name !== 'session') client.cookies.set(name, value);
    return client;
  }

  run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    ...[variables]: Record<string, never> extends Variables ? [Variables?] : [Variables]
  ): Promise<Answer<Data>> {
    return this.send<Data>(print(document), variables as Record<string, unknown>);
  }

  /** Sends text that no generated operation could hold. */
  async send<Data = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<Data>> {
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as { data?: Data; errors?: GraphqlError[] };
    return { status: response.status, data, errors, headers: response.headers };
  }

  /** Any request, with this client's address, cookies and credential. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.origin), {
      redirect: 'manual',
      ...init,
      headers: {
        'user-agent': chrome,
        'x-forwarded-for': this.address,
        ...(cookie && { cookie, 'sec-fetch-site': 'same-origin' }),
        ...(this.bearer && { authorization: `Bearer ${this.bearer}` }),
        ...this.headers,
        ...(init.headers as Record<string, string>),
      },
    });
    return response;
  }

  /** Like {@link run}, keeping the cookies of the answer. */
  async browse<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    ...[variables]: Record<string, never> extends Variables ? [Variables?] : [Variables]
  ): Promise<Answer<Data>> {
    const answer = await this.send<Data>(print(document), variables as Record<string, unknown>);
    for (const { name, value, maxAge } of answer.headers
      .getSetCookie()
      .map((header) => parseSetCookie(header))) {
      if (maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value ?? '');
    }
    return answer;
  }
}
