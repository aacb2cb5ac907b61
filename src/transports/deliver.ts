import type { Mail } from '../messages/render.js';
import { renderMail } from '../messages/render.js';
import type { Sms } from './sms.js';
import type { Inbox } from '../outbox/inbox.js';
import { channelOf } from '../messages/message.js';
import type { Deliver } from '../outbox/worker.js';

/** Hands a rendered mail over. The id makes the Message-ID, the same for every attempt. */
export type SendMail = (id: string, to: string, mail: Mail) => Promise<void>;

/** Who carries messages; null where a channel is off or only the inbox has it. */
export interface Transports {
  readonly appName: string;
  readonly mail: SendMail | null;
  readonly sms: Sms | null;
  readonly inbox: Inbox | null;
}

/** Delivers by the transports, and to the inbox where there is one. */
export const deliverBy =
  ({ appName, mail, sms, inbox }: Transports): Deliver =>
  async (id, createdAt, message) => {
    const channel = channelOf(message);
    const { recipient: to } = message;
    if (message.kind === 'smsCode') {
      await sms?.send({ id, to, text: message.code });
      await inbox?.keep({ id, createdAt, channel, to, subject: '', text: message.code, html: '' });
      return;
    }
    const rendered = renderMail(appName, message);
    await mail?.(id, to, rendered);
    await inbox?.keep({ id, createdAt, channel, to, ...rendered });
  };
