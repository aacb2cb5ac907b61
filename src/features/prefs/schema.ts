import { budgets } from '../../access/budget.js';
import { builder } from '../../graphql/builder.js';
import { mostPrefsBytes } from '../../input/prefs.js';
import { User } from '../account/schema.js';
import { replacePrefs } from './service.js';

builder.queryField('getPrefs', (t) =>
  t.field({
    type: 'JSONObject',
    nullable: true,
    description: 'Get the preferences of the signed-in user; `{}` until some were stored.',
    policy: { access: 'signedIn', budgets: [], errors: [] },
    resolve: (_root, _args, { signedIn }) => signedIn.user.prefs,
  }),
);

builder.mutationField('updatePrefs', (t) =>
  t.field({
    type: User,
    nullable: true,
    description: 'Store preferences. The object is kept as it is and replaces the former one whole.',
    policy: { access: 'signedIn', budgets: budgets.write, errors: ['GENERAL_ARGUMENT_INVALID'] },
    args: {
      prefs: t.arg({
        type: 'JSONObject',
        description: `Preferences: at most ${mostPrefsBytes} bytes as JSON in ASCII, and 32 levels deep.`,
      }),
    },
    resolve: async (_root, args, { deps, exchange, signedIn }) =>
      replacePrefs(deps, signedIn, args.prefs, await exchange.origin()),
  }),
);
