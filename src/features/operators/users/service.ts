import type { Operator } from '../../../access/viewer.js';
import type { RowPage } from '../../../db/rows.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { isUuid } from '../../../ids.js';
import { AccountError, argumentInvalid } from '../../../errors/account-error.js';
import { parseEmail } from '../../../input/email.js';
import { parsePhone } from '../../../input/phone.js';
import { parseLabels } from '../../../input/labels.js';
import type { Page } from '../../../input/page.js';
import { checkText } from '../../../input/text.js';
import type { Requester } from '../../../origin/requester.js';
import { markOwnVerified } from '../../addresses/proofs.js';
import { deleteUserCompletely } from '../../account-deletion/service.js';
import type { LogDetail } from '../../logs/service.js';
import {
  authenticatorToJson,
  deleteAuthenticators,
  findAuthenticator,
} from '../../mfa/authenticators/service.js';
import { deleteRecoveryCodes, findRecoveryCodes, stateOf } from '../../mfa/recovery-codes/service.js';
import { queueOperatorNotice } from '../../notices/service.js';
import { deletePasskeys, findPasskeys, passkeyToJson } from '../../passkeys/service.js';
import { deleteBlockChanges, recordSecurityChange, reservedPasskey } from '../../security-changes/service.js';
import type { ChangeCore } from '../../security-changes/states.js';
import { endAllSessions, endOneSession, endTrust, endUnfinishedSignIns } from '../../sessions/ending.js';
import { deleteTokens } from '../../tokens/service.js';
import { lockUserByAddress, markUnverified } from '../../users/addresses.js';
import { type FoundUser, listUsers, searchUsers, type UserPlace } from '../../users/search.js';
import {
  updateUserFields,
  type AddressKind,
  findUser,
  lockUserRow,
  type UserRow,
  type UserView,
  userView,
} from '../../users/service.js';
import { actorOf, recordOperatorAction } from '../actor.js';

type OperatorDeps = Pick<Deps, 'clock' | 'config' | 'db' | 'outbox'>;

const maxSearchLength = 320;

/**
 * Users, newest first, or those that are searched for.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export function findUsers(
  { db }: Pick<Deps, 'db'>,
  page: Page<UserPlace>,
  search: string | null | undefined,
): RowPage<FoundUser> {
  const text = checkText('search', search?.trim() ?? '', 0, maxSearchLength).normalize('NFC');
  if (text === '') return listUsers(db, page);
  const phone = /^\+?[\d\s().-]+$/.test(text) ? text.replaceAll(/[\s().-]/g, '') : '';
  return searchUsers(db, page, { id: text, text, phone });
}

/** @throws {AccountError} USER_NOT_FOUND */
export async function getUser({ db }: Pick<Deps, 'db'>, userId: string): Promise<UserView> {
  const user = userId.includes('\0') ? null : await findUser(db, userId);
  if (!user) throw new AccountError('USER_NOT_FOUND');
  return userView(user);
}

/** Blocks a user, and ends all sessions and tokens at once; or lets the user in again. */
export const setEnabled = (
  deps: OperatorDeps,
  operator: Operator,
  { userId, enabled }: { userId: string; enabled: boolean },
  requester: Requester,
): Promise<UserView> =>
  changeUser(
    deps,
    operator,
    userId,
    enabled ? 'status.update enabled' : 'status.update blocked',
    requester,
    async (tx, { id }, now) => {
      // An operator's decision replaces the user's. Links of security notices stay valid.
      await deleteBlockChanges(tx, id);
      await endTrust(tx, id);
      if (!enabled) {
        await endAllSessions(tx, id, now);
        await deleteTokens(tx, { userId: id, purpose: { notIn: ['undo', 'recoveryUsed'] } });
      }
      return updateUserFields(tx, id, { enabled }, now);
    },
  );

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_NOT_FOUND */
export const setLabels = (
  deps: OperatorDeps,
  operator: Operator,
  args: { userId: string; labels: readonly string[] },
  requester: Requester,
): Promise<UserView> => {
  const labels = parseLabels(args.labels);
  return changeUser(deps, operator, args.userId, 'labels.update', requester, (tx, { id }, now) =>
    updateUserFields(tx, id, { labels }, now),
  );
};

/**
 * Takes an operator's word for what the user shows: that it is proven, or that it is not.
 *
 * @throws {AccountError} USER_NOT_FOUND, USER_EMAIL_NOT_FOUND, USER_PHONE_NOT_FOUND
 */
export async function setVerification(
  deps: OperatorDeps,
  operator: Operator,
  args: {
    userId: string;
    email?: string | null | undefined;
    emailVerified?: boolean | null | undefined;
    phone?: string | null | undefined;
    phoneVerified?: boolean | null | undefined;
  },
  requester: Requester,
): Promise<UserView> {
  const named = {
    email: args.email == null ? null : parseEmail(args.email),
    phone: args.phone == null ? null : parsePhone(args.phone),
  };
  const shown = await getUser(deps, args.userId);
  const changes = (
    [
      ['email', args.emailVerified, 'USER_EMAIL_NOT_FOUND'],
      ['phone', args.phoneVerified, 'USER_PHONE_NOT_FOUND'],
    ] as const
  ).flatMap(([addressKind, verified, missing]) =>
    verified == null ? [] : [{ addressKind, verified, missing, address: shown[addressKind] }],
  );
  for (const { addressKind, verified, missing, address } of changes) {
    if (address === null) throw new AccountError(missing);
    // The user may have changed the address since the operator loaded it.
    if (verified && address !== named[addressKind])
      throw argumentInvalid(
        addressKind,
        'Required, and must be the displayed address of the user. Load the user again.',
      );
  }
  const before = async (tx: Transaction) => {
    for (const { addressKind, address, missing } of changes) {
      if (address === null) throw new AccountError(missing);
      await lockUserByAddress(tx, addressKind, address, deps.clock.now());
    }
  };
  return changeUser(
    deps,
    operator,
    args.userId,
    detailOf(changes),
    requester,
    async (tx, row, now) => {
      let user = row;
      const proof = { isOwn: true, isLogged: true };
      await endTrust(tx, row.id);
      for (const { addressKind, verified, missing, address } of changes) {
        if (address === null) throw new AccountError(missing);
        if (row[addressKind] !== address)
          throw argumentInvalid(
            addressKind,
            'Must be the displayed address of the user. Load the user again.',
          );
        user = verified
          ? await markOwnVerified(deps, tx, user, addressKind, address, proof, requester)
          : await markUnverified(tx, row.id, addressKind, now);
      }
      return user;
    },
    before,
  );
}

/** Of several wishes the first is told. */
function detailOf(wishes: readonly { addressKind: AddressKind; verified: boolean }[]): LogDetail | undefined {
  const [wish] = wishes;
  return wish && `address.${wish.verified ? 'prove' : 'withdraw'} ${wish.addressKind}`;
}

/**
 * Removes what a user could prove beside the password, so that whoever lost it gets in again: authenticators, recovery codes and
 * passkeys go, and MFA is off. Sessions go on, and those that lacked a factor are complete.
 */
export const resetFactors = (
  deps: OperatorDeps,
  operator: Operator,
  userId: string,
  requester: Requester,
): Promise<UserView> =>
  changeUser(deps, operator, userId, 'factor.delete all', requester, async (tx, before, now) => {
    const { id } = before;
    for (const removed of await findFactorsAsChanges(tx, before)) {
      const by = { user: before, session: null, actor: actorOf(operator), event: null } as const;
      const told = { detail: 'factor.delete all', notice: null } as const;
      await recordSecurityChange(deps, tx, { ...removed, ...by, ...told }, requester);
    }
    await deleteAuthenticators(tx, id);
    await deleteRecoveryCodes(tx, id);
    await deletePasskeys(tx, id);
    await endUnfinishedSignIns(tx, id);
    const user = await updateUserFields(tx, id, { mfaEnabled: false, mailboxSuffices: true }, now);
    await queueOperatorNotice(deps, tx, 'factorsReset', user);
    return user;
  });

/** The factors of a user, as changes that remove them. */
async function findFactorsAsChanges(
  tx: Transaction,
  { id, mfaEnabled }: UserRow,
): Promise<(ChangeCore & { reserved?: string })[]> {
  const db = { prisma: tx };
  const authenticator = await findAuthenticator(db, id);
  const codes = await findRecoveryCodes(db, id);
  const passkeys = await findPasskeys(db, id);
  return [
    ...(authenticator === null
      ? []
      : [
          {
            kind: 'AUTHENTICATOR',
            action: 'removed',
            subject: authenticator.id,
            state: { row: authenticatorToJson(authenticator) },
          } as const,
        ]),
    ...(codes.length === 0
      ? []
      : [{ kind: 'RECOVERY_CODES', action: 'removed', subject: '', state: stateOf([], codes) } as const]),
    ...passkeys.map(
      (passkey) =>
        ({
          kind: 'PASSKEY',
          action: 'removed',
          subject: passkey.id,
          state: { row: passkeyToJson(passkey) },
          reserved: reservedPasskey(passkey.credentialId),
        }) as const,
    ),
    ...(mfaEnabled
      ? [{ kind: 'MFA', action: 'switched', subject: '', state: { enabled: false } } as const]
      : []),
  ];
}

/** Signs a user out everywhere. */
export async function endUserSessions(
  deps: OperatorDeps,
  operator: Operator,
  { userId, sessionId = null }: { userId: string; sessionId?: string | null | undefined },
  requester: Requester,
): Promise<{ deletedSessionIds: string[] }> {
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const { id } = await lockUserOrThrow(tx, userId);
    if (sessionId !== null && !(isUuid(sessionId) && (await endOneSession(tx, id, sessionId, now))))
      throw new AccountError('USER_SESSION_NOT_FOUND');
    const deletedSessionIds = sessionId === null ? await endAllSessions(tx, id, now) : [sessionId];
    if (deletedSessionIds.length > 0)
      await recordOperatorAction(deps, tx, operator, { event: 'session.delete', userId: id }, requester);
    return { deletedSessionIds };
  });
}

/** Deletes a user with all that is theirs, at once. The log of the user goes, too: the server's says who did it. */
export async function removeUser(
  deps: OperatorDeps & Pick<Deps, 'box' | 'log' | 'oauth2'>,
  operator: Operator,
  userId: string,
  requester: Requester,
): Promise<{ deletedUserId: string }> {
  const { id } = await getUser(deps, userId);
  await deleteUserCompletely(deps, id, actorOf(operator), requester.origin, async (tx) =>
    Boolean(await lockUserOrThrow(tx, id)),
  );
  return { deletedUserId: id };
}

/** Changes a user under its lock, and records who did. */
async function changeUser(
  deps: OperatorDeps,
  operator: Operator,
  userId: string,
  detail: LogDetail | undefined,
  requester: Requester,
  make: (tx: Transaction, user: UserRow, now: Date) => Promise<UserRow>,
  before?: (tx: Transaction) => Promise<void>,
): Promise<UserView> {
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await before?.(tx);
    const user = await make(tx, await lockUserOrThrow(tx, userId), now);
    await recordOperatorAction(
      deps,
      tx,
      operator,
      { event: 'user.update', detail, userId: user.id },
      requester,
    );
    return userView(user);
  });
}

async function lockUserOrThrow(tx: Transaction, userId: string): Promise<UserRow> {
  const user = userId.includes('\0') ? null : await lockUserRow(tx, userId);
  if (!user) throw new AccountError('USER_NOT_FOUND');
  return user;
}
