import { later, lifetimes } from '../../clock.js';
import type { SqlTransaction, Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Token } from '../../generated/prisma/client.js';
import { newRowId } from '../../ids.js';
import type { Notice } from '../../messages/message.js';
import type { Requester } from '../../origin/requester.js';
import { digest } from '../../secrets/digest.js';
import { newSecret } from '../../secrets/random.js';

// Tokens that take a change back: they remember what it was. Redeemed and ended like all others, in `service.ts`.

/** What an undo takes back. */
export interface RevertibleChange {
  readonly userId: string;
  /** Who is told, and may take it back. */
  readonly address: string;
  readonly kind: Notice;
  readonly before: unknown;
}

/** Makes the secret of a link that takes a change back. */
export async function issueUndoToken(
  { clock }: Pick<Deps, 'clock'>,
  tx: SqlTransaction,
  { userId, address, kind, before }: RevertibleChange,
  requester: Requester,
): Promise<string> {
  const now = clock.now();
  const secret = newSecret();
  await tx.query({
    name: 'issue-undo',
    text: `INSERT INTO tokens ("id", "purpose", "handle", "userId", "address", "secretDigest", "createdAt", "expiresAt",
      "origin", "undo") VALUES ($1::uuid, 'undo', $2, $2, $3, $4, $5, $6, $7::json, $8::json)`,
    values: [
      newRowId(now),
      userId,
      address,
      digest(secret),
      now,
      later(now, lifetimes.undo),
      JSON.stringify(requester.origin),
      JSON.stringify({ kind, before }),
    ],
  });
  return secret;
}

/** The changes of a user that can be taken back, from the one of this token on, newest first. */
export const findUndoTokensSince = (tx: Transaction, { id, userId }: Token): Promise<Token[]> =>
  tx.token.findMany({ where: { userId, purpose: 'undo', id: { gte: id } }, orderBy: { id: 'desc' } });
