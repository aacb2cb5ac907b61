import type { Sql } from '../../db/sql.js';
import { AccountError, collectIssues } from '../../errors/account-error.js';
import type { Token } from '../../generated/prisma/client.js';
import { parseId } from '../../input/ids.js';
import { parseSecret } from '../../input/text.js';
import type { Requester } from '../../origin/requester.js';
import type { findPasskeys } from '../passkeys/service.js';
import type { ChangeHistory, SecurityChange } from '../security-changes/service.js';
import { findTokenBySecret } from '../tokens/guesses.js';
import { type LinkSubject, linkSubjectOf } from '../tokens/undo.js';
import { findUserByAddress } from '../users/addresses.js';
import { verifiedAddress } from '../users/service.js';
import { type AskingDevice, changingDevicesOf } from './guard.js';
import { passkeyIdsOf, type Perspective } from './perspective.js';
import { suggestChanges } from './suggestion.js';

/** What of a request a link needs. */
export type AskingRequester = Pick<Requester, 'clientAddress' | 'deviceDigest'>;

/**
 * Finds the token of a link.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN
 */
export async function findLink(
  deps: Parameters<typeof findTokenBySecret>[0],
  args: { userId: string; secret: string },
  requester: AskingRequester,
): Promise<Token> {
  const [userId, secret] = collectIssues(
    () => parseId('userId', args.userId),
    () => parseSecret('secret', args.secret),
  );
  const token = await findTokenBySecret(deps, userId, secret, ['undo', 'recoveryUsed'], requester);
  if (token.userId === null || !linkSubjectOf(token)) throw new AccountError('USER_INVALID_TOKEN');
  return token;
}

/** The changes that the holder of a link can revert. The holder of a recovery link made the recovery, and does not revert it. */
export function historyOfLink(token: Token, { listed, all }: ChangeHistory): ChangeHistory {
  if (token.purpose !== 'recoveryUsed') return { listed, all };
  const isOther = ({ id }: SecurityChange): boolean => id !== linkSubjectOf(token)?.changeId;
  return { listed: listed.filter(isOther), all: all.filter(isOther) };
}

/**
 * Whether another account has verified the address that a link was sent to. The link is then invalid, because its reader may be the
 * owner of that other account.
 */
export async function isVerifiedByOther(db: Sql, { address, userId }: Token, now: Date): Promise<boolean> {
  const kind = address.startsWith('+') ? 'phone' : 'email';
  const holder = await findUserByAddress(db, kind, address, now);
  return holder !== null && holder.id !== userId && verifiedAddress(holder, kind) === address;
}

/** How the changes look to the holder of a link. */
export async function perspectiveOfLink(
  db: Parameters<typeof findPasskeys>[0],
  token: Token,
  { listed, all }: ChangeHistory,
  device: AskingDevice | null,
  now: Date,
): Promise<Perspective> {
  const about = linkSubjectOf(token) as LinkSubject;
  const isRecovery = token.purpose === 'recoveryUsed';
  const linked = all.find(({ id }) => id === about.changeId);
  const link = {
    changeId: isRecovery ? null : about.changeId,
    at: token.createdAt,
    sessionId: linked?.sessionId ?? about.sessionId,
    deviceId: linked?.deviceId ?? null,
  };
  return {
    device,
    suggested: suggestChanges(all, link, device?.id ?? null, now),
    isOperator: false,
    passkeyIds: await passkeyIdsOf(db, token.userId ?? ''),
    settledBefore: token.createdAt,
    changingDevices: changingDevicesOf(listed),
  };
}
