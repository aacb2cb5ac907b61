import type { Deps } from '../deps.js';
import { AccountError } from '../errors/account-error.js';
import { limitUsesOf } from '../limits/key.js';
import type { RateLimit } from '../limits/limits.js';
import { type Call, sendError } from './reply.js';

/** Counts a call of a route that is not GraphQL. Sends status 429 and returns false if a limit is exceeded. */
export async function isWithinLimits(
  { clock, keyedDigest, limiter }: Pick<Deps, 'clock' | 'keyedDigest' | 'limiter'>,
  limits: readonly RateLimit[],
  call: Call,
  args: Readonly<Record<string, unknown>> = {},
): Promise<boolean> {
  const { clientAddress, deviceSecret } = call.exchange;
  const limited = { user: null, operatorKeyName: null, clientAddress, deviceSecret, args };
  try {
    await limiter.consume(limits.flatMap((limit) => limitUsesOf(keyedDigest, limit, limited, clock.now())));
    return true;
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    call.response.setHeader('retry-after', String(error.details.retryAfterSeconds));
    await sendError(call, 429, error.code, error.message);
    return false;
  }
}
