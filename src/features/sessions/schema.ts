import { isOperatorSession, isPending, sessionFactors } from '../../access/factors.js';
import { limits } from '../../limits/limits.js';
import { inWords, lifetimes } from '../../clock.js';
import { builder } from '../../graphql/builder.js';
import { mutation, query } from '../../graphql/operation.js';
import { connectionType, nestingComplexity, pageArgs } from '../../graphql/connection.js';
import type { Context } from '../../graphql/context.js';
import type { Exchange } from '../../graphql/exchange.js';
import { OriginType } from '../../graphql/origin.js';
import { encodeCursor, parsePage } from '../../input/page.js';
import { User } from '../account/schema.js';
import { openToken } from '../oauth2/tokens/service.js';
import { builtInProviders, type SessionView } from './lifecycle.js';
import { endSession, endSessions, extendSession, getSession, listSessions } from './service.js';

const providerTokenRule =
  'The session itself reads it; another session of the user needs a fresh proof. Null for a JWT and for an operator.';

const mayReadTokens = ({ id, secret }: SessionView, context: Context): boolean =>
  // A session that this response has just issued is the caller's own.
  secret !== null || id === context.caller?.currentSessionId || context.hasFreshProof;

/** A sign-in that lasts. */
export const Session = builder.objectRef<SessionView>('Session').implement({
  description: 'A sign-in that lasts, on one device.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the session.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it began.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    userId: t.exposeID('userId', { description: 'Id of the user.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description:
        'When it ends. `updateSession` moves it, and with `SESSION_IDLE` each use does, to the nearest tenth of that time.',
    }),
    provider: t.exposeString('provider', {
      description: `How it began: ${builtInProviders.map((name) => `\`${name}\``).join(', ')}, or an OAuth provider in lower case.`,
    }),
    providerUid: t.exposeString('providerUid', {
      nullable: true,
      description: 'The e-mail address for provider `email`, the user’s id at an OAuth provider, else null.',
    }),
    providerAccessToken: t.string({
      nullable: true,
      description: `Access token of the OAuth provider. ${providerTokenRule}`,
      resolve: (session, _args, context) =>
        mayReadTokens(session, context)
          ? openToken(context.deps, 'sessions', session, 'providerAccessTokenSealed')
          : null,
    }),
    providerAccessTokenExpiresAt: t.expose('providerAccessTokenExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the access token ends; updateSession refreshes it.',
    }),
    providerRefreshToken: t.string({
      nullable: true,
      description: `Refresh token of the OAuth provider. ${providerTokenRule}`,
      resolve: (session, _args, context) =>
        mayReadTokens(session, context)
          ? openToken(context.deps, 'sessions', session, 'providerRefreshTokenSealed')
          : null,
    }),
    origin: t.expose('origin', { type: OriginType, description: 'Where it began.' }),
    current: t.boolean({
      description: 'Whether it is the session of this request. Never for a JWT.',
      resolve: ({ id, secret }, _args, { caller }) =>
        secret !== null || id === (caller?.currentSessionId ?? null),
    }),
    factors: t.stringList({
      description: `What was proven on it: ${sessionFactors.map((name) => `\`${name}\``).join(', ')}.`,
      resolve: ({ factors }) => [...factors],
    }),
    actor: t.string({
      description:
        'Who signed in: `user`, or `operator:` and the name of the key of an operator who signed in as the user with createUserToken.',
      resolve: (session) => (isOperatorSession(session) ? (session.credential ?? 'user') : 'user'),
    }),
    user: t.field({
      type: User,
      nullable: true,
      description:
        'The user, so that one request can sign in and read the account. Null while a factor is missing, and after the session ended.',
      resolve: async ({ id: sessionId, userId }, _args, { deps }) => {
        const live = await deps.liveSessions.byClaims({ sessionId, userId });
        return live && !isPending(live.user, live.session) ? live.user : null;
      },
    }),
    mfaUpdatedAt: t.expose('mfaUpdatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a challenge was last passed on it; null until one was.',
    }),
    secret: t.exposeString('secret', {
      nullable: true,
      description:
        'The credential, for `Authorization: Bearer`. Only in the answer of the mutation that made the session, and never ' +
        'again: the server keeps a digest.',
    }),
  }),
});

/** Sets the cookie of a new session, or extends the cookie of the current session. */
export function setSessionCookie(exchange: Exchange, session: SessionView): SessionView {
  if (session.secret !== null) exchange.setSessionCookie(session.secret, session.maxExpiresAt);
  // A passed challenge completes a pending session, which then lives longer.
  else exchange.extendSessionCookie(session.maxExpiresAt);
  return session;
}

const SessionConnection = connectionType(
  Session,
  ({ createdAt: at, id }) => encodeCursor({ at, id }),
  'oldest first',
);

const DeleteSessionPayload = builder
  .objectRef<{ deletedSessionId: string }>('DeleteSessionPayload')
  .implement({
    description: 'Answer of deleteSession.',
    fields: (t) => ({
      deletedSessionId: t.exposeID('deletedSessionId', { description: 'Id of the session that ended.' }),
    }),
  });

export const DeleteSessionsPayload = builder
  .objectRef<{ deletedSessionIds: string[] }>('DeleteSessionsPayload')
  .implement({
    description: 'Answer of deleteSessions.',
    fields: (t) => ({
      deletedSessionIds: t.idList({
        description: 'Ids of the sessions that ended.',
        resolve: ({ deletedSessionIds }) => deletedSessionIds,
      }),
    }),
  });

const sessionIdDescription = 'Id of one of your sessions, or `current`.';

query('getSession', {
  type: Session,
  description: 'Get one of your sessions.',
  policy: { access: 'signedIn', limits: [], errors: ['USER_SESSION_NOT_FOUND'] },
  args: (arg) => ({ sessionId: arg.id({ description: sessionIdDescription }) }),
  resolve: (args, { deps, signedIn }) => getSession(deps, signedIn, args.sessionId),
});

query('listSessions', {
  type: SessionConnection,
  description: 'List your live sessions on all devices, oldest first.',
  policy: { access: 'signedIn', limits: [], errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: pageArgs,
  complexity: nestingComplexity,
  resolve: (args, { deps, signedIn }) => listSessions(deps, signedIn.user.id, parsePage(args)),
});

builder.objectField(User, 'sessions', (t) =>
  t.field({
    type: SessionConnection,
    description: 'The same as `listSessions`.',
    args: pageArgs,
    complexity: nestingComplexity,
    resolve: (user, args, { deps }) => listSessions(deps, user.id, parsePage(args)),
  }),
);

mutation('updateSession', {
  type: Session,
  description:
    'Extend one of your sessions by a whole session lifetime from now, up to ' +
    `${inWords(lifetimes.sessionMaximum)} after it began. For \`current\` the cookie is extended, too.`,
  policy: { access: 'signedIn', limits: limits.extendSession, errors: ['USER_SESSION_NOT_FOUND'] },
  args: (arg) => ({ sessionId: arg.id({ description: sessionIdDescription }) }),
  resolve: async (args, { deps, exchange, requester, signedIn }) => {
    const session = await extendSession(deps, signedIn, args.sessionId, requester);
    if (session.id === signedIn.currentSessionId) exchange.extendSessionCookie(session.maxExpiresAt);
    return session;
  },
});

mutation('deleteSession', {
  type: DeleteSessionPayload,
  description:
    'Sign out on one device. The session and its JWTs end immediately. If it is the session of this request, the server also ' +
    'removes the cookie. A session that lacks a factor can end only itself.',
  policy: {
    access: 'firstFactor',
    limits: limits.endSession,
    errors: ['USER_SESSION_NOT_FOUND', 'USER_MORE_FACTORS_REQUIRED'],
  },
  args: (arg) => ({ sessionId: arg.id({ description: sessionIdDescription }) }),
  resolve: async (args, { deps, exchange, requester, signedIn }) => {
    const payload = await endSession(deps, signedIn, args.sessionId, requester);
    if (payload.deletedSessionId === signedIn.currentSessionId) exchange.clearSessionCookie();
    return payload;
  },
});

mutation('deleteSessions', {
  type: DeleteSessionsPayload,
  description: 'Sign out on all devices, this one included.',
  policy: { access: 'signedIn', allowedWithoutMfa: true, limits: limits.endSession, errors: [] },
  resolve: async (_args, { deps, exchange, requester, signedIn }) => {
    const payload = await endSessions(deps, signedIn, requester);
    exchange.clearSessionCookie();
    return payload;
  },
});
