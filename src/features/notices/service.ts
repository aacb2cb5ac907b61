import { noticeCap } from '../../access/budget.js';
import { days, later } from '../../clock.js';
import type { SqlTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Notice } from '../../messages/message.js';
import type { Requester } from '../../origin/requester.js';

/** A notice is still of use when the mail server was away for a while. */
const lifetimeSeconds = days(3);

/** Whom a notice is for. */
interface Told {
  readonly id: string;
  readonly name: string;
  readonly provenEmail: string | null;
}

/**
 * Tells the owner by mail of a change that whoever made it might want to hide. It goes to the address that was proven:
 * what an account only shows may be a stranger's mailbox. Nothing where there is none, or where it has had its share.
 *
 * @see OWASP ASVS 5.0, 6.3.7
 */
export async function queueNotice(
  { clock, outbox }: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  kind: Notice,
  { id, name, provenEmail }: Told,
  requester: Requester,
): Promise<void> {
  if (provenEmail === null) return;
  const now = clock.now();
  const requested = { at: now, origin: await requester.origin() };
  const message = { kind, recipient: provenEmail, acceptLanguage: requester.language, name, requested };
  await outbox.queue(tx, message, {
    expiresAt: later(now, lifetimeSeconds),
    userId: id,
    cap: noticeCap,
  });
}
