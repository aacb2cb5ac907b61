/** A message in words, on its way out. The id is the same for every attempt. */
export interface OutgoingMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  /** Of mails; "" for SMS. */
  readonly subject: string;
  readonly html: string;
}

/** Hands messages over to whoever carries them. */
export interface Transport {
  /** @throws {Refused} when trying again would be in vain; any other error is worth another try. */
  send(message: OutgoingMessage): Promise<void>;
  close(): void;
}

/** What the operator says of the sender. */
export interface SenderSettings {
  /** Such as `Accounts <no-reply@example.com>`. */
  readonly from: string;
  /** The host in Message-IDs. */
  readonly host: string;
}
