import { describe, expect, it } from 'vitest';
import { checkText, parseName, parseSecret } from '../../src/input/text.js';

const refusal = (argument: string) =>
  expect.objectContaining({
    code: 'GENERAL_ARGUMENT_INVALID',
    details: { issues: [{ argument, message: expect.stringMatching(/^Must /) }] },
  });

describe('text', () => {
  it.each(['ab', 'abcd', '🦊🦊🦊🦊', 'e\u0301e\u0301', ' \n\t', '\u202e\u0007\u001b['])(
    'answers %j as it came',
    (value) => {
      expect(checkText('motto', value, 2, 4)).toBe(value);
    },
  );

  it.each(['', 'a', '🦊', 'abcde', '🦊🦊🦊🦊🦊', 'e\u0301e\u0301e', 'x'.repeat(1_000_000)])(
    'counts characters, and refuses %j',
    (value) => {
      expect(() => checkText('motto', value, 2, 4)).toThrow(refusal('motto'));
    },
  );

  it.each(['a\0b', '\ud83e', '\udd8a', '\udd8a\ud83e', 'a\ud83eb'])('refuses the unsound %j', (value) => {
    expect(() => checkText('motto', value, 1, 10)).toThrow(refusal('motto'));
  });

  it('never repeats the value', () => {
    expect(() => checkText('motto', 'hunter2', 8, 10)).not.toThrow(/hunter2/);
    expect(() => checkText('motto', 'hunter2', 8, 10)).toThrow(
      expect.objectContaining({
        details: { issues: [{ argument: 'motto', message: 'Must have 8 to 10 characters.' }] },
      }),
    );
  });
});

describe('name', () => {
  it('has 1 to 128 characters', () => {
    for (const value of ['A', '🦊'.repeat(128)]) expect(parseName(value)).toBe(value);
    for (const value of ['', 'x'.repeat(129)]) expect(() => parseName(value)).toThrow(refusal('name'));
  });
});

describe('secret', () => {
  it('has 1 to 256 characters, leading zeros kept', () => {
    for (const value of ['0', '000123', ' x y', 'x'.repeat(256)])
      expect(parseSecret('otp', value)).toBe(value);
    for (const value of ['', 'x'.repeat(257)])
      expect(() => parseSecret('otp', value)).toThrow(refusal('otp'));
  });
});
