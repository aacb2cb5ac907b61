import type { IncomingMessage, ServerResponse } from 'node:http';
import { createPasswordGuard, noPasswordGuard } from './access/password-guard.js';
import { createRateLimiter, noRateLimiter } from './access/rate-limiter.js';
import { type Clock, MovableClock, systemClock } from './clock.js';
import type { Config } from './config.js';
import { type Location, openDatabase } from './db/client.js';
import type { Deps } from './deps.js';
import { createGraphql } from './graphql/server.js';
import { createRoutes } from './http/routes.js';
import type { Logger } from './logger.js';
import { readOrigin } from './origin/origin.js';
import { developmentKeys } from './secrets/development-keys.js';
import { CodeDigester } from './secrets/digest.js';
import { JwtSigner } from './secrets/jwt.js';
import { PasswordHasher } from './secrets/password.js';
import { SealedBox } from './secrets/sealed-box.js';

/** What a start may replace: tests bring their own database and clock. */
export interface Parts {
  readonly log: Logger;
  /** The base of every link, known once the port is. */
  readonly publicUrl: string;
  readonly location?: Location;
  readonly clock?: Clock;
}

/** The server without its socket. */
export interface App {
  readonly deps: Deps;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Turns readiness off; requests are still answered. */
  drain(): void;
  close(): Promise<void>;
}

const developmentOrigins = ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'];

/** Puts the parts together: the only place that knows them all. */
export async function createApp(
  config: Config,
  { log, publicUrl, location, clock: givenClock }: Parts,
): Promise<App> {
  const movableClock = config.TEST_CLOCK ? new MovableClock(givenClock) : null;
  const clock = movableClock ?? givenClock ?? systemClock;
  const directory = location && 'directory' in location ? location.directory : config.DATA_DIR;
  const db = await openDatabase(location ?? locationOf(config), log);
  const generated = hasEveryKey(config) ? null : developmentKeys(directory);
  const codes = new CodeDigester(config.CODE_KEYS ?? need(generated).code);
  const deps: Deps = {
    config,
    clock,
    log,
    db,
    codes,
    limiter: config.RATE_LIMITS
      ? createRateLimiter({ db, clock, codes, log }, config.VALKEY_URL)
      : noRateLimiter,
    guard: config.RATE_LIMITS ? createPasswordGuard({ db, clock }) : noPasswordGuard,
    hasher: new PasswordHasher(config.PEPPER_KEYS ?? need(generated).pepper, {
      memoryKib: config.ARGON2_MEMORY_KIB,
      passes: config.ARGON2_TIME,
      parallelism: config.ARGON2_PARALLELISM,
    }),
    box: new SealedBox(config.ENCRYPTION_KEYS ?? need(generated).encryption),
    jwt: new JwtSigner(config.JWT_KEYS ?? need(generated).jwt, publicUrl),
  };
  // The first parse loads its tables; without this the first sign-in would wait for that.
  void readOrigin('127.0.0.1', 'warm-up/1.0');
  let draining = false;
  const own = [publicUrl, ...(config.production ? [] : developmentOrigins)];
  const handle = createRoutes({
    deps,
    graphql: createGraphql(deps),
    movableClock,
    corsOrigins: [...own, ...(config.CORS_ORIGINS ?? config.REDIRECT_ORIGINS ?? [])],
    isDraining: () => draining,
  });
  return {
    deps,
    handle,
    drain: () => {
      draining = true;
    },
    close: async () => {
      await deps.limiter.close();
      await db.close();
    },
  };
}

const locationOf = (config: Config): Location =>
  config.DATABASE_URL
    ? { url: config.DATABASE_URL, pool: config.DATABASE_POOL }
    : { directory: config.DATA_DIR };

const hasEveryKey = ({ ENCRYPTION_KEYS, PEPPER_KEYS, CODE_KEYS, JWT_KEYS }: Config): boolean =>
  Boolean(ENCRYPTION_KEYS && PEPPER_KEYS && CODE_KEYS && JWT_KEYS);

function need<T>(value: T | null): T {
  if (value === null) throw new Error('A key ring is missing.');
  return value;
}
