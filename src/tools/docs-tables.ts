import { jwtFields } from '../config/jwt-profiles.js';
import { activitySaveSeconds, activitySteps } from '../activity.js';
import { maxWaitingLogs } from '../features/logs/stream.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFlightLimits } from '../limits/in-flight.js';
import { maxOpenStreams } from '../limits/limits.js';
import { smallBodyBytes } from '../http/json-post.js';
import { maxWaiting } from '../limits/concurrency.js';
import { inWords, lifetimes } from '../clock.js';
import { configTable } from '../config/config.js';
import { catalogue, errorCodes } from '../errors/catalogue.js';
import { maxPendingSessions } from '../features/sessions/ending.js';
import { anonymousRetention } from '../features/account/service.js';
import {
  fullRetention,
  logDetails,
  logEvents,
  maxOldLogs,
  unknownUserRetention,
} from '../features/logs/service.js';
import { maxPasskeys } from '../features/passkeys/service.js';
import { changeRetention } from '../features/security-changes/service.js';
import { maxDocumentBytes } from '../graphql/document-cache.js';
import { maxBodyBytes } from '../graphql/server.js';
import { requestsPerMinute } from '../http/routes.js';
import { providerNames } from '../oauth2-providers/names.js';
import { isOidc } from '../oauth2-providers/provider.js';
import { providers } from '../oauth2-providers/providers.js';
import { maxKnownAgents, maxWaitingAgents } from '../origin/device.js';
import { maxCachedJwts } from '../secrets/jwt.js';
import { maxWaitingHashes } from '../secrets/password.js';
import { guessTable, limitTable, messageTable } from './limit-tables.js';
import { table } from './table.js';

const root = join(import.meta.dirname, '../..');

const configuration = (): string =>
  table(
    ['variable', 'default', 'meaning'],
    configTable().map(({ name, fallback, meaning }) => [`\`${name}\``, fallback, meaning]),
  );

const errors = (): string =>
  table(
    ['code', 'message', 'what to do'],
    errorCodes.map((code) => [`\`${code}\``, catalogue[code].message, catalogue[code].remedy]),
  );

/** The provider entries, and whether what they say of an address can be taken for proven. */
const providerTable = (): string =>
  table(
    ['provider', 'variables beside its id and secret', 'protocol', 'scopes', 'vouches for the address'],
    providerNames.map((name) => {
      const provider = providers[name];
      const issuer = isOidc(provider) ? provider.issuer === null : provider.selfHosted !== undefined;
      return [
        `\`${name}\``,
        issuer ? `\`OAUTH_${name}_ISSUER\`${isOidc(provider) ? '' : ' for a host of your own'}` : '',
        isOidc(provider) ? 'OpenID Connect' : 'OAuth 2.0',
        provider.scopes.map((scope) => `\`${scope}\``).join(' '),
        !provider.verifiesEmail
          ? 'no'
          : isOidc(provider) || !provider.selfHosted
            ? 'yes, where it says so'
            : 'yes, where it says so; a host of your own, no',
      ];
    }),
  );

/** What strangers can make the server keep, and how much of it. */
const bounds = (): string =>
  table(
    ['what', 'kept for', 'at most'],
    [
      [
        'body of a request',
        'every POST',
        `${maxBodyBytes / 1024} KiB, until the response is sent; all bodies over ${smallBodyBytes / 1024} KiB together: ${inFlightLimits.heldBytes.max / 1024 ** 2} MiB for each IPv4 address or IPv6 /48, ${inFlightLimits.allHeldBytes.max / 1024 ** 2} MiB for the process; further bodies wait unread`,
      ],
      [
        'calls in progress',
        'mutations, lists',
        `${inFlightLimits.userMutations.max} mutations, ${inFlightLimits.listReads.max} pages and ${inFlightLimits.listCounts.max} count for each user; ${inFlightLimits.guestMutations.max} mutations for each client network without a session; further calls wait`,
      ],
      [
        'requests of one client address',
        'every request',
        `${requestsPerMinute} a minute; one number for each address`,
      ],
      [
        'parsed documents',
        'operations that passed validation',
        `${maxDocumentBytes / 1024 ** 2} MiB together, the least used go`,
      ],
      ['digests of JWTs', 'JWTs whose signature was right', `${maxCachedJwts}, the least used go`],
      [
        'devices by User-Agent',
        'operations that record where they come from',
        `${maxKnownAgents} known, ${maxWaitingAgents} waiting`,
      ],
      [
        'passwords to hash',
        'sign-up, sign-in, changes of a password',
        `${maxWaitingHashes} waiting; one more is GENERAL_SERVICE_UNAVAILABLE`,
      ],
      [
        'attempts under way',
        'guesses at one code, secret or password',
        `${maxWaiting} for each limit; one more is GENERAL_SERVICE_UNAVAILABLE`,
      ],
      [
        'open streams of the security log',
        'logCreated',
        `${maxOpenStreams.perUser} for each user, ${maxOpenStreams.perNetwork} for all users without a verified address on one client network, ${maxOpenStreams.perProcess} for the process; the server closes a stream with more than ${maxWaitingLogs} unread entries`,
      ],
      [
        'sign-ins, failures and the queue, for the console',
        'sign-ins',
        `three numbers, stored every ${activitySaveSeconds} seconds; while the database is away, up to ${activitySteps} sets of three`,
      ],
    ],
  );

/** What is stored, by whom, and how long. */
const data = (): string =>
  table(
    ['table', 'what', 'written by', 'kept', 'most per user'],
    [
      [
        `\`users\``,
        `the account, with its password hash and preferences`,
        `sign-up, first sign-in`,
        `until deleted; anonymous ones nobody can come back to: ${inWords(anonymousRetention)}`,
        `1`,
      ],
      [
        `\`sessions\``,
        `a sign-in: digest of its secret, where it began, provider tokens (encrypted)`,
        `every sign-in`,
        `\`SESSION_LIFETIME\`, up to 365 days; \`SESSION_IDLE\` without use; while a factor is missing ${inWords(lifetimes.pendingSession)}`,
        `\`SESSION_LIMIT\`, and ${maxPendingSessions} that lack a factor`,
      ],
      [
        `\`tokens\``,
        `a one-time secret on its way: a digest`,
        `codes, links, recovery, OAuth2`,
        `its lifetime, 15 minutes to 7 days`,
        `by the limits on asking`,
      ],
      [
        `\`challenges\``,
        `an attempt to prove a factor`,
        `createMfaChallenge`,
        `15 minutes, or its session`,
        `by its limit`,
      ],
      [
        `\`authenticators\`, \`recovery_codes\``,
        `second factors, encrypted`,
        `MFA operations`,
        `until removed`,
        `1, and 10`,
      ],
      [
        `\`passkeys\``,
        `the public half of a passkey, its counter and name; nothing secret`,
        `createPasskey`,
        `until removed`,
        `${maxPasskeys}`,
      ],
      [
        `\`passkey_ceremonies\``,
        `what a browser was asked to do with a passkey`,
        `createPasskeyRegistration, createPasskeySignIn`,
        inWords(lifetimes.passkeyCeremony),
        `by their limits`,
      ],
      [
        `\`id_token_nonces\``,
        `a digest of the nonce that an ID token has to contain`,
        `createIdTokenNonce`,
        inWords(lifetimes.idTokenNonce),
        `by its limit`,
      ],
      [
        `\`identities\``,
        `an account at a provider, its tokens encrypted`,
        `OAuth2 sign-ins`,
        `until removed`,
        `one for each provider account`,
      ],
      [
        `\`oauth2_flows\``,
        `a sign-in at a provider that is under way`,
        `createOAuth2Token`,
        `10 minutes`,
        `by its limit`,
      ],
      [
        `\`logs\``,
        `what happened, when and from where`,
        `every change and sign-in`,
        `\`LOG_RETENTION\`; failed sign-ins at addresses nobody has: ${inWords(unknownUserRetention)}`,
        `all of the newest ${inWords(fullRetention)}, and ${maxOldLogs} older ones`,
      ],
      [
        `\`outbox\``,
        `a message or webhook event: encrypted until sent or expired, then its kind, recipient and outcome`,
        `whatever sends`,
        `7 days after it was sent or given up`,
        `by the caps on one address`,
      ],
      [
        `\`security_changes\``,
        `a change that can be reverted: who made it, when and from where, and what it removed (encrypted where it was)`,
        `changes of passwords, addresses, factors, passkeys, identities, MFA, status and deletion`,
        inWords(changeRetention),
        `by the limits of these operations`,
      ],
      [
        `\`deleted_user_ids\``,
        `a digest of the id of a deleted account, so that no other account gets the id`,
        `deletion of an account`,
        `for good`,
        ``,
      ],
      [`\`inbox_messages\``, `development: messages as they were sent, encrypted`, `the inbox`, `7 days`, ``],
      [
        `\`devices\``,
        `browsers that completed a sign-in: a digest of the device cookie, the times of the first and last sign-in; for a trusted device, also when the user trusted it, and the time and place of the last sign-in that used the trust`,
        `every complete sign-in`,
        `${inWords(lifetimes.device)} after the last sign-in; at most 50 for each user`,
        ``,
      ],
      [
        `\`rate_limit_buckets\`, \`password_attempts\``,
        `counters under keyed digests`,
        `limited operations`,
        `their window; 30 days after the last wrong password`,
        ``,
      ],
      [
        '`activity`',
        'the numbers of sign-ins, failures and waiting messages in each 15 minutes',
        'each process',
        '25 hours',
        '',
      ],
      [
        '`invitations`',
        'an invitation of an operator: address, name, labels and the user who accepted it',
        'createInvitation',
        '37 days, or until the user is deleted',
        '1',
      ],
      [
        `\`log_listeners\``,
        `processes in which somebody follows a log`,
        `logCreated`,
        `2 minutes after they were last seen`,
        ``,
      ],
      [
        `\`key_checks\``,
        `what tells one key of a ring from another`,
        `the start`,
        `while its rows need it`,
        ``,
      ],
    ],
  );

/** What the security log records. */
const events = (): string =>
  `${logEvents.map((event) => `\`${event}\``).join(', ')}.\n\n\`detail\` is one of: ${logDetails.map((detail) => `\`${detail}\``).join(', ')}.`;

/** What a claim of a profile can be read from. */
const jwtFieldList = (): string => jwtFields.map((field) => `- \`$.${field}\``).join('\n');

/** A file that a test runs. */
const example = (name: string, language: string) => (): string =>
  `\`\`\`${language}\n${readFileSync(join(root, 'test/examples', name), 'utf8').replace(pragma, '')}\`\`\``;
const pragma = '/** @jsxImportSource react */\n';

interface Tables {
  readonly file: string;
  readonly tables: Readonly<Record<string, () => string>>;
}

/** Each text that has tables written by the code. */
export const texts: readonly Tables[] = [
  {
    file: join(root, 'docs/client.md'),
    tables: { codegen: example('shop/codegen.ts', 'js'), shop: example('react/app.tsx', 'tsx') },
  },
  { file: join(root, 'docs/configuration.md'), tables: { configuration } },
  { file: join(root, 'docs/errors.md'), tables: { errors } },
  {
    file: join(root, 'docs/limits.md'),
    tables: { limits: limitTable, guesses: guessTable, messages: messageTable },
  },
  { file: join(root, 'docs/providers.md'), tables: { providers: providerTable } },
  { file: join(root, 'docs/operations.md'), tables: { events } },
  {
    file: join(root, 'docs/other-clients.md'),
    tables: {
      apollo: example('other-clients/apollo.ts', 'ts'),
      urql: example('other-clients/urql.ts', 'ts'),
      relay: example('other-clients/relay.ts', 'ts'),
      tanstack: example('other-clients/tanstack.ts', 'ts'),
    },
  },
  {
    file: join(root, 'docs/server-rendering.md'),
    tables: { reactRouter: example('react-router/routes.ts', 'ts') },
  },
  { file: join(root, 'docs/jwt.md'), tables: { fields: jwtFieldList } },
  { file: join(root, 'docs/performance.md'), tables: { bounds } },
  { file: join(root, 'docs/sign-up.md'), tables: { receiver: example('decide/receiver.ts', 'ts') } },
  { file: join(root, 'docs/data.md'), tables: { data } },
];

/** A text with its generated tables as they should stand between their markers. */
export const written = ({ file, tables }: Tables): string =>
  Object.entries(tables).reduce(
    (text, [name, make]) =>
      text.replace(
        new RegExp(`(<!-- ${name}: written by npm run docs -->)[\\s\\S]*?(<!-- end of ${name} -->)`),
        (_match, open: string, close: string) => `${open}\n${make()}\n${close}`,
      ),
    readFileSync(file, 'utf8'),
  );
