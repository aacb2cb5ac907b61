import { noticeLimit, smsNoticeLimit, smsNoticesPerDay } from '../../limits/messages.js';
import { days, later } from '../../clock.js';
import type { SqlTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { ListedNotice, Message, Notice } from '../../messages/message.js';
import type { MessageLimit } from '../../outbox/queue.js';
import type { Requester } from '../../origin/requester.js';
import { issueUndoToken } from '../tokens/undo.js';
import { isSettledAddress } from '../users/addresses.js';

/** A notice is still of use when the mail server was away for a while. */
const lifetimeSeconds = days(3);

/** The account that a notice is about, with its verified addresses. */
export interface NoticeRecipient {
  readonly id: string;
  readonly name: string;
  readonly lastVerifiedEmail: string | null;
  readonly lastVerifiedPhone: string | null;
  readonly emailUnsettledSince: Date | null;
  readonly phoneUnsettledSince: Date | null;
}

/** What goes with some notices. */
interface NoticeDetails {
  /** The security change; null for a notice of something else. */
  readonly changeId?: string;
  /** The session that signed in, for the notice of a sign-in. */
  readonly sessionId?: string;
  /** Earlier changes of which no notice was sent. */
  readonly alsoChanged?: readonly ListedNotice[];
  readonly deleteAt?: Date;
}

/** Notices that offer nothing to revert. */
const noticesWithoutLink: ReadonlySet<Notice> = new Set(['addressReleased', 'deletionCancelled']);

/**
 * Sends a security notice to the verified email address of an account, or to its verified number if it has no such address.
 * Sends nothing if the account has verified neither, or has received as many notices of this kind as the limit allows.
 *
 * The notice has a link that reverts the change, except during the first 7 days after the account replaced its address: an attacker
 * could read the new one. The link in the notice to the former address works meanwhile.
 *
 * @returns Whether the notice was queued.
 * @see OWASP ASVS 5.0, 6.3.7
 */
export async function queueNotice(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  kind: Notice,
  account: NoticeRecipient,
  requester: Requester,
  { changeId, sessionId, alsoChanged = [], deleteAt }: NoticeDetails = {},
): Promise<boolean> {
  const { id: userId, name, lastVerifiedEmail: email, lastVerifiedPhone: phone } = account;
  const now = deps.clock.now();
  const unsettledSince = email === null ? account.phoneUnsettledSince : account.emailUnsettledSince;
  const isSettled = isSettledAddress(unsettledSince, now);
  // Only its reader can remove what was added before the address was verified for the first time.
  const hasLink = kind === 'methodsFound' || (isSettled && !noticesWithoutLink.has(kind));
  const issueLink = async (address: string) => {
    const about = { notice: kind, changeId: changeId ?? null, sessionId: sessionId ?? null, usedAt: null };
    return { userId, secret: await issueUndoToken(deps, tx, { userId, address, about }, requester) };
  };
  const acceptLanguage = requester.language;
  if (email !== null)
    return queueTo(deps, tx, userId, kind, noticeLimit, async () => ({
      kind,
      recipient: email,
      acceptLanguage,
      name,
      requested: { at: now, origin: requester.origin },
      undo: hasLink ? await issueLink(email) : null,
      alsoChanged: alsoChanged.map(({ notice, at }) => ({ notice, at })),
      ...(deleteAt && { deleteAt }),
    }));
  // An SMS without a link would tell an attacker only.
  if (
    phone === null ||
    !hasLink ||
    (await deps.outbox.isOverLimit(tx, 'smsNotice', userId, smsNoticesPerDay))
  )
    return false;
  return queueTo(deps, tx, userId, 'smsNotice', smsNoticeLimit, async () => ({
    kind: 'smsNotice',
    notice: kind,
    recipient: phone,
    acceptLanguage,
    undo: await issueLink(phone),
  }));
}

/** Tells the user what an operator did, by email. The notice does not say where the operator was. */
export const queueOperatorNotice = (
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  kind: 'factorsReset' | 'operatorSession',
  { id, name, lastVerifiedEmail }: Pick<NoticeRecipient, 'id' | 'name' | 'lastVerifiedEmail'>,
): Promise<boolean> =>
  lastVerifiedEmail === null
    ? Promise.resolve(false)
    : queueTo(deps, tx, id, kind, noticeLimit, async () => ({
        kind,
        recipient: lastVerifiedEmail,
        acceptLanguage: null,
        name,
      }));

/** Tells the user by email that the server demands MFA, and from when it restricts sessions without it. */
export const queueMfaNotice = (
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  { id, name, lastVerifiedEmail }: Pick<NoticeRecipient, 'id' | 'name' | 'lastVerifiedEmail'>,
  dueAt: Date,
  acceptLanguage: string | null,
): Promise<boolean> =>
  lastVerifiedEmail === null
    ? Promise.resolve(false)
    : queueTo(deps, tx, id, 'mfaRequired', noticeLimit, async () => ({
        kind: 'mfaRequired',
        recipient: lastVerifiedEmail,
        acceptLanguage,
        name,
        dueAt,
      }));

async function queueTo(
  { clock, outbox }: Pick<Deps, 'clock' | 'outbox'>,
  tx: SqlTransaction,
  userId: string,
  kind: Message['kind'],
  limit: MessageLimit,
  compose: () => Promise<Message>,
): Promise<boolean> {
  if (await outbox.isOverLimit(tx, kind, userId, limit)) return false;
  await outbox.queue(tx, await compose(), { expiresAt: later(clock.now(), lifetimeSeconds), userId });
  return true;
}
