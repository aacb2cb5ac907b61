import { knownDeviceGuessLimits } from '../../limits/guesses.js';
import { findKnownDevice, type KnownDevice } from '../../devices/known-devices.js';
import { byAccount, byUser, separateKeyOf, type Subject, usesOf } from '../../limits/subject.js';
import { requireFreshProof } from '../../access/fresh-proof.js';
import type { SignedIn } from '../../access/viewer.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, collectIssues } from '../../errors/account-error.js';
import {
  type NewPassword,
  parseNewPassword,
  parsePassword,
  type Password,
  type PersonalData,
} from '../../input/password.js';
import type { Requester } from '../../origin/requester.js';
import type { PasswordHash } from '../../secrets/password.js';
import { recordSecurityChange } from '../security-changes/service.js';
import { endOtherSessions } from '../sessions/ending.js';
import { getCaller, lockCaller } from '../sessions/lifecycle.js';
import { rejectBreached } from './breaches.js';
import { deleteTokens } from '../tokens/service.js';
import { setPassword, type UserRow, type UserView, userView } from '../users/service.js';

/** What a check of a password takes. */
export type PasswordDeps = Pick<
  Deps,
  'clock' | 'config' | 'db' | 'hasher' | 'passwordAttempts' | 'keyedDigest' | 'limiter' | 'outbox'
>;

/** What setting a password takes. */
export type NewPasswordDeps = PasswordDeps & Pick<Deps, 'breachList' | 'log' | 'metrics'>;

/** A password hash, and which of the user's passwords it is. */
export interface StoredPassword extends PasswordHash {
  readonly version: number;
}

/** A new password's hash, and the history it leaves behind. */
export interface PreparedPassword extends PasswordHash {
  readonly history: readonly PasswordHash[];
}

/** The user's password; null where there is none. */
export const storedPasswordOf = ({
  passwordHash: hash,
  passwordKeyId: keyId,
  passwordVersion: version,
}: UserRow): StoredPassword | null => (hash !== null ? { hash, keyId, version } : null);

/**
 * Checks a password. Every operation that asks for a password calls this function, so that all operations share the limits of
 * guesses. A check takes the same time for an address without an account.
 *
 * @param accountName The address that the user typed, or the id of the signed-in user. Guesses are counted by this name, so that
 *   the limit does not reveal which addresses belong to one account.
 * @param device The known device that the request comes from.
 * @param typed The password before normalisation. Another system may have hashed it in this form.
 * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function checkPassword(
  {
    keyedDigest,
    passwordAttempts,
    hasher,
    limiter,
  }: Pick<PasswordDeps, 'keyedDigest' | 'passwordAttempts' | 'hasher' | 'limiter'>,
  accountName: string,
  owner: UserRow | null,
  candidate: Password,
  device: KnownDevice | null,
  typed?: string,
): Promise<boolean> {
  const bucket = byAccount(accountName, device);
  const isSeparate = owner !== null && bucket.device !== null;
  const reportOutcome = await limiter.attempt(
    isSeparate ? usesOf(knownDeviceGuessLimits, byUser(owner)) : [],
  );
  let outcome: 'passed' | 'failed' = 'passed';
  try {
    const isRight = await passwordAttempts.attempt(
      attemptsKey(keyedDigest, bucket),
      isSeparate ? 'knownDevice' : 'unknownDevice',
      owner?.passwordUpdatedAt ?? null,
      () => hasher.verify(owner && storedPasswordOf(owner), candidate, typed),
    );
    if (!isRight) outcome = 'failed';
    return isRight;
  } finally {
    await reportOutcome(outcome);
  }
}

const attemptsKey = (keyedDigest: PasswordDeps['keyedDigest'], bucket: Subject): string =>
  keyedDigest.digest(['password', separateKeyOf(bucket)]);

/**
 * Clears the counts of wrong passwords that unknown devices gave for a user, under its id and its addresses. Only a recovery by
 * mail does this: a new password must not renew anyone's guesses.
 */
export const clearPasswordAttempts = (
  { keyedDigest, passwordAttempts }: Pick<PasswordDeps, 'keyedDigest' | 'passwordAttempts'>,
  { id, email, lastVerifiedEmail }: UserRow,
): Promise<void> =>
  passwordAttempts.clear(
    [id, email, lastVerifiedEmail]
      .filter((account) => account !== null)
      .map((account) => attemptsKey(keyedDigest, byAccount(account))),
  );

/**
 * Hashes a new password and holds it against the user's former ones. Slow: never inside a transaction.
 *
 * @throws {AccountError} USER_PASSWORD_RECENTLY_USED
 */
export async function prepareNewPassword(
  { config, hasher }: Pick<PasswordDeps, 'config' | 'hasher'>,
  user: UserRow,
  password: NewPassword,
): Promise<PreparedPassword> {
  const former = config.PASSWORD_HISTORY > 0 ? formerPasswords(user) : [];
  for (const hash of former.slice(0, config.PASSWORD_HISTORY)) {
    if (await hasher.verify(hash, password)) throw new AccountError('USER_PASSWORD_RECENTLY_USED');
  }
  const { hash, keyId } = await hasher.hash(password);
  return { hash, keyId, history: [{ hash, keyId }, ...former].slice(0, config.PASSWORD_HISTORY) };
}

/**
 * Writes a password, if the one that was proven is still the one that is stored. Recovery links die with the old one.
 *
 * @param proven Null where there was none; `byMail` where a recovery link was the proof.
 * @throws {AccountError} USER_INVALID_CREDENTIALS when the password was changed meanwhile.
 */
export async function replacePassword(
  tx: Transaction,
  userId: string,
  proven: StoredPassword | null | 'byMail',
  { hash, keyId, history }: PreparedPassword,
  now: Date,
): Promise<UserRow> {
  const byMail = proven === 'byMail';
  const user = await setPassword(
    tx,
    userId,
    byMail ? 'any' : (proven?.version ?? null),
    {
      passwordHash: hash,
      passwordKeyId: keyId,
      passwordHistory: history.map((entry) => ({ ...entry })),
      passwordFromRecovery: byMail,
    },
    now,
  );
  if (!user) throw new AccountError('USER_INVALID_CREDENTIALS');
  await deleteTokens(tx, { userId, purpose: 'recovery' });
  return user;
}

/** What a new password of this user must not contain. */
export const personalDataOf = ({
  id,
  name,
  email,
  phone,
}: Pick<UserRow, 'id' | 'name' | 'email' | 'phone'>): PersonalData => ({ userId: id, name, email, phone });

/**
 * Changes the password and ends the user's other sessions.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_CHALLENGE_REQUIRED,
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_BREACHED, USER_PASSWORD_PERSONAL_DATA, USER_PASSWORD_RECENTLY_USED
 */
export async function updatePassword(
  deps: NewPasswordDeps,
  caller: SignedIn,
  args: { password: string; oldPassword?: string | null | undefined },
  requester: Requester,
): Promise<UserView> {
  const [wanted, claimed] = collectIssues(
    () => parseNewPassword(deps.config, args.password, personalDataOf(caller.user)),
    () => parsePassword('oldPassword', args.oldPassword ?? '', 0),
  );
  const row = await getCaller(deps, caller);
  const current = storedPasswordOf(row);
  if (current) await requirePassword(deps, row, claimed, requester);
  else await requireFreshProof(deps, caller);
  const next = await prepareNewPassword(deps, row, await rejectBreached(deps, wanted));
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const user = await replacePassword(tx, row.id, current, next, now);
    // The session a JWT was made from counts as this one: the JWT would die with it.
    await endOtherSessions(tx, row.id, caller.session.id);
    const version = user.passwordVersion;
    const change = {
      kind: 'PASSWORD',
      action: 'added',
      subject: String(version),
      state: { version },
    } as const;
    const detail = current ? 'password.update' : 'password.create';
    const recorded = { ...change, user, session: caller.session, detail, notice: 'passwordChanged' } as const;
    await recordSecurityChange(deps, tx, recorded, requester);
    return userView(user);
  });
}

/**
 * Makes sure that a signed-in caller knows the password.
 *
 * @throws {AccountError} USER_INVALID_CREDENTIALS, GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function requirePassword(
  deps: PasswordDeps,
  row: UserRow,
  candidate: Password,
  requester: Requester,
): Promise<void> {
  // Counted with the sign-ins at the displayed address, so that a stolen session gives no further guesses.
  const device = await findKnownDevice(deps.db, row.id, requester.deviceDigest, deps.clock.now());
  if (!(await checkPassword(deps, row.email ?? row.id, row, candidate, device)))
    throw new AccountError('USER_INVALID_CREDENTIALS');
}

function formerPasswords(user: UserRow): PasswordHash[] {
  const history = user.passwordHistory as unknown as PasswordHash[];
  const current = storedPasswordOf(user);
  const isKept = history.some((entry) => entry.hash === current?.hash);
  return current && !isKept ? [{ hash: current.hash, keyId: current.keyId }, ...history] : history;
}
