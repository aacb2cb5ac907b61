import type { Transaction } from '../../../db/transaction.js';
import type { CredentialJson } from '../../../secrets/webauthn.js';
import type { UserRow } from '../../users/service.js';

/** What a challenge is completed with: a code, or the signed response of a passkey. */
export type ChallengeResponse = string | CredentialJson;

/**
 * Uses up what was proven, in the transaction of its effect and with the user locked.
 *
 * @throws {AccountError} USER_INVALID_TOKEN if it was used since it was checked.
 */
export type ConsumeProof = (tx: Transaction, user: UserRow) => Promise<void>;
