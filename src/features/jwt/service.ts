import type { SignedIn } from '../../access/viewer.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';
import { newRowId } from '../../ids.js';

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
  return jwt.sign({ userId: caller.user.id, sessionId: caller.session.id }, newRowId(now), now);
}
