import { type LogCreatedSubscription, LogCreatedDocument } from './documents.js';
import { AccountError, type ServerError } from './errors.js';
import { textOf } from './document-text.js';
import type { TransportOptions } from './transport.js';

/** A line of the security log, as it is written. */
export type LogEntry = NonNullable<LogCreatedSubscription['logCreated']>;

/** Who follows a log. */
export interface LogListener {
  /** A line was written. After a gap in the connection, lines of the gap are in `listLogs`. */
  onLine(line: LogEntry): void;
  /** The server refused, and will again: signed out, blocked, or a factor is missing. */
  onEnd?(error: AccountError): void;
}

const [firstPauseMilliseconds, maxPauseMilliseconds] = [1000, 30_000];

/**
 * Follows the security log over Server-Sent Events, and connects again when the connection is lost. With `fetch`, as an
 * EventSource sends no bearer.
 *
 * @returns Ends it.
 */
export function followLog(
  { url, headers, fetch: ownFetch }: TransportOptions,
  bearer: () => Promise<string | null>,
  credentials: 'include' | 'omit',
  { onLine, onEnd }: LogListener,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let pause = firstPauseMilliseconds;

  const once = async (): Promise<void> => {
    const secret = await bearer();
    const response = await (ownFetch ?? fetch)(url, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(secret !== null && { authorization: `Bearer ${secret}` }),
      },
      body: JSON.stringify({ query: textOf(LogCreatedDocument) }),
      credentials,
      signal,
    });
    for await (const { data, errors } of eventsOf(response)) {
      if (errors?.length) throw new AccountError(errors, data);
      pause = firstPauseMilliseconds;
      if (data?.logCreated) onLine(data.logCreated);
    }
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await once();
      } catch (error) {
        if (error instanceof AccountError && !passing.has(error.code)) return onEnd?.(error);
      }
      // Who follows in many tabs does not come back in one moment.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
      pause = Math.min(pause * 2, maxPauseMilliseconds);
    }
  };
  void run();
  return () => stop.abort();
}

const passing: ReadonlySet<string> = new Set([
  'GENERAL_RATE_LIMIT_EXCEEDED',
  'GENERAL_SERVICE_UNAVAILABLE',
  'GENERAL_UNKNOWN',
]);

interface Result {
  readonly data?: LogCreatedSubscription | null;
  readonly errors?: readonly ServerError[];
}

/** What a stream says, event by event; a refusal may come as plain JSON. @see GraphQL over SSE, distinct connections */
async function* eventsOf(response: Response): AsyncGenerator<Result> {
  const isStream = response.headers.get('content-type')?.includes('text/event-stream');
  if (!isStream || !response.body) return yield (await response.json()) as Result;
  const reader = response.body.pipeThrough(new TextDecoderStream() as never).getReader();
  let text = '';
  for (;;) {
    const { value, done } = (await reader.read()) as ReadableStreamReadResult<string>;
    if (done) return;
    text += value;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: ?(.+)$/m.exec(event)?.[1];
      if (data) yield JSON.parse(data) as Result;
    }
  }
}
