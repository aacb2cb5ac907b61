/** The data that the server puts into the page that reverts security changes. */
export interface UndoData {
  /** The values of `userId` and `secret` in the link. */
  readonly link: { readonly userId: string; readonly secret: string };
  /** Ids of the suggested changes. */
  readonly suggested: readonly string[];
  /** The text after success. */
  readonly done: string;
  readonly reverted: string;
  readonly notRestored: string;
  /** The text for each error code, and for `other` and `unreachable`. */
  readonly problems: Readonly<Record<string, string>>;
}
