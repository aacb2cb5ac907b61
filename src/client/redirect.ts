import type { Answered } from './transport.js';
import type { UpdateRecoveryMutation, UpdateVerificationMutation } from './generated/types.js';
import type { SignIn } from './sign-in-steps.js';
import type { ErrorCode } from './generated/values.js';

/** What a page of the app is opened for. */
export type Purpose = 'link' | 'provider' | 'verification' | 'recovery';

/**
 * What the page was opened with. Nothing is redeemed until `complete` is called: programs that look at mails open links, too,
 * and a person may have been sent somebody else's.
 */
export type Landing =
  /** Nothing of this client's. */
  | { readonly kind: 'none' }
  /** A magic link, or the answer of a provider. */
  | {
      readonly kind: 'signIn';
      /**
       * Whether it was asked for here. If not, ask before you complete it: else whoever sends a person a link of their own
       * signs them in to an account that is not theirs.
       */
      readonly expected: boolean;
      complete(): Promise<SignIn>;
    }
  /**
   * The confirmation of an email address. The account loses what was added to it before, unless the browser is known to the account or
   * you pass the password.
   */
  | {
      readonly kind: 'verification';
      /** Whether it was requested here. If not, ask the user before you complete it: someone else may have requested it. */
      readonly expected: boolean;
      complete(password?: string): Promise<Answered<UpdateVerificationMutation>['updateVerification']>;
    }
  /** A forgotten password: ask for a new one. All sessions end with it. */
  | {
      readonly kind: 'recovery';
      /** Whether it was requested here. */
      readonly expected: boolean;
      complete(password: string): Promise<Answered<UpdateRecoveryMutation>['updateRecovery']>;
    }
  /** The sign-in at a provider did not work. */
  | { readonly kind: 'failed'; readonly code: ErrorCode };

/** Redeems the secret of a sign-in. */
export type Redeem = (purpose: 'link' | 'provider', userId: string, secret: string) => Promise<SignIn>;

/** Says in a page's query what it was opened for, and under which number that was asked for. */
export const marker = 'gatehouse';

/** A page that `handleRedirect` will know again. */
export function marked(url: string, purpose: Purpose, number = ''): string {
  const [, base = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  return `${base}${base.includes('?') ? '&' : '?'}${marker}=${purpose}.${number}${fragment}`;
}

/**
 * Reads landings once for each address, and redeems each secret once: React runs effects twice in development. The secret leaves the address
 * bar before anything is awaited.
 */
export function createLandings(read: (href: string) => Promise<Landing>) {
  const known = new Map<string, Promise<Landing>>();
  return (location: { readonly href: string }): Promise<Landing> => {
    const { href } = location;
    const found = known.get(href);
    if (found !== undefined) return found;
    const cleaned = withoutSecret(href);
    if (cleaned === href) return Promise.resolve({ kind: 'none' });
    const landing = read(href);
    known.set(href, landing).set(cleaned, landing);
    if (location === globalThis.location) history.replaceState(history.state, '', cleaned);
    return landing;
  };
}

/** The address of a page without what a link added. */
function withoutSecret(href: string): string {
  const { base, pairs, fragment } = partsOf(href);
  if (!pairs.some(([name]) => name === marker)) return href;
  const added = [marker, 'userId', 'secret', 'expire', 'error'];
  const kept = pairs.filter(([name]) => !added.includes(name)).map(([, , pair]) => pair);
  return `${base}${kept.length > 0 ? `?${kept.join('&')}` : ''}${fragment}`;
}

/** An address and its query, name, value and text of each pair. React Native's URL cannot read a query. */
export function partsOf(href: string): { base: string; pairs: [string, string, string][]; fragment: string } {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(href) ?? [];
  const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair): [string, string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name), decode(value.join('=')), pair];
    });
  return { base, pairs, fragment };
}
