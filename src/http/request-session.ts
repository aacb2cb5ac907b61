import type { IncomingMessage } from 'node:http';
import { admit } from '../access/enforce.js';
import { authenticate } from '../access/viewer.js';
import type { Deps } from '../deps.js';
import { AccountError } from '../errors/account-error.js';
import { isVerified } from '../features/users/service.js';
import { isCrossSite } from './cross-origin.js';
import { readCredentials } from './exchange.js';

/** The user of a request to a server that the API is mounted in. */
export interface RequestSession {
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  /** Null for an account without one. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly labels: readonly string[];
}

const signedIn = { access: 'signedIn', limits: [], errors: [] } as const;

/**
 * Finds the session of a request. The cookie of a request that may change something counts only if the request came from a listed origin,
 * which is the defence against CSRF.
 *
 * @returns Null for a guest, a blocked user, and a session that lacks a factor.
 */
export async function findRequestSession(
  deps: Deps,
  corsOrigins: readonly string[],
  request: IncomingMessage,
): Promise<RequestSession | null> {
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const credentials = readCredentials(deps.config, request);
  // A WebSocket begins with a GET, too, and its page reads what is sent.
  const isLink = isReading && request.headers.origin === undefined;
  const isTrusted = isLink || !isCrossSite(corsOrigins, request);
  const authentication = await authenticate(deps, isTrusted ? credentials : { ...credentials, cookie: null });
  try {
    const { credential } = admit(signedIn, authentication);
    if (!credential) return null;
    const { user, session } = credential;
    const { id: userId, name, email, labels } = user;
    return { userId, sessionId: session.id, name, email, emailVerified: isVerified(user, 'email'), labels };
  } catch (error) {
    if (error instanceof AccountError) return null;
    throw error;
  }
}
