import type { MessageChannel, MessagePartsFragment, MessageState } from 'gatehouse/client';
import { useCallback } from 'preact/hooks';
import { formatTime } from '../../format-time.js';
import { useConsole } from './context.js';
import { typingPauseMilliseconds, useDebouncedValue } from './debounce.js';
import { Badge, Card } from './elements.js';
import { type LoadPage, PagedList } from './paged-list.js';

export interface MessageFilters {
  readonly state: MessageState | null;
  readonly channel: MessageChannel | null;
  readonly to: string;
}

/** The filters that match all messages. */
export const allMessages: MessageFilters = { state: null, channel: null, to: '' };

const states: readonly (readonly [state: MessageState, text: string])[] = [
  ['QUEUED', 'Queued'],
  ['SENT', 'Sent'],
  ['FAILED', 'Failed'],
];

const channels: readonly (readonly [channel: MessageChannel, text: string])[] = [
  ['EMAIL', 'E-mail'],
  ['SMS', 'SMS'],
  ['WEBHOOK', 'Webhook'],
];

interface MessagesProps {
  readonly filters: MessageFilters;
  readonly onChange: (filters: MessageFilters) => void;
}

/** The messages in the outbox, with filters. */
export function Messages({ filters, onChange }: MessagesProps) {
  const { client } = useConsole().api;
  const { state, channel } = filters;
  const sentTo = useDebouncedValue(filters.to, typingPauseMilliseconds);
  const load = useCallback<LoadPage<MessagePartsFragment>>(
    (after, signal) =>
      client.listMessages({ first: 25, after, state, channel, to: sentTo || null }, { signal }),
    [client, state, channel, sentTo],
  );
  const selectState = (value: string) =>
    onChange({ ...filters, state: states.find(([name]) => name === value)?.[0] ?? null });
  const selectChannel = (value: string) =>
    onChange({ ...filters, channel: channels.find(([name]) => name === value)?.[0] ?? null });
  return (
    <Card title="Messages">
      <div class="filters">
        <label>
          Channel
          <select value={channel ?? ''} onChange={({ currentTarget }) => selectChannel(currentTarget.value)}>
            <option value="">All</option>
            {channels.map(([name, text]) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <label>
          State
          <select value={state ?? ''} onChange={({ currentTarget }) => selectState(currentTarget.value)}>
            <option value="">All</option>
            {states.map(([name, text]) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <label>
          Recipient, exact match
          <input
            type="search"
            autocomplete="off"
            value={filters.to}
            onInput={({ currentTarget }) => onChange({ ...filters, to: currentTarget.value })}
          />
        </label>
      </div>
      <PagedList
        load={load}
        emptyText="No messages."
        renderItem={(message, reload) => <MessageSummary message={message} onRetried={reload} />}
      />
    </Card>
  );
}

interface MessageSummaryProps {
  readonly message: MessagePartsFragment;
  readonly onRetried: () => Promise<void>;
}

function MessageSummary({ message, onRetried }: MessageSummaryProps) {
  const { api, attempt } = useConsole();
  const { id, kind, channel, to, state, attempts, createdAt, lastError } = message;
  const retry = () =>
    attempt(async () => {
      await api.client.retryMessage({ messageId: id });
      await onRetried();
    });
  return (
    <>
      <div class="row">
        <strong>{to}</strong>
        <Badge isBad={state === 'FAILED'}>{state.toLowerCase()}</Badge>
      </div>
      <p class="soft">
        {`${kind} · ${channel.toLowerCase()} · ${formatTime(createdAt)} · attempts: ${attempts}`}
      </p>
      {lastError && <p class="soft">{lastError}</p>}
      {state !== 'SENT' && (
        <button type="button" class="plain" onClick={() => void retry()}>
          Try again
        </button>
      )}
    </>
  );
}
