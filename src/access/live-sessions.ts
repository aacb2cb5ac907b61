import { type Clock, days, later } from '../clock.js';
import { batched } from '../db/batch.js';
import { isUnavailable } from '../db/errors.js';
import type { Sql } from '../db/sql.js';
import type { SqlTransaction } from '../db/transaction.js';
import { digest } from '../secrets/digest.js';
import type { JwtClaims } from '../secrets/jwt.js';
import type { FactorAccount, SessionProofs } from './factors.js';

/** The signed-in user, as stored. Holds no password hash. */
export interface ViewerUser extends FactorAccount {
  readonly id: string;
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
  readonly deleteAt: Date | null;
}

/** The session behind the request's credential. */
export interface ViewerSession extends SessionProofs {
  readonly id: string;
  readonly createdAt: Date;
  readonly factors: readonly string[];
}

/** A session that has not ended, and its user. */
export interface LiveSession {
  readonly user: ViewerUser;
  readonly session: ViewerSession;
}

/**
 * Finds sessions on the hottest path of the server: session, user and factors together, read anew for every request, so that
 * a session which has ended opens nothing from the next request on.
 */
export interface LiveSessions {
  bySecret(secret: string): Promise<LiveSession | null>;
  /** The session that a JWT was made from. */
  byClaims(claims: JwtClaims): Promise<LiveSession | null>;
}

/** Records when sessions are used, for SESSION_IDLE. */
export interface SessionUse {
  /** A session that ends earlier, although it could live longer, has a use to be recorded. */
  recordedUntil(now: Date): Date | 'infinity';
  /** Sessions that end after this time are live: earlier than now while the database takes no writes. */
  endedBefore(now: Date): Date;
  record(sessionIds: readonly string[]): Promise<void>;
  /** Stops idle time if the error means that the database cannot be used. */
  noteFailure(error: unknown): void;
  close(): void;
}

interface LiveSessionsDeps {
  readonly clock: Clock;
  readonly db: Sql;
  readonly sessionUse: SessionUse;
}

export function createLiveSessions(deps: LiveSessionsDeps): LiveSessions {
  const byDigest = batched((digests: readonly string[]) => find(deps, 'secretDigest', digests));
  const byId = batched((ids: readonly string[]) => find(deps, 'id', ids));
  return {
    bySecret: (secret) => byDigest(digest(secret)),
    async byClaims({ sessionId, userId }) {
      const found = await byId(sessionId);
      return found?.user.id === userId ? found : null;
    },
  };
}

type Row = ViewerUser & {
  readonly key: string;
  readonly sessionId: string;
  readonly sessionCreatedAt: Date;
  readonly isUseDue: boolean;
  readonly factors: string[];
} & SessionProofs;

/** SQL for `FactorAccount.hasSourceWithoutChallenge` of a user `u`. */
const hasSourceWithoutChallenge = `((u."passwordHash" IS NOT NULL AND NOT u."passwordFromRecovery")
        OR EXISTS (SELECT 1 FROM recovery_codes r WHERE r."userId" = u."id")
        OR EXISTS (SELECT 1 FROM identities i WHERE i."userId" = u."id" AND NOT i."joinedByAddress"))`;

/** A key of another type would pass the index by. */
const keyTypes = { secretDigest: 'bpchar', id: 'uuid' } as const;

async function find(
  { clock, db, sessionUse }: LiveSessionsDeps,
  column: keyof typeof keyTypes,
  keys: readonly string[],
): Promise<(LiveSession | null)[]> {
  const now = clock.now();
  const query = db.query<Row>({
    name: `live-sessions-by-${column}`,
    text: `SELECT s."${column}"::text AS "key", u."id", u."createdAt", u."updatedAt", u."registeredAt", u."accessedAt",
      u."name", u."enabled", u."labels", u."email", u."lastVerifiedEmail", u."phone", u."lastVerifiedPhone", u."passwordUpdatedAt",
      u."mfaEnabled", u."mailboxSuffices", u."prefs", u."deleteAt",
      EXISTS (SELECT 1 FROM authenticators a WHERE a."userId" = u."id" AND a."verified") AS "totpVerified",
      EXISTS (SELECT 1 FROM passkeys p WHERE p."userId" = u."id") AS "hasPasskey",
      u."mfaEnabled" AND ${hasSourceWithoutChallenge} AS "hasSourceWithoutChallenge",
      s."id" AS "sessionId", s."createdAt" AS "sessionCreatedAt", s."factors", s."sources", s."mfaExempt", s."mfaUpdatedAt",
      s."expiresAt" < LEAST(s."maxExpiresAt", $1::timestamptz) AS "isUseDue"
      FROM sessions s JOIN users u ON u."id" = s."userId"
      WHERE s."${column}" = ANY ($4::${keyTypes[column]}[]) AND s."expiresAt" > $3 AND s."maxExpiresAt" > $2`,
    values: [sessionUse.recordedUntil(now), now, sessionUse.endedBefore(now), keys],
  });
  const { rows } = await query.catch((error: unknown) => {
    sessionUse.noteFailure(error);
    throw error;
  });
  // A session of an account whose deletion is due no longer counts, although the sweep deletes it later.
  const live = rows.filter(({ deleteAt }) => deleteAt === null || deleteAt > now);
  const used = live.filter((row) => row.isUseDue).map(({ sessionId }) => sessionId);
  if (used.length > 0) await sessionUse.record(used);
  const found = new Map(
    live.map(
      ({
        key,
        sessionId: id,
        sessionCreatedAt: createdAt,
        isUseDue: _,
        factors,
        sources,
        mfaExempt,
        mfaUpdatedAt,
        ...user
      }) => [key, { user, session: { id, createdAt, factors, sources, mfaExempt, mfaUpdatedAt } }],
    ),
  );
  return keys.map((key) => found.get(key) ?? null);
}

/** The factors of a user that have tables of their own. The query above reads the same. */
export type SecondFactors = Pick<FactorAccount, 'totpVerified' | 'hasPasskey' | 'hasSourceWithoutChallenge'>;

/** Reads them for a caller who holds the lock on the user. */
export async function findSecondFactors(tx: SqlTransaction, userId: string): Promise<SecondFactors> {
  const { rows } = await tx.query<SecondFactors>({
    name: 'further-factors',
    text: `SELECT EXISTS (SELECT 1 FROM authenticators a WHERE a."userId" = u."id" AND a."verified") AS "totpVerified",
      EXISTS (SELECT 1 FROM passkeys p WHERE p."userId" = u."id") AS "hasPasskey", ${hasSourceWithoutChallenge} AS "hasSourceWithoutChallenge"
      FROM users u WHERE u."id" = $1`,
    values: [userId],
  });
  return rows[0] ?? { totpVerified: false, hasPasskey: false, hasSourceWithoutChallenge: false };
}

const accessedAtResolution = days(1);

/** Notes that the user was here, at most once a day, so that the session check stays a read. */
export async function recordAccess(
  { clock, db }: Pick<LiveSessionsDeps, 'clock' | 'db'>,
  user: ViewerUser,
): Promise<void> {
  const now = clock.now();
  const due = later(now, -accessedAtResolution);
  if (user.accessedAt && user.accessedAt > due) return;
  try {
    await db.query({
      text: 'UPDATE users SET "accessedAt" = $1 WHERE "id" = $2 AND ("accessedAt" IS NULL OR "accessedAt" <= $3)',
      values: [now, user.id, due],
    });
  } catch (error) {
    // A read does not fail because of what is written beside it.
    if (!isUnavailable(error)) throw error;
  }
}

/** What a session signed in with, as `credentialOf` writes it. Null if the session has ended. */
export async function findSessionCredential(db: Sql, sessionId: string): Promise<string | null> {
  const { rows } = await db.query<{ credential: string | null }>({
    name: 'find-session-credential',
    text: 'SELECT "credential" FROM sessions WHERE "id" = $1::uuid',
    values: [sessionId],
  });
  return rows[0]?.credential ?? null;
}

/** Whether anything but a session can prove that someone owns the account. */
export async function hasCredentials(db: Sql, userId: string): Promise<boolean> {
  const { rows } = await db.query({
    name: 'has-credentials',
    text: `SELECT 1 FROM users u WHERE u."id" = $1 AND (u."email" IS NOT NULL OR u."phone" IS NOT NULL
      OR u."lastVerifiedEmail" IS NOT NULL OR u."lastVerifiedPhone" IS NOT NULL OR u."passwordUpdatedAt" IS NOT NULL
      OR EXISTS (SELECT 1 FROM identities i WHERE i."userId" = u."id")
      OR EXISTS (SELECT 1 FROM authenticators a WHERE a."userId" = u."id")
      OR EXISTS (SELECT 1 FROM passkeys p WHERE p."userId" = u."id"))`,
    values: [userId],
  });
  return rows.length > 0;
}
