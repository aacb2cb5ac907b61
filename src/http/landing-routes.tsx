import { budgets } from '../access/budget.js';
import { authenticate } from '../access/viewer.js';
import type { Deps } from '../deps.js';
import { AccountError } from '../errors/account-error.js';
import { catalogue, errorCodes } from '../errors/catalogue.js';
import { describeToken } from '../features/tokens/service.js';
import { describeConfirmation, disownAddress } from '../features/verification/service.js';
import { isId } from '../input/ids.js';
import { longestPassword } from '../input/password.js';
import type { Origin } from '../origin/origin.js';
import { sendPage } from './pages/page.js';
import { refuseForeign } from './graphql-route.js';
import { isWithinLimits } from './limits.js';
import { type Call, type Route, readBody } from './reply.js';

/** One page for links without an app behind them. */
interface Landing {
  readonly title: string;
  readonly action: string;
  /** What is said when it has worked. */
  readonly done: string;
  /** The operation that redeems the link, in the words of a client. */
  readonly query: string;
  /** Asks for a new password, and so never goes on by itself. */
  readonly asksPassword?: true;
  /** Whoever did not ask for it can say so. */
  readonly disownable?: true;
}

const landings: Record<string, Landing> = {
  '/auth/magic-url': {
    title: 'Sign in',
    action: 'Sign in',
    done: 'You are signed in. You can close this page.',
    query:
      'mutation ($userId: ID!, $secret: String!) { createSession(userId: $userId, secret: $secret) { id } }',
  },
  '/auth/oauth2/success': {
    title: 'Sign in',
    action: 'Sign in',
    done: 'You are signed in. You can close this page.',
    query:
      'mutation ($userId: ID!, $secret: String!) { createSession(userId: $userId, secret: $secret) { id } }',
  },
  '/auth/verification': {
    title: 'Confirm your address',
    action: 'Confirm address',
    done: 'Your address is confirmed. You can close this page.',
    query:
      'mutation ($userId: ID!, $secret: String!) { updateVerification(userId: $userId, secret: $secret) { id } }',
    disownable: true,
  },
  '/auth/recovery': {
    title: 'Choose a new password',
    action: 'Set the password',
    done: 'Your password is set and all devices are signed out. Sign in with it now.',
    query:
      'mutation ($userId: ID!, $secret: String!, $password: String!) ' +
      '{ updateRecovery(userId: $userId, secret: $secret, password: $password) { id } }',
    asksPassword: true,
  },
};

type World = Pick<Deps, 'clock' | 'codes' | 'db' | 'jwt' | 'liveSessions' | 'limiter' | 'outbox' | 'config'>;

/** The pages by path. Opening one uses nothing up, however often a mail scanner does it. */
export const landingRoutes = (deps: World, origins: readonly string[]): Record<string, Route> => ({
  ...Object.fromEntries(
    Object.entries(landings).map(([path, landing]) => [
      path,
      { GET: (call: Call) => show(deps, landing, call) },
    ]),
  ),
  '/auth/oauth2/failure': { GET: showFailure },
  [disownPath]: { POST: (call: Call) => disown(deps, origins, call) },
});

const disownPath = '/auth/verification/disown';
const mostFormBytes = 4096;

/** Takes an address off the account that had somebody else asked to confirm it. */
async function disown(deps: World, origins: readonly string[], call: Call): Promise<void> {
  if (await refuseForeign(origins, call)) return;
  const form = new URLSearchParams((await readBody(call, mostFormBytes)) ?? '');
  const args = { userId: form.get('userId') ?? '', secret: form.get('secret') ?? '' };
  if (!(await isWithinLimits(deps, budgets.confirm, call, args))) return;
  try {
    await disownAddress(deps, args, call.exchange.requester);
    sendNote(
      call,
      'Thank you',
      'Your address is no longer on that account. Nothing else happened, and nothing is left to do.',
    );
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    sendExpired(call);
  }
}

/** Says what went wrong at a provider, in the catalogue's words: what the query says is a stranger's. */
function showFailure(call: Call): void {
  const code = errorCodes.find((known) => call.url.searchParams.get('error')?.includes(`"${known}"`));
  const reason = catalogue[code ?? 'USER_OAUTH2_PROVIDER_ERROR'].message;
  sendNote(call, 'The sign-in did not work', `${reason} Go back to the app and try again.`);
}

const sendExpired = (call: Call): void =>
  sendNote(
    call,
    'This link does not work any more',
    'It was used already, has expired, or is not complete. Ask for a new one.',
  );

/** A page that only says something. */
function sendNote(call: Call, title: string, text: string): void {
  const content = (
    <main class="narrow">
      <section class="card">
        <h1>{title}</h1>
        <p>{text}</p>
      </section>
    </main>
  );
  sendPage(call, 200, { title, script: 'landing.client.js', children: content });
}

async function show(deps: World, landing: Landing, call: Call): Promise<void> {
  const { searchParams } = call.url;
  const { exchange } = call;
  const [userId, secret] = [searchParams.get('userId') ?? '', searchParams.get('secret') ?? ''];
  const token = isId(userId) && secret ? await describeToken(deps, userId, secret.slice(0, 256)) : null;
  if (!token) return sendExpired(call);
  const { title, action, done, query, asksPassword = false, disownable = false } = landing;
  const isSameBrowser =
    token.browserDigest !== null && token.browserDigest === exchange.requester.browserDigest;
  const caller = disownable ? await authenticate(deps, exchange.credentials) : null;
  const { isOwn, mayConfirm } = disownable
    ? await describeConfirmation(
        deps,
        token,
        caller?.kind === 'user' ? caller.user.id : null,
        exchange.requester,
      )
    : { isOwn: isSameBrowser, mayConfirm: true };
  const data = { query, variables: { userId, secret }, auto: isOwn && !asksPassword, done };
  const shortest = deps.config.PASSWORD_MIN;
  const content = (
    <main class="narrow">
      <section class="card">
        <h1>{title}</h1>
        {!isOwn && <p class="soft">{askedFor(token.createdAt, token.origin as unknown as Origin)}</p>}
        {!mayConfirm && (
          <p>
            To confirm it, sign in to your account in this browser and open the link again, or open it in the
            browser that asked.
          </p>
        )}
        {mayConfirm && (
          <form id="redeem">
            {asksPassword && (
              <label>
                New password, at least {shortest} characters
                <input
                  type="password"
                  name="password"
                  autocomplete="new-password"
                  minLength={shortest}
                  maxLength={longestPassword}
                  required
                />
              </label>
            )}
            <button type="submit">{action}</button>
          </form>
        )}
        {disownable && !isOwn && (
          <form id="disown" method="post" action={disownPath}>
            <input type="hidden" name="userId" value={userId} />
            <input type="hidden" name="secret" value={secret} />
            <button type="submit" class="plain">
              This was not me
            </button>
          </form>
        )}
        <p id="message" role="status" />
      </section>
    </main>
  );
  return sendPage(call, 200, { title, script: 'landing.client.js', data, children: content });
}

/** So that nobody confirms what somebody else began. What a stranger's program calls itself is not repeated. */
function askedFor(at: Date, { client, os, country, ip }: Origin): string {
  const time = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const place = country?.name ?? ip ?? 'an unknown place';
  return (
    `This was asked for in another browser: ${client.name ?? 'an unknown program'} on ${os.name ?? 'an unknown system'}, ` +
    `${place}, ${time}. Go on only if that was you.`
  );
}
