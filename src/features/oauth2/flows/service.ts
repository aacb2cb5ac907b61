import { isOperatorSession } from '../../../access/factors.js';
import type { SignedIn } from '../../../access/viewer.js';
import { later, lifetimes } from '../../../clock.js';
import type { Deps } from '../../../deps.js';
import { AccountError, argumentInvalid, collectIssues } from '../../../errors/account-error.js';
import type { ErrorCode } from '../../../errors/catalogue.js';
import { newRowId } from '../../../ids.js';
import { parseRedirectUrl } from '../../../input/redirect-url.js';
import { checkText } from '../../../input/text.js';
import { type FlowChecks, ProviderError, type ProviderFailure } from '../../../oauth2-providers/client.js';
import { type ProviderName, slugOf } from '../../../oauth2-providers/names.js';
import type { Requester } from '../../../origin/requester.js';
import { digest } from '../../../secrets/digest.js';
import { newSecret } from '../../../secrets/random.js';
import type { Place } from '../../../secrets/sealed-box.js';
import { requireFreshProof } from '../../../access/fresh-proof.js';

/** The dependencies of a sign-in with an OAuth provider. */
export type FlowDeps = Pick<
  Deps,
  | 'box'
  | 'clock'
  | 'keyedDigest'
  | 'config'
  | 'decisions'
  | 'db'
  | 'log'
  | 'oauth2'
  | 'outbox'
  | 'publicUrl'
  | 'redirectOrigins'
>;

const maxScopes = 100;
const maxScopeLength = 4096;
/** @see RFC 7636 §4.2 */
const challengeForm = /^[A-Za-z0-9_-]{43}$/;
export const successPage = '/auth/oauth2/success';
export const failurePage = '/auth/oauth2/failure';
const codeOf: Record<ProviderFailure, ErrorCode> = {
  'refused request': 'USER_OAUTH2_BAD_REQUEST',
  'refused server': 'USER_OAUTH2_UNAUTHORIZED',
  failed: 'USER_OAUTH2_PROVIDER_ERROR',
};

export const placeOf = (id: string): Place => ['oauth2_flows', 'checksSealed', id];
export const callbackOf = ({ publicUrl }: Pick<Deps, 'publicUrl'>, name: ProviderName): string =>
  `${publicUrl}/oauth2/${slugOf(name)}/callback`;

/**
 * Begins a sign-in at a provider, which only this browser can end, or, with a challenge, any; the secret that comes of it
 * takes the verifier then. While signed in, the identity will be linked.
 *
 * @returns Where to send the browser.
 * @throws {AccountError} PROJECT_PROVIDER_DISABLED, GENERAL_ARGUMENT_INVALID, USER_OAUTH2_PROVIDER_ERROR; GENERAL_UNAUTHORIZED_SCOPE for an
 *   operator who signed in as the user
 */
export async function startOAuth2Flow(
  deps: FlowDeps,
  caller: SignedIn | null,
  args: {
    provider: ProviderName;
    success?: string | null | undefined;
    failure?: string | null | undefined;
    scopes?: readonly string[] | null | undefined;
    codeChallenge?: string | null | undefined;
  },
  requester: Requester,
): Promise<{ url: string }> {
  const client = deps.oauth2[args.provider];
  if (!client) throw new AccountError('PROJECT_PROVIDER_DISABLED');
  // An operator who signed in as the user must not link an identity of their own. The callback would not know the operator either.
  if (caller && isOperatorSession(caller.session)) throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  // An identity is a way in: linking one needs what every other needs.
  if (caller) await requireFreshProof(deps, caller);
  const [success, failure] = collectIssues(
    () => parseRedirectUrl(deps, 'success', args.success, successPage),
    () => parseRedirectUrl(deps, 'failure', args.failure, failurePage),
  );
  const scopes = args.scopes ?? [];
  if (scopes.length > maxScopes) throw argumentInvalid('scopes', `Must be at most ${maxScopes}.`);
  for (const scope of scopes) checkText('scopes', scope, 1, maxScopeLength);
  const codeChallenge = args.codeChallenge ?? null;
  if (codeChallenge !== null && !challengeForm.test(codeChallenge))
    throw argumentInvalid('codeChallenge', 'Must be S256 of a verifier: 43 characters of base64url.');
  // Somebody else could be sent to the provider, and their identity would be linked before any verifier is asked for.
  if (codeChallenge !== null && caller)
    throw argumentInvalid(
      'codeChallenge',
      'Must not be given while signed in: linking is bound to the browser.',
    );
  const now = deps.clock.now();
  const id = newRowId(now);
  const state = newSecret();
  const checks: FlowChecks = { verifier: newSecret(), nonce: newSecret() };
  const redirectUri = callbackOf(deps, args.provider);
  const url = await client.authorizationUrl(redirectUri, state, checks, scopes).catch(rejectProviderError);
  await deps.db.prisma.oAuth2Flow.create({
    data: {
      id,
      stateDigest: digest(state),
      browserDigest: codeChallenge === null ? digest(requester.browserSecret()) : null,
      codeChallenge,
      provider: args.provider,
      checksSealed: await deps.box.seal(placeOf(id), JSON.stringify(checks)),
      success,
      failure,
      userId: caller?.user.id ?? null,
      sessionId: caller?.currentSessionId ?? null,
      createdAt: now,
      expiresAt: later(now, lifetimes.oauth2State),
    },
  });
  return { url };
}

/** Converts an error of a provider into the error of the operation, and throws it. */
export function rejectProviderError(error: unknown): never {
  if (!(error instanceof ProviderError)) throw error;
  throw new AccountError(codeOf[error.failure], {}, { cause: error.cause ?? error });
}

/** Deletes flows that have expired. */
export async function sweepOAuth2Flows({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.oAuth2Flow.deleteMany({ where: { expiresAt: { lte: now } } });
}
