import type { Clock } from './clock.js';
import type { Config } from './config/config.js';
import { isLoopback } from './config/fields.js';
import type { Decide, Decision } from './decisions.js';
import type { Deps } from './deps.js';
import { newRequestId } from './ids.js';
import type { ProofMethod } from './limits/proof.js';
import type { EventSink } from './transports/standard-webhook.js';

// Services that the settings name. The libraries for one are loaded only if its setting is there.

/** Sends events to WEBHOOK_URL. */
export async function createWebhook(config: Config): Promise<EventSink | null> {
  const { WEBHOOK_URL, WEBHOOK_SECRET, WEBHOOK_PRIVATE } = config;
  if (!WEBHOOK_URL || !WEBHOOK_SECRET) return null;
  const { createEventSink } = await import('./transports/standard-webhook.js');
  return createEventSink(WEBHOOK_URL, {
    secret: WEBHOOK_SECRET,
    isLoopback: !config.production && isLoopback(WEBHOOK_URL),
    isPrivate: WEBHOOK_PRIVATE,
  });
}

/** Asks the application at DECIDE_URL. */
export async function createDecide(
  { DECIDE_URL, DECIDE_SECRET }: Config,
  clock: Clock,
): Promise<Decide | undefined> {
  if (!DECIDE_URL || !DECIDE_SECRET) return undefined;
  const { createDecisionHook } = await import('./transports/decision-hook.js');
  const ask = createDecisionHook(DECIDE_URL, DECIDE_SECRET);
  return async (request, { signal }) => (await ask(newRequestId(), clock.now(), request, signal)) as Decision;
}

/** Creates and checks the kind of proof that PROOF names. */
export async function createProofMethod({
  config,
  clock,
  keyedDigest,
  log,
  metrics,
}: Pick<Deps, 'config' | 'clock' | 'keyedDigest' | 'log' | 'metrics'>): Promise<ProofMethod | null> {
  const { PROOF, PROOF_SITE_KEY: siteKey = null, PROOF_SECRET: secret = '', PROOF_VERIFY_URL } = config;
  if (PROOF === 'off') return null;
  if (PROOF === 'altcha') {
    const { createProofOfWork } = await import('./limits/proof-of-work.js');
    return createProofOfWork({ clock, keyedDigest });
  }
  const { captchaServices, createCaptcha } = await import('./transports/captcha.js');
  const verify = createCaptcha({
    url: PROOF_VERIFY_URL ?? captchaServices[PROOF],
    secret,
    hasScore: PROOF === 'recaptcha',
    onOutcome: (outcome, problem) => {
      metrics?.externalCheck('captcha', outcome);
      if (outcome === 'failed')
        log.warn({ error: problem }, 'the CAPTCHA service does not respond; the request passes');
      else if (problem) log.error({ problem }, 'the CAPTCHA service rejects PROOF_SECRET');
    },
  });
  return {
    kind: ({ turnstile: 'TURNSTILE', hcaptcha: 'HCAPTCHA', recaptcha: 'RECAPTCHA' } as const)[PROOF],
    siteKey,
    challenge: async () => null,
    verify: (proof, { clientAddress }) => verify(proof, clientAddress),
  };
}

/** A URL without what may be a secret in it. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
