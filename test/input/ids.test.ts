import { describe, expect, it } from 'vitest';
import { parseId, parseNewId } from '../../src/input/ids.js';

const refusal = expect.objectContaining({
  code: 'GENERAL_ARGUMENT_INVALID',
  details: { issues: [{ argument: 'userId', message: expect.stringMatching(/^Must /) }] },
});
const sound = ['a', 'Z', '0', 'a.b_c-d', 'A'.repeat(36), '01a20e24-efa1-7fbd-ad20-d034af4fe6f7'];
const unsound = [
  '',
  '.a',
  '-a',
  '_a',
  '__proto__',
  'A'.repeat(37),
  'a b',
  ' a',
  'a\n',
  'a\0',
  'wrongId$',
  'a/b',
  '../a',
  "a'--",
  'ä',
  'а',
  '１',
  '🦊',
  '\ud800',
];

describe('id', () => {
  it.each(sound)('takes %j as it is', (value) => {
    expect(parseId('userId', value)).toBe(value);
    expect(parseNewId('userId', value)).toBe(value);
  });

  it.each(unsound)('refuses %j', (value) => {
    expect(() => parseId('userId', value)).toThrow(refusal);
    expect(() => parseNewId('userId', value)).toThrow(refusal);
  });

  it('knows unique() only where something new is made', () => {
    expect(() => parseId('userId', 'unique()')).toThrow(refusal);
  });
});

describe('newId', () => {
  it('leaves the choice to the server for unique(), null and none', () => {
    for (const value of ['unique()', null, undefined]) expect(parseNewId('userId', value)).toBeNull();
    expect(parseNewId('userId', 'unique')).toBe('unique');
    for (const value of ['UNIQUE()', 'unique() ', ''])
      expect(() => parseNewId('userId', value)).toThrow(refusal);
  });
});
