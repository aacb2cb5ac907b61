import { revertRecoveryLimits } from '../../limits/messages.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, collectIssues } from '../../errors/account-error.js';
import type { Authenticator, Identity, RecoveryCode, Token } from '../../generated/prisma/client.js';
import { parseId } from '../../input/ids.js';
import { parseSecret } from '../../input/text.js';
import type { Notice } from '../../messages/message.js';
import type { Requester } from '../../origin/requester.js';
import { removeClaim } from '../addresses/service.js';
import { recordLog } from '../logs/service.js';
import { deleteAuthenticators, restoreAuthenticator } from '../mfa/authenticators/service.js';
import { deleteRecoveryCodes, restoreRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { queueNotice } from '../notices/service.js';
import { deleteIdentities, restoreIdentity } from '../oauth2/identities/service.js';
import { deletePasskeys, type PasskeyJson, restorePasskey } from '../passkeys/service.js';
import { startRecovery } from '../recovery/service.js';
import { endAllSessions } from '../sessions/lifecycle.js';
import { findTokenBySecret } from '../tokens/guesses.js';
import { consumeToken, deleteTokens, type LinkSenderDeps } from '../tokens/service.js';
import { findUndoTokensSince } from '../tokens/undo.js';
import { lockUserByAddress, restoreEmail, restorePhone, resetDisplayedAddress } from '../users/addresses.js';
import {
  updateUserFields,
  lockUser,
  verifiedAddress,
  setDeletionTime,
  type UserRow,
  removePassword,
} from '../users/service.js';

type UndoDeps = LinkSenderDeps & Pick<Deps, 'log'>;

/** What was taken back. */
export interface UndoneView {
  readonly event: string;
  readonly undoneAt: Date;
}

/** What there is to take back of a change, beside what every undo does. */
type TakeBack = (tx: Transaction, user: UserRow, before: never, now: Date) => Promise<unknown>;

/** The address, which every undo puts right, and the password, which it takes away. */
const nothingElse: TakeBack = async () => {};

/**
 * What can be undone, and how: one row for each notice that carries a link. Every undo, whatever it is of, takes back what came
 * after it, too, gives the account the address back that was told, ends all sessions and tokens, and takes the password away.
 */
const undoings: Record<
  Exclude<Notice, 'addressReleased' | 'changeUndone' | 'deletionCancelled'>,
  TakeBack
> = {
  sessionAlert: nothingElse,
  passwordChanged: nothingElse,
  recoveryUsed: nothingElse,
  guessesSpent: nothingElse,
  passkeyCopied: nothingElse,
  emailChanged: nothingElse,
  emailReplaced: nothingElse,
  phoneChanged: (tx, { id }, before: Pick<UserRow, 'phone' | 'lastVerifiedPhone'>, now) =>
    restorePhone(tx, id, before, now),
  mfaOn: (tx, { id }, _before, now) => updateUserFields(tx, id, { mfaEnabled: false }, now),
  mfaOff: (tx, { id }, _before, now) => updateUserFields(tx, id, { mfaEnabled: true }, now),
  authenticatorAdded: (tx, { id }) => deleteAuthenticators(tx, id),
  authenticatorRemoved: (tx, { id }, before: Authenticator) => restoreAuthenticator(tx, id, before),
  recoveryCodesChanged: (tx, { id }, before: readonly RecoveryCode[]) => restoreRecoveryCodes(tx, id, before),
  passkeyAdded: (tx, { id }, before: { id: string }) => deletePasskeys(tx, id, before),
  passkeyRemoved: (tx, { id }, before: PasskeyJson) => restorePasskey(tx, id, before),
  identityLinked: (tx, { id }, before: { id: string }) => deleteIdentities(tx, id, before),
  identityRemoved: (tx, { id }, before: Identity) => restoreIdentity(tx, id, before),
  deletionScheduled: (tx, { id }, _before, now) => setDeletionTime(tx, id, null, now),
};

/** A change as its link remembers it. */
interface Remembered {
  readonly kind: keyof typeof undoings;
  readonly before: never;
}

/** What a link would undo; null for a token of another kind. */
export const storedChangeOf = ({ undo }: Pick<Token, 'undo'>): Remembered | null =>
  undo as unknown as Remembered | null;

/**
 * Takes a change back, for whoever was told of it: the one place that does.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN
 */
export async function undoChange(
  deps: UndoDeps,
  args: { userId: string; secret: string },
  requester: Requester,
): Promise<UndoneView> {
  const [userId, secret] = collectIssues(
    () => parseId('userId', args.userId),
    () => parseSecret('secret', args.secret),
  );
  const token = await findTokenBySecret(deps, userId, secret, ['undo'], requester);
  const remembered = storedChangeOf(token);
  if (!remembered) throw new AccountError('USER_INVALID_TOKEN');
  const { kind } = remembered;
  const { address } = token;
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const holder = await lockUserByAddress(tx, 'email', address, now);
    const user = await lockUser(tx, userId, now);
    if (!user) throw new AccountError('USER_INVALID_TOKEN');
    // What a thief did after it, too, the last thing first.
    for (const later of await findUndoTokensSince(tx, token)) {
      const change = storedChangeOf(later);
      if (change) await undoings[change.kind](tx, user, change.before, now);
    }
    await consumeToken(deps, tx, token);
    await deleteAddedSince(tx, userId, token.createdAt);
    await giveAddressBack(deps, tx, user, holder, address, requester);
    const reverted = await removePassword(tx, userId, now);
    await endAllSessions(tx, userId, now);
    // Those that a thief was mailed included.
    await deleteTokens(tx, { userId });
    await recordLog(deps, tx, { event: 'user.update', detail: 'undo.update', userId, requester, now });
    await queueNotice(deps, tx, 'changeUndone', reverted, requester);
  });
  await mailRecovery(deps, address, requester);
  return { event: kind, undoneAt: now };
}

/** Ways in that were added since, whether they were told of or not. What was put back is older. */
async function deleteAddedSince(tx: Transaction, userId: string, since: Date): Promise<void> {
  await deletePasskeys(tx, userId, { since });
  await deleteIdentities(tx, userId, { since });
  await deleteAuthenticators(tx, userId, { since });
  await deleteRecoveryCodes(tx, userId, { since });
}

/** Whoever reads the address was told because it was the proven one. It is again, unless somebody else has proven it since. */
async function giveAddressBack(
  deps: UndoDeps,
  tx: Transaction,
  user: UserRow,
  holder: UserRow | null,
  address: string,
  requester: Requester,
): Promise<void> {
  const now = deps.clock.now();
  if (user.lastVerifiedEmail === address) {
    if (user.email !== address) await resetDisplayedAddress(tx, user, 'email', now);
    return;
  }
  const isAnothers = holder !== null && holder.id !== user.id;
  if (isAnothers && verifiedAddress(holder, 'email') === address) return;
  if (isAnothers) await removeClaim(deps, tx, holder, 'email', requester);
  await restoreEmail(tx, user.id, address, now);
}

/** The way back in. It is asked for again where this fails. */
async function mailRecovery(deps: UndoDeps, email: string, requester: Requester): Promise<void> {
  try {
    await startRecovery(deps, { email }, requester, revertRecoveryLimits);
  } catch (error) {
    deps.log.warn({ error }, 'no recovery was mailed after an undo');
  }
}
