import { codeGuessLimits, factorGuessLimits, knownDeviceGuessLimits } from '../limits/guesses.js';
import { describeLimit, type RateLimit, subjectWords } from '../limits/limit.js';
import { limits } from '../limits/limits.js';
import {
  messageLimits,
  noAccountMailLimits,
  noticeLimit,
  ownRevertRecoveryLimits,
  revertRecoveryLimits,
  smsForClaims,
  smsForUsers,
  smsNoticeLimit,
  smsNoticesPerDay,
  smsPerUser,
} from '../limits/messages.js';
import { knownDevicesFactor, wideNetworkFactor } from '../limits/subject.js';
import { inWords } from '../clock.js';
import { schema } from '../schema.js';
import type { OperationPolicy } from '../access/policy.js';
import { table } from './table.js';

// Writes the tables of limits in docs/limits.md.

const clearedBy = ({ failuresOnly, exemptsKnownDevices }: RateLimit): string =>
  exemptsKnownDevices
    ? 'a correct password removes the earlier wrong ones for the same account'
    : failuresOnly
      ? 'nothing; correct attempts are not counted'
      : 'nothing';

const widenedBy = ({ per, separateKnownDevices, exemptsKnownDevices, total }: RateLimit): string => {
  const words = [
    ...(separateKnownDevices
      ? [
          `each known device has its own bucket; all known devices of an account together ${knownDevicesFactor} times as many`,
        ]
      : []),
    ...(exemptsKnownDevices ? ['known devices are not counted'] : []),
    ...(total === undefined ? [] : [`all client addresses together: ${total}`]),
    ...(per === 'network' || per === 'networkAndUserId'
      ? [`an IPv6 /48 network together: ${wideNetworkFactor} times as many`]
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
const limitHead = ['maximum', 'counted by', 'window', 'further buckets and exceptions', 'reset by'];

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

/** Lists the limits that each kind of guess counts towards, in all operations. */
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

/** Lists the limits that each kind of message counts towards. */
export const messageTable = (): string => {
  const email = Object.values(messageLimits.email);
  const sms = Object.values(messageLimits.sms);
  const smsForUser = [...smsForUsers, ...smsPerUser];
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
        'email which says that an address has no account',
        `${inWordsOf(noAccountMailLimits)}; also the limits of the line above`,
        'dropped silently',
      ],
      ['invitation', `the limits of the first line, and of \`createInvitation\``, 'an error'],
      [
        'SMS to sign in',
        `${inWordsOf(sms)}; \`SMS_NETWORK_LIMIT\` per client address in 1 day; ${perServer}`,
        'dropped silently; the last two limits return an error',
      ],
      [
        'SMS to verify a number',
        `${inWordsOf(smsForUsers)}, of which ${smsForClaims[1].max} while the user has not verified it; ${inWordsOf(smsPerUser)}; ${perServer}`,
        'dropped silently; the last limit returns an error',
      ],
      ['SMS challenge', `${inWordsOf(smsForUser)}; ${perServer}`, 'an error'],
      ['email challenge', 'the limit of `createMfaChallenge`', 'an error'],
      [
        'security notice',
        `${noticeLimit.max} of one kind per user in ${inWords(noticeLimit.windowSeconds)}`,
        'not sent; the next notice lists the change',
      ],
      [
        'security notice by SMS, to an account without an email address',
        `${smsNoticeLimit.max} per user in ${inWords(smsNoticeLimit.windowSeconds)}, and ${smsNoticesPerDay.max} in ${inWords(smsNoticesPerDay.windowSeconds)}`,
        'not sent; the change is listed with the next link',
      ],
      [
        'recovery email after a revert',
        `${inWordsOf(revertRecoveryLimits)}; after a revert by a session ${inWordsOf(ownRevertRecoveryLimits)}`,
        'not sent; `createRecovery` sends one',
      ],
    ],
  );
};
