import { describe, expect, it } from 'vitest';
import { maxPrefsBytes, parsePrefs } from '../../src/input/prefs.js';

const refusal = (message: string) =>
  expect.objectContaining({
    code: 'GENERAL_ARGUMENT_INVALID',
    details: { issues: [{ argument: 'prefs', message }] },
  });
const tooLarge = refusal('Must have at most 65535 bytes as JSON in ASCII.');
const tooDeep = refusal('Must be at most 32 levels deep.');
const unsound = refusal('Must not hold NUL or unpaired surrogates.');
const parse = (json: string) => JSON.parse(json) as Record<string, unknown>;

/** JSON of so many objects, or lists in an object, one in another. */
const nested = (levels: number, [open, close]: readonly [string, string]) =>
  parse(`{"a":${open.repeat(levels - 2)}${open === '[' ? '[]' : '{}'}${close.repeat(levels - 2)}}`);
const kinds = [
  ['{"a":', '}'],
  ['[', ']'],
] as const;

/** Preferences whose JSON in ASCII has exactly so many bytes, the given text among them. */
function sized(bytes: number, text = '', cost = 0) {
  return { a: text + 'x'.repeat(bytes - '{"a":""}'.length - cost) };
}

describe('prefs', () => {
  it('answers the very object, keys in their order', () => {
    const value = parse('{"z":1,"a":{"y":[null,true,1.5,"ø"],"b":{}},"":"","constructor":1,"toString":{}}');
    const before = JSON.stringify(value);
    expect(parsePrefs(value)).toBe(value);
    expect(JSON.stringify(value)).toBe(before);
    expect(parsePrefs({})).toEqual({});
  });

  it.each([
    ['ASCII', '', 0],
    ['escapes of two characters', '"\\\n', 6],
    ['control characters', '\u0001\u001f', 12],
    ['letters outside ASCII', 'äßж漢\u2028', 30],
    ['emojis', '👍🦊', 24],
  ])('counts the bytes of %s as ASCII JSON has them', (_what, text, cost) => {
    expect(parsePrefs(sized(maxPrefsBytes, text, cost))).toBeDefined();
    expect(() => parsePrefs(sized(maxPrefsBytes + 1, text, cost))).toThrow(tooLarge);
  });

  it('counts keys, numbers and punctuation, too', () => {
    const key = 'x'.repeat(maxPrefsBytes - '{"":[1,2]}'.length);
    expect(parsePrefs({ [key]: [1, 2] })).toBeDefined();
    expect(() => parsePrefs({ [key]: [1, 22] })).toThrow(tooLarge);
  });

  it.each(kinds)('takes 32 levels of %s%s, and not one more', (...kind) => {
    expect(parsePrefs(nested(32, kind))).toBeDefined();
    expect(() => parsePrefs(nested(33, kind))).toThrow(tooDeep);
    expect(() => parsePrefs(nested(10_000, kind))).toThrow(tooDeep);
  });

  it.each([
    '{"a":"\\u0000"}',
    '{"\\u0000":1}',
    '{"a":[[{"b":"x\\u0000"}]]}',
    '{"a":"\\ud800"}',
    '{"a":"\\udc00\\ud800"}',
    '{"a":{"\\udfff":1}}',
  ])('refuses the unsound text of %s', (json) => {
    expect(() => parsePrefs(parse(json))).toThrow(unsound);
  });

  it.each(['{"__proto__":{}}', '{"__proto__":null}', '{"a":{"__proto__":1}}', '{"a":[[{"__proto__":[]}]]}'])(
    'refuses %s',
    (json) => {
      expect(() => parsePrefs(parse(json))).toThrow(refusal('Must not have a key "__proto__".'));
    },
  );

  it('refuses numbers that JSON does not have', () => {
    for (const json of ['{"a":1e400}', '{"a":[{"b":-1e999}]}']) {
      expect(() => parsePrefs(parse(json))).toThrow(refusal('Must hold finite numbers.'));
    }
  });

  it('refuses integers that the parser may have rounded', () => {
    for (const json of ['{"a":9007199254740993}', '{"a":[-9007199254740992]}', '{"a":1e300}'])
      expect(() => parsePrefs(parse(json))).toThrow(
        refusal('Must hold integers of less than 2^53; send larger ones as text.'),
      );
    const sound = { a: Number.MAX_SAFE_INTEGER, b: -1.5e-300 };
    expect(parsePrefs(sound)).toEqual(sound);
  });

  it('refuses __proto__ on an object without a prototype', () => {
    const bare = Object.assign(Object.create(null) as Record<string, unknown>, JSON.parse('{"__proto__":1}'));
    expect(() => parsePrefs(bare)).toThrow(refusal('Must not have a key "__proto__".'));
  });
});
