import { later, lifetimes } from '../../clock.js';
import type { Deps } from '../../deps.js';
import { AccountError } from '../../errors/account-error.js';

/** What an export holds of one table, and what it keeps back, with the reason. Between them they name every column. */
interface Section {
  readonly table: string;
  readonly shown: readonly string[];
  readonly hidden: Readonly<Record<string, string>>;
  /** The column by which the newest rows come first; of such a table at most {@link maxExportedRows} are exported. */
  readonly newestBy?: string;
  /** The condition that a row still counts; the sweep removes the others later. `$2` is now, `$3` the end of LOG_RETENTION. */
  readonly condition?: string;
}

const digest = 'a digest, which is of use to nobody but this server';
const secret = 'a secret, or what is sealed of one';
const own = 'the user of the export';
const inner = 'how this server keeps its books';

/** Where rows are that hang on a user. The first is the user. */
export const exportSections: Readonly<Record<string, Section>> = {
  user: {
    table: 'users',
    shown: [
      'id',
      'createdAt',
      'updatedAt',
      'registeredAt',
      'accessedAt',
      'name',
      'enabled',
      'labels',
      'email',
      'lastVerifiedEmail',
      'emailUnsettledSince',
      'phone',
      'phoneUnsettledSince',
      'lastVerifiedPhone',
      'passwordUpdatedAt',
      'mfaEnabled',
      'mailboxSuffices',
      'mfaRequiredSince',
      'testAccount',
      'prefs',
      'deleteAt',
    ],
    hidden: {
      signUpLabels: 'which of the labels were given at sign-up',
      passwordHash: 'a password hash',
      passwordKeyId: inner,
      passwordVersion: inner,
      passwordFromRecovery: inner,
      passwordHistory: 'password hashes',
    },
  },
  sessions: {
    table: 'sessions',
    condition: '"expiresAt" > $2',
    shown: [
      'id',
      'createdAt',
      'updatedAt',
      'expiresAt',
      'maxExpiresAt',
      'provider',
      'providerUid',
      'providerAccessTokenExpiresAt',
      'factors',
      'sources',
      'mfaExempt',
      'credential',
      'mfaUpdatedAt',
      'origin',
      'pending',
      'network',
      'fromKnownDevice',
    ],
    hidden: {
      userId: own,
      secretDigest: digest,
      tokensLockedUntil: inner,
      tokensRefreshedAt: inner,
      providerAccessTokenSealed: secret,
      providerRefreshTokenSealed: secret,
    },
  },
  identities: {
    table: 'identities',
    shown: [
      'id',
      'provider',
      'providerUid',
      'providerEmail',
      'providerEmailVerified',
      'joinedByAddress',
      'providerAccessTokenExpiresAt',
      'createdAt',
      'updatedAt',
    ],
    hidden: { userId: own, providerAccessTokenSealed: secret, providerRefreshTokenSealed: secret },
  },
  authenticators: {
    table: 'authenticators',
    shown: ['id', 'type', 'verified', 'createdAt'],
    hidden: { userId: own, secretSealed: secret, lastStep: inner },
  },
  passkeys: {
    table: 'passkeys',
    shown: [
      'id',
      'credentialId',
      'counter',
      'transports',
      'backedUp',
      'model',
      'name',
      'createdAt',
      'updatedAt',
      'lastUsedAt',
    ],
    hidden: { userId: own, publicKey: 'a key, which tells nothing of anybody' },
  },
  recoveryCodes: {
    table: 'recovery_codes',
    shown: ['id', 'createdAt'],
    hidden: { userId: own, codeSealed: secret },
  },
  challenges: {
    table: 'challenges',
    condition: '"expiresAt" > $2',
    shown: ['id', 'sessionId', 'factor', 'createdAt', 'expiresAt'],
    hidden: { userId: own, codeDigest: digest, keyId: inner, nonce: secret, attempts: inner },
  },
  tokens: {
    table: 'tokens',
    condition: '"expiresAt" > $2',
    shown: [
      'id',
      'purpose',
      'address',
      'createdAt',
      'expiresAt',
      'identityId',
      'origin',
      'network',
      'droppedFor',
    ],
    hidden: {
      userId: own,
      handle: inner,
      handleChosen: inner,
      secretDigest: digest,
      keyId: inner,
      attempts: inner,
      browserDigest: digest,
      codeChallenge: inner,
      about: 'which security change a link reverts; see the list of changes',
    },
  },
  invitations: {
    table: 'invitations',
    shown: ['id', 'email', 'name', 'labels', 'createdAt', 'expiresAt', 'acceptedAt'],
    hidden: { userId: own, invitedBy: 'which operator sent it', handle: inner },
  },
  providerSignIns: {
    table: 'oauth2_flows',
    condition: '"expiresAt" > $2',
    shown: ['id', 'provider', 'success', 'failure', 'sessionId', 'createdAt', 'expiresAt'],
    hidden: {
      userId: own,
      stateDigest: digest,
      browserDigest: digest,
      codeChallenge: inner,
      checksSealed: secret,
    },
  },
  devices: {
    table: 'devices',
    condition: `"lastSignInAt" > $2::timestamptz - interval '${lifetimes.device} seconds'`,
    shown: [
      'id',
      'createdAt',
      'lastSignInAt',
      'current',
      'passkeyIds',
      'trustedAt',
      'trustUsedAt',
      'trustOrigin',
    ],
    hidden: { userId: own, deviceDigest: digest },
  },
  securityChanges: {
    table: 'security_changes',
    shown: [
      'id',
      'createdAt',
      'kind',
      'action',
      'subject',
      'detail',
      'notice',
      'notified',
      'actor',
      'origin',
      'sessionId',
      'deviceId',
      'deviceSince',
      'sessionProvider',
      'sessionCredential',
      'reserved',
      'reservedUntil',
      'revertedAt',
      'revertId',
      'undoesId',
    ],
    hidden: { userId: own, state: 'what a revert restores, secrets included' },
    newestBy: 'createdAt',
  },
  messages: {
    table: 'outbox',
    shown: ['id', 'channel', 'kind', 'recipient', 'attempts', 'createdAt', 'expiresAt', 'sentAt', 'failedAt'],
    hidden: {
      userId: own,
      subjectUserId: 'set on events for the webhook, which are no messages to anybody',
      payloadSealed: secret,
      nextAttemptAt: inner,
      lockedUntil: inner,
      lastError: 'what a mail server told this one',
    },
    newestBy: 'createdAt',
  },
  logs: {
    table: 'logs',
    condition: '"time" > $3',
    shown: ['id', 'event', 'detail', 'time', 'actor', 'sessionId', 'origin'],
    hidden: { userId: own },
    newestBy: 'time',
  },
};

/** Tables without anything of a user's, and why. */
export const tablesWithoutUserData: Readonly<Record<string, string>> = {
  passkey_ceremonies: 'lives for minutes on a session, and holds a random number',
  id_token_nonces: 'lives for minutes, and holds a digest of a random number',
  inbox_messages: 'development only',
  log_listeners: 'about processes of the server',
  activity: 'counts of all users together',
  key_checks: 'about the keys of the server',
  rate_limit_buckets: 'counts under keyed digests, which identify no user',
  deleted_user_ids: 'digests of the ids of accounts that are gone',
  password_attempts: 'counts under keyed digests, which identify no user',
};

/** Rows of a list that has no bound of its own. */
export const maxExportedRows = 10_000;

const isInstant = (column: string): boolean => /(At|Until|Since)$|^time$/.test(column);

const expressionOf = (column: string): string =>
  isInstant(column)
    ? `to_char("${column}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : `"${column}"`;

const objectOf = ({ shown }: Section): string =>
  `json_build_object(${shown.map((column) => `'${column}', ${expressionOf(column)}`).join(', ')})`;

const listOf = (section: Section): string => {
  const order = section.newestBy ? `"${section.newestBy}" DESC, "id" DESC` : '"createdAt", "id"';
  const condition = section.condition ? ` AND ${section.condition}` : '';
  const rows = `SELECT * FROM ${section.table} WHERE "userId" = $1${condition} ORDER BY ${order} LIMIT ${maxExportedRows}`;
  return `(SELECT coalesce(json_agg(${objectOf(section)} ORDER BY ${order}), '[]') FROM (${rows}) AS rows)`;
};

const { user, ...lists } = exportSections as typeof exportSections & { user: Section };
/** One statement, and so one moment. */
const text = `SELECT json_build_object('user', ${objectOf(user)}, ${Object.entries(lists)
  .map(([name, section]) => `'${name}', ${listOf(section)}`)
  .join(', ')}) AS "export" FROM ${user.table} WHERE "id" = $1`;

/** Everything that is stored about a user at one moment, without secrets. */
export async function exportUser(
  { clock, config, db }: Pick<Deps, 'clock' | 'config' | 'db'>,
  userId: string,
): Promise<Record<string, unknown>> {
  const now = clock.now();
  const values = [userId, now, later(now, -config.LOG_RETENTION)];
  const { rows } = await db.query<{ export: Record<string, unknown> }>({ text, values });
  if (!rows[0]) throw new AccountError('GENERAL_UNAUTHORIZED_SCOPE');
  return rows[0].export;
}
