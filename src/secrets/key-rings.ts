import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Key, KeyRing, SigningAlgorithm, SigningKey, SigningKeyRing } from './key-ring.js';
import { newBytes } from './random.js';

const purposes = ['encryption', 'pepper', 'code', 'jwt'] as const;
type Purpose = (typeof purposes)[number];

/** The name of every key that was made for development. */
export const generatedKeyId = 'development';

/** A ring for each purpose. */
export type KeyRings = Readonly<Record<Exclude<Purpose, 'jwt'>, KeyRing> & { jwt: SigningKeyRing }>;

/** What an operator has set; production has set all of it. */
interface Settings {
  readonly ENCRYPTION_KEYS?: KeyRing | undefined;
  readonly PEPPER_KEYS?: KeyRing | undefined;
  readonly CODE_KEYS?: KeyRing | undefined;
  readonly JWT_KEYS?: SigningKeyRing | undefined;
  readonly JWT_ALGORITHM: SigningAlgorithm;
}

/**
 * The key rings: what is set, and for the rest keys for development, made once and kept in the data directory.
 *
 * @param directory Null keeps them in memory only.
 */
export function keyRings(settings: Settings, directory: string | null): KeyRings {
  const configured = {
    encryption: settings.ENCRYPTION_KEYS,
    pepper: settings.PEPPER_KEYS,
    code: settings.CODE_KEYS,
    jwt: settings.JWT_KEYS,
  };
  const isComplete = purposes.every((purpose) => configured[purpose]);
  const generated = isComplete ? {} : directory ? keptKeys(directory) : newKeys();
  const generatedKey = (purpose: Purpose) => ({
    id: generatedKeyId,
    bytes: new Uint8Array(Buffer.from(generated[purpose] ?? '', 'base64')),
  });
  const ring = (purpose: Exclude<Purpose, 'jwt'>): KeyRing => configured[purpose] ?? [generatedKey(purpose)];
  return {
    encryption: ring('encryption'),
    pepper: ring('pepper'),
    code: ring('code'),
    jwt: configured.jwt ?? [generatedSigningKey(generatedKey('jwt'), settings.JWT_ALGORITHM)],
  };
}

/** The same bytes make a key of either algorithm. Its name tells which, so that no service takes one for the other. */
const generatedSigningKey = (key: Key, algorithm: SigningAlgorithm): SigningKey => ({
  ...key,
  id: algorithm === 'EdDSA' ? key.id : `${key.id}-${algorithm.toLowerCase()}`,
  algorithm,
});

function keptKeys(directory: string): Record<string, string> {
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
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

const newKeys = (): Record<string, string> =>
  Object.fromEntries(purposes.map((purpose) => [purpose, Buffer.from(newBytes(32)).toString('base64')]));
