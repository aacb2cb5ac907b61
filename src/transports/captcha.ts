import { digest } from '../secrets/digest.js';
import { readBounded } from './http.js';

/** It delays a sign-up, so it must answer quickly. */
const timeoutMilliseconds = 3000;
const maxTokenLength = 4096;
const maxResponseBytes = 64 * 1024;
/** reCAPTCHA v3 gives each visitor a score from 0 to 1, of which 0.5 is its own suggestion. */
const minScore = 0.5;

/** The services, which share one protocol. */
export const captchaServices = {
  turnstile: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
  hcaptcha: 'https://api.hcaptcha.com/siteverify',
  recaptcha: 'https://www.google.com/recaptcha/api/siteverify',
} as const;

export type CaptchaOutcome = 'passed' | 'rejected' | 'failed';

interface CaptchaSettings {
  readonly url: string;
  readonly secret: string;
  /** Is told the outcome of each verification. */
  readonly onOutcome: (outcome: CaptchaOutcome, error?: unknown) => void;
}

/**
 * Verifies the token that the widget of a CAPTCHA service gave to a visitor. If the service does not answer, the visitor passes,
 * because a CAPTCHA service that is down must not close the sign-in.
 *
 * @returns A digest of the token, or null if the service rejects it.
 * @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 * @see https://docs.hcaptcha.com/#verify-the-user-response-server-side
 * @see https://developers.google.com/recaptcha/docs/verify
 */
export const createCaptcha =
  ({ url, secret, onOutcome }: CaptchaSettings) =>
  async (token: string, clientAddress: string): Promise<string | null> => {
    if (token === '' || token.length > maxTokenLength) return null;
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ secret, response: token, remoteip: clientAddress }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      if (!response.ok) throw new Error(`The CAPTCHA service answered ${response.status}.`);
      const { success, score = 1 } = JSON.parse(await readBounded(response, maxResponseBytes)) as {
        success?: unknown;
        score?: unknown;
      };
      const isPassed = success === true && Number(score) >= minScore;
      onOutcome(isPassed ? 'passed' : 'rejected');
      return isPassed ? digest(token) : null;
    } catch (error) {
      onOutcome('failed', error);
      return digest(token);
    }
  };
