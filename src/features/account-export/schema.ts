import { inWords, lifetimes } from '../../clock.js';
import { Json } from '../../graphql/json.js';
import { query } from '../../graphql/operation.js';
import { limits } from '../../limits/limits.js';
import { exportUser, maxExportedRows } from './service.js';

query('exportAccount', {
  type: 'JSONObject',
  description:
    'Everything that is stored about you at one moment: the account, sessions, identities, factors, passkeys, devices, messages by ' +
    'kind and time, and the security log. It holds no secrets, digests or hashes. Lists of messages and log entries end after the ' +
    `newest ${maxExportedRows}. Ask for a challenge first if the session is older than ${inWords(lifetimes.freshProof)}.`,
  policy: { access: 'freshProof', limits: limits.exportAccount, errors: [] },
  resolve: async (_args, { deps, signedIn }) => new Json(await exportUser(deps, signedIn.user.id)),
});
