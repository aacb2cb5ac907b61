import { days, type MovableClock } from '../clock.js';
import type { Deps } from '../deps.js';
import { rejectCrossSite } from './graphql-route.js';
import { type Route, readBody, sendError, send, sendJson } from './reply.js';
import type { Metrics } from '../metrics.js';

const maxClockBytes = 1024;
const farthestAdvance = days(3650);
const keySetCache = 'public, max-age=600';

/** Whether the process lives, and whether it should be sent requests: not while it drains or cannot reach the database. */
export const healthRoutes = ({ db }: Pick<Deps, 'db'>, isDraining: () => boolean): Record<string, Route> => ({
  '/health/live': { GET: (call) => sendJson(call, 200, { status: 'live' }) },
  '/health/ready': {
    GET: async (call) => {
      if (isDraining()) return sendJson(call, 503, { status: 'draining' });
      const text = `SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`;
      const rows = await db.query<{ isReadOnly: boolean }>({ text }).then(
        (answer) => answer.rows,
        () => null,
      );
      if (!rows) return sendJson(call, 503, { status: 'database unavailable' });
      // It still answers what only reads.
      return sendJson(call, 200, { status: 'ready', ...(rows[0]?.isReadOnly && { database: 'read-only' }) });
    },
  },
});

/** The keys that verify our JWTs. */
export const keySetRoute = ({ jwt }: Pick<Deps, 'jwt'>): Route => ({
  GET: (call) => {
    call.response.setHeader('cache-control', keySetCache);
    sendJson(call, 200, jwt.keySet());
  },
});

export const metricsRoute = (metrics: Metrics): Route => ({
  GET: async (call) => send(call, 200, metrics.contentType, await metrics.text()),
});

/** Moves the clock of a server under test. */
export const clockRoute = (clock: MovableClock, origins: readonly string[]): Route => ({
  POST: async (call) => {
    if (await rejectCrossSite(origins, call)) return;
    const seconds = advanceSeconds(await readBody(call, maxClockBytes));
    if (seconds === null) {
      return sendError(
        call,
        400,
        'GENERAL_ARGUMENT_INVALID',
        'Send {"advanceSeconds": n}, n from 0 to ten years.',
      );
    }
    clock.advance(seconds);
    sendJson(call, 200, { now: clock.now().toISOString() });
  },
});

function advanceSeconds(body: string | null): number | null {
  try {
    const { advanceSeconds: seconds } = JSON.parse(body ?? '') as { advanceSeconds?: unknown };
    return typeof seconds === 'number' && seconds >= 0 && seconds <= farthestAdvance ? seconds : null;
  } catch {
    return null;
  }
}
