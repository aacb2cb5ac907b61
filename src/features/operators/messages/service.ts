import type { Operator } from '../../../access/viewer.js';
import { later } from '../../../clock.js';
import type { RowPage } from '../../../db/rows.js';
import type { Deps } from '../../../deps.js';
import { AccountError, argumentInvalid } from '../../../errors/account-error.js';
import { isUuid } from '../../../ids.js';
import type { Page } from '../../../input/page.js';
import { checkText } from '../../../input/text.js';
import {
  findMessage,
  listMessages,
  type MessageState,
  type MessageView,
  requeueMessage,
} from '../../../outbox/message-list.js';
import { webhookPatience } from '../../../outbox/queue.js';

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID */
export function findMessages(
  { db }: Pick<Deps, 'db'>,
  page: Page,
  {
    state,
    to,
    channel,
  }: {
    state?: MessageState | null | undefined;
    to?: string | null | undefined;
    channel?: MessageView['channel'] | null | undefined;
  },
): RowPage<MessageView> {
  const address = to == null ? null : checkText('to', to.trim(), 1, 2048);
  // Web addresses are told apart by their letters' case; e-mail addresses are stored in lower case.
  const isUrl = address?.includes('://') ?? false;
  return listMessages(db, page, {
    state: state ?? null,
    channel: channel ?? null,
    to: isUrl ? address : (address?.toLowerCase() ?? null),
  });
}

/**
 * Has a message tried again at once.
 *
 * @throws {AccountError} MESSAGE_NOT_FOUND; GENERAL_ARGUMENT_INVALID for one that was sent, or whose secret has expired
 */
export async function retryMessage(
  { clock, db, log, outbox }: Pick<Deps, 'clock' | 'db' | 'log' | 'outbox'>,
  { keyName }: Operator,
  messageId: string,
): Promise<MessageView> {
  const message = isUuid(messageId) ? await findMessage(db, messageId) : null;
  if (!message) throw new AccountError('MESSAGE_NOT_FOUND');
  const now = clock.now();
  const queued = await requeueMessage(db, message.id, now, later(now, webhookPatience));
  if (!queued)
    throw argumentInvalid(
      'messageId',
      message.state === 'SENT' ? 'Was sent already.' : 'Has expired: what it held would be of no use.',
    );
  log.info({ outboxId: message.id, actor: `operator:${keyName}` }, 'a message is tried again');
  outbox.nudge();
  return queued;
}
