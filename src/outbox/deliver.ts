import { channelOf } from '../messages/message.js';
import { render, type Sender } from '../messages/render.js';
import type { Transport } from '../transports/transport.js';
import type { Inbox } from './inbox.js';
import type { Deliver } from './worker.js';

/** Who carries messages; null where a channel is off or only the inbox has it. */
export interface Carriers {
  readonly email: Transport | null;
  readonly sms: Transport | null;
  readonly inbox: Inbox | null;
}

/** Puts messages into words and hands them to the transports, and to the inbox where there is one. */
export const deliverBy =
  (sender: Sender, carriers: Carriers): Deliver =>
  async (id, createdAt, message) => {
    const channel = channelOf(message);
    const { recipient: to } = message;
    const rendered = render(sender, message);
    await carriers[channel]?.send({ id, to, ...rendered });
    await carriers.inbox?.keep({ id, createdAt, channel, to, ...rendered });
  };
