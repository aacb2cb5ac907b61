import type { Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import type { Requester } from '../../origin/requester.js';
import { removeClaim } from '../addresses/claims.js';
import {
  authenticatorToJson,
  deleteAuthenticators,
  findAuthenticator,
  restoreAuthenticator,
} from '../mfa/authenticators/service.js';
import { findRecoveryCodes, restoreRecoveryCodes, stateOf } from '../mfa/recovery-codes/service.js';
import {
  deleteIdentities,
  findIdentity,
  identityToJson,
  restoreIdentity,
} from '../oauth2/identities/service.js';
import {
  deletePasskeys,
  findPasskeys,
  passkeyToJson,
  restorePasskey,
  setPasskeyName,
} from '../passkeys/service.js';
import { markNotReverted } from '../security-changes/service.js';
import type { AddressState, ChangeCore, ChangeKind } from '../security-changes/states.js';
import { lockUserByAddress, setAddresses } from '../users/addresses.js';
import {
  type AddressKind,
  setDeletionTime,
  updateUserFields,
  type UserRow,
  verifiedAddress,
} from '../users/service.js';

// How each kind of security change is reverted: one entry for each kind. A change that no longer has an effect, because a later one
// replaced it, counts as reverted: what the owner changed since stays.

/** What a revert did. */
export interface Outcome {
  /** `partly`: what the change added is gone, but what it had replaced is not back. `kept`: nothing was reverted. */
  readonly status: 'reverted' | 'partly' | 'kept';
  /** What it did, as changes that can be reverted themselves. */
  readonly effects: readonly ChangeCore[];
  /** What is left to revert, if a part of it was reverted. */
  readonly remaining?: AddressState;
}

/** What the reverts of one request share. */
export interface RevertContext {
  readonly deps: Pick<Deps, 'clock' | 'outbox'>;
  readonly tx: Transaction;
  /** The account as it is now. Reverts replace it. */
  user: UserRow;
  readonly requester: Requester;
  /** Whether the request may revert what is guarded in this change. */
  readonly mayRevertGuarded: boolean;
  /** Whether the same request reverts that something was added, so that it must not come back. */
  readonly isUnwanted: (kind: ChangeKind, subject: string) => boolean;
}

const nothing: Outcome = { status: 'reverted', effects: [] };
const kept: Outcome = { status: 'kept', effects: [] };

type Reverts = {
  readonly [Kind in ChangeKind]: (context: RevertContext, change: ChangeCore<Kind>) => Promise<Outcome>;
};

const reverts: Reverts = {
  // The server does not store former passwords. `service.ts` removes the password.
  PASSWORD: async () => nothing,
  RECOVERY: async () => nothing,
  EMAIL: (context, change) => revertAddress(context, 'email', change),
  PHONE: (context, change) => revertAddress(context, 'phone', change),

  async AUTHENTICATOR({ tx, user, mayRevertGuarded, isUnwanted }, { action, subject, state }) {
    if (!mayRevertGuarded) return kept;
    const current = await findAuthenticator({ prisma: tx }, user.id);
    if (action === 'added') {
      if (current?.id !== subject) return nothing;
      await deleteAuthenticators(tx, user.id);
      const row = authenticatorToJson(current);
      return reverted({ kind: 'AUTHENTICATOR', action: 'removed', subject, state: { row } });
    }
    if (current || !state.row || isUnwanted('AUTHENTICATOR', subject)) return nothing;
    await restoreAuthenticator(tx, user.id, state.row);
    return reverted({ kind: 'AUTHENTICATOR', action: 'added', subject, state: { row: null } });
  },

  async RECOVERY_CODES({ tx, user, mayRevertGuarded }, { state }) {
    if (!mayRevertGuarded) return kept;
    const current = await findRecoveryCodes({ prisma: tx }, user.id);
    if (current.some(({ id }) => !state.ids.includes(id))) return nothing;
    await restoreRecoveryCodes(tx, user.id, state.rows);
    const effect = stateOf(state.rows, current);
    return reverted({ kind: 'RECOVERY_CODES', action: 'switched', subject: '', state: effect });
  },

  async PASSKEY({ tx, user, deps, mayRevertGuarded, isUnwanted }, { action, subject, state }) {
    const current = (await findPasskeys({ prisma: tx }, user.id)).find(({ id }) => id === subject);
    if (action === 'switched') {
      if (!current || state.formerName === undefined) return nothing;
      await setPasskeyName(tx, subject, state.formerName, deps.clock.now());
      const effect = { row: null, formerName: current.name };
      return reverted({ kind: 'PASSKEY', action, subject, state: effect });
    }
    if (action === 'added') {
      if (!current) return nothing;
      await deletePasskeys(tx, user.id, { id: subject });
      const row = passkeyToJson(current);
      return reverted({ kind: 'PASSKEY', action: 'removed', subject, state: { row } });
    }
    if (current || !state.row || isUnwanted('PASSKEY', subject)) return nothing;
    if (!mayRevertGuarded || !(await restorePasskey(tx, user.id, state.row))) return kept;
    return reverted({ kind: 'PASSKEY', action: 'added', subject, state: { row: null } });
  },

  async IDENTITY({ tx, user, mayRevertGuarded, isUnwanted }, { action, subject, state }) {
    const current = await findIdentity(tx, user.id, subject);
    if (action === 'added') {
      if (!current) return nothing;
      await deleteIdentities(tx, user.id, { id: subject });
      const row = identityToJson(current);
      return reverted({ kind: 'IDENTITY', action: 'removed', subject, state: { row } });
    }
    if (current || !state.row || isUnwanted('IDENTITY', subject)) return nothing;
    if (!mayRevertGuarded || !(await restoreIdentity(tx, user.id, state.row))) return kept;
    return reverted({ kind: 'IDENTITY', action: 'added', subject, state: { row: null } });
  },

  async MFA(context, { state }) {
    const { tx, user, deps, mayRevertGuarded } = context;
    if (!mayRevertGuarded) return kept;
    if (user.mfaEnabled !== state.enabled) return nothing;
    const enabled = !state.enabled;
    const fields = { mfaEnabled: enabled, mailboxSuffices: true };
    context.user = await updateUserFields(tx, user.id, fields, deps.clock.now());
    return reverted({ kind: 'MFA', action: 'switched', subject: '', state: { enabled } });
  },

  async BLOCK(context) {
    const { tx, user, deps } = context;
    context.user = await updateUserFields(tx, user.id, { enabled: true }, deps.clock.now());
    return nothing;
  },

  async DELETION(context, { state: { deleteAt } }) {
    const { tx, user, deps } = context;
    if (deleteAt === null) return kept;
    if (user.deleteAt?.toISOString() !== deleteAt) return nothing;
    context.user = await setDeletionTime(tx, user.id, null, deps.clock.now());
    return nothing;
  },

  async REVERT(context, { state: { changeIds, effects } }) {
    const outcomes: Outcome[] = [];
    for (const effect of [...effects].reverse()) outcomes.push(await revertChange(context, effect));
    if (outcomes.some(({ status }) => status === 'kept'))
      return { status: 'kept', effects: effectsOf(outcomes) };
    await markNotReverted(context.tx, changeIds);
    const isPartly = outcomes.some(({ status }) => status === 'partly');
    return { status: isPartly ? 'partly' : 'reverted', effects: effectsOf(outcomes) };
  },
};

/** Reverts one change. */
export const revertChange = (context: RevertContext, change: ChangeCore): Promise<Outcome> =>
  (reverts[change.kind] as (context: RevertContext, change: ChangeCore) => Promise<Outcome>)(context, change);

/** What several reverts did, in order. */
export const effectsOf = (outcomes: readonly Outcome[]): ChangeCore[] =>
  outcomes.flatMap(({ effects }) => [...effects]);

const reverted = (effect: ChangeCore): Outcome => ({ status: 'reverted', effects: [effect] });

/** Whether a mailbox alone must not revert all of a change, because it restores or removes a factor. */
export function isGuarded({ kind, action, state }: ChangeCore): boolean {
  switch (kind) {
    case 'AUTHENTICATOR':
    case 'RECOVERY_CODES':
    case 'MFA':
      return true;
    case 'PASSKEY':
    case 'IDENTITY':
      return action === 'removed';
    case 'PHONE':
      return state.before.displayed !== null || state.before.verified !== null;
    case 'REVERT':
      return state.effects.some(isGuarded);
    default:
      return false;
  }
}

/**
 * Removes an address that a change added, and gives the account back the one that it had before. Another account that only displays that
 * one loses it. If another account has verified it, this account has none.
 */
async function revertAddress(
  context: RevertContext,
  addressKind: AddressKind,
  { subject, state: { address, before } }: ChangeCore<'EMAIL' | 'PHONE'>,
): Promise<Outcome> {
  const { deps, tx, user, mayRevertGuarded } = context;
  // After a part of it was reverted, `address` is null: the account has none, and still lacks the one that it had before.
  const former = { displayed: user[addressKind], verified: verifiedAddress(user, addressKind) };
  const isDisplayed = former.displayed === address;
  const isVerified = former.verified === address;
  if (!isDisplayed && !isVerified) return nothing;
  // The links of email notices went to the former address. No link proves a phone number.
  const mayRestore = addressKind === 'email' || mayRevertGuarded;
  const restore = async (wanted: string | null): Promise<string | null> =>
    wanted !== null && wanted !== address && mayRestore && (await reclaim(context, addressKind, wanted))
      ? wanted
      : null;
  const verified = isVerified ? await restore(before.verified) : former.verified;
  const displayed = isDisplayed ? ((await restore(before.displayed)) ?? verified) : former.displayed;
  const lost =
    (isVerified && before.verified !== null && before.verified !== verified) ||
    (isDisplayed && before.displayed !== null && before.displayed !== address && displayed === null);
  if (displayed === former.displayed && verified === former.verified) return lost ? kept : nothing;
  context.user = await setAddresses(tx, user.id, addressKind, { displayed, verified }, deps.clock.now());
  const kind = addressKind === 'email' ? 'EMAIL' : 'PHONE';
  const effect: ChangeCore = {
    kind,
    action: 'switched',
    subject: displayed ?? subject,
    state: { address: displayed, before: former },
  };
  const effects = [effect];
  if (!lost) return { status: 'reverted', effects };
  return { status: 'partly', effects, remaining: { address: null, before } };
}

/** Whether the account can have an address again. Takes it off an account that displays it without having verified it. */
async function reclaim(
  { deps, tx, user, requester }: RevertContext,
  addressKind: AddressKind,
  address: string,
): Promise<boolean> {
  const holder = await lockUserByAddress(tx, addressKind, address, deps.clock.now());
  if (!holder || holder.id === user.id) return true;
  if (verifiedAddress(holder, addressKind) === address) return false;
  await removeClaim(deps, tx, holder, addressKind, requester);
  return true;
}
