import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { CodeDigester } from '../secrets/digest.js';
import type { Budget, BudgetKey } from './budget.js';
import { drawsIn, laneOf, widened } from './lane.js';
import type { Draw } from './rate-limiter.js';
import type { Authentication } from './viewer.js';

/** A call, as far as budgets count by it. */
export interface Counted {
  readonly authentication: Authentication;
  readonly clientAddress: string;
  readonly deviceSecret: string | null;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A network of 65,536 customers' worth of addresses has this many times what one customer has. */
const networkShare = 8;
const [customerGroups, networkGroups] = [4, 3];

/** What a call draws from a budget. */
export function drawsOf(codes: CodeDigester, budget: Budget, call: Counted, now: Date): Draw[] {
  if (budget.lanes) {
    const user = call.authentication.kind === 'user' ? call.authentication.user : null;
    const account = user?.id ?? addressGroup(call.clientAddress);
    return drawsIn(laneOf(codes, account, user, call.deviceSecret, now), [budget]);
  }
  const keyBy = (groups: number) => JSON.stringify(budget.per.map((key) => keyValue(key, call, groups)));
  const isWide = budget.per.includes('ip') && isIPv6(call.clientAddress);
  return [
    { budget, key: keyBy(customerGroups) },
    ...(isWide ? [{ budget: widened(budget, 'network', networkShare), key: keyBy(networkGroups) }] : []),
  ];
}

/** Spellings of one address must not have budgets of their own. */
function keyValue(key: BudgetKey, { authentication, clientAddress, args }: Counted, groups: number): string {
  if (key === 'ip') return addressGroup(clientAddress, groups);
  if (key === 'user')
    return authentication.kind === 'user' ? authentication.user.id : addressGroup(clientAddress, groups);
  if (key === 'operator')
    return authentication.kind === 'operator' ? authentication.keyName : addressGroup(clientAddress, groups);
  const value = args[key];
  return typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase().slice(0, 512) : '';
}

/** What counts as one client address: an IPv6 customer gets a /64, whose addresses count together; some get a /48. */
export function addressGroup(ip: string, groups: number = customerGroups): string {
  if (!isIPv6(ip)) return ip;
  return ipaddr.IPv6.parse(ip)
    .parts.slice(0, groups)
    .map((part) => part.toString(16))
    .join(':');
}
