import { budgets } from '../../../access/budget.js';
import { builder } from '../../../graphql/builder.js';
import { requester } from '../../addresses/schema.js';
import {
  codesAtATime,
  createRecoveryCodes,
  getRecoveryCodes,
  type MfaRecoveryCodesView,
  replaceRecoveryCodes,
} from './service.js';

const MfaRecoveryCodes = builder.objectRef<MfaRecoveryCodesView>('MfaRecoveryCodes').implement({
  description: 'Codes to print and keep. Each stands in for a lost factor once.',
  fields: (t) => ({
    recoveryCodes: t.stringList({
      description: 'The unused codes, such as `7ZK2-0QWX-M3TN-9FHC`. Case, spaces and dashes do not matter.',
      resolve: ({ recoveryCodes }) => [...recoveryCodes],
    }),
  }),
});

builder.mutationField('createMfaRecoveryCodes', (t) =>
  t.field({
    type: MfaRecoveryCodes,
    nullable: true,
    description: `Make ${codesAtATime} recovery codes, when none are left. Best done, and shown, right after an authenticator was verified.`,
    policy: {
      access: 'signedIn',
      budgets: budgets.changeMfa,
      errors: ['USER_RECOVERY_CODES_ALREADY_EXISTS'],
    },
    resolve: async (_root, _args, context) =>
      createRecoveryCodes(context.deps, context.signedIn, await requester(context)),
  }),
);

builder.queryField('getMfaRecoveryCodes', (t) =>
  t.field({
    type: MfaRecoveryCodes,
    nullable: true,
    description: 'Get the recovery codes that are left.',
    policy: { access: 'recentChallenge', budgets: [], errors: ['USER_RECOVERY_CODES_NOT_FOUND'] },
    resolve: (_root, _args, { deps, signedIn }) => getRecoveryCodes(deps, signedIn),
  }),
);

builder.mutationField('updateMfaRecoveryCodes', (t) =>
  t.field({
    type: MfaRecoveryCodes,
    nullable: true,
    description: `Replace the recovery codes with ${codesAtATime} new ones. Unused old ones stop working. The owner is told.`,
    policy: {
      access: 'recentChallenge',
      budgets: budgets.changeMfa,
      errors: ['USER_RECOVERY_CODES_NOT_FOUND'],
    },
    resolve: async (_root, _args, context) =>
      replaceRecoveryCodes(context.deps, context.signedIn, await requester(context)),
  }),
);
