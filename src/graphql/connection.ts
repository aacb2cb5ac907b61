import type { ObjectRef } from '@pothos/core';
import { maxTotalCount, type RowPage } from '../db/rows.js';
import { defaultPageSize, maxPageSize } from '../input/page.js';
import { builder } from './builder.js';
import type { Context } from './context.js';

interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;

interface PageView {
  readonly page: Pick<RowPage<unknown>, 'hasNextPage' | 'hasPreviousPage'>;
  readonly edges: () => Promise<readonly Edge<unknown>[]>;
}

const PageInfo = builder.objectRef<PageView>('PageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      description: 'Whether more follow.',
      resolve: ({ page }) => page.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      description: 'Whether the page started after a cursor.',
      resolve: ({ page }) => page.hasPreviousPage,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first row; null on an empty page.',
      resolve: async ({ edges }) => (await edges())[0]?.cursor ?? null,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last row, for `after`; null on an empty page.',
      resolve: async ({ edges }) => (await edges()).at(-1)?.cursor ?? null,
    }),
  }),
});

/**
 * Makes the connection type of a list: forward only, with `nodes` for those who need no cursors.
 *
 * @param cursorOf A row's place in the list.
 */
export function connectionType<Row extends object>(
  node: ObjectRef<Types, Row>,
  cursorOf: (row: Row) => string,
  order: string,
) {
  const rows = (page: RowPage<Row>, { deps, callerKey }: Context): Promise<readonly Row[]> =>
    deps.inFlight.listReads.run(callerKey, () => page.rows());
  const edges = async (page: RowPage<Row>, context: Context): Promise<Edge<Row>[]> =>
    (await rows(page, context)).map((row) => ({ cursor: cursorOf(row), node: row }));

  const edgeType = builder.objectRef<Edge<Row>>(`${node.name}Edge`).implement({
    description: `One ${node.name} and its place in the list.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Opaque; goes into `after`.' }),
      // Pothos cannot tell that a row of a type yet unknown is no list.
      node: t.field({ type: node, description: `The ${node.name}.`, resolve: (edge) => edge.node as never }),
    }),
  });
  return builder.objectRef<RowPage<Row>>(`${node.name}Connection`).implement({
    description: `A page of a list of ${node.name}, ${order}.`,
    fields: (t) => ({
      totalCount: t.int({
        description: `Number of rows on all pages. Counting stops at ${maxTotalCount}.`,
        resolve: (page, _args, { deps, callerKey }) =>
          deps.inFlight.listCounts.run(callerKey, () => page.count()),
      }),
      nodes: t.field({
        type: [node],
        description: 'The rows of this page.',
        resolve: (page, _args, context) => rows(page, context),
      }),
      edges: t.field({
        type: [edgeType],
        description: 'The rows of this page with their cursors.',
        resolve: (page, _args, context) => edges(page, context),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Whether there is more, and where to go on.',
        resolve: (page, _args, context) => ({ page, edges: () => edges(page, context) }),
      }),
    }),
  });
}

/** The arguments of every list. */
export const pageArgs = builder.args((t) => ({
  first: t.int({
    required: false,
    description: `How many at most: 1 to ${maxPageSize}, ${defaultPageSize} unless given.`,
  }),
  after: t.string({
    required: false,
    description: 'Go on after this cursor, which is `endCursor` of the page before.',
  }),
}));

/** What a list adds to a query's complexity: half a point per row it may read. */
export const pageComplexity = (args: PageSize) => ({ field: Math.ceil(rowsOf(args) / 2), multiplier: 1 });

/** The same for rows that lead back to a user, whose lists are then read again for each row. */
export const nestingComplexity = (args: PageSize) => ({ ...pageComplexity(args), multiplier: rowsOf(args) });

interface PageSize {
  readonly first?: number | null | undefined;
}
const rowsOf = ({ first }: PageSize): number => Math.min(Math.max(first ?? defaultPageSize, 1), maxPageSize);
