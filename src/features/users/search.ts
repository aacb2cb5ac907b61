import { maxTotalCount, RowPage } from '../../db/rows.js';
import type { Sql } from '../../db/sql.js';
import type { User } from '../../generated/prisma/client.js';
import type { Page } from '../../input/page.js';
import { type UserView, userView } from './service.js';

// How operators find users. Each list is read along an index from where a page begins, so that it takes as long among ten
// million users as among ten: nothing is sorted, and no more is read than a page holds.

/** A place in a list of users: which of its ways leads there, by which value, at which user. */
export interface UserPlace {
  readonly way: number;
  /** What the way is ordered by. */
  readonly value: string;
  readonly id: string;
}

/** A user, and its place in the list it was found in. */
export type FoundUser = UserView & { readonly place: UserPlace };

/** What an operator looks for, in the forms that ways compare it in. */
export interface SearchTerms {
  readonly id: string;
  /** A beginning, in any case. */
  readonly text: string;
  /** A beginning of a number, without what people put between its digits. */
  readonly phone: string;
}

/** One way to find users by: the same expressions as in the index that it follows. */
interface SearchColumn {
  readonly by: string;
  readonly beginsWith: 'text' | 'phone';
  /** Of an index that holds some users only. */
  readonly only?: string;
}

const searchColumns: readonly SearchColumn[] = [
  { by: '"email" COLLATE "C"', beginsWith: 'text', only: '"email" IS NOT NULL' },
  { by: '"phone" COLLATE "C"', beginsWith: 'phone', only: '"phone" IS NOT NULL' },
  { by: 'lower("name") COLLATE "C"', beginsWith: 'text' },
  {
    by: '"lastVerifiedEmail" COLLATE "C"',
    beginsWith: 'text',
    only: '"lastVerifiedEmail" IS DISTINCT FROM "email"',
  },
  {
    by: '"lastVerifiedPhone" COLLATE "C"',
    beginsWith: 'phone',
    only: '"lastVerifiedPhone" IS DISTINCT FROM "phone"',
  },
];

/** After every text that begins with what stands before it. */
const highestCharacter = '\u{10FFFF}';

/** The database writes both sides in lower case, because JavaScript has other rules, for `İ` among others. */
const parameterOf = { text: ['lower($2)', '(lower($2) || $3)'], phone: ['$4', '$5'] } as const;

const matches = ({ by, beginsWith, only }: SearchColumn): string => {
  const [start, end] = parameterOf[beginsWith];
  return `${by} >= ${start} AND ${by} < ${end}${only ? ` AND ${only}` : ''}`;
};

const values = ({ id, text, phone }: SearchTerms): string[] => [
  id,
  ...(text ? [text, highestCharacter] : ['', '']),
  // What holds no digits is the beginning of no number.
  ...(phone ? [phone, phone + highestCharacter] : ['', '']),
];

/** Says what the parameters are to statements that do not use all of them; it is always so. */
const parameterTypes = `($1::text, $2::text, $3::text, $4::text, $5::text) IS NOT NULL`;

/** Whoever is found by one way is not found by a later one again. */
const foundBefore = (index: number): string =>
  ['"id" = $1', ...searchColumns.slice(0, index).map((way) => `(${matches(way)})`)]
    .map((condition) => ` AND (${condition}) IS NOT TRUE`)
    .join('');

/**
 * Users whose id is what is looked for, then those whose e-mail address, phone number, name, or former proven address begins
 * with it; each in alphabetical order.
 */
export const searchUsers = (db: Sql, page: Page<UserPlace>, sought: SearchTerms): RowPage<FoundUser> =>
  new RowPage(
    page,
    async (limit) => {
      const { after } = page;
      const found = after ? [] : await readById(db, sought.id);
      for (const index of searchColumns.keys()) {
        if (index < (after?.way ?? 0) || found.length >= limit) continue;
        const from = index === after?.way ? after : null;
        found.push(...(await readAlong(db, index, sought, from, limit - found.length)));
      }
      return found;
    },
    () =>
      count(
        db,
        `"id" = $1 OR ${searchColumns.map((way) => `(${matches(way)})`).join(' OR ')}`,
        values(sought),
      ),
  );

async function readById(db: Sql, id: string): Promise<FoundUser[]> {
  const { rows } = await db.query<User>({ text: 'SELECT * FROM users WHERE "id" = $1', values: [id] });
  return rows.map((user) => ({ ...userView(user), place: { way: -1, value: '', id } }));
}

async function readAlong(
  db: Sql,
  index: number,
  sought: SearchTerms,
  from: UserPlace | null,
  most: number,
): Promise<FoundUser[]> {
  const way = searchColumns[index] as SearchColumn;
  const [, end] = parameterOf[way.beginsWith];
  // One bound below, not two: PostgreSQL would begin to read at the lower one.
  const rest = `(${way.by}, "id" COLLATE "C") > (lower($6), $7) AND ${way.by} < ${end}${way.only ? ` AND ${way.only}` : ''}`;
  const { rows } = await db.query<User & Pick<UserPlace, 'value'>>({
    name: `users-along-${index}`,
    text: `SELECT ${way.by} AS "value", users.* FROM users WHERE ${parameterTypes} AND ${rest}${foundBefore(index)}
      ORDER BY ${way.by}, "id" COLLATE "C" LIMIT $8`,
    values: [...values(sought), from?.value ?? sought[way.beginsWith], from?.id ?? '', most],
  });
  return rows.map(({ value, ...user }) => ({ ...userView(user), place: { way: index, value, id: user.id } }));
}

/** All users, newest first. */
export const listUsers = (db: Sql, page: Page<UserPlace>): RowPage<FoundUser> =>
  new RowPage(
    page,
    async (most) => {
      const { rows } = await db.query<User>({
        name: 'list-users',
        text: `SELECT * FROM users WHERE ("createdAt", "id") < ($1, $2) ORDER BY "createdAt" DESC, "id" DESC LIMIT $3`,
        values: [page.after?.value ?? 'infinity', page.after?.id ?? '', most],
      });
      return rows.map((user) => ({
        ...userView(user),
        place: { way: 0, value: user.createdAt.toISOString(), id: user.id },
      }));
    },
    () => count(db, 'true', []),
  );

async function count(db: Sql, condition: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    text: `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM users WHERE ${condition} LIMIT ${maxTotalCount}) AS counted`,
    values,
  });
  return rows[0]?.count ?? 0;
}
