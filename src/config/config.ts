import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { days } from '../clock.js';
import { isLoopback, isUnder, list, onOff } from './fields.js';
import { misspelled, unknownNames } from './misspelled.js';
import { variables } from './variables.js';
import {
  type IdTokenProvider,
  type IdTokenSettings,
  idTokenProviders,
  type ProviderCredentials,
  type ProviderName,
  providerNames,
} from '../oauth2-providers/names.js';

type Environment = Readonly<Record<string, string | undefined>>;
const needsIssuer: ReadonlySet<ProviderName> = new Set(['OIDC', 'OKTA', 'AUTH0', 'AUTHENTIK'] as const);

type Settings = z.infer<z.ZodObject<typeof variables>>;
type Required = 'GRAPHIQL' | 'INTROSPECTION' | 'INBOX';

/** The server's settings, checked and complete but for what depends on the port and on `DATA_DIR`. */
export type Config = Readonly<
  Omit<Settings, Required> &
    Record<Required, boolean> & {
      production: boolean;
      /** Limits are so many times as wide: in development an hour of trying things out meets none. */
      limitFactor: number;
      /** What the operator should look at, although the server can start. */
      warnings: readonly string[];
      /** INBOX was set to `on`. */
      isInboxOpen: boolean;
      /** The OAuth providers that are configured. */
      oauth2: Readonly<Partial<Record<ProviderName, ProviderCredentials>>>;
      /** The providers whose ID tokens are accepted. */
      idTokens: Readonly<Partial<Record<IdTokenProvider, IdTokenSettings>>>;
    }
>;

/** Rows of the table in docs/configuration.md. */
export const configTable = (): { name: string; fallback: string; meaning: string }[] =>
  Object.entries(variables).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined);
    return {
      name,
      fallback: fallback.success ? printed(name, fallback.data) : 'required',
      meaning: schema.description ?? '',
    };
  });

function printed(name: string, value: unknown): string {
  const isEmpty = (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);
  if (value === undefined || isEmpty) return 'unset';
  if (['SESSION_LIFETIME', 'LOG_RETENTION', 'DELETION_GRACE', 'MFA_GRACE'].includes(name))
    return `\`${Number(value) / days(1)}d\``;
  if (name === 'TRUSTED_PROXIES') return 'none';
  if (typeof value === 'boolean') return value ? '`on`' : '`off`';
  return `\`${String(value)}\``;
}

/** Every bad variable at once, so that a new deployment is mended in one round. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** The value of a variable, or of the file that `NAME_FILE` names; an empty one is none. */
function readVariable(environment: Environment, name: string, problems: string[]): string | undefined {
  const file = environment[`${name}_FILE`];
  if (!file) return environment[name] || undefined;
  if (existsSync(file)) return readFileSync(file, 'utf8').trim() || undefined;
  problems.push(`${name}_FILE: no such file`);
  return undefined;
}

/** A provider is configured by its id and secret, and an issuer where it has no fixed one. */
function readProviders(environment: Environment, problems: string[]): Config['oauth2'] {
  const configured: Partial<Record<ProviderName, ProviderCredentials>> = {};
  for (const name of providerNames) {
    const read = (part: string) => readVariable(environment, `OAUTH_${name}_${part}`, problems);
    const [clientId, clientSecret, issuer] = [read('CLIENT_ID'), read('CLIENT_SECRET'), read('ISSUER')];
    const verifiesEmail = onOff.optional().safeParse(read('VERIFIES_EMAIL'));
    if (!verifiesEmail.success) problems.push(`OAUTH_${name}_VERIFIES_EMAIL: must be on or off`);
    if (!clientId && !clientSecret) continue;
    if (!clientId) problems.push(`OAUTH_${name}_CLIENT_ID: missing`);
    if (!clientSecret) problems.push(`OAUTH_${name}_CLIENT_SECRET: missing`);
    if (needsIssuer.has(name) && !issuer) problems.push(`OAUTH_${name}_ISSUER: missing`);
    if (issuer && !(URL.canParse(issuer) && /^https?:\/\//.test(issuer)))
      problems.push(`OAUTH_${name}_ISSUER: must be a URL`);
    configured[name] = {
      clientId: clientId ?? '',
      clientSecret: clientSecret ?? '',
      ...(issuer && { issuer }),
      ...(verifiesEmail.data !== undefined && { verifiesEmail: verifiesEmail.data }),
    };
  }
  return configured;
}

/** The ID tokens of a provider are accepted if their audiences are listed. */
function readIdTokens(environment: Environment, problems: string[]): Config['idTokens'] {
  const configured: Partial<Record<IdTokenProvider, IdTokenSettings>> = {};
  for (const name of idTokenProviders) {
    const read = (part: string) => readVariable(environment, `OAUTH_${name}_${part}`, problems);
    const audiences = list.parse(read('AUDIENCES') ?? '');
    if (audiences.length === 0) continue;
    const [issuer, verifiesEmail] = [read('ISSUER'), read('VERIFIES_EMAIL')];
    if (needsIssuer.has(name) && !(issuer && URL.canParse(issuer)))
      problems.push(`OAUTH_${name}_ISSUER: OAUTH_${name}_AUDIENCES requires the URL of the issuer`);
    configured[name] = {
      audiences,
      ...(issuer && { issuer }),
      ...(verifiesEmail !== undefined && { verifiesEmail: verifiesEmail === 'on' }),
    };
  }
  return configured;
}

const requiredInProduction = [
  'DATABASE_URL',
  'PUBLIC_URL',
  'MAIL_URL',
  'ENCRYPTION_KEYS',
  'PEPPER_KEYS',
  'CODE_KEYS',
  'JWT_KEYS',
] as const;

function unfitForProduction(raw: Readonly<Record<string, string>>): string[] {
  const problems: string[] = requiredInProduction
    .filter((name) => raw[name] === undefined)
    .map((name) => `${name}: required in production`);
  if (raw['MAIL_FROM'] === undefined && raw['MAIL_URL'] !== 'none')
    problems.push('MAIL_FROM: required in production');
  if (isPlainHttp(raw['PUBLIC_URL']) && !isLoopback(raw['PUBLIC_URL'] ?? ''))
    problems.push('PUBLIC_URL: must be https in production, except on this machine');
  if (raw['RATE_LIMITS'] === 'off') problems.push('RATE_LIMITS: cannot be off in production');
  if (raw['TEST_CLOCK'] === 'on') problems.push('TEST_CLOCK: cannot be on in production');
  if (raw['TEST_ADDRESSES']) problems.push('TEST_ADDRESSES: cannot be set in production');
  if (raw['INBOX'] === 'on') problems.push('INBOX: cannot be on in production');
  return problems;
}

const isPlainHttp = (url: string | undefined): boolean => url?.startsWith('http:') ?? false;

/** Where events go must be said whole, and be nobody else's to read. */
function unfitWebhook(raw: Readonly<Record<string, string>>, production: boolean): string[] {
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = raw;
  if (url !== undefined && secret === undefined) return ['WEBHOOK_SECRET: required with WEBHOOK_URL'];
  if (secret !== undefined && url === undefined) return ['WEBHOOK_URL: required with WEBHOOK_SECRET'];
  return isPlainHttp(url) && URL.canParse(url ?? '') && (production || !isLoopback(url ?? ''))
    ? ['WEBHOOK_URL: must be https']
    : [];
}

/** Settings for sign-up that have no effect, or let no one in. */
function uselessSignUp(settings: Settings): string[] {
  const { SIGN_UP, OPERATOR_KEYS, MAIL_URL, PROOF, PROOF_SITE_KEY, PROOF_SECRET } = settings;
  const isInvited = SIGN_UP === 'invited';
  return [
    ...(isInvited && !OPERATOR_KEYS
      ? ['SIGN_UP=invited: there are no OPERATOR_KEYS, so no one can invite users']
      : []),
    ...(isInvited && MAIL_URL === 'none'
      ? ['SIGN_UP=invited: MAIL_URL is none, so invitations cannot be sent']
      : []),
    ...(PROOF === 'off' && (PROOF_SITE_KEY ?? PROOF_SECRET) !== undefined
      ? ['PROOF_SITE_KEY and PROOF_SECRET have no effect, because PROOF is off']
      : []),
  ];
}

/** Questions contain addresses, so they must not travel in plain text. */
function unfitDecisions({ DECIDE_URL: url, DECIDE_SECRET: secret, DECIDE_ON_FAILURE }: Settings): string[] {
  if (url === undefined) return secret === undefined ? [] : ['DECIDE_URL: required with DECIDE_SECRET'];
  return [
    ...(secret === undefined ? ['DECIDE_SECRET: required with DECIDE_URL'] : []),
    ...(DECIDE_ON_FAILURE === undefined ? [onFailureRequired] : []),
    ...(isPlainHttp(url) && !isLoopback(url) ? ['DECIDE_URL: must be https, except on this machine'] : []),
  ];
}

/** There is no default, because only the operator knows whether a lost user or a broken rule does more harm. */
export const onFailureRequired = 'DECIDE_ON_FAILURE: required where the application decides: refuse or allow';

/** A CAPTCHA service needs both of its keys. */
function unfitProof({ PROOF, PROOF_SITE_KEY, PROOF_SECRET, PROOF_VERIFY_URL }: Settings): string[] {
  if (PROOF === 'off' || PROOF === 'altcha') return [];
  return [
    ...(PROOF_SITE_KEY ? [] : [`PROOF_SITE_KEY: required with PROOF=${PROOF}`]),
    ...(PROOF_SECRET ? [] : [`PROOF_SECRET: required with PROOF=${PROOF}`]),
    ...(isPlainHttp(PROOF_VERIFY_URL) && !isLoopback(PROOF_VERIFY_URL ?? '')
      ? ['PROOF_VERIFY_URL: must be https, except on this machine']
      : []),
  ];
}

/** A browser would refuse them, one at a time, and only when somebody tries. */
function unfitPasskeys(settings: Settings): string[] {
  const { PASSKEY_RP_ID, PASSKEY_ORIGINS, PUBLIC_URL = 'http://localhost' } = settings;
  const id = PASSKEY_RP_ID ?? new URL(PUBLIC_URL).hostname;
  const isOutside = (origin: string) => !isUnder(id, new URL(origin).hostname);
  if (PASSKEY_ORIGINS !== undefined)
    return PASSKEY_ORIGINS.filter((origin) => origin.startsWith('http') && isOutside(origin)).map(
      (origin) => `PASSKEY_ORIGINS: ${origin} is not under PASSKEY_RP_ID, which is ${id}`,
    );
  const pages = [PUBLIC_URL, ...(settings.CORS_ORIGINS ?? settings.REDIRECT_ORIGINS ?? [])];
  const usable = pages.map((origin) => origin.replace('//*.', '//').replace(/:\*$/, ''));
  return usable.some((origin) => /^https?:/.test(origin) && !isOutside(origin))
    ? []
    : [`PASSKEY_RP_ID: neither PUBLIC_URL nor an origin in CORS_ORIGINS is under ${id}`];
}

const providerVariables = [
  ...providerNames.flatMap((name) =>
    ['CLIENT_ID', 'CLIENT_SECRET', 'ISSUER', 'VERIFIES_EMAIL'].map((part) => `OAUTH_${name}_${part}`),
  ),
  ...idTokenProviders.map((name) => `OAUTH_${name}_AUDIENCES`),
];

/**
 * Reads the settings from environment variables; `NAME_FILE` names a file that holds the value of `NAME`.
 *
 * @throws {ConfigError} naming every missing or bad variable, never its value.
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const raw: Record<string, string> = {};
  for (const name of Object.keys(variables)) {
    const value = readVariable(environment, name, problems);
    if (value !== undefined) raw[name] = value;
  }
  const oauth2 = readProviders(environment, problems);
  const idTokens = readIdTokens(environment, problems);
  const known = [...Object.keys(variables), ...providerVariables];
  problems.push(...misspelled(Object.keys(environment), known));
  const parsed = z.object(variables).safeParse(raw);
  const issues = (parsed.error?.issues ?? []).map(({ path, message }) => `${String(path[0])}: ${message}`);
  // Of a list, several items can be wrong in the same way.
  problems.push(...new Set(issues));
  const production = raw['NODE_ENV'] === 'production';
  if (production) problems.push(...unfitForProduction(raw));
  const isSecure = raw['PUBLIC_URL']?.startsWith('https:') ?? false;
  problems.push(...unfitWebhook(raw, production));
  if (raw['COOKIE_SAMESITE'] === 'none' && !isSecure)
    problems.push('COOKIE_SAMESITE: none takes a PUBLIC_URL of https');
  if (!parsed.success) throw new ConfigError(problems);
  const settings = parsed.data;
  if (settings.JWT_KEYS?.every(({ algorithm }) => algorithm !== settings.JWT_ALGORITHM))
    problems.push(`JWT_KEYS: holds no key for JWT_ALGORITHM=${settings.JWT_ALGORITHM}`);
  if (settings.SIGN_UP_DOMAINS && settings.MAIL_URL === 'none')
    problems.push('SIGN_UP_DOMAINS: needs a mail server to verify addresses, but MAIL_URL is none');
  problems.push(...unfitPasskeys(settings), ...unfitProof(settings), ...unfitDecisions(settings));
  const rings = [
    settings.ENCRYPTION_KEYS,
    settings.PEPPER_KEYS,
    settings.CODE_KEYS,
    settings.JWT_KEYS,
    settings.OPERATOR_KEYS,
  ];
  const keys = rings.flatMap((ring) => ring?.map(({ bytes }) => Buffer.from(bytes).toString('hex')) ?? []);
  if (new Set(keys).size < keys.length)
    problems.push(
      'ENCRYPTION_KEYS, PEPPER_KEYS, CODE_KEYS, JWT_KEYS, OPERATOR_KEYS: one key stands in two places',
    );
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({
    ...settings,
    production,
    limitFactor: settings.NODE_ENV === 'development' ? 10 : 1,
    oauth2,
    idTokens,
    warnings: [
      ...unknownNames(Object.keys(environment), known),
      ...uselessSignUp(settings),
      ...(settings.SESSION_IDLE && settings.SESSION_IDLE >= settings.SESSION_LIFETIME
        ? ['SESSION_IDLE has no effect, because it is not shorter than SESSION_LIFETIME']
        : []),
      ...(production && !isSecure
        ? ['PUBLIC_URL: http is for trying production mode on this machine. Safari keeps no session']
        : []),
    ],
    VERIFICATION: settings.SIGN_UP_DOMAINS ? 'strict' : settings.VERIFICATION,
    GRAPHIQL: settings.GRAPHIQL ?? !production,
    INTROSPECTION: settings.INTROSPECTION ?? !production,
    INBOX: settings.INBOX ?? (!production && settings.MAIL_URL === undefined && isForThisMachine(settings)),
    isInboxOpen: settings.INBOX === true,
  });
}

/** Behind a public address, the inbox would show everyone's codes to everyone. */
const isForThisMachine = ({ PUBLIC_URL }: { readonly PUBLIC_URL?: string | undefined }): boolean =>
  PUBLIC_URL === undefined || isLoopback(PUBLIC_URL);
