import type { Deps } from '../deps.js';
import { AccountError } from '../errors/account-error.js';
import type { LimitUse } from '../limits/subject.js';
import { type Call, sendError } from './reply.js';

/** Counts a call of a route that is not GraphQL. Sends status 429 and returns false if a limit is exceeded. */
export async function isWithinLimits(
  { limiter }: Pick<Deps, 'limiter'>,
  uses: readonly LimitUse[],
  call: Call,
): Promise<boolean> {
  try {
    await limiter.consume(uses);
    return true;
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    call.response.setHeader('retry-after', String(error.details.retryAfterSeconds));
    await sendError(call, 429, error.code, error.message);
    return false;
  }
}
