import { createCipheriv, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import argon2 from 'argon2';

// Password hashes that other systems have made, in the forms they are exported in. Each is checked with the library of its
// kind until its owner signs in; then it is replaced by one of ours.

/** One kind of hash. */
interface Kind {
  /** Matches a hash of this kind. Its named groups hold the cost parameters, the salt and the key. */
  readonly form: RegExp;
  /** Whether checking it takes at most one second on one core. */
  isAffordable(groups: Readonly<Record<string, string>>): boolean;
  /** Whether the salt and key are long enough. With a short key, other passwords would match as well. */
  isStrong(groups: Readonly<Record<string, string>>): boolean;
  verify(hash: string, password: string, groups: Readonly<Record<string, string>>): Promise<boolean>;
}

const minSaltBytes = 8;
const minKeyBytes = 16;
const maxKeyBytes = 512;
/** bcrypt's cost is the logarithm of its rounds. */
const bcryptCosts = { min: 4, max: 14 };
/** Maximum of N × r × p. */
const maxScryptWork = 2 ** 20;
/** Maximum of memory × passes. */
const maxArgon2Kib = 512 * 1024;
const maxArgon2Lanes = 4;
const base64 = '[A-Za-z0-9+/]+={0,2}';

const isScryptAffordable = (logN: number, r: number, p: number): boolean =>
  logN >= 1 && r >= 1 && p >= 1 && logN <= 20 && 2 ** logN * r * p <= maxScryptWork;

/** Decodes base64 with or without padding. Returns null for other text, because such a hash could never be checked. */
function bytesOf(text = ''): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  const unpadded = (value: string) => value.replace(/=+$/, '');
  return unpadded(bytes.toString('base64')) === unpadded(text) ? bytes : null;
}

const isStrong = ({ salt, key }: Readonly<Record<string, string>>): boolean => {
  const [saltBytes, keyBytes] = [bytesOf(salt), bytesOf(key)];
  return (
    saltBytes !== null &&
    keyBytes !== null &&
    saltBytes.length >= minSaltBytes &&
    keyBytes.length >= minKeyBytes &&
    keyBytes.length <= maxKeyBytes
  );
};

const kinds: readonly Kind[] = [
  {
    // PHC string. @see RFC 9106
    form: new RegExp(
      `^\\$argon2(?:id|i|d)\\$v=19\\$m=(?<memory>\\d{1,7}),t=(?<passes>\\d{1,3}),p=(?<lanes>\\d{1,2})\\$(?<salt>${base64})\\$(?<key>${base64})$`,
    ),
    // The library takes at least eight KiB for each lane.
    isAffordable: ({ memory, passes, lanes }) =>
      Number(passes) >= 1 &&
      Number(lanes) >= 1 &&
      Number(lanes) <= maxArgon2Lanes &&
      Number(memory) >= 8 * Number(lanes) &&
      Number(memory) * Number(passes) <= maxArgon2Kib,
    isStrong,
    verify: (hash, password) => argon2.verify(hash, password),
  },
  {
    form: /^\$2[aby]\$(?<cost>\d\d)\$[./A-Za-z0-9]{53}$/,
    isAffordable: ({ cost }) => Number(cost) >= bcryptCosts.min && Number(cost) <= bcryptCosts.max,
    // The bcrypt format always has a salt of 16 bytes and a key of 23 bytes.
    isStrong: () => true,
    async verify(hash, password) {
      const { default: bcrypt } = await import('bcrypt');
      // What PHP calls 2y is 2b everywhere else.
      return bcrypt.compare(password, hash.replace(/^\$2y/, '$2b'));
    },
  },
  {
    // PHC string, as passlib writes it.
    form: new RegExp(
      `^\\$scrypt\\$ln=(?<logN>\\d{1,2}),r=(?<r>\\d{1,3}),p=(?<p>\\d{1,2})\\$(?<salt>${base64})\\$(?<key>${base64})$`,
    ),
    isAffordable: ({ logN, r, p }) => isScryptAffordable(Number(logN), Number(r), Number(p)),
    isStrong,
    verify: (_hash, password, { logN, r, p, salt = '', key = '' }) =>
      matchesScrypt(password, { logN: Number(logN), r: Number(r), p: Number(p), salt, key }),
  },
  {
    // Modular crypt format of scrypt, with its cost in hexadecimal: log2 N, r and p, eight bits for each of the last two.
    form: new RegExp(
      `^\\$s0\\$(?<logN>[0-9a-f]{1,2})(?<r>[0-9a-f]{2})(?<p>[0-9a-f]{2})\\$(?<salt>${base64})\\$(?<key>${base64})$`,
    ),
    isAffordable: ({ logN = '', r = '', p = '' }) =>
      isScryptAffordable(Number.parseInt(logN, 16), Number.parseInt(r, 16), Number.parseInt(p, 16)),
    isStrong,
    verify: (_hash, password, { logN = '', r = '', p = '', salt = '', key = '' }) =>
      matchesScrypt(password, {
        logN: Number.parseInt(logN, 16),
        r: Number.parseInt(r, 16),
        p: Number.parseInt(p, 16),
        salt,
        key,
      }),
  },
  {
    // What Firebase makes of scrypt, in the form that Supabase writes it in: ss and sk are the separator and key of the project.
    form: new RegExp(
      `^\\$fbscrypt\\$v=1,n=(?<logN>\\d{1,2}),r=(?<r>\\d{1,3}),p=(?<p>\\d{1,2}),ss=(?<separator>${base64}),sk=(?<signer>${base64})\\$(?<salt>${base64})\\$(?<key>${base64})$`,
    ),
    isAffordable: ({ logN, r, p }) => isScryptAffordable(Number(logN), Number(r), Number(p)),
    // The key is the encrypted signer.
    isStrong: (groups) =>
      isStrong(groups) &&
      bytesOf(groups['separator']) !== null &&
      bytesOf(groups['signer'])?.length === bytesOf(groups['key'])?.length,
    verify: matchesFirebase,
  },
];

interface Found {
  readonly kind: Kind;
  readonly groups: Readonly<Record<string, string>>;
}

function kindOf(hash: string): Found | null {
  for (const kind of kinds) {
    const groups = kind.form.exec(hash)?.groups;
    if (groups) return kind.isAffordable(groups) && kind.isStrong(groups) ? { kind, groups } : null;
  }
  return null;
}

const maxHashLength = 1024;

/** Whether a text is a hash that the server can check in at most one second, and that only its own password matches. */
export const isImportable = (hash: string): boolean => hash.length <= maxHashLength && kindOf(hash) !== null;

/** Whether the password is the one that another system has hashed. */
export async function matchesImported(hash: string, password: string): Promise<boolean> {
  const found = kindOf(hash);
  return found ? found.kind.verify(hash, password, found.groups) : false;
}

interface ScryptHash {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  readonly key: string;
}

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

const optionsOf = ({ logN, r, p }: Pick<ScryptHash, 'logN' | 'r' | 'p'>) => ({
  N: 2 ** logN,
  r,
  p,
  // scrypt needs 128 bytes for each unit of work. The factor 256 leaves a reserve.
  maxmem: 256 * maxScryptWork,
});

async function matchesScrypt(password: string, hash: ScryptHash): Promise<boolean> {
  const expected = Buffer.from(hash.key, 'base64');
  const made = await derive(password, Buffer.from(hash.salt, 'base64'), expected.length, optionsOf(hash));
  return timingSafeEqual(made, expected);
}

/** The key of the project, encrypted with what scrypt makes of the password. @see https://github.com/firebase/scrypt */
async function matchesFirebase(
  _hash: string,
  password: string,
  { logN, r, p, separator = '', signer = '', salt = '', key = '' }: Readonly<Record<string, string>>,
): Promise<boolean> {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const options = optionsOf({ logN: Number(logN), r: Number(r), p: Number(p) });
  const derived = await derive(password, Buffer.concat([bytes(salt), bytes(separator)]), 32, options);
  const cipher = createCipheriv('aes-256-ctr', derived, Buffer.alloc(16));
  const made = Buffer.concat([cipher.update(bytes(signer)), cipher.final()]);
  const expected = bytes(key);
  return made.length === expected.length && timingSafeEqual(made, expected);
}
