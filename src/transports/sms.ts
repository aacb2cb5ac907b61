/** One short message. The id is the same for every attempt. */
export interface SmsMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/** Hands an SMS over to whoever carries it. Rejects when it was not taken. */
export interface Sms {
  send(message: SmsMessage): Promise<void>;
}

export const timeoutMilliseconds = 10_000;
