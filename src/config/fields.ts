import { createRequire } from 'node:module';
import { domainToASCII } from 'node:url';
import { compile } from 'proxy-addr';
import { z } from 'zod';
import { days, hours, minutes } from '../clock.js';
import { isP256Key } from '../secrets/signing-keys.js';
import type { KeyRing, SigningKey, SigningKeyRing } from '../secrets/key-ring.js';

const require = createRequire(import.meta.url);

// What kinds of values there are. Each is held against its use, not its shape alone.

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(', ')}`);
export const onOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');
export const count = (lowest: number, highest: number) => {
  const message = `must be a whole number from ${lowest} to ${highest}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((number) => number >= lowest && number <= highest, message);
};
const unitSeconds: Record<string, number> = { s: 1, m: minutes(1), h: hours(1), d: days(1) };
const durationOf = (pattern: RegExp) =>
  z
    .string()
    .regex(pattern, 'must be a number and a unit: s, m, h or d')
    .transform((text) => Number(text.slice(0, -1)) * (unitSeconds[text.slice(-1)] ?? 1));
export const duration = durationOf(/^[1-9]\d{0,8}[smhd]$/);
export const durationOrZero = durationOf(/^\d{1,9}[smhd]$/);
/** What a label of a user looks like. */
export const labelForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,35}$/;
export const mfaRequirement = z.string().transform((text, context): 'off' | 'on' | { label: string } => {
  if (text === 'off' || text === 'on') return text;
  const label = /^label:(.*)$/.exec(text)?.[1] ?? '';
  if (!labelForm.test(label))
    context.addIssue('must be off, on, or label: and the name of a label, such as label:staff');
  return { label };
});
/** Addresses and numbers, and the six digits that a code to each is. */
export const testAddresses = z.string().transform((text, context): ReadonlyMap<string, string> => {
  const pairs = text.split(',').map((pair) => pair.trim().split('='));
  if (
    !pairs.every(
      ([address = '', code = '']) => /^(\S+@\S+|\+\d{8,15})$/.test(address) && /^\d{6}$/.test(code),
    )
  )
    context.addIssue(
      'must be pairs of an address and six digits, such as ada@example.test=123456,+14155550100=123456',
    );
  return new Map(pairs.map(([address = '', code = '']) => [address.toLowerCase(), code]));
});
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
export const keyRing = z.string().transform((text, context): KeyRing => {
  const keys = text.split(',').map((item) => {
    const [id = '', encoded = ''] = item.trim().split(':');
    return { id, bytes: new Uint8Array(Buffer.from(encoded, 'base64')) };
  });
  const sound = keys.every(
    ({ id, bytes }) => /^[\w-]{1,32}$/.test(id) && bytes.length === 32 && new Set(bytes).size > 8,
  );
  if (!sound)
    context.addIssue('must be name:key[,name:key…], newest first, each key 32 random bytes in base64');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) context.addIssue('holds a name twice');
  return keys as unknown as KeyRing;
});
/** Keys that sign JWTs: `name:base64` is an Ed25519 seed, `name:es256:base64` a P-256 key. */
export const signingKeyRing = z.string().transform((text, context): SigningKeyRing => {
  const keys = text.split(',').map((item): SigningKey => {
    const [id = '', ...rest] = item.trim().split(':');
    const algorithm = rest.length === 2 && rest[0] === 'es256' ? 'ES256' : 'EdDSA';
    const encoded = (algorithm === 'ES256' ? rest[1] : rest[0]) ?? '';
    return { id, algorithm, bytes: new Uint8Array(Buffer.from(encoded, 'base64')) };
  });
  const sound = keys.every(
    ({ id, bytes, algorithm }) =>
      /^[\w-]{1,32}$/.test(id) &&
      bytes.length === 32 &&
      new Set(bytes).size > 8 &&
      (algorithm === 'EdDSA' || isP256Key(bytes)),
  );
  if (!sound)
    context.addIssue(
      'must be name:key or name:es256:key, newest first and with commas between, each key 32 random bytes in base64',
    );
  if (new Set(keys.map(({ id }) => id)).size < keys.length) context.addIssue('holds a name twice');
  return keys as unknown as SigningKeyRing;
});
const origin =
  /^(https?:\/\/(\*\.)?[a-z0-9.-]+(:(\d+|\*))?|https?:\/\/\[[0-9a-f:]+\](:(\d+|\*))?|(?!(?:https?|javascript|data|vbscript|file|blob|about|ftp|wss?):)[a-z][a-z0-9+.-]*:\/{1,2}\S*)$/;
export const origins = list.pipe(
  z.array(
    z
      .string()
      .regex(origin, 'must be origins such as https://app.example.com, without a path')
      .refine(admitsSomething, 'holds an origin that no browser would ever send')
      .refine(
        (entry) => !/^https?:\/\/(\*|\*\.[a-z0-9-]+)([:/]|$)/.test(entry),
        'a wildcard needs two labels behind it',
      ),
  ),
);
export const proxies = z.string().transform((text, context): number | ((address: string) => boolean) => {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  try {
    const trust = compile(text.split(',').map((item) => item.trim()));
    return (address) => trust(address, 0);
  } catch {
    context.addIssue('must be a number of hops, or CIDRs');
    return 0;
  }
});
export const networks = list.transform((cidrs, context): ((address: string) => boolean) => {
  try {
    if (cidrs.length === 0) throw new Error('There is none.');
    const contains = compile(cidrs);
    return (address) => contains(address, 0);
  } catch {
    context.addIssue('must be CIDRs such as 10.0.0.0/8,2001:db8::/32');
    return () => false;
  }
});
const checkedUrl = (protocols: readonly string[], alternative: string | null) =>
  z.string().superRefine((text, context) => {
    const problem = text === alternative ? null : problemOfUrl(text, protocols, alternative);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem, continue: false });
  });
/** A URL of one of these protocols. */
export const url = (...protocols: string[]) => checkedUrl(protocols, null);
/** The same, or the word `none`. */
export const urlOrNone = (...protocols: string[]) => checkedUrl(protocols, 'none');

function problemOfUrl(text: string, protocols: readonly string[], alternative: string | null): string | null {
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    const beginnings = protocols.map((protocol) => `${protocol}//`).join(' or ');
    return `must be ${alternative ? `${alternative} or ` : ''}a URL that starts with ${beginnings}`;
  }
  return isDecodable(text) ? null : 'holds a % that is not written as %25';
}

/** Whether the parts that are decoded can be: the credentials, and the path unless the URL is sent as it is. */
function isDecodable(text: string): boolean {
  const { protocol, username, password, pathname } = new URL(text);
  try {
    decodeURIComponent(username + password + (/^(https?|webhooks?):$/.test(protocol) ? '' : pathname));
    return true;
  } catch {
    return false;
  }
}

/** Whether some URL could have this origin: its host is spelled as a browser spells it. */
function admitsSomething(entry: string): boolean {
  if (!/^https?:/.test(entry)) return true;
  const sample = entry.replace('//*.', '//x.').replace(/:\*$/, ':1');
  const [, host = ''] = /^https?:\/\/(\[[^\]]*\]|[^:/]*)/.exec(sample) ?? [];
  return URL.canParse(sample) && new URL(sample).hostname === host && !host.endsWith('.');
}

/** A base for links: an origin, and nothing behind it. */
export const publicUrl = url('http:', 'https:').refine((text) => {
  const { origin, href } = new URL(text);
  return href === `${origin}/`;
}, 'must be an origin such as https://id.example.com, without a path');

const address = /^[^\s<>@",;:]+@[^\s<>@",;:]+$/;

/** One sender, with a name or without. */
export const mailbox = z.string().refine((text) => {
  const [, name = '', named] = /^([^<>\r\n]*)<([^<>]*)>$/.exec(text) ?? [];
  return address.test(named ?? text) && !/[\r\n]/.test(name);
}, 'must be an address such as Accounts <no-reply@example.com>');

/** A secret of Standard Webhooks. */
export const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 random bytes in base64');

/** Whether a text is a URL that leads to this machine. */
export const isLoopback = (text: string): boolean =>
  URL.canParse(text) && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(text).hostname);

/** The host that passkeys are bound to. */
export const domain = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'must be a domain such as example.com',
  );

/** Pages and apps that use passkeys, spelled as browsers and Android spell them. */
export const passkeyOrigins = list.pipe(
  z.array(
    z
      .string()
      .regex(
        /^(https?:\/\/[a-z0-9.-]+(:\d+)?|android:apk-key-hash:[\w-]+)$/,
        'must be origins such as https://app.example.com, without a path',
      ),
  ),
);

/** The address of a service that the server asks. */
export const serviceUrl = url('https:', 'http:').refine((text) => {
  const { username, password } = new URL(text);
  return username === '' && password === '';
}, 'must not contain a user name or password');

/** Whether a host is the domain, or below it. */
export const isUnder = (parent: string, host: string): boolean =>
  host === parent || host.endsWith(`.${parent}`);

const domainPattern = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** Domains of email addresses, in the ASCII form. `*.` in front stands for every domain below it. */
export const domains = list.pipe(
  z.array(
    z
      .string()
      .transform((text) => {
        const [, wildcard = '', domain = ''] = /^(\*\.)?([\p{L}\p{M}\p{N}.-]+)$/u.exec(text) ?? [];
        return wildcard + domainToASCII(domain);
      })
      .refine((text) => domainPattern.test(text), 'must be domains such as example.com or *.example.com'),
  ),
);

/** Calling codes of Inmarsat, other satellite systems, and networks without a country. */
export const satelliteCodes: readonly string[] = ['870', '881', '882', '883'];

/** Countries that SMS are sent to, and calling codes of satellite networks. */
export const countries = list.pipe(
  z.array(
    z
      .string()
      .transform((text) => text.toUpperCase())
      .refine(
        (text) => (text.startsWith('+') ? satelliteCodes.includes(text.slice(1)) : isCountry(text)),
        'must be country codes such as DE,GB, or calling codes of satellite networks such as +881',
      ),
  ),
);

/** The tables of numbers are loaded only if the setting is used. */
function isCountry(code: string): boolean {
  const phones = require('libphonenumber-js/max') as typeof import('libphonenumber-js/max');
  return phones.isSupportedCountry(code);
}
