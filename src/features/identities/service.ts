import type { SignedIn } from '../../access/viewer.js';
import { afterCursor, pageOf, type RowPage } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Identity } from '../../generated/prisma/client.js';
import { isUuid } from '../../ids.js';
import type { Page } from '../../input/page.js';
import type { Origin } from '../../origin/origin.js';
import { recordLog } from '../logs/service.js';

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
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  caller: SignedIn,
  identityId: string,
  origin: Origin,
): Promise<{ deletedIdentityId: string }> {
  if (!isUuid(identityId)) throw new AccountError('USER_IDENTITY_NOT_FOUND');
  const now = clock.now();
  const userId = caller.user.id;
  await inTransaction(db, async (tx) => {
    const { count } = await tx.identity.deleteMany({ where: { id: identityId, userId } });
    if (count === 0) throw new AccountError('USER_IDENTITY_NOT_FOUND');
    await recordLog(tx, { event: 'identity.delete', userId, origin, now });
  });
  return { deletedIdentityId: identityId.toLowerCase() };
}

/** A provider's token in clear; null where there is none. */
export async function openSealed(
  { box }: Pick<Deps, 'box'>,
  identity: IdentityView,
  column: 'providerAccessTokenSealed' | 'providerRefreshTokenSealed',
): Promise<string | null> {
  const sealed = identity[column];
  return sealed === null ? null : box.open(`identities.${column}:${identity.id}`, sealed);
}
