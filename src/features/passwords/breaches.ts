import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { AllowedPassword, NewPassword } from '../../input/password.js';

/**
 * Rejects a password that has appeared in a data breach. If the service does not answer, the password passes, because the user can do
 * nothing about that.
 *
 * @throws {AccountError} USER_PASSWORD_BREACHED
 */
export async function rejectBreached(
  { breachList, log, metrics }: Pick<Deps, 'breachList' | 'log' | 'metrics'>,
  password: AllowedPassword,
): Promise<NewPassword> {
  if (breachList) {
    const isBreached = await breachList(password).catch((error: unknown) => {
      log.warn({ error }, 'the list of breached passwords does not answer; the password was not checked');
      return null;
    });
    metrics?.externalCheck(
      'password_breach',
      isBreached === null ? 'failed' : isBreached ? 'rejected' : 'passed',
    );
    if (isBreached) throw new AccountError('USER_PASSWORD_BREACHED');
  }
  return password as NewPassword;
}
