import { lifetimes } from '../clock.js';
import type { Origin } from '../origin/origin.js';

/** Where a request came from, as a message tells it. */
export interface Requested {
  readonly at: Date;
  readonly origin: Origin;
}

interface Common {
  readonly recipient: string;
  /** Language tags of the person asked for, as Accept-Language gives them. */
  readonly acceptLanguage: string | null;
}

/** A message to a person, before it has words. Links and codes are secrets. */
export type Message = Common &
  (
    | { readonly kind: 'verification' | 'recovery'; readonly link: string; readonly name: string }
    | {
        readonly kind: 'magicSession';
        readonly link: string;
        readonly phrase: string | null;
        readonly requested: Requested;
      }
    | {
        readonly kind: 'otpSession';
        readonly code: string;
        readonly phrase: string | null;
        readonly requested: Requested;
      }
    | { readonly kind: 'mfaChallenge'; readonly code: string; readonly requested: Requested }
    | {
        readonly kind: Notice;
        readonly name: string;
        readonly requested: Requested;
        /** With what the owner takes it back; null where there is nothing to take back, or its reader may not. */
        readonly undo: { readonly userId: string; readonly secret: string } | null;
        /** Of a deletion. */
        readonly deleteAt?: Date;
      }
    | { readonly kind: 'factorsReset'; readonly name: string }
    | { readonly kind: 'smsCode'; readonly code: string }
  );

/** Tells the owner of a sign-in, or of a change that whoever made it might want to hide. */
export type Notice =
  | 'sessionAlert'
  | 'passwordChanged'
  | 'emailChanged'
  | 'phoneChanged'
  | 'addressReleased'
  | 'recoveryUsed'
  | 'identityLinked'
  | 'identityRemoved'
  | 'mfaOn'
  | 'mfaOff'
  | 'authenticatorAdded'
  | 'authenticatorRemoved'
  | 'recoveryCodesChanged'
  | 'guessesSpent'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'passkeyCopied'
  | 'emailReplaced'
  | 'deletionScheduled'
  | 'deletionCancelled'
  | 'changeUndone';

/** Which transport carries a kind. */
export const channelOf = ({ kind }: Pick<Message, 'kind'>): 'email' | 'sms' =>
  kind === 'smsCode' ? 'sms' : 'email';

/** How long the secret of a kind works, in seconds; the words print it. */
export const secretLifetimes: Partial<Record<Message['kind'], number>> = {
  verification: lifetimes.emailVerification,
  recovery: lifetimes.recovery,
  magicSession: lifetimes.magicUrl,
  otpSession: lifetimes.emailOtp,
  mfaChallenge: lifetimes.challenge,
  smsCode: lifetimes.phoneOtp,
};
