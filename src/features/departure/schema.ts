import { budgets } from '../../access/budget.js';
import { Json } from '../../graphql/json.js';
import { mutation, query } from '../../graphql/operation.js';
import { User } from '../account/schema.js';
import { exportUser, mostExported } from './export.js';
import { leave, stay } from './service.js';

query('exportAccount', {
  type: 'JSONObject',
  description:
    'Everything that is held about you, as it is at one moment: the account, sessions, identities, factors, passkeys, messages by ' +
    `kind and time, security log. No secrets, digests or hashes. Of messages and the log the newest ${mostExported} each.`,
  policy: { access: 'signedIn', budgets: budgets.exportAccount, errors: [] },
  resolve: async (_args, { deps, signedIn }) => new Json(await exportUser(deps, signedIn.user.id)),
});

mutation('deleteAccount', {
  type: User,
  description:
    'Have your account deleted, with all that is yours, after `DELETION_GRACE` (seven days unless set). All sessions end now. ' +
    'Until `deleteAt` you can sign in and take it back with cancelAccountDeletion, or with the link that you are mailed. Where there ' +
    'is no grace, it is gone at once.',
  policy: { access: 'freshProof', budgets: budgets.write, errors: [] },
  resolve: async (_args, { deps, exchange, signedIn }) => {
    const user = await leave(deps, signedIn, exchange.requester);
    exchange.clearSessionCookie();
    return user;
  },
});

mutation('cancelAccountDeletion', {
  type: User,
  description: 'Keep the account that you wanted deleted. Where nothing is to be deleted, nothing changes.',
  policy: { access: 'signedIn', budgets: budgets.write, errors: [] },
  resolve: (_args, { deps, requester, signedIn }) => stay(deps, signedIn, requester),
});
