import { describe, expect, it } from 'vitest';
import { parseNewPassword, parsePassword } from '../../src/input/password.js';

const invalid = (argument: string) =>
  expect.objectContaining({
    code: 'GENERAL_ARGUMENT_INVALID',
    details: { issues: [{ argument, message: expect.stringMatching(/^Must /) }] },
  });
const rules = {
  PASSWORD_MIN: 8,
  PASSWORD_DICTIONARY: true,
  PERSONAL_DATA_CHECK: true,
  APP_NAME: 'Gatehouse',
} as const;
const nobody = { userId: null };
const tooCommon = expect.objectContaining({ code: 'USER_PASSWORD_TOO_COMMON' });
const personal = expect.objectContaining({ code: 'USER_PASSWORD_PERSONAL_DATA' });

describe('password', () => {
  it.each([
    '        ',
    ' padded ',
    'päßwörd-ñ',
    '密码密码密码密码',
    '🦊'.repeat(8),
    '🦊'.repeat(256),
    'x'.repeat(256),
  ])('takes %j exactly as it is', (value) => {
    expect(parsePassword('password', value)).toBe(value);
  });

  it('composes accents, and folds nothing else', () => {
    expect(parsePassword('password', 'cafe\u0301-bar')).toBe('caf\u00e9-bar');
    expect(parsePassword('password', '\ufb01nancial\u2460')).toBe('\ufb01nancial\u2460');
    expect(parsePassword('password', 'MiXeD CaSe')).toBe('MiXeD CaSe');
  });

  it.each([
    ['7 characters', 'seven 7'],
    ['7 characters of 14 code units', '🦊'.repeat(7)],
    ['7 characters of 8 code points', 'cafe\u0301-12'],
    ['257 characters', 'x'.repeat(257)],
    ['257 emojis', '🦊'.repeat(257)],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['nothing', ''],
    ['NUL', 'nul \0 byte'],
    ['half a character', 'aaaaaaa\ud800'],
    ['the other half', '\udc01aaaaaaa'],
  ])('refuses %s, naming the argument', (_what, value) => {
    expect(() => parsePassword('oldPassword', value)).toThrow(invalid('oldPassword'));
  });
});

describe('newPassword', () => {
  it('counts by the configured minimum', () => {
    const strict = { ...rules, PASSWORD_MIN: 15 };
    expect(() => parseNewPassword(strict, 'fourteen chars', nobody)).toThrow(invalid('password'));
    expect(parseNewPassword(strict, 'fifteen chars !', nobody)).toBe('fifteen chars !');
  });

  it('refuses common passwords in any case, and the name of the app', () => {
    for (const value of ['password', 'PASSWORD1', 'Password123', 'iloveyou', '12345678', 'gateHOUSE']) {
      expect(() => parseNewPassword(rules, value, nobody)).toThrow(tooCommon);
      expect(parseNewPassword({ ...rules, PASSWORD_DICTIONARY: false }, value, nobody)).toBe(value);
    }
    expect(parseNewPassword(rules, 'password correct horse', nobody)).toBe('password correct horse');
  });

  const owner = {
    userId: 'Ada-1815',
    name: 'Åda King',
    email: 'countess@lovelace.test',
    phone: '+14155550100',
  };

  it.each([
    ['the id', 'xx ada-1815 xx'],
    ['the name', 'xxåDA KINGxx'],
    ['the name in other code points', 'xxA\u030ada Kingxx'],
    ['the address', 'Countess@Lovelace.Test'],
    ['its local part', 'the-COUNTESS!'],
    ['the phone number', 'tel+14155550100'],
    ['the phone number without +', '0014155550100'],
  ])('refuses %s', (_what, value) => {
    expect(() => parseNewPassword(rules, value, owner)).toThrow(personal);
    expect(parseNewPassword({ ...rules, PERSONAL_DATA_CHECK: false }, value, owner)).toBe(
      value.normalize('NFC'),
    );
    expect(parseNewPassword(rules, value, nobody)).toBe(value.normalize('NFC'));
  });

  it('lets pieces pass that are too short to mean a person', () => {
    const short = { userId: 'ab', name: 'Al', email: 'al@x.test', phone: null };
    expect(parseNewPassword(rules, 'always able', short)).toBe('always able');
    expect(() => parseNewPassword(rules, 'big alice', { ...short, name: 'Ali' })).toThrow(personal);
    const blank = { userId: null, name: '', email: undefined, phone: null };
    expect(parseNewPassword(rules, 'always able', blank)).toBe('always able');
  });
});
