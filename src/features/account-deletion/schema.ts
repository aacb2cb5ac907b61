import { limits } from '../../limits/limits.js';
import { mutation } from '../../graphql/operation.js';
import { User } from '../account/schema.js';
import { requestDeletion, cancelDeletion } from './service.js';

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
  description:
    'Cancel the scheduled deletion of your account. The server notifies you by email. If no deletion is scheduled, nothing changes.',
  policy: { access: 'freshProof', limits: limits.write, errors: [] },
  resolve: (_args, { deps, requester, signedIn }) => cancelDeletion(deps, signedIn, requester),
});
