import type { Config } from '../config/config.js';
import { type FactorAccount, isMfaDue } from './factors.js';
import type { ViewerSession, ViewerUser } from './live-sessions.js';

/** The grace periods of users. Called only for users of whom MFA_REQUIRED demands MFA. */
export interface MfaGrace {
  /** When the grace period of a user ends; null if it has not begun. */
  end(userId: string): Promise<Date | null>;
  /**
   * Begins the grace period of a user and notifies the user, unless it has begun already. Returns when the period ends, or null for a user
   * without a sign-in method, such as an anonymous user.
   *
   * @param language The header Accept-Language of the request.
   */
  begin(userId: string, language: string | null): Promise<Date | null>;
}

/** Whether MFA_REQUIRED demands MFA of a user. */
export const isMfaRequired = (
  { MFA_REQUIRED: required }: Pick<Config, 'MFA_REQUIRED'>,
  { labels }: Pick<ViewerUser, 'labels'>,
): boolean => required === 'on' || (required !== 'off' && labels.includes(required.label));

/**
 * Whether a session lacks what MFA_REQUIRED demands: MFA on the account, and two factors on the session. A session that signed in with a
 * passkey lacks nothing as long as the account has a passkey. Two proofs of one mailbox count as one factor.
 */
export const lacksMfa = (account: FactorAccount, { sources }: Pick<ViewerSession, 'sources'>): boolean =>
  sources.includes('passkey') && account.hasPasskey ? false : !isMfaDue(account) || new Set(sources).size < 2;
