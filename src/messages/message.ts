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

/** What a link to the page `/auth/undo` carries. */
export interface UndoLink {
  readonly userId: string;
  readonly secret: string;
}

/** An earlier change that a notice lists. */
export interface ListedNotice {
  readonly notice: Notice;
  readonly at: Date;
}

/** A message to a person, before it has words. Links and codes are secrets. */
export type Message = Common &
  (
    | { readonly kind: 'recovery'; readonly link: string; readonly name: string }
    | {
        readonly kind: 'verification';
        readonly link: string;
        readonly name: string;
        readonly requested: Requested;
      }
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
    | { readonly kind: 'invitation'; readonly link: string; readonly name: string }
    | { readonly kind: 'noAccount'; readonly requested: Requested }
    | { readonly kind: 'mfaChallenge'; readonly code: string; readonly requested: Requested }
    | {
        readonly kind: Notice;
        readonly name: string;
        readonly requested: Requested;
        /** The link that reverts the change; null if there is nothing to revert, or the recipient must not revert it. */
        readonly undo: UndoLink | null;
        /** Earlier changes of which no notice was sent, and, after a recovery, all that can be reverted. */
        readonly alsoChanged: readonly ListedNotice[];
        /** Of a deletion. */
        readonly deleteAt?: Date;
      }
    | { readonly kind: 'smsNotice'; readonly notice: Notice; readonly undo: UndoLink }
    | {
        readonly kind: 'addressReserved';
        readonly requested: Requested;
        /** The link that reverts the change, and the one that releases the address. */
        readonly undo: UndoLink;
      }
    | { readonly kind: 'factorsReset' | 'operatorSession'; readonly name: string }
    | { readonly kind: 'mfaRequired'; readonly name: string; readonly dueAt: Date }
    | { readonly kind: 'smsCode'; readonly code: string }
  );

/** Tells the user about a sign-in or a security change, which an attacker would want to hide. */
export type Notice =
  | 'sessionAlert'
  | 'passwordChanged'
  | 'emailChanged'
  | 'phoneChanged'
  | 'addressReleased'
  | 'recoveryUsed'
  | 'identityLinked'
  | 'identityJoined'
  | 'identityRemoved'
  | 'mfaOn'
  | 'mfaOff'
  | 'authenticatorAdded'
  | 'authenticatorRemoved'
  | 'recoveryCodesCreated'
  | 'recoveryCodesChanged'
  | 'guessesSpent'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'passkeyRenamed'
  | 'passkeyCopied'
  | 'methodsFound'
  | 'emailReplaced'
  | 'emailVerified'
  | 'phoneReplaced'
  | 'phoneVerified'
  | 'accountBlocked'
  | 'deletionScheduled'
  | 'deletionCancelled'
  | 'changeUndone';

/** Which transport carries a kind. */
export const channelOf = ({ kind }: Pick<Message, 'kind'>): 'email' | 'sms' =>
  kind === 'smsCode' || kind === 'smsNotice' ? 'sms' : 'email';

/** How long the secret of a kind works, in seconds; the words print it. */
export const secretLifetimes: Partial<Record<Message['kind'], number>> = {
  verification: lifetimes.emailVerification,
  recovery: lifetimes.recovery,
  invitation: lifetimes.invitation,
  magicSession: lifetimes.magicUrl,
  otpSession: lifetimes.emailOtp,
  mfaChallenge: lifetimes.challenge,
  smsCode: lifetimes.phoneOtp,
};
