import { hasCredentials } from '../../../access/live-sessions.js';
import type { MfaGrace } from '../../../access/mfa-requirement.js';
import { later } from '../../../clock.js';
import { inSqlTransaction, type SqlTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { queueMfaNotice } from '../../notices/service.js';
import { findMfaRequiredSince, setMfaRequiredSince } from '../../users/mfa-grace.js';

export function createMfaGrace(deps: Pick<Deps, 'clock' | 'config' | 'db' | 'outbox'>): MfaGrace {
  const end = async (userId: string): Promise<Date | null> => {
    const since = await findMfaRequiredSince(deps.db, userId);
    return since && later(since, deps.config.MFA_GRACE);
  };
  return {
    end,
    async begin(userId, language) {
      const begun = await end(userId);
      if (begun || !(await hasCredentials(deps.db, userId))) return begun;
      await inSqlTransaction(deps.db, (tx) => beginMfaGrace(deps, tx, userId, language));
      return end(userId);
    },
  };
}

/** Begins the grace period of a user, and notifies the user by email. Does nothing if it has begun before. */
export async function beginMfaGrace(
  deps: Pick<Deps, 'clock' | 'config' | 'outbox'>,
  tx: SqlTransaction,
  userId: string,
  language: string | null,
): Promise<void> {
  const now = deps.clock.now();
  const user = await setMfaRequiredSince(tx, userId, now);
  if (user) await queueMfaNotice(deps, tx, user, later(now, deps.config.MFA_GRACE), language);
}
