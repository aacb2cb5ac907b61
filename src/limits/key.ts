import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { KeyedDigest } from '../secrets/digest.js';
import { deviceBucketOf, limitUsesIn, widerLimit } from './device-bucket.js';
import type { DeviceOwner } from './known-device.js';
import type { LimitUse } from './limiter.js';
import type { LimitKey, RateLimit } from './limits.js';

/** What a limit can be keyed by in one call of an operation. */
export interface LimitedCall {
  /** The signed-in user; null for a guest or an operator. */
  readonly user: DeviceOwner | null;
  /** The name of the operator's key; null for everyone else. */
  readonly operatorKeyName: string | null;
  readonly clientAddress: string;
  readonly deviceSecret: string | null;
  readonly args: Readonly<Record<string, unknown>>;
}

/** An IPv6 /48 may use this many times what one /64 may use. */
const wideNetworkFactor = 8;
/** 16-bit groups of an IPv6 address: a /64 is one customer, a /48 is one site of a provider. */
const [customerGroups, siteGroups] = [4, 3];

/** The buckets of a limit that one call counts in. */
export function limitUsesOf(
  keyedDigest: KeyedDigest,
  limit: RateLimit,
  call: LimitedCall,
  now: Date,
): LimitUse[] {
  if (limit.separateKnownDevices) {
    const account = call.user?.id ?? networkOf(call.clientAddress);
    return limitUsesIn(deviceBucketOf(keyedDigest, account, call.user, call.deviceSecret, now), [limit]);
  }
  const keyBy = (groups: number) => JSON.stringify(limit.per.map((key) => keyValue(key, call, groups)));
  const isWide = limit.per.includes('ip') && isIPv6(call.clientAddress);
  return [
    { limit, key: keyBy(customerGroups) },
    ...(isWide ? [{ limit: widerLimit(limit, 'network', wideNetworkFactor), key: keyBy(siteGroups) }] : []),
  ];
}

/** Normalises argument values, because two spellings of one address must share a bucket. */
function keyValue(
  key: LimitKey,
  { user, operatorKeyName, clientAddress, args }: LimitedCall,
  groups: number,
): string {
  if (key === 'ip') return networkOf(clientAddress, groups);
  if (key === 'user') return user?.id ?? networkOf(clientAddress, groups);
  if (key === 'operator') return operatorKeyName ?? networkOf(clientAddress, groups);
  const value = args[key];
  return typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase().slice(0, 512) : '';
}

/** The client network that an address belongs to: an IPv4 address itself, or the first groups of an IPv6 address. */
export function networkOf(ip: string, groups: number = customerGroups): string {
  if (!isIPv6(ip)) return ip;
  return ipaddr.IPv6.parse(ip)
    .parts.slice(0, groups)
    .map((part) => part.toString(16))
    .join(':');
}
