import type { SignedIn } from '../../../access/viewer.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { endDeviceTrust, listTrustedDevices, type TrustedDevice } from '../../../devices/trusted-devices.js';
import { AccountError } from '../../../errors/account-error.js';
import { isUuid } from '../../../ids.js';
import type { Requester } from '../../../origin/requester.js';
import { recordLog } from '../../logs/service.js';
import { lockCaller } from '../../sessions/lifecycle.js';

/** The trusted devices of the caller, the newest first. */
export const listOwnTrustedDevices = (
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  { user }: SignedIn,
  deviceDigest: string | null,
): Promise<TrustedDevice[]> => listTrustedDevices(db, user.id, deviceDigest, clock.now());

/**
 * Ends the trust of a device of the caller.
 *
 * @throws {AccountError} USER_DEVICE_NOT_FOUND, also for a device of another user.
 */
export async function deleteTrustedDevice(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  deviceId: string,
  requester: Requester,
): Promise<{ deletedDeviceId: string }> {
  const now = deps.clock.now();
  const id = deviceId.toLowerCase();
  const userId = caller.user.id;
  await inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    if (!isUuid(id) || !(await endDeviceTrust(tx, userId, { id, now })))
      throw new AccountError('USER_DEVICE_NOT_FOUND');
    const by = { sessionId: caller.session.id, userId, requester, now };
    await recordLog(deps, tx, { event: 'user.update', detail: 'trusted-device.delete', ...by });
  });
  return { deletedDeviceId: id };
}
