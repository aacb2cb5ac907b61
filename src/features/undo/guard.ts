import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import type { KnownDevice } from '../../devices/known-devices.js';
import type { Requester } from '../../origin/requester.js';
import type { CredentialJson } from '../../secrets/webauthn.js';
import { checkAuthenticatorCode, findAuthenticator, findTimeStep } from '../mfa/authenticators/service.js';
import { claimFactorGuess, rejectResponse } from '../mfa/challenges/guesses.js';
import type { ConsumeProof } from '../mfa/challenges/proof.js';
import { checkRecoveryCode, findMatchingCode, findRecoveryCodes } from '../mfa/recovery-codes/service.js';
import { consumeCeremony } from '../passkeys/ceremonies.js';
import { recordPasskeyUse, verifyOneOf } from '../passkeys/proof.js';
import { findPasskeys, publicKeyOf } from '../passkeys/service.js';
import { isFromSettledDevice, replaceChangeState, type SecurityChange } from '../security-changes/service.js';
import type { ChangeCore, ChangeKind, ChangeStates } from '../security-changes/states.js';

// Second factors, and what an account lost of them, must not depend on the mailbox alone. This module decides who may revert such a
// change: someone with a factor that the account had before all listed changes, or the owner's device.

export type GuardDeps = Pick<
  Deps,
  'box' | 'canSend' | 'clock' | 'db' | 'keyedDigest' | 'limiter' | 'outbox' | 'webauthn'
>;

/** The device that a request comes from, if the account knows it. */
export interface AskingDevice {
  readonly id: string;
  readonly since: Date;
  readonly passkeyIds: readonly string[];
}

/** A known device, as this module needs it. */
export const askingDevice = (device: KnownDevice | null): AskingDevice | null =>
  device && { id: device.id, since: device.createdAt, passkeyIds: device.passkeyIds };

/**
 * Whether a device may revert what is guarded in a change: the account had known it for seven days before, it made none of the listed
 * changes, and it did not sign in with a passkey that was removed since. Recoveries and reverts do not count as changes here, because they
 * are how an owner defends the account.
 */
export const mayRevertWithoutFactor = (
  device: AskingDevice | null,
  change: SecurityChange,
  changingDevices: ReadonlySet<string>,
  passkeyIds: readonly string[],
): boolean =>
  device !== null &&
  isFromSettledDevice({ deviceSince: device.since }, change.createdAt) &&
  !changingDevices.has(device.id) &&
  device.passkeyIds.every((id) => passkeyIds.includes(id));

/** The devices that made a change, except by a recovery or a revert. */
export const changingDevicesOf = (changes: readonly SecurityChange[]): Set<string> =>
  new Set(
    changes.flatMap(({ kind, deviceId }) =>
      kind === 'RECOVERY' || kind === 'REVERT' || deviceId === null ? [] : [deviceId],
    ),
  );

/** A factor that the user gives for a revert. */
export interface GivenFactor {
  readonly otp?: string | null | undefined;
  readonly ceremonyId?: string | null | undefined;
  readonly credential?: CredentialJson | null | undefined;
}

/**
 * Checks a factor that the account had before all listed changes, and that none of them added. A factor that one of them removed counts.
 * A wrong one is a wrong guess at that factor.
 *
 * @returns The write that uses the factor up. Null if no factor was given.
 * @throws {AccountError} USER_INVALID_TOKEN, GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function checkFormerFactor(
  deps: GuardDeps,
  userId: string,
  changes: readonly SecurityChange[],
  { otp, ceremonyId, credential }: GivenFactor,
  requester: Requester,
): Promise<ConsumeProof | null> {
  if (otp == null && credential == null) return null;
  const kind = credential != null ? 'PASSKEY' : /^\d{6}$/.test(plainCode(otp)) ? 'TOTP' : 'RECOVERY_CODE';
  const reportOutcome = await claimFactorGuess(deps, { user: { id: userId } }, kind, requester);
  let outcome: 'passed' | 'failed' = 'failed';
  try {
    const former = new FormerFactors(changes);
    const consume =
      credential != null
        ? await checkPasskey(deps, userId, former, ceremonyId ?? '', credential)
        : kind === 'TOTP'
          ? await checkCode(deps, userId, former, plainCode(otp))
          : await checkSavedCode(deps, userId, former, otp ?? '');
    if (!consume) return await rejectResponse(deps, { user: { id: userId } }, requester);
    outcome = 'passed';
    return consume;
  } finally {
    await reportOutcome(outcome);
  }
}

const plainCode = (otp: string | null | undefined): string => (otp ?? '').replaceAll(/[\s-]/g, '');

/** The factors that an account had before the listed changes. */
class FormerFactors {
  readonly #oldest: number;

  constructor(private readonly changes: readonly SecurityChange[]) {
    this.#oldest = changes.at(-1)?.createdAt.getTime() ?? Number.POSITIVE_INFINITY;
  }

  /** Whether the account had a factor before the listed changes, and none of them added it. */
  includes = ({ id, createdAt }: { readonly id: string; readonly createdAt: Date | string }): boolean =>
    Date.parse(typeof createdAt === 'string' ? createdAt : createdAt.toISOString()) < this.#oldest &&
    !this.changes.some((change) => isAddition(change, id));

  /** The changes of a kind, which keep what they removed. */
  changesOf<Kind extends ChangeKind>(kind: Kind): (ChangeCore<Kind> & { readonly id: string })[] {
    return this.changes.filter((change) => change.kind === kind) as never;
  }
}

const isAddition = ({ kind, action, subject, state }: SecurityChange, id: string): boolean =>
  kind === 'RECOVERY_CODES' ? state.ids.includes(id) : action === 'added' && subject === id;

async function checkCode(
  deps: GuardDeps,
  userId: string,
  former: FormerFactors,
  code: string,
): Promise<ConsumeProof | null> {
  const current = await findAuthenticator(deps.db, userId);
  if (current && former.includes(current)) {
    const consume = await checkAuthenticatorCode(deps, userId, code);
    if (consume) return consume;
  }
  for (const { id, state } of former.changesOf('AUTHENTICATOR')) {
    const { row } = state;
    const step = row && former.includes(row) ? await findTimeStep(deps, row, code) : null;
    if (row && step !== null && step > row.lastStep)
      return (tx) => useUp<'AUTHENTICATOR'>(tx, id, state, { row: { ...row, lastStep: step } });
  }
  return null;
}

async function checkSavedCode(
  deps: GuardDeps,
  userId: string,
  former: FormerFactors,
  code: string,
): Promise<ConsumeProof | null> {
  const current = await findRecoveryCodes(deps.db, userId);
  const match = await findMatchingCode(deps, current.filter(former.includes), code);
  if (match) return checkRecoveryCode(deps, userId, code);
  for (const { id, state } of former.changesOf('RECOVERY_CODES')) {
    const replaced = await findMatchingCode(deps, state.rows.filter(former.includes), code);
    if (!replaced) continue;
    const rows = state.rows.filter((row) => row.id !== replaced.id);
    return (tx) => useUp<'RECOVERY_CODES'>(tx, id, state, { ...state, rows });
  }
  return null;
}

/** Of two requests with one code, one finds the code used. */
async function useUp<Kind extends keyof ChangeStates>(
  tx: Transaction,
  id: string,
  from: ChangeStates[Kind],
  to: ChangeStates[Kind],
): Promise<void> {
  if (!(await replaceChangeState<Kind>(tx, id, from, to))) throw new AccountError('USER_INVALID_TOKEN');
}

async function checkPasskey(
  deps: GuardDeps,
  userId: string,
  former: FormerFactors,
  ceremonyId: string,
  credential: CredentialJson,
): Promise<ConsumeProof | null> {
  const nonce = await consumeCeremony(deps, 'sign-in', null, ceremonyId);
  const current = (await findPasskeys(deps.db, userId)).filter(former.includes);
  const removed = former
    .changesOf('PASSKEY')
    .flatMap(({ state }) => (state.row && former.includes(state.row) ? [state.row] : []))
    .map((row) => ({ credentialId: row.credentialId, publicKey: publicKeyOf(row), passkey: null }));
  const keys = [...current.map((passkey) => ({ ...passkey, passkey })), ...removed];
  const proven = await verifyOneOf(deps, credential, nonce, userId, keys);
  if (!proven) return null;
  const { assertion } = proven;
  const { passkey } = proven.key;
  // A removed passkey has no counter any more. Its ceremony can be used once only.
  return async (tx: Transaction) => {
    if (passkey) await recordPasskeyUse(tx, { passkey, assertion }, deps.clock.now());
  };
}
