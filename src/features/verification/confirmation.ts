import type { Sql } from '../../db/sql.js';
import type { Deps } from '../../deps.js';
import type { Token } from '../../generated/prisma/client.js';
import { findKnownDevice } from '../../devices/known-devices.js';
import type { Requester } from '../../origin/requester.js';
import { listChanges, type SecurityChange } from '../security-changes/service.js';
import type { ChangeKind } from '../security-changes/states.js';
import { hasVerifiedAddress, isOwnRequest } from '../users/addresses.js';
import { type AddressKind, findUser, verifiedAddress, type UserRow } from '../users/service.js';

// Where a confirmation may be given, and what the page behind its link says.

const methodKinds: readonly ChangeKind[] = [
  'PASSKEY',
  'IDENTITY',
  'AUTHENTICATOR',
  'RECOVERY_CODES',
  'PHONE',
];

/**
 * Finds the sign-in methods that neither this session nor this device added. When an account verifies its first address, they may be
 * those of a stranger who led the user into this account.
 */
export async function findForeignMethods(
  { clock }: Pick<Deps, 'clock'>,
  db: Sql,
  userId: string,
  session: { readonly id: string } | null,
  { deviceDigest }: Pick<Requester, 'deviceDigest'>,
): Promise<SecurityChange[]> {
  const now = clock.now();
  const device = await findKnownDevice(db, userId, deviceDigest, now);
  return (await listChanges(db, userId, now)).filter(
    ({ kind, action, sessionId, deviceId }) =>
      action === 'added' &&
      methodKinds.includes(kind) &&
      (session === null || sessionId !== session.id) &&
      (device === null || deviceId !== device.id),
  );
}

/** What the page behind a link says of the confirmation it asks for. */
export interface ConfirmationView {
  /** Whether the request comes from the browser that asked, or from the account itself. */
  readonly isExpectedBrowser: boolean;
  readonly mayConfirm: boolean;
  /** Whether the account has proven the address meanwhile. */
  readonly isConfirmed: boolean;
  /** Whether the password keeps what was added to the account. */
  readonly asksPassword: boolean;
  /** Sign-in methods that were added elsewhere, if the account verifies its first address. */
  readonly foreignMethods: readonly SecurityChange[];
}

/**
 * Describes the page of a verification link. If the account has already verified another address, only the browser that requested
 * the link or a browser of the account may confirm it.
 *
 * @param caller Who is signed in in the browser.
 */
export async function describeConfirmation(
  deps: Pick<Deps, 'clock' | 'keyedDigest' | 'db'>,
  token: Pick<Token, 'userId' | 'address' | 'browserDigest'>,
  caller: { readonly userId: string; readonly sessionId: string } | null,
  requester: Pick<Requester, 'deviceDigest' | 'browserDigest'>,
): Promise<ConfirmationView> {
  const callerId = caller?.userId ?? null;
  const holder = token.userId === null ? null : await findUser(deps.db, token.userId);
  if (!holder)
    return {
      isExpectedBrowser: false,
      mayConfirm: false,
      isConfirmed: false,
      asksPassword: false,
      foreignMethods: [],
    };
  const isExpectedBrowser =
    isAsker(token, requester) || (await isOwnRequest(deps, deps.db, holder, requester, callerId));
  return {
    isExpectedBrowser,
    asksPassword: !isExpectedBrowser && !hasVerifiedAddress(holder) && holder.passwordHash !== null,
    foreignMethods: hasVerifiedAddress(holder)
      ? []
      : await findForeignMethods(
          deps,
          deps.db,
          holder.id,
          caller?.userId === holder.id ? { id: caller.sessionId } : null,
          requester,
        ),
    mayConfirm: await mayConfirm(deps, deps.db, holder, 'email', token, callerId, requester),
    isConfirmed: verifiedAddress(holder, 'email') === token.address,
  };
}

export async function mayConfirm(
  deps: Pick<Deps, 'clock'>,
  db: Sql,
  holder: UserRow,
  addressKind: AddressKind,
  token: Pick<Token, 'address' | 'browserDigest'>,
  callerId: string | null,
  requester: Pick<Requester, 'deviceDigest' | 'browserDigest'>,
): Promise<boolean> {
  const isEstablished = hasVerifiedAddress(holder) && verifiedAddress(holder, addressKind) !== token.address;
  return !isEstablished || isAsker(token, requester) || isOwnRequest(deps, db, holder, requester, callerId);
}

export const isAsker = (
  { browserDigest }: Pick<Token, 'browserDigest'>,
  requester: Pick<Requester, 'browserDigest'>,
): boolean => browserDigest !== null && browserDigest === requester.browserDigest;
