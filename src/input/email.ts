import { domainToASCII, domainToUnicode } from 'node:url';
import { z } from 'zod';
import { argumentInvalid } from '../errors/account-error.js';
import { checkText } from './text.js';

declare const checked: unique symbol;
/** An address in the one form it is stored, looked up and written to: lower case, domain in IDNA ASCII. */
export type Email = string & { readonly [checked]: 'email' };

const maxAddressLength = 320;

/** Signs that a domain may contain beside certain letters, as in `paral·lel.cat`. The parser checks the joiners. @see RFC 5892, appendix A */
const contextual =
  /(?<=l)·(?=l)|͵(?=\p{Script=Greek})|(?<=\p{Script=Hebrew})[׳״]|(?<=[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}])・|[\u200c\u200d]/giu;
const address = z.email({ pattern: z.regexes.html5Email });

/**
 * Normalises an e-mail address. Only the domain may be other than ASCII: look-alike letters in the local part would
 * make two people of what reads as one address.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export function parseEmail(value: string, argument = 'email'): Email {
  const [, local = '', domain = ''] =
    /^([\x21-\x7e]{1,64})@([^@\s]+)$/.exec(checkText(argument, value.trim(), 1, maxAddressLength)) ?? [];
  // The parser behind domainToASCII takes more than domains: paths, ports, numbers that stand for an address.
  // And it folds letters that only look alike, which a mail to the address as typed would not.
  const isPlain =
    /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain.replace(contextual, '')) &&
    domain.normalize('NFKC') === domain.normalize('NFC');
  const ascii = isPlain ? domainToASCII(domain) : '';
  // Some letters are mapped to others or removed, such as ẞ and variation selectors: the result is another domain than was typed.
  const isKept =
    !/[^\x21-\x7e]/.test(domain) || domainToUnicode(ascii) === domain.toLowerCase().normalize('NFC');
  const normal = /\.\d+$/.test(ascii)
    ? '@'
    : checkText(argument, `${local.toLowerCase()}@${ascii}`, 1, maxAddressLength);
  const dots = /^\.|\.\.|\.@/.test(normal);
  if (!isKept || dots || !normal.includes('.', normal.indexOf('@')) || !address.safeParse(normal).success) {
    throw argumentInvalid(argument, 'Must be an e-mail address such as ada@example.com.');
  }
  return normal as Email;
}
