import type { Deps } from '../deps.js';
import { catalogue, errorCodes } from '../errors/catalogue.js';
import { describeToken } from '../features/tokens/service.js';
import { isId } from '../input/ids.js';
import type { Origin } from '../origin/origin.js';
import { sendPage } from './pages/page.js';
import type { Call, Route } from './reply.js';

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

/** The pages by path. Opening one uses nothing up, however often a mail scanner does it. */
export const landingRoutes = (deps: Pick<Deps, 'clock' | 'db'>): Record<string, Route> => ({
  ...Object.fromEntries(
    Object.entries(landings).map(([path, landing]) => [
      path,
      { GET: (call: Call) => show(deps, landing, call) },
    ]),
  ),
  '/auth/oauth2/failure': { GET: showFailure },
});

/** Says what went wrong at a provider, in the catalogue's words: what the query says is a stranger's. */
function showFailure(call: Call): void {
  const code = errorCodes.find((known) => call.url.searchParams.get('error')?.includes(`"${known}"`));
  const content = (
    <main class="narrow">
      <section class="card">
        <h1>The sign-in did not work</h1>
        <p>{catalogue[code ?? 'USER_OAUTH2_PROVIDER_ERROR'].message} Go back to the app and try again.</p>
      </section>
    </main>
  );
  sendPage(call, 200, { title: 'Sign-in failed', script: 'landing.client.js', children: content });
}

async function show(deps: Pick<Deps, 'clock' | 'db'>, landing: Landing, call: Call): Promise<void> {
  const { searchParams } = call.url;
  const [userId, secret] = [searchParams.get('userId') ?? '', searchParams.get('secret') ?? ''];
  const token = isId(userId) && secret ? await describeToken(deps, userId, secret.slice(0, 256)) : null;
  const { title, action, done, query, asksPassword = false } = landing;
  if (!token) {
    const expired = (
      <main class="narrow">
        <section class="card">
          <h1>This link does not work any more</h1>
          <p>It was used already, has expired, or is not complete. Ask for a new one.</p>
        </section>
      </main>
    );
    return sendPage(call, 200, { title: 'Link expired', script: 'landing.client.js', children: expired });
  }
  const isSameBrowser = token.browserDigest !== null && token.browserDigest === call.exchange.browserDigest;
  const data = { query, variables: { userId, secret }, auto: isSameBrowser && !asksPassword, done };
  const content = (
    <main class="narrow">
      <section class="card">
        <h1>{title}</h1>
        <form>
          {!isSameBrowser && (
            <p class="soft">{askedFor(token.createdAt, token.origin as unknown as Origin)}</p>
          )}
          {asksPassword && (
            <label>
              New password, at least 8 characters
              <input
                type="password"
                name="password"
                autocomplete="new-password"
                minLength={8}
                maxLength={256}
                required
              />
            </label>
          )}
          <button type="submit">{action}</button>
        </form>
        <p id="message" role="status" />
      </section>
    </main>
  );
  return sendPage(call, 200, { title, script: 'landing.client.js', data, children: content });
}

/** So that nobody confirms what somebody else began. */
function askedFor(at: Date, { client, os, country, ip }: Origin): string {
  const time = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const place = country?.name ?? ip ?? 'an unknown place';
  return (
    `This link was asked for in another browser: ${client.name ?? 'an unknown program'} on ${os.name ?? 'an unknown system'}, ` +
    `${place}, ${time}. Go on only if that was you.`
  );
}
