import { type FactorGuessLimits, factorGuessLimits } from '../../../limits/guesses.js';
import {
  factorsAfterMfaSwitch,
  type ChallengeFactor,
  challengeFactors,
  type FactorAccount,
  factorTable,
} from '../../../access/factors.js';
import { findSecondFactors } from '../../../access/live-sessions.js';
import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { ErrorCode } from '../../../errors/catalogue.js';
import type { Challenge } from '../../../generated/prisma/client.js';
import type { Requester } from '../../../origin/requester.js';
import { recordLog } from '../../logs/service.js';
import { queueNotice } from '../../notices/service.js';
import { addSessionFactors, endPendingSessions, lockCaller } from '../../sessions/lifecycle.js';
import { updateUserFields, findUser, type UserView, userView } from '../../users/service.js';
import { checkAuthenticatorCode, hasVerifiedAuthenticator } from '../authenticators/service.js';
import type { ChallengeResponse, ConsumeProof } from '../challenges/proof.js';
import { checkPasskeyResponse } from '../../passkeys/proof.js';
import { hasPasskey } from '../../passkeys/service.js';
import { countRecoveryCodes, checkRecoveryCode } from '../recovery-codes/service.js';

type FactorDeps = Pick<Deps, 'box' | 'canSend' | 'clock' | 'keyedDigest' | 'db' | 'webauthn'>;

/** Whose factor it is. */
export interface FactorOwner extends FactorAccount {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** One factor: when it can be asked for, where its code goes, and how an answer is proven. */
interface FactorEntry {
  readonly guessLimits: FactorGuessLimits;
  /** Why it cannot be asked for now; null when it can. */
  unavailableReason(deps: FactorDeps, owner: FactorOwner): Promise<ErrorCode | null>;
  /** Where a code is sent, and what carries it; null for factors whose code the user has already. */
  readonly recipient: ((owner: FactorOwner) => string | null) | null;
  /** Holds an answer against what the user has; null for factors whose code was sent, which the challenge holds itself. */
  readonly check:
    | ((
        deps: FactorDeps,
        userId: string,
        answer: ChallengeResponse,
        challenge: Pick<Challenge, 'nonce'>,
      ) => Promise<ConsumeProof | null>)
    | null;
}

/** Every factor that a challenge can ask for. A new one is an entry here and a row of `access/factors.ts`. */
export const factors: Record<ChallengeFactor, FactorEntry> = {
  PASSKEY: {
    guessLimits: factorGuessLimits.PASSKEY,
    unavailableReason: async (_world, owner) =>
      factorTable.PASSKEY.isVerified(owner) ? null : 'USER_PASSKEY_NOT_FOUND',
    recipient: null,
    check: checkPasskeyResponse,
  },
  TOTP: {
    guessLimits: factorGuessLimits.TOTP,
    unavailableReason: async (_world, owner) =>
      factorTable.TOTP.isVerified(owner) ? null : 'USER_AUTHENTICATOR_NOT_FOUND',
    recipient: null,
    check: checkAuthenticatorCode,
  },
  EMAIL: {
    guessLimits: factorGuessLimits.EMAIL,
    unavailableReason: async ({ canSend }, owner) => {
      if (!canSend.email) return 'GENERAL_MAIL_DISABLED';
      if (factorTable.EMAIL.isVerified(owner)) return null;
      return owner.email === null ? 'USER_EMAIL_NOT_FOUND' : 'USER_EMAIL_NOT_VERIFIED';
    },
    recipient: ({ lastVerifiedEmail }) => lastVerifiedEmail,
    check: null,
  },
  PHONE: {
    guessLimits: factorGuessLimits.PHONE,
    unavailableReason: async ({ canSend }, owner) => {
      if (!canSend.sms) return 'GENERAL_SMS_DISABLED';
      if (factorTable.PHONE.isVerified(owner)) return null;
      return owner.phone === null ? 'USER_PHONE_NOT_FOUND' : 'USER_PHONE_NOT_VERIFIED';
    },
    recipient: ({ lastVerifiedPhone }) => lastVerifiedPhone,
    check: null,
  },
  RECOVERY_CODE: {
    guessLimits: factorGuessLimits.RECOVERY_CODE,
    unavailableReason: async ({ db }, { id }) =>
      (await countRecoveryCodes(db, id)) > 0 ? null : 'USER_RECOVERY_CODES_NOT_FOUND',
    recipient: null,
    check: checkRecoveryCode,
  },
};

/** Makes sure that a factor can be asked for. */
export async function requireFactor(
  deps: FactorDeps,
  owner: FactorOwner,
  factor: ChallengeFactor,
): Promise<FactorEntry> {
  const reason = await factors[factor].unavailableReason(deps, owner);
  if (reason) throw new AccountError(reason);
  return factors[factor];
}

/** Which factors an account can prove. */
export type MfaFactorsView = Readonly<Record<ChallengeFactor, boolean>>;

/** The factors of a user, whether MFA is on or not, and whether what carries them is switched on or not. */
export async function listFactors(deps: FactorDeps, userId: string): Promise<MfaFactorsView> {
  const [user, totpVerified, hasOne] = await Promise.all([
    findUser(deps.db, userId),
    hasVerifiedAuthenticator(deps.db, userId),
    hasPasskey(deps.db, userId),
  ]);
  const ready = challengeFactors.map(async (factor) => {
    const owner = user && { ...user, totpVerified, hasPasskey: hasOne };
    const asked = { ...deps, canSend: { email: true, sms: true } };
    return [
      factor,
      owner !== null && (await factors[factor].unavailableReason(asked, owner)) === null,
    ] as const;
  });
  return Object.fromEntries(await Promise.all(ready)) as MfaFactorsView;
}

/** Turns MFA on or off. On, the caller's session is given what the account has verified; other sessions are pending at once. */
export async function setMfaEnabled(
  deps: Pick<Deps, 'clock' | 'config' | 'db' | 'outbox'>,
  caller: SignedIn,
  mfaEnabled: boolean,
  requester: Requester,
): Promise<UserView> {
  const now = deps.clock.now();
  const userId = caller.user.id;
  return inTransaction(deps.db, async (tx) => {
    const before = await lockCaller(tx, caller);
    const user = await updateUserFields(tx, userId, { mfaEnabled }, now);
    await endPendingSessions(tx, userId);
    const account = { ...user, ...(await findSecondFactors(tx, userId)) };
    const add = (proven: readonly string[]) => factorsAfterMfaSwitch(proven, account, mfaEnabled);
    await addSessionFactors(deps, tx, user, caller.session.id, { add, passedAt: null }, requester);
    await recordLog(deps, tx, {
      event: 'user.update',
      detail: mfaEnabled ? 'mfa.update on' : 'mfa.update off',
      sessionId: caller.session.id,
      userId,
      requester,
      now,
    });
    if (mfaEnabled !== before.mfaEnabled)
      await queueNotice(deps, tx, mfaEnabled ? 'mfaOn' : 'mfaOff', user, requester);
    return userView(user);
  });
}
