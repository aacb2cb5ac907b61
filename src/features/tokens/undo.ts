import { later, lifetimes } from '../../clock.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Token } from '../../generated/prisma/client.js';
import { newRowId } from '../../ids.js';
import type { Notice } from '../../messages/message.js';
import type { Requester } from '../../origin/requester.js';
import { digest } from '../../secrets/digest.js';
import { newSecret } from '../../secrets/random.js';

// Tokens that list and revert security changes. A revert does not use them up: they work until they expire.

/** What a link is about. */
export interface LinkSubject {
  readonly notice: Notice;
  /** The security change; null for a notice of something else, such as a sign-in. */
  readonly changeId: string | null;
  /** The session that made the change or signed in; null without one. */
  readonly sessionId: string | null;
  /** When the link reverted something for the first time; null before that. */
  readonly usedAt: string | null;
}

/** What a link is about; null for a token of another kind. */
export const linkSubjectOf = ({ about }: Pick<Token, 'about'>): LinkSubject | null =>
  about as unknown as LinkSubject | null;

/** Issues the secret of a link that reverts security changes. */
export async function issueUndoToken(
  { clock }: Pick<Deps, 'clock'>,
  tx: SqlTransaction,
  { userId, address, about }: { userId: string; address: string; about: LinkSubject },
  requester: Requester,
): Promise<string> {
  const now = clock.now();
  const secret = newSecret();
  await tx.query({
    name: 'issue-undo',
    text: `INSERT INTO tokens ("id", "purpose", "handle", "userId", "address", "secretDigest", "createdAt", "expiresAt",
      "origin", "about") VALUES ($1::uuid, 'undo', $2, $2, $3, $4, $5, $6, $7::json, $8::json)`,
    values: [
      newRowId(now),
      userId,
      address,
      digest(secret),
      now,
      later(now, lifetimes.undo),
      JSON.stringify(requester.origin),
      JSON.stringify(about),
    ],
  });
  return secret;
}

/** Locks the token of a link and reads it again. Returns null if it has expired or was deleted. */
export async function lockLink(tx: SqlTransaction, token: Token, now: Date): Promise<Token | null> {
  const { rows } = await tx.query<Pick<Token, 'about'>>({
    text: 'SELECT "about" FROM tokens WHERE "id" = $1::uuid AND "expiresAt" > $2 FOR UPDATE',
    values: [token.id, now],
  });
  return rows[0] ? { ...token, ...rows[0] } : null;
}

/** Stores what a link is about. */
export async function setLinkSubject(
  tx: SqlTransaction,
  { id }: Pick<Token, 'id'>,
  about: LinkSubject,
): Promise<void> {
  await tx.query({
    text: 'UPDATE tokens SET "about" = $2::json WHERE "id" = $1::uuid',
    values: [id, JSON.stringify(about)],
  });
}

/**
 * Uses up the token of a recovery. For one more hour it lists and reverts security changes, and does nothing else.
 *
 * @throws {AccountError} USER_INVALID_TOKEN
 */
export async function consumeRecoveryToken(
  { clock }: Pick<Deps, 'clock'>,
  tx: Transaction,
  { id }: Token,
): Promise<void> {
  const now = clock.now();
  const { count } = await tx.token.updateMany({
    where: { id, purpose: 'recovery', expiresAt: { gt: now } },
    data: { purpose: 'recoveryUsed', createdAt: now, expiresAt: later(now, lifetimes.recovery) },
  });
  if (count === 0) throw new AccountError('USER_INVALID_TOKEN');
}
