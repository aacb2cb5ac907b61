import type { Clock } from '../clock.js';
import type { Sql } from '../db/sql.js';
import type { Message } from '../messages/message.js';
import { render, type Sender } from '../messages/render.js';
import type { EventSink } from '../transports/standard-webhook.js';
import type { Transport } from '../transports/transport.js';
import type { Inbox } from './inbox.js';
import { type AccountEvent, completeDecoys } from './queue.js';
import type { DeliveryRoute } from './worker.js';

interface DeliverDeps {
  readonly clock: Clock;
  readonly db: Sql;
}

/** Deliveries of one transport that run at the same time. */
const maxDeliveries = 8;

/** Messages of one channel to people: rendered, and given to its transport and to the inbox. */
export const messageRoute = (
  { clock, db }: DeliverDeps,
  channel: 'email' | 'sms',
  sender: Sender,
  transport: Transport | null,
  inbox: Inbox | null,
): DeliveryRoute<Message> => ({
  channels: [channel],
  maxInFlight: maxDeliveries,
  maxAttempts: 12,
  // One of the channels does it for all.
  ...(channel === 'email' && { prepare: () => completeDecoys(db, clock.now()) }),
  async deliver(id, createdAt, message) {
    const { recipient: to } = message;
    const rendered = render(sender, message);
    await transport?.send({ id, to, ...rendered });
    await inbox?.keep({ id, createdAt, channel, to, ...rendered });
  },
});

/**
 * Events for the webhook, tried until they expire.
 *
 * @param describe The body that an event is sent as.
 */
export const eventRoute = (
  { clock }: Pick<DeliverDeps, 'clock'>,
  sink: EventSink,
  describe: (event: AccountEvent) => Promise<string>,
): DeliveryRoute<AccountEvent> => ({
  channels: ['webhook'],
  maxInFlight: maxDeliveries,
  maxAttempts: Number.POSITIVE_INFINITY,
  deliver: async (id, _createdAt, event) => sink(id, clock.now(), await describe(event)),
});
