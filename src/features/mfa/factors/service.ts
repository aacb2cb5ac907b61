import { afterMfa, type FactorAccount } from '../../../access/factors.js';
import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { type UserView, userView } from '../../account/service.js';
import { recordLog } from '../../logs/service.js';
import { type NoticeCause, queueNotice } from '../../notices/service.js';
import { lockUser, recordFactors } from '../../sessions/service.js';

/** Which factors an account can prove. */
export interface MfaFactorsView {
  readonly totp: boolean;
  readonly phone: boolean;
  readonly email: boolean;
  readonly recoveryCode: boolean;
}

/** The factors of a user, whether MFA is on or not. */
export async function listFactors({ db }: Pick<Deps, 'db'>, userId: string): Promise<MfaFactorsView> {
  const user = await db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      emailVerified: true,
      phoneVerified: true,
      authenticators: { where: { verified: true }, select: { id: true } },
      _count: { select: { recoveryCodes: true } },
    },
  });
  return {
    totp: user.authenticators.length > 0,
    phone: user.phoneVerified,
    email: user.emailVerified,
    recoveryCode: user._count.recoveryCodes > 0,
  };
}

/** Turns MFA on or off. On, the caller's session is given what the account has verified; other sessions are pending at once. */
export async function switchMfa(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  mfaEnabled: boolean,
  cause: NoticeCause,
): Promise<UserView> {
  const now = deps.clock.now();
  const { id: userId, mfaEnabled: wasEnabled } = caller.user;
  return inTransaction(deps.db, async (tx) => {
    await lockUser(tx, userId);
    const row = await tx.user.update({ where: { id: userId }, data: { mfaEnabled, updatedAt: now } });
    const totpVerified = (await tx.authenticator.count({ where: { userId, verified: true } })) > 0;
    const account: FactorAccount = { ...row, totpVerified };
    const sessionId = caller.currentSessionId;
    if (sessionId !== null) {
      await recordFactors(tx, sessionId, (factors) => afterMfa(factors, account, mfaEnabled), now, null);
    }
    await recordLog(tx, { event: 'user.update', userId, origin: cause.origin, now });
    if (mfaEnabled !== wasEnabled) await queueNotice(deps, tx, 'mfaChanged', row, cause);
    return userView(row);
  });
}
