import type { Clock } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { channelOf, type Message } from '../messages/message.js';
import { render, type Sender } from '../messages/render.js';
import type { EventSink } from '../transports/standard-webhook.js';
import type { Transport } from '../transports/transport.js';
import type { Inbox } from './inbox.js';
import { type AccountEvent, dropNobodys } from './queue.js';
import type { Line } from './worker.js';

/** Who carries messages; null where a channel is off or only the inbox has it. */
export interface Carriers {
  readonly email: Transport | null;
  readonly sms: Transport | null;
  readonly inbox: Inbox | null;
}

interface World {
  readonly clock: Clock;
  readonly db: Sql;
}

/** Messages to people: put into words, and handed to the transports, and to the inbox where there is one. */
export const messageLine = ({ clock, db }: World, sender: Sender, carriers: Carriers): Line<Message> => ({
  channels: ['email', 'sms'],
  // As many as the mail server is spoken to at once.
  batch: 2,
  mostAttempts: 12,
  prepare: () => dropNobodys(db, clock.now()),
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
  { clock }: Pick<World, 'clock'>,
  sink: EventSink,
  describe: (event: AccountEvent) => Promise<string>,
): Line<AccountEvent> => ({
  channels: ['webhook'],
  batch: 8,
  mostAttempts: Number.POSITIVE_INFINITY,
  deliver: async (id, _createdAt, event) => sink(id, clock.now(), await describe(event)),
});
