import { days, hours, minutes } from '../clock.js';
import type { Config } from '../config/config.js';
import type { KnownDevice } from './known-device.js';
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
 * Messages that one mailbox or phone receives at most. A message over the limit is dropped silently, because an error would reveal
 * who has an account. One client network can use at most half of the emails of a day, and three of five SMS, so that a stranger
 * cannot keep the owner out.
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
  /** SMS for callers who have proved nothing. */
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

/** Recovery emails that follow a revert: counted by the user, so that no stranger can use up the address before. */
export const revertRecoveryLimits = [
  { name: 'revert-recovery', max: 10, windowSeconds: days(1), per: 'user' },
] as const satisfies readonly RateLimit[];

/** SMS to one number for users who are signed in, or have passed a first factor. */
export const smsForUsers = [
  { name: 'sms-number-user', max: 5, windowSeconds: days(1), per: 'address' },
] as const satisfies readonly RateLimit[];

/** The same for a number that the user has not verified: strangers cannot use up what its owner needs, under another spelling. */
export const smsForClaims = [
  ...smsForUsers,
  { name: 'sms-number-claim', max: 3, windowSeconds: days(1), per: 'address' },
] as const satisfies readonly RateLimit[];

/** All SMS to one user, whatever they are for. */
export const smsPerUser = [
  { name: 'sms-user', max: 20, windowSeconds: days(1), per: 'user' },
] as const satisfies readonly RateLimit[];

/** SMS that one client network can cause without a session. */
const smsPerNetwork = (max: number): readonly RateLimit<'network'>[] => [
  { name: 'sms-network', max, windowSeconds: days(1), per: 'network' },
];

/** SMS of the whole server; 0 for no limit. */
const smsPerServer = (max: number): readonly RateLimit<'server'>[] =>
  max === 0 ? [] : [{ name: 'sms-server', max, windowSeconds: days(1), per: 'server' }];

/** Notices of one kind that one user receives at most. The outbox counts them in the transaction that queues them. */
export const noticeLimit = { max: 5, windowSeconds: hours(1) } as const;

type SmsConfig = Pick<Config, 'SMS_NETWORK_LIMIT' | 'SMS_DAILY_LIMIT'>;

/** The buckets of what happens to one mailbox or phone. */
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

/** The limits that an SMS counts towards, for a caller who has proved nothing. */
export const smsUses = (
  { SMS_NETWORK_LIMIT, SMS_DAILY_LIMIT }: SmsConfig,
  phone: string,
  clientAddress: string,
  device: KnownDevice | null,
): LimitUse[] => [
  ...addressUses(messageLimits.sms, phone, clientAddress, device),
  ...usesOf(smsPerNetwork(SMS_NETWORK_LIMIT), byNetwork(clientAddress)),
  ...usesOf(smsPerServer(SMS_DAILY_LIMIT), byServer()),
];

/** The limits that an SMS counts towards, for a user who is signed in or has passed a first factor. */
export const smsForUserUses = (
  { SMS_DAILY_LIMIT }: SmsConfig,
  phone: string,
  user: { readonly id: string; readonly lastVerifiedPhone: string | null },
): LimitUse[] => [
  ...usesOf(user.lastVerifiedPhone === phone ? smsForUsers : smsForClaims, byAddress(phone)),
  ...usesOf(smsPerUser, byUser(user)),
  ...usesOf(smsPerServer(SMS_DAILY_LIMIT), byServer()),
];
