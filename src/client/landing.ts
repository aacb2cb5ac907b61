import type { ErrorCode } from './generated/values.js';
import type { Methods } from './methods.js';
import { type Landing, marker, partsOf, type Purpose, type Redeem } from './redirect.js';

// Loaded by pages that were opened with a link.

/**
 * Reads what a page was opened with.
 *
 * @param isKnown Whether something was asked for here under a number.
 */
export const readLanding = async (...of: Parameters<typeof read>): Promise<Landing> =>
  once(await read(...of));

async function read(
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
