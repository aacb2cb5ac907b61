import { Prisma } from '../generated/prisma/client.js';

/** The database cannot be used as it is; the message is one line, for whoever runs the server. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** SQLSTATEs of a transaction that lost a race and may be run again: serialization failure, deadlock. */
const retryable = new Set(['P2034', '40001', '40P01']);
/** Prisma and driver codes of a database that cannot be reached, or that was too busy to answer in time. */
const unavailable =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|25006|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|08\w{3}|53\w{3}|55P03|57\w{3})$/;

/** Whether a write was refused because another row already has this value. */
export function isTaken(error: unknown, column: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return false;
  const { cause } = (error.meta?.['driverAdapterError'] ?? {}) as {
    cause?: { constraint?: { fields?: string[]; index?: string } };
  };
  const { fields = [], index = '' } = cause?.constraint ?? {};
  return (
    fields.some((field) => field.replaceAll('"', '') === column) ||
    index.includes(`_${column}_`) ||
    (column === 'id' && index.endsWith('_pkey'))
  );
}

/** Whether a row was to refer to another one that has been deleted meanwhile. */
export const isReferenceGone = (error: unknown): boolean =>
  codesOf(error).some((code) => code === 'P2003' || code === '23503');

/** Whether running the same transaction once more may succeed. */
export const isRetryable = (error: unknown): boolean => codesOf(error).some((code) => retryable.has(code));

/** Whether the database is out of reach or overloaded, or every try lost a race, rather than the statement wrong. */
export const isUnavailable = (error: unknown): boolean =>
  isRetryable(error) ||
  codesOf(error).some((code) => unavailable.test(code)) ||
  (error instanceof Error &&
    /timeout exceeded when trying to connect|timeout expired|Connection terminated|not queryable|PGlite is clos/.test(
      error.message,
    ));

/** Whether a start failed because the database is not there, does not let us in, or cannot be used as it is. */
export const isUnusable = (error: unknown): boolean =>
  error instanceof DatabaseUnusable ||
  isUnavailable(error) ||
  codesOf(error).some((code) => /^(3D000|42501|28\w{3}|EAI_AGAIN)$/.test(code));

/** Whether a write met a server that takes none. */
export const isReadOnly = (error: unknown): boolean => codesOf(error).includes('25006');

/** Whether a pooler does not know a setting that the connection brought along. */
export const isStartupRefused = (error: unknown): boolean => codesOf(error).includes('08P01');

/** Whether a lock was not to be had in time. */
export const isLockTimeout = (error: unknown): boolean => codesOf(error).includes('55P03');

/** What happened, in one line: the errors of several addresses that were tried have none of their own. */
export const reasonOf = (error: unknown): string =>
  (error as Error).message || codesOf(error).join(', ') || String(error);

/** The codes of an error and of its causes, however deep the drivers wrapped them. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, originalCode, cause, meta } = error as Record<string, unknown>;
  const nested = (meta as Record<string, unknown> | undefined)?.['driverAdapterError'];
  return [
    ...[code, originalCode].filter((value) => typeof value === 'string'),
    ...codesOf(cause, depth + 1),
    ...codesOf(nested, depth + 1),
  ];
}
