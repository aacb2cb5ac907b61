import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { builder } from '../../graphql/builder.js';
import { mutation } from '../../graphql/operation.js';
import { issueJwt, type JwtView } from './service.js';

const Jwt = builder.objectRef<JwtView>('Jwt').implement({
  description: 'A JSON Web Token that stands for a session.',
  fields: (t) => ({
    jwt: t.exposeString('jwt', {
      description:
        'The token, for `Authorization: Bearer`. Signed with the algorithm of the setting `JWT_ALGORITHM`.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
  }),
});

mutation('createJWT', {
  type: Jwt,
  description:
    `Create a JWT of your session. It is valid for ${inWords(lifetimes.jwt)}, and this API accepts it as long as the session lives. It cannot ` +
    'create another JWT, and has no current session. Besides `sub` and `sid`, it contains `auth_time`, `amr`, `acr`, `email_verified`, `labels` and ' +
    '`scope`, as they are now. The keys that verify it are at `/.well-known/jwks.json`.',
  policy: {
    access: 'signedIn',
    method: 'jwt',
    limits: limits.createJwt,
    errors: ['USER_JWT_CREATION_DENIED', 'GENERAL_ARGUMENT_INVALID'],
  },
  args: (arg) => ({
    profile: arg.string({
      required: false,
      description:
        'Name of a profile in the setting `JWT_PROFILES`, for a JWT that another service accepts. This API rejects it. Omit it for a JWT of this API.',
    }),
  }),
  resolve: ({ profile }, { deps, signedIn }) => issueJwt(deps, signedIn, profile),
});
