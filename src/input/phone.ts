import parsePhoneNumber from 'libphonenumber-js/max';
import { argumentInvalid } from '../errors/account-error.js';

declare const checked: unique symbol;
/** A number in E.164 that some country's numbering plan allows. */
export type Phone = string & { readonly [checked]: 'phone' };

const e164 = /^\+[1-9]\d{6,14}$/;

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID */
export function phone(value: string): Phone {
  if (!e164.test(value) || !parsePhoneNumber(value)?.isPossible()) {
    throw argumentInvalid('phone', 'Must be a phone number in E.164, for example +14155550100.');
  }
  return value as Phone;
}
