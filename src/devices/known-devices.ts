import { days, later, lifetimes } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { newRowId } from '../ids.js';
import { endDeviceTrust } from './trusted-devices.js';

// A device is a browser that completed a sign-in to an account. The browser's device cookie holds a random id, which is the
// same for all users of the browser. The id gives no access by itself. It only separates the owner's attempts from those of other
// people. `trusted-devices.ts` says when a device also replaces the second factor. No other file reads or writes the table.

/** Maximum number of rows for one account. The devices that rank lowest are deleted first. */
const maxDevices = 50;
/**
 * The oldest devices of an account are kept if they are older than a week. Otherwise, someone who knows the password could push out the
 * owner's device by many sign-ins, and the owner could revert less (`features/undo/guard.ts`).
 */
const protectedDevices = { max: 25, minAge: days(7) } as const;
/** Maximum number of devices of one account that have rate-limit buckets of their own. */
const maxDeviceBuckets = 5;

/** A known device of an account. */
export interface KnownDevice {
  readonly id: string;
  /** First complete sign-in. */
  readonly createdAt: Date;
  /** Passkeys that the device has signed in with. */
  readonly passkeyIds: readonly string[];
  /** Whether the device has completed a sign-in since the last new password, recovery or revert. */
  readonly current: boolean;
  /**
   * Whether its attempts are counted separately from those of unknown devices. True for the five current devices that rank
   * highest.
   */
  readonly hasBucket: boolean;
  /** Whether the device replaces the second factor. */
  readonly isTrusted: boolean;
}

/**
 * A device with a sign-in this long after its first one is in real use. Attackers, and programs without cookies, use new devices.
 */
const returnedAfter = days(1);

/** SQL that ranks devices. Those that signed in again after `returnedAfter` come first, then those with the most recent sign-in. */
const rankOf = (row: string): string =>
  `(${row}."lastSignInAt" >= ${row}."createdAt" + interval '${returnedAfter} seconds', ${row}."lastSignInAt", ${row}."id")`;

/** Whether a request comes from a current device of the account that has verified an address. */
export async function isDeviceOfAddress(
  db: Sql,
  address: string,
  deviceDigest: string | null,
  now: Date,
): Promise<boolean> {
  if (deviceDigest === null) return false;
  const { rows } = await db.query({
    name: 'is-device-of-address',
    text: `SELECT 1 FROM devices d JOIN users u ON u."id" = d."userId" WHERE d."deviceDigest" = $1 AND d."current"
      AND d."lastSignInAt" > $3 AND (u."lastVerifiedEmail" = $2 OR u."lastVerifiedPhone" = $2) LIMIT 1`,
    values: [deviceDigest, address, later(now, -lifetimes.device)],
  });
  return rows.length > 0;
}

/**
 * Finds the device that a request comes from.
 *
 * @param userId Null if there is no account. The query runs anyway, so that the response takes the same time.
 * @param deviceDigest Null for a request without a device cookie.
 */
export async function findKnownDevice(
  db: Sql,
  userId: string | null,
  deviceDigest: string | null,
  now: Date,
): Promise<KnownDevice | null> {
  if (deviceDigest === null) return null;
  const { rows } = await db.query<KnownDevice>({
    name: 'find-device',
    text: `SELECT d."id", d."createdAt", d."passkeyIds", d."current", d."current" AND ${maxDeviceBuckets} > (
        SELECT count(*) FROM devices o WHERE o."userId" = d."userId" AND o."current" AND o."lastSignInAt" > $3
        AND ${rankOf('o')} > ${rankOf('d')}) AS "hasBucket", d."trustedAt" IS NOT NULL AND d."trustedAt" > $4 AS "isTrusted"
      FROM devices d WHERE d."userId" = $1 AND d."deviceDigest" = $2 AND d."lastSignInAt" > $3`,
    values: [userId ?? '', deviceDigest, later(now, -lifetimes.device), later(now, -lifetimes.trustedDevice)],
  });
  return rows[0] ?? null;
}

/**
 * Records a complete sign-in. The caller must hold the lock on the user.
 *
 * @param credential What the user signed in with. The row keeps the ids of passkeys.
 */
export async function recordDevice(
  tx: Sql,
  userId: string,
  deviceDigest: string,
  credential: string | null,
  now: Date,
): Promise<void> {
  const passkeyId = credential?.startsWith('passkey:') ? credential.slice('passkey:'.length) : null;
  await tx.query({
    name: 'record-device',
    text: `WITH aged AS (SELECT d.*, d."createdAt" <= $7
          AND row_number() OVER (ORDER BY d."createdAt", d."id") <= ${protectedDevices.max} AS "isProtected"
        FROM devices d WHERE d."userId" = $2 AND d."deviceDigest" <> $3),
      surplus AS (DELETE FROM devices WHERE "id" IN (SELECT d."id" FROM aged d
        ORDER BY d."isProtected" DESC, ${rankOf('d')} DESC OFFSET ${maxDevices - 1}))
      INSERT INTO devices AS d ("id", "userId", "deviceDigest", "createdAt", "lastSignInAt", "passkeyIds")
      VALUES ($1::uuid, $2, $3, $4, $4, array_remove(ARRAY[$6::text], NULL))
      ON CONFLICT ("userId", "deviceDigest") DO UPDATE SET "lastSignInAt" = $4, "current" = true,
        "createdAt" = CASE WHEN d."lastSignInAt" > $5 THEN d."createdAt" ELSE $4 END,
        "passkeyIds" = CASE WHEN $6::text IS NULL THEN d."passkeyIds"
          ELSE array_remove(d."passkeyIds", $6::text) || $6::text END`,
    values: [
      newRowId(now),
      userId,
      deviceDigest,
      now,
      later(now, -lifetimes.device),
      passkeyId,
      later(now, -protectedDevices.minAge),
    ],
  });
}

/**
 * Closes the rate-limit buckets of all devices of a user, and ends their trust. The next complete sign-in on a device opens its bucket
 * again.
 */
export async function closeDeviceBuckets(tx: Sql, userId: string): Promise<void> {
  await endDeviceTrust(tx, userId);
  await tx.query({
    text: 'UPDATE devices SET "current" = false WHERE "userId" = $1 AND "current"',
    values: [userId],
  });
}

/** Whether anyone has completed a sign-in to the account. */
export async function hasDevice(tx: Sql, userId: string): Promise<boolean> {
  const { rows } = await tx.query({
    text: 'SELECT 1 FROM devices WHERE "userId" = $1 LIMIT 1',
    values: [userId],
  });
  return rows.length > 0;
}

/** Deletes the devices of a user when the owner of the address takes over the account. */
export async function deleteDevices(tx: Sql, userId: string): Promise<void> {
  await tx.query({ text: 'DELETE FROM devices WHERE "userId" = $1', values: [userId] });
}

/** Deletes devices whose last sign-in is older than `lifetimes.device`. */
export async function sweepDevices(db: Sql, now: Date): Promise<void> {
  await db.query({
    text: 'DELETE FROM devices WHERE "lastSignInAt" <= $1',
    values: [later(now, -lifetimes.device)],
  });
}
