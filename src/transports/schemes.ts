import type { SenderSettings, Transport } from './transport.js';
import { createTwilio } from './twilio.js';
import { createWebhook } from './webhook.js';

type Maker = (url: string, settings: SenderSettings) => Transport | Promise<Transport>;

const smtp: Maker = async (url, settings) => (await import('./smtp.js')).createSmtp(url, settings);

/** One row per scheme of MAIL_URL and SMS_URL: a new way out is a file beside this one and a row here. */
const makers: Record<string, Maker> = {
  'smtp:': smtp,
  'smtps:': smtp,
  'twilio:': createTwilio,
  'webhook:': createWebhook,
  'webhooks:': createWebhook,
};

/** The transport that a URL names; null where the channel is switched off, or only the inbox has it. */
export async function createTransport(
  url: string | undefined,
  settings: SenderSettings,
): Promise<Transport | null> {
  if (!url || url === 'none') return null;
  const make = makers[new URL(url).protocol];
  if (!make) throw new Error('No transport has this scheme.');
  return make(url, settings);
}
