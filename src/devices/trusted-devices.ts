import { later, lifetimes } from '../clock.js';
import type { Sql } from '../db/sql.js';
import type { Origin } from '../origin/origin.js';

// A trusted device is a known device on which the user has proved two factors and chosen to skip the second one from then on. It replaces the
// second factor at sign-in only. It does not count as a fresh proof, and the user still has to prove the first factor.

/** A trusted device, as its owner sees it. */
export interface TrustedDevice {
  readonly id: string;
  readonly trustedAt: Date;
  readonly trustUsedAt: Date | null;
  readonly trustOrigin: Origin;
  /** Whether the request comes from it. */
  readonly isCurrent: boolean;
}

/** Makes a known device trusted. If it is trusted already, the 30 days begin again. The caller must hold the lock on the user. */
export async function trustDevice(
  tx: Sql,
  userId: string,
  deviceDigest: string,
  origin: Origin,
  now: Date,
): Promise<void> {
  await tx.query({
    text: `UPDATE devices SET "trustedAt" = $3, "trustUsedAt" = NULL, "trustOrigin" = $4::json
      WHERE "userId" = $1 AND "deviceDigest" = $2`,
    values: [userId, deviceDigest, now, JSON.stringify(origin)],
  });
}

/** Records a sign-in in which a trusted device replaced the second factor. This does not extend the trust. */
export async function recordTrustUse(tx: Sql, deviceId: string, origin: Origin, now: Date): Promise<void> {
  await tx.query({
    text: 'UPDATE devices SET "trustUsedAt" = $2, "trustOrigin" = $3::json WHERE "id" = $1::uuid',
    values: [deviceId, now, JSON.stringify(origin)],
  });
}

/** The trusted devices of a user, the newest first. */
export async function listTrustedDevices(
  db: Sql,
  userId: string,
  deviceDigest: string | null,
  now: Date,
): Promise<TrustedDevice[]> {
  const { rows } = await db.query<TrustedDevice>({
    text: `SELECT "id", "trustedAt", "trustUsedAt", "trustOrigin", "deviceDigest" IS NOT DISTINCT FROM $2 AS "isCurrent"
      FROM devices WHERE "userId" = $1 AND "trustedAt" > $3 ORDER BY "trustedAt" DESC, "id" DESC`,
    values: [userId, deviceDigest, later(now, -lifetimes.trustedDevice)],
  });
  return rows;
}

/**
 * Ends the trust of one device of a user, or of all. Sessions that began there stay signed in.
 *
 * @returns Whether there was such a device.
 */
export async function endDeviceTrust(
  tx: Sql,
  userId: string,
  one: { readonly id: string; readonly now: Date } | null = null,
): Promise<boolean> {
  const { rows } = await tx.query({
    name: 'end-device-trust',
    text: `UPDATE devices SET "trustedAt" = NULL, "trustUsedAt" = NULL, "trustOrigin" = NULL
      WHERE "userId" = $1 AND "trustedAt" > $3 AND ($2::uuid IS NULL OR "id" = $2::uuid) RETURNING 1`,
    values: [userId, one?.id ?? null, one ? later(one.now, -lifetimes.trustedDevice) : '-infinity'],
  });
  return rows.length > 0;
}
