import type { Operator } from '../../access/viewer.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Actor, Requester } from '../../origin/requester.js';
import { type LogDetail, type LogEvent, recordLog } from '../logs/service.js';

/** An operator, as the security log names one. */
export const actorOf = ({ keyName }: Operator): Actor => `operator:${keyName}`;

/** Records on a user what an operator did. */
export const recordOperatorAction = (
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  operator: Operator,
  deed: { readonly event: LogEvent; readonly detail?: LogDetail | undefined; readonly userId: string },
  requester: Requester,
): Promise<void> => {
  const { event, detail, userId } = deed;
  const actor = actorOf(operator);
  return recordLog(deps, tx, {
    event,
    ...(detail && { detail }),
    userId,
    actor,
    requester,
    now: deps.clock.now(),
  });
};
