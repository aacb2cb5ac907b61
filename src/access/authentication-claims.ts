import { unixSeconds } from '../clock.js';
import { type Factor, hasProvedTwoFactors, isOperatorSession } from './factors.js';
import type { ViewerSession } from './live-sessions.js';

// What a JWT says about how its user signed in.

/** The authentication methods of a factor. @see RFC 8176 */
const methodsOf: Record<Factor, readonly string[]> = {
  password: ['pwd'],
  anonymous: [],
  email: ['otp'],
  phone: ['sms'],
  totp: ['otp'],
  'recovery-code': ['otp'],
  // RFC 8176 has no word for the sign-in at another provider.
  oauth2: [],
  passkey: ['pop', 'user'],
};

/** The methods that the session has used, in the words of RFC 8176. `mfa` if they are two factors. */
export const amrOf = (session: ViewerSession): string[] => [
  ...new Set([
    ...session.factors.flatMap((factor) => methodsOf[factor as Factor] ?? []),
    ...(hasProvedTwoFactors(session) ? ['mfa'] : []),
  ]),
];

/** How many factors the session has proved: `1` or `2`. */
export const acrOf = (session: ViewerSession): '1' | '2' => (hasProvedTwoFactors(session) ? '2' : '1');

/** When the user last proved something: the sign-in, or the last passed challenge. In seconds since 1970; 0 if only an operator signed in. */
export const authTimeOf = (session: ViewerSession): number =>
  Math.max(
    isOperatorSession(session) ? 0 : unixSeconds(session.createdAt),
    session.mfaUpdatedAt ? unixSeconds(session.mfaUpdatedAt) : 0,
  );
