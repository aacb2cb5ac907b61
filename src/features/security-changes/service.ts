import { days, later, lifetimes } from '../../clock.js';
import type { Sql } from '../../db/sql.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { newRowId } from '../../ids.js';
import { findKnownDevice } from '../../devices/known-devices.js';
import type { ListedNotice, Notice } from '../../messages/message.js';
import type { Origin } from '../../origin/origin.js';
import type { Actor, Requester } from '../../origin/requester.js';
import { type LogDetail, type LogEvent, recordLog } from '../logs/service.js';
import { type NoticeRecipient, queueNotice } from '../notices/service.js';
import { endTrust } from '../sessions/ending.js';
import { findSessionStart } from '../sessions/lifecycle.js';
import type { AddressKind } from '../users/service.js';
import type { ChangeCore, ChangeStates } from './states.js';

// This module owns the security changes. Each one is recorded in the transaction that makes it, and `features/undo` reverts it.
// A security notice tells the user. A limit on notices drops emails, never records.

/** How long a change is kept and can be reverted. */
export const changeRetention = days(30);
/** How long a replaced address stays reserved to its account. Its links work as long. */
export const addressReservation = lifetimes.undo;

/** A security change as it is stored. */
export type SecurityChange = ChangeCore & {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly detail: LogDetail;
  readonly notice: Notice | null;
  readonly actor: string;
  readonly origin: Origin;
  readonly sessionId: string | null;
  /** Null if unknown. */
  readonly deviceId: string | null;
  /** Since when the account had known the device. */
  readonly deviceSince: Date | null;
  readonly sessionCredential: string | null;
  /** Only for what a revert did: the REVERT change, and the change that it reverted. */
  readonly revertId: string | null;
  readonly undoesId: string | null;
  /** Null while the change is listed. */
  readonly revertedAt: Date | null;
};

/** A security change that is made now. */
export type NewSecurityChange = ChangeCore & {
  readonly user: NoticeRecipient;
  /** The session that makes the change; null without one. */
  readonly session: { readonly id: string } | null;
  readonly actor?: Actor;
  /** The event of the log entry; null if the caller records it. `user.update` by default. */
  readonly event?: LogEvent | null;
  readonly detail: LogDetail;
  /** Null if no notice is sent. */
  readonly notice: Notice | null;
  /** Further recipients, who verified another address of the account. */
  readonly alsoNotify?: NoticeRecipient;
  /** With the notice of a deletion. */
  readonly deleteAt?: Date;
  /** What no other account can have while the change can be reverted, as one of the functions below writes it. */
  readonly reserved?: string | null;
  /** For what a revert did: the REVERT change, and the change that it reverted. */
  readonly revertId?: string;
  readonly undoesId?: string;
};

/** Names of what a change reserves. */
export const reservedEmail = (address: string): string => `email:${address}`;
export const reservedPasskey = (credentialId: string): string => `passkey:${credentialId}`;
export const reservedIdentity = (provider: string, uid: string): string => `identity:${provider}:${uid}`;

/** Columns of a change, as `SecurityChange` has them. */
const columns = `"id", "userId", "createdAt", "kind", "action", "subject", "state", "detail", "notice", "actor", "origin",
  "sessionId", "deviceId", "deviceSince", "sessionCredential", "revertId", "undoesId", "revertedAt"`;

/** Changes of which the next notice tells, at most. */
const maxListedNotices = 20;

/**
 * Records a security change and its log entry, and queues the notice with a link that reverts it. All devices of the user stop being trusted.
 *
 * @returns The id of the change.
 */
export async function recordSecurityChange(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  change: NewSecurityChange,
  requester: Requester,
): Promise<string> {
  const { user, session, kind, detail, notice, reserved = null, actor = requester.actor } = change;
  const now = deps.clock.now();
  const id = newRowId(now);
  const userId = user.id;
  await endTrust(tx, userId);
  const device = await findDevice(tx, userId, actor === 'user' ? requester : null, session?.id ?? null, now);
  if (await isRepeatedRename(tx, change, session)) {
    await recordEntry(deps, tx, change, requester, now);
    return id;
  }
  const missed = await listUnnotifiedChanges(tx, userId, kind === 'RECOVERY');
  await tx.query({
    name: 'record-security-change',
    text: `INSERT INTO security_changes ("id", "userId", "createdAt", "kind", "action", "subject", "state", "detail", "notice",
        "actor", "origin", "sessionId", "deviceId", "deviceSince", "sessionProvider", "sessionCredential", "reserved", "reservedUntil",
        "revertId", "undoesId")
      VALUES ($1::uuid, $2, $3, $4, $5, $6, $7::json, $8, $9, $10, $11::json, $12::uuid, $13::uuid, $14, $15, $16, $17, $18, $19::uuid, $20::uuid)`,
    values: [
      id,
      userId,
      now,
      kind,
      change.action,
      change.subject,
      JSON.stringify(change.state),
      detail,
      notice,
      actor,
      JSON.stringify(requester.origin),
      session?.id ?? null,
      device.id,
      device.since,
      device.provider,
      device.credential,
      reserved,
      reserved && later(now, kind === 'EMAIL' ? addressReservation : changeRetention),
      change.revertId ?? null,
      change.undoesId ?? null,
    ],
  });
  await recordEntry(deps, tx, change, requester, now);
  if (notice === null) return id;
  const details = {
    changeId: id,
    alsoChanged: missed,
    ...(change.deleteAt && { deleteAt: change.deleteAt }),
  };
  const isSent = await queueNotice(deps, tx, notice, user, requester, details);
  if (change.alsoNotify) await queueNotice(deps, tx, notice, change.alsoNotify, requester, details);
  if (isSent)
    await tx.query({
      text: `UPDATE security_changes SET "notified" = true WHERE "userId" = $1 AND NOT "notified"
        AND ("id" = $2::uuid OR "id" = ANY ($3::uuid[]))`,
      values: [userId, id, missed.map((each) => each.id)],
    });
  return id;
}

/**
 * Whether a session renames a passkey again. The first change keeps the former name, so the second one needs no record. A session can
 * rename a passkey any number of times.
 */
async function isRepeatedRename(
  tx: Sql,
  { user, kind, action, subject }: NewSecurityChange,
  session: { readonly id: string } | null,
): Promise<boolean> {
  if (kind !== 'PASSKEY' || action !== 'switched' || session === null) return false;
  const { rows } = await tx.query({
    text: `SELECT 1 FROM security_changes WHERE "userId" = $1 AND "sessionId" = $2::uuid AND "kind" = $3 AND "action" = $4
      AND "subject" = $5 AND "revertedAt" IS NULL AND "undoesId" IS NULL LIMIT 1`,
    values: [user.id, session.id, kind, action, subject],
  });
  return rows.length > 0;
}

/** Records the log entry of a change. */
async function recordEntry(
  deps: Pick<Deps, 'outbox'>,
  tx: SqlTransaction,
  { user, session, event = 'user.update', detail, actor }: NewSecurityChange,
  requester: Requester,
  now: Date,
): Promise<void> {
  if (event === null) return;
  await recordLog(deps, tx, {
    event,
    ...((detail as string) !== event && { detail }),
    ...(session && { sessionId: session.id }),
    userId: user.id,
    ...(actor && { actor }),
    requester,
    now,
  });
}

/** The device that a change comes from, and how its session signed in. A session without a known device is a device of its own. */
async function findDevice(
  tx: Sql,
  userId: string,
  requester: Pick<Requester, 'deviceDigest'> | null,
  sessionId: string | null,
  now: Date,
): Promise<{ id: string | null; since: Date | null; provider: string | null; credential: string | null }> {
  const device = requester && (await findKnownDevice(tx, userId, requester.deviceDigest, now));
  const session = sessionId === null ? null : await findSessionStart(tx, sessionId);
  return {
    id: device?.id ?? sessionId,
    since: device?.createdAt ?? session?.createdAt ?? null,
    provider: session?.provider ?? null,
    credential: session?.credential ?? null,
  };
}

/** The changes of which no notice was sent because of the limit on notices, or all changes that can be reverted. */
async function listUnnotifiedChanges(
  tx: Sql,
  userId: string,
  all: boolean,
): Promise<(ListedNotice & { id: string })[]> {
  const { rows } = await tx.query<ListedNotice & { id: string }>({
    text: `SELECT "id", "notice", "createdAt" AS "at" FROM security_changes WHERE "userId" = $1 AND ($2 OR NOT "notified")
      AND "notice" IS NOT NULL AND "revertedAt" IS NULL ORDER BY "id" DESC LIMIT ${maxListedNotices}`,
    values: [userId, all],
  });
  return rows;
}

/** The changes of a user that can still be reverted, newest first. */
export async function listChanges(db: Sql, userId: string, now: Date): Promise<SecurityChange[]> {
  const { rows } = await db.query<SecurityChange>({
    name: 'list-security-changes',
    text: `SELECT ${columns} FROM security_changes WHERE "userId" = $1 AND "revertedAt" IS NULL AND "createdAt" > $2
      ORDER BY "createdAt" DESC, "id" DESC`,
    values: [userId, later(now, -changeRetention)],
  });
  return rows;
}

/** All changes of the last 30 days. */
export interface ChangeHistory {
  /** Newest first. */
  readonly all: readonly SecurityChange[];
  /** Those that can still be reverted. */
  readonly listed: readonly SecurityChange[];
}

/** Loads the changes of a user, also those that were reverted: a revert must not bring back what an attacker added before. */
export async function loadHistory(db: Sql, userId: string, now: Date): Promise<ChangeHistory> {
  const { rows: all } = await db.query<SecurityChange>({
    name: 'load-security-changes',
    text: `SELECT ${columns} FROM security_changes WHERE "userId" = $1 AND "createdAt" > $2
      ORDER BY "createdAt" DESC, "id" DESC`,
    values: [userId, later(now, -changeRetention)],
  });
  return { all, listed: all.filter(({ revertedAt }) => revertedAt === null) };
}

/** A device that the account had known for this long before a change is taken for the owner's. */
const settledAfter = days(7);

/** Whether the account had known the device of a change for seven days before an instant. */
export const isFromSettledDevice = (
  { deviceSince }: Pick<SecurityChange, 'deviceSince'>,
  before: Date,
): boolean => deviceSince !== null && deviceSince <= later(before, -settledAfter);

/** Marks changes as reverted. What they reserve stays reserved until its time is over, because a revert may not bring it back. */
export async function markReverted(tx: Sql, ids: readonly string[], now: Date): Promise<void> {
  await tx.query({
    text: 'UPDATE security_changes SET "revertedAt" = $2 WHERE "id" = ANY ($1::uuid[])',
    values: [ids, now],
  });
}

/** Lists changes again, because the revert that had reverted them was reverted. */
export async function markNotReverted(tx: Sql, ids: readonly string[]): Promise<void> {
  await tx.query({
    text: 'UPDATE security_changes SET "revertedAt" = NULL WHERE "id" = ANY ($1::uuid[])',
    values: [ids],
  });
}

/**
 * Replaces the state of a change, because a factor in it was used, or a part of it was reverted.
 *
 * @returns False if the state is no longer `from`. Nothing changes then.
 */
export async function replaceChangeState<Kind extends keyof ChangeStates>(
  tx: Sql,
  id: string,
  from: ChangeStates[Kind],
  to: ChangeStates[Kind],
): Promise<boolean> {
  const { rows } = await tx.query({
    text: `UPDATE security_changes SET "state" = $3::json WHERE "id" = $1::uuid AND "state"::text = $2 RETURNING 1`,
    values: [id, JSON.stringify(from), JSON.stringify(to)],
  });
  return rows.length > 0;
}

/** Deletes blocks by the user, because an operator has decided whether the account is blocked. No revert may decide otherwise. */
export async function deleteBlockChanges(tx: Sql, userId: string): Promise<void> {
  await tx.query({
    text: `DELETE FROM security_changes WHERE "userId" = $1 AND "kind" = 'BLOCK'`,
    values: [userId],
  });
}

/** A reservation for the account that had something before. */
export interface Reservation {
  readonly userId: string;
  readonly changeId: string;
  readonly createdAt: Date;
  readonly origin: Origin;
}

/** Finds the account that something is reserved to. */
export async function findReservation(db: Sql, reserved: string, now: Date): Promise<Reservation | null> {
  const { rows } = await db.query<Reservation>({
    name: 'find-reservation',
    text: `SELECT "userId", "id" AS "changeId", "createdAt", "origin" FROM security_changes
      WHERE "reserved" = $1 AND "reservedUntil" > $2 ORDER BY "createdAt" DESC LIMIT 1`,
    values: [reserved, now],
  });
  return rows[0] ?? null;
}

/** Whether something is reserved to another account than this one. */
export async function isReservedToOther(
  db: Sql,
  reserved: string,
  userId: string | null,
  now: Date,
): Promise<boolean> {
  const reservation = await findReservation(db, reserved, now);
  return reservation !== null && reservation.userId !== userId;
}

/** What the change of a verified address reserves: the former address, if it is an email address. */
export const reservedByAddress = (kind: AddressKind, former: string | null): string | null =>
  kind === 'email' && former !== null ? reservedEmail(former) : null;

/** Ends the reservation of an address, because its reader released it. No revert gives it back to the account afterwards. */
export async function endReservation(tx: Sql, userId: string, address: string, now: Date): Promise<void> {
  await tx.query({
    text: 'UPDATE security_changes SET "reservedUntil" = NULL WHERE "userId" = $1 AND "reserved" = $2',
    values: [userId, reservedEmail(address)],
  });
  for (const { id, kind, state } of (await loadHistory(tx, userId, now)).all) {
    if (kind !== 'EMAIL') continue;
    const { before } = state;
    const [displayed, verified] = [before.displayed, before.verified].map((each) =>
      each === address ? null : each,
    );
    const released = { ...before, displayed: displayed ?? null, verified: verified ?? null };
    await replaceChangeState<'EMAIL'>(tx, id, state, { ...state, before: released });
  }
}

/** Deletes the changes of a user when the owner of the address takes over the account. */
export async function deleteChanges(tx: Transaction, userId: string): Promise<void> {
  await tx.securityChange.deleteMany({ where: { userId } });
}

/** Deletes changes that can no longer be reverted. */
export async function sweepChanges(db: Sql, now: Date): Promise<void> {
  await db.query({
    text: 'DELETE FROM security_changes WHERE "createdAt" <= $1',
    values: [later(now, -changeRetention)],
  });
}
