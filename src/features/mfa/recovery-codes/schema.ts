import { limits } from '../../../limits/limits.js';
import { builder } from '../../../graphql/builder.js';
import { mutation, query } from '../../../graphql/operation.js';
import {
  recoveryCodeCount,
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

mutation('createMfaRecoveryCodes', {
  type: MfaRecoveryCodes,
  description: `Make ${recoveryCodeCount} recovery codes, when none are left. Best done, and shown, right after an authenticator was verified.`,
  policy: {
    access: 'freshProof',
    allowedWithoutMfa: true,
    limits: limits.changeMfa,
    errors: ['USER_RECOVERY_CODES_ALREADY_EXISTS'],
  },
  resolve: (_args, { deps, requester, signedIn }) => createRecoveryCodes(deps, signedIn, requester),
});

query('getMfaRecoveryCodes', {
  type: MfaRecoveryCodes,
  description: 'Get the recovery codes that are left.',
  policy: { access: 'recentChallenge', limits: [], errors: ['USER_RECOVERY_CODES_NOT_FOUND'] },
  resolve: (_args, { deps, signedIn }) => getRecoveryCodes(deps, signedIn),
});

mutation('updateMfaRecoveryCodes', {
  type: MfaRecoveryCodes,
  description: `Replace the recovery codes with ${recoveryCodeCount} new ones. Unused old ones stop working. The owner is told.`,
  policy: {
    access: 'recentChallenge',
    limits: limits.changeMfa,
    errors: ['USER_RECOVERY_CODES_NOT_FOUND'],
  },
  resolve: (_args, { deps, requester, signedIn }) => replaceRecoveryCodes(deps, signedIn, requester),
});
