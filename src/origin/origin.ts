import { readCountry } from './country.js';
import { type Device, readDevice } from './device.js';

/** Where a request came from, as sessions and log lines keep it. */
export interface Origin extends Device {
  readonly ip: string | null;
  readonly country: { readonly code: string; readonly name: string } | null;
}

/** Works out where a request came from. Takes milliseconds, in another thread: never inside a transaction. */
export async function readOrigin(ip: string, userAgent: string | null): Promise<Origin> {
  const [device, country] = await Promise.all([readDevice(userAgent), readCountry(ip)]);
  return { ip, ...device, country };
}
