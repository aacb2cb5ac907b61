import type { Cursor, Page } from '../input/page.js';

/** Where counting the rows of a list stops, so that a long list costs no more than this. */
export const maxTotalCount = 10_000;

/** A page of a list. Rows and count are read when they are first asked for. */
export class RowPage<Row> {
  readonly hasPreviousPage: boolean;
  #read: Promise<readonly Row[]> | undefined;

  /**
   * @param read Reads so many rows of the page and what follows.
   * @param count Counts the rows of all pages, up to {@link maxTotalCount}.
   */
  constructor(
    private readonly page: Page<unknown>,
    private readonly read: (limit: number) => Promise<readonly Row[]>,
    readonly count: () => Promise<number>,
  ) {
    this.hasPreviousPage = page.after !== null;
  }

  async rows(): Promise<readonly Row[]> {
    return (await this.#readOnce()).slice(0, this.page.first);
  }

  async hasNextPage(): Promise<boolean> {
    return (await this.#readOnce()).length > this.page.first;
  }

  /** One row more than was asked for tells whether there is another page. */
  #readOnce(): Promise<readonly Row[]> {
    this.#read ??= this.read(this.page.first + 1);
    return this.#read;
  }
}

/** The condition for rows that come after a cursor in a list ordered by creation and then the id. */
export const afterCursor = (after: Cursor | null): object =>
  after ? { OR: [{ createdAt: { gt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] } : {};

/** Which rows of a user: one, those that were made later than that, or all. */
export interface RowFilter {
  readonly id?: string;
  readonly since?: Date;
}

/** The condition for them. */
export const rowsOfUser = (userId: string, { id, since }: RowFilter = {}) => ({
  userId,
  ...(id !== undefined && { id }),
  ...(since && { createdAt: { gt: since } }),
});
