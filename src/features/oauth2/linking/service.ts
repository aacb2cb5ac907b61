import type { Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { User } from '../../../generated/prisma/client.js';
import { newUserId } from '../../../ids.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Origin } from '../../../origin/origin.js';
import { createUser } from '../../account/service.js';
import { recordLog } from '../../logs/service.js';

// Whose an identity is. An address links nothing unless both sides have proven it: whoever registers somebody's address
// here, or claims it at a provider that does not check, must not get into that person's account, now or later.

/** An identity as a provider has just shown it. */
export interface NewIdentity {
  readonly provider: string;
  readonly providerUid: string;
  readonly providerEmail: string | null;
}

/** The signed-in user who links an identity, which must be nobody else's, as must its address. */
export async function userToLink(
  tx: Transaction,
  userId: string,
  { provider, providerUid, providerEmail }: NewIdentity,
): Promise<User> {
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user) throw new AccountError('USER_INVALID_TOKEN');
  const owners = await tx.identity.findMany({
    where: { OR: [{ provider, providerUid }, ...(providerEmail ? [{ providerEmail }] : [])] },
    select: { userId: true },
  });
  const holder = providerEmail
    ? await tx.user.findUnique({ where: { email: providerEmail }, select: { id: true } })
    : null;
  const isElsewhere = owners.some((owner) => owner.userId !== userId) || (holder && holder.id !== userId);
  if (isElsewhere) throw new AccountError('USER_ALREADY_EXISTS');
  return user;
}

/**
 * The user an identity belongs to: by the provider's id; else by an address that the provider vouches for and the user has
 * proven. An address that either has only claimed matches nobody, and is refused so that it cannot be taken over.
 */
export async function userOf(
  tx: Transaction,
  { provider, providerUid, providerEmail }: NewIdentity,
  emailVerified: boolean,
): Promise<User | null> {
  const where = { provider_providerUid: { provider, providerUid } };
  const linked = await tx.identity.findUnique({ where, include: { user: true } });
  if (linked) return linked.user;
  if (providerEmail === null) return null;
  const holder = await tx.user.findUnique({ where: { email: providerEmail } });
  if (holder && emailVerified && holder.emailVerified) return holder;
  const other = await tx.identity.findFirst({ where: { providerEmail }, select: { id: true } });
  if (holder || other) throw new AccountError('GENERAL_BAD_REQUEST');
  return null;
}

export async function newUser(
  deps: Pick<Deps, 'clock' | 'config'>,
  tx: Transaction,
  email: string | null,
  { emailVerified, name }: ProviderUser,
  origin: Origin,
): Promise<User> {
  const contact = email === null ? {} : { email, emailVerified };
  const { id } = await createUser(deps, tx, { id: newUserId(), name: shortName(name), ...contact });
  await recordLog(tx, { event: 'user.create', userId: id, origin, now: deps.clock.now() });
  return tx.user.findUniqueOrThrow({ where: { id } });
}

/** Gives a user what was empty: an anonymous one becomes permanent by it. Never takes a proof back. */
export async function fillEmpty(
  tx: Transaction,
  user: User,
  email: string | null,
  who: ProviderUser,
  now: Date,
): Promise<void> {
  const { emailVerified } = who;
  const isFree = email !== null && user.email === null;
  const isProven = email !== null && user.email === email && emailVerified && !user.emailVerified;
  await tx.user.update({
    where: { id: user.id },
    data: {
      ...(user.name === '' && { name: shortName(who.name) }),
      ...(isFree && { email, emailVerified }),
      ...(isProven && { emailVerified: true }),
      updatedAt: now,
    },
  });
}

const longestName = 128;
const shortName = (name: string | null): string =>
  [...(name ?? '').replaceAll('\0', '').toWellFormed()].slice(0, longestName).join('');
