import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import Negotiator from 'negotiator';
import { days, hours, minutes } from '../clock.js';

/** The words of one language. */
export interface Locale {
  readonly tag: string;
  /** The text with this key, such as `recovery.subject`, its placeholders filled in. */
  text(key: string, values?: Readonly<Record<string, string>>): string;
}

type Catalogue = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const fallback = 'en';
// Adding a language is adding one file.
const directory = join(import.meta.dirname, 'locales');
const catalogues = new Map<string, Catalogue>(
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.replace('.json', ''),
      JSON.parse(readFileSync(join(directory, name), 'utf8')) as Catalogue,
    ]),
);

const languages: readonly string[] = [...catalogues.keys()];

/** The best language for an Accept-Language header; English where none fits. */
export function localeFor(acceptLanguage: string | null): Locale {
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? fallback } });
  const tag =
    negotiator.language([fallback, ...languages.filter((language) => language !== fallback)]) ?? fallback;
  return { tag, text: (key, values = {}) => format(tag, key, values) };
}

/** A whole number of seconds in the words of a language, in the largest unit that fits: "15 minutes", "7 Tage". */
export function durationIn(tag: string, seconds: number): string {
  const units = [
    ['day', days(1)],
    ['hour', hours(1)],
    ['minute', minutes(1)],
    ['second', 1],
  ] as const;
  const [unit, size] = units.find(([, size]) => seconds % size === 0) ?? ['second', 1];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size);
}

function format(tag: string, key: string, values: Readonly<Record<string, string>>): string {
  const text = find(tag, key) ?? find(fallback, key);
  if (text === undefined) throw new Error(`No language has the text "${key}".`);
  return String(new IntlMessageFormat(text, tag, undefined, { ignoreTag: true }).format(values));
}

function find(tag: string, key: string): string | undefined {
  const [group = '', item] = key.split('.');
  const entry = catalogues.get(tag)?.[group];
  if (item === undefined) return typeof entry === 'string' ? entry : undefined;
  return typeof entry === 'object' ? entry[item] : undefined;
}
