import type { Clock } from './clock.js';
import type { Config } from './config/config.js';
import { countryOfPhone } from './input/phone.js';
import type { RateLimiter } from './limits/limiter.js';
import { smsServerUses } from './limits/messages.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** Watches the SMS that are queued. */
export interface SmsWatch {
  /** Whether SMS_COUNTRIES allows the country of a number. */
  isAllowed(phone: string): boolean;
  /** Counts an SMS, and warns once a day when SMS_DAILY_LIMIT is nearly reached. */
  queued(phone: string): void;
  /** Counts an SMS that was not queued because of its country. */
  rejected(phone: string): void;
}

/** The part of SMS_DAILY_LIMIT that must be used before the server warns. */
const warnAt = 0.8;

export function createSmsWatch({
  clock,
  config,
  limiter,
  log,
  metrics,
}: {
  readonly clock: Clock;
  readonly config: Pick<Config, 'SMS_COUNTRIES' | 'SMS_DAILY_LIMIT'>;
  readonly limiter: RateLimiter;
  readonly log: Logger;
  readonly metrics: Metrics | null;
}): SmsWatch {
  const { SMS_COUNTRIES: countries, SMS_DAILY_LIMIT: max } = config;
  let warnedOn = '';
  const warnIfNearlyReached = async (): Promise<void> => {
    const day = clock.now().toISOString().slice(0, 10);
    if (warnedOn === day) return;
    const [used = 0] = await limiter.usedShares(smsServerUses(config));
    if (used < warnAt) return;
    warnedOn = day;
    log.warn(
      { used },
      'SMS_DAILY_LIMIT is nearly reached: raise it, or look for a caller who requests many SMS',
    );
  };
  return {
    isAllowed: (phone) => countries === undefined || countries.includes(countryOfPhone(phone)),
    queued(phone) {
      metrics?.sms(countryOfPhone(phone), 'queued');
      if (max > 0)
        warnIfNearlyReached().catch((error: unknown) => log.debug({ error }, 'cannot read the SMS limit'));
    },
    rejected: (phone) => metrics?.sms(countryOfPhone(phone), 'rejected'),
  };
}
