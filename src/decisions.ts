// Decisions of the application about its users. These types are published, so this file imports nothing.

/** What the server is about to do. */
export interface DecisionRequest {
  /**
   * - `user.create`: create an account.
   * - `session.create`: sign a user in. A second factor may still be missing.
   * - `address.update`: change the email address or phone number that an account displays.
   */
  readonly type: 'user.create' | 'session.create' | 'address.update';
  /** Id of the user. For `user.create`, the id that the account will have. */
  readonly userId: string;
  /** Email address of the user; for `user.create` and `address.update`, the new one. Null without one. */
  readonly email: string | null;
  /** Whether the user has verified `email`. Only then does it say who the user is: anyone can type an address. */
  readonly emailVerified: boolean;
  /** Phone number of the user in E.164; for `user.create` and `address.update`, the new one. Null without one. */
  readonly phone: string | null;
  /** Whether the user has verified `phone`. */
  readonly phoneVerified: boolean;
  /**
   * How the user signs up or in: `email-password`, `email-otp`, `magic-url`, `phone`, `passkey`, `oauth2`, `anonymous` or `invitation`. Null for
   * `address.update`.
   */
  readonly method: string | null;
  /** The OAuth provider, such as `github`. Null for other methods. */
  readonly provider: string | null;
  /** Where the request came from. */
  readonly origin: {
    readonly ip: string | null;
    readonly country: { readonly code: string; readonly name: string } | null;
    readonly os: { readonly name: string | null; readonly version: string | null };
    readonly client: { readonly name: string | null; readonly version: string | null };
  };
}

/** What the application decides. */
export type Decision =
  /** Continues. `labels` are given to the account, only for `user.create`. */
  | { readonly allow: true; readonly labels?: readonly string[] }
  /** Rejects with `USER_REFUSED`. The client receives `reason` if it is one of `DECIDE_REASONS`. */
  | { readonly allow: false; readonly reason: string };

/**
 * Decides. The server holds no lock meanwhile, so the function can call the API. After 3 seconds, `signal` is aborted and the setting
 * `DECIDE_ON_FAILURE` decides, as it does if the function throws.
 */
export type Decide = (
  request: DecisionRequest,
  options: { readonly signal: AbortSignal },
) => Promise<Decision> | Decision;
