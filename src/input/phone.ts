import { createRequire } from 'node:module';
import type parsePhoneNumber from 'libphonenumber-js/max';
import type { PhoneNumber } from 'libphonenumber-js/max';
import { satelliteCodes } from '../config/fields.js';
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

/**
 * Checks a phone number that SMS will be sent to.
 *
 * @param countries SMS_COUNTRIES: countries, and calling codes of networks without a country. Undefined: all countries.
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export function parsePhone(value: string, countries?: readonly string[]): Phone {
  const parsed = e164.test(value) ? tables()(value) : undefined;
  // A number has one spelling: a trunk prefix that the parser drops would make it somebody else's.
  if (!parsed?.isValid() || parsed.number !== value)
    throw argumentInvalid('phone', 'Must be a phone number in E.164, for example +14155550100.');
  const isNamed = countries?.includes(countryOf(parsed)) ?? false;
  const isSatellite = satelliteCodes.includes(parsed.countryCallingCode) && !isNamed;
  if (expensiveTypes.has(parsed.getType()) || isSatellite)
    throw argumentInvalid('phone', 'Must not be a premium-rate, shared-cost, personal or satellite number.');
  if (countries && !isNamed)
    throw argumentInvalid('phone', 'Must be a number of a country that this server sends SMS to.');
  return value as Phone;
}

/** The country of a number as ISO 3166-1 alpha-2, or `+` and the calling code of a network without a country. */
export function countryOfPhone(phone: string): string {
  const parsed = tables()(phone);
  return parsed ? countryOf(parsed) : 'unknown';
}

const countryOf = ({ country, countryCallingCode }: PhoneNumber): string =>
  country ?? `+${countryCallingCode}`;

/** Loaded with the first number: they are large, and most servers see none. */
const tables = (): typeof parsePhoneNumber => require('libphonenumber-js/max');
