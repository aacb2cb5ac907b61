import { digest } from '../secrets/digest.js';
import { readBounded } from './http.js';

/** It delays a sign-up, so it must answer quickly. */
const timeoutMilliseconds = 3000;
/** The maximum that Turnstile documents. */
const maxTokenLength = 2048;
const maxResponseBytes = 64 * 1024;
/** reCAPTCHA v3 gives each visitor a score from 0 to 1. Google suggests 0.5. */
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
  /** Whether a score means that a high value is good. hCaptcha counts the other way round. */
  readonly hasScore: boolean;
  /** Called with the outcome of each verification. */
  readonly onOutcome: (outcome: CaptchaOutcome, problem?: unknown) => void;
}

/** The verdict of a service. */
interface Verdict {
  readonly success?: unknown;
  readonly score?: unknown;
  readonly 'error-codes'?: unknown;
}

/**
 * Verifies the token that the widget of a CAPTCHA service gave to a visitor. If the service does not respond, the visitor passes,
 * because a CAPTCHA service that is down must not close the sign-in. Any response below status 500 is a verdict.
 *
 * @returns Null if the service rejects the token. Otherwise its digest, or a name of null if the service did not respond.
 * @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 * @see https://docs.hcaptcha.com/#verify-the-user-response-server-side
 * @see https://developers.google.com/recaptcha/docs/verify
 */
export const createCaptcha =
  ({ url, secret, hasScore, onOutcome }: CaptchaSettings) =>
  async (token: string, clientAddress: string): Promise<{ readonly name: string | null } | null> => {
    if (token === '' || token.length > maxTokenLength) return null;
    let text: string;
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ secret, response: token, remoteip: clientAddress }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      if (response.status >= 500) throw new Error(`The CAPTCHA service answered ${response.status}.`);
      text = await readBounded(response, maxResponseBytes);
    } catch (error) {
      onOutcome('failed', error);
      return { name: null };
    }
    const { success, score = 1, 'error-codes': codes } = verdictOf(text);
    const isPassed = success === true && (!hasScore || Number(score) >= minScore);
    // Such as a wrong secret, which only the operator can correct.
    onOutcome(isPassed ? 'passed' : 'rejected', /secret/.test(String(codes)) ? codes : undefined);
    return isPassed ? { name: digest(token) } : null;
  };

function verdictOf(text: string): Verdict {
  try {
    return Object(JSON.parse(text)) as Verdict;
  } catch {
    return {};
  }
}
