import { limits } from '../../../limits/limits.js';
import { builder } from '../../../graphql/builder.js';
import { mutation } from '../../../graphql/operation.js';
import { User } from '../../account/schema.js';
import type { UserView } from '../../users/service.js';
import {
  addAuthenticator,
  deleteAuthenticator,
  type MfaAuthenticatorView,
  verifyAuthenticator,
} from './service.js';

const AuthenticatorType = builder.enumType('AuthenticatorType', {
  description: 'Kinds of authenticators.',
  values: {
    TOTP: { description: 'An app that shows time-based codes: RFC 6238, six digits every 30 seconds.' },
  } as const,
});

const MfaAuthenticator = builder.objectRef<MfaAuthenticatorView>('MfaAuthenticator').implement({
  description: 'An authenticator to set up in an app. Shown once.',
  fields: (t) => ({
    secret: t.exposeString('secret', { description: 'The secret in base32, for typing it in.' }),
    uri: t.exposeString('uri', { description: 'The `otpauth:` URI that apps read.' }),
    qrCode: t.exposeString('qrCode', {
      description: 'The URI as a QR code: a `data:` URL of an SVG, for an `<img>`.',
    }),
  }),
});

const DeleteMfaAuthenticatorPayload = builder
  .objectRef<{ deletedType: 'TOTP'; user: UserView }>('DeleteMfaAuthenticatorPayload')
  .implement({
    description: 'Answer of deleteMfaAuthenticator.',
    fields: (t) => ({
      deletedType: t.expose('deletedType', {
        type: AuthenticatorType,
        description: 'Kind that was removed.',
      }),
      user: t.expose('user', { type: User, description: 'The user without it.' }),
    }),
  });

const typeDescription = 'Kind of authenticator.';

mutation('createMfaAuthenticator', {
  type: MfaAuthenticator,
  description:
    'Set up an authenticator app. It counts for nothing until updateMfaAuthenticator has verified it; calling again ' +
    'replaces one that was not. Does not turn MFA on.',
  policy: {
    access: 'freshProof',
    allowedWithoutMfa: true,
    limits: limits.changeMfa,
    errors: ['USER_AUTHENTICATOR_ALREADY_VERIFIED'],
  },
  args: (arg) => ({ type: arg({ type: AuthenticatorType, description: typeDescription }) }),
  resolve: (_args, { deps, requester, signedIn }) => addAuthenticator(deps, signedIn, requester),
});

mutation('updateMfaAuthenticator', {
  type: User,
  description:
    'Verify an authenticator with a code of the app, and give this session its factor. It is no challenge: recovery codes ' +
    'stay closed. The owner is told.',
  policy: {
    access: 'freshProof',
    allowedWithoutMfa: true,
    guessesSecret: true,
    limits: limits.verifyAuthenticator,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'USER_AUTHENTICATOR_NOT_FOUND',
      'USER_AUTHENTICATOR_ALREADY_VERIFIED',
      'USER_INVALID_TOKEN',
      'USER_SESSION_NOT_FOUND',
    ],
  },
  args: (arg) => ({
    type: arg({ type: AuthenticatorType, description: typeDescription }),
    otp: arg.string({
      description: 'The six digits that the app shows, up to 30 seconds early or late.',
    }),
  }),
  resolve: ({ otp }, { deps, requester, signedIn }) => verifyAuthenticator(deps, signedIn, otp, requester),
});

mutation('deleteMfaAuthenticator', {
  type: DeleteMfaAuthenticatorPayload,
  description:
    'Remove an authenticator, verified or not. MFA stays on and asks for another factor while there is one; recovery codes ' +
    'stay. The owner is told.',
  policy: {
    access: 'recentChallenge',
    limits: limits.changeMfa,
    errors: ['USER_AUTHENTICATOR_NOT_FOUND'],
  },
  args: (arg) => ({ type: arg({ type: AuthenticatorType, description: typeDescription }) }),
  resolve: (_args, { deps, requester, signedIn }) => deleteAuthenticator(deps, signedIn, requester),
});
