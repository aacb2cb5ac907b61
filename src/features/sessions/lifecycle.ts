import {
  type AddedProof,
  type Factor,
  type FactorAccount,
  isOperatorSession,
  isPending,
  mayTrustDevice,
  type ProofSource,
  trustableSources,
  withoutTrust,
} from '../../access/factors.js';
import { findKnownDevice, recordDevice } from '../../devices/known-devices.js';
import { trustDevice } from '../../devices/trusted-devices.js';
import { networkOf } from '../../limits/subject.js';
import { findSecondFactors } from '../../access/live-sessions.js';
import type { SignedIn } from '../../access/viewer.js';
import { requirePermission } from '../../access/decisions.js';
import type { SignInMethod } from '../../config/variables.js';
import { later, lifetimes } from '../../clock.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Sql } from '../../db/sql.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Session } from '../../generated/prisma/client.js';
import { newRowId } from '../../ids.js';
import type { Origin } from '../../origin/origin.js';
import type { Requester } from '../../origin/requester.js';
import { digest } from '../../secrets/digest.js';
import { newSecret } from '../../secrets/random.js';
import { recordLog } from '../logs/service.js';
import { type PlainTokens, type SealedTokens, sealTokens } from '../oauth2/tokens/service.js';
import { requireVerifiedEmail } from '../sign-up/rules/service.js';
import { decisionAddresses, findUser, lockUser, lockUserRow, type UserRow } from '../users/service.js';
import { afterOperatorSignIn, afterSignIn } from './after-sign-in.js';
import { endSurplusPendingSession, enforceSessionLimit } from './ending.js';
import { expiryOf } from './use.js';

// How sessions begin, grow and end, whoever asks for it. What their owner may do with them stands in `service.ts`.

/** How a session begins, but for OAuth providers, which have the names of `slugOf`. */
export const builtInProviders = ['email', 'anonymous', 'magic-url', 'phone', 'token', 'passkey'] as const;

/** The method of a sign-in, as AUTH_METHODS names it. */
function methodOf(provider: string): SignInMethod {
  const methods: Partial<Record<string, SignInMethod>> = {
    email: 'email-password',
    token: 'email-otp',
    'magic-url': 'magic-url',
    phone: 'phone',
    passkey: 'passkey',
    anonymous: 'anonymous',
  } satisfies Record<(typeof builtInProviders)[number], SignInMethod>;
  return methods[provider] ?? 'oauth2';
}

/** How session secrets begin, so that people and secret scanners recognise one. */
const secretPrefix = 'session_';

/** A session as its owner sees it. Holds no digest; `secret` only right after it was issued. */
export interface SessionView extends SealedTokens {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  /** When the session ends however often it is used. */
  readonly maxExpiresAt: Date;
  readonly provider: string;
  readonly providerUid: string | null;
  readonly factors: readonly string[];
  readonly sources: readonly string[];
  readonly credential: string | null;
  readonly mfaUpdatedAt: Date | null;
  readonly origin: Origin;
  readonly secret: string | null;
}

/** What a sign-in has established. */
export interface SignIn {
  readonly userId: string;
  readonly provider: string;
  readonly providerUid: string | null;
  readonly factors: readonly Factor[];
  /** Null for an anonymous sign-in, which proves nothing. */
  readonly source: ProofSource | null;
  /** What the user signed in with, as `credentialOf` writes it; null for an anonymous sign-in. */
  readonly credential: string | null;
  readonly requester: Requester;
  /** The version of the password that was proven: one that was changed while its hash was checked is no longer right. */
  readonly passwordVersion?: number;
  /** What an OAuth provider handed out, in clear. */
  readonly providerTokens?: PlainTokens;
}

/**
 * Issues a session: the one door for every way to sign in.
 *
 * Under a lock on the user, so that parallel sign-ins leave no more sessions than the limit; the oldest go.
 *
 * @throws {AccountError} USER_BLOCKED; USER_INVALID_CREDENTIALS for a password that was changed meanwhile;
 *   USER_EMAIL_NOT_VERIFIED or USER_ADDRESS_NOT_ALLOWED where SIGN_UP_DOMAINS is set.
 */
export async function issueSession(
  deps: Pick<Deps, 'box' | 'clock' | 'config' | 'decisions' | 'outbox'>,
  tx: SqlTransaction,
  signIn: SignIn,
): Promise<SessionView> {
  const { clock, config } = deps;
  const { userId, passwordVersion, provider, providerUid, factors, source, credential, requester } = signIn;
  const now = clock.now();
  const user = await lockUser(tx, userId, now);
  if (passwordVersion !== undefined && user?.passwordVersion !== passwordVersion)
    throw new AccountError('USER_INVALID_CREDENTIALS');
  if (!user?.enabled) throw new AccountError('USER_BLOCKED');
  requireVerifiedEmail(config, user);
  const method = methodOf(provider);
  const isByOperator = source === 'operator';
  if (!isByOperator)
    requirePermission(deps.decisions, {
      type: 'session.create',
      ...decisionAddresses(user),
      userId,
      method,
      provider: method === 'oauth2' ? provider : null,
      origin: requester.origin,
    });
  const secret = secretPrefix + newSecret();
  const id = newRowId(now);
  const tokens =
    signIn.providerTokens && (await sealTokens(deps, { table: 'sessions', id }, signIn.providerTokens));
  const network = networkOf(requester.clientAddress);
  const sources: ProofSource[] = source === null ? [] : [source];
  const account = await factorAccountOf(tx, user);
  const lacksFactor = isPending(account, { sources, mfaExempt: false, mfaUpdatedAt: null });
  const device = lacksFactor ? await findKnownDevice(tx, userId, requester.deviceDigest, now) : null;
  const usesTrust = device?.isTrusted === true && trustableSources.includes(source);
  if (usesTrust) sources.push('trusted-device');
  const pending = lacksFactor && !usesTrust;
  if (pending) await endSurplusPendingSession(tx, userId, network, isByOperator, now);
  else await enforceSessionLimit(tx, userId, now, config.SESSION_LIMIT - 1, isByOperator);
  const maxExpiresAt = later(now, pending ? lifetimes.pendingSession : config.SESSION_LIFETIME);
  const { rows } = await tx.query<Session>({
    name: 'issue-session',
    text: `INSERT INTO sessions ("id", "userId", "createdAt", "updatedAt", "expiresAt", "secretDigest", "provider",
      "providerUid", "factors", "origin", "providerAccessTokenSealed", "providerRefreshTokenSealed",
      "providerAccessTokenExpiresAt", "pending", "network", "fromKnownDevice", "sources", "credential", "maxExpiresAt")
      VALUES ($1::uuid, $2, $3, $3, $4, $5, $6, $7, $8::text[], $9::json, $10, $11, $12, $13, $14, $15, $16::text[], $17, $18)
      RETURNING *`,
    values: [
      id,
      userId,
      now,
      expiryOf(config.SESSION_IDLE, now, maxExpiresAt),
      digest(secret),
      provider,
      providerUid,
      factors,
      JSON.stringify(requester.origin),
      tokens?.providerAccessTokenSealed ?? null,
      tokens?.providerRefreshTokenSealed ?? null,
      tokens?.providerAccessTokenExpiresAt ?? null,
      pending,
      network,
      pending && device !== null,
      sources,
      credential,
      maxExpiresAt,
    ],
  });
  const session = rows[0] as Session;
  const detail = usesTrust ? { detail: 'trusted-device.use' as const } : {};
  await recordLog(deps, tx, { event: 'session.create', ...detail, sessionId: id, userId, requester, now });
  const trusted = usesTrust ? device : null;
  const started = { user, account, session, trusted, requester };
  await (isByOperator ? afterOperatorSignIn : afterSignIn)(deps, tx, started);
  return { ...sessionView(session), secret };
}

/** What of an account decides which factors its sessions need. Without MFA, nothing but that is read. */
const factorAccountOf = async (tx: SqlTransaction, user: UserRow): Promise<FactorAccount> => ({
  ...user,
  ...(user.mfaEnabled
    ? await findSecondFactors(tx, user.id)
    : { totpVerified: false, hasPasskey: false, hasSourceWithoutChallenge: false }),
});

/** How a session signed in; null if it has ended. */
export async function findSessionStart(
  db: Sql,
  id: string,
): Promise<Pick<Session, 'createdAt' | 'provider' | 'credential'> | null> {
  const { rows } = await db.query<Pick<Session, 'createdAt' | 'provider' | 'credential'>>({
    name: 'find-session-start',
    text: 'SELECT "createdAt", "provider", "credential" FROM sessions WHERE "id" = $1::uuid',
    values: [id],
  });
  return rows[0] ?? null;
}

/**
 * The caller's row, password included, as it is now.
 *
 * @throws {AccountError} GENERAL_UNAUTHORIZED_SCOPE if the user was deleted meanwhile.
 */
export async function getCaller({ db }: Pick<Deps, 'db'>, { user }: SignedIn): Promise<UserRow> {
  const row = await findUser(db, user.id);
  if (!row) throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  return row;
}

/**
 * Locks the caller's row, and makes sure that the session which let the call in still lives: it may have ended while the
 * call waited for the lock.
 *
 * @throws {AccountError} GENERAL_UNAUTHORIZED_SCOPE
 */
export async function lockCaller(tx: SqlTransaction, { user, session }: SignedIn): Promise<UserRow> {
  const row = await lockUserRow(tx, user.id);
  // In a statement of its own, that sees what was committed before the lock was had.
  const { rows } = await tx.query({
    name: 'is-session-there',
    text: 'SELECT 1 FROM sessions WHERE "id" = $1::uuid AND "userId" = $2',
    values: [session.id, user.id],
  });
  if (!row || rows.length === 0) throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  return row;
}

/**
 * Adds a proof to a session. The caller must hold the lock on the user, so that no proof is lost.
 *
 * @param proof.passedAt When the session passed a challenge; null if it passed none.
 * @param proof.mfaExempt Whether the session stays complete without a second source, because it has just turned MFA on.
 * @param proof.trustDevice Whether the user wants the device to be trusted. No effect until the session has proved two factors itself.
 * @throws {AccountError} USER_SESSION_NOT_FOUND
 */
export async function addSessionProof(
  deps: Pick<Deps, 'clock' | 'config' | 'outbox'>,
  tx: Transaction,
  user: UserRow,
  sessionId: string,
  proof: AddedProof & {
    readonly passedAt: Date | null;
    readonly mfaExempt?: boolean;
    readonly trustDevice?: boolean;
  },
  requester: Requester,
): Promise<SessionView> {
  const { clock, config } = deps;
  const now = clock.now();
  const before = await tx.session.findUnique({
    where: { id: sessionId, userId: user.id, expiresAt: { gt: now } },
  });
  if (!before) throw new AccountError('USER_SESSION_NOT_FOUND');
  const proofs = {
    sources: [...new Set([...before.sources, ...proof.sources])],
    mfaExempt: proof.mfaExempt ?? before.mfaExempt,
    mfaUpdatedAt: proof.passedAt ?? before.mfaUpdatedAt,
  };
  const account = await factorAccountOf(tx, user);
  const isComplete = !isPending(account, proofs);
  const own = { ...proofs, sources: withoutTrust(proofs.sources) };
  const completes = before.pending && isComplete;
  const maxExpiresAt = completes ? later(now, config.SESSION_LIFETIME) : before.maxExpiresAt;
  if (completes)
    await enforceSessionLimit(tx, user.id, now, config.SESSION_LIMIT - 1, isOperatorSession(before));
  const session = await tx.session.update({
    where: { id: sessionId },
    data: {
      ...(isPending(account, own) ? proofs : own),
      factors: [...new Set([...before.factors, ...proof.factors])],
      updatedAt: now,
      ...(completes && { pending: false }),
      expiresAt: expiryOf(config.SESSION_IDLE, now, maxExpiresAt),
      maxExpiresAt,
    },
  });
  if (!isComplete || isOperatorSession(session)) return sessionView(session);
  const device = requester.keepDeviceCookie();
  await recordDevice(tx, user.id, device, session.credential, now);
  if (proof.trustDevice && mayTrustDevice(account, proofs)) {
    await trustDevice(tx, user.id, device, requester.origin, now);
    const detail = 'trusted-device.create';
    await recordLog(deps, tx, { event: 'user.update', detail, sessionId, userId: user.id, requester, now });
  }
  return sessionView(session);
}

/** A session row without its digest. */
export const sessionView = ({ secretDigest: _, ...session }: Session): SessionView => ({
  ...session,
  origin: session.origin as unknown as Origin,
  secret: null,
});
