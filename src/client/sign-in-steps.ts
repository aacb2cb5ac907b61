import type { CallOptions } from './transport.js';
import type {
  AuthenticationFactor,
  CreateMfaChallengeMutation,
  OAuthProvider,
  SessionPartsFragment,
} from './generated/types.js';

/** A session, as every sign-in answers it. */
export type Session = SessionPartsFragment;
/** A second factor that the user proves with a code. `PASSKEY` is proven by the browser: see `askForPasskey`. */
export type CodeFactor = Exclude<AuthenticationFactor, 'PASSKEY'>;
/** A challenge that waits for the code of one factor. */
export type Challenge = NonNullable<CreateMfaChallengeMutation['createMfaChallenge']> & {
  readonly status: 'challenge';
  readonly factor: CodeFactor;
  /** Answers the challenge. A wrong code is `USER_INVALID_TOKEN`, and the user can correct it. */
  answer(code: string, options?: TrustOptions): Promise<SignIn>;
};

/** For a check box "Do not ask again on this device". */
export interface TrustOptions {
  /** Makes this browser a trusted device for 30 days, on which a sign-in needs no second factor. The default is false. */
  readonly trustDevice?: boolean | undefined;
}

/** The person is signed in. */
export interface SignedIn {
  readonly status: 'signedIn';
  readonly session: Session;
}

/** A second factor is missing. The user proves one with a code, or with a passkey. */
export interface FactorRequired {
  readonly status: 'factorRequired';
  /** Any one of them completes the sign-in. `ask('RECOVERY_CODE')` also works if the user has recovery codes, even if it is not listed. */
  readonly factors: readonly AuthenticationFactor[];
  /** Those of `factors` that are proven with a code, in the same order. */
  readonly codeFactors: readonly CodeFactor[];
  /** Starts a challenge. For `EMAIL` and `PHONE`, the server sends a code. */
  ask(factor: CodeFactor): Promise<Challenge>;
  /** Asks the browser for a passkey, if `factors` contains `PASSKEY`. */
  askForPasskey(options?: TrustOptions): Promise<SignIn>;
}

/**
 * The user is signed in, but the server demands MFA (`MFA_REQUIRED`) and the account does not have it. Until the user has added a second factor
 * and turned MFA on with `updateMFA`, the session may only read the account, add a factor and sign out. After `updateMFA`,
 * `signIn.resume()` returns `signedIn`, or `factorRequired` if the session has not proved two factors.
 */
export interface EnrolmentRequired {
  readonly status: 'enrolmentRequired';
  readonly session: Session;
}

/**
 * The server demands a proof that a person is signing in, by the widget of a CAPTCHA service. Only servers with the setting `PROOF` demand it,
 * after many requests from one client network. The client does proof of work by itself.
 */
export interface ProofRequired {
  readonly status: 'proofRequired';
  readonly kind: 'TURNSTILE' | 'HCAPTCHA' | 'RECAPTCHA';
  readonly siteKey: string;
  /** Tries the sign-in again. @param proof What the widget returned. */
  answer(proof: string): Promise<SignIn>;
}

/** The result of a step of the sign-in. */
export type SignIn = SignedIn | FactorRequired | EnrolmentRequired | ProofRequired;

/** The server sent a code. */
export interface CodeSent {
  readonly status: 'codeSent';
  /** The phrase that the email also contains, or null if it was not requested. */
  readonly phrase: string | null;
  readonly expiresAt: string;
  answer(code: string): Promise<SignIn>;
}

/** The server sent a link. The page that it opens must call `handleRedirect`. */
export interface LinkSent {
  readonly status: 'linkSent';
  readonly phrase: string | null;
  readonly expiresAt: string;
}

/** Navigate the browser to `url`. The page that it returns to must call `handleRedirect`. */
export interface Redirect {
  readonly status: 'redirect';
  readonly url: string;
}

/** A signed-in user proves a factor again, because another service demands it. */
export interface Proof {
  readonly status: 'proof';
  /** The factors that the account has. Empty if it has none: let the user sign in again. */
  readonly factors: readonly AuthenticationFactor[];
  /** Those that are proved with a code, in the same order. */
  readonly codeFactors: readonly CodeFactor[];
  /** Starts a challenge. For `EMAIL` and `PHONE`, the server sends a code. `answer` returns a new JWT. */
  ask(factor: CodeFactor): Promise<{ readonly expiresAt: string; answer(code: string): Promise<string> }>;
  /** Asks the browser for a passkey, if `factors` contains `PASSKEY`. Returns a new JWT. */
  askForPasskey(): Promise<string>;
}

/** Ways to sign in. Each one except `resume` first ends a sign-in whose second factor is missing. */
export interface SignInFlows {
  /**
   * Continues a sign-in after the page was loaded again: a step for the second factor, or the session. Returns null if no one is signed
   * in.
   */
  resume(): Promise<SignIn | null>;
  withPassword(person: { email: string; password: string }): Promise<SignIn>;
  /** Makes an account that has no address yet. */
  anonymously(): Promise<SignIn>;
  /** @param options.proof After `GENERAL_PROOF_REQUIRED`: what the widget of the CAPTCHA service in `error.proof` returned. */
  withEmailCode(to: { email: string; phrase?: boolean }, options?: CallOptions): Promise<CodeSent>;
  withPhoneCode(to: { phone: string }, options?: CallOptions): Promise<CodeSent>;
  /** @param to.url The page of yours that the link leads to; a page of the server's unless given. */
  withMagicLink(
    to: { email: string; url?: string; phrase?: boolean },
    options?: CallOptions,
  ): Promise<LinkSent>;
  /**
   * With whichever passkey the person chooses.
   *
   * @param how.autofill Offers them among the suggestions of a field with `autocomplete="username webauthn"`, for as long as the
   *   page is open, until another passkey is asked for.
   * @throws {PasskeyError} when the browser has none to use.
   */
  withPasskey(how?: { autofill?: boolean }): Promise<SignIn>;
  /**
   * With the ID token that the SDK of a provider made, such as Sign in with Apple or Google One Tap.
   *
   * @param token.nonce The nonce of `client.createIdTokenNonce()`, which the SDK was given.
   * @param token.name The name of the user. Apple gives it to the app at the first sign-in only.
   */
  withIdToken(token: {
    provider: OAuthProvider;
    idToken: string;
    nonce: string;
    name?: string | null;
  }): Promise<SignIn>;
  /** If the user is signed in, links the identity to the account. This needs the session cookie: clients with a `storage` cannot link identities. */
  withProvider(at: {
    provider: OAuthProvider;
    success: string;
    failure?: string;
    scopes?: string[];
  }): Promise<Redirect>;
}
