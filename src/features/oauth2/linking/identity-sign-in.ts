import { isTaken } from '../../../db/errors.js';
import { inTransaction, type Transaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, isAccountError } from '../../../errors/account-error.js';
import { parseEmail } from '../../../input/email.js';
import type { ProviderTokens } from '../../../oauth2-providers/client.js';
import { type ProviderName, slugOf } from '../../../oauth2-providers/names.js';
import type { ProviderUser } from '../../../oauth2-providers/provider.js';
import type { Requester } from '../../../origin/requester.js';
import { recordSecurityChange } from '../../security-changes/service.js';
import { withDecisions } from '../../sign-up/decisions/service.js';
import type { UserRow } from '../../users/service.js';
import { type ProviderIdentity, saveIdentity } from '../identities/service.js';
import { fillMissingProfile, findOrCreateIdentityUser, lockUserToLink } from './service.js';

// What a proof by a provider makes of accounts: for the callback of a browser, and for ID tokens.

export type IdentityDeps = Pick<Deps, 'box' | 'clock' | 'config' | 'db' | 'decisions' | 'outbox'>;

/** What a provider has shown. */
export interface ProviderProof {
  readonly name: ProviderName;
  readonly profile: ProviderUser;
  /** Null for an ID token, which comes without tokens for the API of the provider. */
  readonly tokens: ProviderTokens | null;
  /** The signed-in user who links the identity. Null for a sign-in. */
  readonly linking: { readonly userId: string; readonly sessionId: string | null } | null;
}

/** Who has signed in. */
export interface IdentitySignIn {
  readonly user: UserRow;
  readonly identityId: string;
  readonly provider: string;
  readonly providerUid: string;
}

const maxUidLength = 255;

/**
 * Finds or creates the user of an identity, and saves the identity: all or nothing, with what `finish` does.
 *
 * @param finish Runs in the same transaction, and may run several times.
 * @throws {AccountError} USER_MISSING_ID, USER_BLOCKED, USER_ALREADY_EXISTS, and as `findOrCreateIdentityUser` and `lockUserToLink`.
 */
export async function signInWithIdentity<D extends IdentityDeps, Result>(
  deps: D,
  proof: ProviderProof,
  requester: Requester,
  finish: (deps: D, tx: Transaction, signIn: IdentitySignIn) => Promise<Result>,
): Promise<Result> {
  const uid = checkedUid(proof.profile.uid);
  const attempt = (deps: D) =>
    inTransaction(deps.db, async (tx) => {
      const signIn = await applyProof(deps, tx, proof, uid, requester);
      return finish(deps, tx, signIn);
    });
  // The address of the profile is an offer: a user whose address is rejected can still sign in.
  const signIn = () => withDecisions(deps, attempt, 'address.update').catch(asConflict);
  // Two first sign-ins of one identity: the second finds what the first has made.
  return signIn().catch((error: unknown) => {
    if (proof.linking || !isAccountError(error, 'USER_ALREADY_EXISTS')) throw error;
    return signIn();
  });
}

function checkedUid(uid: string | null): string {
  if (uid === null || uid.length > maxUidLength || uid.includes('\0') || !uid.isWellFormed())
    throw new AccountError('USER_MISSING_ID');
  return uid;
}

function asConflict(error: unknown): never {
  const conflict = isTaken(error, 'email') || isTaken(error, 'provider') || isTaken(error, 'providerUid');
  throw conflict ? new AccountError('USER_ALREADY_EXISTS') : error;
}

async function applyProof(
  deps: IdentityDeps,
  tx: Transaction,
  { name, profile, tokens, linking }: ProviderProof,
  providerUid: string,
  requester: Requester,
): Promise<IdentitySignIn> {
  const provider = slugOf(name);
  const address = mailAddress(profile.email);
  const identity: ProviderIdentity = {
    provider,
    providerUid,
    providerEmail: address,
    providerEmailVerified: address !== null && profile.emailVerified,
  };
  const { user, how } = linking
    ? { user: await lockUserToLink(tx, linking.userId, identity, deps.clock.now()), how: 'linked' as const }
    : await findOrCreateIdentityUser(deps, tx, identity, profile, requester);
  if (!user.enabled) throw new AccountError('USER_BLOCKED');
  const session = linking?.sessionId ? { id: linking.sessionId } : null;
  await fillMissingProfile(deps, tx, user, identity, profile, session, requester);
  const saved = await saveIdentity(deps, tx, user.id, identity, tokens, how ?? 'created');
  if (saved.isNew && (how === 'linked' || how === 'joined')) {
    const change = { kind: 'IDENTITY', action: 'added', subject: saved.id, state: { row: null } } as const;
    const detail = how === 'linked' ? 'identity.create' : 'identity.join';
    const notice = how === 'linked' ? 'identityLinked' : 'identityJoined';
    await recordSecurityChange(deps, tx, { ...change, user, session, detail, notice }, requester);
  }
  return { user, identityId: saved.id, provider, providerUid };
}

/** Domains that no mail reaches, and GitHub's for people who show none. */
const unreachable =
  /@(?:.*\.)?(?:users\.noreply\.github\.com|[^@]*\.(?:invalid|local|localhost|internal|lan|home\.arpa))$/;

/** A provider's address in our form; none where it is not one we would take, or none that mail could reach. */
function mailAddress(value: string | null): string | null {
  try {
    const address = value === null ? null : parseEmail(value);
    return address === null || unreachable.test(address) ? null : address;
  } catch {
    return null;
  }
}
