import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRing } from './key-ring.js';
import { newBytes } from './random.js';

/** The rings that production must be given. */
export interface KeyRings {
  readonly encryption: KeyRing;
  readonly pepper: KeyRing;
  readonly code: KeyRing;
  readonly jwt: KeyRing;
}

const purposes = ['encryption', 'pepper', 'code', 'jwt'] as const;

/** Keys for development, made once and kept in the data directory; in memory only where there is none. */
export function developmentKeys(directory: string | null): KeyRings {
  if (!directory) return toRings(newKeys());
  const file = join(directory, 'keys.json');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    try {
      writeFileSync(file, JSON.stringify(newKeys()), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another process was faster; its keys are as good.
      if (!existsSync(file)) throw error;
    }
  }
  return toRings(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
}

const newKeys = (): Record<string, string> =>
  Object.fromEntries(purposes.map((purpose) => [purpose, Buffer.from(newBytes(32)).toString('base64')]));

function toRings(keys: Record<string, string>): KeyRings {
  const ring = (purpose: string): KeyRing => [
    { id: 'development', bytes: new Uint8Array(Buffer.from(keys[purpose] ?? '', 'base64')) },
  ];
  return { encryption: ring('encryption'), pepper: ring('pepper'), code: ring('code'), jwt: ring('jwt') };
}
