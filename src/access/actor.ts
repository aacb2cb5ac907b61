import type { Sql } from '../db/sql.js';
import type { Actor } from '../origin/requester.js';
import { isOperatorSession } from './factors.js';
import { findSessionCredential } from './live-sessions.js';
import type { Operator, SignedIn } from './viewer.js';

/** Who makes the call of an operation. */
export async function actorOf(
  { db }: { readonly db: Sql },
  caller: SignedIn | null,
  operator: Operator | null,
): Promise<Actor> {
  if (operator) return `operator:${operator.keyName}`;
  if (!caller || !isOperatorSession(caller.session)) return 'user';
  // The credential of such a session is the operator: see `credentialOf`.
  return ((await findSessionCredential(db, caller.session.id)) ?? 'user') as Actor;
}
