import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { RecoveryCode } from '../../../generated/prisma/client.js';
import { newRowId } from '../../../ids.js';
import type { Requester } from '../../../origin/requester.js';
import { digest } from '../../../secrets/digest.js';
import { newRecoveryCode, plainRecoveryCode } from '../../../secrets/recovery-code.js';
import type { Place } from '../../../secrets/sealed-box.js';
import type { ChallengeResponse, ConsumeProof } from '../challenges/proof.js';
import { recordSecurityChange } from '../../security-changes/service.js';
import type { ChangeStates } from '../../security-changes/states.js';
import { endUnfinishedSignIns } from '../../sessions/ending.js';
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
  await inTransaction(deps.db, async (tx) => {
    const user = await lockCaller(tx, caller);
    if ((await tx.recoveryCode.count({ where: { userId } })) > 0) {
      throw new AccountError('USER_RECOVERY_CODES_ALREADY_EXISTS');
    }
    await tx.recoveryCode.createMany({ data: codes.rows });
    await endUnfinishedSignIns(tx, userId);
    const change = {
      kind: 'RECOVERY_CODES',
      action: 'added',
      subject: '',
      state: stateOf(codes.rows),
    } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'recovery-codes.create' } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'recoveryCodesCreated' }, requester);
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
  await inTransaction(deps.db, async (tx) => {
    const user = await lockCaller(tx, caller);
    const before = await tx.recoveryCode.findMany({ where: { userId } });
    if (before.length === 0) throw new AccountError('USER_RECOVERY_CODES_NOT_FOUND');
    await deleteRecoveryCodes(tx, userId);
    await tx.recoveryCode.createMany({ data: codes.rows });
    await endUnfinishedSignIns(tx, userId);
    const state = stateOf(codes.rows, before);
    const change = { kind: 'RECOVERY_CODES', action: 'switched', subject: '', state } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'recovery-codes.update' } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'recoveryCodesChanged' }, requester);
  });
  return { recoveryCodes: codes.recoveryCodes };
}

/**
 * Compares a response with the codes that are left.
 *
 * @returns The write that uses the code up. Of two parallel uses, one throws USER_INVALID_TOKEN. Null if no code matches.
 */
export async function checkRecoveryCode(
  { box, db }: Pick<Deps, 'box' | 'db'>,
  userId: string,
  response: ChallengeResponse,
): Promise<ConsumeProof | null> {
  if (typeof response !== 'string') return null;
  const found = await findMatchingCode({ box }, await findRecoveryCodes(db, userId), response);
  if (!found) return null;
  return async (tx) => {
    const { count } = await tx.recoveryCode.deleteMany({ where: { id: found.id } });
    if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
  };
}

/** Finds the code that a response matches. Opens every code, so that the time does not depend on the match. */
export async function findMatchingCode<Row extends Pick<RecoveryCode, 'id' | 'codeSealed'>>(
  { box }: Pick<Deps, 'box'>,
  rows: readonly Row[],
  response: string,
): Promise<Row | null> {
  const typed = digest(plainRecoveryCode(response));
  const matches = await Promise.all(
    rows.map(
      async ({ id, codeSealed }) =>
        digest(plainRecoveryCode(await box.open(placeOf(id), codeSealed))) === typed,
    ),
  );
  return rows[matches.indexOf(true)] ?? null;
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

/** What a security change keeps: the ids of the new codes, and the codes that they replaced. */
export const stateOf = (
  made: readonly Pick<RecoveryCode, 'id'>[],
  replaced: readonly RecoveryCode[] = [],
): ChangeStates['RECOVERY_CODES'] => ({
  ids: made.map(({ id }) => id),
  rows: replaced.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
});

/** The recovery codes of a user, as stored. */
export const findRecoveryCodes = (
  { prisma }: Pick<Deps['db'], 'prisma'> | { prisma: Transaction },
  userId: string,
): Promise<RecoveryCode[]> => prisma.recoveryCode.findMany({ where: { userId }, orderBy: { id: 'asc' } });

/** Replaces all recovery codes of a user by codes that the account had before. */
export async function restoreRecoveryCodes(
  tx: Transaction,
  userId: string,
  rows: ChangeStates['RECOVERY_CODES']['rows'],
): Promise<void> {
  await deleteRecoveryCodes(tx, userId);
  await tx.recoveryCode.createMany({ data: rows.map((row) => ({ ...row, userId })) });
}

/** Deletes the recovery codes of a user. */
export async function deleteRecoveryCodes(tx: Transaction, userId: string): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
}
