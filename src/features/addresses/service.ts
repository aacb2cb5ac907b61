import type { SignedIn } from '../../access/viewer.js';
import { later, lifetimes } from '../../clock.js';
import { isTaken } from '../../db/errors.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { type Email, email } from '../../input/email.js';
import { longestPassword, newPassword, type Password, password } from '../../input/password.js';
import { type Phone, phone } from '../../input/phone.js';
import { text } from '../../input/text.js';
import { refuseIdentityEmail, type UserView, userView } from '../account/service.js';
import { recordLog } from '../logs/service.js';
import { queueNotice } from '../notices/service.js';
import {
  checkPassword,
  type NextPassword,
  nextPassword,
  personalDataOf,
  type Requester,
  replacePassword,
  type StoredPassword,
  storedPassword,
} from '../passwords/service.js';
import { endAllSessions, lockUser } from '../sessions/service.js';

type World = Pick<Deps, 'clock' | 'config' | 'db' | 'hasher' | 'guard' | 'codes' | 'outbox'>;

/** The account's name for counting guesses: the same whether a password is typed at sign-in or to change something. */
const accountOf = ({ id, email }: Pick<UserView, 'id' | 'email'>): string => email ?? id;

/**
 * Changes the e-mail address, which must then be verified again. Gives a password to an account that has none.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, GENERAL_BAD_REQUEST, USER_EMAIL_ALREADY_EXISTS,
 *   and what {@link proveOrChoosePassword} throws
 */
export async function changeEmail(
  world: World,
  caller: SignedIn,
  args: { email: string; password: string },
  requester: Requester,
): Promise<UserView> {
  const address = email(args.email);
  const { user } = caller;
  const proof = await proveOrChoosePassword(world, caller, args.password, { email: address }, requester);
  if (address === user.email) throw new AccountError('USER_EMAIL_ALREADY_EXISTS');
  return saveContact(
    world,
    caller,
    proof,
    { email: address, emailVerified: false },
    requester,
    async (tx) => {
      await refuseIdentityEmail(tx, address, user.id);
      await forgetAddress(tx, user.id, user.email, 'EMAIL');
      await queueNotice(world, tx, 'emailChanged', user, requester);
    },
  );
}

/**
 * Changes the phone number, which must then be verified again. Gives a password to an account that has none.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_PHONE_ALREADY_EXISTS,
 *   and what {@link proveOrChoosePassword} throws
 */
export async function changePhone(
  world: World,
  caller: SignedIn,
  args: { phone: string; password: string },
  requester: Requester,
): Promise<UserView> {
  const number = phone(args.phone);
  const { user } = caller;
  const proof = await proveOrChoosePassword(world, caller, args.password, { phone: number }, requester);
  if (number === user.phone) throw new AccountError('USER_PHONE_ALREADY_EXISTS');
  return saveContact(world, caller, proof, { phone: number, phoneVerified: false }, requester, (tx) =>
    forgetAddress(tx, user.id, user.phone, 'PHONE'),
  );
}

/**
 * Changes the password and ends the user's other sessions.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_CHALLENGE_REQUIRED,
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA, USER_PASSWORD_RECENTLY_USED
 */
export async function changePassword(
  world: World,
  caller: SignedIn,
  args: { password: string; oldPassword?: string | null | undefined },
  requester: Requester,
): Promise<UserView> {
  const { user } = caller;
  const wanted = newPassword(world.config, args.password, personalDataOf(user));
  const claimed = text('oldPassword', args.oldPassword ?? '', 0, longestPassword).normalize(
    'NFC',
  ) as Password;
  const current = (await storedPassword(world, { id: user.id }))?.password ?? null;
  if (current) await provePassword(world, caller, current, claimed, requester);
  else refuseStaleSession(world, caller);
  const next = await nextPassword(world, user.id, wanted);
  const now = world.clock.now();
  return inTransaction(world.db, async (tx) => {
    await lockUser(tx, user.id);
    const changed = await replacePassword(tx, user.id, current, next, now);
    // The session a JWT was made from counts as this one: the JWT would die with it.
    await endAllSessions(tx, user.id, caller.session.id);
    await recordLog(tx, { event: 'user.update', userId: user.id, origin: requester.origin, now });
    await queueNotice(world, tx, 'passwordChanged', user, requester);
    return changed;
  });
}

/** What stands behind a change of address: the password that was proven, or the one that is now chosen. */
type Proof = { readonly proven: StoredPassword } | { readonly chosen: NextPassword };

/**
 * Proves the password, or takes it as the account's first.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_CREDENTIALS, USER_CHALLENGE_REQUIRED,
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_PERSONAL_DATA
 */
async function proveOrChoosePassword(
  world: World,
  caller: SignedIn,
  claimed: string,
  change: { email?: Email; phone?: Phone },
  requester: Requester,
): Promise<Proof> {
  const candidate = password('password', claimed);
  const proven = (await storedPassword(world, { id: caller.user.id }))?.password;
  if (proven) {
    await provePassword(world, caller, proven, candidate, requester);
    return { proven };
  }
  const owner = { ...personalDataOf(caller.user), ...change };
  const wanted = newPassword(world.config, candidate, owner);
  refuseStaleSession(world, caller);
  return { chosen: await nextPassword(world, caller.user.id, wanted) };
}

async function provePassword(
  world: World,
  { user }: SignedIn,
  stored: StoredPassword,
  candidate: Password,
  { deviceSecret }: Requester,
): Promise<void> {
  const owner = { account: accountOf(user), userId: user.id, stored };
  if (!(await checkPassword(world, owner, candidate, deviceSecret))) {
    throw new AccountError('USER_INVALID_CREDENTIALS');
  }
}

/**
 * Without a password to ask for, a stolen session must not be enough to set one: it has to be fresh. An anonymous
 * account has nothing but its session, and nothing else to prove.
 *
 * @see OWASP ASVS 5.0, 6.2.3 and 7.5.1
 */
function refuseStaleSession({ clock }: Pick<World, 'clock'>, { user, session, by }: SignedIn): void {
  // A JWT is lent out for minutes; a password set with it would last.
  if (by === 'jwt') throw new AccountError('USER_CHALLENGE_REQUIRED');
  if (user.email === null && user.phone === null) return;
  const provenAt = session.mfaUpdatedAt ?? session.createdAt;
  if (later(provenAt, lifetimes.freshSession) < clock.now())
    throw new AccountError('USER_CHALLENGE_REQUIRED');
}

async function saveContact(
  { clock, db }: Pick<World, 'clock' | 'db'>,
  { user }: SignedIn,
  proof: Proof,
  data: { email: Email; emailVerified: false } | { phone: Phone; phoneVerified: false },
  { origin }: Requester,
  consequences: (tx: Transaction) => Promise<void>,
): Promise<UserView> {
  const now = clock.now();
  const column = 'email' in data ? 'email' : 'phone';
  const taken = column === 'email' ? 'USER_EMAIL_ALREADY_EXISTS' : 'USER_PHONE_ALREADY_EXISTS';
  try {
    return await inTransaction(db, async (tx) => {
      await lockUser(tx, user.id);
      await consequences(tx);
      if ('chosen' in proof) await replacePassword(tx, user.id, null, proof.chosen, now);
      const [changed] = await tx.user.updateManyAndReturn({
        where: { id: user.id, ...('proven' in proof && { passwordVersion: proof.proven.version }) },
        data: { ...data, updatedAt: now },
      });
      if (!changed) throw new AccountError('USER_INVALID_CREDENTIALS');
      await recordLog(tx, { event: 'user.update', userId: user.id, origin, now });
      return userView(changed);
    });
  } catch (error) {
    throw isTaken(error, column) ? new AccountError(taken) : error;
  }
}

/** Whoever reads the old address's messages has no more say in the account. */
async function forgetAddress(
  tx: Transaction,
  userId: string,
  address: string | null,
  factor: 'EMAIL' | 'PHONE',
): Promise<void> {
  if (address !== null) await tx.token.deleteMany({ where: { address, OR: [{ userId }, { userId: null }] } });
  await tx.challenge.deleteMany({ where: { userId, factor } });
}
