import { credentialOf } from '../../../access/factors.js';
import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError } from '../../../errors/account-error.js';
import type { Requester } from '../../../origin/requester.js';
import type { CredentialJson } from '../../../secrets/webauthn.js';
import { createCeremony, type CeremonyView, consumeCeremony } from '../../passkeys/ceremonies.js';
import { verifyPasskey, rejectingCopiedPasskeys, recordPasskeyUse } from '../../passkeys/proof.js';
import { withDecisions } from '../../sign-up/decisions/service.js';
import { issueSession, type SessionView } from '../../sessions/lifecycle.js';

/** Begins a sign-in with whichever passkey the person chooses. It asks for no address, and so tells nothing of anybody. */
export async function startPasskeySignIn(
  deps: Pick<Deps, 'clock' | 'db' | 'webauthn'>,
): Promise<CeremonyView> {
  const { nonce, ...ceremony } = await createCeremony(deps, 'sign-in', null);
  return { ...ceremony, options: { ...(await deps.webauthn.requestOptions(nonce)) } };
}

type PasskeySignInDeps = Pick<
  Deps,
  'box' | 'clock' | 'keyedDigest' | 'config' | 'db' | 'decisions' | 'outbox' | 'webauthn'
>;

/**
 * Signs in with a passkey: something the person has, unlocked by something they know or are, so that no further factor is
 * asked for.
 *
 * @throws {AccountError} USER_PASSKEY_INVALID for all that is wrong; USER_BLOCKED once it was proven
 * @see NIST SP 800-63B-4 §2.2
 */
export async function signInWithPasskey(
  deps: PasskeySignInDeps,
  { ceremonyId, credential }: { ceremonyId: string; credential: CredentialJson },
  requester: Requester,
): Promise<SessionView> {
  const nonce = await consumeCeremony(deps, 'sign-in', null, ceremonyId);
  const proven = await verifyPasskey(deps, credential, nonce, null);
  if (!proven) throw new AccountError('USER_PASSKEY_INVALID');
  const now = deps.clock.now();
  const signIn = {
    userId: proven.passkey.userId,
    provider: 'passkey',
    providerUid: null,
    factors: ['passkey'],
    source: 'passkey',
    credential: credentialOf('passkey', proven.passkey.id),
    requester,
  } as const;
  const attempt = (deps: PasskeySignInDeps) =>
    inTransaction(deps.db, async (tx) => {
      const view = await issueSession(deps, tx, signIn);
      await recordPasskeyUse(tx, proven, now);
      return view;
    });
  return rejectingCopiedPasskeys(deps, 'session.create.failed', requester, () =>
    withDecisions(deps, attempt),
  );
}
