import type { Methods } from './client.js';
import type {
  AuthenticationFactor,
  CreateMfaChallengeMutation,
  OAuthProvider,
  SessionPartsFragment,
} from './documents.js';
import { canAutofill, hasPasskeys, PasskeyError, stopWaiting, useCredential } from './passkeys.js';
import { newVerifier } from './pkce.js';
import type { PendingSignIns } from './pending-sign-ins.js';
import { marked, type Redeem } from './redirect.js';
import type { SessionStorage } from './session.js';

/** A session, as every sign-in answers it. */
export type Session = SessionPartsFragment;
/** A challenge that was asked for. */
export type Challenge = NonNullable<CreateMfaChallengeMutation['createMfaChallenge']>;

/** The person is signed in. */
export interface SignedIn {
  readonly status: 'signedIn';
  readonly session: Session;
}

/** A second factor is due: ask for one, and hand over its code. */
export interface FactorRequired {
  readonly status: 'factorRequired';
  readonly session: Session;
  /** Any one of them will do; `RECOVERY_CODE` stands in for each. */
  readonly factors: readonly AuthenticationFactor[];
  /** Starts a challenge; for `EMAIL` and `PHONE` a code is sent. */
  ask(factor: AuthenticationFactor): Promise<Challenge>;
  /** Answers the challenge that was asked for last. A wrong code is `USER_INVALID_TOKEN`, and may be corrected. */
  answer(code: string): Promise<SignIn>;
  /** Has the browser prove a passkey, where `factors` holds `PASSKEY`. */
  usePasskey(): Promise<SignIn>;
}

/** What a sign-in has come to. */
export type SignIn = SignedIn | FactorRequired;

/** A code is on its way. */
export interface CodeSent {
  readonly status: 'codeSent';
  /** The words that stand in the mail, too, where they were asked for. */
  readonly phrase: string | null;
  readonly expiresAt: string;
  answer(code: string): Promise<SignIn>;
}

/** A link is on its way; its page calls `handleRedirect`. */
export interface LinkSent {
  readonly status: 'linkSent';
  readonly phrase: string | null;
  readonly expiresAt: string;
}

/** The browser is to be led to the provider; the page it comes back to calls `handleRedirect`. */
export interface Redirect {
  readonly status: 'redirect';
  readonly url: string;
}

/** Ways to sign in. */
export interface SignInFlows {
  withPassword(person: { email: string; password: string }): Promise<SignIn>;
  /** Makes an account that has no address yet. */
  anonymously(): Promise<SignIn>;
  withEmailCode(to: { email: string; phrase?: boolean }): Promise<CodeSent>;
  withPhoneCode(to: { phone: string }): Promise<CodeSent>;
  /** @param to.url The page of yours that the link leads to; a page of the server's unless given. */
  withMagicLink(to: { email: string; url?: string; phrase?: boolean }): Promise<LinkSent>;
  /**
   * With whichever passkey the person chooses.
   *
   * @param how.autofill Offers them among the suggestions of a field with `autocomplete="username webauthn"`, for as long as the
   *   page is open, until another passkey is asked for.
   * @throws {PasskeyError} when the browser has none to use.
   */
  withPasskey(how?: { autofill?: boolean }): Promise<SignIn>;
  /** While signed in, it links the identity to the account. */
  withProvider(at: {
    provider: OAuthProvider;
    success: string;
    failure?: string;
    scopes?: string[];
  }): Promise<Redirect>;
}

/** How long a browser may wait with an answer; a little less, for its way to the server. */
const ceremonyMilliseconds = ({ timeout }: Record<string, unknown>): number =>
  Number(timeout ?? 60_000) * 0.9;

const verifierKey = 'gatehouse.verifier';

/**
 * @param storage Null where cookies bind a provider's answer to this browser.
 * @param asked Remembers what was asked for here.
 */
export function createSignInFlows(methods: Methods, storage: SessionStorage | null, asked: PendingSignIns) {
  const come = (session: Session): SignIn => {
    if (session.missingFactors.length === 0) return { status: 'signedIn', session };
    let challengeId: string | null = null;
    return {
      status: 'factorRequired',
      session,
      factors: session.missingFactors,
      async ask(factor) {
        const challenge = await methods.createMfaChallenge({ factor });
        challengeId = challenge.id;
        return challenge;
      },
      async answer(otp) {
        if (challengeId === null) throw new TypeError('Call ask(factor) before answer(code).');
        return come(await methods.updateMfaChallenge({ challengeId, otp }));
      },
      async usePasskey() {
        const { id, options } = await methods.createMfaChallenge({ factor: 'PASSKEY' });
        const credential = await useCredential(options ?? {});
        return come(await methods.updateMfaPasskeyChallenge({ challengeId: id, credential }));
      },
    };
  };

  const redeem: Redeem = async (purpose, userId, secret) => {
    const codeVerifier = purpose === 'provider' ? ((await storage?.getItem(verifierKey)) ?? null) : null;
    const session = await methods.createSession({ userId, secret, codeVerifier });
    if (codeVerifier !== null) await storage?.removeItem(verifierKey);
    return come(session);
  };

  const codeSent = ({
    userId,
    phrase,
    expiresAt,
  }: {
    userId: string;
    phrase: string | null;
    expiresAt: string;
  }) =>
    ({
      status: 'codeSent',
      phrase,
      expiresAt,
      answer: async (secret: string) => come(await methods.createSession({ userId, secret })),
    }) as const;

  const flows: SignInFlows = {
    withPassword: async (person) => come(await methods.createEmailPasswordSession(person)),
    anonymously: async () => come(await methods.createAnonymousSession()),
    withEmailCode: async (to) => codeSent(await methods.createEmailToken(to)),
    withPhoneCode: async (to) => codeSent(await methods.createPhoneToken(to)),
    async withPasskey({ autofill = false } = {}) {
      if (autofill ? !(await canAutofill()) : !hasPasskeys()) throw new PasskeyError('unsupported');
      for (;;) {
        const { id: ceremonyId, options } = await methods.createPasskeySignIn();
        // A page may be open for longer than a ceremony lives.
        let isOver = false;
        const end = () => {
          isOver = true;
          stopWaiting();
        };
        const timer = autofill ? setTimeout(end, ceremonyMilliseconds(options)) : undefined;
        try {
          const credential = await useCredential(options, autofill);
          return come(await methods.createPasskeySession({ ceremonyId, credential }));
        } catch (error) {
          if (!isOver) throw error;
        } finally {
          clearTimeout(timer);
        }
      }
    },
    async withMagicLink({ url, ...to }) {
      const page = url ? marked(url, 'link', await asked.number()) : null;
      const token = await methods.createMagicURLToken({ ...to, url: page });
      return { status: 'linkSent', phrase: token.phrase, expiresAt: token.expiresAt };
    },
    async withProvider({ success, failure = success, ...at }) {
      const pair = storage ? await newVerifier() : null;
      const { url } = await methods.createOAuth2Token({
        ...at,
        success: marked(success, 'provider', await asked.number()),
        failure: marked(failure, 'provider'),
        codeChallenge: pair?.challenge ?? null,
      });
      if (pair) await storage?.setItem(verifierKey, pair.verifier);
      return { status: 'redirect', url };
    },
  };
  return { flows, redeem };
}
