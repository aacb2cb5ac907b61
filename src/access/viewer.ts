import { type Clock, days, later } from '../clock.js';
import type { Sql } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';
import type { JwtSigner } from '../secrets/jwt.js';
import { digest } from '../secrets/digest.js';
import type { FactorAccount } from './factors.js';
import type { DeviceOwner } from './known-device.js';

/** The signed-in user, as stored. Holds no password hash. */
export interface ViewerUser extends FactorAccount, DeviceOwner {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly registeredAt: Date;
  readonly accessedAt: Date | null;
  readonly name: string;
  readonly enabled: boolean;
  readonly labels: readonly string[];
  readonly email: string | null;
  readonly phone: string | null;
  readonly passwordUpdatedAt: Date | null;
  readonly prefs: Readonly<Record<string, unknown>>;
}

/** The session behind the request's credential. */
export interface ViewerSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly factors: readonly string[];
  readonly mfaUpdatedAt: Date | null;
}

/** Who is asking, before anything is decided. */
export interface Credential {
  readonly user: ViewerUser;
  /** For a JWT, the session it was made from: the JWT lives and dies with it and stands no higher. */
  readonly session: ViewerSession;
  readonly by: 'session' | 'jwt';
}

/** What the credentials of a request amount to. */
export type Authentication =
  | { readonly kind: 'guest' }
  | { readonly kind: 'invalidJwt' }
  | { readonly kind: 'conflict' }
  | ({ readonly kind: 'user' } & Credential);

declare const enforced: unique symbol;

/** A caller that the policy has let through. Only `enforce.ts` makes one; services that need a user ask for it. */
export type SignedIn = Credential & {
  readonly [enforced]: true;
  /** Null for a JWT: it has no current session. */
  readonly currentSessionId: string | null;
};

/** The credentials as they came. */
export interface RawCredentials {
  /** Behind `Authorization: Bearer`. */
  readonly bearer: string | null;
  readonly cookie: string | null;
}

interface World {
  readonly clock: Clock;
  readonly db: Sql;
  readonly jwt: JwtSigner;
}

const accessedAtResolution = days(1);
const isJwt = (bearer: string): boolean => bearer.split('.').length === 3;

/** Finds out who is asking. A dead session credential makes a guest; a bad JWT is an error of its own. */
export async function authenticate(
  world: World,
  { bearer, cookie }: RawCredentials,
): Promise<Authentication> {
  const now = world.clock.now();
  if (!bearer) return asUser(await findBySecret(world, cookie, now), 'session');
  if (!isJwt(bearer)) {
    const [byBearer, byCookie] = [
      await findBySecret(world, bearer, now),
      await findBySecret(world, cookie, now),
    ];
    if (byBearer && byCookie && byBearer.user.id !== byCookie.user.id) return { kind: 'conflict' };
    return asUser(byBearer, 'session');
  }
  const claims = await world.jwt.verify(bearer, now);
  if (!claims) return { kind: 'invalidJwt' };
  const [byJwt, byCookie] = [
    await findLive(world.db, 's."id" = $2::uuid AND s."userId" = $3', [now, claims.sessionId, claims.userId]),
    await findBySecret(world, cookie, now),
  ];
  if (byJwt && byCookie && byJwt.user.id !== byCookie.user.id) return { kind: 'conflict' };
  return asUser(byJwt, 'jwt');
}

type Found = Omit<Credential, 'by'>;

const asUser = (found: Found | null, by: Credential['by']): Authentication =>
  found ? { kind: 'user', ...found, by } : { kind: 'guest' };

const findBySecret = async ({ db }: World, secret: string | null, now: Date): Promise<Found | null> =>
  secret ? findLive(db, 's."secretDigest" = $2', [now, digest(secret)]) : null;

/** One round trip on the hottest path of the server: live session, user and factors together. */
async function findLive(db: Sql, condition: string, values: readonly unknown[]): Promise<Found | null> {
  const { rows } = await db.query<ViewerUser & SessionColumns>({
    name: `live-session-${values.length}`,
    text: `SELECT u."id", u."createdAt", u."updatedAt", u."registeredAt", u."accessedAt", u."name", u."enabled",
      u."labels", u."email", u."provenEmail", u."phone", u."provenPhone", u."passwordUpdatedAt", u."passwordVersion",
      u."passwordByMail", u."mfaEnabled", u."prefs", EXISTS (SELECT 1 FROM authenticators a WHERE a."userId" = u."id" AND a."verified") AS "totpVerified",
      s."id" AS "sessionId", s."createdAt" AS "sessionCreatedAt", s."factors", s."mfaUpdatedAt"
      FROM sessions s JOIN users u ON u."id" = s."userId" WHERE s."expiresAt" > $1 AND ${condition}`,
    values,
  });
  const [row] = rows;
  if (!row) return null;
  const { sessionId, sessionCreatedAt, factors, mfaUpdatedAt, ...user } = row;
  return { user, session: { id: sessionId, createdAt: sessionCreatedAt, factors, mfaUpdatedAt } };
}

interface SessionColumns {
  readonly sessionId: string;
  readonly sessionCreatedAt: Date;
  readonly factors: string[];
  readonly mfaUpdatedAt: Date | null;
}

/** Whether the user has a verified authenticator: what the viewer's query asks, for whoever holds the lock on the user. */
export async function hasVerifiedTotp(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM authenticators WHERE "userId" = ${userId} AND "verified"`;
  return rows.length > 0;
}

/** Notes that the user was here, at most once a day, so that the session check stays a read. */
export async function noteAccess(
  { clock, db }: Pick<World, 'clock' | 'db'>,
  user: ViewerUser,
): Promise<void> {
  const now = clock.now();
  const due = later(now, -accessedAtResolution);
  if (user.accessedAt && user.accessedAt > due) return;
  await db.query({
    text: 'UPDATE users SET "accessedAt" = $1 WHERE "id" = $2 AND ("accessedAt" IS NULL OR "accessedAt" <= $3)',
    values: [now, user.id, due],
  });
}
