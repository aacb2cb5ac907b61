import { sha1 } from '../secrets/digest.js';
import { readBounded } from './http.js';

/** It delays a sign-up, so it must answer quickly. */
const timeoutMilliseconds = 2000;
const prefixLength = 5;
/** A range has about 1,000 entries. */
const maxBytes = 1024 * 1024;

/** Tells whether a password has appeared in a data breach. Rejects if the service does not answer. */
export type BreachList = (password: string) => Promise<boolean>;

/**
 * Asks a service that speaks the range protocol of Have I Been Pwned. It receives the first five digits of the SHA-1 of the password
 * and returns all entries that begin with them, so it does not learn the password. Padding hides the number of entries.
 *
 * @param url Where the five digits are appended.
 * @see https://haveibeenpwned.com/API/v3#PwnedPasswords
 */
export function createBreachList(url: string): BreachList {
  const base = url.endsWith('/') ? url : `${url}/`;
  return async (password) => {
    const digest = sha1(password).toUpperCase();
    const response = await fetch(base + digest.slice(0, prefixLength), {
      headers: { 'add-padding': 'true', 'user-agent': 'gatehouse' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (!response.ok) throw new Error(`The breach list answered ${response.status}.`);
    const suffix = digest.slice(prefixLength);
    return (await readBounded(response, maxBytes)).split('\n').some((line) => {
      const [entry = '', count = ''] = line.trim().split(':');
      // Padding has the count 0.
      return entry.toUpperCase() === suffix && Number(count) > 0;
    });
  };
}
