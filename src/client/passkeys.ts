import type { PasskeyCreationOptions, PasskeyRequestOptions } from './passkey-options.js';

/** Why a browser made nothing of a passkey. */
export type PasskeyProblem =
  /** It has no passkeys, or not what was asked of it, or not on this page. */
  | 'unsupported'
  /** The person said no, or let it be. */
  | 'cancelled'
  /** This device has a passkey of the account already. */
  | 'exists';

/** A browser made nothing of a passkey; the server knows nothing of it. */
export class PasskeyError extends Error {
  override readonly name = 'PasskeyError';

  constructor(
    readonly reason: PasskeyProblem,
    options?: ErrorOptions,
  ) {
    super(`No passkey was used: ${reason}.`, options);
  }
}

type Json = Record<string, unknown>;

interface BrowserCredential {
  readonly id: string;
  readonly rawId: ArrayBuffer;
  readonly type: string;
  readonly authenticatorAttachment?: string | null;
  readonly response: Readonly<Record<string, unknown>> & { getTransports?(): string[] };
  getClientExtensionResults?(): Json;
  toJSON?(): Json;
}

/** What of WebAuthn Level 3 is used. Not every runtime's types know it. */
interface Browser {
  readonly PublicKeyCredential?: {
    parseCreationOptionsFromJSON?(options: object): unknown;
    parseRequestOptionsFromJSON?(options: object): unknown;
    isConditionalMediationAvailable?(): Promise<boolean>;
  };
  readonly navigator?: {
    readonly credentials?: {
      create(options: object): Promise<BrowserCredential | null>;
      get(options: object): Promise<BrowserCredential | null>;
    };
  };
}

const browser = globalThis as unknown as Browser;

/** Whether this browser has passkeys, as this package uses them. */
export const hasPasskeys = (): boolean =>
  browser.PublicKeyCredential !== undefined && browser.navigator?.credentials !== undefined;

/** Whether a sign-in page may offer passkeys among the browser's suggestions. */
export const canAutofill = async (): Promise<boolean> =>
  hasPasskeys() && (await browser.PublicKeyCredential?.isConditionalMediationAvailable?.()) === true;

/** A browser has one request at a time: a new one takes the place of what waits in a field. */
let waiting: AbortController | null = null;

function take(): AbortSignal {
  waiting?.abort();
  waiting = new AbortController();
  return waiting.signal;
}

/** Has the browser make a passkey. */
export const createCredential = (options: PasskeyCreationOptions): Promise<Json> =>
  ask(() => {
    const parse = browser.PublicKeyCredential?.parseCreationOptionsFromJSON;
    const publicKey = parse ? parse(options) : withBytes(options);
    return browser.navigator?.credentials?.create({ publicKey, signal: take() });
  });

/** Has the browser use a passkey. @param autofill Only when the person picks it in a field. */
export const requestCredential = (options: PasskeyRequestOptions, autofill = false): Promise<Json> =>
  ask(() => {
    const parse = browser.PublicKeyCredential?.parseRequestOptionsFromJSON;
    const publicKey = parse ? parse(options) : withBytes(options);
    const mediation = autofill ? { mediation: 'conditional' } : {};
    return browser.navigator?.credentials?.get({ publicKey, signal: take(), ...mediation });
  });

/** Ends a request that waits in a field. */
export const stopWaiting = (): void => waiting?.abort();

const problems: Record<string, PasskeyProblem> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'exists',
};

async function ask(request: () => Promise<BrowserCredential | null> | undefined): Promise<Json> {
  if (!hasPasskeys()) throw new PasskeyError('unsupported');
  try {
    const credential = await request();
    if (!credential) throw new PasskeyError('cancelled');
    return jsonOf(credential);
  } catch (cause) {
    if (cause instanceof PasskeyError) throw cause;
    throw new PasskeyError(problems[(cause as Error).name] ?? 'unsupported', { cause });
  }
}

/**
 * A credential as JSON. Those of some password managers have no `toJSON`, or one that throws.
 *
 * @see WebAuthn Level 3, 5.1.8 and 5.2
 */
function jsonOf(credential: BrowserCredential): Json {
  try {
    const json = credential.toJSON?.();
    if (json) return json;
  } catch {
    // Written by hand below.
  }
  const { id, rawId, type, response, authenticatorAttachment } = credential;
  const binary = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const fields = binary.flatMap((name) => {
    const value = response[name];
    return value instanceof ArrayBuffer ? [[name, base64url(value)] as const] : [];
  });
  const transports = response.getTransports?.();
  return {
    id,
    rawId: base64url(rawId),
    type,
    response: { ...Object.fromEntries(fields), ...(transports && { transports }) },
    clientExtensionResults: credential.getClientExtensionResults?.() ?? {},
    ...(authenticatorAttachment && { authenticatorAttachment }),
  };
}

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const bytesOf = (text: unknown): Uint8Array =>
  Uint8Array.from(atob(String(text).replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** Options with bytes in place of base64url, for browsers that do not parse them. */
function withBytes(given: object): Json {
  const options = given as Json;
  const withId = (each: unknown) => ({ ...(each as Json), id: bytesOf((each as Json)['id']) });
  const list = (name: string) =>
    Array.isArray(options[name]) ? { [name]: (options[name] as unknown[]).map(withId) } : {};
  return {
    ...options,
    challenge: bytesOf(options['challenge']),
    ...(options['user'] ? { user: withId(options['user']) } : {}),
    ...list('excludeCredentials'),
    ...list('allowCredentials'),
  };
}
