import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { KnownDevice } from '../devices/known-devices.js';
import type { RateLimit, SubjectKind } from './limit.js';

declare const trusted: unique symbol;

/**
 * What a limit is counted by. The caller cannot replace it to get a new bucket. Only the functions of this file create a subject,
 * so a limit that counts by anything else, such as an argument or a password, does not compile.
 */
export interface Subject<Kind extends SubjectKind = SubjectKind> {
  readonly kind: Kind;
  readonly key: string;
  /** A wider group of callers, which together may use a multiple of the limit, or the limit's `total`. */
  readonly wider: WiderGroup | null;
  /** Key of the known device's own bucket, and of the group of all known devices, for limits that separate them. */
  readonly device: { readonly key: string; readonly groupKey: string } | null;
  readonly [trusted]: true;
}

interface WiderGroup {
  readonly name: string;
  readonly times: number;
  readonly key: string;
}

/** One bucket that a call is counted in. */
export interface LimitUse {
  readonly limit: RateLimit;
  /** The key in plain text. Only its digest is stored. */
  readonly key: string;
  readonly [trusted]: true;
}

/** An IPv6 /48 may use this many times what one /64 may use. */
export const wideNetworkFactor = 8;
/** 16-bit groups of an IPv6 address: a /64 is one customer, a /48 is one site of a provider. */
const [customerGroups, siteGroups] = [4, 3];
/** All known devices of one account together may use this many times what one bucket may use. */
export const knownDevicesFactor = 3;

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

const subject = <Kind extends SubjectKind>(
  kind: Kind,
  key: string,
  { wider = null, device = null }: Partial<Pick<Subject, 'wider' | 'device'>> = {},
): Subject<Kind> => ({ kind, key, wider, device }) as Subject<Kind>;

/** The separate bucket of a known device. Null if its attempts are counted with those of unknown devices. */
const deviceBucket = (groupKey: string, device: KnownDevice | null): Subject['device'] =>
  device?.hasBucket ? { key: keyOf(groupKey, device.id), groupKey } : null;

/** An IPv4 address, or the /48 of an IPv6 address. */
export const siteOf = (clientAddress: string): string => networkOf(clientAddress, siteGroups);

const siteGroup = (clientAddress: string, ...parts: readonly string[]): WiderGroup | null =>
  isIPv6(clientAddress)
    ? { name: 'site', times: wideNetworkFactor, key: keyOf(siteOf(clientAddress), ...parts) }
    : null;

/** The client network: an IPv4 address, or the /64 of an IPv6 address. A /48 has a limit of its own. */
export const byNetwork = (clientAddress: string): Subject<'network'> =>
  subject('network', keyOf(networkOf(clientAddress)), { wider: siteGroup(clientAddress) });

/**
 * A client network with a `userId`. Use it only in addition to a limit of the whole network, because callers choose the `userId`.
 */
export function byNetworkAndUserId(clientAddress: string, userId: string): Subject<'networkAndUserId'> {
  const id = userId.normalize('NFC').trim().toLowerCase().slice(0, 512);
  return subject('networkAndUserId', keyOf(networkOf(clientAddress), id), {
    wider: siteGroup(clientAddress, id),
  });
}

/**
 * A client network together with a mailbox or phone. All client networks together share the limit's `total`.
 *
 * @param device A known device of the account that has *verified* the address; never one of an account that only displays it.
 */
export function byNetworkAndAddress(
  clientAddress: string,
  address: string,
  device: KnownDevice | null,
): Subject<'networkAndAddress'> {
  const mailbox = mailboxOf(address);
  return subject('networkAndAddress', keyOf(networkOf(clientAddress), mailbox), {
    wider: { name: 'total', times: 1, key: keyOf(mailbox) },
    device: deviceBucket(keyOf(mailbox), device),
  });
}

/** A client network together with the account name that was given with a password. */
export const byNetworkAndAccount = (clientAddress: string, name: string): Subject<'networkAndAccount'> =>
  subject('networkAndAccount', keyOf(networkOf(clientAddress), name));

/** A user, in all its sessions. */
export const byUser = ({ id }: { readonly id: string }, device: KnownDevice | null = null): Subject<'user'> =>
  subject('user', keyOf(id), { device: deviceBucket(keyOf(id), device) });

/** An operator's key. */
export const byKey = (keyName: string): Subject<'operator'> => subject('operator', keyOf(keyName));

/** A mailbox or phone, whichever account displays its address. For `device` see `byNetworkAndAddress`. */
export function byAddress(address: string, device: KnownDevice | null = null): Subject<'address'> {
  const key = keyOf(mailboxOf(address));
  return subject('address', key, { device: deviceBucket(key, device) });
}

/** The account name that was given with a password: an address, or the id of the signed-in user. */
export const byAccount = (name: string, device: KnownDevice | null = null): Subject<'account'> =>
  subject('account', keyOf(name), { device: deviceBucket(keyOf(name), device) });

/** The whole server. */
export const byServer = (): Subject<'server'> => subject('server', keyOf());

/** Returns the key of the bucket for a limit that separates known devices. */
export const separateKeyOf = ({ key, device }: Subject): string => device?.key ?? key;

/** The buckets that one call is counted in. */
export const usesOf = <Kind extends SubjectKind>(
  limits: readonly RateLimit<Kind>[],
  by: Subject<Kind>,
): LimitUse[] =>
  limits.flatMap((limit) => {
    const device = limit.separateKnownDevices ? by.device : null;
    const { key } = device ?? by;
    const wider: WiderGroup | null = device
      ? { name: 'devices', times: knownDevicesFactor, key: device.groupKey }
      : by.wider;
    if (!wider) return [use(limit, key)];
    const max = (!device && limit.total) || limit.max * wider.times;
    return [use(limit, key), use({ ...limit, name: `${limit.name}-${wider.name}`, max }, wider.key)];
  });

/** Multiplies the limits of a call. */
export const widened = (uses: readonly LimitUse[], factor: number): LimitUse[] =>
  uses.map(({ limit, key }) => use({ ...limit, max: limit.max * factor }, key));

const use = (limit: RateLimit, key: string): LimitUse => ({ limit, key }) as LimitUse;

/** The client network that an address belongs to: an IPv4 address itself, or the first groups of an IPv6 address. */
export function networkOf(ip: string, groups: number = customerGroups): string {
  if (!isIPv6(ip)) return ip;
  return ipaddr.IPv6.parse(ip)
    .parts.slice(0, groups)
    .map((part) => part.toString(16))
    .join(':');
}

/** National prefixes that a mobile number is written with or without: both reach the same phone. */
const optionalMobilePrefix = /^(\+54)9|^(\+52)1/;

/** One mailbox or phone has one bucket, however its address is written. */
const mailboxOf = (address: string): string =>
  address.includes('@')
    ? address.replace(/(?<=[^@])\+[^@]*(?=@[^@]*$)/, '')
    : address.replace(optionalMobilePrefix, '$1$2');
