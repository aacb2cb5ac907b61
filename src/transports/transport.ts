import { createSmtp } from './smtp.js';
import { createTwilio } from './twilio.js';
import { createWebhook } from './webhook.js';

/** A message in words, on its way out. The id is the same for every attempt. */
export interface Outgoing {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  /** Of mails; "" for SMS. */
  readonly subject: string;
  readonly html: string;
}

/** Hands messages over to whoever carries them. */
export interface Transport {
  /** @throws {Refused} when trying again would be in vain; any other error is worth another try. */
  send(message: Outgoing): Promise<void>;
  close(): void;
}

/** What the operator says of the sender. */
export interface SenderSettings {
  /** Such as `Accounts <no-reply@example.com>`. */
  readonly from: string;
  /** The host in Message-IDs. */
  readonly host: string;
}

/** One row per scheme of MAIL_URL and SMS_URL: a new way out is a file beside this one and a row here. */
const makers: Record<string, (url: string, settings: SenderSettings) => Transport> = {
  'smtp:': createSmtp,
  'smtps:': createSmtp,
  'twilio:': createTwilio,
  'webhook:': createWebhook,
  'webhooks:': createWebhook,
};

/** The transport that a URL names; null where the channel is switched off, or only the inbox has it. */
export function createTransport(url: string | undefined, settings: SenderSettings): Transport | null {
  if (!url || url === 'none') return null;
  const make = makers[new URL(url).protocol];
  if (!make) throw new Error('No transport has this scheme.');
  return make(url, settings);
}
