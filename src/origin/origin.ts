import { createCountryReader } from './country.js';
import { createDeviceReader, type Device } from './device.js';

/** Where a request came from, as sessions and log lines keep it. */
export interface Origin extends Device {
  readonly ip: string | null;
  readonly country: { readonly code: string; readonly name: string } | null;
}

/** Works out where requests come from. */
export interface OriginReader {
  /** Takes milliseconds, in another thread: never inside a transaction. */
  read(ip: string, userAgent: string | null): Promise<Origin>;
  /** Loads what recognises browsers, now that there is one: before it signs in. */
  prepare(): void;
  close(): Promise<void>;
}

/**
 * Loads its tables when they are first needed: they are large, and programs have no use for them.
 *
 * @param patienceMilliseconds How long a request waits for its device once the tables are loaded; one that is recognised later is known next time.
 */
export function createOriginReader(patienceMilliseconds = 100): OriginReader {
  const devices = createDeviceReader(patienceMilliseconds);
  const countries = createCountryReader();
  return {
    async read(ip, userAgent) {
      const [device, country] = await Promise.all([devices.read(userAgent), countries.read(ip)]);
      return { ip, ...device, country };
    },
    prepare: devices.prepare,
    close: devices.close,
  };
}
