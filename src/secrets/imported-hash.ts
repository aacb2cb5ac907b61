import { createCipheriv, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import argon2 from 'argon2';

// Password hashes that other systems have made, in the forms they are exported in. Each is checked with the library of its
// kind until its owner signs in; then it is replaced by one of ours.

/** One kind of hash. */
interface Kind {
  /** With the numbers that its cost follows from in groups of these names. */
  readonly form: RegExp;
  /** Whether it takes no more than a sign-in may take. */
  isAffordable(groups: Readonly<Record<string, string>>): boolean;
  verify(hash: string, password: string, groups: Readonly<Record<string, string>>): Promise<boolean>;
}

const maxMemoryKib = 256 * 1024 * 1024;
const base64 = '[A-Za-z0-9+/]+={0,2}';
/** Blocks of 1024 bits that scrypt goes through: N times r. */
const isScryptAffordable = (logN: number, r: number, p: number): boolean =>
  logN >= 1 && r >= 1 && p >= 1 && p <= 16 && logN <= 24 && 128 * 2 ** logN * r <= maxMemoryKib;

const kinds: readonly Kind[] = [
  {
    // PHC string. @see RFC 9106
    form: new RegExp(
      `^\\$argon2(?:id|i|d)\\$v=19\\$m=(?<memory>\\d{1,7}),t=(?<passes>\\d{1,3}),p=(?<lanes>\\d{1,2})\\$${base64}\\$${base64}$`,
    ),
    isAffordable: ({ memory, passes, lanes }) =>
      Number(memory) * 1024 <= maxMemoryKib && Number(passes) <= 20 && Number(lanes) <= 16,
    verify: (hash, password) => argon2.verify(hash, password),
  },
  {
    form: /^\$2[aby]\$(?<cost>\d\d)\$[./A-Za-z0-9]{53}$/,
    isAffordable: ({ cost }) => Number(cost) >= 4 && Number(cost) <= 15,
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
    if (groups) return kind.isAffordable(groups) ? { kind, groups } : null;
  }
  return null;
}

const maxHashLength = 1024;

/** Whether a text is a hash that can be checked, and in the time of a sign-in. */
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
  maxmem: 2 * maxMemoryKib,
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
