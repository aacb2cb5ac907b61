import { noticeLimit } from '../../limits/messages.js';
import { days, later, lifetimes } from '../../clock.js';
import type { SqlTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Message, Notice } from '../../messages/message.js';
import type { Requester } from '../../origin/requester.js';
import { issueUndoToken } from '../tokens/undo.js';

/** A notice is still of use when the mail server was away for a while. */
const lifetimeSeconds = days(3);

/** Whom a notice is for. */
interface NoticeRecipient {
  readonly id: string;
  readonly name: string;
  readonly lastVerifiedEmail: string | null;
  readonly emailReplacedAt: Date | null;
}

/** What goes with some notices. */
interface NoticeDetails {
  /** What it takes to take the change back, as `undo/service.ts` reads it. */
  readonly before?: unknown;
  readonly deleteAt?: Date;
}

/** Nothing to take back: it followed from what somebody else proved, or was the owner's own doing. */
const noticesWithoutLink: ReadonlySet<Notice> = new Set([
  'addressReleased',
  'changeUndone',
  'deletionCancelled',
]);

/**
 * Tells the owner by mail of a change that whoever made it might want to hide. It goes to the address that was proven:
 * what an account only shows may be a stranger's mailbox. Nothing where there is none, or where it has had its share.
 *
 * With it comes a link that takes the change back, unless the address is the proven one only since a little while: then it may
 * be the mailbox of a thief, who must not take back what the owner does against it. The one before it has a link.
 *
 * @see OWASP ASVS 5.0, 6.3.7
 */
export async function queueNotice(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  kind: Notice,
  told: NoticeRecipient,
  requester: Requester,
  { before = null, deleteAt }: NoticeDetails = {},
): Promise<void> {
  const { id: userId, name, emailReplacedAt } = told;
  const now = deps.clock.now();
  const isSettled = emailReplacedAt === null || emailReplacedAt <= later(now, -lifetimes.undo);
  const requested = { at: now, origin: requester.origin };
  await queueTo(deps, tx, told, kind, async (recipient) => {
    const undoable = { userId, address: recipient, kind, before };
    // Also where nobody is sent it: an undo of what came before takes back what came after.
    const secret = noticesWithoutLink.has(kind) ? null : await issueUndoToken(deps, tx, undoable, requester);
    const undo = secret !== null && isSettled ? { userId, secret } : null;
    return {
      kind,
      recipient,
      acceptLanguage: requester.language,
      name,
      requested,
      undo,
      ...(deleteAt && { deleteAt }),
    };
  });
}

/** Tells the owner of what an operator did. It does not say from where, and nothing says what the owner reads. */
export const queueOperatorNotice = (
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  kind: 'factorsReset',
  told: Omit<NoticeRecipient, 'emailReplacedAt'>,
): Promise<void> =>
  queueTo(deps, tx, told, kind, async (recipient) => ({
    kind,
    recipient,
    acceptLanguage: null,
    name: told.name,
  }));

async function queueTo(
  { clock, outbox }: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  { id, lastVerifiedEmail }: Omit<NoticeRecipient, 'emailReplacedAt'>,
  kind: Message['kind'],
  messageTo: (recipient: string) => Promise<Message>,
): Promise<void> {
  if (lastVerifiedEmail === null || (await outbox.isOverLimit(tx, kind, id, noticeLimit))) return;
  await outbox.queue(tx, await messageTo(lastVerifiedEmail), {
    expiresAt: later(clock.now(), lifetimeSeconds),
    userId: id,
  });
}
