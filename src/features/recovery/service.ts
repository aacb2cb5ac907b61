import { inTransaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { newUserId } from '../../ids.js';
import { email } from '../../input/email.js';
import { id } from '../../input/ids.js';
import { newPassword, password } from '../../input/password.js';
import { redirectUrl, withParameters } from '../../input/redirect-url.js';
import { secret as checkSecret } from '../../input/text.js';
import { userView } from '../account/service.js';
import { dropUnproven, maySpeakFor } from '../users/service.js';
import { nextPassword, passwordLane, personalDataOf, replacePassword } from '../passwords/service.js';
import { recordLog } from '../logs/service.js';
import { queueNotice } from '../notices/service.js';
import { endAllSessions, lockUser } from '../sessions/service.js';
import {
  type Asker,
  consumeToken,
  issueToken,
  mayReceive,
  proveToken,
  type TokenView,
  tokenView,
} from '../tokens/service.js';

/**
 * Mails a link that lets the owner of an address set a new password. For an address nobody or a blocked user has, the same
 * is done and answered, and nothing is mailed.
 *
 * @throws {AccountError} GENERAL_MAIL_DISABLED, GENERAL_ARGUMENT_INVALID
 */
export async function startRecovery(
  deps: Pick<Deps, 'canSend' | 'clock' | 'codes' | 'db' | 'limiter' | 'outbox' | 'redirectOrigins'>,
  args: { email: string; url: string },
  asker: Asker,
): Promise<TokenView> {
  if (!deps.canSend.email) throw new AccountError('GENERAL_MAIL_DISABLED');
  const address = email(args.email);
  const target = redirectUrl(deps.redirectOrigins, 'url', args.url);
  const mayReach = await mayReceive(deps, 'email', address);
  const user = await deps.db.prisma.user.findUnique({
    where: { email: address },
    select: { id: true, name: true, enabled: true, emailVerified: true, phoneVerified: true },
  });
  const owner = user?.enabled && maySpeakFor(user, 'email') ? user : null;
  const handle = newUserId();
  return inTransaction(deps.db, async (tx) => {
    const binding = {
      purpose: 'recovery',
      handle,
      userId: owner?.id ?? null,
      address,
      dead: owner === null || !mayReach,
    } as const;
    const { token, secret } = await issueToken(deps, tx, binding, asker);
    const link = withParameters(target, { userId: handle, secret, expire: token.expiresAt.toISOString() });
    const { acceptLanguage, origin } = asker;
    const message = {
      kind: 'recovery',
      recipient: address,
      acceptLanguage,
      link,
      name: owner?.name ?? '',
    } as const;
    await deps.outbox.queue(tx, message, token.expiresAt, owner === null || !mayReach);
    await recordLog(tx, {
      event: 'recovery.create',
      userId: owner?.id ?? null,
      origin,
      now: deps.clock.now(),
    });
    return token;
  });
}

/**
 * Sets a new password with the secret of a recovery link, verifies the address the link was mailed to, and ends all
 * sessions. Makes none, and leaves MFA as it is.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_INVALID_TOKEN, USER_BLOCKED, USER_PASSWORD_TOO_COMMON,
 *   USER_PASSWORD_PERSONAL_DATA, USER_PASSWORD_RECENTLY_USED; none but a success uses the link up.
 */
export async function completeRecovery(
  deps: Pick<Deps, 'clock' | 'codes' | 'config' | 'db' | 'guard' | 'hasher' | 'limiter' | 'outbox'>,
  args: { userId: string; secret: string; password: string },
  { origin, acceptLanguage }: Pick<Asker, 'origin' | 'acceptLanguage'>,
): Promise<TokenView> {
  const candidate = password('password', args.password, deps.config.PASSWORD_MIN);
  const handle = id('userId', args.userId);
  const token = await proveToken(deps, handle, checkSecret('secret', args.secret), ['recovery'], null);
  const row = token.userId && (await deps.db.prisma.user.findUnique({ where: { id: token.userId } }));
  if (!row || row.email !== token.address || !maySpeakFor(row, 'email'))
    throw new AccountError('USER_INVALID_TOKEN');
  const user = userView(row);
  const wanted = newPassword(deps.config, candidate, personalDataOf(user));
  const next = await nextPassword(deps, user.id, wanted);
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    if (!(await lockUser(tx, user.id))) throw new AccountError('USER_BLOCKED');
    await consumeToken(deps, tx, token);
    await replacePassword(tx, user.id, 'any', next, now, { emailVerified: true });
    await endAllSessions(tx, user.id);
    if (!row.emailVerified)
      await tx.user.update({ where: { id: user.id }, data: await dropUnproven(tx, row, 'email') });
    await recordLog(tx, { event: 'recovery.update', userId: user.id, origin, now });
    await queueNotice(deps, tx, 'recoveryUsed', user, { origin, acceptLanguage });
  });
  await deps.guard.reset(passwordLane(deps.codes, token.address));
  return tokenView(token);
}
