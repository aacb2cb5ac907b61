import { noticeCap } from '../../access/budget.js';
import { days, later } from '../../clock.js';
import type { SqlTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Message, Notice } from '../../messages/message.js';
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
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  kind: Notice,
  told: Told,
  requester: Requester,
): Promise<void> {
  const requested = { at: deps.clock.now(), origin: await requester.origin() };
  await queueTo(deps, tx, told, (recipient) => ({
    kind,
    recipient,
    acceptLanguage: requester.language,
    name: told.name,
    requested,
  }));
}

/** Tells the owner of what an operator did. It does not say from where, and nothing says what the owner reads. */
export const queueOperatorNotice = (
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  kind: 'factorsReset',
  told: Told,
): Promise<void> =>
  queueTo(deps, tx, told, (recipient) => ({ kind, recipient, acceptLanguage: null, name: told.name }));

async function queueTo(
  { clock, outbox }: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  { id, provenEmail }: Told,
  messageTo: (recipient: string) => Message,
): Promise<void> {
  if (provenEmail === null) return;
  await outbox.queue(tx, messageTo(provenEmail), {
    expiresAt: later(clock.now(), lifetimeSeconds),
    userId: id,
    cap: noticeCap,
  });
}
