import { findKnownDevice, type KnownDevice } from '../../devices/known-devices.js';
import { emailUses, noAccountMailLimits, smsForUserUses, smsUses } from '../../limits/messages.js';
import type { RateLimit } from '../../limits/limit.js';
import { byAddress, byUser, type LimitUse, networkOf, usesOf } from '../../limits/subject.js';
import type { Sql } from '../../db/sql.js';
import { later, lifetimes } from '../../clock.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Prisma, Token, TokenPurpose } from '../../generated/prisma/client.js';
import { newRowId } from '../../ids.js';
import type { Message } from '../../messages/message.js';
import type { Requester } from '../../origin/requester.js';
import { digest } from '../../secrets/digest.js';
import { newCode, newSecret } from '../../secrets/random.js';
import { type LogEvent, recordLog } from '../logs/service.js';
import { findReservation, reservedEmail } from '../security-changes/service.js';
import type { UserRow } from '../users/service.js';
import { testCode } from '../users/test-accounts.js';
import { issueUndoToken } from './undo.js';

/** A token as the caller sees it. The secret leaves by mail or SMS only. */
export interface TokenView {
  readonly id: string;
  readonly createdAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly phrase: string | null;
}

/** What a new token is bound to. */
export interface NewToken {
  readonly purpose: TokenPurpose;
  readonly handle: string;
  readonly handleChosen?: boolean;
  readonly userId: string | null;
  readonly address: string;
  readonly identityId?: string;
  readonly codeChallenge?: string | null;
  /** What a user token is about. */
  readonly about?: { readonly operator: string };
  /** Instead of the lifetime of its purpose. */
  readonly lifetimeSeconds?: number;
  /** Instead of a random code. */
  readonly code?: string | null;
  /** Writes the same row with a secret that no one will ever know. */
  readonly unusable?: boolean;
  /** Whether a limit dropped the message. */
  readonly dropped?: boolean;
}

const lifetimeOf: Record<TokenPurpose, number> = {
  emailOtp: lifetimes.emailOtp,
  magicUrl: lifetimes.magicUrl,
  phoneOtp: lifetimes.phoneOtp,
  oauth2: lifetimes.oauth2Secret,
  emailVerification: lifetimes.emailVerification,
  phoneVerification: lifetimes.phoneVerification,
  recovery: lifetimes.recovery,
  recoveryUsed: lifetimes.recovery,
  undo: lifetimes.undo,
  invitation: lifetimes.invitation,
  userToken: lifetimes.userToken,
};
const codePurposes: readonly TokenPurpose[] = ['emailOtp', 'phoneOtp', 'phoneVerification'];

/** What an operation takes that sends a token in a link. */
export type LinkSenderDeps = Pick<
  Deps,
  | 'canSend'
  | 'clock'
  | 'config'
  | 'keyedDigest'
  | 'db'
  | 'limiter'
  | 'outbox'
  | 'publicUrl'
  | 'redirectOrigins'
>;

/** A message that carries a token. */
export interface TokenMessage {
  readonly purpose: Exclude<TokenPurpose, 'invitation' | 'oauth2' | 'recoveryUsed' | 'undo' | 'userToken'>;
  readonly handle: string;
  /** Whether the caller chose the handle. */
  readonly handleChosen?: boolean;
  readonly address: string;
  /** Whom the address reaches; null where it reaches nobody. */
  readonly owner: UserRow | null;
  /** Whether the secret must be of use to nobody: for a blocked user, or where only an owner may have one. */
  readonly unusable: boolean;
  /** The message that is sent instead, once a day, because the address has no account and cannot sign up. If null, none is sent. */
  readonly insteadOfToken?: Message | null;
  readonly event: LogEvent;
  /** If set, the message counts towards these limits of the owner instead of the limits of the address. */
  readonly ownerLimits?: readonly RateLimit<'user'>[];
  /** Puts the secret into a message. */
  readonly compose: (secret: string, expiresAt: Date) => Message;
}

/**
 * Issues a token and sends it. The function always writes the same rows, so that the caller cannot find out whether the address
 * has an account, whether the account is blocked, or whether the address has reached a limit. The only differences are whether a
 * message is sent and whether its secret is valid.
 *
 * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED when the client network or the server has reached its limit of SMS.
 */
export async function sendToken(
  deps: Pick<Deps, 'clock' | 'config' | 'keyedDigest' | 'db' | 'limiter' | 'outbox'>,
  message: TokenMessage,
  requester: Requester,
): Promise<TokenView> {
  const { purpose, handle, handleChosen = false, address, owner, insteadOfToken, event, compose } = message;
  const now = deps.clock.now();
  const dropped = await isDropped(deps, message, requester);
  // A code that is not sent must not be valid, because only an attacker who guesses could use it.
  const isUnusable = dropped || message.unusable || insteadOfToken !== undefined;
  const userId = owner?.id ?? null;
  return inTransaction(deps.db, async (tx) => {
    const { token, secret } = await issueToken(
      deps,
      tx,
      {
        purpose,
        handle,
        handleChosen,
        userId,
        address,
        code: testCode(deps.config, address, owner),
        unusable: isUnusable,
        dropped,
      },
      requester,
    );
    const { expiresAt } = token;
    const reserved = dropped ? null : await composeReservedNotice(deps, tx, message, requester);
    const instead = reserved ?? (dropped ? null : insteadOfToken);
    await deps.outbox.queue(tx, instead ?? compose(secret, expiresAt), {
      expiresAt,
      userId,
      isDecoy: isUnusable && !instead,
    });
    await recordLog(deps, tx, { event, userId: owner?.enabled ? userId : null, requester, now });
    return token;
  });
}

/**
 * Composes the message to an address that an account replaced a short time ago. It makes no other account with the address. Its links
 * revert the replacement, or release the address.
 */
async function composeReservedNotice(
  deps: Pick<Deps, 'clock'>,
  tx: Transaction,
  { address, owner }: TokenMessage,
  requester: Requester,
): Promise<Message | null> {
  const reservation =
    owner === null ? await findReservation(tx, reservedEmail(address), deps.clock.now()) : null;
  if (!reservation) return null;
  const { userId, changeId, createdAt: at, origin } = reservation;
  const about = { notice: 'emailReplaced', changeId, sessionId: null, usedAt: null } as const;
  const secret = await issueUndoToken(deps, tx, { userId, address, about }, requester);
  return {
    kind: 'addressReserved',
    recipient: address,
    acceptLanguage: requester.language,
    requested: { at, origin },
    undo: { userId, secret },
  };
}

/** Counts a message and returns false. If a limit of its address is reached, counts nothing and returns true. */
async function isDropped(
  { clock, config, db, limiter }: Pick<Deps, 'clock' | 'config' | 'db' | 'limiter'>,
  { purpose, address, owner, ownerLimits, insteadOfToken }: TokenMessage,
  { clientAddress, deviceDigest }: Requester,
): Promise<boolean> {
  // Nothing is sent to test addresses, however often a test asks.
  if (testCode(config, address, owner) !== null) return false;
  const device = await findDeviceOfAddress(db, address, owner, deviceDigest, clock.now());
  const usesOfMessage = (): LimitUse[] => {
    if (owner && ownerLimits) return usesOf(ownerLimits, byUser(owner));
    if (owner && purpose === 'phoneVerification') return smsForUserUses(config, address, owner);
    if (purpose === 'phoneOtp') return smsUses(config, address, clientAddress, device);
    const uses = emailUses(address, clientAddress, device);
    return insteadOfToken ? [...uses, ...usesOf(noAccountMailLimits, byAddress(address))] : uses;
  };
  const full = await limiter.charge(usesOfMessage());
  // These limits reveal nothing about the address, so the caller can get an error.
  const revealed = full.filter(({ limit: { per } }) => per === 'network' || per === 'server');
  if (revealed.length > 0) throw limiter.rejection(revealed);
  return full.length > 0;
}

/** Finds the known device that a request comes from. Only devices of the account that has verified the address count. */
export function findDeviceOfAddress(
  db: Sql,
  address: string,
  owner: UserRow | null,
  deviceDigest: string | null,
  now: Date,
): Promise<KnownDevice | null> {
  const isVerified = owner?.lastVerifiedEmail === address || owner?.lastVerifiedPhone === address;
  return findKnownDevice(db, isVerified ? owner.id : null, deviceDigest, now);
}

/** Creates a token. Earlier tokens of the same kind stay valid. */
export async function issueToken(
  { clock, keyedDigest }: Pick<Deps, 'clock' | 'keyedDigest'>,
  tx: Transaction,
  {
    purpose,
    handle,
    handleChosen = false,
    userId,
    address,
    identityId,
    codeChallenge = null,
    about,
    lifetimeSeconds = lifetimeOf[purpose],
    code,
    unusable,
    dropped,
  }: NewToken,
  requester: Requester,
): Promise<{ token: TokenView; secret: string }> {
  const now = clock.now();
  const isCode = codePurposes.includes(purpose);
  const secret = isCode ? (code ?? newCode()) : newSecret();
  const binding = [purpose, handle, userId ?? '', address];
  const row = await tx.token.create({
    data: {
      id: newRowId(now),
      purpose,
      handle,
      handleChosen,
      userId: unusable ? null : userId,
      address,
      secretDigest: unusable
        ? digest(newSecret())
        : isCode
          ? keyedDigest.digest([...binding, secret])
          : digest(secret),
      keyId: isCode ? keyedDigest.keyId : null,
      createdAt: now,
      expiresAt: later(now, lifetimeSeconds),
      identityId: identityId ?? null,
      codeChallenge,
      ...(about && { about }),
      origin: { ...requester.origin },
      browserDigest: digest(requester.browserSecret()),
      network: networkOf(requester.clientAddress),
      droppedFor: dropped ? (requester.browserDigest === null ? 'network' : 'browser') : null,
    },
  });
  return { token: tokenView(row), secret };
}

/**
 * Uses a token up, in the transaction of its effect: of two at the same time one finds nothing left.
 *
 * @throws {AccountError} USER_INVALID_TOKEN
 */
export async function consumeToken(
  { clock }: Pick<Deps, 'clock'>,
  tx: Transaction,
  { id }: Token,
): Promise<void> {
  const { count } = await tx.token.deleteMany({ where: { id, expiresAt: { gt: clock.now() } } });
  if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
}

/** What the page behind a link may know of its token. */
export type TokenDescription = Pick<
  Token,
  'userId' | 'purpose' | 'address' | 'createdAt' | 'origin' | 'browserDigest' | 'about'
>;

/** Who asked for a token, for the page behind its link. Null for a dead one. Uses nothing up. */
export async function describeToken(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  handle: string,
  secret: string,
): Promise<TokenDescription | null> {
  return db.prisma.token.findFirst({
    where: {
      OR: [{ handle }, { userId: handle }],
      secretDigest: digest(secret),
      expiresAt: { gt: clock.now() },
    },
    select: {
      userId: true,
      purpose: true,
      address: true,
      createdAt: true,
      origin: true,
      browserDigest: true,
      about: true,
    },
  });
}

/** Ends tokens before their time. */
export async function deleteTokens(tx: Transaction, which: Prisma.TokenWhereInput): Promise<void> {
  await tx.token.deleteMany({ where: which });
}

/** Removes tokens that have ended. */
export async function sweepTokens({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.token.deleteMany({ where: { expiresAt: { lte: now } } });
}

export const tokenView = ({ id, createdAt, handle, expiresAt }: Token): TokenView => ({
  id,
  createdAt,
  userId: handle,
  expiresAt,
  phrase: null,
});
