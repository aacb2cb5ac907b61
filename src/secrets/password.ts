import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { ServiceUnavailable } from '../errors/unavailable.js';
import { matchesImported } from './imported-hash.js';
import { type KeyRing, keyById } from './key-ring.js';

/** What one hash costs. @see RFC 9106, OWASP Password Storage Cheat Sheet */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** A stored password: a PHC string, and the pepper it was made with. */
export interface PasswordHash {
  readonly hash: string;
  /** Null for a hash that another system has made, in a form of its own. */
  readonly keyId: string | null;
}

/** One of ours. */
type OwnHash = PasswordHash & { readonly keyId: string };

export const maxWaitingHashes = 64;
const maxWaitMilliseconds = 2000;

/**
 * Hashes and verifies passwords with argon2id and a pepper.
 *
 * Hashing runs beside the event loop, one at a time per core and thread to spare; more than 64 waiting, or two seconds of waiting,
 * is answered with `Unavailable`, so that a storm of sign-ins cannot take the session checks down with it.
 */
export class PasswordHasher {
  readonly #threads: Slots;
  readonly #nobody: Promise<OwnHash>;

  /** @param threads How many Node works in beside the event loop. */
  constructor(
    private readonly ring: KeyRing,
    private readonly cost: HashCost,
    threads: number,
  ) {
    // One thread is left to encryption, files and names of hosts.
    this.#threads = new Slots(Math.max(1, Math.min(availableParallelism(), threads - 1)));
    this.#nobody = this.hash('the password of nobody');
    this.#nobody.catch(() => {});
  }

  /** Passwords that wait for a thread. */
  get waiting(): number {
    return this.#threads.waiting;
  }

  /** Hashes a new password with the current cost and the newest pepper. */
  async hash(password: string): Promise<OwnHash> {
    const key = this.ring[0];
    const hash = await this.#run(() =>
      argon2.hash(password, {
        type: argon2.argon2id,
        memoryCost: this.cost.memoryKib,
        timeCost: this.cost.passes,
        parallelism: this.cost.parallelism,
        secret: Buffer.from(key.bytes),
      }),
    );
    return { hash, keyId: key.id };
  }

  /**
   * Whether the password is the one that was hashed; for `null` it takes the same time and returns false. Hashes that were imported
   * take their own time.
   *
   * @param typed The password before normalisation. Another system may have hashed it in this form.
   */
  async verify(stored: PasswordHash | null, password: string, typed = password): Promise<boolean> {
    const { hash, keyId } = stored ?? (await this.#nobody);
    if (keyId === null)
      return this.#run(async () => {
        // Keyboards of other systems write an accent as a character of its own.
        for (const form of new Set([password, typed, typed.normalize('NFD')]))
          if (await matchesImported(hash, form)) return true;
        return false;
      });
    const secret = Buffer.from(keyById(this.ring, keyId).bytes);
    const matches = await this.#run(() => argon2.verify(hash, password, { secret }));
    return matches && stored !== null;
  }

  /** Whether the hash was made with another cost or an older pepper than a new one would be. */
  needsRehash({ hash, keyId }: PasswordHash): boolean {
    const { memoryKib, passes, parallelism } = this.cost;
    return (
      keyId !== this.ring[0].id ||
      argon2.needsRehash(hash, { memoryCost: memoryKib, timeCost: passes, parallelism })
    );
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#threads.waiting >= maxWaitingHashes) throw new ServiceUnavailable('The hash queue is full.');
    const startedAt = performance.now();
    return this.#threads.run(() => {
      if (performance.now() - startedAt > maxWaitMilliseconds)
        throw new ServiceUnavailable('The hash queue is slow.');
      return work();
    });
  }
}

/** Runs at most so many pieces of work at once; the others wait in order. */
class Slots {
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(private readonly max: number) {}

  get waiting(): number {
    return this.#queue.length;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.max) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      // The next one takes over this place, so that nobody who comes now can take it first.
      if (next) next();
      else this.#running -= 1;
    }
  }
}
