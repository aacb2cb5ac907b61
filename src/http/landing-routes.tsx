import { limits } from '../limits/limits.js';
import { authenticate } from '../access/viewer.js';
import type { Deps } from '../deps.js';
import { AccountError } from '../errors/account-error.js';
import { type TokenDescription, describeToken } from '../features/tokens/service.js';
import { storedChangeOf } from '../features/undo/service.js';
import { describeConfirmation, rejectVerification } from '../features/verification/service.js';
import { isId } from '../input/ids.js';
import { maxPasswordLength } from '../input/password.js';
import { type Locale, localeFor } from '../messages/locale.js';
import { requestedText } from '../messages/render.js';
import type { Origin } from '../origin/origin.js';
import { rejectCrossSite } from './graphql-route.js';
import { byNetwork, byNetworkAndUserId, usesOf } from '../limits/subject.js';
import { isWithinLimits } from './limits.js';
import { noticePage, type PageSetting, redeemPage } from '../pages/landing/landing.js';
import { type Call, type Route, readBody, sendPage } from './reply.js';

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
  /** Signs in, and so offers a passkey for the next time. */
  readonly signsIn?: true;
  /** Takes back what the owner was told of, which stands on the page. */
  readonly undoes?: true;
  /** Confirms an address: whoever did not ask for it can say so. */
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

const landings: Record<string, Landing> = {
  '/auth/magic-url': signIn,
  '/auth/oauth2/success': signIn,
  '/auth/verification': {
    title: 'confirmTitle',
    action: 'confirm',
    done: 'confirmed',
    query:
      'mutation ($userId: ID!, $secret: String!) { updateVerification(userId: $userId, secret: $secret) { id } }',
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
  '/auth/undo': {
    title: 'undoTitle',
    action: 'undo',
    done: 'undone',
    query:
      'mutation ($userId: ID!, $secret: String!) { undoChange(userId: $userId, secret: $secret) { event } }',
    undoes: true,
  },
};

/** What can go wrong on these pages, by code; a language's `errors` has a text for each, and for all else. */
const problems = [
  'USER_INVALID_TOKEN',
  'USER_BLOCKED',
  'USER_PASSWORD_TOO_COMMON',
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

type LandingDeps = Pick<
  Deps,
  | 'clock'
  | 'keyedDigest'
  | 'db'
  | 'jwt'
  | 'liveSessions'
  | 'limiter'
  | 'operators'
  | 'outbox'
  | 'config'
  | 'publicUrl'
>;

/** The pages by path. Opening one uses nothing up, however often a mail scanner does it. */
export const landingRoutes = (deps: LandingDeps, origins: readonly string[]): Record<string, Route> => ({
  ...Object.fromEntries(
    Object.entries(landings).map(([path, landing]) => [
      path,
      { GET: (call: Call) => showLanding(deps, landing, call) },
    ]),
  ),
  '/auth/oauth2/failure': { GET: (call) => showFailure(settingOf(deps, call), call) },
  [disownPath]: { POST: (call: Call) => rejectConfirmation(deps, origins, call) },
});

const disownPath = '/auth/verification/disown';
const maxFormBytes = 4096;

const settingOf = ({ config, publicUrl }: LandingDeps, { exchange }: Call): PageSetting => ({
  locale: localeFor(exchange.language),
  appName: config.APP_NAME,
  // The first origin of an app that is named whole. Without one, development leads to GraphiQL.
  appUrl:
    config.REDIRECT_ORIGINS?.find((origin) => /^https?:\/\/[^*]+$/.test(origin)) ??
    (config.GRAPHIQL ? `${publicUrl}/` : null),
});

/** Takes an address off the account that had somebody else asked to confirm it. */
async function rejectConfirmation(deps: LandingDeps, origins: readonly string[], call: Call): Promise<void> {
  if (await rejectCrossSite(origins, call)) return;
  const form = new URLSearchParams((await readBody(call, maxFormBytes)) ?? '');
  const args = { userId: form.get('userId') ?? '', secret: form.get('secret') ?? '' };
  const { clientAddress } = call.exchange;
  const [perUserId, perNetwork] = limits.confirm;
  const uses = [
    ...usesOf([perUserId], byNetworkAndUserId(clientAddress, args.userId)),
    ...usesOf([perNetwork], byNetwork(clientAddress)),
  ];
  if (!(await isWithinLimits(deps, uses, call))) return;
  const setting = settingOf(deps, call);
  try {
    await rejectVerification(deps, args, await call.exchange.requester());
    const { locale } = setting;
    sendNotice(call, setting, locale.text('pages.disownedTitle'), locale.text('pages.disowned'));
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    sendExpired(call, setting);
  }
}

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

const sendExpired = (call: Call, setting: PageSetting): void =>
  sendNotice(call, setting, setting.locale.text('pages.expiredTitle'), setting.locale.text('pages.expired'));

async function showLanding(deps: LandingDeps, landing: Landing, call: Call): Promise<void> {
  const { searchParams } = call.url;
  const { exchange } = call;
  const setting = settingOf(deps, call);
  const { locale } = setting;
  const [userId, secret] = [searchParams.get('userId') ?? '', searchParams.get('secret') ?? ''];
  const token = isId(userId) && secret ? await describeToken(deps, userId, secret.slice(0, 256)) : null;
  if (!token) return sendExpired(call, setting);
  const { title, action, done, query } = landing;
  const { asksPassword = false, confirms = false, signsIn = false, undoes = false } = landing;
  const remembered = storedChangeOf(token);
  if (undoes !== (remembered !== null)) return sendExpired(call, setting);
  const isSameBrowser = token.browserDigest !== null && token.browserDigest === exchange.browserDigest;
  const caller = confirms ? await authenticate(deps, exchange.credentials) : null;
  const callerId = caller?.kind === 'user' ? caller.user.id : null;
  const { isExpectedBrowser, mayConfirm, isConfirmed } = confirms
    ? await describeConfirmation(deps, token, callerId, exchange)
    : { isExpectedBrowser: isSameBrowser, mayConfirm: true, isConfirmed: false };
  const titleText = locale.text(`pages.${title}`);
  if (isConfirmed) return sendNotice(call, setting, titleText, locale.text('pages.confirmedBefore'));
  const page = redeemPage(setting, {
    title: titleText,
    action: locale.text(`pages.${action}`),
    address: token.address,
    warning: remembered
      ? whatHappened(setting, remembered.kind, token)
      : isExpectedBrowser
        ? null
        : askedFor(locale, token.createdAt, token.origin as unknown as Origin),
    minPasswordLength: asksPassword ? deps.config.PASSWORD_MIN : null,
    maxPasswordLength,
    offersPasskey: signsIn,
    disown: confirms && !isExpectedBrowser ? { path: disownPath, userId, secret } : null,
    mayRedeem: mayConfirm,
    data: {
      query,
      variables: { userId, secret },
      auto: isExpectedBrowser && !asksPassword && !undoes,
      done: locale.text(`pages.${done}`),
      secondFactor: locale.text('pages.secondFactor'),
      passkeyAdded: locale.text('pages.passkeyAdded'),
      problems: Object.fromEntries(problems.map((code) => [code, locale.text(`errors.${code}`)])),
    },
  });
  sendPage(call, page);
}

/** What an undo takes back, when it happened and from where. */
const whatHappened = (
  { locale, appName: app }: PageSetting,
  kind: string,
  { createdAt: at, origin }: TokenDescription,
): string =>
  locale.text('pages.undoWarning', {
    what: locale.text(`${kind}.subject`, { app }),
    requested: requestedText(locale, { at, origin: origin as unknown as Origin }),
  });

/** So that nobody confirms what somebody else began. What a stranger's program calls itself is not repeated. */
const askedFor = (locale: Locale, at: Date, origin: Origin): string =>
  `${requestedText(locale, { at, origin })} ${locale.text('pages.onlyIfYou')}`;
