import type { SignedIn } from '../../access/viewer.js';
import type { Deps } from '../../deps.js';
import { prefs } from '../../input/prefs.js';
import type { Origin } from '../../origin/origin.js';
import { updateUser } from '../account/service.js';

/**
 * Replaces the preferences whole.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID
 */
export const replacePrefs = (
  deps: Pick<Deps, 'clock' | 'db'>,
  caller: SignedIn,
  value: Record<string, unknown>,
  origin: Origin,
) => {
  const json = JSON.stringify(prefs(value));
  // Not as a Prisma value: Prisma takes objects with certain keys for its own.
  return updateUser(deps, caller, {}, origin, async (tx) => {
    await tx.$executeRaw`UPDATE users SET "prefs" = ${json}::json WHERE "id" = ${caller.user.id}`;
  });
};
