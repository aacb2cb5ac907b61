import QRCode from 'qrcode';
import { afterAuthenticator } from '../../../access/factors.js';
import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import { newRowId } from '../../../ids.js';
import { secret as checkSecret } from '../../../input/text.js';
import type { Origin } from '../../../origin/origin.js';
import { matchingStep, newTotpSecret, totpUri } from '../../../secrets/totp.js';
import { type UserView, userView } from '../../account/service.js';
import { recordLog } from '../../logs/service.js';
import { type NoticeCause, queueNotice } from '../../notices/service.js';
import { lockUser, recordFactors } from '../../sessions/service.js';

/** An authenticator app to be, shown once. */
export interface MfaAuthenticatorView {
  readonly secret: string;
  readonly uri: string;
  readonly qrCode: string;
}

/** The one kind there is. */
const type = 'TOTP';

/** Where the secret of an authenticator is sealed for. */
const placeOf = (id: string): string => `authenticators.secretSealed:${id}`;

/**
 * Makes an authenticator, which counts for nothing until it is verified; an earlier unverified one is replaced.
 *
 * @throws {AccountError} USER_AUTHENTICATOR_ALREADY_VERIFIED
 */
export async function addAuthenticator(
  { box, clock, config, db }: Pick<Deps, 'box' | 'clock' | 'config' | 'db'>,
  caller: SignedIn,
  origin: Origin,
): Promise<MfaAuthenticatorView> {
  const now = clock.now();
  const { id: userId, email, phone, name } = caller.user;
  const id = newRowId(now);
  const secret = newTotpSecret();
  const secretSealed = await box.seal(placeOf(id), secret);
  const uri = totpUri(config.APP_NAME, email ?? phone ?? (name || userId), secret);
  const svg = await QRCode.toString(uri, { type: 'svg' });
  await inTransaction(db, async (tx) => {
    await lockUser(tx, userId);
    const existing = await tx.authenticator.findUnique({ where: { userId_type: { userId, type } } });
    if (existing?.verified) throw new AccountError('USER_AUTHENTICATOR_ALREADY_VERIFIED');
    await tx.authenticator.deleteMany({ where: { userId, type } });
    await tx.authenticator.create({ data: { id, userId, type, secretSealed, createdAt: now } });
    await recordLog(tx, { event: 'user.update', userId, origin, now });
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
  deps: Pick<Deps, 'box' | 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  otp: string,
  cause: NoticeCause,
): Promise<UserView> {
  const code = checkSecret('otp', otp);
  const now = deps.clock.now();
  const userId = caller.user.id;
  const authenticator = await deps.db.prisma.authenticator.findUnique({
    where: { userId_type: { userId, type } },
  });
  if (!authenticator) throw new AccountError('USER_AUTHENTICATOR_NOT_FOUND');
  const { id, verified, secretSealed } = authenticator;
  if (verified) throw new AccountError('USER_AUTHENTICATOR_ALREADY_VERIFIED');
  const step = matchingStep(await deps.box.open(placeOf(id), secretSealed), code, now);
  if (step === null) throw new AccountError('USER_INVALID_TOKEN');
  return inTransaction(deps.db, async (tx) => {
    await lockUser(tx, userId);
    const { count } = await tx.authenticator.updateMany({
      where: { id, verified: false, lastStep: { lt: step } },
      data: { verified: true, lastStep: step },
    });
    if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
    const sessionId = caller.currentSessionId;
    if (sessionId !== null) await recordFactors(tx, sessionId, afterAuthenticator, now, null);
    const user = await tx.user.update({ where: { id: userId }, data: { updatedAt: now } });
    await recordLog(tx, { event: 'user.update', userId, origin: cause.origin, now });
    await queueNotice(deps, tx, 'mfaChanged', user, cause);
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
  cause: NoticeCause,
): Promise<{ deletedType: typeof type; user: UserView }> {
  const now = deps.clock.now();
  const userId = caller.user.id;
  return inTransaction(deps.db, async (tx) => {
    await lockUser(tx, userId);
    const { count } = await tx.authenticator.deleteMany({ where: { userId, type } });
    if (count === 0) throw new AccountError('USER_AUTHENTICATOR_NOT_FOUND');
    const user = await tx.user.update({ where: { id: userId }, data: { updatedAt: now } });
    await recordLog(tx, { event: 'user.update', userId, origin: cause.origin, now });
    await queueNotice(deps, tx, 'mfaChanged', user, cause);
    return { deletedType: type, user: userView(user) };
  });
}

/**
 * The step of the caller's verified authenticator that a code is for, and the write that makes it the last one used:
 * of two requests with one code, one finds the step used.
 *
 * @returns Null where the code is not one of the authenticator's.
 */
export async function matchAuthenticator(
  { box, clock, db }: Pick<Deps, 'box' | 'clock' | 'db'>,
  userId: string,
  code: string,
): Promise<{ authenticatorId: string; step: number } | null> {
  const authenticator = await db.prisma.authenticator.findUnique({
    where: { userId_type: { userId, type }, verified: true },
  });
  if (!authenticator) return null;
  const secret = await box.open(placeOf(authenticator.id), authenticator.secretSealed);
  const step = matchingStep(secret, code, clock.now());
  return step === null ? null : { authenticatorId: authenticator.id, step };
}
