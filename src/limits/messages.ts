import type { Config } from '../config/config.js';
import type { KnownDevice } from './known-device.js';
import {
  type AddressLimits,
  messageLimits,
  smsForClaims,
  smsForUsers,
  smsPerNetwork,
  smsPerServer,
  smsPerUser,
} from './limits.js';
import {
  byAddress,
  byNetwork,
  byNetworkAndAddress,
  byServer,
  byUser,
  type LimitUse,
  usesOf,
} from './subject.js';

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
