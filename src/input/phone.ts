import { createRequire } from 'node:module';
import type parsePhoneNumber from 'libphonenumber-js/max';
import { argumentInvalid } from '../errors/account-error.js';

declare const checked: unique symbol;
/** A number in E.164 that some country's numbering plan allows. */
export type Phone = string & { readonly [checked]: 'phone' };

const require = createRequire(import.meta.url);
const e164 = /^\+[1-9]\d{6,14}$/;

/** Numbers whose messages cost a multiple, and of which the holder may get a share. */
const expensiveTypes: ReadonlySet<string | undefined> = new Set([
  'PREMIUM_RATE',
  'SHARED_COST',
  'PERSONAL_NUMBER',
]);
/** Inmarsat, other satellite systems, and networks without a country. */
const satelliteCodes: ReadonlySet<string> = new Set(['870', '881', '882', '883']);

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID */
export function parsePhone(value: string): Phone {
  const parsed = e164.test(value) ? tables()(value) : undefined;
  // A number has one spelling: a trunk prefix that the parser drops would make it somebody else's.
  if (!parsed?.isValid() || parsed.number !== value)
    throw argumentInvalid('phone', 'Must be a phone number in E.164, for example +14155550100.');
  if (expensiveTypes.has(parsed.getType()) || satelliteCodes.has(parsed.countryCallingCode))
    throw argumentInvalid('phone', 'Must not be a premium-rate, shared-cost, personal or satellite number.');
  return value as Phone;
}

/** Loaded with the first number: they are large, and most servers see none. */
const tables = (): typeof parsePhoneNumber => require('libphonenumber-js/max');
