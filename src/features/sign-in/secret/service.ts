import { newDeviceSecret } from '../../../access/known-device.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { Token } from '../../../generated/prisma/client.js';
import { newUserId } from '../../../ids.js';
import { email } from '../../../input/email.js';
import { id } from '../../../input/ids.js';
import { password } from '../../../input/password.js';
import { secret } from '../../../input/text.js';
import type { PasswordHash } from '../../../secrets/password.js';
import type { Origin } from '../../../origin/origin.js';
import { createUser, refuseIdentityEmail } from '../../account/service.js';
import { dropUnproven, maySpeakFor, releaseAddress } from '../../users/service.js';
import { checkPassword, type Requester, storedPassword } from '../../passwords/service.js';
import { recordLog } from '../../logs/service.js';
import type { NoticeCause } from '../../notices/service.js';
import { openTokens } from '../../oauth2/tokens/service.js';
import { issueSession, lockUser, type SessionView } from '../../sessions/service.js';
import { consumeToken, proveToken } from '../../tokens/service.js';

const nobody = { userId: null, password: null };

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
  deps: Pick<Deps, 'box' | 'clock' | 'codes' | 'config' | 'db' | 'guard' | 'hasher' | 'log' | 'outbox'>,
  args: { email: string; password: string },
  { origin, acceptLanguage, deviceSecret }: Requester,
): Promise<SignedInView> {
  const address = email(args.email);
  const candidate = password('password', args.password);
  const { userId, password: stored } = (await storedPassword(deps, { email: address })) ?? nobody;
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
    const current = await tx.user.findUnique({ where: { id: userId }, select: { passwordVersion: true } });
    // Changed while we were checking: what was proven is not the password any more.
    if (current?.passwordVersion !== stored.version) throw new AccountError('USER_INVALID_CREDENTIALS');
    const factors = ['password'] as const;
    const signIn = { userId, provider: 'email', providerUid: address, factors, origin, acceptLanguage };
    return issueSession(deps, tx, signIn);
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
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'db' | 'codes' | 'outbox'>,
  { origin, acceptLanguage }: NoticeCause,
): Promise<SignedInView> {
  const session = await inTransaction(deps.db, async (tx) => {
    const { id: userId } = await createUser(deps, tx, { id: newUserId() });
    const factors = ['anonymous'] as const;
    const signIn = { userId, provider: 'anonymous', providerUid: null, factors, origin, acceptLanguage };
    return issueSession(deps, tx, signIn);
  });
  return { session, deviceSecret: newDeviceSecret(deps.codes, session.userId) };
}

/** How a session begins that is signed in with a token of this purpose. */
const startOf = {
  emailOtp: { provider: 'token', factors: ['email'] },
  magicUrl: { provider: 'magic-url', factors: ['email'] },
  phoneOtp: { provider: 'phone', factors: ['phone'] },
  oauth2: { provider: 'oauth2', factors: ['oauth2'] },
} as const;
type SignInPurpose = keyof typeof startOf;
const signInPurposes = Object.keys(startOf) as SignInPurpose[];

/**
 * Signs in with a secret that was sent to an address, and so proves the address; makes the user if nobody has it.
 *
 * Where the address was not proven before, whoever registered it may not be its owner: what they could come back with
 * is gone. Where the account has another address that was proven, this one is taken off it, and its owner gets an account.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED, USER_COUNT_EXCEEDED, GENERAL_BAD_REQUEST
 */
export async function signInWithToken(
  deps: Pick<Deps, 'box' | 'clock' | 'codes' | 'config' | 'db' | 'limiter' | 'outbox'>,
  args: { userId: string; secret: string },
  { origin, acceptLanguage, deviceSecret }: Requester,
): Promise<SignedInView> {
  const handle = id('userId', args.userId);
  const token = await proveToken(deps, handle, secret('secret', args.secret), signInPurposes, deviceSecret);
  const identity = token.purpose === 'oauth2' ? await startByIdentity(deps, token) : null;
  const start = { ...startOf[token.purpose as SignInPurpose], providerUid: null, ...identity };
  const signIn = () =>
    inTransaction(deps.db, async (tx) => {
      if (token.userId !== null) await lockUser(tx, token.userId);
      await consumeToken(deps, tx, token);
      const userId = token.purpose === 'oauth2' ? token.userId : await proveAddress(deps, tx, token, origin);
      if (userId === null) throw new AccountError('USER_INVALID_TOKEN');
      return issueSession(deps, tx, { ...start, userId, origin, acceptLanguage });
    });
  // Two first sign-ins of one address: the second finds the user that the first has made.
  const session = await signIn().catch((error: unknown) => {
    if (error instanceof AccountError && error.code === 'USER_ALREADY_EXISTS') return signIn();
    throw error;
  });
  return { session, deviceSecret: newDeviceSecret(deps.codes, session.userId) };
}

/** How a session begins that was signed in with an identity; the session has the provider's tokens, too. */
async function startByIdentity(deps: Pick<Deps, 'box' | 'db'>, { identityId, userId }: Token) {
  const identity = await deps.db.prisma.identity.findUnique({
    where: { id: identityId ?? '', userId: userId ?? '' },
  });
  if (!identity) throw new AccountError('USER_INVALID_TOKEN');
  const providerTokens = await openTokens(deps, 'identities', identity);
  return { provider: identity.provider, providerUid: identity.providerUid, providerTokens };
}

/** The user who has the token's address, which is proven now. */
async function proveAddress(
  deps: Pick<Deps, 'clock' | 'config'>,
  tx: Transaction,
  { purpose, address, userId, handle }: Token,
  origin: Origin,
): Promise<string> {
  const now = deps.clock.now();
  const isPhone = purpose === 'phoneOtp';
  const contact = isPhone ? 'phone' : 'email';
  const holder = await tx.user.findUnique({ where: isPhone ? { phone: address } : { email: address } });
  const user = holder && maySpeakFor(holder, contact) ? holder : null;
  if (holder && !user) await releaseAddress(tx, holder.id, contact, now);
  // The address has gone to somebody else since.
  if (userId !== null && holder?.id !== userId) throw new AccountError('USER_INVALID_TOKEN');
  if (user === null) {
    if (!isPhone) await refuseIdentityEmail(tx, address, null);
    const isTaken = await tx.user.findUnique({ where: { id: handle }, select: { id: true } });
    const proven = isPhone
      ? { phone: address, phoneVerified: true }
      : { email: address, emailVerified: true };
    const made = await createUser(deps, tx, { id: isTaken ? newUserId() : handle, ...proven });
    await recordLog(tx, { event: 'user.create', userId: made.id, origin, now });
    return made.id;
  }
  if (isPhone ? user.phoneVerified : user.emailVerified) return user.id;
  await lockUser(tx, user.id);
  const forgotten = {
    passwordHash: null,
    passwordKeyId: null,
    passwordHistory: [],
    passwordVersion: { increment: 1 },
  };
  const proven = await dropUnproven(tx, user, contact);
  await tx.user.update({ where: { id: user.id }, data: { ...forgotten, ...proven, updatedAt: now } });
  return user.id;
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
