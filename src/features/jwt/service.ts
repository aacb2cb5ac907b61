import { actorOf } from '../../access/actor.js';
import { acrOf, amrOf, authTimeOf } from '../../access/authentication-claims.js';
import { isOperatorSession } from '../../access/factors.js';
import type { SignedIn } from '../../access/viewer.js';
import { lifetimes } from '../../clock.js';
import { fieldOf, type JwtField } from '../../config/jwt-profiles.js';
import type { Deps } from '../../deps.js';
import { AccountError, argumentInvalid } from '../../errors/account-error.js';
import { newRowId } from '../../ids.js';
import { isVerified } from '../users/service.js';

/** A JWT, shown once. */
export interface JwtView {
  readonly jwt: string;
  readonly expiresAt: Date;
}

/**
 * Issues a JWT of the caller's session.
 *
 * @param profile A name in JWT_PROFILES, for another service. Null for this API.
 * @throws {AccountError} USER_JWT_CREATION_DENIED for a caller who has only a JWT; GENERAL_ARGUMENT_INVALID for an unknown profile.
 */
export async function issueJwt(
  { clock, config, db, jwt }: Pick<Deps, 'clock' | 'config' | 'db' | 'jwt'>,
  caller: SignedIn,
  profile: string | null | undefined,
): Promise<JwtView> {
  if (caller.by === 'jwt') throw new AccountError('USER_JWT_CREATION_DENIED');
  const chosen = profile == null ? null : config.JWT_PROFILES.get(profile);
  if (chosen === undefined)
    throw argumentInvalid('profile', 'Must be the name of a profile in JWT_PROFILES.');
  const now = clock.now();
  const { user, session } = caller;
  const claims = {
    ...(chosen && (withFields(chosen.claims, caller) as Record<string, unknown>)),
    auth_time: authTimeOf(session),
    amr: amrOf(session),
    acr: acrOf(session),
    ...(isOperatorSession(session) && { act: { sub: await actorOf({ db }, caller, null) } }),
    email_verified: isVerified(user, 'email'),
    labels: [...user.labels],
    scope: user.labels.join(' '),
  };
  const content = {
    audience: chosen?.audience ?? null,
    lifetimeSeconds: chosen?.lifetimeSeconds ?? lifetimes.jwt,
    claims,
  };
  return jwt.sign({ userId: user.id, sessionId: session.id }, content, newRowId(now), now);
}

/** The claims of a profile, with the values of its fields. */
function withFields(value: unknown, caller: SignedIn): unknown {
  const field = fieldOf(value);
  if (field !== null) return fieldValues[field as JwtField](caller);
  if (Array.isArray(value)) return value.map((item) => withFields(item, caller));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withFields(item, caller)]));
}

const fieldValues: Record<JwtField, (caller: SignedIn) => unknown> = {
  'user.id': ({ user }) => user.id,
  'user.name': ({ user }) => user.name,
  'user.verifiedEmail': ({ user }) => user.lastVerifiedEmail,
  'user.verifiedPhone': ({ user }) => user.lastVerifiedPhone,
  'user.labels': ({ user }) => [...user.labels],
  'session.id': ({ session }) => session.id,
  'session.factors': ({ session }) => [...session.factors],
};
