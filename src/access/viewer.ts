import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import type { JwtSigner } from '../secrets/jwt.js';
import { type OperatorKeys, operatorPrefix } from '../secrets/operator-keys.js';
import type { LiveSession, LiveSessions } from './live-sessions.js';

/** Who is asking, before anything is decided. For a JWT, the session it was made from: it lives and dies with that. */
export interface Credential extends LiveSession {
  readonly by: 'session' | 'jwt';
}

/** What the credentials of a request amount to. */
export type Authentication =
  | { readonly kind: 'guest' }
  | { readonly kind: 'invalidJwt' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'operator'; readonly keyName: string }
  | ({ readonly kind: 'user' } & Credential);

declare const enforced: unique symbol;

/** A caller that the policy has let through. Only `enforce.ts` makes one; services that need a user ask for it. */
export type SignedIn = Credential & {
  readonly [enforced]: true;
  /** Null for a JWT: it has no current session. */
  readonly currentSessionId: string | null;
};

/** An operator that the policy has let through. */
export interface Operator {
  readonly [enforced]: true;
  /** Which key of OPERATOR_KEYS. */
  readonly keyName: string;
}

/** The credentials as they came, and the client address that they came from. */
export interface RawCredentials {
  readonly clientAddress: string;
  /** Behind `Authorization: Bearer`. */
  readonly bearer: string | null;
  readonly cookie: string | null;
}

interface ViewerDeps {
  readonly clock: Clock;
  readonly liveSessions: LiveSessions;
  readonly jwt: JwtSigner;
  readonly operators: OperatorKeys;
  readonly config: Pick<Config, 'OPERATOR_NETWORKS'>;
}

const isJwt = (bearer: string): boolean => bearer.split('.').length === 3;

/**
 * Finds out who is asking. A dead session credential makes a guest, as does a wrong key of an operator, or a right one from
 * elsewhere; a bad JWT is an error of its own.
 */
export async function authenticate(deps: ViewerDeps, credentials: RawCredentials): Promise<Authentication> {
  const { bearer, cookie } = credentials;
  const { liveSessions: live } = deps;
  const bySecret = (secret: string | null) => (secret ? live.bySecret(secret) : null);
  if (!bearer) return asUser(await bySecret(cookie), 'session');
  if (bearer.startsWith(operatorPrefix)) {
    const keyName = operatorName(deps, bearer, credentials.clientAddress);
    if (keyName === null) return { kind: 'guest' };
    return (await bySecret(cookie)) ? { kind: 'conflict' } : { kind: 'operator', keyName };
  }
  const claims = isJwt(bearer) ? await deps.jwt.verify(bearer, deps.clock.now()) : null;
  if (isJwt(bearer) && !claims) return { kind: 'invalidJwt' };
  const [byBearer, byCookie] = await Promise.all([
    claims ? live.byClaims(claims) : bySecret(bearer),
    bySecret(cookie),
  ]);
  if (byBearer && byCookie && byBearer.user.id !== byCookie.user.id) return { kind: 'conflict' };
  return asUser(byBearer, claims ? 'jwt' : 'session');
}

function operatorName({ config, operators }: ViewerDeps, bearer: string, address: string): string | null {
  const name = operators.nameOf(bearer);
  return config.OPERATOR_NETWORKS?.(address) === false ? null : name;
}

const asUser = (found: LiveSession | null, by: Credential['by']): Authentication =>
  found ? { kind: 'user', ...found, by } : { kind: 'guest' };
