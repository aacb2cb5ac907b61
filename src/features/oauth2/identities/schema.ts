import { limits } from '../../../limits/limits.js';
import { builder } from '../../../graphql/builder.js';
import { mutation, query } from '../../../graphql/operation.js';
import { connectionType, pageArgs, pageComplexity } from '../../../graphql/connection.js';
import { encodeCursor, parsePage } from '../../../input/page.js';
import { User } from '../../account/schema.js';
import { openToken } from '../tokens/service.js';
import { deleteIdentity, type IdentityView, listIdentities } from './service.js';

const providerTokenRule = 'Reading it needs a fresh proof. Null without one, for a JWT and for an operator.';

const Identity = builder.objectRef<IdentityView>('Identity').implement({
  description: 'An account at an OAuth provider that its owner can sign in with.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the identity.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was linked.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    userId: t.exposeID('userId', { description: 'Id of the user.' }),
    provider: t.exposeString('provider', {
      description: 'The provider in lower case, for example `github`.',
    }),
    providerUid: t.exposeString('providerUid', { description: 'The user’s id at the provider.' }),
    providerEmail: t.expose('providerEmail', {
      type: 'EmailAddress',
      nullable: true,
      description: 'The e-mail address the provider gave; null when it gave none.',
    }),
    providerAccessToken: t.string({
      nullable: true,
      description: `Access token of the provider. ${providerTokenRule}`,
      resolve: (identity, _args, { deps, hasFreshProof }) =>
        hasFreshProof ? openToken(deps, 'identities', identity, 'providerAccessTokenSealed') : null,
    }),
    providerAccessTokenExpiresAt: t.expose('providerAccessTokenExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the access token ends; null when the provider does not say.',
    }),
    providerRefreshToken: t.string({
      nullable: true,
      description: `Refresh token of the provider. ${providerTokenRule}`,
      resolve: (identity, _args, { deps, hasFreshProof }) =>
        hasFreshProof ? openToken(deps, 'identities', identity, 'providerRefreshTokenSealed') : null,
    }),
  }),
});

const IdentityConnection = connectionType(
  Identity,
  ({ createdAt: at, id }) => encodeCursor({ at, id }),
  'oldest first',
);

const DeleteIdentityPayload = builder
  .objectRef<{ deletedIdentityId: string }>('DeleteIdentityPayload')
  .implement({
    description: 'Answer of deleteIdentity.',
    fields: (t) => ({
      deletedIdentityId: t.exposeID('deletedIdentityId', {
        description: 'Id of the identity that was unlinked.',
      }),
    }),
  });

query('listIdentities', {
  type: IdentityConnection,
  description: 'List the accounts at OAuth providers that you can sign in with, oldest first.',
  policy: { access: 'signedIn', limits: [], errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: pageArgs,
  complexity: pageComplexity,
  resolve: (args, { deps, signedIn }) => listIdentities(deps, signedIn.user.id, parsePage(args)),
});

builder.objectField(User, 'identities', (t) =>
  t.field({
    type: IdentityConnection,
    description: 'The same as `listIdentities`.',
    args: pageArgs,
    complexity: pageComplexity,
    resolve: (user, args, { deps }) => listIdentities(deps, user.id, parsePage(args)),
  }),
);

mutation('deleteIdentity', {
  type: DeleteIdentityPayload,
  description: 'Unlink an account at an OAuth provider. Sessions that began with it go on until they end.',
  policy: { access: 'freshProof', limits: limits.write, errors: ['USER_IDENTITY_NOT_FOUND'] },
  args: (arg) => ({ identityId: arg.id({ description: 'Id of one of your identities.' }) }),
  resolve: (args, { deps, requester, signedIn }) =>
    deleteIdentity(deps, signedIn, args.identityId, requester),
});
