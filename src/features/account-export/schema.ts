import { inWords, lifetimes } from '../../clock.js';
import { Json } from '../../graphql/json.js';
import { query } from '../../graphql/operation.js';
import { limits } from '../../limits/limits.js';
import { exportUser, maxExportedRows } from './service.js';

query('exportAccount', {
  type: 'JSONObject',
  description:
    'Export everything that is stored about you: the account, sessions, identities, factors, passkeys, devices, the kind and ' +
    'time of each message, and the security log. The export contains no secrets, digests or hashes. It contains the newest ' +
    `${maxExportedRows} messages and the newest ${maxExportedRows} log entries. If your session is older than ` +
    `${inWords(lifetimes.freshProof)}, pass a challenge first.`,
  policy: { access: 'freshProof', limits: limits.exportAccount, errors: [] },
  resolve: async (_args, { deps, signedIn }) => new Json(await exportUser(deps, signedIn.user.id)),
});
