import { days, hours, minutes } from '../clock.js';
import type { Config } from '../config/config.js';
import type { KnownDevice } from '../devices/known-devices.js';
import type { AddressLimits, RateLimit } from './limit.js';
import {
  byAddress,
  byNetwork,
  byNetworkAndAddress,
  byServer,
  byUser,
  type LimitUse,
  usesOf,
} from './subject.js';

/**
 * Maximum number of messages to one mailbox or phone. The server drops a message over the limit silently, because an error would
 * reveal who has an account. One client network can use at most half of the emails in a day, and three of the five SMS, so that an
 * attacker cannot lock the owner out.
 */
export const messageLimits = {
  email: {
    short: {
      name: 'email-address',
      max: 3,
      windowSeconds: minutes(15),
      per: 'address',
      separateKnownDevices: true,
    },
    day: {
      name: 'email-address-day',
      max: 5,
      total: 10,
      windowSeconds: days(1),
      per: 'networkAndAddress',
      separateKnownDevices: true,
    },
  },
  /** SMS for callers without a session. */
  sms: {
    short: {
      name: 'sms-number',
      max: 3,
      windowSeconds: minutes(15),
      per: 'address',
      separateKnownDevices: true,
    },
    day: {
      name: 'sms-number-day',
      max: 3,
      total: 5,
      windowSeconds: days(1),
      per: 'networkAndAddress',
      separateKnownDevices: true,
    },
  },
} as const satisfies Record<string, AddressLimits>;

/** Emails which say that an address has no account and cannot sign up. */
export const noAccountMailLimits = [
  { name: 'no-account-mail', max: 1, windowSeconds: days(1), per: 'address' },
] as const satisfies readonly RateLimit[];

/** Recovery emails after a revert. They are counted by user, so that an attacker cannot use up the limit of the address first. */
export const revertRecoveryLimits = [
  { name: 'revert-recovery', max: 10, windowSeconds: days(1), per: 'user' },
] as const satisfies readonly RateLimit[];

/** Recovery emails after a revert by a session. A thief's session must not use up those of the owner's links. */
export const ownRevertRecoveryLimits = [
  { name: 'own-revert-recovery', max: 3, windowSeconds: days(1), per: 'user' },
] as const satisfies readonly RateLimit[];

/** SMS to one number for users who are signed in, or have passed a first factor. */
export const smsForUsers = [
  { name: 'sms-number-user', max: 5, windowSeconds: days(1), per: 'address' },
] as const satisfies readonly RateLimit[];

/** SMS to a number that the user has not verified. The lower limit leaves some SMS to the owner, who may use another spelling. */
export const smsForClaims = [
  ...smsForUsers,
  { name: 'sms-number-claim', max: 3, windowSeconds: days(1), per: 'address' },
] as const satisfies readonly RateLimit[];

/** All SMS to one user, for any purpose. */
export const smsPerUser = [
  { name: 'sms-user', max: 20, windowSeconds: days(1), per: 'user' },
] as const satisfies readonly RateLimit[];

/** SMS that one client network can cause without a session. */
const smsPerNetwork = (max: number): readonly RateLimit<'network'>[] => [
  { name: 'sms-network', max, windowSeconds: days(1), per: 'network' },
];

/** The limit for SMS of the whole server. A `SMS_DAILY_LIMIT` of 0 means no limit. */
export const smsServerUses = ({ SMS_DAILY_LIMIT: max }: Pick<Config, 'SMS_DAILY_LIMIT'>): LimitUse[] =>
  max === 0 ? [] : usesOf([{ name: 'sms-server', max, windowSeconds: days(1), per: 'server' }], byServer());

/** Maximum number of security notices of one kind for one user. The outbox counts them in the transaction that queues them. */
export const noticeLimit = { max: 5, windowSeconds: hours(1) } as const;

/** Security notices by SMS. Those of one hour are joined: the next one lists what the limit dropped. */
export const smsNoticeLimit = { max: 1, windowSeconds: hours(1) } as const;
export const smsNoticesPerDay = { max: 5, windowSeconds: days(1) } as const;

type SmsConfig = Pick<Config, 'SMS_NETWORK_LIMIT' | 'SMS_DAILY_LIMIT'>;

/** Returns the buckets for a message to one mailbox or phone, or for a guess at its codes. */
export const addressUses = (
  { short, day }: AddressLimits,
  address: string,
  clientAddress: string,
  device: KnownDevice | null,
): LimitUse[] => [
  ...usesOf([short], byAddress(address, device)),
  ...usesOf([day], byNetworkAndAddress(clientAddress, address, device)),
];

/** The limits that an email counts towards. */
export const emailUses = (address: string, clientAddress: string, device: KnownDevice | null): LimitUse[] =>
  addressUses(messageLimits.email, address, clientAddress, device);

/** The limits that an SMS counts towards, for a caller without a session. */
export const smsUses = (
  config: SmsConfig,
  phone: string,
  clientAddress: string,
  device: KnownDevice | null,
): LimitUse[] => [
  ...addressUses(messageLimits.sms, phone, clientAddress, device),
  ...usesOf(smsPerNetwork(config.SMS_NETWORK_LIMIT), byNetwork(clientAddress)),
  ...smsServerUses(config),
];

/** The limits that an SMS counts towards, for a user who is signed in or has passed a first factor. */
export const smsForUserUses = (
  config: SmsConfig,
  phone: string,
  user: { readonly id: string; readonly lastVerifiedPhone: string | null },
): LimitUse[] => [
  ...usesOf(user.lastVerifiedPhone === phone ? smsForUsers : smsForClaims, byAddress(phone)),
  ...usesOf(smsPerUser, byUser(user)),
  ...smsServerUses(config),
];
