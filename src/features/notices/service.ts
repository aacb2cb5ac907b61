import { days, later } from '../../clock.js';
import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Origin } from '../../origin/origin.js';
import type { SecurityNotice } from '../../messages/message.js';

/** A notice is still of use when the mail server was away for a while. */
const lifetimeSeconds = days(3);

/** Who did it, and in which language they read. */
export interface NoticeCause {
  readonly origin: Origin;
  readonly acceptLanguage: string | null;
}

/**
 * Tells the owner by mail of a change that whoever made it might want to hide. Nothing where there is no address.
 *
 * @see OWASP ASVS 5.0, 6.3.7
 */
export async function queueNotice(
  { clock, outbox }: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  kind: SecurityNotice | 'sessionAlert',
  { email, name }: { readonly email: string | null; readonly name: string },
  { origin, acceptLanguage }: NoticeCause,
): Promise<void> {
  if (email === null) return;
  const now = clock.now();
  const message = { kind, recipient: email, acceptLanguage, name, requested: { at: now, origin } };
  await outbox.queue(tx, message, later(now, lifetimeSeconds));
}
