import { later, lifetimes } from '../../../clock.js';
import type { Deps } from '../../../deps.js';
import { digest } from '../../../secrets/digest.js';
import { newSecret } from '../../../secrets/random.js';

// The nonces that ID tokens contain, so that each token signs in once, and only where it was asked for. This file alone uses the table.

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

/** Uses a nonce up, whatever comes of the attempt. Returns whether it was valid. */
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
