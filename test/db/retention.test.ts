import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days, later } from '../../src/clock.js';
import { nilId } from '../../src/ids.js';
import { maxOldLogs } from '../../src/features/logs/service.js';
import { ListLogsDocument } from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { dataOf } from '../support/expect.js';
import { anonymousPerson, signedInPerson, signIn } from '../support/people.js';

let test: TestApp;

beforeAll(async () => {
  test = await createTestApp({ LOG_RETENTION: '90d', SESSION_LIFETIME: '20d' });
});
afterAll(() => test.close());

const writeLines = (userId: string, count: number, secondsApart: number) =>
  test.app.deps.db.query({
    text: `INSERT INTO logs ("id", "userId", "event", "time", "origin")
      SELECT gen_random_uuid(), $1, 'user.update', $2::timestamptz - n * make_interval(secs => $3), '{}'
      FROM generate_series(1, $4::int) AS n`,
    values: [userId, test.clock.now(), secondsApart, count],
  });

const linesOf = async (userId: string): Promise<number> => {
  const { rows } = await test.app.deps.db.query<{ count: number }>({
    text: 'SELECT count(*)::int AS "count" FROM logs WHERE "userId" = $1',
    values: [userId],
  });
  return rows[0]?.count ?? 0;
};

describe('what is written has an end', () => {
  it('log lines by age, and by number where they are older than thirty days', async () => {
    const person = await signedInPerson(test);
    const other = await signedInPerson(test);
    await writeLines(person.userId, maxOldLogs + 500, 60);
    await writeLines(other.userId, 20, 60);
    await test.app.sweep();
    expect(await linesOf(person.userId)).toBe(maxOldLogs + 502);
    test.clock.advance(days(31));
    await test.app.sweep();
    expect([await linesOf(person.userId), await linesOf(other.userId)]).toEqual([maxOldLogs, 22]);
    await signIn(person.client, person);
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, { first: 1 }));
    expect(listLogs).toMatchObject({ totalCount: maxOldLogs + 1, nodes: [{ event: 'session.create' }] });
    test.clock.advance(days(60));
    await test.app.sweep();
    expect([await linesOf(person.userId), await linesOf(other.userId)]).toEqual([1, 0]);
  });

  it('anonymous users that nobody can come back to', async () => {
    const anonymous = await anonymousPerson(test);
    const somebody = await signedInPerson(test);
    const there = async () =>
      (await test.app.deps.db.prisma.user.findMany({ select: { id: true } })).map(({ id }) => id);
    test.clock.advance(days(29));
    await test.app.sweep();
    expect(await there()).toEqual(expect.arrayContaining([anonymous.userId, somebody.userId]));
    test.clock.advance(days(2));
    await test.app.sweep();
    expect(await there()).toContain(somebody.userId);
    expect(await there()).not.toContain(anonymous.userId);
  });

  it('counts at most 10,000 entries of a long log', async () => {
    const person = await signedInPerson(test);
    await writeLines(person.userId, 10_050, 1);
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, { first: 1 }));
    expect(listLogs.totalCount).toBe(10_000);
  });

  it('but a page far down a long list reads no more rows than the first', async () => {
    const person = await signedInPerson(test);
    await writeLines(person.userId, 20_000, 1);
    await test.app.deps.db.query({ text: 'ANALYZE logs' });
    const rowsRead = async (secondsAgo: number): Promise<number> => {
      const { rows } = await test.app.deps.db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
        text: `EXPLAIN (ANALYZE, FORMAT JSON) SELECT "id" FROM logs WHERE "userId" = $1 AND ("time", "id") < ($2, $3::uuid)
          ORDER BY "time" DESC, "id" DESC LIMIT 26`,
        values: [person.userId, later(test.clock.now(), -secondsAgo), nilId],
      });
      return most(rows[0]?.['QUERY PLAN'][0].Plan);
    };
    for (const secondsAgo of [0, 10_000, 19_000]) expect(await rowsRead(secondsAgo)).toBeLessThan(100);
  });
});

interface Plan {
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows of the step of a plan that looks at most of them. */
const most = (plan?: Plan): number =>
  plan
    ? Math.max(plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0), ...(plan.Plans ?? []).map(most))
    : Number.NaN;
