/** The data that the server puts into the page of the inbox. */
export interface InboxData {
  readonly appName: string;
}

/** A message, as `GET /inbox/messages` returns it. */
export interface ListedMessage {
  readonly id: string;
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** In ISO 8601. */
  readonly createdAt: string;
}
