import { requireFreshProof } from '../../access/fresh-proof.js';
import type { SignedIn } from '../../access/viewer.js';
import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { parseEmail } from '../../input/email.js';
import { parseNewPassword, parsePassword } from '../../input/password.js';
import { parsePhone } from '../../input/phone.js';
import type { Requester } from '../../origin/requester.js';
import { rejectBreached } from '../passwords/breaches.js';
import {
  type NewPasswordDeps,
  type PreparedPassword,
  prepareNewPassword,
  personalDataOf,
  requirePassword,
  replacePassword,
  storedPasswordOf,
} from '../passwords/service.js';
import { recordSecurityChange } from '../security-changes/service.js';
import { getCaller, lockCaller } from '../sessions/lifecycle.js';
import { withDecisions } from '../sign-up/decisions/service.js';
import { requireAllowedEmail } from '../sign-up/rules/service.js';
import { setDisplayedAddress } from '../users/addresses.js';
import { type AddressKind, type UserRow, type UserView, userView } from '../users/service.js';
import { addressKinds, claimAddress, endMessagesToAddress } from './claims.js';
import { addressChange } from './proofs.js';

type AddressDeps = NewPasswordDeps & Pick<Deps, 'decisions'>;

/**
 * Changes the displayed email address, which the user must then verify. The verified address stays reserved to the account until
 * then. Sets a first password if the account has none.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_ADDRESS_NOT_ALLOWED, USER_INVALID_CREDENTIALS, USER_ADDRESS_UNAVAILABLE,
 *   USER_EMAIL_ALREADY_EXISTS,
 *   USER_CHALLENGE_REQUIRED, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_BREACHED, USER_PASSWORD_PERSONAL_DATA
 */
export async function updateEmail(
  deps: AddressDeps,
  caller: SignedIn,
  args: { email: string; password: string },
  requester: Requester,
): Promise<UserView> {
  const email = parseEmail(args.email);
  await requireAllowedEmail(deps.config, email);
  return updateAddress(deps, caller, 'email', email, args.password, requester);
}

/**
 * Changes the displayed phone number, which the user must then verify. The verified number stays reserved to the account until then.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_PHONE_ALREADY_EXISTS,
 *   USER_CHALLENGE_REQUIRED, USER_PASSWORD_TOO_COMMON, USER_PASSWORD_BREACHED, USER_PASSWORD_PERSONAL_DATA
 */
export const updatePhone = (
  deps: AddressDeps,
  caller: SignedIn,
  args: { phone: string; password: string },
  requester: Requester,
): Promise<UserView> =>
  updateAddress(
    deps,
    caller,
    'phone',
    parsePhone(args.phone, deps.config.SMS_COUNTRIES),
    args.password,
    requester,
  );

async function updateAddress(
  deps: AddressDeps,
  caller: SignedIn,
  addressKind: AddressKind,
  address: string,
  password: string,
  requester: Requester,
): Promise<UserView> {
  const { taken, notice } = addressKinds[addressKind];
  const { before, chosen } = await requireOrPreparePassword(
    deps,
    caller,
    addressKind,
    address,
    password,
    requester,
  );
  if (before[addressKind] === address) throw new AccountError(taken);
  const { id } = before;
  const now = deps.clock.now();
  const update = (deps: AddressDeps) =>
    inTransaction(deps.db, async (tx) => {
      await claimAddress(deps, tx, { kind: addressKind, address, userId: id, taken }, requester);
      const row = await lockCaller(tx, caller);
      if (row.passwordVersion !== before.passwordVersion) throw new AccountError('USER_INVALID_CREDENTIALS');
      await endMessagesToAddress(tx, row, addressKind);
      const user = await setDisplayedAddress(deps, tx, row, addressKind, address, requester);
      if (!user) throw new AccountError(taken);
      const changed = chosen ? await replacePassword(tx, id, null, chosen, now) : user;
      const detail = `address.update ${addressKind}` as const;
      const recorded = { user: row, session: caller.session, detail, notice };
      await recordSecurityChange(
        deps,
        tx,
        { ...addressChange(row, addressKind, address), ...recorded },
        requester,
      );
      if (chosen) {
        const version = changed.passwordVersion;
        const first = {
          kind: 'PASSWORD',
          action: 'added',
          subject: String(version),
          state: { version },
        } as const;
        const rest = { user: row, session: caller.session, detail: 'password.create' } as const;
        await recordSecurityChange(deps, tx, { ...first, ...rest, notice: 'passwordChanged' }, requester);
      }
      return userView(changed);
    });
  return withDecisions(deps, update);
}

/**
 * Checks the password of the account. If the account has none, prepares this one as its first password.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_CHALLENGE_REQUIRED,
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_BREACHED, USER_PASSWORD_PERSONAL_DATA
 */
async function requireOrPreparePassword(
  deps: AddressDeps,
  caller: SignedIn,
  addressKind: AddressKind,
  address: string,
  password: string,
  requester: Requester,
): Promise<{ before: UserRow; chosen: PreparedPassword | null }> {
  const candidate = parsePassword('password', password);
  const before = await getCaller(deps, caller);
  if (storedPasswordOf(before)) {
    await requirePassword(deps, before, candidate, requester);
    return { before, chosen: null };
  }
  const allowed = parseNewPassword(deps.config, candidate, {
    ...personalDataOf(before),
    [addressKind]: address,
  });
  await requireFreshProof(deps, caller);
  return { before, chosen: await prepareNewPassword(deps, before, await rejectBreached(deps, allowed)) };
}
