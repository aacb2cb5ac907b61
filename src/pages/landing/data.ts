/** The data that the server puts into a landing page with a button; other landing pages have none. */
export interface LandingData {
  /** The mutation that redeems the one-time token, and its variables without the password. */
  readonly query: string;
  readonly variables: { readonly userId: string; readonly secret: string };
  /** The page that lists the security changes of the account after a recovery; null for other pages. */
  readonly changesPage: string | null;
  /** Whether the page redeems the token without a click. */
  readonly auto: boolean;
  /** The text after success. */
  readonly done: string;
  /** The text after success without the password that the page asked for, if that removed the password; else null. */
  readonly doneWithoutPassword: string | null;
  /** The text after a sign-in that still needs a second factor. */
  readonly secondFactor: string;
  /** The text after the user added a passkey. */
  readonly passkeyAdded: string;
  /** The text for each error code, and for `other` and `unreachable`. */
  readonly problems: Readonly<Record<string, string>>;
}
