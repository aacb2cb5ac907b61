import type { Activity } from './activity.js';
import type { Decisions } from './access/decisions.js';
import type { LiveSessions } from './access/live-sessions.js';
import type { MfaGrace } from './access/mfa-requirement.js';
import type { PasswordAttempts } from './limits/password-attempts.js';
import type { InFlightLimits } from './limits/in-flight.js';
import type { ProofGate } from './limits/proof.js';
import type { RateLimiter } from './limits/limiter.js';
import type { Clock } from './clock.js';
import type { Config } from './config/config.js';
import type { Database } from './db/database.js';
import type { LogFeed } from './log-feed.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';
import type { ProviderClient } from './oauth2-providers/client.js';
import type { IdTokenVerifier } from './oauth2-providers/id-tokens.js';
import type { ProviderName } from './oauth2-providers/names.js';
import type { OriginReader } from './origin/origin.js';
import type { Outbox } from './outbox/queue.js';
import type { KeyedDigest } from './secrets/digest.js';
import type { JwtSigner } from './secrets/jwt.js';
import type { OperatorKeys } from './secrets/operator-keys.js';
import type { PasswordHasher } from './secrets/password.js';
import type { SealedBox } from './secrets/sealed-box.js';
import type { WebAuthn } from './secrets/webauthn.js';
import type { BreachList } from './transports/breach-list.js';

/** The parts of the server. A service function names those that it uses: `Pick<Deps, 'db' | 'clock'>`. */
export interface Deps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  /** Set where metrics are on. */
  readonly metrics: Metrics | null;
  readonly activity: Activity;
  /** Set where PASSWORD_BREACH_URL is. */
  readonly breachList: BreachList | null;
  readonly db: Database;
  /** The decisions of the application about its users. */
  readonly decisions: Decisions;
  readonly liveSessions: LiveSessions;
  readonly mfaGrace: MfaGrace;
  readonly limiter: RateLimiter;
  readonly inFlight: InFlightLimits;
  /** Set unless PROOF is off. */
  readonly proof: ProofGate | null;
  readonly outbox: Outbox;
  readonly logFeed: LogFeed;
  /** What the server can send: by a transport, or to the inbox. */
  readonly canSend: {
    readonly email: boolean;
    readonly sms: boolean;
    /** Whether SMS_COUNTRIES allows the country of a number. */
    smsTo(phone: string): boolean;
  };
  /** The base of every link the server makes, without a slash at its end. */
  readonly publicUrl: string;
  /** Where links and redirects may lead. */
  readonly redirectOrigins: readonly string[];
  /** Where requests come from. */
  readonly origins: OriginReader;
  readonly passwordAttempts: PasswordAttempts;
  readonly hasher: PasswordHasher;
  readonly keyedDigest: KeyedDigest;
  readonly box: SealedBox;
  readonly jwt: JwtSigner;
  readonly webauthn: WebAuthn;
  readonly operators: OperatorKeys;
  /** The configured OAuth providers. */
  readonly oauth2: Readonly<Partial<Record<ProviderName, ProviderClient>>>;
  /** The providers whose ID tokens are accepted. */
  readonly idTokens: Readonly<Partial<Record<ProviderName, IdTokenVerifier>>>;
}
