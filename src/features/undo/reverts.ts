import { fromIso } from '../../clock.js';
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
import type {
  AddressPair,
  AddressState,
  ChangeCore,
  ChangeKind,
  ChangeStates,
  FormerAddresses,
} from '../security-changes/states.js';
import { freeAddress, setAddresses } from '../users/addresses.js';
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
  /** The new state of the change, if the revert used up a part of it. */
  readonly remaining?: ChangeStates[ChangeKind];
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
  /** The address that the link of the request was sent to; null without a link. */
  readonly provenAddress: string | null;
  /** Whether a later change, not by the owner and not reverted, replaced the effect of this one. This one then stays listed. */
  readonly isCovered: boolean;
  /** Whether the request reverts that something was added, so that it must not come back. */
  readonly isUnwanted: (kind: ChangeKind, subject: string) => boolean;
  /** The changes that the request reverts, also those that were reverted before, newest first. What they added must not come back. */
  readonly unwanted: readonly ChangeCore[];
}

const noEffects: Outcome = { status: 'reverted', effects: [] };
const kept: Outcome = { status: 'kept', effects: [] };

type Reverts = {
  readonly [Kind in ChangeKind]: (context: RevertContext, change: ChangeCore<Kind>) => Promise<Outcome>;
};

const reverts: Reverts = {
  // The server does not store former passwords. `service.ts` removes the password.
  PASSWORD: async () => noEffects,
  RECOVERY: async () => noEffects,
  EMAIL: (context, change) => revertAddress(context, 'email', change),
  PHONE: (context, change) => revertAddress(context, 'phone', change),

  async AUTHENTICATOR({ tx, user, mayRevertGuarded, isUnwanted }, { action, subject, state }) {
    if (!mayRevertGuarded) return kept;
    const current = await findAuthenticator({ prisma: tx }, user.id);
    if (action === 'added') {
      if (current?.id !== subject) return noEffects;
      await deleteAuthenticators(tx, user.id);
      const row = authenticatorToJson(current);
      return reverted({ kind: 'AUTHENTICATOR', action: 'removed', subject, state: { row } });
    }
    if (current || !state.row || isUnwanted('AUTHENTICATOR', subject)) return noEffects;
    await restoreAuthenticator(tx, user.id, state.row);
    return reverted({ kind: 'AUTHENTICATOR', action: 'added', subject, state: { row: null } });
  },

  async RECOVERY_CODES({ tx, user, mayRevertGuarded, unwanted }, { state }) {
    if (!mayRevertGuarded) return kept;
    const current = await findRecoveryCodes({ prisma: tx }, user.id);
    if (current.some(({ id }) => !state.ids.includes(id))) return noEffects;
    const rows = wantedCodes(unwanted, state.rows);
    await restoreRecoveryCodes(tx, user.id, rows);
    const effect = stateOf(rows, current);
    // A code that is used from now on must not come back, if the change is listed and reverted again.
    const remaining = { ...state, rows: [] };
    return {
      ...reverted({ kind: 'RECOVERY_CODES', action: 'switched', subject: '', state: effect }),
      remaining,
    };
  },

  async PASSKEY({ tx, user, deps, mayRevertGuarded, isUnwanted }, { action, subject, state }) {
    const current = (await findPasskeys({ prisma: tx }, user.id)).find(({ id }) => id === subject);
    if (action === 'switched') {
      if (!current || state.formerName === undefined) return noEffects;
      await setPasskeyName(tx, subject, state.formerName, deps.clock.now());
      const effect = { row: null, formerName: current.name };
      return reverted({ kind: 'PASSKEY', action, subject, state: effect });
    }
    if (action === 'added') {
      if (!current) return noEffects;
      await deletePasskeys(tx, user.id, { id: subject });
      const row = passkeyToJson(current);
      return reverted({ kind: 'PASSKEY', action: 'removed', subject, state: { row } });
    }
    if (current || !state.row || isUnwanted('PASSKEY', subject)) return noEffects;
    if (!mayRevertGuarded || !(await restorePasskey(tx, user.id, state.row))) return kept;
    return reverted({ kind: 'PASSKEY', action: 'added', subject, state: { row: null } });
  },

  async IDENTITY({ tx, user, mayRevertGuarded, isUnwanted }, { action, subject, state }) {
    const current = await findIdentity(tx, user.id, subject);
    if (action === 'added') {
      if (!current) return noEffects;
      await deleteIdentities(tx, user.id, { id: subject });
      const row = identityToJson(current);
      return reverted({ kind: 'IDENTITY', action: 'removed', subject, state: { row } });
    }
    if (current || !state.row || isUnwanted('IDENTITY', subject)) return noEffects;
    if (!mayRevertGuarded || !(await restoreIdentity(tx, user.id, state.row))) return kept;
    return reverted({ kind: 'IDENTITY', action: 'added', subject, state: { row: null } });
  },

  async MFA(context, { state }) {
    const { tx, user, deps, mayRevertGuarded } = context;
    if (!mayRevertGuarded) return kept;
    if (user.mfaEnabled !== state.enabled) return noEffects;
    const enabled = !state.enabled;
    const fields = { mfaEnabled: enabled, mailboxSuffices: true };
    context.user = await updateUserFields(tx, user.id, fields, deps.clock.now());
    return reverted({ kind: 'MFA', action: 'switched', subject: '', state: { enabled } });
  },

  async BLOCK(context) {
    const { tx, user, deps } = context;
    context.user = await updateUserFields(tx, user.id, { enabled: true }, deps.clock.now());
    return noEffects;
  },

  async DELETION(context, { state: { deleteAt } }) {
    const { tx, user, deps } = context;
    if (deleteAt === null) return kept;
    if (user.deleteAt?.toISOString() !== deleteAt) return noEffects;
    context.user = await setDeletionTime(tx, user.id, null, deps.clock.now());
    return noEffects;
  },

  // What a revert did are changes of their own, which `revert.ts` reverts together with it.
  REVERT: async () => noEffects,
};

/** Reverts one change. */
export const revertChange = (context: RevertContext, change: ChangeCore): Promise<Outcome> =>
  (reverts[change.kind] as (context: RevertContext, change: ChangeCore) => Promise<Outcome>)(context, change);

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
      return lostAddresses(state).length > 0;
    default:
      return false;
  }
}

/** The addresses that a change took away. */
const lostAddresses = ({ before, after }: AddressState): string[] =>
  [...new Set([before.displayed, before.verified])].filter(
    (address) => address !== null && address !== after.displayed && address !== after.verified,
  ) as string[];

/**
 * Removes an address that a change added, and gives the account back the one that it had before. Another account that only displays that
 * one loses it. If another account has verified it, this account has none.
 */
async function revertAddress(
  context: RevertContext,
  addressKind: AddressKind,
  { subject, state }: ChangeCore<'EMAIL' | 'PHONE'>,
): Promise<Outcome> {
  const { tx, user, deps, mayRevertGuarded, provenAddress } = context;
  const { after } = state;
  const before = {
    displayed: wantedAddress(context, addressKind, 'displayed', state.before).address,
    ...verifiedBefore(context, addressKind, state.before),
  };
  const former = formerAddresses(user, addressKind);
  const isDisplayed = after.displayed !== undefined && former.displayed === after.displayed;
  const isVerified = after.verified !== undefined && former.verified === after.verified;
  if (!isDisplayed && !isVerified) return context.isCovered ? kept : noEffects;
  // The links of email notices went to the former address. A number is proven only by the SMS that carried the link.
  const restore = async (wanted: string | null): Promise<string | null> =>
    wanted !== null &&
    (addressKind === 'email' || mayRevertGuarded || wanted === provenAddress) &&
    (await reclaim(context, addressKind, wanted))
      ? wanted
      : null;
  const changesVerified = isVerified && before.verified !== after.verified;
  // The holder of a link has just proven this address.
  if (changesVerified && former.verified !== null && former.verified === provenAddress) return kept;
  const verified = changesVerified ? await restore(before.verified) : former.verified;
  const isNewDisplayed = isDisplayed && before.displayed !== after.displayed;
  const displayed = isNewDisplayed
    ? ((await restore(before.displayed)) ?? verified)
    : isDisplayed && former.displayed !== verified
      ? verified
      : former.displayed;
  const lost =
    (isVerified && before.verified !== null && before.verified !== verified) ||
    (isNewDisplayed && before.displayed !== null && displayed === null);
  if (displayed === former.displayed && verified === former.verified) return lost ? kept : noEffects;
  const since = before.unsettledSince === null ? null : fromIso(before.unsettledSince);
  context.user = await setAddresses(tx, user, addressKind, { displayed, verified }, since, deps.clock.now());
  const effect: ChangeCore = {
    kind: addressKind === 'email' ? 'EMAIL' : 'PHONE',
    action: 'switched',
    subject: displayed ?? subject,
    state: {
      after: {
        ...(displayed !== former.displayed && { displayed }),
        ...(verified !== former.verified && { verified }),
      },
      before: former,
    },
  };
  if (!lost) return { status: 'reverted', effects: [effect] };
  // The rest can be restored later. What the change added must not come back then.
  const isAdded = before.displayed === after.displayed;
  const remaining = {
    after: { displayed, verified },
    before: { ...before, displayed: isAdded ? before.verified : before.displayed },
  };
  return { status: 'partly', effects: [effect], remaining };
}

/** The addresses of an account, as a change keeps them. */
const formerAddresses = (user: UserRow, addressKind: AddressKind): FormerAddresses => {
  const since = addressKind === 'email' ? user.emailUnsettledSince : user.phoneUnsettledSince;
  return {
    displayed: user[addressKind],
    verified: verifiedAddress(user, addressKind),
    unsettledSince: since?.toISOString() ?? null,
  };
};

/**
 * The address that an account had before changes that are unwanted. An attacker who replaces an address twice must not get the first one
 * back by the revert of the second change. The reader of a link gets back the address that the link was sent to.
 */
function wantedAddress(
  { unwanted, provenAddress }: Pick<RevertContext, 'unwanted' | 'provenAddress'>,
  addressKind: AddressKind,
  column: keyof AddressPair,
  former: FormerAddresses,
): { address: string | null; unsettledSince: string | null } {
  let [address, unsettledSince] = [former[column], former.unsettledSince];
  for (const { kind, state } of unwanted) {
    const isOfKind = kind === (addressKind === 'email' ? 'EMAIL' : 'PHONE');
    if (
      !isOfKind ||
      address === null ||
      address === provenAddress ||
      state.after[column] !== address ||
      state.before[column] === address
    )
      continue;
    [address, unsettledSince] = [state.before[column], state.before.unsettledSince];
  }
  return { address, unsettledSince };
}

function verifiedBefore(
  context: Pick<RevertContext, 'unwanted' | 'provenAddress'>,
  addressKind: AddressKind,
  former: FormerAddresses,
) {
  const { address: verified, unsettledSince } = wantedAddress(context, addressKind, 'verified', former);
  return { verified, unsettledSince };
}

/** The recovery codes that an account had before changes that are unwanted. */
function wantedCodes(unwanted: readonly ChangeCore[], rows: CodeRows): CodeRows {
  let wanted = rows;
  for (const { kind, state } of unwanted)
    if (kind === 'RECOVERY_CODES' && wanted.some(({ id }) => state.ids.includes(id))) wanted = state.rows;
  return wanted;
}
type CodeRows = ChangeStates['RECOVERY_CODES']['rows'];

/** Whether the account can have an address again. Takes it off an account that displays it without having verified it. */
async function reclaim(
  { deps, tx, user, requester }: RevertContext,
  addressKind: AddressKind,
  address: string,
): Promise<boolean> {
  const holder = await freeAddress(tx, user.id, addressKind, address, deps.clock.now());
  if (typeof holder !== 'string') await removeClaim(deps, tx, holder, addressKind, requester);
  return holder !== 'taken';
}
