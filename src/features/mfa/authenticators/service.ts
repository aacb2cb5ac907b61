import { authenticatorProof } from '../../../access/factors.js';
import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { Authenticator } from '../../../generated/prisma/client.js';
import { newRowId } from '../../../ids.js';
import { parseSecret } from '../../../input/text.js';
import type { Requester } from '../../../origin/requester.js';
import type { Place } from '../../../secrets/sealed-box.js';
import { matchingTimeStep, newTotpSecret, totpUri } from '../../../secrets/totp.js';
import { recordLog } from '../../logs/service.js';
import type { ChallengeResponse, ConsumeProof } from '../challenges/proof.js';
import { recordSecurityChange } from '../../security-changes/service.js';
import type { JsonRow } from '../../security-changes/states.js';
import { addSessionProof, lockCaller } from '../../sessions/lifecycle.js';
import { endUnfinishedSignIns } from '../../sessions/ending.js';
import { updateUserFields, type UserView, userView } from '../../users/service.js';

/** An authenticator app to be, shown once. */
export interface MfaAuthenticatorView {
  readonly secret: string;
  readonly uri: string;
  readonly qrCode: string;
}

/** The only type of authenticator. */
const type = 'TOTP';

/** The white border of a QR code. @see ISO/IEC 18004, 4 modules */
const quietZoneModules = 4;

/** Where the secret of an authenticator is sealed for. */
const placeOf = (id: string): Place => ['authenticators', 'secretSealed', id];

/**
 * Makes an authenticator, which counts for nothing until it is verified; an earlier unverified one is replaced.
 *
 * @throws {AccountError} USER_AUTHENTICATOR_ALREADY_VERIFIED
 */
export async function addAuthenticator(
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'db' | 'outbox'>,
  caller: SignedIn,
  requester: Requester,
): Promise<MfaAuthenticatorView> {
  const { box, clock, config, db } = deps;
  const now = clock.now();
  const { id: userId, email, phone, name } = caller.user;
  const id = newRowId(now);
  const secret = newTotpSecret();
  const secretSealed = await box.seal(placeOf(id), secret);
  const uri = totpUri(config.APP_NAME, email ?? phone ?? (name || userId), secret);
  const { renderSVG } = await import('uqr');
  const svg = renderSVG(uri, { border: quietZoneModules });
  await inTransaction(db, async (tx) => {
    await lockCaller(tx, caller);
    const existing = await tx.authenticator.findUnique({ where: { userId_type: { userId, type } } });
    if (existing?.verified) throw new AccountError('USER_AUTHENTICATOR_ALREADY_VERIFIED');
    await tx.authenticator.deleteMany({ where: { userId, type } });
    await tx.authenticator.create({ data: { id, userId, type, secretSealed, createdAt: now } });
    await recordLog(deps, tx, {
      event: 'user.update',
      detail: 'factor.create totp',
      sessionId: caller.session.id,
      userId,
      requester,
      now,
    });
  });
  return { secret, uri, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
}

/**
 * Verifies an authenticator by its first code, and gives the caller's session its factor.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_AUTHENTICATOR_NOT_FOUND, USER_AUTHENTICATOR_ALREADY_VERIFIED,
 *   USER_INVALID_TOKEN
 */
export async function verifyAuthenticator(
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'db' | 'outbox'>,
  caller: SignedIn,
  otp: string,
  requester: Requester,
): Promise<UserView> {
  const code = parseSecret('otp', otp);
  const now = deps.clock.now();
  const userId = caller.user.id;
  const authenticator = await deps.db.prisma.authenticator.findUnique({
    where: { userId_type: { userId, type } },
  });
  if (!authenticator) throw new AccountError('USER_AUTHENTICATOR_NOT_FOUND');
  const { id, verified, secretSealed } = authenticator;
  if (verified) throw new AccountError('USER_AUTHENTICATOR_ALREADY_VERIFIED');
  const step = matchingTimeStep(await deps.box.open(placeOf(id), secretSealed), code, now);
  if (step === null) throw new AccountError('USER_INVALID_TOKEN');
  return inTransaction(deps.db, async (tx) => {
    const row = await lockCaller(tx, caller);
    await endUnfinishedSignIns(tx, row.id);
    const { count } = await tx.authenticator.updateMany({
      where: { id, verified: false, lastStep: { lt: step } },
      data: { verified: true, lastStep: step },
    });
    if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
    const proof = { ...authenticatorProof, passedAt: null };
    await addSessionProof(deps, tx, row, caller.session.id, proof, requester);
    const user = await updateUserFields(tx, userId, {}, now);
    const change = { kind: 'AUTHENTICATOR', action: 'added', subject: id, state: { row: null } } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'factor.verify totp' } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'authenticatorAdded' }, requester);
    return userView(user);
  });
}

/**
 * Removes the authenticator. MFA stays on, and asks for another factor while there is one.
 *
 * @throws {AccountError} USER_AUTHENTICATOR_NOT_FOUND
 */
export async function deleteAuthenticator(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  requester: Requester,
): Promise<{ deletedType: typeof type; user: UserView }> {
  const now = deps.clock.now();
  const userId = caller.user.id;
  return inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const before = await tx.authenticator.findUnique({ where: { userId_type: { userId, type } } });
    if (!before) throw new AccountError('USER_AUTHENTICATOR_NOT_FOUND');
    await tx.authenticator.delete({ where: { id: before.id } });
    await endUnfinishedSignIns(tx, userId);
    const user = await updateUserFields(tx, userId, {}, now);
    const state = { row: authenticatorToJson(before) };
    const change = { kind: 'AUTHENTICATOR', action: 'removed', subject: before.id, state } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'factor.delete totp' } as const;
    // An app that was never verified was no factor.
    if (before.verified)
      await recordSecurityChange(deps, tx, { ...recorded, notice: 'authenticatorRemoved' }, requester);
    else {
      const { detail } = recorded;
      const entry = {
        event: 'user.update',
        detail,
        sessionId: caller.session.id,
        userId,
        requester,
        now,
      } as const;
      await recordLog(deps, tx, entry);
    }
    return { deletedType: type, user: userView(user) };
  });
}

/**
 * Holds a code against the user's verified authenticator.
 *
 * @returns The write that makes the code's step the last one used: of two requests with one code, one finds the step used
 *   and throws USER_INVALID_TOKEN. Null where the code is not one of the authenticator's.
 * @see RFC 6238 §5.2
 */
export async function checkAuthenticatorCode(
  { box, clock, db }: Pick<Deps, 'box' | 'clock' | 'db'>,
  userId: string,
  code: ChallengeResponse,
): Promise<ConsumeProof | null> {
  if (typeof code !== 'string') return null;
  const authenticator = await db.prisma.authenticator.findUnique({
    where: { userId_type: { userId, type }, verified: true },
  });
  if (!authenticator) return null;
  const { id } = authenticator;
  const step = await findTimeStep({ box, clock }, authenticator, code);
  if (step === null) return null;
  return async (tx) => {
    const { count } = await tx.authenticator.updateMany({
      where: { id, lastStep: { lt: step } },
      data: { lastStep: step },
    });
    if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
  };
}

/** The 30-second step at which an authenticator shows a code; null for a code that is not its. */
export const findTimeStep = async (
  { box, clock }: Pick<Deps, 'box' | 'clock'>,
  { id, secretSealed }: Pick<Authenticator, 'id' | 'secretSealed'>,
  code: string,
): Promise<number | null> => matchingTimeStep(await box.open(placeOf(id), secretSealed), code, clock.now());

/** The verified authenticator of a user; null without one. */
export const findAuthenticator = (
  { prisma }: Pick<Deps['db'], 'prisma'> | { prisma: Transaction },
  userId: string,
): Promise<Authenticator | null> => prisma.authenticator.findFirst({ where: { userId, verified: true } });

/** An authenticator as a security change keeps it. */
export const authenticatorToJson = (row: Authenticator): JsonRow<Authenticator> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

/** Whether the user has one that counts. */
export const hasVerifiedAuthenticator = async ({ prisma }: Deps['db'], userId: string): Promise<boolean> =>
  (await prisma.authenticator.count({ where: { userId, verified: true } })) > 0;

/** Restores an authenticator that was removed. It replaces any other. */
export async function restoreAuthenticator(
  tx: Transaction,
  userId: string,
  row: JsonRow<Authenticator>,
): Promise<void> {
  await deleteAuthenticators(tx, userId);
  await tx.authenticator.create({ data: { ...row, userId } });
}

/** Deletes the authenticators of a user. */
export async function deleteAuthenticators(tx: Transaction, userId: string): Promise<void> {
  await tx.authenticator.deleteMany({ where: { userId } });
}
