import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import { newRowId } from '../../../ids.js';
import { newRecoveryCode, plainRecoveryCode } from '../../../secrets/recovery-code.js';
import { recordLog } from '../../logs/service.js';
import { type NoticeCause, queueNotice } from '../../notices/service.js';
import { lockUser } from '../../sessions/service.js';

/** Recovery codes as people copy and print them. */
export interface MfaRecoveryCodesView {
  readonly recoveryCodes: readonly string[];
}

/** How many are made at a time. */
export const codesAtATime = 10;

const placeOf = (id: string): string => `recovery_codes.codeSealed:${id}`;

/** What a code is looked up by. */
const digestOf = (codes: Deps['codes'], userId: string, code: string, keyId?: string): string =>
  codes.digest(['recovery-code', userId, plainRecoveryCode(code)], keyId);

/**
 * Makes recovery codes for a user who has none left.
 *
 * @throws {AccountError} USER_RECOVERY_CODES_ALREADY_EXISTS
 */
export async function createRecoveryCodes(
  deps: Pick<Deps, 'box' | 'clock' | 'codes' | 'db'>,
  { user }: SignedIn,
  { origin }: NoticeCause,
): Promise<MfaRecoveryCodesView> {
  const made = await makeCodes(deps, user.id);
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    await lockUser(tx, user.id);
    if ((await tx.recoveryCode.count({ where: { userId: user.id } })) > 0) {
      throw new AccountError('USER_RECOVERY_CODES_ALREADY_EXISTS');
    }
    await tx.recoveryCode.createMany({ data: made.rows });
    await recordLog(tx, { event: 'user.update', userId: user.id, origin, now });
  });
  return { recoveryCodes: made.recoveryCodes };
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
  deps: Pick<Deps, 'box' | 'clock' | 'codes' | 'db' | 'outbox'>,
  { user }: SignedIn,
  cause: NoticeCause,
): Promise<MfaRecoveryCodesView> {
  const made = await makeCodes(deps, user.id);
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    await lockUser(tx, user.id);
    const { count } = await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    if (count === 0) throw new AccountError('USER_RECOVERY_CODES_NOT_FOUND');
    await tx.recoveryCode.createMany({ data: made.rows });
    await recordLog(tx, { event: 'user.update', userId: user.id, origin: cause.origin, now });
    await queueNotice(deps, tx, 'recoveryCodesChanged', user, cause);
  });
  return { recoveryCodes: made.recoveryCodes };
}

/**
 * Finds the row of a code somebody typed, without using it up. Every code is looked at, whichever key made its digest.
 *
 * @returns Its id; null for any other text.
 */
export async function findRecoveryCode(
  { codes, db }: Pick<Deps, 'codes' | 'db'>,
  userId: string,
  code: string,
): Promise<string | null> {
  const rows = await db.prisma.recoveryCode.findMany({ where: { userId } });
  const parts = ['recovery-code', userId, plainRecoveryCode(code)];
  const found = rows.filter(
    ({ codeDigest, keyId }) => codes.knows(keyId) && codes.matches(parts, codeDigest, keyId),
  );
  return found[0]?.id ?? null;
}

/**
 * Uses a code up: of two at the same time one finds nothing left.
 *
 * @throws {AccountError} USER_INVALID_TOKEN
 */
export async function consumeRecoveryCode(tx: Transaction, id: string): Promise<void> {
  const { count } = await tx.recoveryCode.deleteMany({ where: { id } });
  if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
}

async function makeCodes({ box, clock, codes }: Pick<Deps, 'box' | 'clock' | 'codes'>, userId: string) {
  const now = clock.now();
  const recoveryCodes = Array.from({ length: codesAtATime }, newRecoveryCode);
  const rows = await Promise.all(
    recoveryCodes.map(async (code) => {
      const id = newRowId(now);
      const codeSealed = await box.seal(placeOf(id), code);
      return {
        id,
        userId,
        codeDigest: digestOf(codes, userId, code),
        keyId: codes.keyId,
        codeSealed,
        createdAt: now,
      };
    }),
  );
  return { recoveryCodes, rows };
}
