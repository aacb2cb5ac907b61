import type { SignedIn } from '../../../access/viewer.js';
import { rowsOfUser, type RowFilter } from '../../../db/rows.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { RecoveryCode } from '../../../generated/prisma/client.js';
import { newRowId } from '../../../ids.js';
import type { Requester } from '../../../origin/requester.js';
import { digest } from '../../../secrets/digest.js';
import { newRecoveryCode, plainRecoveryCode } from '../../../secrets/recovery-code.js';
import type { Place } from '../../../secrets/sealed-box.js';
import { recordLog } from '../../logs/service.js';
import type { ChallengeResponse, ConsumeProof } from '../challenges/proof.js';
import { queueNotice } from '../../notices/service.js';
import { lockCaller } from '../../sessions/lifecycle.js';

/** Recovery codes as people copy and print them. */
export interface MfaRecoveryCodesView {
  readonly recoveryCodes: readonly string[];
}

/** How many are made at a time. */
export const recoveryCodeCount = 10;

const placeOf = (id: string): Place => ['recovery_codes', 'codeSealed', id];

/**
 * Makes recovery codes for a user who has none left.
 *
 * @throws {AccountError} USER_RECOVERY_CODES_ALREADY_EXISTS
 */
export async function createRecoveryCodes(
  deps: Pick<Deps, 'box' | 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  requester: Requester,
): Promise<MfaRecoveryCodesView> {
  const userId = caller.user.id;
  const codes = await makeCodes(deps, userId);
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    if ((await tx.recoveryCode.count({ where: { userId } })) > 0) {
      throw new AccountError('USER_RECOVERY_CODES_ALREADY_EXISTS');
    }
    await tx.recoveryCode.createMany({ data: codes.rows });
    await recordLog(deps, tx, {
      event: 'user.update',
      detail: 'recovery-codes.create',
      sessionId: caller.session.id,
      userId,
      requester,
      now,
    });
  });
  return { recoveryCodes: codes.recoveryCodes };
}

/**
 * The codes that are left.
 *
 * @throws {AccountError} USER_RECOVERY_CODES_NOT_FOUND
 */
export async function getRecoveryCodes(
  { box, db }: Pick<Deps, 'box' | 'db'>,
  { user }: SignedIn,
): Promise<MfaRecoveryCodesView> {
  const rows = await db.prisma.recoveryCode.findMany({ where: { userId: user.id }, orderBy: { id: 'asc' } });
  if (rows.length === 0) throw new AccountError('USER_RECOVERY_CODES_NOT_FOUND');
  return {
    recoveryCodes: await Promise.all(rows.map(({ id, codeSealed }) => box.open(placeOf(id), codeSealed))),
  };
}

/**
 * Replaces the codes; unused old ones die.
 *
 * @throws {AccountError} USER_RECOVERY_CODES_NOT_FOUND
 */
export async function replaceRecoveryCodes(
  deps: Pick<Deps, 'box' | 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  requester: Requester,
): Promise<MfaRecoveryCodesView> {
  const userId = caller.user.id;
  const codes = await makeCodes(deps, userId);
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const user = await lockCaller(tx, caller);
    const before = await tx.recoveryCode.findMany({ where: { userId } });
    if (before.length === 0) throw new AccountError('USER_RECOVERY_CODES_NOT_FOUND');
    await deleteRecoveryCodes(tx, userId);
    await tx.recoveryCode.createMany({ data: codes.rows });
    await recordLog(deps, tx, {
      event: 'user.update',
      detail: 'recovery-codes.update',
      sessionId: caller.session.id,
      userId,
      requester,
      now,
    });
    await queueNotice(deps, tx, 'recoveryCodesChanged', user, requester, { before });
  });
  return { recoveryCodes: codes.recoveryCodes };
}

/**
 * Compares a response with the codes that are left. It opens every code, so that the time does not depend on the match.
 *
 * @returns The write that uses the code up. Of two parallel uses, one throws USER_INVALID_TOKEN. Null if no code matches.
 */
export async function checkRecoveryCode(
  { box, db }: Pick<Deps, 'box' | 'db'>,
  userId: string,
  response: ChallengeResponse,
): Promise<ConsumeProof | null> {
  if (typeof response !== 'string') return null;
  const rows = await db.prisma.recoveryCode.findMany({ where: { userId } });
  const typed = digest(plainRecoveryCode(response));
  const matches = await Promise.all(
    rows.map(
      async ({ id, codeSealed }) =>
        digest(plainRecoveryCode(await box.open(placeOf(id), codeSealed))) === typed,
    ),
  );
  const found = rows[matches.indexOf(true)];
  if (!found) return null;
  return async (tx) => {
    const { count } = await tx.recoveryCode.deleteMany({ where: { id: found.id } });
    if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
  };
}

/** How many codes are left. */
export const countRecoveryCodes = ({ prisma }: Deps['db'], userId: string): Promise<number> =>
  prisma.recoveryCode.count({ where: { userId } });

async function makeCodes({ box, clock }: Pick<Deps, 'box' | 'clock'>, userId: string) {
  const now = clock.now();
  const recoveryCodes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
  const rows = await Promise.all(
    recoveryCodes.map(async (code) => {
      const id = newRowId(now);
      const codeSealed = await box.seal(placeOf(id), code);
      return {
        id,
        userId,
        codeSealed,
        createdAt: now,
      };
    }),
  );
  return { recoveryCodes, rows };
}

/** Puts codes back that were replaced. @param rows As they were, by way of JSON. */
export async function restoreRecoveryCodes(
  tx: Transaction,
  userId: string,
  rows: readonly RecoveryCode[],
): Promise<void> {
  await deleteRecoveryCodes(tx, userId);
  await tx.recoveryCode.createMany({ data: rows.map((row) => ({ ...row, userId })) });
}

/** Removes recovery codes of a user; all where an account is handed to its owner. */
export async function deleteRecoveryCodes(tx: Transaction, userId: string, which?: RowFilter): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: rowsOfUser(userId, which) });
}
