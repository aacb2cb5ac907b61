import { days, later } from '../../clock.js';
import { afterCursor, pageOf, type RowPage } from '../../db/rows.js';
import type { Transaction } from '../../db/transaction.js';
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
  tx: Transaction,
  entry: { event: LogEvent; userId: string | null; requester: Requester; now: Date },
): Promise<void> {
  const { event, userId, requester, now } = entry;
  const origin = { ...(await requester.origin()) };
  await tx.log.create({ data: { id: newRowId(now), event, userId, time: now, origin } });
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
export async function listLogs(
  { db }: Pick<Deps, 'db'>,
  userId: string,
  page: Page,
): Promise<RowPage<LogView>> {
  const [rows, totalCount] = await Promise.all([
    db.prisma.log.findMany({
      where: { userId, ...afterCursor('time', 'desc', page.after) },
      orderBy: [{ time: 'desc' }, { id: 'desc' }],
      take: page.first + 1,
    }),
    db.prisma.log.count({ where: { userId } }),
  ]);
  const views = rows.map((row) => ({ ...row, userId, origin: row.origin as unknown as Origin }));
  return pageOf(views, totalCount, page);
}
