import type { LogCreatedSubscription } from './generated/types.js';
import { logCreated } from './generated/subscriptions.js';
import { AccountError, type ConnectionError, PlatformError, type ServerError } from './errors.js';
import type { TransportOptions } from './transport.js';

/** A line of the security log, as it is written. */
export type LogEntry = NonNullable<LogCreatedSubscription['logCreated']>;

/** Who follows a log. */
export interface LogListener {
  /** A line was written. After a gap in the connection, lines of the gap are in `listLogs`. */
  onLine(line: LogEntry): void;
  /**
   * The server rejected the stream, and will again: signed out, blocked, or a factor is missing. Or the platform cannot stream, or a part
   * of the client did not load.
   */
  onEnd?(error: AccountError | ConnectionError | PlatformError): void;
}

const [firstPauseMilliseconds, maxPauseMilliseconds] = [1000, 30_000];

/**
 * Follows the security log over Server-Sent Events until the signal is aborted, and connects again when the connection is lost. It uses
 * `fetch`, because an EventSource sends no bearer. A hidden tab closes its connection, because a browser opens only six to one server over
 * HTTP/1.1.
 */
export async function followLog(
  { url, headers, fetch: ownFetch }: TransportOptions,
  bearer: () => Promise<string | null>,
  credentials: 'include' | 'omit',
  { onLine, onEnd }: LogListener,
  signal: AbortSignal,
): Promise<void> {
  let pause = firstPauseMilliseconds;

  const once = async (connection: AbortSignal): Promise<void> => {
    const secret = await bearer();
    const response = await (ownFetch ?? fetch)(url, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(secret !== null && { authorization: `Bearer ${secret}` }),
      },
      body: JSON.stringify({ query: logCreated }),
      credentials,
      signal: connection,
    });
    for await (const { data, errors } of eventsOf(response)) {
      if (errors?.length) throw new AccountError(errors, data);
      pause = firstPauseMilliseconds;
      if (data?.logCreated) onLine(data.logCreated);
    }
  };

  while (!signal.aborted) {
    await untilVisible(signal);
    if (signal.aborted) return;
    const connection = new AbortController();
    const end = (): void => connection.abort();
    const onVisibility = (): void => {
      if (isHidden()) end();
    };
    page.document?.addEventListener('visibilitychange', onVisibility);
    signal.addEventListener('abort', end);
    try {
      await once(connection.signal);
    } catch (error) {
      if (error instanceof PlatformError) return onEnd?.(error);
      if (error instanceof AccountError && !passing.has(error.code)) return onEnd?.(error);
    } finally {
      page.document?.removeEventListener('visibilitychange', onVisibility);
      signal.removeEventListener('abort', end);
    }
    if (isHidden()) continue;
    // Who follows in many tabs does not come back in one moment.
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    pause = Math.min(pause * 2, maxPauseMilliseconds);
  }
}

/** The page, if there is one. */
const page = globalThis as {
  readonly document?: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
};
const isHidden = (): boolean => page.document?.visibilityState === 'hidden';

/** Waits until the tab is shown, or until no one follows any more. */
const untilVisible = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!isHidden() || signal.aborted) return resolve();
    const check = (): void => {
      if (isHidden() && !signal.aborted) return;
      page.document?.removeEventListener('visibilitychange', check);
      signal.removeEventListener('abort', check);
      resolve();
    };
    page.document?.addEventListener('visibilitychange', check);
    signal.addEventListener('abort', check);
  });

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
  if (!isStream) return yield (await response.json()) as Result;
  if (!response.body) throw new PlatformError('streaming fetch');
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
