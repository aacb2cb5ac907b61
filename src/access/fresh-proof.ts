import type { Clock } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { AccountError } from '../errors/account-error.js';
import { isFresh, isOperatorSession } from './factors.js';
import { hasCredentials } from './live-sessions.js';
import type { SignedIn } from './viewer.js';

/**
 * Requires a recent sign-in or challenge from a user without a password, so that a stolen session is not enough to set one.
 * An anonymous account has nothing to prove except its session and always passes.
 *
 * @throws {AccountError} USER_CHALLENGE_REQUIRED
 * @see OWASP ASVS 5.0, 6.2.3 and 7.5.1
 */
export async function requireFreshProof(
  { clock, db }: { readonly clock: Clock; readonly db: Sql },
  { by, user, session }: SignedIn,
): Promise<void> {
  // A JWT is handed to other services and lives for minutes, but a password set with it would last.
  if (by === 'jwt') throw new AccountError('USER_CHALLENGE_REQUIRED');
  if (isFresh(session, clock.now())) return;
  if (isOperatorSession(session) || (await hasCredentials(db, user.id)))
    throw new AccountError('USER_CHALLENGE_REQUIRED');
}
