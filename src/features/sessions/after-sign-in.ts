import type { FactorAccount } from '../../access/factors.js';
import { isMfaRequired, lacksMfa } from '../../access/mfa-requirement.js';
import type { SqlTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { hasDevice, type KnownDevice, recordDevice } from '../../devices/known-devices.js';
import { recordTrustUse } from '../../devices/trusted-devices.js';
import type { Session } from '../../generated/prisma/client.js';
import type { Requester } from '../../origin/requester.js';
import { beginMfaGrace } from '../mfa/grace/service.js';
import { queueNotice, queueOperatorNotice } from '../notices/service.js';
import type { UserRow } from '../users/service.js';

// What follows the start of a session: notices to the user, the device, and the grace period of MFA_REQUIRED.

type AfterDeps = Pick<Deps, 'clock' | 'config' | 'outbox'>;

/** A session that has just begun. */
export interface StartedSession {
  readonly user: UserRow;
  readonly account: FactorAccount;
  readonly session: Session;
  /** The trusted device that replaced the second factor; null if none did. */
  readonly trusted: KnownDevice | null;
  readonly requester: Requester;
}

/** These sign-ins need the mailbox, so an email about them would reach only the person who has just signed in. */
const mailboxProviders = new Set(['magic-url', 'token']);

/** After a user has signed in. */
export async function afterSignIn(
  deps: AfterDeps,
  tx: SqlTransaction,
  started: StartedSession,
): Promise<void> {
  const { user, account, session, trusted, requester } = started;
  const { id, sources, pending, credential, createdAt: now } = session;
  if (deps.config.SESSION_ALERTS && !mailboxProviders.has(session.provider)) {
    const otherSessions = await tx.query({
      text: 'SELECT 1 FROM sessions WHERE "userId" = $1 AND "id" <> $2::uuid LIMIT 1',
      values: [user.id, id],
    });
    if (otherSessions.rows.length > 0)
      await queueNotice(deps, tx, 'sessionAlert', user, requester, { sessionId: id });
  }
  // An anonymous sign-in proves nothing, and a passkey is two factors.
  const mayLackMfa = sources.length > 0 && !sources.includes('passkey') && isMfaRequired(deps.config, user);
  if (mayLackMfa && lacksMfa(account, session)) await beginMfaGrace(deps, tx, user.id, requester.language);
  if (!pending) await recordDevice(tx, user.id, requester.keepDeviceCookie(), credential, now);
  if (trusted) await recordTrustUse(tx, trusted.id, requester.origin, now);
}

/** After an operator has signed in as the user. Notifies the user, unless no one has signed in to the account before. */
export async function afterOperatorSignIn(
  deps: AfterDeps,
  tx: SqlTransaction,
  { user }: StartedSession,
): Promise<void> {
  const { id, accessedAt, createdAt } = user;
  const hasBeenUsed = (accessedAt !== null && accessedAt > createdAt) || (await hasDevice(tx, id));
  if (hasBeenUsed) await queueOperatorNotice(deps, tx, 'operatorSession', user);
}
