import { credentialOf } from '../../../access/factors.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import { parseName } from '../../../input/text.js';
import type { ProviderName } from '../../../oauth2-providers/names.js';
import type { Requester } from '../../../origin/requester.js';
import { digest } from '../../../secrets/digest.js';
import { rejectProviderError } from '../../oauth2/flows/service.js';
import { findIdentity } from '../../oauth2/identities/service.js';
import { signInWithIdentity } from '../../oauth2/linking/identity-sign-in.js';
import { issueSession, type SessionView } from '../../sessions/lifecycle.js';
import { consumeNonce, createNonce, type NonceView } from './nonces.js';

/**
 * Creates a nonce for the SDK of a provider.
 *
 * @throws {AccountError} PROJECT_PROVIDER_DISABLED if no provider's ID tokens are accepted.
 */
export async function startIdTokenSignIn(deps: Pick<Deps, 'clock' | 'db' | 'idTokens'>): Promise<NonceView> {
  if (Object.keys(deps.idTokens).length === 0) throw new AccountError('PROJECT_PROVIDER_DISABLED');
  return createNonce(deps);
}

type IdTokenDeps = Pick<
  Deps,
  'box' | 'clock' | 'config' | 'db' | 'decisions' | 'idTokens' | 'log' | 'outbox'
>;

/**
 * Signs in with an ID token, as at the provider itself.
 *
 * @param args.name The name that Apple gives to the application once. Used if the token has none and the account has none.
 * @throws {AccountError} PROJECT_PROVIDER_DISABLED, USER_ID_TOKEN_INVALID, USER_OAUTH2_PROVIDER_ERROR, and as `signInWithIdentity`.
 */
export async function signInWithIdToken(
  deps: IdTokenDeps,
  args: { provider: ProviderName; idToken: string; nonce: string; name?: string | null | undefined },
  requester: Requester,
): Promise<SessionView> {
  const { provider: name, idToken, nonce } = args;
  const verifier = deps.idTokens[name];
  if (!verifier) throw new AccountError('PROJECT_PROVIDER_DISABLED');
  const givenName = args.name ? parseName(args.name) : null;
  if (!(await consumeNonce(deps, nonce))) throw new AccountError('USER_ID_TOKEN_INVALID');
  const user = await verifier
    .verify(idToken, [nonce, digest(nonce)], deps.clock.now())
    .catch((error: unknown) => {
      deps.log.warn({ provider: name, error }, 'the keys of a provider could not be loaded');
      return rejectProviderError(error);
    });
  if (!user) throw new AccountError('USER_ID_TOKEN_INVALID');
  const profile = { ...user, name: user.name ?? givenName };
  return signInWithIdentity(
    deps,
    { name, profile, tokens: null, linking: null },
    requester,
    async (deps, tx, { user: { id: userId }, identityId, provider, providerUid }) => {
      const identity = await findIdentity(tx, userId, identityId);
      const source = identity?.joinedByAddress ? 'mailbox' : 'provider';
      const credential = credentialOf('identity', identityId);
      const signIn = { userId, provider, providerUid, factors: ['oauth2'], source, credential } as const;
      return issueSession(deps, tx, { ...signIn, requester });
    },
  );
}
