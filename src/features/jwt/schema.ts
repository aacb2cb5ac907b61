import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { builder } from '../../graphql/builder.js';
import { mutation } from '../../graphql/operation.js';
import { issueJwt, type JwtView } from './service.js';

const Jwt = builder.objectRef<JwtView>('Jwt').implement({
  description: 'A JSON Web Token that stands for a session.',
  fields: (t) => ({
    jwt: t.exposeString('jwt', { description: 'The token, for `Authorization: Bearer`. Signed with EdDSA.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
  }),
});

mutation('createJWT', {
  type: Jwt,
  description:
    `Make a JWT that acts for the signed-in user for ${inWords(lifetimes.jwt)}, and no longer than the session lives. ` +
    'It has no current session and can do no more than the session. Beside `sub` and `sid` it says `email_verified` and ' +
    '`labels`, as they are now. Keys to verify it: `/.well-known/jwks.json`.',
  policy: {
    access: 'signedIn',
    method: 'jwt',
    limits: limits.createJwt,
    errors: ['USER_JWT_CREATION_DENIED'],
  },
  resolve: (_args, { deps, signedIn }) => issueJwt(deps, signedIn),
});
