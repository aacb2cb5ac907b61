import type { SignedIn } from '../../../access/viewer.js';
import { later, lifetimes } from '../../../clock.js';
import { isTaken } from '../../../db/errors.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, argumentInvalid } from '../../../errors/account-error.js';
import type { ErrorCode } from '../../../errors/catalogue.js';
import { newRowId } from '../../../ids.js';
import { email as checkEmail } from '../../../input/email.js';
import { type RedirectUrl, redirectUrl, withParameters } from '../../../input/redirect-url.js';
import { text } from '../../../input/text.js';
import {
  type FlowChecks,
  ProviderError,
  type ProviderFailure,
  type ProviderTokens,
} from '../../../oauth2-providers/client.js';
import { bySlug, type ProviderName, slugOf } from '../../../oauth2-providers/names.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Origin } from '../../../origin/origin.js';
import { digest } from '../../../secrets/digest.js';
import { newSecret } from '../../../secrets/random.js';
import { saveIdentity } from '../identities/service.js';
import { fillEmpty, newUser, userOf, userToLink } from '../linking/service.js';
import { recordLog } from '../../logs/service.js';
import { queueNotice } from '../../notices/service.js';
import { lockUser } from '../../sessions/service.js';
import { issueToken } from '../../tokens/service.js';

type World = Pick<
  Deps,
  'box' | 'clock' | 'codes' | 'config' | 'db' | 'log' | 'oauth2' | 'outbox' | 'publicUrl' | 'redirectOrigins'
>;

const mostScopes = 100;
const longestScope = 4096;
const longestUid = 255;
const codeOf: Record<ProviderFailure, ErrorCode> = {
  'refused request': 'USER_OAUTH2_BAD_REQUEST',
  'refused server': 'USER_OAUTH2_UNAUTHORIZED',
  failed: 'USER_OAUTH2_PROVIDER_ERROR',
};

const placeOf = (id: string): string => `oauth2_flows.checksSealed:${id}`;
const callbackOf = ({ publicUrl }: Pick<Deps, 'publicUrl'>, name: ProviderName): string =>
  `${publicUrl}/oauth2/${slugOf(name)}/callback`;

/**
 * Begins a sign-in at a provider, which only this browser can end; while signed in, the identity will be linked.
 *
 * @returns Where to send the browser.
 * @throws {AccountError} PROJECT_PROVIDER_DISABLED, GENERAL_ARGUMENT_INVALID, USER_OAUTH2_PROVIDER_ERROR
 */
export async function startOAuth2(
  deps: World,
  caller: SignedIn | null,
  args: {
    provider: ProviderName;
    success?: string | null | undefined;
    failure?: string | null | undefined;
    scopes?: readonly string[] | null | undefined;
  },
  browserSecret: string,
): Promise<{ url: string }> {
  const client = deps.oauth2[args.provider];
  if (!client) throw new AccountError('PROJECT_PROVIDER_DISABLED');
  // A JWT is lent out for minutes; an identity linked with it would last.
  if (caller?.by === 'jwt') throw new AccountError('USER_CHALLENGE_REQUIRED');
  const success = landing(deps, 'success', args.success);
  const failure = landing(deps, 'failure', args.failure);
  const scopes = args.scopes ?? [];
  if (scopes.length > mostScopes) throw argumentInvalid('scopes', `Must be at most ${mostScopes}.`);
  for (const scope of scopes) text('scopes', scope, 1, longestScope);
  const now = deps.clock.now();
  const id = newRowId(now);
  const state = newSecret();
  const checks: FlowChecks = { verifier: newSecret(), nonce: newSecret() };
  const redirectUri = callbackOf(deps, args.provider);
  const url = await client.authorizationUrl(redirectUri, state, checks, scopes).catch(refuse);
  await deps.db.prisma.oAuth2Flow.create({
    data: {
      id,
      stateDigest: digest(state),
      browserDigest: digest(browserSecret),
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

/** The browser that comes back from a provider. */
export interface Returning {
  readonly origin: Origin;
  readonly acceptLanguage: string | null;
  readonly browserSecret: string;
  readonly browserDigest: string | null;
}

/**
 * Ends a sign-in at a provider.
 *
 * @param slug The provider by the path of the callback: an answer of another one is not taken there.
 * @returns Where to send the browser: to `success` with `userId` and `secret` for createSession, else to `failure` with
 *   `error`. Never rejects for what a provider or a stranger does.
 */
export async function completeOAuth2(
  deps: World,
  slug: string,
  parameters: URLSearchParams,
  returning: Returning,
): Promise<string> {
  const name = bySlug(slug);
  const state = parameters.get('state') ?? '';
  const flow = name && (await takeFlow(deps, name, state, returning.browserDigest));
  if (!flow || !name)
    return failed(`${deps.publicUrl}/auth/oauth2/failure` as RedirectUrl, 'USER_INVALID_TOKEN');
  try {
    const [success] = [flow.success, flow.failure].map((url) => redirectAgain(deps, url));
    const { user, tokens } = await askProvider(deps, name, state, parameters, flow);
    if (
      user.uid === null ||
      user.uid.length > longestUid ||
      user.uid.includes('\0') ||
      !user.uid.isWellFormed()
    ) {
      throw new AccountError('USER_MISSING_ID');
    }
    const known = { ...user, uid: user.uid };
    // Two first sign-ins of one identity: the second finds what the first has made.
    const token = await signUserIn(deps, name, known, tokens, flow, returning).catch((error: unknown) => {
      if (flow.userId || !(error instanceof AccountError) || error.code !== 'USER_ALREADY_EXISTS')
        throw error;
      return signUserIn(deps, name, known, tokens, flow, returning);
    });
    return withParameters(success as RedirectUrl, token);
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    if (error.cause) deps.log.warn({ provider: name, error: error.cause }, 'a sign-in at a provider failed');
    return failed(flow.failure as RedirectUrl, error.code);
  }
}

interface Flow {
  readonly id: string;
  readonly success: string;
  readonly failure: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly checksSealed: string;
}

/** One delete: a flow is ended once, before it expires, by its own provider and browser. */
async function takeFlow(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  provider: ProviderName,
  state: string,
  browserDigest: string | null,
): Promise<Flow | null> {
  const { rows } = await db.query<Flow>({
    name: 'oauth2-flow-take',
    text: `DELETE FROM oauth2_flows WHERE "stateDigest" = $1 AND "browserDigest" = $2 AND "provider" = $3 AND "expiresAt" > $4
      RETURNING "id", "success", "failure", "userId", "sessionId", "checksSealed"`,
    values: [digest(state), browserDigest ?? '', provider, clock.now()],
  });
  return rows[0] ?? null;
}

async function askProvider(
  deps: Pick<World, 'box' | 'oauth2' | 'publicUrl'>,
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
  const answer = await client.complete(callback, state, checks).catch(refuse);
  return { ...answer, user: { ...answer.user, name: answer.user.name ?? appleName(parameters.get('user')) } };
}

/** The session that began a link ends, and the one of createSession takes its place. One that has ended links nothing. */
async function replaceSession(tx: Transaction, { sessionId, userId }: Flow, now: Date): Promise<void> {
  const live = { id: sessionId ?? '', userId: userId ?? '', expiresAt: { gt: now } };
  const { count } = sessionId ? await tx.session.deleteMany({ where: live }) : { count: 0 };
  if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
}

type KnownUser = ProviderUser & { readonly uid: string };

/** Finds or makes the user, links the identity, and issues the secret for createSession: all or nothing. */
async function signUserIn(
  deps: World,
  name: ProviderName,
  who: KnownUser,
  tokens: ProviderTokens,
  flow: Flow,
  { origin, browserSecret, acceptLanguage }: Returning,
): Promise<{ userId: string; secret: string }> {
  const provider = slugOf(name);
  const address = mailAddress(who.email);
  const now = deps.clock.now();
  const identity = { provider, providerUid: who.uid, providerEmail: address };
  try {
    return await inTransaction(deps.db, async (tx) => {
      const user = flow.userId
        ? await userToLink(tx, flow.userId, identity)
        : ((await userOf(tx, identity, who.emailVerified)) ??
          (await newUser(deps, tx, address, who, origin)));
      if (!(await lockUser(tx, user.id))) throw new AccountError('USER_BLOCKED');
      if (flow.userId) await replaceSession(tx, flow, now);
      const identityId = await saveIdentity(deps, tx, user.id, identity, tokens);
      await fillEmpty(tx, user, address, who, now);
      const binding = {
        purpose: 'oauth2',
        handle: user.id,
        userId: user.id,
        address: `${provider}:${who.uid}`,
        identityId,
      } as const;
      const { secret } = await issueToken(deps, tx, binding, { origin, browserSecret });
      await recordLog(tx, { event: 'session.create', userId: user.id, origin, now });
      if (flow.userId) await queueNotice(deps, tx, 'identityLinked', user, { origin, acceptLanguage });
      return { userId: user.id, secret };
    });
  } catch (error) {
    const conflict = isTaken(error, 'email') || isTaken(error, 'provider') || isTaken(error, 'providerUid');
    throw conflict ? new AccountError('USER_ALREADY_EXISTS') : error;
  }
}

function landing(
  { publicUrl, redirectOrigins }: World,
  which: 'success' | 'failure',
  url: string | null | undefined,
): RedirectUrl {
  return url
    ? redirectUrl(redirectOrigins, which, url)
    : (`${publicUrl}/auth/oauth2/${which}` as RedirectUrl);
}

/** The allow-list once more: it may have changed since the flow began. */
function redirectAgain({ publicUrl, redirectOrigins }: World, url: string): RedirectUrl {
  return url.startsWith(`${publicUrl}/auth/oauth2/`)
    ? (url as RedirectUrl)
    : redirectUrl(redirectOrigins, 'success', url);
}

const failed = (url: RedirectUrl, code: ErrorCode): string =>
  withParameters(url, { error: JSON.stringify({ code, message: new AccountError(code).message }) });

function refuse(error: unknown): never {
  if (!(error instanceof ProviderError)) throw error;
  throw new AccountError(codeOf[error.failure], {}, { cause: error.cause ?? error });
}

/** A provider's address in our form; none where it is not one we would take. */
function mailAddress(value: string | null): string | null {
  try {
    return value === null ? null : checkEmail(value);
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
