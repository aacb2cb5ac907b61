import { inWords } from '../clock.js';

/**
 * What a limit counts by. A caller can renew none of these: `subject.ts` makes them.
 *
 * - `network`: the client network.
 * - `networkAndUserId`, `networkAndAddress`, `networkAndAccount`: what one client network does to one `userId`, to one mailbox or
 *   phone, or to one account. Such a limit only tightens another one.
 * - `user`: the signed-in user.
 * - `operator`: the operator's key.
 * - `address`: a mailbox or phone, whichever account displays it.
 * - `account`: an account under the address that was typed, or the id of the signed-in user.
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

/** What a policy can count by: it is known before the operation runs. */
export type RequestSubjectKind = 'network' | 'networkAndUserId' | 'user' | 'operator';

/** How often something may happen in a window that is aligned to the clock. All processes on the database share the count. */
export interface RateLimit<Kind extends SubjectKind = SubjectKind> {
  /** Names the bucket: limits with one name share it, whichever operation uses them. */
  readonly name: string;
  readonly max: number;
  readonly windowSeconds: number;
  readonly per: Kind;
  /** `networkAndAddress` only: what the address may receive from all client networks together. */
  readonly total?: number;
  /** Counts failures only, so that correct attempts are never rejected. */
  readonly failuresOnly?: true;
  /** Gives each known device a bucket of its own: see `known-device.ts`. */
  readonly separateKnownDevices?: true;
  /** Known devices are not counted. The operation counts the others itself, because it learns first whose account it is. */
  readonly exemptsKnownDevices?: true;
}

export const subjectWords: Record<SubjectKind, string> = {
  network: 'client address',
  networkAndUserId: 'client address and userId',
  networkAndAddress: 'client address and mailbox or number',
  networkAndAccount: 'client address and account',
  user: 'user',
  operator: 'operator key',
  address: 'mailbox or number',
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
