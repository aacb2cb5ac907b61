import type { Operator } from '../../../access/viewer.js';
import { days, later } from '../../../clock.js';
import { RowPage } from '../../../db/rows.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, collectIssues } from '../../../errors/account-error.js';
import type { Invitation } from '../../../generated/prisma/client.js';
import { isUuid, newUserId } from '../../../ids.js';
import { parseEmail } from '../../../input/email.js';
import { parseLabels } from '../../../input/labels.js';
import type { Page } from '../../../input/page.js';
import { parseRedirectUrl, withParameters } from '../../../input/redirect-url.js';
import { parseName } from '../../../input/text.js';
import { emailUses } from '../../../limits/messages.js';
import type { Requester } from '../../../origin/requester.js';
import { recordLog } from '../../logs/service.js';
import { isReservedToOther, reservedEmail } from '../../security-changes/service.js';
import { deleteTokens, issueToken, type LinkSenderDeps } from '../../tokens/service.js';
import { findUserByAddress, lockAddress, receivesMessagesAt } from '../../users/addresses.js';
import { addSignUpLabels, updateUserFields, type UserRow } from '../../users/service.js';

// An invitation lets one person sign up, whatever the rules for signing up are. Its link proves the address.

/** How long an invitation is kept after it has expired. */
export const invitationRetention = days(30);

/** An invitation as operators see it. */
export type InvitationView = Omit<Invitation, 'handle'>;

const viewOf = ({ handle: _, ...view }: Invitation): InvitationView => view;

/**
 * Sends an invitation. It replaces an earlier one to the same address that no one has accepted.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, GENERAL_MAIL_DISABLED, GENERAL_RATE_LIMIT_EXCEEDED; USER_ALREADY_EXISTS if the
 *   address has an account.
 */
export async function createInvitation(
  deps: LinkSenderDeps,
  { keyName }: Operator,
  args: {
    email: string;
    name?: string | null | undefined;
    labels?: readonly string[] | null | undefined;
    url?: string | null | undefined;
  },
  requester: Requester,
): Promise<InvitationView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const [email, name, labels, target] = collectIssues(
    () => parseEmail(args.email),
    () => (args.name == null || args.name === '' ? null : parseName(args.name)),
    () => parseLabels(args.labels ?? []),
    () => parseRedirectUrl(deps, 'url', args.url, '/auth/invitation'),
  );
  await rejectKnownAddress(deps, deps.db, email);
  await deps.limiter.consume(emailUses(email, requester.clientAddress, null));
  return inTransaction(deps.db, async (tx) => {
    await lockAddress(tx, email);
    await rejectKnownAddress(deps, tx, email);
    for (const { id, handle } of await tx.invitation.findMany({ where: { email, acceptedAt: null } }))
      await deleteWithLink(tx, id, handle);
    const binding = { purpose: 'invitation', handle: newUserId(), userId: null, address: email } as const;
    const { token, secret } = await issueToken(deps, tx, binding, requester);
    const { id, createdAt, expiresAt, userId } = token;
    const invitation = await tx.invitation.create({
      data: { id, email, name, labels, invitedBy: keyName, handle: userId, createdAt, expiresAt },
    });
    const link = withParameters(target, { userId, secret, expire: expiresAt.toISOString() });
    const message = { kind: 'invitation', recipient: email, acceptLanguage: requester.language } as const;
    await deps.outbox.queue(tx, { ...message, name: name ?? '', link }, { expiresAt, userId: null });
    return viewOf(invitation);
  });
}

/** @throws {AccountError} USER_ALREADY_EXISTS if the address has an account, or is reserved to one. */
async function rejectKnownAddress(
  { clock }: Pick<Deps, 'clock'>,
  db: Deps['db'] | Transaction,
  email: string,
): Promise<void> {
  const now = clock.now();
  const holder = await findUserByAddress(db, 'email', email, now);
  if (
    holder
      ? receivesMessagesAt(holder, 'email', email)
      : await isReservedToOther(db, reservedEmail(email), null, now)
  )
    throw new AccountError('USER_ALREADY_EXISTS');
}

/** Lists invitations, newest first. */
export function listInvitations({ db }: Pick<Deps, 'db'>, page: Page): RowPage<InvitationView> {
  const { after } = page;
  const isBefore = after && {
    OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
  };
  return new RowPage(
    page,
    async (limit) => {
      const rows = await db.prisma.invitation.findMany({
        ...(isBefore && { where: isBefore }),
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map(viewOf);
    },
    () => db.prisma.invitation.count(),
  );
}

/**
 * Deletes an invitation. Its link stops working. The account of someone who has accepted it stays.
 *
 * @throws {AccountError} INVITATION_NOT_FOUND
 */
export const deleteInvitation = ({ db }: Pick<Deps, 'db'>, invitationId: string): Promise<string> =>
  inTransaction(db, async (tx) => {
    const found = isUuid(invitationId)
      ? await tx.invitation.findUnique({ where: { id: invitationId }, select: { id: true, handle: true } })
      : null;
    if (!found || !(await deleteWithLink(tx, found.id, found.handle)))
      throw new AccountError('INVITATION_NOT_FOUND');
    return found.id;
  });

/** Deletes the token first, as accepting it does, so that the two do not deadlock. */
async function deleteWithLink(tx: Transaction, id: string, handle: string): Promise<boolean> {
  await deleteTokens(tx, { handle, purpose: 'invitation' });
  const { count } = await tx.invitation.deleteMany({ where: { id } });
  return count > 0;
}

/**
 * Finds the invitation whose token is being redeemed.
 *
 * @throws {AccountError} USER_INVALID_TOKEN if it was deleted meanwhile.
 */
export async function findInvitation(tx: Transaction, handle: string): Promise<Invitation> {
  const invitation = await tx.invitation.findUnique({ where: { handle } });
  if (!invitation) throw new AccountError('USER_INVALID_TOKEN');
  return invitation;
}

/** Gives the account the name and labels of an invitation, after its owner has proved the address. */
export async function acceptInvitation(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Transaction,
  { id, name, labels, invitedBy }: Invitation,
  user: UserRow,
  requester: Requester,
): Promise<void> {
  const now = deps.clock.now();
  await tx.invitation.update({ where: { id }, data: { acceptedAt: now, userId: user.id } });
  const missingLabels = labels.filter((label) => !user.labels.includes(label));
  const takesName = user.name === '' && name !== null;
  if (takesName) await updateUserFields(tx, user.id, { name }, now);
  if (missingLabels.length > 0) await addSignUpLabels(tx, user, missingLabels, now);
  if (!takesName && missingLabels.length === 0) return;
  await recordLog(deps, tx, {
    event: 'user.update',
    detail: missingLabels.length > 0 ? 'labels.update' : 'name.update',
    userId: user.id,
    actor: `operator:${invitedBy}`,
    requester,
    now,
  });
}

export async function sweepInvitations({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.invitation.deleteMany({ where: { expiresAt: { lte: later(now, -invitationRetention) } } });
}
