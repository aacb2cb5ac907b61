import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { ErrorCode } from '../../../errors/catalogue.js';
import {
  recheckedRedirectUrl,
  type RedirectUrl,
  serverPage,
  withParameters,
} from '../../../input/redirect-url.js';
import type { FlowChecks, ProviderTokens } from '../../../oauth2-providers/client.js';
import { bySlug, type ProviderName } from '../../../oauth2-providers/names.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Requester } from '../../../origin/requester.js';
import { digest } from '../../../secrets/digest.js';
import { recordLog } from '../../logs/service.js';
import { endLinkingSession } from '../../sessions/ending.js';
import { issueToken } from '../../tokens/service.js';
import { signInWithIdentity } from '../linking/identity-sign-in.js';
import {
  callbackOf,
  failurePage,
  type FlowDeps,
  placeOf,
  rejectProviderError,
  successPage,
} from './service.js';

// This module handles the second half of a sign-in with an OAuth provider, after the browser has returned to the callback.

/**
 * Ends a sign-in at a provider.
 *
 * @param slug The provider by the path of the callback: an answer of another one is not taken there.
 * @returns Where to send the browser: to `success` with `userId` and `secret` for createSession, else to `failure` with
 *   `error`. Never rejects for what a provider or a stranger does.
 */
export async function completeOAuth2Flow(
  deps: FlowDeps,
  slug: string,
  parameters: URLSearchParams,
  requester: Requester,
): Promise<string> {
  const name = bySlug(slug);
  const state = parameters.get('state') ?? '';
  const flow = name && (await consumeFlow(deps, name, state, requester.browserDigest));
  if (!flow || !name) return failureUrl(serverPage(deps, failurePage), 'USER_INVALID_TOKEN');
  // The allow-list once more: it may have changed since the flow began.
  const success = recheckedRedirectUrl(deps, flow.success, successPage);
  const failure = recheckedRedirectUrl(deps, flow.failure, failurePage);
  try {
    const { user, tokens } = await completeAtProvider(deps, name, state, parameters, flow);
    const token = await issueSecret(deps, name, user, tokens, flow, requester);
    return withParameters(success, token);
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    if (error.cause) deps.log.warn({ provider: name, error: error.cause }, 'a sign-in at a provider failed');
    return failureUrl(failure, error.code, error.details.reason);
  }
}

interface Flow {
  readonly id: string;
  readonly success: string;
  readonly failure: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly codeChallenge: string | null;
  readonly checksSealed: string;
}

/** One delete: a flow is ended once, before it expires, by its own provider and, where it is bound to one, browser. */
async function consumeFlow(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  provider: ProviderName,
  state: string,
  browserDigest: string | null,
): Promise<Flow | null> {
  const { rows } = await db.query<Flow>({
    name: 'oauth2-flow-take',
    text: `DELETE FROM oauth2_flows WHERE "stateDigest" = $1 AND "provider" = $3 AND "expiresAt" > $4
      AND CASE WHEN "codeChallenge" IS NULL THEN "browserDigest" = $2 ELSE TRUE END
      RETURNING "id", "success", "failure", "userId", "sessionId", "codeChallenge", "checksSealed"`,
    values: [digest(state), browserDigest ?? '', provider, clock.now()],
  });
  return rows[0] ?? null;
}

async function completeAtProvider(
  deps: Pick<FlowDeps, 'box' | 'oauth2' | 'publicUrl'>,
  name: ProviderName,
  state: string,
  parameters: URLSearchParams,
  { id, checksSealed }: Flow,
): Promise<{ user: ProviderUser; tokens: ProviderTokens }> {
  const client = deps.oauth2[name];
  if (!client) throw new AccountError('PROJECT_PROVIDER_DISABLED');
  if (parameters.has('error') || !parameters.has('code'))
    throw new AccountError('USER_OAUTH2_PROVIDER_ERROR');
  const checks = JSON.parse(await deps.box.open(placeOf(id), checksSealed)) as FlowChecks;
  const callback = new URL(callbackOf(deps, name));
  for (const [key, value] of parameters) if (key !== 'user') callback.searchParams.append(key, value);
  const answer = await client.complete(callback, state, checks).catch(rejectProviderError);
  return { ...answer, user: { ...answer.user, name: answer.user.name ?? appleName(parameters.get('user')) } };
}

/** Finds or creates the user, links the identity, and issues the secret for createSession: all or nothing. */
function issueSecret(
  deps: FlowDeps,
  name: ProviderName,
  profile: ProviderUser,
  tokens: ProviderTokens,
  { userId, sessionId, codeChallenge }: Flow,
  requester: Requester,
): Promise<{ userId: string; secret: string }> {
  const linking = userId === null ? null : { userId, sessionId };
  return signInWithIdentity(deps, { name, profile, tokens, linking }, requester, async (deps, tx, signIn) => {
    const { user, identityId, provider, providerUid } = signIn;
    const address = `${provider}:${providerUid}`;
    const binding = { purpose: 'oauth2', handle: user.id, userId: user.id, address } as const;
    const { secret } = await issueToken(deps, tx, { ...binding, identityId, codeChallenge }, requester);
    const now = deps.clock.now();
    await recordLog(deps, tx, { event: 'session.create', userId: user.id, requester, now });
    if (linking) await endLinkingSession(tx, linking.userId, linking.sessionId, now);
    return { userId: user.id, secret };
  });
}

const failureUrl = (url: RedirectUrl, code: ErrorCode, reason?: string | null): string =>
  withParameters(url, {
    error: JSON.stringify({ code, message: new AccountError(code).message, ...(reason && { reason }) }),
  });

/** Apple posts the name beside the code, at the first sign-in only. */
function appleName(user: string | null): string | null {
  try {
    const { name } = JSON.parse(user ?? '') as { name?: { firstName?: string; lastName?: string } };
    return [name?.firstName, name?.lastName].filter(Boolean).join(' ') || null;
  } catch {
    return null;
  }
}
