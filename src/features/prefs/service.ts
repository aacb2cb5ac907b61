import type { SignedIn } from '../../access/viewer.js';
import type { Deps } from '../../deps.js';
import type { Prisma } from '../../generated/prisma/client.js';
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
) => updateUser(deps, caller, { prefs: prefs(value) as Prisma.InputJsonObject }, origin);
