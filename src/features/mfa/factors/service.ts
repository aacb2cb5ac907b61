import { type FactorGuessLimits, factorGuessLimits } from '../../../limits/guesses.js';
import {
  type ChallengeFactor,
  challengeFactors,
  type FactorAccount,
  factorTable,
  mfaSwitchProof,
} from '../../../access/factors.js';
import { findSecondFactors } from '../../../access/live-sessions.js';
import { isMfaRequired } from '../../../access/mfa-requirement.js';
import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, argumentInvalid } from '../../../errors/account-error.js';
import type { ErrorCode } from '../../../errors/catalogue.js';
import type { Challenge } from '../../../generated/prisma/client.js';
import type { Requester } from '../../../origin/requester.js';
import { recordLog } from '../../logs/service.js';
import { hasOwnIdentity } from '../../oauth2/identities/service.js';
import { recordSecurityChange } from '../../security-changes/service.js';
import { addSessionProof, lockCaller } from '../../sessions/lifecycle.js';
import { endMfaExemptions, endUnfinishedSignIns } from '../../sessions/ending.js';
import { updateUserFields, findUser, type UserRow, type UserView, userView } from '../../users/service.js';
import { checkAuthenticatorCode, hasVerifiedAuthenticator } from '../authenticators/service.js';
import type { ChallengeResponse, ConsumeProof } from '../challenges/proof.js';
import { checkPasskeyResponse } from '../../passkeys/proof.js';
import { hasPasskey } from '../../passkeys/service.js';
import { countRecoveryCodes, checkRecoveryCode, findRecoveryCodes } from '../recovery-codes/service.js';

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
      if (owner.lastVerifiedPhone !== null && !canSend.smsTo(owner.lastVerifiedPhone))
        return 'GENERAL_SMS_DISABLED';
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
    const owner = user && { ...user, totpVerified, hasPasskey: hasOne, hasSourceWithoutChallenge: false };
    const asked = { ...deps, canSend: { email: true, sms: true, smsTo: () => true } };
    return [
      factor,
      owner !== null && (await factors[factor].unavailableReason(asked, owner)) === null,
    ] as const;
  });
  return Object.fromEntries(await Promise.all(ready)) as MfaFactorsView;
}

/** Whether sessions of the account can prove two sources. A passkey is enough by itself. */
async function canProveTwoSources(tx: Transaction, account: FactorAccount & UserRow): Promise<boolean> {
  if (account.hasPasskey) return true;
  const sources = [
    account.passwordHash !== null && !account.passwordFromRecovery,
    account.lastVerifiedEmail !== null,
    account.lastVerifiedPhone !== null,
    account.totpVerified,
    (await findRecoveryCodes({ prisma: tx }, account.id)).length > 0,
    await hasOwnIdentity(tx, account.id),
  ];
  return sources.filter(Boolean).length >= 2;
}

/**
 * Turns MFA on or off. The session that turns it on stays complete, unless the server demands MFA: then it must prove two factors. Other
 * sessions lack a factor immediately.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID if the account cannot prove two sources, or if the server demands MFA.
 */
export async function setMfaEnabled(
  deps: Pick<Deps, 'clock' | 'config' | 'db' | 'outbox'>,
  caller: SignedIn,
  mfaEnabled: boolean,
  requester: Requester,
): Promise<UserView> {
  const now = deps.clock.now();
  const userId = caller.user.id;
  const isDemanded = isMfaRequired(deps.config, caller.user);
  if (!mfaEnabled && isDemanded)
    throw argumentInvalid('mfa', 'Must be true: this server demands MFA of the user.');
  return inTransaction(deps.db, async (tx) => {
    const before = await lockCaller(tx, caller);
    const account = { ...before, ...(await findSecondFactors(tx, userId)) };
    if (mfaEnabled && !(await canProveTwoSources(tx, account)))
      throw argumentInvalid(
        'mfa',
        'Add a second factor first: an authenticator app, a passkey or a verified address.',
      );
    const user = await updateUserFields(tx, userId, { mfaEnabled, mailboxSuffices: true }, now);
    await endUnfinishedSignIns(tx, userId);
    await endMfaExemptions(tx, userId);
    const proof = {
      ...mfaSwitchProof(account, mfaEnabled),
      passedAt: null,
      mfaExempt: mfaEnabled && !isDemanded,
    };
    await addSessionProof(deps, tx, user, caller.session.id, proof, requester);
    const detail = mfaEnabled ? 'mfa.update on' : 'mfa.update off';
    if (mfaEnabled === before.mfaEnabled) {
      const entry = {
        event: 'user.update',
        detail,
        sessionId: caller.session.id,
        userId,
        requester,
        now,
      } as const;
      await recordLog(deps, tx, entry);
      return userView(user);
    }
    const change = { kind: 'MFA', action: 'switched', subject: '', state: { enabled: mfaEnabled } } as const;
    const notice = mfaEnabled ? 'mfaOn' : 'mfaOff';
    const recorded = { ...change, user, session: caller.session, detail, notice } as const;
    await recordSecurityChange(deps, tx, recorded, requester);
    return userView(user);
  });
}
