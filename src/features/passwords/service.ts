import { knownDeviceGuessLimits } from '../../limits/limits.js';
import { fromUnixSeconds } from '../../clock.js';
import { knownDeviceNonce, newDeviceSecret } from '../../limits/known-device.js';
import { deviceBucketOf } from '../../limits/device-bucket.js';
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
import { recordLog } from '../logs/service.js';
import { queueNotice } from '../notices/service.js';
import { endOtherSessions, getCaller, lockCaller } from '../sessions/lifecycle.js';
import { deleteTokens } from '../tokens/service.js';
import { setPassword, type UserRow, type UserView, userView } from '../users/service.js';

type PasswordDeps = Pick<
  Deps,
  'clock' | 'config' | 'db' | 'hasher' | 'passwordAttempts' | 'keyedDigest' | 'limiter' | 'outbox'
>;

/** A password hash, and which of the user's passwords it is. */
export interface StoredPassword extends PasswordHash {
  readonly version: number;
}

/** A new password's hash, and the history it leaves behind. */
export interface PreparedPassword extends PasswordHash {
  readonly history: readonly PasswordHash[];
}

/** A user after a change that made every known device a stranger's, and the secret that makes this one known again. */
export interface ChangedPassword {
  readonly user: UserView;
  readonly deviceSecret: string;
}

/** The user's password; null where there is none. */
export const storedPasswordOf = ({
  passwordHash: hash,
  passwordKeyId: keyId,
  passwordVersion: version,
}: UserRow): StoredPassword | null => (hash !== null ? { hash, keyId, version } : null);

/**
 * Whether the password is the owner's: the one place that checks one, so that every operation that asks for a password
 * draws on the same guesses. Takes the same time for somebody and nobody.
 *
 * @param account The address that was typed, or the id of the signed-in user: guesses are counted by it, so that the limit does
 *   not reveal which addresses belong to one account.
 * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED
 */
export async function checkPassword(
  {
    clock,
    keyedDigest,
    passwordAttempts,
    hasher,
    limiter,
  }: Pick<PasswordDeps, 'clock' | 'keyedDigest' | 'passwordAttempts' | 'hasher' | 'limiter'>,
  account: string,
  owner: UserRow | null,
  candidate: Password,
  { deviceSecret }: Requester,
): Promise<boolean> {
  const bucket = deviceBucketOf(keyedDigest, account, owner, deviceSecret, clock.now());
  const stored = owner && storedPasswordOf(owner);
  const check = () =>
    passwordAttempts.attempt(
      attemptsKey(keyedDigest, bucket.key),
      bucket.isKnownDevice ? 'knownDevice' : 'unknownDevice',
      owner?.passwordUpdatedAt ?? null,
      () => hasher.verify(stored, candidate),
    );
  if (!bucket.isKnownDevice) return check();
  const reportOutcome = await limiter.attempt(
    knownDeviceGuessLimits.map((limit) => ({ limit, key: bucket.accountKey })),
  );
  let isRight = false;
  try {
    isRight = await check();
    return isRight;
  } finally {
    await reportOutcome(isRight ? 'passed' : 'failed');
  }
}

const attemptsKey = (keyedDigest: PasswordDeps['keyedDigest'], bucketKey: string): string =>
  keyedDigest.digest(['password', bucketKey]);

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
      .map((account) => deviceBucketOf(keyedDigest, account, null, null, fromUnixSeconds(0)))
      .map(({ key }) => attemptsKey(keyedDigest, key)),
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
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA, USER_PASSWORD_RECENTLY_USED
 */
export async function updatePassword(
  deps: PasswordDeps,
  caller: SignedIn,
  args: { password: string; oldPassword?: string | null | undefined },
  requester: Requester,
): Promise<ChangedPassword> {
  const [wanted, claimed] = collectIssues(
    () => parseNewPassword(deps.config, args.password, personalDataOf(caller.user)),
    () => parsePassword('oldPassword', args.oldPassword ?? '', 0),
  );
  const row = await getCaller(deps, caller);
  const current = storedPasswordOf(row);
  if (current) await requirePassword(deps, row, claimed, requester);
  else await requireFreshProof(deps, caller);
  const next = await prepareNewPassword(deps, row, wanted);
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const user = await replacePassword(tx, row.id, current, next, now);
    // The session a JWT was made from counts as this one: the JWT would die with it.
    await endOtherSessions(tx, row.id, caller.session.id);
    await recordLog(deps, tx, {
      event: 'user.update',
      detail: current ? 'password.update' : 'password.create',
      sessionId: caller.session.id,
      userId: row.id,
      requester,
      now,
    });
    await queueNotice(deps, tx, 'passwordChanged', user, requester);
    const nonce = knownDeviceNonce(deps.keyedDigest, row, requester.deviceSecret, now) ?? undefined;
    return { user: userView(user), deviceSecret: newDeviceSecret(deps.keyedDigest, user, now, nonce) };
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
  if (!(await checkPassword(deps, row.email ?? row.id, row, candidate, requester)))
    throw new AccountError('USER_INVALID_CREDENTIALS');
}

function formerPasswords(user: UserRow): PasswordHash[] {
  const history = user.passwordHistory as unknown as PasswordHash[];
  const current = storedPasswordOf(user);
  const isKept = history.some((entry) => entry.hash === current?.hash);
  return current && !isKept ? [{ hash: current.hash, keyId: current.keyId }, ...history] : history;
}
