import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import { type Clock, lifetimes, secondsUntil } from '../clock.js';
import type { RawCredentials } from '../access/viewer.js';
import type { Config } from '../config/config.js';
import type { Exchange } from '../graphql/exchange.js';
import { newRequestId } from '../ids.js';
import type { OriginReader } from '../origin/origin.js';
import type { Requester } from '../origin/requester.js';
import { digest } from '../secrets/digest.js';
import { newSecret, secretPattern } from '../secrets/random.js';
import { clientAddress } from './client-address.js';
import { declaresOrigin } from './cross-origin.js';

const maxCredentialLength = 4096;

/** `__Host-` and Secure in production; development runs without TLS. */
const cookieNames = (production: boolean) =>
  production
    ? { session: '__Host-session', device: '__Host-device', browser: '__Host-browser' }
    : { session: 'session', device: 'device', browser: 'browser' };

type CredentialConfig = Pick<Config, 'production' | 'TRUSTED_PROXIES'>;

/** The credentials of a request. The session cookie counts only if the request says where it comes from. */
export function readCredentials(
  config: CredentialConfig,
  request: IncomingMessage,
  cookies = parseCookie(request.headers.cookie ?? ''),
): RawCredentials {
  const cookie = cookies[cookieNames(config.production).session]?.slice(0, maxCredentialLength);
  return {
    clientAddress: clientAddress(request, config.TRUSTED_PROXIES),
    bearer: bearer(request.headers.authorization),
    cookie: (declaresOrigin(request) && cookie) || null,
  };
}

interface ExchangeDeps {
  readonly clock: Clock;
  readonly config: CredentialConfig & Pick<Config, 'COOKIE_SAMESITE'>;
  readonly origins: OriginReader;
}

/** Reads what a request says of its sender, and collects the cookies of its answer. */
export function createExchange(
  { clock, config, origins }: ExchangeDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Exchange {
  const names = cookieNames(config.production);
  const cookies = parseCookie(request.headers.cookie ?? '');
  const credentials = readCredentials(config, request, cookies);
  const address = credentials.clientAddress;
  const agent = request.headers['user-agent'] ?? null;
  // As every browser begins.
  if (agent?.startsWith('Mozilla/')) origins.prepare();
  const language = request.headers['accept-language'] ?? null;
  let device = cookies[names.device];
  // The server has not set any other value. A page on a parent domain may have set it.
  if (!device || !secretPattern.test(device)) device = undefined;
  let requester: Promise<Requester> | undefined;
  let browserSecret = cookies[names.browser]?.slice(0, maxCredentialLength);

  const setCookie = (name: string, value: string, maxAge: number) =>
    response.appendHeader(
      'set-cookie',
      stringifySetCookie({
        name,
        value,
        maxAge,
        path: '/',
        httpOnly: true,
        sameSite: config.COOKIE_SAMESITE,
        // SameSite=None takes it, and https at PUBLIC_URL comes with it.
        secure: config.production || config.COOKIE_SAMESITE === 'none',
      }),
    );

  const browserDigest = browserSecret ? digest(browserSecret) : null;
  const readBrowserSecret = (): string => {
    browserSecret ??= newSecret();
    setCookie(names.browser, browserSecret, lifetimes.emailVerification);
    return browserSecret;
  };

  const deviceDigest = device === undefined ? null : digest(device);
  const keepDeviceCookie = (): string => {
    device ??= newSecret();
    setCookie(names.device, device, lifetimes.device);
    return digest(device);
  };

  return {
    requestId: newRequestId(),
    clientAddress: address,
    credentials,
    proof: request.headers['gatehouse-proof']?.toString() ?? null,
    language,
    deviceDigest,
    browserDigest,
    requester: () => {
      requester ??= origins.read(address, agent).then((origin) => ({
        origin,
        actor: 'user' as const,
        language,
        clientAddress: address,
        hasProof: false,
        deviceDigest,
        keepDeviceCookie,
        browserDigest,
        browserSecret: readBrowserSecret,
      }));
      return requester;
    },
    // A client that has hung up already is heard of no more.
    onClose: (callback) => void (response.destroyed ? callback() : response.once('close', callback)),
    setSessionCookie: (secret, expiresAt) =>
      setCookie(names.session, secret, secondsUntil(clock.now(), expiresAt)),
    extendSessionCookie: (expiresAt) => {
      const secret = cookies[names.session];
      if (secret) setCookie(names.session, secret, secondsUntil(clock.now(), expiresAt));
    },
    clearSessionCookie: () => setCookie(names.session, '', 0),
  };
}

function bearer(authorization: string | undefined): string | null {
  const [, credential = null] = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '') ?? [];
  // What a front end sends that has none. Not cut off: a JWT that is too long is a bad JWT, not none.
  return credential === 'null' || credential === 'undefined' ? null : credential;
}
