import type { Transaction } from '../../db/transaction.js';
import { spellingOf } from '../../ids.js';
import { digest } from '../../secrets/digest.js';

/** A user from another system, checked. */
export interface NewUserRow {
  readonly id: string;
  readonly email: string | null;
  /** The same, or null. */
  readonly lastVerifiedEmail: string | null;
  readonly phone: string | null;
  readonly lastVerifiedPhone: string | null;
  readonly name: string;
  /** As the other system has made it. */
  readonly passwordHash: string | null;
  readonly labels: readonly string[];
  readonly prefs: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly createdAt: Date;
}

/**
 * Finds ids that cannot be imported: they were the ids of deleted accounts, or differ from the id of an existing user only in case
 * or separators.
 */
export async function findConflictingIds(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>({
    text: `SELECT new."id" FROM unnest($1::text[], $2::text[], $3::text[]) AS new ("id", "spelling", "digest")
      WHERE EXISTS (SELECT 1 FROM users u WHERE lower(translate(u."id", '-_.', '')) = new."spelling" AND u."id" <> new."id")
        OR EXISTS (SELECT 1 FROM deleted_user_ids d WHERE d."digest" = new."digest")`,
    values: [ids, ids.map(spellingOf), ids.map((id) => digest(spellingOf(id)))],
  });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Makes many user rows in one statement, those apart whose id or address is taken.
 *
 * @returns The ids of those that were made.
 */
export async function insertUsers(
  tx: Transaction,
  users: readonly NewUserRow[],
  now: Date,
): Promise<string[]> {
  const addresses = users.flatMap(({ email, phone }) => [email, phone]).filter((address) => address !== null);
  // As `lockAddress` does, in one order for all who lock many.
  await tx.query({
    text: `SELECT pg_advisory_xact_lock(lock)::text FROM (SELECT DISTINCT hashtextextended(address, 0) AS lock
      FROM unnest($1::text[]) AS address ORDER BY 1) AS locks`,
    values: [addresses],
  });
  const rows = users.map(({ prefs, ...user }) => ({ ...user, prefs: JSON.stringify(prefs) }));
  const { rows: made } = await tx.query<{ id: string }>({
    text: `INSERT INTO users ("id", "createdAt", "updatedAt", "registeredAt", "name", "enabled", "labels", "email",
        "lastVerifiedEmail", "phone", "lastVerifiedPhone", "passwordHash", "passwordUpdatedAt", "prefs")
      SELECT "id", "createdAt", $2::timestamptz, "createdAt", "name", "enabled",
        ARRAY(SELECT json_array_elements_text("labels")), "email", "lastVerifiedEmail", "phone", "lastVerifiedPhone", "passwordHash",
        CASE WHEN "passwordHash" IS NOT NULL THEN "createdAt" END, "prefs"::json
      FROM json_to_recordset($1::json) AS new ("id" text, "createdAt" timestamptz, "name" text, "enabled" boolean,
        "labels" json, "email" text, "lastVerifiedEmail" text, "phone" text, "lastVerifiedPhone" text, "passwordHash" text,
        "prefs" text)
      WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u."lastVerifiedEmail" = new."email")
        AND NOT EXISTS (SELECT 1 FROM users u WHERE u."lastVerifiedPhone" = new."phone")
      ON CONFLICT DO NOTHING RETURNING "id"`,
    values: [JSON.stringify(rows), now],
  });
  return made.map(({ id }) => id);
}
