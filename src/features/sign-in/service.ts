import { newDeviceSecret } from '../../access/known-device.js';
import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { newUserId } from '../../ids.js';
import { email } from '../../input/email.js';
import { password } from '../../input/password.js';
import type { PasswordHash } from '../../secrets/password.js';
import type { Origin } from '../../origin/origin.js';
import { createUser } from '../account/service.js';
import { checkPassword, type Requester } from '../credentials/service.js';
import { recordLog } from '../logs/service.js';
import { issueSession, lockUser, type SessionView } from '../sessions/service.js';

/** A new session, and what marks the browser as one its owner uses. */
export interface SignedInView {
  readonly session: SessionView;
  readonly deviceSecret: string;
}

/**
 * Signs in with e-mail address and password.
 *
 * Unknown address, account without a password and wrong password answer the same after the same work.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, GENERAL_RATE_LIMIT_EXCEEDED, USER_INVALID_CREDENTIALS, and for the
 *   right password of a blocked account USER_BLOCKED
 */
export async function signInWithPassword(
  deps: Pick<Deps, 'clock' | 'codes' | 'config' | 'db' | 'guard' | 'hasher' | 'log'>,
  args: { email: string; password: string },
  { origin, deviceSecret }: Requester,
): Promise<SignedInView> {
  const address = email(args.email);
  const candidate = password('password', args.password);
  const user = await deps.db.prisma.user.findUnique({
    where: { email: address },
    select: { id: true, passwordHash: true, passwordKeyId: true },
  });
  const userId = user?.id ?? null;
  const stored =
    user?.passwordHash && user.passwordKeyId ? { hash: user.passwordHash, keyId: user.passwordKeyId } : null;
  const right = await checkPassword(deps, { account: address, userId, stored }, candidate, deviceSecret);
  if (!right || userId === null || stored === null) {
    const now = deps.clock.now();
    await inTransaction(deps.db, (tx) =>
      recordLog(tx, { event: 'session.create.failed', userId, origin, now }),
    );
    throw new AccountError('USER_INVALID_CREDENTIALS');
  }
  const session = await inTransaction(deps.db, async (tx) => {
    await lockUser(tx, userId);
    const current = await tx.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
    // Changed while we were checking: what was proven is not the password any more.
    if (current?.passwordHash !== stored.hash) throw new AccountError('USER_INVALID_CREDENTIALS');
    const factors = ['password'] as const;
    return issueSession(deps, tx, { userId, provider: 'email', providerUid: address, factors, origin });
  });
  await rehash(deps, userId, stored, candidate);
  return { session, deviceSecret: newDeviceSecret(deps.codes, userId) };
}

/**
 * Makes a user without any credential and signs it in. It becomes permanent by updateEmail, updatePhone or OAuth2.
 *
 * @throws {AccountError} USER_COUNT_EXCEEDED
 */
export async function signInAnonymously(
  deps: Pick<Deps, 'clock' | 'config' | 'db' | 'codes'>,
  origin: Origin,
): Promise<SignedInView> {
  const session = await inTransaction(deps.db, async (tx) => {
    const { id: userId } = await createUser(deps, tx, { id: newUserId() });
    return issueSession(deps, tx, {
      userId,
      provider: 'anonymous',
      providerUid: null,
      factors: ['anonymous'],
      origin,
    });
  });
  return { session, deviceSecret: newDeviceSecret(deps.codes, session.userId) };
}

/** Brings an old hash to the current cost and pepper. Not worth failing a sign-in for. */
async function rehash(
  { db, hasher, log }: Pick<Deps, 'db' | 'hasher' | 'log'>,
  userId: string,
  stored: PasswordHash,
  right: string,
): Promise<void> {
  if (!hasher.needsRehash(stored)) return;
  try {
    const { hash, keyId } = await hasher.hash(right);
    await db.prisma.user.updateMany({
      where: { id: userId, passwordHash: stored.hash },
      data: { passwordHash: hash, passwordKeyId: keyId },
    });
  } catch (error) {
    log.warn({ error }, 'a password hash was not upgraded');
  }
}
