import type { IncomingMessage, ServerResponse } from 'node:http';
import { createActivity, sweepActivity } from './activity.js';
import { createPostgresStore, sweepBuckets } from './limits/store-postgres.js';
import { createMfaGrace } from './features/mfa/grace/service.js';
import { sweepIdTokenNonces } from './features/sign-in/id-token/nonces.js';
import { createTestRecipients } from './features/users/test-accounts.js';
import { createLiveSessions } from './access/live-sessions.js';
import {
  createPasswordAttempts,
  sweepPasswordAttempts,
  unlimitedPasswordAttempts,
} from './limits/password-attempts.js';
import { sweepDevices } from './devices/known-devices.js';
import { createInFlightLimits } from './limits/in-flight.js';
import { createProofGate } from './limits/proof.js';
import { createRateLimiter, unlimitedRateLimiter } from './limits/limiter.js';
import { isUnder } from './config/fields.js';
import { type Clock, MovableClock, systemClock } from './clock.js';
import type { Config } from './config/config.js';
import { openDatabase } from './db/client.js';
import type { DatabaseLocation } from './db/database.js';
import { checkKeys } from './db/key-checks.js';
import { createSweeper, type Sweep } from './db/sweeper.js';
import type { Decide } from './decisions.js';
import type { Deps } from './deps.js';
import { sweepAnonymousUsers } from './features/account/service.js';
import { sweepDueAccounts } from './features/account-deletion/service.js';
import { createLogFeed } from './features/logs/feed.js';
import { sweepListeners } from './features/logs/feed-queries.js';
import { sweepLogs } from './features/logs/service.js';
import { sweepChallenges } from './features/mfa/challenges/service.js';
import { sweepOAuth2Flows } from './features/oauth2/flows/service.js';
import { sweepCeremonies } from './features/passkeys/ceremonies.js';
import { sweepChanges } from './features/security-changes/service.js';
import { createDecide, createProofMethod, createWebhook, shownUrl } from './external-services.js';
import { createDecisions, noDecisions } from './features/sign-up/decisions/service.js';
import { sweepInvitations } from './features/sign-up/invitations/service.js';
import { sweepSessions } from './features/sessions/ending.js';
import { createSessionUse } from './features/sessions/use.js';
import { sweepTokens } from './features/tokens/service.js';
import { webhookBody } from './features/webhooks/service.js';
import { createGraphql } from './graphql/server.js';
import type { RequestSession } from './http/request-session.js';
import { createRoutes } from './http/routes.js';
import { isListed } from './input/allow-list.js';
import type { Logger } from './logger.js';
import { createIdTokenVerifiers, createProviderClients } from './oauth2-providers/clients.js';
import { createOriginReader, type OriginReader } from './origin/origin.js';
import { createInbox, sweepInbox } from './outbox/inbox.js';
import type { Readings } from './metrics.js';
import { createOutbox, sweepMessages, measureQueue } from './outbox/queue.js';
import { schema } from './schema.js';
import { eventRoute, messageRoute } from './outbox/deliver.js';
import { createBreachList } from './transports/breach-list.js';
import { createTransport } from './transports/schemes.js';
import { createSmsWatch } from './sms-watch.js';
import { combineWorkers, createOutboxWorker, type OutboxWorker } from './outbox/worker.js';
import { keyRings } from './secrets/key-rings.js';
import { KeyedDigest } from './secrets/digest.js';
import { JwtSigner } from './secrets/jwt.js';
import { OperatorKeys } from './secrets/operator-keys.js';
import { PasswordHasher } from './secrets/password.js';
import { type RelyingParty, WebAuthn } from './secrets/webauthn.js';
import { SealedBox } from './secrets/sealed-box.js';

/** What a start may replace: tests bring their own database and clock. */
export interface Parts {
  readonly log: Logger;
  /** The base of every link, known once the port is. */
  readonly publicUrl: string;
  readonly location?: DatabaseLocation;
  readonly clock?: Clock;
  readonly origins?: OriginReader;
  readonly providerTimeoutSeconds?: number;
  /** A function of the host application, instead of DECIDE_URL. */
  readonly decide?: Decide | undefined;
}

/** The server without its socket. */
export interface App {
  readonly deps: Deps;
  /** Delivers the messages that the operations queue. */
  readonly worker: OutboxWorker;
  /** Delivers events; null where there is no webhook. */
  readonly webhooks: OutboxWorker | null;
  /** Removes what has expired, as it happens by itself every few minutes. */
  sweep(): Promise<void>;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Whether the path of a request's target is one of this server's. */
  owns(target: string | undefined): boolean;
  /** The session of a request to a server that this one is mounted in. */
  findSession(request: IncomingMessage): Promise<RequestSession | null>;
  /** Turns readiness off; requests are still answered. */
  drain(): void;
  close(): Promise<void>;
}

/** What is removed every few minutes, because it has expired. */
const sweepsOf = (deps: Deps): readonly Sweep[] => [
  sweepTokens,
  sweepChallenges,
  sweepSessions(deps.config.SESSION_IDLE),
  sweepOAuth2Flows,
  sweepCeremonies,
  sweepLogs(deps.config.LOG_RETENTION),
  sweepListeners,
  sweepDueAccounts(deps),
  sweepAnonymousUsers,
  sweepBuckets,
  sweepDevices,
  sweepIdTokenNonces,
  sweepChanges,
  sweepPasswordAttempts,
  sweepMessages,
  sweepInbox,
  sweepActivity,
  sweepInvitations,
  async (db, now) => deps.activity.queued((await measureQueue(db, now)).waiting),
];

const developmentOrigins = ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*'];

/** Puts the parts together: the only place that knows them all. */
export async function createApp(
  config: Config,
  {
    log,
    publicUrl,
    location,
    clock: givenClock,
    origins = createOriginReader(),
    providerTimeoutSeconds,
    decide: givenDecide,
  }: Parts,
): Promise<App> {
  const movableClock = config.TEST_CLOCK ? new MovableClock(givenClock) : null;
  const clock = movableClock ?? givenClock ?? systemClock;
  const directory = location && 'directory' in location ? location.directory : config.DATA_DIR;
  const db = await openDatabase(location ?? locationOf(config), log, config.MIGRATE);
  const keys = keyRings(config, directory);
  await checkKeys(db, keys, log).catch(async (error: unknown) => {
    await db.close();
    throw error;
  });
  const keyedDigest = new KeyedDigest(keys.code);
  const box = new SealedBox(keys.encryption);
  const inbox = config.INBOX ? createInbox({ clock, db, box }) : null;
  const store = config.VALKEY_URL
    ? (await import('./limits/store-valkey.js')).createValkeyStore(config.VALKEY_URL, log)
    : createPostgresStore(db);
  const { hostname: host } = new URL(publicUrl);
  const settings = { from: config.MAIL_FROM, host };
  const email = await createTransport(config.MAIL_URL, settings);
  const sms = await createTransport(config.SMS_URL, settings);
  const sender = { appName: config.APP_NAME, host, publicUrl };
  const workerDeps = { clock, db, box, log };
  const worker = combineWorkers([
    createOutboxWorker(workerDeps, messageRoute(workerDeps, 'email', sender, email, inbox)),
    createOutboxWorker(workerDeps, messageRoute(workerDeps, 'sms', sender, sms, inbox)),
  ]);
  const sink = await createWebhook(config);
  const webhooks =
    sink &&
    createOutboxWorker(
      workerDeps,
      eventRoute(workerDeps, sink, (event) => webhookBody({ db }, event)),
    );
  const own = [publicUrl, ...(config.production ? [] : developmentOrigins)];
  const redirectOrigins = config.REDIRECT_ORIGINS ?? own;
  // The server's own pages call it, too.
  const corsOrigins = [...own, ...(config.CORS_ORIGINS ?? redirectOrigins)];
  const hasher = new PasswordHasher(
    keys.pepper,
    {
      memoryKib: config.ARGON2_MEMORY_KIB,
      passes: config.ARGON2_TIME,
      parallelism: config.ARGON2_PARALLELISM,
    },
    config.UV_THREADPOOL_SIZE,
  );
  const inFlight = createInFlightLimits();
  const readings: Readings = {
    waiting: () => Object.entries(inFlight).map(([kind, { waiting: count }]) => ({ kind, count })),
    queue: () => measureQueue(db, clock.now()),
    hashesWaiting: () => hasher.waiting,
    pool: db.poolUse,
  };
  const metrics = config.METRICS ? (await import('./metrics.js')).createMetrics(readings) : null;
  const limiter = config.RATE_LIMITS
    ? createRateLimiter({ clock, keyedDigest, store, factor: config.limitFactor })
    : unlimitedRateLimiter;
  const sessionUse = createSessionUse({ clock, db, idle: config.SESSION_IDLE });
  const smsWatch = createSmsWatch({ clock, config, limiter, log, metrics });
  const decide = givenDecide ?? (await createDecide(config, clock));
  const proofMethod = await createProofMethod({ config, clock, keyedDigest, log, metrics });
  const outbox = createOutbox({
    clock,
    box,
    webhook: config.WEBHOOK_URL ? shownUrl(config.WEBHOOK_URL) : null,
    sms: smsWatch,
    testRecipients: createTestRecipients(config),
    nudge: () => {
      worker.nudge();
      webhooks?.nudge();
    },
  });
  const deps: Deps = {
    activity: createActivity({ clock, db, log }),
    breachList: config.PASSWORD_BREACH_URL ? createBreachList(config.PASSWORD_BREACH_URL) : null,
    metrics,
    config,
    clock,
    log,
    db,
    decisions: decide ? createDecisions({ config, log, metrics }, decide) : noDecisions,
    logFeed: createLogFeed({ clock, db, log }),
    keyedDigest,
    publicUrl,
    redirectOrigins,
    origins,
    outbox,
    canSend: {
      email: Boolean(email || inbox) && config.MAIL_URL !== 'none',
      sms: Boolean(sms || inbox) && config.SMS_URL !== 'none',
      smsTo: smsWatch.isAllowed,
    },
    liveSessions: createLiveSessions({ clock, db, sessionUse }),
    mfaGrace: createMfaGrace({ clock, config, db, outbox }),
    inFlight,
    limiter,
    proof: proofMethod && createProofGate({ clock, limiter }, proofMethod),
    passwordAttempts: config.RATE_LIMITS ? createPasswordAttempts({ db, clock }) : unlimitedPasswordAttempts,
    hasher,
    box,
    oauth2: await createProviderClients(config.oauth2, providerTimeoutSeconds, log),
    idTokens: await createIdTokenVerifiers(config.idTokens, providerTimeoutSeconds),
    jwt: new JwtSigner(keys.jwt, publicUrl, config.JWT_ALGORITHM),
    webauthn: new WebAuthn(relyingParty(config, publicUrl, corsOrigins)),
    operators: new OperatorKeys(config.OPERATOR_KEYS),
  };
  if (config.isInboxOpen) log.warn('INBOX=on: other machines can read all mails and SMS at /inbox');
  else if (!config.production && !config.INBOX && config.MAIL_URL === undefined)
    log.warn(
      'the inbox is off because PUBLIC_URL is another host: set MAIL_URL, or INBOX=on to show it to everyone',
    );
  for (const warning of config.warnings) log.warn(warning);
  if (config.CORS_ORIGINS ?? config.REDIRECT_ORIGINS) {
    const { warnOfOtherSites } = await import('./http/same-site.js');
    warnOfOtherSites(config, publicUrl, config.CORS_ORIGINS ?? redirectOrigins, log);
  }
  let draining = false;
  const { handle, owns, findSession } = createRoutes({
    deps,
    graphql: createGraphql(schema, deps),
    movableClock,
    corsOrigins,
    inbox,
    isDraining: () => draining,
  });
  worker.start();
  webhooks?.start();
  const sweeper = createSweeper({ clock, db, log, sweeps: sweepsOf(deps) });
  sweeper.start();
  return {
    deps,
    worker,
    webhooks,
    sweep: sweeper.sweep,
    handle,
    owns,
    findSession,
    drain: () => {
      draining = true;
      void deps.logFeed.close();
    },
    close: async () => {
      sweeper.stop();
      sessionUse.close();
      await deps.logFeed.close();
      await Promise.all([worker.stop(), webhooks?.stop()]);
      email?.close();
      sms?.close();
      await origins.close();
      await deps.activity.close();
      await deps.limiter.close();
      await db.close();
    },
  };
}

/** Whose passkeys are taken: those of the host, on its own pages and on those of apps below it. */
function relyingParty(config: Config, publicUrl: string, corsOrigins: readonly string[]): RelyingParty {
  const id = config.PASSKEY_RP_ID ?? new URL(publicUrl).hostname;
  const origins = config.PASSKEY_ORIGINS ?? corsOrigins;
  return {
    id,
    name: config.APP_NAME,
    allows: (origin) =>
      config.PASSKEY_ORIGINS?.includes(origin) ||
      (URL.canParse(origin) && isUnder(id, new URL(origin).hostname) && isListed(origins, new URL(origin))),
  };
}

/** Where the settings say that the database is. */
export const locationOf = (config: Config): DatabaseLocation =>
  config.DATABASE_URL
    ? { url: config.DATABASE_URL, directUrl: config.DATABASE_DIRECT_URL, pool: config.DATABASE_POOL }
    : { directory: config.DATA_DIR };
