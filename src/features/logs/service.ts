import { days, later } from '../../clock.js';
import { afterCursor, RowPage } from '../../db/rows.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { newRowId } from '../../ids.js';
import type { Page } from '../../input/page.js';
import type { Origin } from '../../origin/origin.js';
import type { Requester } from '../../origin/requester.js';

/** What can happen on an account. Failures are recorded only where the user is known. */
export type LogEvent =
  | 'user.create'
  | 'user.update'
  | 'session.create'
  | 'session.create.failed'
  | 'session.update'
  | 'session.delete'
  | 'recovery.create'
  | 'recovery.update'
  | 'verification.create'
  | 'verification.update'
  | 'identity.delete'
  | 'challenge.create'
  | 'challenge.update'
  | 'challenge.update.failed';

/** One line of a user's security log. */
export interface LogView {
  readonly id: string;
  readonly event: string;
  readonly userId: string;
  readonly time: Date;
  readonly origin: Origin;
}

/** Records what happened, in the transaction in which it happens. A null user is nobody's failed sign-in. */
export async function recordLog(
  tx: SqlTransaction,
  entry: { event: LogEvent; userId: string | null; requester: Requester; now: Date },
): Promise<void> {
  const { event, userId, requester, now } = entry;
  await tx.query({
    name: 'record-log',
    text: 'INSERT INTO logs ("id", "userId", "event", "time", "origin") VALUES ($1::uuid, $2, $3, $4, $5::json)',
    values: [newRowId(now), userId, event, now, JSON.stringify(await requester.origin())],
  });
}

/** How often something was recorded on an account since an instant. */
export const countLogs = (tx: Transaction, userId: string, event: LogEvent, since: Date): Promise<number> =>
  tx.log.count({ where: { userId, event, time: { gte: since } } });

/** Failed sign-ins at addresses nobody has. */
const nobodysRetention = days(1);

/** Removes lines that nobody reads any more. */
export async function forgetLogs({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.log.deleteMany({ where: { userId: null, time: { lte: later(now, -nobodysRetention) } } });
}

/** The user's log, newest first. */
export const listLogs = (
  { db: { prisma } }: Pick<Deps, 'db'>,
  userId: string,
  page: Page,
): RowPage<LogView> =>
  new RowPage(
    page,
    async (most) => {
      const rows = await prisma.log.findMany({
        where: { userId, ...afterCursor('time', 'desc', page.after) },
        orderBy: [{ time: 'desc' }, { id: 'desc' }],
        take: most,
      });
      return rows.map((row) => ({ ...row, userId, origin: row.origin as unknown as Origin }));
    },
    () => prisma.log.count({ where: { userId } }),
  );
