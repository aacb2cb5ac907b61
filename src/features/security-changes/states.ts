import type { Authenticator, Identity, Passkey, RecoveryCode } from '../../generated/prisma/client.js';

// What the server stores of a security change, so that `features/undo` can revert it. A new kind is an entry here and one there.

/** The kinds of security changes, as `SecurityChangeKind` of the schema lists them. */
export const changeKinds = [
  'PASSWORD',
  'EMAIL',
  'PHONE',
  'AUTHENTICATOR',
  'RECOVERY_CODES',
  'PASSKEY',
  'IDENTITY',
  'MFA',
  'BLOCK',
  'DELETION',
  'RECOVERY',
  'REVERT',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What a change did. An added sign-in method is reverted more readily than one that was removed or switched. */
export type ChangeAction = 'added' | 'removed' | 'switched';

/** A row as JSON keeps it: instants are ISO strings. */
export type JsonRow<Row> = {
  readonly [Column in keyof Row]: Row[Column] extends Date ? string : Row[Column];
};

/** A passkey as JSON keeps it. */
export type PasskeyJson = JsonRow<Omit<Passkey, 'publicKey' | 'counter' | 'lastUsedAt'>> & {
  /** Base64. */
  readonly publicKey: string;
  readonly counter: string;
  readonly lastUsedAt: string | null;
};

/** The displayed and the verified address of an account. */
export interface AddressPair {
  readonly displayed: string | null;
  readonly verified: string | null;
}

/** The same, and since when the verified address was unsettled (see `User.emailUnsettledSince`), as an ISO string. */
export interface FormerAddresses extends AddressPair {
  readonly unsettledSince: string | null;
}

/**
 * What a change of an address did. A column that it did not change is missing in `after`. A new displayed address counts as changed in both,
 * because the account may verify it later.
 */
export interface AddressState {
  readonly after: Partial<AddressPair>;
  readonly before: FormerAddresses;
}

/** What the server stores of each kind. `row` and `rows` are what the change removed. */
export interface ChangeStates {
  /** The version of the new password. The former password is not stored. */
  readonly PASSWORD: { readonly version: number };
  readonly RECOVERY: { readonly version: number };
  readonly EMAIL: AddressState;
  readonly PHONE: AddressState;
  readonly AUTHENTICATOR: { readonly row: JsonRow<Authenticator> | null };
  /** `ids` are the new codes. */
  readonly RECOVERY_CODES: {
    readonly ids: readonly string[];
    readonly rows: readonly JsonRow<RecoveryCode>[];
  };
  /** `formerName` is set only if the user renamed the passkey. */
  readonly PASSKEY: { readonly row: PasskeyJson | null; readonly formerName?: string };
  readonly IDENTITY: { readonly row: JsonRow<Identity> | null };
  /** The position of the switch after the change. */
  readonly MFA: { readonly enabled: boolean };
  readonly BLOCK: Record<string, never>;
  /** Null if the change cancelled the deletion. */
  readonly DELETION: { readonly deleteAt: string | null };
  /** The changes that the revert reverted. What it did are changes of their own, with its id as `revertId`. */
  readonly REVERT: { readonly changeIds: readonly string[] };
}

/** What a change did, without who made it. */
export type ChangeCore<Kind extends ChangeKind = ChangeKind> = {
  readonly [Each in Kind]: {
    readonly kind: Each;
    readonly action: ChangeAction;
    /** The id of what was changed, or the address; an empty string where an account has only one of the kind. */
    readonly subject: string;
    readonly state: ChangeStates[Each];
  };
}[Kind];
