import { isTaken } from '../../../db/errors.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, isAccountError } from '../../../errors/account-error.js';
import type { ErrorCode } from '../../../errors/catalogue.js';
import { parseEmail } from '../../../input/email.js';
import {
  recheckedRedirectUrl,
  type RedirectUrl,
  serverPage,
  withParameters,
} from '../../../input/redirect-url.js';
import type { FlowChecks, ProviderTokens } from '../../../oauth2-providers/client.js';
import { bySlug, type ProviderName, slugOf } from '../../../oauth2-providers/names.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Requester } from '../../../origin/requester.js';
import { digest } from '../../../secrets/digest.js';
import { recordLog } from '../../logs/service.js';
import { recordSecurityChange } from '../../security-changes/service.js';
import { withDecisions } from '../../sign-up/decisions/service.js';
import { endLinkingSession } from '../../sessions/ending.js';
import { issueToken } from '../../tokens/service.js';
import { type ProviderIdentity, saveIdentity } from '../identities/service.js';
import { fillMissingProfile, findOrCreateIdentityUser, lockUserToLink } from '../linking/service.js';
import {
  callbackOf,
  failurePage,
  type FlowDeps,
  placeOf,
  rejectProviderError,
  successPage,
} from './service.js';

// This module handles the second half of a sign-in with an OAuth provider, after the browser has returned to the callback.

const maxUidLength = 255;

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
    if (
      user.uid === null ||
      user.uid.length > maxUidLength ||
      user.uid.includes('\0') ||
      !user.uid.isWellFormed()
    ) {
      throw new AccountError('USER_MISSING_ID');
    }
    const known = { ...user, uid: user.uid };
    // Two first sign-ins of one identity: the second finds what the first has made.
    const token = await signInWithIdentity(deps, name, known, tokens, flow, requester).catch(
      (error: unknown) => {
        if (flow.userId || !isAccountError(error, 'USER_ALREADY_EXISTS')) throw error;
        return signInWithIdentity(deps, name, known, tokens, flow, requester);
      },
    );
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

type KnownUser = ProviderUser & { readonly uid: string };

/** Finds or makes the user, links the identity, and issues the secret for createSession: all or nothing. */
async function signInWithIdentity(
  deps: FlowDeps,
  name: ProviderName,
  profile: KnownUser,
  tokens: ProviderTokens,
  flow: Flow,
  requester: Requester,
): Promise<{ userId: string; secret: string }> {
  const provider = slugOf(name);
  const address = mailAddress(profile.email);
  const providerEmailVerified = address !== null && profile.emailVerified;
  const now = deps.clock.now();
  const identity: ProviderIdentity = {
    provider,
    providerUid: profile.uid,
    providerEmail: address,
    providerEmailVerified,
  };
  try {
    const attempt = (deps: FlowDeps) =>
      inTransaction(deps.db, async (tx) => {
        const { user, how } = flow.userId
          ? { user: await lockUserToLink(tx, flow.userId, identity, now), how: 'linked' as const }
          : await findOrCreateIdentityUser(deps, tx, identity, profile, requester);
        if (!user.enabled) throw new AccountError('USER_BLOCKED');
        const session = flow.sessionId === null ? null : { id: flow.sessionId };
        await fillMissingProfile(deps, tx, user, identity, profile, session, requester);
        const { id: identityId, isNew } = await saveIdentity(
          deps,
          tx,
          user.id,
          identity,
          tokens,
          how ?? 'created',
        );
        const binding = {
          purpose: 'oauth2',
          handle: user.id,
          userId: user.id,
          address: `${provider}:${profile.uid}`,
          identityId,
          codeChallenge: flow.codeChallenge,
        } as const;
        const { secret } = await issueToken(deps, tx, binding, requester);
        await recordLog(deps, tx, { event: 'session.create', userId: user.id, requester, now });
        if (isNew && (how === 'linked' || how === 'joined')) {
          const change = {
            kind: 'IDENTITY',
            action: 'added',
            subject: identityId,
            state: { row: null },
          } as const;
          const detail = how === 'linked' ? 'identity.create' : 'identity.join';
          const notice = how === 'linked' ? 'identityLinked' : 'identityJoined';
          await recordSecurityChange(deps, tx, { ...change, user, session, detail, notice }, requester);
        }
        if (flow.userId) await endLinkingSession(tx, flow.userId, flow.sessionId, now);
        return { userId: user.id, secret };
      });
    // The address of the profile is an offer: a user whose address is rejected can still sign in.
    return await withDecisions(deps, attempt, 'address.update');
  } catch (error) {
    const conflict = isTaken(error, 'email') || isTaken(error, 'provider') || isTaken(error, 'providerUid');
    throw conflict ? new AccountError('USER_ALREADY_EXISTS') : error;
  }
}

const failureUrl = (url: RedirectUrl, code: ErrorCode, reason?: string | null): string =>
  withParameters(url, {
    error: JSON.stringify({ code, message: new AccountError(code).message, ...(reason && { reason }) }),
  });

/** Domains that no mail reaches, and GitHub's for people who show none. */
const unreachable =
  /@(?:.*\.)?(?:users\.noreply\.github\.com|[^@]*\.(?:invalid|local|localhost|internal|lan|home\.arpa))$/;

/** A provider's address in our form; none where it is not one we would take, or none that mail could reach. */
function mailAddress(value: string | null): string | null {
  try {
    const address = value === null ? null : parseEmail(value);
    return address === null || unreachable.test(address) ? null : address;
  } catch {
    return null;
  }
}

/** Apple posts the name beside the code, at the first sign-in only. */
function appleName(user: string | null): string | null {
  try {
    const { name } = JSON.parse(user ?? '') as { name?: { firstName?: string; lastName?: string } };
    return [name?.firstName, name?.lastName].filter(Boolean).join(' ') || null;
  } catch {
    return null;
  }
}
