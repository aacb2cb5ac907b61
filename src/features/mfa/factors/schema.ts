import { limits } from '../../../limits/limits.js';
import { builder } from '../../../graphql/builder.js';
import { mutation, query } from '../../../graphql/operation.js';
import { User } from '../../account/schema.js';
import { listFactors, type MfaFactorsView, setMfaEnabled } from './service.js';

const MfaFactors = builder.objectRef<MfaFactorsView>('MfaFactors').implement({
  description: 'Which factors an account can prove in a challenge.',
  fields: (t) => ({
    totp: t.exposeBoolean('TOTP', { description: 'Whether there is a verified authenticator app.' }),
    phone: t.exposeBoolean('PHONE', { description: 'Whether there is a verified phone number.' }),
    email: t.exposeBoolean('EMAIL', { description: 'Whether there is a verified e-mail address.' }),
    passkey: t.exposeBoolean('PASSKEY', { description: 'Whether there is a passkey.' }),
    recoveryCode: t.exposeBoolean('RECOVERY_CODE', {
      description: 'Whether an unused recovery code is left.',
    }),
  }),
});

query('listMfaFactors', {
  type: MfaFactors,
  description: 'List the factors that the account can prove in a challenge, whether MFA is on or not.',
  policy: { access: 'firstFactor', limits: [], errors: [] },
  resolve: (_args, { deps, signedIn }) => listFactors(deps, signedIn.user.id),
});

builder.objectField(User, 'mfaFactors', (t) =>
  t.field({
    type: MfaFactors,
    description: 'The same as `listMfaFactors`.',
    // Of each of many users it takes a few statements.
    complexity: 2,
    resolve: (user, _args, { deps }) => listFactors(deps, user.id),
  }),
);

mutation('updateMFA', {
  type: User,
  description:
    'Turn multi-factor sign-in on or off. While it is on and the account has a second factor, every session needs proofs from two ' +
    'sources, such as a password and an authenticator app. Two proofs of one mailbox count as one source. The session that turns MFA ' +
    'on stays complete. If the server demands MFA (`MFA_REQUIRED`), it stays complete only if it has proved two factors. All other sessions ' +
    'become pending immediately. The server rejects the change if the account has fewer than ' +
    'two sources, and notifies the user.',
  policy: {
    access: 'freshProof',
    allowedWithoutMfa: true,
    limits: limits.changeMfa,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_SESSION_NOT_FOUND'],
  },
  args: (arg) => ({ mfa: arg.boolean({ description: 'True for on.' }) }),
  resolve: ({ mfa }, { deps, requester, signedIn }) => setMfaEnabled(deps, signedIn, mfa, requester),
});
