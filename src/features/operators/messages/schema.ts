import { limits } from '../../../limits/limits.js';
import { builder } from '../../../graphql/builder.js';
import { connectionType, pageArgs, pageComplexity } from '../../../graphql/connection.js';
import { mutation, query } from '../../../graphql/operation.js';
import { encodeCursor, parsePage } from '../../../input/page.js';
import type { MessageView } from '../../../outbox/message-list.js';
import { findMessages, retryMessage } from './service.js';

// What became of mails, SMS and webhook events. What they held is never shown.

const MessageChannel = builder.enumType('MessageChannel', {
  description: 'What carries a message.',
  values: {
    EMAIL: { description: 'A mail.' },
    SMS: { description: 'An SMS.' },
    WEBHOOK: { description: 'An event for `WEBHOOK_URL`.' },
  } as const,
});

const MessageState = builder.enumType('MessageState', {
  description: 'What has become of a message.',
  values: {
    QUEUED: { description: 'Waits for its next attempt.' },
    SENT: { description: 'Was handed over.' },
    FAILED: { description: 'Was given up; retryMessage tries it again while what it holds is of use.' },
  } as const,
});

const Message = builder.objectRef<MessageView>('Message').implement({
  description: 'A message, and what has become of it; not what it said. Kept for seven days after that.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'Id of the message: of the Message-ID of a mail, and `webhook-id` of an event.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was queued.' }),
    channel: t.expose('channel', { type: MessageChannel, description: 'What carries it.' }),
    kind: t.exposeString('kind', {
      description: 'What it is about, such as `recovery`, or the name of an event.',
    }),
    to: t.exposeString('to', { description: 'Address, phone number or URL, in full.' }),
    state: t.expose('state', { type: MessageState, description: 'What has become of it.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried.' }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null unless it waits.',
    }),
    sentAt: t.expose('sentAt', { type: 'DateTime', nullable: true, description: 'When it was handed over.' }),
    failedAt: t.expose('failedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was given up.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why the last attempt failed, in the words of whoever refused it.',
    }),
  }),
});

const MessageConnection = connectionType(
  Message,
  ({ createdAt: at, id }) => encodeCursor({ at, id }),
  'newest first',
);

query('listMessages', {
  type: MessageConnection,
  description: 'List messages of the last days, newest first, to see why one did not arrive.',
  policy: { access: 'operator', limits: limits.operatorRead, errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: (arg) => ({
    ...pageArgs,
    state: arg({ type: MessageState, required: false, description: 'Only those of this state.' }),
    to: arg.string({ required: false, description: 'Only those to exactly this address, number or URL.' }),
    channel: arg({ type: MessageChannel, required: false, description: 'Only those of this channel.' }),
  }),
  complexity: pageComplexity,
  resolve: ({ state, to, channel, ...page }, { deps }) =>
    findMessages(deps, parsePage(page), { state, to, channel }),
});

mutation('retryMessage', {
  type: Message,
  description:
    'Try a message again at once, one that was given up included. Not one whose code or link has expired.',
  policy: {
    access: 'operator',
    limits: limits.operatorWrite,
    errors: ['MESSAGE_NOT_FOUND', 'GENERAL_ARGUMENT_INVALID'],
  },
  args: (arg) => ({ messageId: arg.id({ description: 'Id of the message.' }) }),
  resolve: ({ messageId }, { deps, operator }) => retryMessage(deps, operator, messageId),
});
