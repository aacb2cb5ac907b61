import { argumentInvalid } from '../errors/account-error.js';

/** Most bytes of preferences as JSON in ASCII, where a character outside it costs 6 bytes, an emoji 12. */
export const maxPrefsBytes = 65_535;
const deepest = 32;

/**
 * Checks preferences: an object that PostgreSQL can store and every client can read.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export function parsePrefs(value: Record<string, unknown>): Record<string, unknown> {
  rejectMalformed(value);
  const json = JSON.stringify(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is what is counted.
  const outside = json.match(/[^\x00-\x7f]/g)?.length ?? 0;
  if (json.length + 5 * outside > maxPrefsBytes) {
    throw argumentInvalid('prefs', `Must have at most ${maxPrefsBytes} bytes as JSON in ASCII.`);
  }
  return value;
}

/** Walks without recursion: a client decides how deep it goes. */
function rejectMalformed(root: unknown): void {
  const open: [unknown, number][] = [[root, 1]];
  for (let item = open.pop(); item; item = open.pop()) {
    const [value, depth] = item;
    if (depth > deepest) throw argumentInvalid('prefs', `Must be at most ${deepest} levels deep.`);
    if (typeof value === 'string') rejectText(value);
    // JSON has no infinity: 1e400 would come back as null.
    if (typeof value === 'number' && !Number.isFinite(value))
      throw argumentInvalid('prefs', 'Must hold finite numbers.');
    // What was sent may have been another one: the parser has rounded it.
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      throw argumentInvalid('prefs', 'Must hold integers of less than 2^53; send larger ones as text.');
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      rejectText(key);
      if (key === '__proto__') throw argumentInvalid('prefs', 'Must not have a key "__proto__".');
      open.push([child, depth + 1]);
    }
  }
}

function rejectText(text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw argumentInvalid('prefs', 'Must not hold NUL or unpaired surrogates.');
  }
}
