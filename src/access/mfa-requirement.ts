import type { Config } from '../config/config.js';
import { type FactorAccount, isMfaDue } from './factors.js';
import type { ViewerSession, ViewerUser } from './live-sessions.js';

/** Tells until when users may do without MFA. Used only for users of whom MFA_REQUIRED demands it. */
export interface MfaGrace {
  /** When the grace period of a user ends; null if it has not begun. */
  end(userId: string): Promise<Date | null>;
  /**
   * The same. Begins the grace period, and notifies the user, if it has not begun. Null for a user without anything to sign in with, such
   * as an anonymous one.
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
 * Whether a session lacks what MFA_REQUIRED demands: MFA on the account, and two factors on the session. A passkey is two factors, while the
 * account has one. Two proofs of one mailbox are one.
 */
export const lacksMfa = (account: FactorAccount, { sources }: Pick<ViewerSession, 'sources'>): boolean =>
  sources.includes('passkey') && account.hasPasskey ? false : !isMfaDue(account) || new Set(sources).size < 2;
