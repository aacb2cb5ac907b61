import { authenticate } from '../access/viewer.js';
import type { Deps } from '../deps.js';
import { catalogue } from '../errors/catalogue.js';
import type { SecurityChange } from '../features/security-changes/service.js';
import { describeToken, type TokenDescription } from '../features/tokens/service.js';
import { linkSubjectOf } from '../features/tokens/undo.js';
import type { UndoDeps } from '../features/undo/service.js';
import { describeConfirmation } from '../features/verification/confirmation.js';
import { rejectVerification } from '../features/verification/service.js';
import { findUser } from '../features/users/service.js';
import { isId } from '../input/ids.js';
import { maxPasswordLength } from '../input/password.js';
import { type Locale, localeFor } from '../messages/locale.js';
import { requestedText } from '../messages/render.js';
import type { Origin } from '../origin/origin.js';
import { handleLinkForm } from './link-form.js';
import { noticePage, type PageSetting, redeemPage } from '../pages/landing/landing.js';
import { acceptsHtml, type Call, type Route, sendError, sendPage } from './reply.js';
import { undoRoutes } from './undo-routes.js';

/** One page for links without an app behind them; its words are keys of a language's `pages`. */
interface Landing {
  readonly title: string;
  readonly action: string;
  /** What is said when it has worked. */
  readonly done: string;
  /** The operation that redeems the link, in the words of a client. */
  readonly query: string;
  /** Asks for a new password, and so never goes on by itself. */
  readonly asksPassword?: true;
  /** Signs in, so the page offers to add a passkey for the next sign-in. */
  readonly signsIn?: true;
  /** Opened by people who did not request it. The page tells a signed-in user, and signs the user out first. */
  readonly invites?: true;
  /** Confirms an address. Someone who did not request the link can say so. */
  readonly confirms?: true;
}

const signIn: Landing = {
  title: 'signIn',
  action: 'signIn',
  done: 'signedIn',
  query:
    'mutation ($userId: ID!, $secret: String!) { createSession(userId: $userId, secret: $secret) { missingFactors } }',
  signsIn: true,
};

/** Replaces the session of this browser. */
const signInAgain = signIn.query.replace(
  '{ createSession',
  '{ deleteSession(sessionId: "current") { deletedSessionId } createSession',
);

const landings: Record<string, Landing> = {
  '/auth/magic-url': signIn,
  '/auth/invitation': { ...signIn, title: 'acceptTitle', action: 'accept', done: 'accepted', invites: true },
  '/auth/oauth2/success': signIn,
  '/auth/verification': {
    title: 'confirmTitle',
    action: 'confirm',
    done: 'confirmed',
    query:
      'mutation ($userId: ID!, $secret: String!, $password: String) { updateVerification(userId: $userId, secret: $secret, password: $password) { id } }',
    confirms: true,
  },
  '/auth/recovery': {
    title: 'recoveryTitle',
    action: 'recover',
    done: 'recovered',
    query:
      'mutation ($userId: ID!, $secret: String!, $password: String!) ' +
      '{ updateRecovery(userId: $userId, secret: $secret, password: $password) { id } }',
    asksPassword: true,
  },
};

/** What can go wrong on these pages, by code; a language's `errors` has a text for each, and for all else. */
const problems = [
  'USER_INVALID_TOKEN',
  'USER_INVALID_CREDENTIALS',
  'USER_BLOCKED',
  'USER_PASSWORD_TOO_COMMON',
  'USER_PASSWORD_BREACHED',
  'USER_SIGN_UP_CLOSED',
  'USER_ADDRESS_NOT_ALLOWED',
  'USER_EMAIL_NOT_VERIFIED',
  'USER_PASSWORD_PERSONAL_DATA',
  'USER_PASSWORD_RECENTLY_USED',
  'USER_SESSION_ALREADY_EXISTS',
  'GENERAL_ARGUMENT_INVALID',
  'GENERAL_RATE_LIMIT_EXCEEDED',
  'GENERAL_BAD_REQUEST',
  'USER_OAUTH2_PROVIDER_ERROR',
  'unreachable',
  'other',
] as const;

type LandingDeps = UndoDeps & Pick<Deps, 'jwt' | 'liveSessions' | 'operators'>;

/** The pages by path. Opening one uses nothing up, however often a mail scanner does it. */
export const landingRoutes = (deps: LandingDeps, origins: readonly string[]): Record<string, Route> => ({
  ...Object.fromEntries(
    Object.entries(landings).map(([path, landing]) => [
      path,
      { GET: (call: Call) => showLanding(deps, landing, call) },
    ]),
  ),
  '/auth/oauth2/failure': { GET: (call) => showFailure(settingOf(deps, call), call) },
  [disownPath]: {
    POST: (call: Call) =>
      handleLinkForm(deps, origins, settingOf(deps, call), call, async (link, requester) => {
        await rejectVerification(deps, link, requester);
        const setting = settingOf(deps, call);
        const { locale } = setting;
        return noticePage(setting, locale.text('pages.disownedTitle'), locale.text('pages.disowned'));
      }),
  },
  ...undoRoutes(deps, origins, (call) => settingOf(deps, call)),
});

/** For people who open the address of the server. */
export const homeRoute = (deps: Pick<Deps, 'config' | 'publicUrl'>): Route => ({
  GET: (call) => {
    if (!acceptsHtml(call))
      return sendError(call, 404, 'GENERAL_NOT_FOUND', catalogue.GENERAL_NOT_FOUND.message);
    const setting = settingOf(deps, call);
    const { locale, appName: app } = setting;
    return sendNotice(call, setting, app, locale.text('pages.home', { app }));
  },
});

const disownPath = '/auth/verification/disown';

const settingOf = (
  { config, publicUrl }: Pick<Deps, 'config' | 'publicUrl'>,
  { exchange }: Call,
): PageSetting => ({
  locale: localeFor(exchange.language),
  appName: config.APP_NAME,
  // The first origin of an app that is named whole. Without one, development leads to GraphiQL.
  appUrl:
    config.REDIRECT_ORIGINS?.find((origin) => /^https?:\/\/[^*]+$/.test(origin)) ??
    (config.GRAPHIQL ? `${publicUrl}/` : null),
});

/** Says what went wrong at a provider, in words of ours: what the query says is a stranger's. */
function showFailure(setting: PageSetting, call: Call): void {
  const { locale } = setting;
  const error = call.url.searchParams.get('error');
  const code = problems.find((known) => error?.includes(`"${known}"`)) ?? 'USER_OAUTH2_PROVIDER_ERROR';
  const text = `${locale.text(`errors.${code}`)} ${locale.text('pages.tryAgain')}`;
  sendNotice(call, setting, locale.text('pages.failedTitle'), text);
}

const sendNotice = (call: Call, setting: PageSetting, title: string, text: string): void =>
  sendPage(call, noticePage(setting, title, text));

function sendExpired(call: Call, setting: PageSetting): void {
  // The page removes the secret from the address bar, so it is not there after a reload.
  const problem = call.url.searchParams.has('secret') ? 'expired' : 'reloaded';
  sendNotice(
    call,
    setting,
    setting.locale.text(`pages.${problem}Title`),
    setting.locale.text(`pages.${problem}`),
  );
}

async function showLanding(deps: LandingDeps, landing: Landing, call: Call): Promise<void> {
  const { searchParams } = call.url;
  const { exchange } = call;
  const setting = settingOf(deps, call);
  const { locale } = setting;
  const [userId, secret] = [searchParams.get('userId') ?? '', searchParams.get('secret') ?? ''];
  const token = isId(userId) && secret ? await describeToken(deps, userId, secret.slice(0, 256)) : null;
  if (!token) return sendExpired(call, setting);
  const { title, action, done } = landing;
  const { asksPassword = false, confirms = false, invites = false, signsIn = false } = landing;
  // The links of security notices have a page of their own.
  if (linkSubjectOf(token)) return sendExpired(call, setting);
  const isSameBrowser = token.browserDigest !== null && token.browserDigest === exchange.browserDigest;
  const caller = confirms || invites ? await authenticate(deps, exchange.credentials) : null;
  const signedInAs = invites && caller?.kind === 'user' ? caller.user : null;
  const callerOf = caller?.kind === 'user' ? { userId: caller.user.id, sessionId: caller.session.id } : null;
  const {
    isExpectedBrowser,
    mayConfirm,
    isConfirmed,
    asksPassword: asksCurrent,
    foreignMethods,
  } = confirms
    ? await describeConfirmation(deps, token, callerOf, exchange)
    : {
        isExpectedBrowser: isSameBrowser,
        mayConfirm: true,
        isConfirmed: false,
        asksPassword: false,
        foreignMethods: [],
      };
  const isStrict = deps.config.VERIFICATION === 'strict';
  const titleText = locale.text(`pages.${title}`, { app: setting.appName });
  if (isConfirmed) return sendNotice(call, setting, titleText, locale.text('pages.confirmedBefore'));
  const page = redeemPage(setting, {
    title: titleText,
    action: locale.text(`pages.${action}`),
    address: token.address,
    warnings: [
      ...(isExpectedBrowser || invites
        ? []
        : [askedFor(locale, token.createdAt, token.origin as unknown as Origin)]),
      ...(signedInAs ? [locale.text('pages.signedInAs', { account: accountName(signedInAs) })] : []),
      ...(isExpectedBrowser && foreignMethods.length > 0 ? [foreignText(locale, foreignMethods)] : []),
    ],
    account: maskedAccount(await findAccount(deps, token)),
    password: asksPassword
      ? { kind: 'new', minLength: deps.config.PASSWORD_MIN, maxLength: maxPasswordLength }
      : asksCurrent
        ? { kind: 'current', maxLength: maxPasswordLength, isStrict }
        : null,
    offersPasskey: signsIn,
    disown: confirms && !isExpectedBrowser ? { path: disownPath, userId, secret } : null,
    mayRedeem: mayConfirm,
    data: {
      query: signedInAs ? signInAgain : landing.query,
      variables: { userId, secret },
      auto: isExpectedBrowser && !asksPassword && !invites && foreignMethods.length === 0,
      changesPage: asksPassword ? `/auth/undo?${new URLSearchParams({ userId, secret })}` : null,
      done: locale.text(`pages.${done}`),
      doneWithoutPassword: asksCurrent && isStrict ? locale.text('pages.confirmedWithoutPassword') : null,
      secondFactor: locale.text('pages.secondFactor'),
      passkeyAdded: locale.text('pages.passkeyAdded'),
      problems: Object.fromEntries(problems.map((code) => [code, locale.text(`errors.${code}`)])),
    },
  });
  sendPage(call, page);
}

/** The address of the account that a link is for. An identity has none of its own. */
async function findAccount(deps: Pick<Deps, 'db'>, token: TokenDescription): Promise<string | null> {
  const user = token.userId === null ? null : await findUser(deps.db, token.userId);
  if (user) return accountName(user) || null;
  return token.purpose === 'oauth2' ? null : token.address;
}

const accountName = (user: {
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string;
}): string => user.email ?? user.phone ?? user.name;

/** Lists sign-in methods that were added elsewhere. */
const foreignText = (locale: Locale, changes: readonly SecurityChange[]): string =>
  locale.text('pages.foreignMethods', {
    methods: changes.map(({ notice }) => locale.text(`changes.${notice ?? 'factorsReset'}`)).join(', '),
  });

/** Shows enough of an address for its owner to recognise it: `a…@example.com`. */
const maskedAccount = (account: string | null): string | null =>
  account?.replace(/^(.).*?(@.*|..)$/u, '$1…$2') ?? null;

/** So that nobody confirms what somebody else began. What a stranger's program calls itself is not repeated. */
const askedFor = (locale: Locale, at: Date, origin: Origin): string =>
  `${requestedText(locale, { at, origin })} ${locale.text('pages.onlyIfYou')}`;
