import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, collectIssues } from '../../errors/account-error.js';
import { parseId } from '../../input/ids.js';
import { parseSecret } from '../../input/text.js';
import type { Requester } from '../../origin/requester.js';
import { recordLog } from '../logs/service.js';
import { endReservation, findReservation, reservedEmail } from '../security-changes/service.js';
import { findTokenBySecret } from '../tokens/guesses.js';
import { consumeToken, deleteTokens } from '../tokens/service.js';
import { lockAddress } from '../users/addresses.js';
import { lockUser } from '../users/service.js';

/**
 * Ends the reservation of an address that an account replaced, for the person who reads it. Afterwards, it can be used for a new account.
 * All links that went to the address end.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID; USER_INVALID_TOKEN, also if the address is not reserved
 */
export async function releaseAddress(
  deps: Pick<Deps, 'clock' | 'db' | 'keyedDigest' | 'limiter' | 'outbox'>,
  link: { userId: string; secret: string },
  requester: Requester,
): Promise<void> {
  const [userId, secret] = collectIssues(
    () => parseId('userId', link.userId),
    () => parseSecret('secret', link.secret),
  );
  const token = await findTokenBySecret(deps, userId, secret, ['undo'], requester);
  const now = deps.clock.now();
  const { address } = token;
  await inTransaction(deps.db, async (tx) => {
    await lockAddress(tx, address);
    const user = await lockUser(tx, userId, now);
    await consumeToken(deps, tx, token);
    const reservation = await findReservation(tx, reservedEmail(address), now);
    if (!user || reservation?.userId !== user.id) throw new AccountError('USER_INVALID_TOKEN');
    await endReservation(tx, user.id, address, now);
    await deleteTokens(tx, { userId: user.id, address });
    await recordLog(deps, tx, {
      event: 'user.update',
      detail: 'address.release email',
      userId: user.id,
      requester,
      now,
    });
  });
}
