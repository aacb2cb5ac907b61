import { limits } from '../../../limits/limits.js';
import { mutation } from '../../../graphql/operation.js';
import { PasskeyCeremony } from '../../passkeys/schema.js';
import { setSessionCookie, Session } from '../../sessions/schema.js';
import { signInWithPasskey, startPasskeySignIn } from './service.js';

mutation('createPasskeySignIn', {
  type: PasskeyCeremony,
  description:
    'Begin a sign-in with a passkey, of whoever chooses one. Also for a sign-in page that offers them by itself.',
  policy: {
    access: 'public',
    method: 'passkey',
    startsSession: true,
    limits: limits.passkeySignIn,
    errors: [],
  },
  resolve: (_args, { deps }) => startPasskeySignIn(deps),
});

mutation('createPasskeySession', {
  type: Session,
  description:
    'Sign in with a passkey. It is complete by itself, also where MFA is on. Sets the session cookie and answers the secret ' +
    'for other clients.',
  policy: {
    access: 'public',
    method: 'passkey',
    startsSession: true,
    guessesSecret: true,
    limits: limits.completePasskeySignIn,
    errors: ['USER_PASSKEY_INVALID'],
  },
  args: (arg) => ({
    ceremonyId: arg.id({ description: 'Id of the ceremony of createPasskeySignIn.' }),
    credential: arg({
      type: 'JSONObject',
      description: 'What the browser made of the options: `credential.toJSON()`.',
    }),
  }),
  resolve: async (args, { deps, exchange, requester }) =>
    setSessionCookie(exchange, await signInWithPasskey(deps, args, requester)),
});
