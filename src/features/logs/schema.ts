import { maxOpenStreams } from '../../limits/limits.js';
import { admit } from '../../access/enforce.js';
import { AccountError } from '../../errors/account-error.js';
import { builder } from '../../graphql/builder.js';
import { query, subscription } from '../../graphql/operation.js';
import { connectionType, pageArgs, pageComplexity } from '../../graphql/connection.js';
import { OriginType } from '../../graphql/origin.js';
import { encodeCursor, parsePage } from '../../input/page.js';
import { User } from '../account/schema.js';
import type { LogView } from '../../log-feed.js';
import { listLogs } from './service.js';

const Log = builder.objectRef<LogView>('Log').implement({
  description: 'Something security-relevant that happened on the account.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the log line.' }),
    event: t.exposeString('event', {
      description:
        'What happened: `user.create`, `user.update` (any change of the account, its addresses, password or factors), ' +
        '`session.create` (also when a sign-in was asked for by mail, SMS or provider), `session.create.failed`, ' +
        '`session.update`, `session.delete`, `recovery.create`, `recovery.update`, `verification.create`, ' +
        '`verification.update`, `identity.delete`, `challenge.create`, `challenge.update` or `challenge.update.failed`.',
    }),
    userId: t.exposeID('userId', { description: 'Id of the user.' }),
    time: t.expose('time', { type: 'DateTime', description: 'When it happened.' }),
    detail: t.exposeString('detail', {
      nullable: true,
      description:
        'What exactly changed, such as `address.update email`, `factor.create totp` or `passkey.delete`; null where `event` says it all.',
    }),
    sessionId: t.exposeID('sessionId', {
      nullable: true,
      description:
        'The session that did it, or that began or ended; it may be gone. Null where there was none.',
    }),
    actor: t.exposeString('actor', {
      description:
        'Who made it happen: `user`, `operator:` and the name of the key, or `system` where it followed from what another user did.',
    }),
    origin: t.expose('origin', { type: OriginType, description: 'Where the request came from.' }),
  }),
});

const LogConnection = connectionType(Log, ({ time: at, id }) => encodeCursor({ at, id }), 'newest first');

query('listLogs', {
  type: LogConnection,
  description: 'List what happened on the account, newest first. Reading is not recorded.',
  policy: { access: 'signedIn', limits: [], errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: pageArgs,
  complexity: pageComplexity,
  resolve: (args, { deps, signedIn }) => listLogs(deps, signedIn.user.id, parsePage(args)),
});

const logCreated = { access: 'signedIn', limits: [], errors: ['GENERAL_RATE_LIMIT_EXCEEDED'] } as const;

subscription('logCreated', {
  type: Log,
  description:
    'Follow your security log: every line as it is written, on whichever process. The stream ends with your session, when you are ' +
    `blocked, and when a factor is missing. A user can have ${maxOpenStreams.perUser} open streams at the same time. All users ` +
    `without a verified address on one client network share ${maxOpenStreams.perNetwork} streams. If a client does not read its ` +
    'stream, the server closes it.',
  policy: logCreated,
  subscribe: async (context) => {
    const { deps, exchange, signedIn } = context;
    const mayRead = async (): Promise<boolean> => {
      try {
        admit(logCreated, await context.authenticateAgain());
        return true;
      } catch (error) {
        if (error instanceof AccountError) return false;
        throw error;
      }
    };
    const stream = await deps.logFeed.open(signedIn.user, exchange.clientAddress, mayRead);
    exchange.onClose(() => stream.close());
    return stream;
  },
});

builder.objectField(User, 'logs', (t) =>
  t.field({
    type: LogConnection,
    description: 'The same as `listLogs`.',
    args: pageArgs,
    complexity: pageComplexity,
    resolve: (user, args, { deps }) => listLogs(deps, user.id, parsePage(args)),
  }),
);
