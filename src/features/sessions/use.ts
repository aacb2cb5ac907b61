import type { SessionUse } from '../../access/live-sessions.js';
import { type Clock, later } from '../../clock.js';
import { isUnavailable } from '../../db/errors.js';
import type { Sql } from '../../db/sql.js';

// SESSION_IDLE. A session ends at `expiresAt`, which each use moves, but never past `maxExpiresAt`.

/** A use is written after this part of SESSION_IDLE. */
const resolution = 0.1;
const retrySeconds = 5;

/** When a session ends that is used now, and would end at `maxExpiresAt` however often it is used. */
export function expiryOf(idle: number | undefined, now: Date, maxExpiresAt: Date): Date {
  const idleEnd = idle === undefined ? maxExpiresAt : later(now, idle);
  return idleEnd < maxExpiresAt ? idleEnd : maxExpiresAt;
}

interface SessionUseDeps {
  readonly clock: Clock;
  readonly db: Sql;
  readonly idle: number | undefined;
}

export function createSessionUse({ clock, db, idle }: SessionUseDeps): SessionUse {
  let pausedSince: Date | null = null;
  let timer: NodeJS.Timeout | undefined;
  /** Fails while the database takes no writes. Gives the sessions that were live when the pause began a whole period. */
  const resume = async (period: number, since: Date): Promise<void> => {
    const now = clock.now();
    // Each use is only known to a part of the period, so a pause that is shorter than this part changes nothing.
    const wasLong = later(since, period * resolution) <= now;
    await db.query({
      text: `UPDATE sessions SET "expiresAt" = LEAST("maxExpiresAt", $1)
        WHERE $2 AND "expiresAt" > $3 AND "expiresAt" < LEAST("maxExpiresAt", $1)`,
      values: [later(now, period), wasLong, since],
    });
    pausedSince = null;
    clearInterval(timer);
  };
  const noteFailure = (error: unknown): void => {
    if (idle === undefined || pausedSince || !isUnavailable(error)) return;
    const since = clock.now();
    pausedSince = since;
    timer = setInterval(() => void resume(idle, since).catch(() => {}), retrySeconds * 1000).unref();
  };
  return {
    recordedUntil: (now) => (idle === undefined ? 'infinity' : later(now, idle * (1 - resolution))),
    endedBefore: (now) => pausedSince ?? now,
    noteFailure,
    async record(sessionIds) {
      const now = clock.now();
      try {
        // A locked row is being changed. Its use is written with the next request.
        await db.query({
          text: `UPDATE sessions SET "expiresAt" = LEAST("maxExpiresAt", $1) WHERE "id" IN
            (SELECT "id" FROM sessions WHERE "id" = ANY ($2::uuid[]) ORDER BY "id" FOR UPDATE SKIP LOCKED)`,
          values: [idle === undefined ? 'infinity' : later(now, idle), sessionIds],
        });
      } catch (error) {
        // A read does not fail because of what is written beside it.
        if (!isUnavailable(error)) throw error;
        noteFailure(error);
      }
    },
    close: () => clearInterval(timer),
  };
}
