import type { Sql } from '../../db/sql.js';
import type { User } from '../../generated/prisma/client.js';

// Since when MFA_REQUIRED demands MFA of a user.

/** When the grace period of a user began; null if it has not begun. */
export async function findMfaRequiredSince(db: Sql, userId: string): Promise<Date | null> {
  const { rows } = await db.query<Pick<User, 'mfaRequiredSince'>>({
    name: 'find-mfa-required-since',
    text: 'SELECT "mfaRequiredSince" FROM users WHERE "id" = $1',
    values: [userId],
  });
  return rows[0]?.mfaRequiredSince ?? null;
}

/** Begins the grace period of a user. Returns null if it has begun before. */
export async function setMfaRequiredSince(tx: Sql, userId: string, now: Date): Promise<User | null> {
  const { rows } = await tx.query<User>({
    text: 'UPDATE users SET "mfaRequiredSince" = $2 WHERE "id" = $1 AND "mfaRequiredSince" IS NULL RETURNING *',
    values: [userId, now],
  });
  return rows[0] ?? null;
}
