import { codeGuessLimits, factorGuessLimits, knownDeviceGuessLimits } from '../limits/guesses.js';
import { describeLimit, type RateLimit, subjectWords } from '../limits/limit.js';
import { limits } from '../limits/limits.js';
import { messageLimits, noticeLimit, smsForClaims, smsForUsers, smsPerUser } from '../limits/messages.js';
import { knownDevicesFactor, wideNetworkFactor } from '../limits/subject.js';
import { inWords } from '../clock.js';
import { schema } from '../schema.js';
import type { OperationPolicy } from '../access/policy.js';
import { table } from './table.js';

// What counts towards which limit, for docs/limits.md.

const clearedBy = ({ failuresOnly, exemptsKnownDevices }: RateLimit): string =>
  exemptsKnownDevices
    ? 'a right password uncounts the wrong ones before it'
    : failuresOnly
      ? 'nothing; a correct attempt is not counted'
      : 'nothing';

const widenedBy = ({ per, separateKnownDevices, exemptsKnownDevices, total }: RateLimit): string => {
  const words = [
    ...(separateKnownDevices
      ? [`a known device has its own; all of an account together ${knownDevicesFactor} times as many`]
      : []),
    ...(exemptsKnownDevices ? ['a known device is not counted'] : []),
    ...(total === undefined ? [] : [`all networks together ${total}`]),
    ...(per === 'network' || per === 'networkAndUserId'
      ? [`an IPv6 /48 ${wideNetworkFactor} times as many`]
      : []),
  ];
  return words.join('; ');
};

const limitRow = (limit: RateLimit, usedBy: string): string[] => [
  `${limit.max}${limit.failuresOnly ? ' failures' : ''}`,
  subjectWords[limit.per],
  inWords(limit.windowSeconds),
  widenedBy(limit),
  clearedBy(limit),
  usedBy,
];
const limitHead = ['number', 'counted by', 'window', 'what widens it', 'what clears it'];

/** Which operations share which limit. */
export function limitTable(): string {
  const users = new Map<string, { limit: RateLimit; operations: string[] }>();
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const { name, extensions } of Object.values(root?.getFields() ?? {})) {
      const { policy } = extensions['pothosOptions'] as { policy: OperationPolicy };
      for (const limit of policy.limits) {
        const key = `${limit.name} ${'exemptsKnownDevices' in limit}`;
        const user = users.get(key) ?? { limit, operations: [] };
        user.operations.push(name);
        users.set(key, user);
      }
    }
  }
  const known: readonly RateLimit[] = Object.values(limits).flat();
  const position = ({ limit }: { limit: RateLimit }) => known.findIndex(({ name }) => name === limit.name);
  return table(
    [...limitHead, 'operations that share it'],
    [...users.values()]
      .sort((a, b) => position(a) - position(b))
      .map(({ limit, operations }) => limitRow(limit, operations.sort().join(', '))),
  );
}

/** What each kind of guess counts towards, whichever operation it is given to. */
export const guessTable = (): string =>
  table(
    [...limitHead, 'guesses at'],
    [
      ...Object.values(codeGuessLimits).map((limit: RateLimit) =>
        limitRow(limit, 'codes that were sent to an address'),
      ),
      ...knownDeviceGuessLimits.map((limit) => limitRow(limit, 'the password, on all known devices')),
      ...Object.entries(factorGuessLimits).flatMap(([factor, { perDevice, overall }]) =>
        [...perDevice, ...overall].map((limit) => limitRow(limit, `\`${factor}\` challenges`)),
      ),
    ],
  );

/** What each kind of message counts towards. */
export const messageTable = (): string => {
  const email = Object.values(messageLimits.email);
  const sms = Object.values(messageLimits.sms);
  const smsForUser = [...smsForUsers, ...smsPerUser];
  const smsForClaim = [...smsForClaims, ...smsPerUser];
  const inWordsOf = (counted: readonly RateLimit[]) => counted.map(describeLimit).join('; ');
  const perServer = '`SMS_DAILY_LIMIT` for the server in 1 day';
  return table(
    ['message', 'counts towards', 'over the limit'],
    [
      [
        'email with a code or link for sign-in, verification or recovery',
        inWordsOf(email),
        'dropped silently',
      ],
      [
        'SMS to sign in',
        `${inWordsOf(sms)}; \`SMS_NETWORK_LIMIT\` per client address in 1 day; ${perServer}`,
        'dropped silently; an error for the last two',
      ],
      [
        'SMS to verify a number',
        `${inWordsOf(smsForClaim)}; ${perServer}`,
        'dropped silently; an error for the last',
      ],
      ['SMS challenge', `${inWordsOf(smsForUser)}; ${perServer}`, 'an error'],
      ['email challenge', 'the limit of `createMfaChallenge`', 'an error'],
      [
        'security notice',
        `${noticeLimit.max} of one kind per user in ${inWords(noticeLimit.windowSeconds)}`,
        'not sent; the security log has the entry',
      ],
    ],
  );
};
