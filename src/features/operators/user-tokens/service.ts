import type { Operator } from '../../../access/viewer.js';
import { lifetimes } from '../../../clock.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, argumentInvalid } from '../../../errors/account-error.js';
import type { Requester } from '../../../origin/requester.js';
import { recordLog } from '../../logs/service.js';
import { issueToken } from '../../tokens/service.js';
import { getUser } from '../users/service.js';

/** A secret with which an operator can sign in as a user. */
export interface UserTokenView {
  readonly userId: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

/**
 * Creates a secret with which createSession signs an operator in as a user, once.
 *
 * @throws {AccountError} USER_AUTH_METHOD_UNSUPPORTED unless USER_TOKENS is on; GENERAL_ARGUMENT_INVALID, USER_NOT_FOUND
 */
export async function createUserToken(
  deps: Pick<Deps, 'clock' | 'config' | 'db' | 'keyedDigest' | 'outbox'>,
  { keyName }: Operator,
  { userId, expiresIn }: { userId: string; expiresIn?: number | null | undefined },
  requester: Requester,
): Promise<UserTokenView> {
  if (!deps.config.USER_TOKENS) throw new AccountError('USER_AUTH_METHOD_UNSUPPORTED');
  const lifetimeSeconds = expiresIn ?? lifetimes.userToken;
  if (lifetimeSeconds < 1 || lifetimeSeconds > lifetimes.userTokenMaximum)
    throw argumentInvalid('expiresIn', `Must be 1 to ${lifetimes.userTokenMaximum} seconds.`);
  const { id } = await getUser(deps, userId);
  return inTransaction(deps.db, async (tx) => {
    const binding = { purpose: 'userToken', handle: id, userId: id, address: '' } as const;
    const operatorToken = { ...binding, about: { operator: keyName }, lifetimeSeconds };
    const { token, secret } = await issueToken(deps, tx, operatorToken, requester);
    const detail = 'user-token.create';
    await recordLog(deps, tx, { event: 'user.update', detail, userId: id, requester, now: token.createdAt });
    return { userId: id, secret, expiresAt: token.expiresAt };
  });
}
