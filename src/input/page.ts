import { argumentInvalid } from '../errors/account-error.js';

/** One page of a list: how many rows, and after which one. */
export interface Page {
  readonly first: number;
  /** The row to start after. */
  readonly after: Cursor | null;
}

/** A row's place in a list that is ordered by instant and id. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

/** Rows of a page; `first` may ask for 1 to this many. */
export const longestPage = 100;
export const defaultPage = 25;

const cursorForm = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID for a `first` out of range or a cursor this API did not make. */
export function parsePage(args: {
  first?: number | null | undefined;
  after?: string | null | undefined;
}): Page {
  const first = args.first ?? defaultPage;
  if (first < 1 || first > longestPage)
    throw argumentInvalid('first', `Must be between 1 and ${longestPage}.`);
  return { first, after: args.after == null ? null : decodeCursor(args.after) };
}

/** An opaque cursor for a row. */
export const encodeCursor = ({ at, id }: Cursor): string =>
  Buffer.from(`${at.getTime()}.${id}`).toString('base64url');

function decodeCursor(cursor: string): Cursor {
  const [, time, id] = cursorForm.exec(Buffer.from(cursor.slice(0, 200), 'base64url').toString()) ?? [];
  if (!time || !id) throw argumentInvalid('after', 'Must be a cursor from an earlier page.');
  return { at: new Date(Number(time)), id };
}
