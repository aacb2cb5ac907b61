import { describe, expect, it } from 'vitest';
import { AccountError } from '../../src/errors/account-error.js';
import { parseEmail } from '../../src/input/email.js';

const refusal = expect.objectContaining({
  name: 'AccountError',
  code: 'GENERAL_ARGUMENT_INVALID',
  details: { issues: [{ argument: 'email', message: expect.stringMatching(/^Must /) }] },
});

/** What is wrong with an address; the address where nothing is. */
function outcome(value: string): unknown {
  try {
    return parseEmail(value);
  } catch (error) {
    return error;
  }
}

describe('email', () => {
  it.each([
    ['ada@example.test', 'ada@example.test'],
    ['Ada.L@EXAMPLE.Test', 'ada.l@example.test'],
    [`a!#$%&'*+/=?^_\`{|}~-b@x.test`, `a!#$%&'*+/=?^_\`{|}~-b@x.test`],
    [`${'a'.repeat(64)}@x.test`, `${'a'.repeat(64)}@x.test`],
    ['ada@a.b.c.example.test', 'ada@a.b.c.example.test'],
    ['ada@BÜCHER.test', 'ada@xn--bcher-kva.test'],
    ['ada@bu\u0308cher.test', 'ada@xn--bcher-kva.test'],
    ['ada@XN--BCHER-KVA.test', 'ada@xn--bcher-kva.test'],
    ['ada@straße.test', 'ada@xn--strae-oqa.test'],
    // A Cyrillic letter makes another domain, not the one it looks like.
    ['ada@ex\u0430mple.test', 'ada@xn--exmple-4nf.test'],
    ['ada@paral·lel.cat', 'ada@xn--parallel-koa.cat'],
    ['ada@PARAL·LEL.cat', 'ada@xn--parallel-koa.cat'],
    ['ada@نامه\u200cای.test', 'ada@xn--mgba3gch31f060k.test'],
    ['ada@ド・ド.test', 'ada@xn--gdka3m.test'],
    ['ada@צ׳אט.test', 'ada@xn--4dbq4byc.test'],
  ])('writes %s as %s', (value, normal) => {
    expect(parseEmail(value)).toBe(normal);
    expect(parseEmail(normal)).toBe(normal);
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@x.test',
    'ada@localhost',
    'ada@x.test.',
    'ada@.x.test',
    'ada@x..test',
    'ada@-x.test',
    'ada@x-.test',
    'ada@x_y.test',
    'ada@xn--zz.test',
    // Mapped or dropped letters would make it the address of another domain.
    'ada@stra\u1e9ee.test',
    'ada@ex\ufe0eample.test',
    'ada@ex\u200dample.test',
    'ada@ex\u200cample.test',
    // A sign that stands beside none of its letters.
    'ada@a·b.test',
    'ada@·l.test',
    'ada@a・b.test',
    'ada@a׳.test',
    `ada@${'a'.repeat(64)}.test`,
    `${'a'.repeat(65)}@x.test`,
    '.ada@x.test',
    'ada.@x.test',
    'a..da@x.test',
    'a@b@x.test',
    'ada@x.test:25',
    'ada@[127.0.0.1]',
    'ada@[IPv6:::1]',
    'ada@127.0.0.1',
    'ada@127.1',
    'ada@0x7f.1',
    'ada@mail.25',
  ])('refuses %j', (value) => {
    expect(outcome(value)).toEqual(refusal);
  });

  it.each([' ada@x.test', 'ada@x.test ', 'ada@x.test\n', '\u00a0ada@x.test'])(
    'drops the blanks around %j',
    (value) => {
      expect(outcome(value)).toBe('ada@x.test');
    },
  );

  it.each([
    'ada@x.test\r\nBcc: eve@evil.test',
    'ada@x.test, eve@evil.test',
    'ada@x.test;eve@evil.test',
    '<ada@x.test> eve@evil.test',
    'Ada <ada@x.test>',
    '"ada"@x.test',
    '"eve@evil.test x"@x.test',
    'ada(comment)@x.test',
    'ada@(comment)x.test',
    'ada @x.test',
    'a\tda@x.test',
    'a\0da@x.test',
    'a\ud800da@x.test',
  ])('refuses %j, which a mail header or the database would read otherwise', (value) => {
    expect(outcome(value)).toEqual(refusal);
  });

  it.each([
    'ada\uff20x.test',
    '\uff41da@x.test',
    'ad\u0131@x.test',
    '\ufb01@x.test',
    'ád\u0430@x.test',
    // NFC makes an ASCII K of the Kelvin sign.
    '\u212aelvin@x.test',
    'ada\u200b@x.test',
    'ada\u202e@x.test',
  ])('refuses the look-alike local part of %j', (value) => {
    expect(outcome(value)).toEqual(refusal);
  });

  it.each([
    'ada@x.test/evil',
    'ada@x.test?evil',
    'ada@x.test#evil',
    'ada@x.test\\evil',
    'ada@%78.test',
    'ada@x%2etest',
    'ada@evil.test/x.test',
    'ada@x\u3002test',
    'ada@x.te\u00adst',
    'ada@x.test\u200b',
  ])('refuses %j, which is no domain but a piece of a URL', (value) => {
    expect(outcome(value)).toEqual(refusal);
  });

  it('counts the 320 characters of the form that is stored', () => {
    // 302 characters that would be stored as more than 1000.
    expect(outcome(`a@${'ü.'.repeat(148)}test`)).toEqual(refusal);
    expect(outcome(`${'a'.repeat(64)}@${'b.'.repeat(130)}test`)).toEqual(refusal);
  });

  it('names the argument it is told', () => {
    expect(() => parseEmail('nobody', 'to')).toThrow(AccountError);
    const named = { issues: [{ argument: 'to', message: expect.any(String) }] };
    expect(() => parseEmail('nobody', 'to')).toThrow(expect.objectContaining({ details: named }));
  });
});
