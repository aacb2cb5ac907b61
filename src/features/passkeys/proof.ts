import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { Challenge, Passkey } from '../../generated/prisma/client.js';
import type { Requester } from '../../origin/requester.js';
import type { Assertion, CredentialJson } from '../../secrets/webauthn.js';
import { recordLog } from '../logs/service.js';
import type { ChallengeResponse, ConsumeProof } from '../mfa/challenges/proof.js';
import { queueNotice } from '../notices/service.js';
import { findUser } from '../users/service.js';

/** A passkey that was used rightly just now. */
export interface VerifiedPasskey {
  readonly passkey: Passkey;
  readonly assertion: Assertion;
}

/** Longer than any: @see WebAuthn Level 3, §4, Credential ID */
const maxCredentialIdLength = 1400;

/**
 * Holds what a browser has sent against the passkey that it names: the one place that does. Takes the same time where
 * nobody has it.
 *
 * @param nonce What it was to sign; null where there is no such ceremony.
 * @param userId Whose passkey it must be; null for anybody's.
 */
export async function verifyPasskey(
  { db, webauthn }: Pick<Deps, 'db' | 'webauthn'>,
  credential: CredentialJson,
  nonce: string | null,
  userId: string | null,
): Promise<VerifiedPasskey | null> {
  const credentialId = credentialIdOf(credential);
  const found = await db.prisma.passkey.findUnique({ where: { credentialId } });
  const passkey = found && (userId === null || found.userId === userId) ? found : null;
  const assertion = await webauthn.asserted(credential, nonce ?? '', passkey);
  if (!assertion || !passkey || nonce === null) return null;
  const claimedUserId = claimedUserIdOf(credential);
  return claimedUserId === passkey.userId || (claimedUserId === null && userId !== null)
    ? { passkey, assertion }
    : null;
}

/** The part of a passkey that checks a signature. */
type PasskeyKey = Pick<Passkey, 'credentialId' | 'publicKey'>;

/** Compares a response with some passkeys of a user, which may have been removed. */
export async function verifyOneOf<Key extends PasskeyKey>(
  { webauthn }: Pick<Deps, 'webauthn'>,
  credential: CredentialJson,
  nonce: string | null,
  userId: string,
  keys: readonly Key[],
): Promise<{ key: Key; assertion: Assertion } | null> {
  const credentialId = credentialIdOf(credential);
  const key = keys.find((each) => each.credentialId === credentialId) ?? null;
  const assertion = await webauthn.asserted(credential, nonce ?? '', key);
  if (!key || !assertion || nonce === null) return null;
  return (claimedUserIdOf(credential) ?? userId) === userId ? { key, assertion } : null;
}

const credentialIdOf = ({ id }: CredentialJson): string =>
  typeof id === 'string' && id.length <= maxCredentialIdLength && !id.includes('\0') ? id : '';

/** The user that the authenticator names. It need not name one if it was told which passkey to use. */
function claimedUserIdOf({ response }: CredentialJson): string | null {
  const { userHandle } = (response ?? {}) as { userHandle?: unknown };
  return typeof userHandle === 'string' ? Buffer.from(userHandle, 'base64url').toString('utf8') : null;
}

/**
 * Notes the use of a passkey, in the transaction of what it is used for. Within {@link rejectingCopiedPasskeys}: of two that show one
 * count, or one that counts backwards, one is a copy.
 */
export async function recordPasskeyUse(
  tx: Transaction,
  { passkey, assertion }: VerifiedPasskey,
  now: Date,
): Promise<void> {
  const counter = BigInt(assertion.counter);
  const { count } = await tx.passkey.updateMany({
    where: { id: passkey.id, ...(assertion.counter === 0 ? { counter: 0 } : { counter: { lt: counter } }) },
    data: { counter, backedUp: assertion.backedUp, lastUsedAt: now },
  });
  if (count > 0) return;
  // Its owner has removed it while its signature was checked.
  const isThere = await tx.passkey.findUnique({ where: { id: passkey.id }, select: { id: true } });
  throw isThere ? new CopiedPasskey(passkey.userId) : new AccountError('USER_PASSKEY_INVALID');
}

/** Undoes the transaction in which it is noticed. */
class CopiedPasskey extends Error {
  constructor(readonly userId: string) {
    super('A passkey seems to have been copied.');
  }
}

/**
 * Does what a passkey is used for. One that seems to have been copied is logged, and its owner told.
 *
 * @throws {AccountError} USER_PASSKEY_INVALID for a copy
 */
export async function rejectingCopiedPasskeys<T>(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  event: 'session.create.failed' | 'challenge.update.failed',
  requester: Requester,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CopiedPasskey)) throw error;
    const { userId } = error;
    const now = deps.clock.now();
    const user = await findUser(deps.db, userId);
    await inTransaction(deps.db, async (tx) => {
      await recordLog(deps, tx, { event, detail: 'passkey.copied', userId, requester, now });
      if (user) await queueNotice(deps, tx, 'passkeyCopied', user, requester);
    });
    throw new AccountError('USER_PASSKEY_INVALID');
  }
}

/**
 * Holds what a browser has sent against the user's passkeys and the challenge that it was to sign.
 *
 * @returns The write that notes its use; null where it is none of the user's.
 */
export async function checkPasskeyResponse(
  { clock, db, webauthn }: Pick<Deps, 'clock' | 'db' | 'webauthn'>,
  userId: string,
  answer: ChallengeResponse,
  { nonce }: Pick<Challenge, 'nonce'>,
): Promise<ConsumeProof | null> {
  if (typeof answer === 'string') return null;
  const proven = await verifyPasskey({ db, webauthn }, answer, nonce, userId);
  return proven && ((tx) => recordPasskeyUse(tx, proven, clock.now()));
}
