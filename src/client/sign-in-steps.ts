import type {
  AuthenticationFactor,
  CreateMfaChallengeMutation,
  OAuthProvider,
  SessionPartsFragment,
} from './documents.js';

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
  /** Any one of them completes the sign-in; `RECOVERY_CODE` replaces each. */
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
