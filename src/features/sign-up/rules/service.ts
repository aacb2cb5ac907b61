import type { Config } from '../../../config/config.js';
import type { SignInMethod } from '../../../config/variables.js';
import { AccountError } from '../../../errors/account-error.js';

// Who may make an account without an operator. Accounts that exist are not affected, except that signing in needs a verified email
// address where SIGN_UP_DOMAINS is set.

type Rules = Pick<Config, 'SIGN_UP' | 'SIGN_UP_DOMAINS' | 'SIGN_UP_BLOCKED_DOMAINS' | 'SIGN_UP_DISPOSABLE'>;

/** An account that someone wants to make. */
export interface WantedAccount {
  /** The way to sign up. The rules do not apply to an invitation. */
  readonly method: SignInMethod | 'invitation';
  /** The OAuth provider, for that method. */
  readonly provider?: string;
  /** Null for an account without an email address. */
  readonly email: string | null;
  /** Whether the email address is verified now, will be verified before the first sign-in, or may stay unverified. */
  readonly verification: 'done' | 'pending' | 'none';
}

/** The account of someone who has proved an address or number. */
export const provenAccount = (
  method: WantedAccount['method'],
  kind: 'email' | 'phone',
  address: string,
): WantedAccount => ({
  method,
  email: kind === 'email' ? address : null,
  verification: 'done',
});

/**
 * Checks whether the public may make an account. The result depends on the settings and the address only, so that it does not
 * reveal who has an account.
 *
 * @throws {AccountError} USER_SIGN_UP_CLOSED, USER_ADDRESS_NOT_ALLOWED
 */
export async function requireSignUp(
  rules: Rules,
  { method, email, verification }: WantedAccount,
): Promise<void> {
  if (method === 'invitation') return;
  if (rules.SIGN_UP === 'invited') throw new AccountError('USER_SIGN_UP_CLOSED');
  if (rules.SIGN_UP_DOMAINS && (email === null || verification === 'none'))
    throw new AccountError('USER_ADDRESS_NOT_ALLOWED');
  if (email !== null) await requireAllowedEmail(rules, email);
}

/** Does the same check without an error. */
export const isSignUpAllowed = (rules: Rules, account: WantedAccount): Promise<boolean> =>
  requireSignUp(rules, account).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AccountError) return false;
      throw error;
    },
  );

/**
 * Checks the domain of an email address that an account is to display.
 *
 * @throws {AccountError} USER_ADDRESS_NOT_ALLOWED
 */
export async function requireAllowedEmail(rules: Rules, email: string): Promise<void> {
  if (!(await isAllowedEmail(rules, email))) throw new AccountError('USER_ADDRESS_NOT_ALLOWED');
}

export async function isAllowedEmail(rules: Rules, email: string): Promise<boolean> {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const isListed = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) =>
      pattern.startsWith('*.') ? domain.endsWith(pattern.slice(1)) : domain === pattern,
    );
  if (rules.SIGN_UP_DOMAINS && !isListed(rules.SIGN_UP_DOMAINS)) return false;
  if (isListed(rules.SIGN_UP_BLOCKED_DOMAINS)) return false;
  return rules.SIGN_UP_DISPOSABLE || !(await isDisposable(domain));
}

/** Whether the domain, or one that it belongs to, gives addresses for a few minutes to anyone. */
async function isDisposable(domain: string): Promise<boolean> {
  // The list takes memory, so it is loaded when it is first needed.
  const { isDisposableEmailDomain } = await import('disposable-email-domains-js');
  const labels = domain.split('.');
  return labels.some((_, index) => isDisposableEmailDomain(labels.slice(index).join('.')));
}

/**
 * Checks whether an account may get a session. With SIGN_UP_DOMAINS, it must have verified an email address, because anyone can type
 * one of an allowed domain. Operators may have given it one of another domain.
 *
 * @throws {AccountError} USER_EMAIL_NOT_VERIFIED, USER_ADDRESS_NOT_ALLOWED
 */
export function requireVerifiedEmail(
  rules: Rules,
  { email, lastVerifiedEmail }: { readonly email: string | null; readonly lastVerifiedEmail: string | null },
): void {
  if (!rules.SIGN_UP_DOMAINS || lastVerifiedEmail !== null) return;
  throw new AccountError(email === null ? 'USER_ADDRESS_NOT_ALLOWED' : 'USER_EMAIL_NOT_VERIFIED');
}
