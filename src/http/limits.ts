import type { Budget } from '../access/budget.js';
import { drawsOf } from '../access/draws.js';
import type { Deps } from '../deps.js';
import { AccountError } from '../errors/account-error.js';
import { type Call, refuse } from './reply.js';

/** Draws from budgets for a route beside the API; refuses the call, and says so, where one is used up. */
export async function isWithinLimits(
  { clock, codes, limiter }: Pick<Deps, 'clock' | 'codes' | 'limiter'>,
  budgets: readonly Budget[],
  call: Call,
  args: Readonly<Record<string, unknown>> = {},
): Promise<boolean> {
  const { clientAddress, requester } = call.exchange;
  const { deviceSecret } = requester;
  const counted = { authentication: { kind: 'guest' }, clientAddress, deviceSecret, args } as const;
  try {
    await limiter.draw(budgets.flatMap((budget) => drawsOf(codes, budget, counted, clock.now())));
    return true;
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    call.response.setHeader('retry-after', String(error.details.retryAfterSeconds));
    await refuse(call, 429, error.code, error.message);
    return false;
  }
}
