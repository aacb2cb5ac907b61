import type { SignedIn } from '../../access/viewer.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { newRowId } from '../../ids.js';
import { isVerified } from '../users/service.js';

/** A JWT, shown once. */
export interface JwtView {
  readonly jwt: string;
  readonly expiresAt: Date;
}

/** @throws {AccountError} USER_JWT_CREATION_DENIED for a caller who has only a JWT. */
export async function issueJwt(
  { clock, jwt }: Pick<Deps, 'clock' | 'jwt'>,
  caller: SignedIn,
): Promise<JwtView> {
  if (caller.by === 'jwt') throw new AccountError('USER_JWT_CREATION_DENIED');
  const now = clock.now();
  const { id: userId, labels } = caller.user;
  const profile = { emailVerified: isVerified(caller.user, 'email'), labels };
  return jwt.sign({ userId, sessionId: caller.session.id }, profile, newRowId(now), now);
}
