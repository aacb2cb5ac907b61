import { z } from 'zod';
import { days, lifetimes, minutes } from '../clock.js';
import {
  count,
  countries,
  domain,
  domains,
  duration,
  durationOrZero,
  keyRing,
  list,
  mailbox,
  mfaRequirement,
  networks,
  oneOf,
  onOff,
  origins,
  passkeyOrigins,
  proxies,
  publicUrl,
  serviceUrl,
  testAddresses,
  signingKeyRing,
  url,
  urlOrNone,
  webhookSecret,
} from './fields.js';
import { jwtProfiles } from './jwt-profiles.js';

/** Sign-in methods, and JWTs, that AUTH_METHODS can switch off. */
export const signInMethods = [
  'email-password',
  'email-otp',
  'magic-url',
  'phone',
  'passkey',
  'oauth2',
  'anonymous',
] as const;
const authMethods = [...signInMethods, 'jwt'] as const;
export type SignInMethod = (typeof signInMethods)[number];
export type AuthMethod = (typeof authMethods)[number];

/** Every variable the server reads, with its check, its default and its row in docs/configuration.md. */
export const variables = {
  NODE_ENV: oneOf(['development', 'production', 'test'])
    .default('development')
    .describe(
      '`production` refuses to start without `DATABASE_URL`, `PUBLIC_URL`, the keys and a mail transport, and turns GraphiQL, introspection and the inbox off',
    ),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: count(0, 65_535)
    .default(4000)
    .describe('port to listen on; `0` picks a free one, and the ready line names it'),
  PUBLIC_URL: publicUrl
    .optional()
    .describe('the only base for links in mails and OAuth2 callbacks; `http://localhost:PORT` unless set'),
  DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe('a PostgreSQL server; unset: the embedded database in `DATA_DIR`'),
  DATABASE_DIRECT_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe(
      'a way round a pooler in transaction mode, for what needs a connection of its own; unset: `DATABASE_URL`',
    ),
  MIGRATE: onOff
    .default(true)
    .describe('`off`: the start refuses while migrations are pending, instead of applying them'),
  DATABASE_POOL: count(1, 1000).default(10).describe('most connections to the PostgreSQL server'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('embedded database and generated development keys; one process at a time'),
  VALKEY_URL: url('redis:', 'rediss:', 'valkey:')
    .optional()
    .describe('Valkey or Redis for the shared rate limits; unset: the database counts them'),
  MAIL_URL: urlOrNone('smtp:', 'smtps:')
    .optional()
    .describe(
      '`smtp://user:pass@host:port` or `smtps://…`; `none` switches mail off; unset: the inbox, in development',
    ),
  MAIL_FROM: mailbox
    .default('Accounts <no-reply@localhost>')
    .describe('sender of every mail; production must set it, unless `MAIL_URL` is `none`'),
  APP_NAME: z
    .string()
    .regex(/^\P{Cc}{1,64}$/u, 'must be one line of at most 64 characters')
    .default('Accounts')
    .describe('the name people see in mails, subjects and authenticator apps'),
  WEBHOOK_URL: url('https:', 'http:')
    .optional()
    .describe(
      'where events of accounts are sent as Standard Webhooks: https, or http to this machine outside production',
    ),
  WEBHOOK_SECRET: webhookSecret
    .optional()
    .describe('signs them: `whsec_` and 24 to 64 random bytes in base64'),
  WEBHOOK_PRIVATE: onOff
    .default(false)
    .describe(
      'whether `WEBHOOK_URL` may lead into a private network; looked at whenever a connection is made',
    ),
  SMS_URL: urlOrNone('twilio:', 'webhook:', 'webhooks:')
    .optional()
    .describe('the SMS transport; `none` switches SMS off; unset: the inbox, in development'),
  SIGN_UP: oneOf(['open', 'invited'])
    .default('open')
    .describe('`invited`: only operators, and people whom they invite, make accounts'),
  SIGN_UP_DOMAINS: domains
    .refine((list) => list.length > 0, 'must name at least one domain')
    .optional()
    .describe(
      'comma-separated domains, such as `example.com,*.example.org` (`*.` means all subdomains). People can sign up only with a verified email address of one of these domains, and every sign-in requires a verified email address. Unset: all domains',
    ),
  SIGN_UP_BLOCKED_DOMAINS: domains
    .default([])
    .describe(
      'domains whose email addresses are rejected at sign-up and by updateEmail, written in the same way',
    ),
  SIGN_UP_DISPOSABLE: onOff
    .default(true)
    .describe(
      '`off`: email addresses of providers of disposable mailboxes are rejected at sign-up and by updateEmail',
    ),
  CHOSEN_IDS: onOff
    .default(true)
    .describe('`off`: only operators and the import choose ids of users; use it while an import is running'),
  VERIFICATION: oneOf(['usual', 'strict'])
    .default('usual')
    .describe(
      '`strict`: a link that verifies the first address of an account empties the account if it is opened in an unknown browser without the password. With `SIGN_UP_DOMAINS`, it is always `strict`',
    ),
  DECIDE_URL: serviceUrl
    .optional()
    .describe(
      'URL of the service that allows or rejects new users, sign-ins and new addresses: https, or http to this machine; see [sign-up.md](sign-up.md#decisions-of-the-application)',
    ),
  DECIDE_SECRET: webhookSecret
    .optional()
    .describe(
      'key that signs the requests to `DECIDE_URL` as Standard Webhooks: `whsec_` and 24 to 64 random bytes in base64',
    ),
  DECIDE_ON_FAILURE: oneOf(['refuse', 'allow'])
    .optional()
    .describe('what happens if the application does not decide within 3 seconds. Required with `DECIDE_URL`'),
  DECIDE_REASONS: list
    .pipe(z.array(z.string().regex(/^[\w.-]{1,64}$/, 'must be words of letters, digits, ".", "_" and "-"')))
    .default([])
    .describe('comma-separated reasons that clients may see in `USER_REFUSED`'),
  PROOF: oneOf(['off', 'altcha', 'turnstile', 'hcaptcha', 'recaptcha'])
    .default('off')
    .describe(
      'what a client must prove once half of a limit by client address is used up: `altcha` is proof of work without a third party, the others are CAPTCHA services',
    ),
  PROOF_SITE_KEY: z.string().optional().describe('site key of the CAPTCHA service'),
  PROOF_SECRET: z.string().optional().describe('secret of the CAPTCHA service'),
  PROOF_VERIFY_URL: serviceUrl
    .optional()
    .describe(
      'another address of the CAPTCHA service, such as `https://www.recaptcha.net/recaptcha/api/siteverify`',
    ),
  SMS_COUNTRIES: countries
    .refine((list) => list.length > 0, 'must name at least one country')
    .optional()
    .describe(
      'comma-separated countries that SMS are sent to, such as `DE,AT,CH`, and calling codes of satellite networks, such as `+881`. Unset: all countries, and no satellite network',
    ),
  SMS_NETWORK_LIMIT: count(1, 1_000_000)
    .default(50)
    .describe('maximum number of SMS that one client network can cause in a day without a session'),
  SMS_DAILY_LIMIT: count(0, 100_000_000)
    .default(0)
    .describe('maximum number of SMS that the whole server sends in a day; `0` means no limit'),
  REDIRECT_ORIGINS: origins
    .optional()
    .describe(
      'comma-separated allow-list for `url`, `success` and `failure`; unset: `PUBLIC_URL`, and every port of this machine in development',
    ),
  CORS_ORIGINS: origins
    .optional()
    .describe('browser origins that may send credentials; unset: the same as `REDIRECT_ORIGINS`'),
  COOKIE_SAMESITE: oneOf(['strict', 'lax', 'none'])
    .default('lax')
    .describe(
      'whether other sites’ pages send the cookies: `none` for a front end on another site, over https alone',
    ),
  PASSKEY_RP_ID: domain
    .optional()
    .describe('the domain that passkeys are bound to, for ever; unset: the host of `PUBLIC_URL`'),
  PASSKEY_ORIGINS: passkeyOrigins
    .optional()
    .describe(
      'pages that may use passkeys, under that domain; unset: `PUBLIC_URL`, and the `CORS_ORIGINS` under it',
    ),
  TRUSTED_PROXIES: proxies.default(0).describe('how many proxy hops to believe, or their CIDRs'),
  ENCRYPTION_KEYS: keyRing
    .optional()
    .describe('encrypts what must be read back; `name:base64,…`, newest first'),
  PEPPER_KEYS: keyRing.optional().describe('peppers the password hashes'),
  CODE_KEYS: keyRing.optional().describe('digests six-digit codes'),
  JWT_KEYS: signingKeyRing
    .optional()
    .describe('keys that sign JWTs: `name:base64` is an Ed25519 seed, `name:es256:base64` a P-256 key'),
  JWT_ALGORITHM: oneOf(['EdDSA', 'ES256'])
    .default('EdDSA')
    .describe(
      'signature algorithm of new JWTs, by the first key of that kind. `ES256` is for services that do not know Ed25519',
    ),
  JWT_PROFILES: jwtProfiles
    .default(new Map())
    .describe('JSON: JWTs for other services, by name; see [jwt.md](jwt.md#profiles)'),
  OPERATOR_KEYS: keyRing
    .optional()
    .describe('keys of operators; the bearer is `operator_` and the key in base64url. Unset: there are none'),
  USER_TOKENS: onOff
    .default(false)
    .describe(
      'whether operators may sign in as a user: see [operators.md](operators.md#signing-in-as-a-user)',
    ),
  TEST_ADDRESSES: testAddresses
    .default(new Map())
    .describe(
      'addresses and their codes, for end-to-end tests outside production: `ada@example.test=123456,+14155550100=123456`. See [testing.md](testing.md#addresses-with-a-fixed-code)',
    ),
  OPERATOR_NETWORKS: networks
    .optional()
    .describe('CIDRs that operators, and `/console`, are let in from; unset: from anywhere'),
  SESSION_LIFETIME: duration
    .refine((seconds) => seconds >= 60 && seconds <= lifetimes.sessionMaximum, 'must be between 60s and 365d')
    .default(days(30))
    .describe('how long a session lives, up to `365d`'),
  SESSION_IDLE: duration
    .refine((seconds) => seconds >= minutes(1), 'must be at least 60s')
    .optional()
    .describe(
      'a session that is not used for this long ends, for example `12h`, at least `60s`; unset: it lives for `SESSION_LIFETIME`. The server records a use at most once in a tenth of this time, so a session can end up to a tenth earlier. Requests with its JWTs and open live logs count as use. An anonymous user whose session ends loses the account',
    ),
  MFA_REQUIRED: mfaRequirement
    .default('off')
    .describe(
      '`on`: every user must turn MFA on; `label:staff`: every user with this label. See [operations.md](operations.md#mandatory-mfa)',
    ),
  MFA_GRACE: durationOrZero
    .default(days(7))
    .describe(
      'how long a user of whom `MFA_REQUIRED` demands MFA can use the account without it, from the first sign-in or change; `0d`: no grace period',
    ),
  SESSION_LIMIT: count(1, 100).default(10).describe('sessions per user; one more ends the oldest'),
  USER_LIMIT: count(0, 1_000_000_000).default(0).describe('users in all; `0` is no limit'),
  PASSWORD_HISTORY: count(0, 20).default(0).describe('how many former passwords may not come back'),
  PASSWORD_MIN: count(8, 64).default(8).describe('shortest new password, in characters'),
  PASSWORD_DICTIONARY: onOff.default(true).describe('refuse common passwords'),
  PASSWORD_BREACH_URL: serviceUrl
    .optional()
    .describe(
      'a service that speaks the range protocol of Have I Been Pwned, such as `https://api.pwnedpasswords.com/range/`: new passwords that it lists are rejected. It learns five digits of a digest. If it does not answer within 2 seconds, passwords pass',
    ),
  PERSONAL_DATA_CHECK: onOff
    .default(true)
    .describe('refuse passwords that contain the name, e-mail, phone or id'),
  LOG_RETENTION: duration.default(days(365)).describe('how long lines of a user’s security log are kept'),
  DELETION_GRACE: durationOrZero
    .default(days(7))
    .describe(
      'how long a user can cancel the deletion of the account; `0d`: the server deletes it immediately',
    ),
  SESSION_ALERTS: onOff.default(false).describe('mail the owner about every further sign-in'),
  AUTH_METHODS: list
    .pipe(z.array(oneOf(authMethods)))
    .default([...authMethods])
    .describe(
      'sign-in methods, and JWTs, that the server accepts; the others are rejected with `USER_AUTH_METHOD_UNSUPPORTED`',
    ),
  ARGON2_MEMORY_KIB: count(1024, 4_194_304)
    .default(19_456)
    .describe('memory of a new password hash; older hashes are upgraded at sign-in'),
  ARGON2_TIME: count(1, 100).default(2).describe('passes of a new password hash'),
  ARGON2_PARALLELISM: count(1, 16).default(1).describe('lanes of a new password hash'),
  UV_THREADPOOL_SIZE: count(1, 1024)
    .default(4)
    .describe(
      'Node’s own: threads beside the event loop; all but one of them hash passwords, up to one per core',
    ),
  RATE_LIMITS: onOff.default(true).describe('`off` only outside production, for load measurement'),
  TEST_CLOCK: onOff
    .default(false)
    .describe('outside production only: `POST /test/clock {"advanceSeconds": n}` moves the clock'),
  GRAPHIQL: onOff.optional().describe('force GraphiQL on or off; unset: on outside production'),
  INTROSPECTION: onOff.optional().describe('force introspection on or off; unset: on outside production'),
  INBOX: onOff
    .optional()
    .describe(
      'outside production: the message inbox. Unset: on, unless `MAIL_URL` is set or `PUBLIC_URL` is another host, and only for requests of this machine that came through no proxy; `on`: for every machine, for example in a container',
    ),
  METRICS: onOff.default(false).describe('serve Prometheus metrics at `/metrics`'),
  METRICS_PORT: count(0, 65_535)
    .optional()
    .describe('another port for `/metrics`, bound like `HOST`; unset: on `PORT`'),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('least level of the JSON log lines on stdout'),
} as const;
