import { generateSecret, generateURI, verifySync } from 'otplib';
import { unixSeconds } from '../clock.js';

/** RFC 6238 as authenticator apps implement it: SHA-1, six digits, steps of 30 seconds. */
const periodSeconds = 30;

/** A new TOTP secret: 160 random bits in base32. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** The `otpauth:` URI of a secret, for a QR code. A colon parts issuer from label there, so that the issuer holds none. */
export const totpUri = (issuer: string, label: string, secret: string): string =>
  generateURI({ issuer: issuer.replace(/\s*:+\s*/g, ' ').trim() || 'Accounts', label, secret });

/**
 * The 30-second step whose code this is: the current one, the one before or the one after.
 *
 * @returns Null for any other code. Whether the step was used before is for the caller to decide, in one write.
 * @see RFC 6238 §5.2
 */
export function matchingTimeStep(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = unixSeconds(now);
  const result = verifySync({
    secret,
    token: code,
    epoch,
    period: periodSeconds,
    epochTolerance: periodSeconds,
  });
  return result.valid ? Math.floor(epoch / periodSeconds) + result.delta : null;
}
