import { limits } from '../../limits/limits.js';
import { Json } from '../../graphql/json.js';
import { mutation, query } from '../../graphql/operation.js';
import { User } from '../account/schema.js';
import { exportUser, maxExportedRows } from '../account-export/service.js';
import { requestDeletion, cancelDeletion } from './service.js';

query('exportAccount', {
  type: 'JSONObject',
  description:
    'Everything that is held about you, as it is at one moment: the account, sessions, identities, factors, passkeys, messages by ' +
    `kind and time, security log. No secrets, digests or hashes. Of messages and the log the newest ${maxExportedRows} each.`,
  policy: { access: 'signedIn', limits: limits.exportAccount, errors: [] },
  resolve: async (_args, { deps, signedIn }) => new Json(await exportUser(deps, signedIn.user.id)),
});

mutation('deleteAccount', {
  type: User,
  description:
    'Have your account deleted, with all that is yours, after `DELETION_GRACE` (seven days unless set). All sessions end now. ' +
    'Until `deleteAt` you can sign in and take it back with cancelAccountDeletion, or with the link that you are mailed. Where there ' +
    'is no grace, it is gone at once.',
  policy: { access: 'freshProof', limits: limits.write, errors: [] },
  resolve: async (_args, { deps, exchange, requester, signedIn }) => {
    const user = await requestDeletion(deps, signedIn, requester);
    exchange.clearSessionCookie();
    return user;
  },
});

mutation('cancelAccountDeletion', {
  type: User,
  description: 'Keep the account that you wanted deleted. Where nothing is to be deleted, nothing changes.',
  policy: { access: 'signedIn', limits: limits.write, errors: [] },
  resolve: (_args, { deps, requester, signedIn }) => cancelDeletion(deps, signedIn, requester),
});
