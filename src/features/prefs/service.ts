import type { SignedIn } from '../../access/viewer.js';
import type { Deps } from '../../deps.js';
import { parsePrefs } from '../../input/prefs.js';
import type { Requester } from '../../origin/requester.js';
import { changeAccount } from '../account/service.js';
import { setPrefs, type UserView } from '../users/service.js';

/**
 * Replaces the preferences whole.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export const replacePrefs = (
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  value: Record<string, unknown>,
  requester: Requester,
): Promise<UserView> => {
  const json = JSON.stringify(parsePrefs(value));
  return changeAccount(deps, caller, 'prefs.update', requester, (tx, id, now) => setPrefs(tx, id, json, now));
};
