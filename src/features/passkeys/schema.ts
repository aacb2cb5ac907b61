import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs, pageComplexity } from '../../graphql/connection.js';
import { Json } from '../../graphql/json.js';
import { mutation, query } from '../../graphql/operation.js';
import { encodeCursor, parsePage } from '../../input/page.js';
import { User } from '../account/schema.js';
import type { CeremonyView } from './ceremonies.js';
import {
  completeRegistration,
  deletePasskey,
  listPasskeys,
  maxPasskeys,
  type PasskeyView,
  renamePasskey,
  startRegistration,
} from './service.js';

const Passkey = builder.objectRef<PasskeyView>('Passkey').implement({
  description: 'A key on a device, or kept in step over several, that its owner signs in with.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the passkey.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    userId: t.exposeID('userId', { description: 'Id of the user.' }),
    name: t.exposeString('name', {
      description: 'As it was named, or the browser and system it was made with.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used; null until it was.',
    }),
    backedUp: t.exposeBoolean('backedUp', {
      description: 'Whether its provider keeps it in step over several devices.',
    }),
    transports: t.exposeStringList('transports', {
      description: 'Ways to reach it, such as `internal`, `hybrid` or `usb`.',
    }),
  }),
});

/** What a browser is asked to do. */
export const PasskeyCeremony = builder.objectRef<CeremonyView>('PasskeyCeremony').implement({
  description: `What a browser is asked to do with a passkey. Good for one answer, within ${inWords(lifetimes.passkeyCeremony)}.`,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the ceremony, to be sent with the answer.' }),
    options: t.field({
      type: 'JSONObject',
      description:
        'For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` of WebAuthn Level 3.',
      resolve: ({ options }) => new Json(options),
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
  }),
});

const PasskeyConnection = connectionType(
  Passkey,
  ({ createdAt: at, id }) => encodeCursor({ at, id }),
  'oldest first',
);

const DeletePasskeyPayload = builder
  .objectRef<{ deletedPasskeyId: string }>('DeletePasskeyPayload')
  .implement({
    description: 'Answer of deletePasskey.',
    fields: (t) => ({
      deletedPasskeyId: t.exposeID('deletedPasskeyId', {
        description: 'Id of the passkey that was removed.',
      }),
    }),
  });

query('listPasskeys', {
  type: PasskeyConnection,
  description: 'List your passkeys, oldest first.',
  policy: { access: 'signedIn', limits: [], errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: pageArgs,
  complexity: pageComplexity,
  resolve: (args, { deps, signedIn }) => listPasskeys(deps, signedIn.user.id, parsePage(args)),
});

builder.objectField(User, 'passkeys', (t) =>
  t.field({
    type: PasskeyConnection,
    description: 'The same as `listPasskeys`.',
    args: pageArgs,
    complexity: pageComplexity,
    resolve: (user, args, { deps }) => listPasskeys(deps, user.id, parsePage(args)),
  }),
);

mutation('createPasskeyRegistration', {
  type: PasskeyCeremony,
  description: `Begin to add a passkey, on this session. A user has at most ${maxPasskeys}; those that there are already are not offered.`,
  policy: {
    access: 'freshProof',
    allowedWithoutMfa: true,
    limits: limits.passkeyRegistration,
    errors: ['USER_PASSKEY_LIMIT_EXCEEDED'],
  },
  resolve: (_args, { deps, signedIn }) => startRegistration(deps, signedIn),
});

const credentialDescription = 'What the browser made of the options: `credential.toJSON()`.';

mutation('createPasskey', {
  type: Passkey,
  description:
    'Add the passkey that the browser has made. It signs in by itself, and is a second factor. It makes an anonymous account ' +
    'permanent. The owner is told.',
  policy: {
    access: 'freshProof',
    allowedWithoutMfa: true,
    limits: limits.passkeyRegistration,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_PASSKEY_INVALID', 'USER_PASSKEY_LIMIT_EXCEEDED'],
  },
  args: (arg) => ({
    ceremonyId: arg.id({ description: 'Id of the ceremony, begun on this session.' }),
    credential: arg({ type: 'JSONObject', description: credentialDescription }),
    name: arg.string({ required: false, description: 'What its owner knows it by, 1 to 128 characters.' }),
  }),
  resolve: (args, { deps, requester, signedIn }) => completeRegistration(deps, signedIn, args, requester),
});

mutation('updatePasskey', {
  type: Passkey,
  description: 'Rename a passkey.',
  policy: {
    access: 'signedIn',
    limits: limits.write,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_PASSKEY_NOT_FOUND'],
  },
  args: (arg) => ({
    passkeyId: arg.id({ description: 'Id of one of your passkeys.' }),
    name: arg.string({ description: 'What you know it by, 1 to 128 characters.' }),
  }),
  resolve: (args, { deps, requester, signedIn }) => renamePasskey(deps, signedIn, args, requester),
});

mutation('deletePasskey', {
  type: DeletePasskeyPayload,
  description:
    'Remove a passkey. The last way into an account cannot be removed. Sessions that began with it go on until they end. The ' +
    'owner is told.',
  policy: {
    access: 'freshProof',
    limits: limits.write,
    errors: ['USER_PASSKEY_NOT_FOUND', 'GENERAL_ARGUMENT_INVALID'],
  },
  args: (arg) => ({ passkeyId: arg.id({ description: 'Id of one of your passkeys.' }) }),
  resolve: ({ passkeyId }, { deps, requester, signedIn }) =>
    deletePasskey(deps, signedIn, passkeyId, requester),
});
