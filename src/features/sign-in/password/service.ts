import { credentialOf, passwordSource } from '../../../access/factors.js';
import { inSqlTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { AccountError, collectIssues, isAccountError } from '../../../errors/account-error.js';
import { parseEmail } from '../../../input/email.js';
import { parsePassword, type Password } from '../../../input/password.js';
import { serverPage } from '../../../input/redirect-url.js';
import { findKnownDevice, type KnownDevice } from '../../../devices/known-devices.js';
import { forgivableFailures } from '../../../limits/guesses.js';
import { limits } from '../../../limits/limits.js';
import { proofFactor } from '../../../limits/proof.js';
import { byNetwork, byNetworkAndAccount, usesOf, widened } from '../../../limits/subject.js';
import type { Requester } from '../../../origin/requester.js';
import { recordLog } from '../../logs/service.js';
import { checkPassword, storedPasswordOf } from '../../passwords/service.js';
import { issueSession, type SessionView } from '../../sessions/lifecycle.js';
import { withDecisions } from '../../sign-up/decisions/service.js';
import type { LinkSenderDeps } from '../../tokens/service.js';
import { findUserByAddress } from '../../users/addresses.js';
import { type UserRow, replacePasswordHash } from '../../users/service.js';
import { sendEmailVerification, verificationPage } from '../../verification/service.js';

/**
 * Signs in with password and e-mail address: the one the account shows, or the one it has proven last.
 *
 * Unknown address, account without a password and wrong password answer the same after the same work.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, GENERAL_RATE_LIMIT_EXCEEDED, USER_INVALID_CREDENTIALS, and for the
 *   right password of a blocked account USER_BLOCKED, of an account whose address must be verified first USER_EMAIL_NOT_VERIFIED
 */
export async function signInWithPassword(
  deps: LinkSenderDeps & Pick<Deps, 'box' | 'decisions' | 'hasher' | 'log' | 'passwordAttempts'>,
  args: { email: string; password: string },
  requester: Requester,
): Promise<SessionView> {
  const [address, candidate] = collectIssues(
    () => parseEmail(args.email),
    () => parsePassword('password', args.password),
  );
  const owner = await findUserByAddress(deps.db, 'email', address, deps.clock.now());
  const now = deps.clock.now();
  const device = await findKnownDevice(deps.db, owner?.id ?? null, requester.deviceDigest, now);
  if (
    !(await checkWithinNetwork(deps, address, owner, candidate, args.password, device, requester)) ||
    owner === null
  ) {
    const entry = { event: 'session.create.failed', userId: owner?.id ?? null, requester, now } as const;
    await inSqlTransaction(deps.db, (tx) => recordLog(deps, tx, entry));
    throw new AccountError('USER_INVALID_CREDENTIALS');
  }
  const signIn = withDecisions(deps, (deps) =>
    inSqlTransaction(deps.db, (tx) =>
      issueSession(deps, tx, {
        userId: owner.id,
        passwordVersion: owner.passwordVersion,
        provider: 'email',
        providerUid: address,
        factors: ['password'],
        source: passwordSource(owner),
        credential: credentialOf('password', owner.passwordVersion),
        requester,
      }),
    ),
  );
  const view = await signIn.catch(async (error: unknown) => {
    if (isAccountError(error, 'USER_EMAIL_NOT_VERIFIED')) await repeatVerification(deps, owner, requester);
    throw error;
  });
  await upgradePasswordHash(deps, owner, candidate);
  return view;
}

/** Sends the link again that a user needs who has not verified the address since signing up. */
async function repeatVerification(deps: LinkSenderDeps, owner: UserRow, requester: Requester): Promise<void> {
  if (owner.email === null || !deps.canSend.email) return;
  const target = serverPage(deps, verificationPage);
  await sendEmailVerification(deps, owner, owner.email, target, requester);
}

/**
 * Checks a password. A wrong password also counts towards the limits of the client network, unless it comes from a known device. A
 * correct password removes the earlier wrong ones for the same account from these limits, so that typing errors never lock out an
 * office that shares one address.
 */
async function checkWithinNetwork(
  deps: Parameters<typeof checkPassword>[0],
  address: string,
  owner: UserRow | null,
  candidate: Password,
  typed: string,
  device: KnownDevice | null,
  { clientAddress, hasProof }: Requester,
): Promise<boolean> {
  if (device?.hasBucket) return checkPassword(deps, address, owner, candidate, device, typed);
  const uses = widened(usesOf(limits.signIn, byNetwork(clientAddress)), hasProof ? proofFactor : 1);
  const counted = usesOf([forgivableFailures], byNetworkAndAccount(clientAddress, address));
  const reportOutcome = await deps.limiter.attempt([...uses, ...counted]);
  let outcome: 'passed' | 'failed' = 'passed';
  try {
    const isRight = await checkPassword(deps, address, owner, candidate, device, typed);
    if (isRight) await deps.limiter.forgive(uses, counted);
    else outcome = 'failed';
    return isRight;
  } finally {
    await reportOutcome(outcome);
  }
}

/** Brings an old hash to the current cost and pepper. Not worth failing a sign-in for. */
async function upgradePasswordHash(
  { db, hasher, log }: Pick<Deps, 'db' | 'hasher' | 'log'>,
  owner: UserRow,
  right: string,
): Promise<void> {
  const stored = storedPasswordOf(owner);
  if (!stored || !hasher.needsRehash(stored)) return;
  try {
    await replacePasswordHash(db, owner.id, stored.hash, await hasher.hash(right));
  } catch (error) {
    log.warn({ error }, 'a password hash was not upgraded');
  }
}
