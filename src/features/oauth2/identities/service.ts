import type { SignedIn } from '../../../access/viewer.js';
import { afterCursor, maxTotalCount, RowPage, rowsOfUser, type RowFilter } from '../../../db/rows.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { Identity } from '../../../generated/prisma/client.js';
import type { ProviderTokens } from '../../../oauth2-providers/client.js';
import { later } from '../../../clock.js';
import { isUuid, newRowId } from '../../../ids.js';
import type { Page } from '../../../input/page.js';
import type { Requester } from '../../../origin/requester.js';
import { isReservedToOther, recordSecurityChange, reservedIdentity } from '../../security-changes/service.js';
import type { JsonRow } from '../../security-changes/states.js';
import { lockCaller } from '../../sessions/lifecycle.js';
import { removeProviderTokens } from '../../sessions/provider-tokens.js';
import type { UserRow } from '../../users/service.js';
import { type PlainTokens, openTokens, revokeTokens, sealTokens } from '../tokens/service.js';

/** An account at an OAuth provider that its owner can sign in with. */
export type IdentityView = Identity;

/** The user's identities, oldest first. */
export const listIdentities = (
  { db: { prisma } }: Pick<Deps, 'db'>,
  userId: string,
  page: Page,
): RowPage<IdentityView> =>
  new RowPage(
    page,
    (limit) =>
      prisma.identity.findMany({
        where: { userId, ...afterCursor(page.after) },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        take: limit,
      }),
    () => prisma.identity.count({ where: { userId }, take: maxTotalCount }),
  );

/**
 * Unlinks an account at a provider. Sessions that began with it go on.
 *
 * @throws {AccountError} USER_IDENTITY_NOT_FOUND, for another user's identity, too.
 */
export async function deleteIdentity(
  deps: Pick<Deps, 'box' | 'clock' | 'db' | 'log' | 'oauth2' | 'outbox'>,
  caller: SignedIn,
  identityId: string,
  requester: Requester,
): Promise<{ deletedIdentityId: string }> {
  if (!isUuid(identityId)) throw new AccountError('USER_IDENTITY_NOT_FOUND');
  const userId = caller.user.id;
  const identity = await deps.db.prisma.identity.findUnique({ where: { id: identityId, userId } });
  await inTransaction(deps.db, async (tx) => {
    const user = await lockCaller(tx, caller);
    const before = await tx.identity.findUnique({ where: { id: identityId, userId } });
    if (!before) throw new AccountError('USER_IDENTITY_NOT_FOUND');
    await deleteIdentities(tx, userId, { id: before.id });
    await removeProviderTokens(tx, userId, before);
    const state = { row: identityToJson(before) };
    const change = { kind: 'IDENTITY', action: 'removed', subject: before.id, state } as const;
    const recorded = { ...change, user, session: caller.session, event: 'identity.delete' } as const;
    const reserved = reservedIdentity(before.provider, before.providerUid);
    const rest = { detail: 'identity.delete', notice: 'identityRemoved', reserved } as const;
    await recordSecurityChange(deps, tx, { ...recorded, ...rest }, requester);
  });
  if (identity) await revokeTokens(deps, 'identities', identity);
  return { deletedIdentityId: identityId.toLowerCase() };
}

/** An identity as a provider has just shown it. */
export interface ProviderIdentity {
  readonly provider: string;
  readonly providerUid: string;
  readonly providerEmail: string | null;
  /** Whether the provider vouches for the address. Where it does not, the address is a claim, which bars and links nothing. */
  readonly providerEmailVerified: boolean;
}

/**
 * Finds the account that an identity belongs to; null if there is none.
 *
 * @param userId The account that links the identity; null for a sign-in.
 * @throws {AccountError} USER_OAUTH2_UNAUTHORIZED if another account removed the identity and may still get it back, or if this
 *   account removed it and the user signs in with it.
 */
export async function findIdentityOwner(
  tx: Transaction,
  { provider, providerUid }: Pick<ProviderIdentity, 'provider' | 'providerUid'>,
  userId: string | null,
  now: Date,
): Promise<string | null> {
  const where = { provider_providerUid: { provider, providerUid } };
  const identity = await tx.identity.findUnique({ where, select: { userId: true } });
  if (identity) return identity.userId;
  if (await isReservedToOther(tx, reservedIdentity(provider, providerUid), userId, now))
    throw new AccountError('USER_OAUTH2_UNAUTHORIZED');
  return null;
}

/**
 * Rejects an address that another user signs in with at a provider that has verified it.
 *
 * @throws {AccountError} USER_ADDRESS_UNAVAILABLE
 */
export async function rejectEmailOfOtherIdentity(
  tx: Transaction,
  address: string,
  ownerId: string | null,
): Promise<void> {
  const taken = await tx.identity.findFirst({
    where: {
      providerEmail: address,
      providerEmailVerified: true,
      ...(ownerId !== null && { userId: { not: ownerId } }),
    },
    select: { id: true },
  });
  if (taken) throw new AccountError('USER_ADDRESS_UNAVAILABLE');
}

/**
 * Whether an account displays an address only because a provider reported it without verifying it. Such a claim keeps no one out:
 * it is dropped when someone signs up with the address, or when a provider that verifies it reports it.
 */
export async function isUnverifiedProviderEmail(
  tx: Transaction,
  {
    id,
    passwordUpdatedAt,
    lastVerifiedEmail,
  }: Pick<UserRow, 'id' | 'passwordUpdatedAt' | 'lastVerifiedEmail'>,
  address: string,
): Promise<boolean> {
  if (passwordUpdatedAt !== null || lastVerifiedEmail === address) return false;
  const where = { userId: id, providerEmail: address };
  const [claims, proofs] = [
    await tx.identity.count({ where: { ...where, providerEmailVerified: false } }),
    await tx.identity.count({ where: { ...where, providerEmailVerified: true } }),
  ];
  return claims > 0 && proofs === 0;
}

/** Whether the user has an identity that created the account, or that the user linked. */
export const hasOwnIdentity = async (tx: Transaction, userId: string): Promise<boolean> =>
  (await tx.identity.count({ where: { userId, joinedByAddress: false } })) > 0;

/** Whether the user can sign in at a provider. */
export const hasIdentity = async (
  { prisma }: Pick<Deps['db'], 'prisma'> | { prisma: Transaction },
  userId: string,
): Promise<boolean> => (await prisma.identity.count({ where: { userId } })) > 0;

/**
 * How a session begins that is signed in with an identity; the session has the provider's tokens, too.
 *
 * @throws {AccountError} USER_INVALID_TOKEN when the identity is gone.
 */
export async function getIdentitySignIn(
  deps: Pick<Deps, 'box' | 'db'>,
  identityId: string | null,
  userId: string | null,
): Promise<{
  provider: string;
  providerUid: string;
  source: 'mailbox' | 'provider';
  providerTokens: PlainTokens;
}> {
  const identity = await deps.db.prisma.identity.findUnique({
    where: { id: identityId ?? '', userId: userId ?? '' },
  });
  if (!identity) throw new AccountError('USER_INVALID_TOKEN');
  const providerTokens = await openTokens(deps, 'identities', identity);
  const { provider, providerUid, joinedByAddress } = identity;
  return { provider, providerUid, source: joinedByAddress ? 'mailbox' : 'provider', providerTokens };
}

/**
 * Links an account at a provider to a user, or updates its address and tokens.
 *
 * @param how `joined` if the account was found by an address that the provider verified, `linked` if a signed-in user links it.
 * @returns The id of the identity, and whether it is new.
 * @throws {AccountError} USER_ALREADY_EXISTS when it is somebody else's.
 */
export async function saveIdentity(
  { box, clock }: Pick<Deps, 'box' | 'clock'>,
  tx: Transaction,
  userId: string,
  identity: ProviderIdentity,
  tokens: ProviderTokens | null,
  how: 'created' | 'joined' | 'linked',
): Promise<{ id: string; isNew: boolean }> {
  const now = clock.now();
  const where = { provider_providerUid: { provider: identity.provider, providerUid: identity.providerUid } };
  const existing = await tx.identity.findUnique({ where, select: { id: true } });
  const id = existing?.id ?? newRowId(now);
  // An ID token comes without tokens, and does not take back the ones that there are.
  const sealed = tokens && (await sealNewTokens({ box }, id, tokens, now));
  const data = { ...identity, ...sealed, updatedAt: now };
  if (!existing)
    await tx.identity.create({
      data: { id, userId, createdAt: now, joinedByAddress: how === 'joined', ...data },
    });
  else {
    const { count } = await tx.identity.updateMany({ where: { id, userId }, data });
    if (count === 0) throw new AccountError('USER_ALREADY_EXISTS');
  }
  return { id, isNew: !existing };
}

async function sealNewTokens(
  deps: Pick<Deps, 'box'>,
  id: string,
  { accessToken, refreshToken, expiresInSeconds }: ProviderTokens,
  now: Date,
) {
  const expiresAt = expiresInSeconds === null ? null : later(now, expiresInSeconds);
  const plain = { accessToken, refreshToken, expiresAt };
  const { providerRefreshTokenSealed, ...rest } = await sealTokens(deps, { table: 'identities', id }, plain);
  // A provider that sends no refresh token this time has not taken the last one back.
  return { ...rest, ...(refreshToken && { providerRefreshTokenSealed }) };
}

/** Removes identities of a user; all where an account is handed to its owner. */
export async function deleteIdentities(tx: Transaction, userId: string, which?: RowFilter): Promise<void> {
  await tx.identity.deleteMany({ where: rowsOfUser(userId, which) });
}

/** An identity as a security change keeps it: without the tokens of the provider. */
export const identityToJson = (row: Identity): JsonRow<Identity> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  providerAccessTokenSealed: null,
  providerRefreshTokenSealed: null,
  providerAccessTokenExpiresAt: null,
});

/**
 * Restores an identity that was removed.
 *
 * @returns Whether the account has it now.
 */
export async function restoreIdentity(
  tx: Transaction,
  userId: string,
  row: JsonRow<Identity>,
): Promise<boolean> {
  await tx.identity.createMany({ data: [{ ...row, userId }], skipDuplicates: true });
  const { provider, providerUid } = row;
  return (await tx.identity.count({ where: { provider, providerUid, userId } })) > 0;
}

/** The identity of a user with this id; null without one. */
export const findIdentity = (tx: Transaction, userId: string, id: string): Promise<Identity | null> =>
  tx.identity.findUnique({ where: { id, userId } });
