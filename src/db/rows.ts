import type { Cursor, Page } from '../input/page.js';

/** A page of rows, and what a client needs to go on. */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Makes a page of one row more than was asked for, which tells whether there is another page. */
export const pageOf = <Row>(
  rows: readonly Row[],
  totalCount: number,
  { first, after }: Page,
): RowPage<Row> => ({
  rows: rows.slice(0, first),
  totalCount,
  hasNextPage: rows.length > first,
  hasPreviousPage: after !== null,
});

/** The condition for rows that come after a cursor in a list ordered by an instant and then the id. */
export function afterCursor(
  column: 'createdAt' | 'time',
  order: 'asc' | 'desc',
  after: Cursor | null,
): object {
  if (!after) return {};
  const beyond = order === 'asc' ? 'gt' : 'lt';
  return { OR: [{ [column]: { [beyond]: after.at } }, { [column]: after.at, id: { [beyond]: after.id } }] };
}
