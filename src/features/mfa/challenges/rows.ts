import type { SqlTransaction } from '../../../db/transaction.js';
import type { ChallengeFactor } from '../../../access/factors.js';

/** Deletes challenges of a user: those for some factors, or all. */
export async function deleteChallenges(
  tx: SqlTransaction,
  userId: string,
  factors: readonly ChallengeFactor[] | null = null,
): Promise<void> {
  await tx.query({
    text: 'DELETE FROM challenges WHERE "userId" = $1 AND ($2::text[] IS NULL OR "factor" = ANY ($2::text[]))',
    values: [userId, factors],
  });
}
