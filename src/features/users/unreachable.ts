import type { Sql } from '../../db/sql.js';

/** Users that one statement deletes. */
const maxUsersPerStatement = 1000;

/**
 * Deletes users that no one can sign in to: no address, password, identity, passkey or live session, and not used
 * since `usedBefore`. Deletes some of them where there are many.
 */
export async function deleteUnreachableUsers(db: Sql, usedBefore: Date, now: Date): Promise<void> {
  await db.query({
    text: `DELETE FROM users WHERE "id" IN (
      SELECT u."id" FROM users u WHERE u."email" IS NULL AND u."phone" IS NULL AND u."lastVerifiedEmail" IS NULL
      AND u."lastVerifiedPhone" IS NULL AND u."passwordHash" IS NULL AND COALESCE(u."accessedAt", u."createdAt") <= $1
      AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s."userId" = u."id" AND s."expiresAt" > $2)
      AND NOT EXISTS (SELECT 1 FROM identities i WHERE i."userId" = u."id")
      AND NOT EXISTS (SELECT 1 FROM passkeys p WHERE p."userId" = u."id")
      LIMIT ${maxUsersPerStatement} FOR UPDATE SKIP LOCKED)`,
    values: [usedBefore, now],
  });
}
