import { type Clock, days, fromUnixSeconds, later, minutes, secondsUntil } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { AccountError } from '../errors/account-error.js';

/** Wrong passwords in a row after which each further one delays the next attempt. */
export const freeAttempts = { unknownDevice: 5, knownDevice: 10 } as const;
/** A password is disabled after this many wrong ones in a row since it was set, until a new one is set. @see NIST SP 800-63B-4 §3.2.2 */
export const maxFailures = 100;
/** A failure this long after the last one, or after the delay it caused, starts a new row of failures. */
const memorySeconds = minutes(15);
const firstDelaySeconds = 30;
const maxDelaySeconds = minutes(15);

interface PasswordAttemptsDeps {
  readonly clock: Clock;
  readonly db: Sql;
}

/** Limits how often the password of an account can be guessed, in a row or in parallel. */
export interface PasswordAttempts {
  /**
   * Runs one check of a password if the bucket allows it. One statement counts the attempt before the check; a correct
   * password clears the count. Checks of one bucket run one after the other, so parallel correct passwords all succeed.
   *
   * @param bucket A digest of the account, and of the device if it is a known one.
   * @param setAt When the password was set; earlier failures delay attempts, but do not help to disable it.
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED, also for accounts that do not exist.
   */
  attempt(
    bucket: string,
    kind: keyof typeof freeAttempts,
    setAt: Date | null,
    check: () => Promise<boolean>,
  ): Promise<boolean>;
  /** Forgets the wrong passwords of these buckets. */
  clear(buckets: readonly string[]): Promise<void>;
}

/** Counts in the database, which all processes share. */
export function createPasswordAttempts({ clock, db }: PasswordAttemptsDeps): PasswordAttempts {
  const lastTurns = new Map<string, Promise<unknown>>();

  const inTurn = async <T>(bucket: string, work: () => Promise<T>): Promise<T> => {
    const turn = (lastTurns.get(bucket) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => {});
    lastTurns.set(bucket, settled);
    try {
      return await turn;
    } finally {
      if (lastTurns.get(bucket) === settled) lastTurns.delete(bucket);
    }
  };

  const countAttempt = async (bucket: string, free: number, setAt: Date | null): Promise<void> => {
    const now = clock.now();
    const { rows } = await db.query({
      name: 'count-password-attempt',
      text: `INSERT INTO password_attempts AS a ("key", "failures", "recent", "blockedUntil", "updatedAt")
        VALUES ($1, 1, 1, $2, $2)
        ON CONFLICT ("key") DO UPDATE SET
          "failures" = CASE WHEN a."updatedAt" < $8 THEN 1 ELSE a."failures" + 1 END,
          "recent" = CASE WHEN a."blockedUntil" > $3 THEN a."recent" + 1 ELSE 1 END,
          "blockedUntil" = CASE WHEN a."blockedUntil" > $3 AND a."recent" + 1 >= $4
            THEN $2::timestamptz + make_interval(secs => LEAST($5 * 2 ^ LEAST(a."recent" + 1 - $4, 20), $6))
            ELSE $2 END,
          "updatedAt" = $2
        WHERE a."blockedUntil" <= $2 AND (a."failures" < $7 OR a."updatedAt" < $8)
        RETURNING "failures"`,
      values: [
        bucket,
        now,
        later(now, -memorySeconds),
        free,
        firstDelaySeconds,
        maxDelaySeconds,
        maxFailures,
        setAt ?? fromUnixSeconds(0),
      ],
    });
    if (rows.length > 0) return;
    const blocked = await db.query<{ blockedUntil: Date }>({
      name: 'password-blocked-until',
      text: 'SELECT "blockedUntil" FROM password_attempts WHERE "key" = $1',
      values: [bucket],
    });
    const until = blocked.rows[0]?.blockedUntil ?? fromUnixSeconds(0);
    // A disabled password stays disabled until a new one is set; clients are told to wait the maximum.
    const retryAfterSeconds = secondsUntil(now, until) || maxDelaySeconds;
    const limit = `${free} wrong passwords in a row, then a delay after each`;
    throw new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', { limit, retryAfterSeconds });
  };

  const clear = async (buckets: readonly string[]): Promise<void> => {
    await db.query({
      text: 'DELETE FROM password_attempts WHERE "key" = ANY ($1::bpchar[])',
      values: [buckets],
    });
  };

  /** For a check that failed for another reason than a wrong password. */
  const uncountAttempt = async (bucket: string): Promise<void> => {
    await db.query({
      text: `UPDATE password_attempts SET "failures" = GREATEST("failures" - 1, 0), "recent" = GREATEST("recent" - 1, 0),
        "blockedUntil" = "updatedAt" WHERE "key" = $1`,
      values: [bucket],
    });
  };

  return {
    clear,
    attempt: (bucket, kind, setAt, check) =>
      inTurn(bucket, async () => {
        await countAttempt(bucket, freeAttempts[kind], setAt);
        const isRight = await check().catch(async (error: unknown) => {
          await uncountAttempt(bucket);
          throw error;
        });
        if (isRight) await clear([bucket]);
        return isRight;
      }),
  };
}

/** Limits nothing: `RATE_LIMITS=off`. */
export const unlimitedPasswordAttempts: PasswordAttempts = {
  attempt: (_bucket, _kind, _setAt, check) => check(),
  clear: async () => {},
};

/** Counts that have not changed for this long are removed. */
const retention = days(30);

/** Removes counts of wrong passwords that have not changed for a long time. */
export async function sweepPasswordAttempts(db: Sql, now: Date): Promise<void> {
  await db.query({
    text: 'DELETE FROM password_attempts WHERE "updatedAt" <= $1',
    values: [later(now, -retention)],
  });
}
