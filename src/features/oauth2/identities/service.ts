import type { SignedIn } from '../../../access/viewer.js';
import { afterCursor, pageOf, type RowPage } from '../../../db/rows.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { Identity } from '../../../generated/prisma/client.js';
import type { ProviderTokens } from '../../../oauth2-providers/client.js';
import { later } from '../../../clock.js';
import { isUuid, newRowId } from '../../../ids.js';
import type { Page } from '../../../input/page.js';
import type { Origin } from '../../../origin/origin.js';
import { recordLog } from '../../logs/service.js';
import { revokeTokens, sealTokens } from '../tokens/service.js';

/** An account at an OAuth provider that its owner can sign in with. */
export type IdentityView = Identity;

/** The user's identities, oldest first. */
export async function listIdentities(
  { db }: Pick<Deps, 'db'>,
  userId: string,
  page: Page,
): Promise<RowPage<IdentityView>> {
  const [rows, totalCount] = await Promise.all([
    db.prisma.identity.findMany({
      where: { userId, ...afterCursor('createdAt', 'asc', page.after) },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: page.first + 1,
    }),
    db.prisma.identity.count({ where: { userId } }),
  ]);
  return pageOf(rows, totalCount, page);
}

/**
 * Unlinks an account at a provider. Sessions that began with it go on.
 *
 * @throws {AccountError} USER_IDENTITY_NOT_FOUND, for another user's identity, too.
 */
export async function deleteIdentity(
  deps: Pick<Deps, 'box' | 'clock' | 'db' | 'log' | 'oauth2'>,
  caller: SignedIn,
  identityId: string,
  origin: Origin,
): Promise<{ deletedIdentityId: string }> {
  if (!isUuid(identityId)) throw new AccountError('USER_IDENTITY_NOT_FOUND');
  const now = deps.clock.now();
  const userId = caller.user.id;
  const identity = await deps.db.prisma.identity.findUnique({ where: { id: identityId, userId } });
  await inTransaction(deps.db, async (tx) => {
    const { count } = await tx.identity.deleteMany({ where: { id: identityId, userId } });
    if (count === 0) throw new AccountError('USER_IDENTITY_NOT_FOUND');
    await recordLog(tx, { event: 'identity.delete', userId, origin, now });
  });
  if (identity) await revokeTokens(deps, 'identities', identity);
  return { deletedIdentityId: identityId.toLowerCase() };
}

/**
 * Links an account at a provider to a user, or brings its address and tokens up to date.
 *
 * @returns The id of the identity.
 * @throws {AccountError} USER_ALREADY_EXISTS when it is somebody else's.
 */
export async function saveIdentity(
  { box, clock }: Pick<Deps, 'box' | 'clock'>,
  tx: Transaction,
  userId: string,
  identity: { provider: string; providerUid: string; providerEmail: string | null },
  { accessToken, refreshToken, expiresInSeconds }: ProviderTokens,
): Promise<string> {
  const now = clock.now();
  const where = { provider_providerUid: { provider: identity.provider, providerUid: identity.providerUid } };
  const existing = await tx.identity.findUnique({ where, select: { id: true } });
  const id = existing?.id ?? newRowId(now);
  const expiresAt = expiresInSeconds === null ? null : later(now, expiresInSeconds);
  const sealed = await sealTokens(
    { box },
    { table: 'identities', id },
    { accessToken, refreshToken, expiresAt },
  );
  const { providerRefreshTokenSealed, ...rest } = sealed;
  // A provider that sends no refresh token this time has not taken the last one back.
  const data = { ...identity, ...rest, ...(refreshToken && { providerRefreshTokenSealed }), updatedAt: now };
  if (!existing) await tx.identity.create({ data: { id, userId, createdAt: now, ...data } });
  else {
    const { count } = await tx.identity.updateMany({ where: { id, userId }, data });
    if (count === 0) throw new AccountError('USER_ALREADY_EXISTS');
  }
  return id;
}
