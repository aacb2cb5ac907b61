import type { Transaction } from '../../db/transaction.js';
import type { Prisma, User } from '../../generated/prisma/client.js';
import { endAllSessions, lockUser } from '../sessions/service.js';

/** The two kinds of addresses. */
export type Contact = 'email' | 'phone';

/**
 * Whether an address that an account only claims may speak for it. Not where another one is proven: a mistyped or borrowed
 * number would let its real owner, or whoever typed it, into the other's account.
 */
export const maySpeakFor = (
  user: Pick<User, 'emailVerified' | 'phoneVerified'>,
  contact: Contact,
): boolean =>
  contact === 'email' ? user.emailVerified || !user.phoneVerified : user.phoneVerified || !user.emailVerified;

/** Takes a claimed address off an account it does not speak for: its owner has just shown up. */
export async function releaseAddress(
  tx: Transaction,
  userId: string,
  contact: Contact,
  now: Date,
): Promise<void> {
  await lockUser(tx, userId);
  await tx.user.update({ where: { id: userId }, data: { [contact]: null, updatedAt: now } });
}

/**
 * Ends what a stranger may have prepared on an address before its owner proved it: sessions, identities and secrets on
 * their way. The other address stays, but speaks for the account no more until it is proven. Factors stay: proving an
 * address never removes one.
 *
 * @returns What of the user row is to be written beside the proof.
 * @see Sudhodanan and Paverd, "Pre-hijacked accounts", USENIX Security 2022
 */
export async function dropUnproven(
  tx: Transaction,
  user: User,
  contact: Contact,
): Promise<Prisma.UserUpdateInput> {
  await endAllSessions(tx, user.id);
  await tx.identity.deleteMany({ where: { userId: user.id } });
  await tx.token.deleteMany({ where: { userId: user.id } });
  return contact === 'email' ? { emailVerified: true } : { phoneVerified: true };
}
