import { limits } from '../../limits/limits.js';
import { Json } from '../../graphql/json.js';
import { mutation, query } from '../../graphql/operation.js';
import { maxPrefsBytes } from '../../input/prefs.js';
import { User } from '../account/schema.js';
import { replacePrefs } from './service.js';

query('getPrefs', {
  type: 'JSONObject',
  description: 'Get the preferences of the signed-in user; `{}` until some were stored.',
  policy: { access: 'signedIn', limits: [], errors: [] },
  resolve: (_args, { signedIn }) => new Json(signedIn.user.prefs),
});

mutation('updatePrefs', {
  type: User,
  description: 'Store preferences. The object is kept as it is and replaces the former one whole.',
  policy: { access: 'signedIn', limits: limits.write, errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: (arg) => ({
    prefs: arg({
      type: 'JSONObject',
      description: `Preferences: at most ${maxPrefsBytes} bytes as JSON in ASCII, and 32 levels deep.`,
    }),
  }),
  resolve: (args, { deps, requester, signedIn }) => replacePrefs(deps, signedIn, args.prefs, requester),
});
