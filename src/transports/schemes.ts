import { createSmtp } from './smtp.js';
import type { SenderSettings, Transport } from './transport.js';
import { createTwilio } from './twilio.js';
import { createWebhook } from './webhook.js';

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
