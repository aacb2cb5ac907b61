import { describe, expect, it } from 'vitest';
import { parsePhone } from '../../src/input/phone.js';

const refusal = expect.objectContaining({
  code: 'GENERAL_ARGUMENT_INVALID',
  details: { issues: [{ argument: 'phone', message: expect.stringMatching(/^Must /) }] },
});

describe('phone', () => {
  it.each(['+14155550100', '+447911123456', '+4930123456', '+41446681800', '+4721930000', '+390612345678'])(
    'takes %s as it is',
    (value) => {
      expect(parsePhone(value)).toBe(value);
    },
  );

  it.each([
    '',
    '+',
    '14155550100',
    '0014155550100',
    '+04155550100',
    '+1 415 555 0100',
    '+1-415-555-0100',
    '+1(415)5550100',
    '+14155550100 ',
    ' +14155550100',
    '+14155550100\n',
    '+14155550100,+447911123456',
    '+14155550100;ext=1',
    'tel:+14155550100',
    '+1415555010O',
    '\uff0b14155550100',
    '+1415555010\u0660',
    '+1415555010\uff10',
    '+14155550100\0',
  ])('refuses %j, which is not written in E.164', (value) => {
    expect(() => parsePhone(value)).toThrow(refusal);
  });

  it.each([
    ['6 digits', '+123456'],
    ['16 digits', '+1234567890123456'],
    ['an unknown calling code', '+8020000000'],
    ['a digit too few', '+1415555010'],
    ['a digit too many', '+141555501000'],
    ['an area code that no plan has', '+10005550100'],
    ['a number of ones', '+11111111111'],
    ['a German number that no plan has', '+4912345678901'],
    ['a premium-rate number', '+19005550123'],
    ['a French premium-rate number', '+33892123456'],
    ['a shared-cost number', '+80812345678'],
    ['a British personal number', '+447012345678'],
    ['a satellite phone', '+881612345678'],
    ['an Inmarsat terminal', '+870773111632'],
    ['an international network', '+883510012345678'],
  ])('refuses %s', (_what, value) => {
    expect(() => parsePhone(value)).toThrow(refusal);
  });

  // A second spelling of a number would give one subscriber two accounts and two limits of messages.
  it.each([
    ['+4407911123456', '+447911123456'],
    ['+490301234567', '+49301234567'],
    ['+330612345678', '+33612345678'],
  ])('lets %s be no other number than %s', (spelling, number) => {
    let outcome: unknown;
    try {
      outcome = parsePhone(spelling);
    } catch (error) {
      outcome = error;
    }
    expect([number, refusal]).toContainEqual(outcome);
    expect(outcome).not.toBe(spelling);
  });
});
