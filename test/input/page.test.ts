import { describe, expect, it } from 'vitest';
import { encodeCursor, parsePage } from '../../src/input/page.js';

const refusal = (argument: string, message: string) =>
  expect.objectContaining({
    code: 'GENERAL_ARGUMENT_INVALID',
    details: { issues: [{ argument, message }] },
  });
const id = '019ca945-0a00-7265-aaee-7476dd88a429';
const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('page', () => {
  it('has 25 rows from the start unless told', () => {
    const whole = { first: 25, after: null };
    expect(parsePage({})).toEqual(whole);
    expect(parsePage({ first: null, after: null })).toEqual(whole);
  });

  it('has 1 to 100 rows', () => {
    for (const first of [1, 100]) expect(parsePage({ first })).toEqual({ first, after: null });
    for (const first of [0, -1, 101, 2 ** 31 - 1, -(2 ** 31)]) {
      expect(() => parsePage({ first })).toThrow(refusal('first', 'Must be between 1 and 100.'));
    }
  });

  it.each(['1970-01-01T00:00:00.000Z', '2026-03-01T12:00:00.001Z', '2999-12-31T23:59:59.999Z'])(
    'goes on after the row of %s that a cursor was made for',
    (instant) => {
      const row = { at: new Date(instant), id };
      const cursor = encodeCursor(row);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(parsePage({ first: 3, after: cursor })).toEqual({ first: 3, after: row });
    },
  );

  it.each([
    ['nothing', ''],
    ['clear text', `1772366400000.${id}`],
    ['no dot', encode('1772366400000')],
    ['no id', encode('1772366400000.')],
    ['no instant', encode(`.${id}`)],
    ['an instant before 1970', encode(`-1.${id}`)],
    ['an instant that is no whole number', encode(`1.5.${id}`)],
    ['an instant past all years', encode(`${'9'.repeat(16)}.${id}`)],
    ['an id too long', encode(`1.${id}0`)],
    ['an id that is no UUID', encode('1.abc')],
    ['an id of 36 characters that is no UUID', encode(`1.${'g'.repeat(36)}`)],
    ['SQL', encode("1.' OR 1=1--")],
    ['a line more', encode(`1.${id}\n`)],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['half a character', '\ud800'],
  ])('refuses a cursor of %s', (_what, after) => {
    expect(() => parsePage({ after })).toThrow(refusal('after', 'Must be a cursor from an earlier page.'));
  });
});
