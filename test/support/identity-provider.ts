import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** What a provider says of whoever signs in there. */
export interface Account {
  sub: string;
  email: string | null;
  email_verified: boolean;
  name: string;
}

/** A certified OpenID Provider on loopback; whoever comes is signed in as `account`, without a question. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly account: Account;
  /** Tokens that were revoked. */
  readonly revoked: string[];
  /** Refreshes so far. */
  readonly refreshes: { count: number };
  /** Makes the provider know the client; its address is known only when the app runs. */
  register(redirectUri: string): void;
  close(): Promise<void>;
}

export const clientId = 'gatehouse';
/** A secret for tests alone. */
export const clientSecret = 'a secret of the tests, worth nothing elsewhere';

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const account: Account = { sub: 'uid-1', email: 'ada@provider.test', email_verified: true, name: 'Ada' };
  const revoked: string[] = [];
  const refreshes = { count: 0 };
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = (_request, response) =>
    response.writeHead(503).end();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    account,
    revoked,
    refreshes,
    register(redirectUri) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: clientId,
            client_secret: clientSecret,
            redirect_uris: [redirectUri],
            grant_types: ['authorization_code', 'refresh_token'],
            token_endpoint_auth_method: 'client_secret_post',
          },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        scopes: ['openid', 'email', 'profile', 'offline_access'],
        features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
        pkce: { required: () => true },
        issueRefreshToken: async () => true,
        interactions: {
          url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}`,
        },
        findAccount: (_context: unknown, id: string) => ({
          accountId: id,
          claims: () => ({ ...account, sub: id }),
        }),
        loadExistingGrant: async (context: GrantContext) => {
          const grant = new provider.Grant({ clientId, accountId: context.oidc.session.accountId });
          grant.addOIDCScope('openid email profile offline_access');
          await grant.save();
          return grant;
        },
      } as never);
      provider.on('grant.success', ({ oidc }) => {
        if (oidc.params?.['grant_type'] === 'refresh_token') refreshes.count += 1;
      });
      provider.on('access_token.destroyed', ({ jti }: { jti: string }) => revoked.push(jti));
      provider.on('refresh_token.destroyed', ({ jti }: { jti: string }) => revoked.push(jti));
      const answer = provider.callback();
      handle = (request, response) =>
        request.url?.startsWith('/interaction/')
          ? provider.interactionFinished(request, response, { login: { accountId: account.sub } })
          : answer(request, response);
    },
    close: () => stop(server),
  };
}

interface GrantContext {
  readonly oidc: { readonly session: { readonly accountId: string } };
}

/** A plain OAuth 2.0 provider, shaped like GitHub: its addresses are a request of their own. */
export async function startGithub() {
  const state = {
    user: { id: 42, login: 'ada', name: 'Ada' } as Record<string, unknown>,
    emails: [
      { email: 'old@github.test', primary: false, verified: true },
      { email: 'ada@github.test', primary: true, verified: true },
    ],
    /** Answers of the token endpoint instead of a good one. */
    tokenAnswer: null as null | {
      status: number;
      body: string;
      headers?: Record<string, string>;
      delayMilliseconds?: number;
    },
    /** What the addresses are answered with. */
    emailsStatus: 200,
    exchanged: [] as URLSearchParams[],
  };
  const codes = new Set<string>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://github.test');
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/login/oauth/authorize') {
      const target = new URL(url.searchParams.get('redirect_uri') ?? '');
      const code = `code-${codes.size}`;
      codes.add(code);
      target.searchParams.set('code', code);
      target.searchParams.set('state', url.searchParams.get('state') ?? '');
      target.searchParams.set('iss', `${issuer}/login/oauth`);
      return response.writeHead(302, { location: target.href }).end();
    }
    if (url.pathname === '/login/oauth/access_token') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const form = new URLSearchParams(body);
      state.exchanged.push(form);
      if (state.tokenAnswer) {
        const { status, body: text, headers = {}, delayMilliseconds = 0 } = state.tokenAnswer;
        setTimeout(
          () => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text),
          delayMilliseconds,
        );
        return response;
      }
      if (!codes.delete(form.get('code') ?? '')) return json(400, { error: 'bad_verification_code' });
      return json(200, { access_token: 'gho_123456', token_type: 'bearer', scope: 'read:user,user:email' });
    }
    if (request.headers.authorization !== 'Bearer gho_123456') return json(401, {});
    if (url.pathname === '/api/v3/user') return json(200, state.user);
    if (url.pathname === '/api/v3/user/emails') return json(state.emailsStatus, state.emails);
    return json(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ...state, state, issuer, close: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
