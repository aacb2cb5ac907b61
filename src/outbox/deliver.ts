import type { Clock } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { channelOf, type Message } from '../messages/message.js';
import { render, type Sender } from '../messages/render.js';
import type { EventSink } from '../transports/standard-webhook.js';
import type { Transport } from '../transports/transport.js';
import type { Inbox } from './inbox.js';
import { type AccountEvent, completeDecoys } from './queue.js';
import type { DeliveryRoute } from './worker.js';

/** Who carries messages; null where a channel is off or only the inbox has it. */
export interface Carriers {
  readonly email: Transport | null;
  readonly sms: Transport | null;
  readonly inbox: Inbox | null;
}

interface DeliverDeps {
  readonly clock: Clock;
  readonly db: Sql;
}

/** Messages to people: put into words, and handed to the transports, and to the inbox where there is one. */
export const messageRoute = (
  { clock, db }: DeliverDeps,
  sender: Sender,
  carriers: Carriers,
): DeliveryRoute<Message> => ({
  channels: ['email', 'sms'],
  // As many as the mail server is spoken to at once.
  batch: 2,
  maxWaiting: 12,
  prepare: () => completeDecoys(db, clock.now()),
  async deliver(id, createdAt, message) {
    const channel = channelOf(message);
    const { recipient: to } = message;
    const rendered = render(sender, message);
    await carriers[channel]?.send({ id, to, ...rendered });
    await carriers.inbox?.keep({ id, createdAt, channel, to, ...rendered });
  },
});

/**
 * Events for the webhook, tried until they expire: beside the messages, so that a receiver that is down holds no mail up.
 *
 * @param describe The body that an event is sent as.
 */
export const eventLine = (
  { clock }: Pick<DeliverDeps, 'clock'>,
  sink: EventSink,
  describe: (event: AccountEvent) => Promise<string>,
): DeliveryRoute<AccountEvent> => ({
  channels: ['webhook'],
  batch: 8,
  maxWaiting: Number.POSITIVE_INFINITY,
  deliver: async (id, _createdAt, event) => sink(id, clock.now(), await describe(event)),
});
