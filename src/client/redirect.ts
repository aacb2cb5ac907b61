import type { Answered } from './transport.js';
import type { UpdateRecoveryMutation, UpdateVerificationMutation } from './generated/types.js';
import type { Methods } from './methods.js';
import type { SignIn } from './sign-in-steps.js';
import type { ErrorCode } from './generated/values.js';

/** What a page of the app is opened for. */
type Purpose = 'link' | 'provider' | 'verification' | 'recovery';

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

/** Says in a page's query what it was opened for, and under which number that was asked for. */
const marker = 'gatehouse';

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
    const landing = read(href).then(once);
    const cleaned = withoutSecret(href);
    if (cleaned !== href) {
      known.set(href, landing).set(cleaned, landing);
      if (location === globalThis.location) history.replaceState(history.state, '', cleaned);
    }
    return landing;
  };
}

/** The landing, whose second `complete` returns what the first one did, unless that failed. */
function once(landing: Landing): Landing {
  if (!('complete' in landing)) return landing;
  const { complete } = landing;
  let done: Promise<unknown> | null = null;
  const shared = (password?: string) => {
    done ??= (complete as (password?: string) => Promise<unknown>)(password).catch((error: unknown) => {
      done = null;
      throw error;
    });
    return done;
  };
  return { ...landing, complete: shared } as Landing;
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
function partsOf(href: string): { base: string; pairs: [string, string, string][]; fragment: string } {
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

/** Redeems the secret of a sign-in. */
export type Redeem = (purpose: 'link' | 'provider', userId: string, secret: string) => Promise<SignIn>;

/**
 * Reads what a page was opened with.
 *
 * @param isKnown Whether something was asked for here under a number.
 */
export async function readLanding(
  href: string,
  methods: Methods,
  redeem: Redeem,
  isKnown: (number: string) => Promise<boolean>,
): Promise<Landing> {
  const query = new Map(partsOf(href).pairs.map(([name, value]) => [name, value]));
  const [purpose, number = ''] = (query.get(marker) ?? '').split('.') as [Purpose | '', string?];
  if (purpose === '') return { kind: 'none' };
  const error = query.get('error');
  if (error !== undefined) return { kind: 'failed', code: codeOf(error) };
  const [userId, secret] = [query.get('userId'), query.get('secret')];
  if (userId === undefined || secret === undefined) return { kind: 'none' };
  switch (purpose) {
    case 'link':
    case 'provider':
      return {
        kind: 'signIn',
        expected: await isKnown(number),
        complete: () => redeem(purpose, userId, secret),
      };
    case 'verification':
      return {
        kind: 'verification',
        expected: await isKnown(number),
        complete: (password) => methods.updateVerification({ userId, secret, password: password ?? null }),
      };
    case 'recovery':
      return {
        kind: 'recovery',
        expected: await isKnown(number),
        complete: (password) => methods.updateRecovery({ userId, secret, password }),
      };
    default:
      return { kind: 'none' };
  }
}

/** The failure page is given `{ code, message }` as JSON. What it says may be anybody's, so it is only ever a code. */
function codeOf(error: string): ErrorCode {
  try {
    const { code } = JSON.parse(error) as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code as ErrorCode;
  } catch {
    // Not of this server.
  }
  return 'USER_OAUTH2_PROVIDER_ERROR';
}
