import { createCipheriv, createHash, createHmac, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
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
const maxPbkdf2Rounds = 1_500_000;
/** One block of the longest digest: with a longer key, each block takes all rounds again. */
const maxPbkdf2KeyBytes = 64;
const maxPhpassLogRounds = 13;
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
    isAffordable: isBcryptAffordable,
    // The bcrypt format always has a salt of 16 bytes and a key of 23 bytes.
    isStrong: () => true,
    verify: matchesBcrypt,
  },
  {
    // WordPress since 6.8: bcrypt of a digest, because bcrypt reads only 72 bytes.
    form: /^\$wp\$2y\$(?<cost>\d\d)\$[./A-Za-z0-9]{53}$/,
    isAffordable: isBcryptAffordable,
    isStrong: () => true,
    verify: (hash, password) =>
      matchesBcrypt(
        hash.slice('$wp'.length),
        createHmac('sha384', 'wp-sha384').update(password.trim()).digest('base64'),
      ),
  },
  {
    // phpass, which WordPress had before 6.8, and phpBB.
    form: /^\$[PH]\$(?<logRounds>[./0-9A-Za-z])(?<salt>[./0-9A-Za-z]{8})(?<key>[./0-9A-Za-z]{22})$/,
    isAffordable: ({ logRounds = '' }) => phpassAlphabet.indexOf(logRounds) <= maxPhpassLogRounds,
    // The format always has a salt of 8 characters and a key of 16 bytes.
    isStrong: ({ logRounds = '' }) => phpassAlphabet.indexOf(logRounds) >= 7,
    verify: async (_hash, password, groups) => matchesPhpass(password, groups),
  },
  {
    // Django. The salt is used as it is written.
    form: new RegExp(
      `^pbkdf2_(?<digest>sha1|sha256)\\$(?<rounds>\\d{1,7})\\$(?<salt>[\\x21-\\x23\\x25-\\x7e]{${minSaltBytes},64})\\$(?<key>${base64})$`,
    ),
    isAffordable: ({ rounds }) => isPbkdf2Affordable(Number(rounds)),
    isStrong: ({ key }) => isLongKey(bytesOf(key)),
    verify: (_hash, password, { digest = '', rounds, salt = '', key = '' }) =>
      matchesPbkdf2(password, {
        digest,
        rounds: Number(rounds),
        salt: Buffer.from(salt),
        key: Buffer.from(key, 'base64'),
      }),
  },
  {
    // ASP.NET Core Identity, version 3.
    form: new RegExp(`^(?<blob>AQAAAA${base64})$`),
    isAffordable: ({ blob }) => isPbkdf2Affordable(aspNetHash(blob)?.rounds ?? 0),
    isStrong: ({ blob }) => {
      const hash = aspNetHash(blob);
      return hash !== null && hash.salt.length >= minSaltBytes && isLongKey(hash.key);
    },
    verify: async (_hash, password, { blob }) => {
      const hash = aspNetHash(blob);
      return hash !== null && matchesPbkdf2(password, hash);
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

function isBcryptAffordable({ cost }: Readonly<Record<string, string>>): boolean {
  return Number(cost) >= bcryptCosts.min && Number(cost) <= bcryptCosts.max;
}

async function matchesBcrypt(hash: string, password: string): Promise<boolean> {
  const { default: bcrypt } = await import('bcrypt');
  // What PHP calls 2y is 2b everywhere else.
  return bcrypt.compare(password, hash.replace(/^\$2y/, '$2b'));
}

interface Pbkdf2Hash {
  readonly digest: string;
  readonly rounds: number;
  readonly salt: Buffer;
  readonly key: Buffer;
}

const isPbkdf2Affordable = (rounds: number): boolean => rounds >= 1 && rounds <= maxPbkdf2Rounds;
const isLongKey = (key: Buffer | null): boolean =>
  key !== null && key.length >= minKeyBytes && key.length <= maxPbkdf2KeyBytes;

const derivePbkdf2 = promisify(pbkdf2);

async function matchesPbkdf2(password: string, { digest, rounds, salt, key }: Pbkdf2Hash): Promise<boolean> {
  return timingSafeEqual(await derivePbkdf2(password, salt, rounds, key.length, digest), key);
}

/** A byte 1, then the digest, the rounds and the length of the salt as four bytes each, the salt and the key. */
function aspNetHash(blob: string | undefined): Pbkdf2Hash | null {
  const bytes = bytesOf(blob);
  if (!bytes || bytes.length < 13) return null;
  const digest = ['sha1', 'sha256', 'sha512'][bytes.readUInt32BE(1)];
  const saltEnd = 13 + bytes.readUInt32BE(9);
  if (digest === undefined || saltEnd >= bytes.length) return null;
  return {
    digest,
    rounds: bytes.readUInt32BE(5),
    salt: bytes.subarray(13, saltEnd),
    key: bytes.subarray(saltEnd),
  };
}

const phpassAlphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** MD5 over and over. It runs in the event loop, which is why the rounds have a low limit. @see https://www.openwall.com/phpass/ */
function matchesPhpass(
  password: string,
  { logRounds = '', salt = '', key = '' }: Readonly<Record<string, string>>,
) {
  const secret = Buffer.from(password);
  let digest = createHash('md5').update(salt).update(secret).digest();
  for (let round = 2 ** phpassAlphabet.indexOf(logRounds); round > 0; round -= 1)
    digest = createHash('md5').update(digest).update(secret).digest();
  return timingSafeEqual(Buffer.from(phpassText(digest)), Buffer.from(key));
}

/** Three bytes as four characters, the lowest bits first. */
function phpassText(bytes: Buffer): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = [...bytes.subarray(index, index + 3)];
    const value = group.reduce((sum, byte, place) => sum + byte * 256 ** place, 0);
    for (let place = 0; place <= group.length; place += 1)
      text += phpassAlphabet.charAt(Math.floor(value / 64 ** place) % 64);
  }
  return text;
}

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
