import { argumentInvalid } from '../errors/account-error.js';

/** One page of a list: how many rows, and after which one. */
export interface Page<After = Cursor> {
  readonly first: number;
  /** The row to start after. */
  readonly after: After | null;
}

/** A row's place in a list that is ordered by instant and id. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

/** Rows of a page; `first` may ask for 1 to this many. */
export const maxPageSize = 100;
export const defaultPageSize = 25;

const maxCursorLength = 2048;
const cursorForm = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The arguments of a list, as they come. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID for a `first` out of range or a cursor this API did not make. */
export const parsePage = (args: PageArgs): Page => parsePageOf(args, decodeCursor);

/**
 * The same for a list with cursors of its own.
 *
 * @param decode Answers null for what is no such cursor.
 */
export function parsePageOf<After>(args: PageArgs, decode: (cursor: string) => After | null): Page<After> {
  const first = args.first ?? defaultPageSize;
  if (first < 1 || first > maxPageSize)
    throw argumentInvalid('first', `Must be between 1 and ${maxPageSize}.`);
  const after = args.after == null ? null : decode(args.after.slice(0, maxCursorLength));
  if (args.after != null && after === null)
    throw argumentInvalid('after', 'Must be a cursor from an earlier page.');
  return { first, after };
}

/** An opaque cursor for a row. */
export const encodeCursor = ({ at, id }: Cursor): string =>
  Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

function decodeCursor(cursor: string): Cursor | null {
  const [, time, id] = cursorForm.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return time && id ? { at: new Date(Number(time)), id } : null;
}
