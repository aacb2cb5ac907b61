import type { SignedIn } from '../../access/viewer.js';
import { days, later } from '../../clock.js';
import { inSqlTransaction, inTransaction, type SqlTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { collectIssues } from '../../errors/account-error.js';
import { newUserId } from '../../ids.js';
import { parseEmail } from '../../input/email.js';
import { parsePublicId } from '../../input/ids.js';
import { parseNewPassword, parsePassword } from '../../input/password.js';
import { parseRedirectUrl } from '../../input/redirect-url.js';
import { parseName } from '../../input/text.js';
import type { Requester } from '../../origin/requester.js';
import { claimAddress } from '../addresses/claims.js';
import { type LogDetail, recordLog } from '../logs/service.js';
import { rejectBreached } from '../passwords/breaches.js';
import { recordSecurityChange } from '../security-changes/service.js';
import { lockCaller } from '../sessions/lifecycle.js';
import { withDecisions } from '../sign-up/decisions/service.js';
import { requireSignUp } from '../sign-up/rules/service.js';
import type { LinkSenderDeps } from '../tokens/service.js';
import { deleteUnreachableUsers } from '../users/unreachable.js';
import { updateUserFields, createUser, type UserRow, type UserView, userView } from '../users/service.js';
import { sendEmailVerification, verificationPage } from '../verification/service.js';

type SignUpDeps = LinkSenderDeps & Pick<Deps, 'breachList' | 'decisions' | 'hasher' | 'log' | 'metrics'>;

/**
 * Signs a user up. Creates no session. Sends nothing, except where SIGN_UP_DOMAINS is set: there the user gets a link that verifies the
 * address, and cannot sign in before.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_SIGN_UP_CLOSED, USER_ADDRESS_NOT_ALLOWED,
 *   USER_PASSWORD_TOO_COMMON, USER_PASSWORD_BREACHED, USER_PASSWORD_PERSONAL_DATA, USER_COUNT_EXCEEDED, USER_ADDRESS_UNAVAILABLE, USER_ALREADY_EXISTS
 */
export async function signUp(
  deps: SignUpDeps,
  args: {
    userId?: string | null | undefined;
    email: string;
    password: string;
    name?: string | null | undefined;
    url?: string | null | undefined;
  },
  requester: Requester,
): Promise<UserView> {
  const [chosenId, email, name, candidate, target] = collectIssues(
    () => parsePublicId('userId', args.userId, deps.config.CHOSEN_IDS),
    () => parseEmail(args.email),
    () => (args.name == null ? '' : parseName(args.name)),
    () => parsePassword('password', args.password, deps.config.PASSWORD_MIN),
    () => parseRedirectUrl(deps, 'url', args.url, verificationPage),
  );
  const mustVerify = deps.config.SIGN_UP_DOMAINS !== undefined;
  const verification = mustVerify ? 'pending' : 'none';
  const wanted = { method: 'email-password', email, verification } as const;
  await requireSignUp(deps.config, wanted);
  const allowed = parseNewPassword(deps.config, candidate, { userId: chosenId, email, name });
  const { hash, keyId } = await deps.hasher.hash(await rejectBreached(deps, allowed));
  const now = deps.clock.now();
  const id = chosenId ?? newUserId();
  const create = (deps: SignUpDeps) =>
    inTransaction(deps.db, async (tx) => {
      const claim = { kind: 'email', address: email, userId: null, taken: 'USER_ALREADY_EXISTS' } as const;
      await claimAddress(deps, tx, claim, requester);
      const row = {
        id,
        name,
        email,
        passwordHash: hash,
        passwordKeyId: keyId,
        passwordUpdatedAt: now,
        passwordHistory: deps.config.PASSWORD_HISTORY > 0 ? [{ hash, keyId }] : [],
      };
      const created = await createUser(deps, tx, row, wanted, requester);
      await recordLog(deps, tx, { event: 'user.create', userId: created.id, requester, now });
      return created;
    });
  const user = await withDecisions(deps, create);
  // If the server stops here, the first sign-in sends the link.
  if (mustVerify) await sendEmailVerification(deps, user, email, target, requester);
  return userView(user);
}

/** @throws {AccountError} GENERAL_ARGUMENT_INVALID */
export const changeName = (
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  newName: string,
  requester: Requester,
): Promise<UserView> => {
  const name = parseName(newName);
  return changeAccount(deps, caller, 'name.update', requester, (tx, id, now) =>
    updateUserFields(tx, id, { name }, now),
  );
};

/** Blocks the account. Sessions and tokens stay, but the server rejects them. The link of the notice reverts the block. */
export const blockOwnAccount = (
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  requester: Requester,
): Promise<UserView> =>
  inSqlTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const user = await updateUserFields(tx, caller.user.id, { enabled: false }, deps.clock.now());
    const change = { kind: 'BLOCK', action: 'switched', subject: '', state: {} } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'status.update blocked' } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'accountBlocked' }, requester);
    return userView(user);
  });

/** Changes the caller's row under its lock, and records it. */
export async function changeAccount(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  detail: LogDetail,
  requester: Requester,
  change: (tx: SqlTransaction, id: string, now: Date) => Promise<UserRow>,
): Promise<UserView> {
  const now = deps.clock.now();
  const { id } = caller.user;
  return inSqlTransaction(deps.db, async (tx) => {
    await lockCaller(tx, caller);
    const user = await change(tx, id, now);
    await recordLog(deps, tx, {
      event: 'user.update',
      detail,
      sessionId: caller.session.id,
      userId: id,
      requester,
      now,
    });
    return userView(user);
  });
}

/** How long an anonymous user without a session is kept. */
export const anonymousRetention = days(30);

/** Deletes anonymous users without a session: no one can sign in to them again. */
export const sweepAnonymousUsers = (db: Deps['db'], now: Date): Promise<void> =>
  deleteUnreachableUsers(db, later(now, -anonymousRetention), now);
