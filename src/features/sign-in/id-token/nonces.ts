import { later, lifetimes } from '../../../clock.js';
import type { Deps } from '../../../deps.js';
import { digest } from '../../../secrets/digest.js';
import { newSecret } from '../../../secrets/random.js';

// The nonces that ID tokens must contain. A nonce ensures that a token works once, and only for the client that requested the nonce. No other
// file uses the table.

/** A nonce as its requester sees it. */
export interface NonceView {
  readonly nonce: string;
  readonly expiresAt: Date;
}

export async function createNonce({ clock, db }: Pick<Deps, 'clock' | 'db'>): Promise<NonceView> {
  const nonce = newSecret();
  const expiresAt = later(clock.now(), lifetimes.idTokenNonce);
  await db.prisma.idTokenNonce.create({ data: { nonceDigest: digest(nonce), expiresAt } });
  return { nonce, expiresAt };
}

/** Deletes a nonce, so that it works for one attempt only, even if the attempt fails. Returns whether the nonce was valid. */
export async function consumeNonce(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  nonce: string,
): Promise<boolean> {
  const { count } = await db.prisma.idTokenNonce.deleteMany({
    where: { nonceDigest: digest(nonce), expiresAt: { gt: clock.now() } },
  });
  return count > 0;
}

/** Deletes nonces that have expired. */
export async function sweepIdTokenNonces({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.idTokenNonce.deleteMany({ where: { expiresAt: { lte: now } } });
}
