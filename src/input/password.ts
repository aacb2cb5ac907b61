import { createRequire } from 'node:module';
import type { Config } from '../config/config.js';
import { AccountError, argumentInvalid } from '../errors/account-error.js';
import { checkText } from './text.js';

declare const checked: unique symbol;
/** A password as it is compared: NFC, nothing else changed. */
export type Password = string & { readonly [checked]: 'password' };
/** A password that has passed the rules of this server. The list of breached passwords and the history come next. */
export type AllowedPassword = Password & { readonly [checked]: 'password'; readonly isAllowed: true };
/** A password that may be set: see `passwords/breaches.ts`. */
export type NewPassword = AllowedPassword & { readonly isNew: true };

/** What a password must not contain. */
export interface PersonalData {
  readonly userId: string | null;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

const shortest = 8;
/** In characters. */
export const maxPasswordLength = 256;
/** In words, for descriptions. */
export const passwordLength = `PASSWORD_MIN (${shortest} unless set) to ${maxPasswordLength} characters`;
const maxBytes = 1024;
/** Shorter pieces of personal data are in too many good passwords by chance. */
const minPersonalDataLength = 3;

const require = createRequire(import.meta.url);
let common: ReadonlySet<string> | undefined;

/** Loaded with the first password that somebody wants: most servers see many more that somebody has. */
function isCommon(password: string): boolean {
  common ??= readCommon();
  return common.has(password);
}

function readCommon(): Set<string> {
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map((password) => String(password).toLowerCase()));
}

/**
 * A password somebody claims to have: 8 to 256 characters.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, before anything is hashed.
 */
export function parsePassword(argument: string, value: string, least: number = shortest): Password {
  // Not NFKC: it makes different passwords equal.
  const normal = checkText(argument, value.normalize('NFC'), least, maxPasswordLength);
  if (Buffer.byteLength(normal) > maxBytes)
    throw argumentInvalid(argument, `Must have at most ${maxBytes} bytes.`);
  return normal as Password;
}

/**
 * A password somebody wants to have.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
export function parseNewPassword(
  config: Pick<Config, 'PASSWORD_MIN' | 'PASSWORD_DICTIONARY' | 'PERSONAL_DATA_CHECK' | 'APP_NAME'>,
  value: string,
  owner: PersonalData,
): AllowedPassword {
  const normal = parsePassword('password', value, config.PASSWORD_MIN);
  const folded = normal.toLowerCase();
  if (config.PASSWORD_DICTIONARY && (isCommon(folded) || folded === config.APP_NAME.toLowerCase())) {
    throw new AccountError('USER_PASSWORD_TOO_COMMON');
  }
  if (config.PERSONAL_DATA_CHECK && personalData(owner).some((datum) => folded.includes(datum))) {
    throw new AccountError('USER_PASSWORD_PERSONAL_DATA');
  }
  return normal as AllowedPassword;
}

function personalData({ userId, name, email, phone }: PersonalData): string[] {
  return [userId, name, email, email?.split('@')[0], phone, phone?.replace('+', '')]
    .filter((datum) => datum != null)
    .map((datum) => datum.normalize('NFC').toLowerCase())
    .filter((datum) => datum.length >= minPersonalDataLength);
}
