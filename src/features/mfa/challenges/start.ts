import type { Challenge } from '../../../generated/prisma/client.js';
import type { ChallengeFactor } from '../../../access/factors.js';
import { smsForUserUses } from '../../../limits/messages.js';
import type { SignedIn } from '../../../access/viewer.js';
import { later, lifetimes } from '../../../clock.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { newRowId } from '../../../ids.js';
import type { Message } from '../../../messages/message.js';
import type { Origin } from '../../../origin/origin.js';
import type { Requester } from '../../../origin/requester.js';
import { newCode, newSecret } from '../../../secrets/random.js';
import { recordLog } from '../../logs/service.js';
import { lockCaller } from '../../sessions/lifecycle.js';
import { findPasskeyDescriptors } from '../../passkeys/service.js';
import { testCode } from '../../users/test-accounts.js';
import { requireFactor } from '../factors/service.js';

/** A challenge as its caller sees it. Never holds the code. */
export interface ChallengeView {
  readonly id: string;
  readonly createdAt: Date;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly factor: ChallengeFactor;
  /** What a browser is asked to do with a passkey; null for other factors. */
  readonly options: Readonly<Record<string, unknown>> | null;
}

/**
 * Starts a challenge on the caller's session. If the factor is an address, sends the code there. The email does not count towards
 * the limit of the address, because other people could use up that limit and lock the owner out. The SMS counts towards a limit for
 * users with a session, which people without a session cannot use up.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, USER_EMAIL_NOT_FOUND, USER_EMAIL_NOT_VERIFIED, GENERAL_SMS_DISABLED,
 *   USER_PHONE_NOT_FOUND, USER_PHONE_NOT_VERIFIED, USER_AUTHENTICATOR_NOT_FOUND, USER_RECOVERY_CODES_NOT_FOUND,
 *   USER_PASSKEY_NOT_FOUND
 */
export async function startChallenge(
  deps: Pick<
    Deps,
    'box' | 'canSend' | 'clock' | 'config' | 'keyedDigest' | 'db' | 'limiter' | 'outbox' | 'webauthn'
  >,
  caller: SignedIn,
  factor: ChallengeFactor,
  requester: Requester,
): Promise<ChallengeView> {
  const { recipient } = await requireFactor(deps, caller.user, factor);
  const { id: userId } = caller.user;
  const phone = factor === 'PHONE' ? caller.user.lastVerifiedPhone : null;
  if (phone !== null) await deps.limiter.consume(smsForUserUses(deps.config, phone, caller.user));
  const now = deps.clock.now();
  const id = newRowId(now);
  const nonce = factor === 'PASSKEY' ? newSecret() : null;
  const options =
    nonce === null
      ? null
      : await deps.webauthn.requestOptions(nonce, await findPasskeyDescriptors(deps, userId));
  const expiresAt = later(now, nonce === null ? lifetimes.challenge : lifetimes.passkeyCeremony);
  const origin = requester.origin;
  return inTransaction(deps.db, async (tx) => {
    const row = await lockCaller(tx, caller);
    const address = recipient?.({ ...caller.user, ...row }) ?? null;
    const code = (address && testCode(deps.config, address, row)) ?? newCode();
    const challenge = await tx.challenge.create({
      data: {
        id,
        userId,
        sessionId: caller.session.id,
        factor,
        codeDigest: address && deps.keyedDigest.digest(partsOf({ id, userId, factor }, address, code)),
        keyId: address && deps.keyedDigest.keyId,
        nonce,
        createdAt: now,
        expiresAt,
      },
    });
    if (address !== null) {
      const message = messageOf(factor, address, code, { at: now, origin }, requester.language);
      await deps.outbox.queue(tx, message, { expiresAt, userId });
    }
    await recordLog(deps, tx, {
      event: 'challenge.create',
      sessionId: caller.session.id,
      userId,
      requester,
      now,
    });
    return { ...challenge, factor, options: options && { ...options } };
  });
}

function messageOf(
  factor: ChallengeFactor,
  recipient: string,
  code: string,
  requested: { at: Date; origin: Origin },
  acceptLanguage: string | null,
): Message {
  if (factor === 'PHONE') return { kind: 'smsCode', recipient, acceptLanguage, code };
  return { kind: 'mfaChallenge', recipient, acceptLanguage, code, requested };
}

/** What the digest of a code is bound to. */
export const partsOf = (
  { id, userId, factor }: Pick<Challenge, 'id' | 'userId' | 'factor'>,
  address: string,
  code: string,
) => ['challenge', id, userId, factor, address, code];
