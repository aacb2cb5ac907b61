import { inWords } from '../clock.js';

/**
 * What a limit is counted by. A caller cannot replace any of these to get a new bucket. `subject.ts` creates them.
 *
 * - `network`: the client network.
 * - `networkAndUserId`, `networkAndAddress`, `networkAndAccount`: a client network together with a `userId`, with a mailbox or
 *   phone, or with an account. Such a limit always applies in addition to another one.
 * - `user`: the signed-in user.
 * - `operator`: the operator's key.
 * - `address`: a mailbox or phone, whichever account displays it.
 * - `account`: an account, by the address that the user typed or by the id of the signed-in user.
 * - `server`: all callers together.
 */
export type SubjectKind =
  | 'network'
  | 'networkAndUserId'
  | 'networkAndAddress'
  | 'networkAndAccount'
  | 'user'
  | 'operator'
  | 'address'
  | 'account'
  | 'server';

/** The kinds that a policy can use, because they are known before the operation runs. */
export type RequestSubjectKind = 'network' | 'networkAndUserId' | 'user' | 'operator';

/** How often something may happen in a window that is aligned to the clock. All processes on the database share the count. */
export interface RateLimit<Kind extends SubjectKind = SubjectKind> {
  /** Names the bucket: limits with one name share it, whichever operation uses them. */
  readonly name: string;
  readonly max: number;
  readonly windowSeconds: number;
  readonly per: Kind;
  /** Only for `networkAndAddress`: the maximum for the address from all client networks together. */
  readonly total?: number;
  /** Counts failures only, so that correct attempts are never rejected. */
  readonly failuresOnly?: true;
  /** Gives each known device a bucket of its own: see `devices/known-devices.ts`. */
  readonly separateKnownDevices?: true;
  /** Known devices are not counted. The operation counts the others itself, because it must find the account first. */
  readonly exemptsKnownDevices?: true;
}

export const subjectWords: Record<SubjectKind, string> = {
  network: 'client address',
  networkAndUserId: 'client address and userId',
  networkAndAddress: 'client address and mailbox or phone number',
  networkAndAccount: 'client address and account',
  user: 'user',
  operator: 'operator key',
  address: 'mailbox or phone number',
  account: 'account',
  server: 'server',
};

/** A limit in words, such as "10 per client address in 1 hour". */
export function describeLimit(limit: RateLimit): string {
  const { max, windowSeconds, per, total, failuresOnly } = limit;
  const additions = [
    ...(total === undefined ? [] : [`${total} from all client addresses`]),
    ...(limit.separateKnownDevices ? ['known devices are counted separately'] : []),
    ...(limit.exemptsKnownDevices ? ['known devices are not counted'] : []),
  ];
  const inBrackets = additions.length > 0 ? ` (${additions.join('; ')})` : '';
  return `${max}${failuresOnly ? ' failures' : ''} per ${subjectWords[per]} in ${inWords(windowSeconds)}${inBrackets}`;
}

/** Limits of one mailbox or phone: in a short time, and in a day. */
export interface AddressLimits {
  readonly short: RateLimit<'address'>;
  readonly day: RateLimit<'networkAndAddress'>;
}
