import { type Clock, days, fromUnixSeconds, later, minutes, secondsUntil } from '../clock.js';
import type { Sql } from '../db/sql.js';
import { AccountError } from '../errors/account-error.js';

/** How many wrong passwords in a row pass before each further one costs time. */
export const freeFailures = { stranger: 5, knownDevice: 10 } as const;
/** The password is disabled after this many wrong ones in a row, until a new one is set. @see NIST SP 800-63B-4 §3.2.2 */
export const mostFailures = 100;
/** A failure this long after the last one, or after the wait it cost, starts a new row. */
const memorySeconds = minutes(15);
const firstWaitSeconds = 30;
const longestWaitSeconds = minutes(15);

interface World {
  readonly clock: Clock;
  readonly db: Sql;
}

/** Limits how often the password of an account can be guessed, however the guesses arrive. */
export interface PasswordGuard {
  /**
   * Runs one check of a password, if the lane is open. The attempt is counted before the check, in one statement, and
   * forgotten if the password was right; checks of one lane run one after the other, so parallel right ones all pass.
   *
   * @param lane A digest of the account and its password, and of the device where it is a known one.
   * @throws {AccountError} GENERAL_RATE_LIMIT_EXCEEDED, the same for accounts that do not exist.
   */
  attempt(lane: string, kind: keyof typeof freeFailures, check: () => Promise<boolean>): Promise<boolean>;
}

/** Counts in the database, so that every process on it shares the count. */
export function createPasswordGuard({ clock, db }: World): PasswordGuard {
  const tails = new Map<string, Promise<unknown>>();

  const inTurn = async <T>(lane: string, work: () => Promise<T>): Promise<T> => {
    const turn = (tails.get(lane) ?? Promise.resolve()).then(work);
    const tail = turn.catch(() => {});
    tails.set(lane, tail);
    try {
      return await turn;
    } finally {
      if (tails.get(lane) === tail) tails.delete(lane);
    }
  };

  const admit = async (lane: string, free: number): Promise<void> => {
    const now = clock.now();
    const { rows } = await db.query({
      name: 'password-guard-admit',
      text: `INSERT INTO password_guards AS g ("key", "failures", "recent", "blockedUntil", "updatedAt")
        VALUES ($1, 1, 1, $2, $2)
        ON CONFLICT ("key") DO UPDATE SET
          "failures" = g."failures" + 1,
          "recent" = CASE WHEN g."blockedUntil" > $3 THEN g."recent" + 1 ELSE 1 END,
          "blockedUntil" = CASE WHEN g."blockedUntil" > $3 AND g."recent" + 1 >= $4
            THEN $2::timestamptz + make_interval(secs => LEAST($5 * 2 ^ LEAST(g."recent" + 1 - $4, 20), $6))
            ELSE $2 END,
          "updatedAt" = $2
        WHERE g."blockedUntil" <= $2 AND g."failures" < $7
        RETURNING "failures"`,
      values: [
        lane,
        now,
        later(now, -memorySeconds),
        free,
        firstWaitSeconds,
        longestWaitSeconds,
        mostFailures,
      ],
    });
    if (rows.length > 0) return;
    const blocked = await db.query<{ blockedUntil: Date }>({
      name: 'password-guard-blocked',
      text: 'SELECT "blockedUntil" FROM password_guards WHERE "key" = $1',
      values: [lane],
    });
    const until = blocked.rows[0]?.blockedUntil ?? fromUnixSeconds(0);
    // A disabled password has no end; clients are told the longest wait.
    const retryAfterSeconds = secondsUntil(now, until) || longestWaitSeconds;
    const limit = `${free} wrong passwords in a row, then a wait after each`;
    throw new AccountError('GENERAL_RATE_LIMIT_EXCEEDED', { limit, retryAfterSeconds });
  };

  const reset = async (lane: string): Promise<void> => {
    await db.query({ text: 'DELETE FROM password_guards WHERE "key" = $1', values: [lane] });
  };

  /** The check could not be made: the attempt tells nothing about the password. */
  const takeBack = async (lane: string): Promise<void> => {
    await db.query({
      text: `UPDATE password_guards SET "failures" = GREATEST("failures" - 1, 0), "recent" = GREATEST("recent" - 1, 0),
        "blockedUntil" = "updatedAt" WHERE "key" = $1`,
      values: [lane],
    });
  };

  return {
    attempt: (lane, kind, check) =>
      inTurn(lane, async () => {
        await admit(lane, freeFailures[kind]);
        const right = await check().catch(async (error: unknown) => {
          await takeBack(lane);
          throw error;
        });
        if (right) await reset(lane);
        return right;
      }),
  };
}

/** Limits nothing: `RATE_LIMITS=off`. */
export const noPasswordGuard: PasswordGuard = {
  attempt: (_lane, _kind, check) => check(),
};

/** A row of wrong passwords that nobody has added to for this long is forgotten. */
const retention = days(30);

/** Removes rows of wrong passwords that have grown old. */
export async function forgetGuards(db: Sql, now: Date): Promise<void> {
  await db.query({
    text: 'DELETE FROM password_guards WHERE "updatedAt" <= $1',
    values: [later(now, -retention)],
  });
}
